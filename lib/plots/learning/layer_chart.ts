import { checkList, checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { Figure } from "../figures/figure.ts";
import { plotted } from "../figures/numbers.ts";
import {
  type AxisTitles,
  colors,
  legendAbove,
  styledAxis,
  styledLayout,
} from "../figures/style.ts";

const action = "draw layers";

/** A number for the weights of one layer. */
export interface LayerValue {
  /** What `namedWeights` calls them, such as "inception_3a_1x1/kernel". */
  name: string;
  /** Above 0, such as the size of the gradient next to that of the weights. */
  value: number;
}

/**
 * Draws a number for each layer of NN2 on a logarithmic axis, with the modules one
 * after the other on the other axis: conv1, 2, 3, 3a … 5b, embedding. A point over a
 * module is one of its layers; which one is seen when the pointer is over it.
 *
 * @param layers From the first layer to the last.
 * @throws {RangeError} If there is no layer or a value is not above 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const figure = layerChart([
 *   { name: "conv1/kernel", value: 0.1 },
 *   { name: "inception_3a_3x3_reduce/kernel", value: 0.02 },
 *   { name: "inception_3a_3x3/kernel", value: 0.01 },
 * ], { yTitle: "relative gradient" });
 * assert.deepEqual(figure.data[0]?.x, ["conv1", "3a", "3a"]);
 * ```
 */
export function layerChart(
  layers: readonly LayerValue[],
  options: AxisTitles = {},
): Figure {
  const { xTitle = "module", yTitle = "", ...rest } = optionsOf(
    action,
    options,
  );
  checkSome(action, "layers", layers);
  const values = layers.map((layer) => optionsOf(action, layer).value);
  checkList(action, "values", values, { type: "number", above: 0 });
  const modules = layers.map(({ name }) => moduleOf(name));
  const order = [...new Set(modules)];
  return {
    data: [
      {
        type: "scatter",
        mode: "markers",
        name: "a layer",
        x: modules,
        y: plotted(values),
        text: layers.map(({ name }) => name),
        marker: { color: colors.blue, size: 8, opacity: 0.65 },
        hovertemplate: "%{text}: %{y}<extra></extra>",
      },
      {
        type: "scatter",
        mode: "lines",
        name: "geometric mean of a module",
        x: order,
        y: plotted(
          order.map((module) =>
            geometricMean(values.filter((_, i) => modules[i] === module))
          ),
        ),
        line: { color: colors.orange, width: 2 },
        hoverinfo: "skip",
      },
    ],
    layout: styledLayout(rest, {
      xaxis: styledAxis(xTitle, {
        type: "category",
        categoryorder: "array",
        categoryarray: order,
      }),
      yaxis: styledAxis(yTitle, {
        type: "log",
        exponentformat: "power",
        dtick: 1, // A 2 or a 5 between powers reads like the number itself.
      }),
      legend: legendAbove,
      hovermode: "closest",
    }),
  };
}

/** "inception_3a_1x1/kernel" → "3a", "inception_2_3x3/kernel" → "2", "conv1/kernel" → "conv1". */
function moduleOf(name: string): string {
  const [layer] = name.split("/") as [string];
  return /^inception_([0-9][a-z]?)/.exec(layer)?.[1] ?? layer;
}

const geometricMean = (values: readonly number[]) =>
  Math.exp(
    values.reduce((sum, value) => sum + Math.log(value), 0) / values.length,
  );
