import type * as tf from "@tensorflow/tfjs";
import * as api from "../../lib/mod.ts";
import { sides, size } from "./figure_sizes.ts";
import * as is from "./kinds.ts";
import { type Room, row, tensor } from "./row.ts";

const counts = is.list({ min: 0 }, { fixed: true });

const channels = is.whole({ min: 1, max: 2 ** 31 - 1 });

const digits = () => ({
  images: new Uint8Array(3 * 28 * 28),
  labels: Uint8Array.of(7, 4, 1),
  count: 3,
  height: 28,
  width: 28,
});

export const plotsDrawingsRoom: Room = {
  channelGrid: row(
    api.channelGrid,
    () => [tensor<tf.Rank.R3>(new Float32Array(98), [7, 7, 2]), {
      count: 2,
      most: 1,
      columns: 2,
    }],
    {
      "0": { type: "tensor", rank: 3, finite: true },
      "1.count": is.optional(is.whole({ min: 1, max: 2 })),
      "1.most": is.optional(is.number({ above: 0 })),
      "1.columns": is.optional(is.whole({ min: 1, max: 71 }, { size: true })),
    },
  ),
  distancePlane: row(
    api.distancePlane,
    () => [{ a: { x: [1, 2], y: [2, 0] } }, size()],
    {
      "0.a.x": is.list({ min: 0 }, { fixed: true }),
      "0.a.y": is.list({ min: 0 }, { fixed: true }),
      ...sides(1),
    },
  ),
  borderFigure: row(
    api.borderFigure,
    () => [tensor<tf.Rank.R2>([[0, 2], [2, 0]]), [3, 5], [3, 5], size()],
    { "0": is.embeddings, "1": is.labels, ...sides(3) },
  ),
  classMatrix: row(
    api.classMatrix,
    () => [[[0, 1], [1, 0]], { classes: [4, 9], digits: 1, ...size() }],
    {
      "0.0": counts,
      "0.1": counts,
      "1.digits": is.optional(is.whole({ min: 0, max: 6 })),
      ...sides(1),
    },
  ),
  histogram: row(
    api.histogram,
    () => [[0.5, 1], { binWidth: 0.5, mark: 1, ...size() }],
    {
      "0": is.list({}),
      "1.binWidth": is.number({ above: 0 }),
      "1.mark": is.optional(is.number({})),
      ...sides(1),
    },
  ),
  projectionPanels: row(
    api.projectionPanels,
    () => [
      [{ data: [], layout: size() }, { data: [], layout: size() }],
      { names: ["a", "b"], columns: 2 },
    ],
    { "1.columns": is.optional(is.whole({ min: 1, max: 100 })) },
  ),
  embeddingClouds: row(
    api.embeddingClouds,
    () => [[tensor<tf.Rank.R2>([[0, 1, 0], [1, 0, 0]])], [7, 3], {
      plane: tensor<tf.Rank.R2>([[1, 0, 0], [0, 0, 1]]),
      titles: ["at first"],
      ...size(),
    }],
    {
      "0.0": { type: "tensor", rank: 2, finite: true },
      "1": is.labels,
      "2.plane": { type: "tensor", rank: 2, finite: true },
      ...sides(2),
    },
  ),
  layerChart: row(
    api.layerChart,
    () => [[{ name: "conv1/kernel", value: 0.1 }], size()],
    { "0.0.value": is.number({ above: 0 }), ...sides(1) },
  ),
  planeFigure: row(
    api.planeFigure,
    () => [[{ name: "a", points: [[0, 1], [1, 0]], draw: "line" }], {
      circle: true,
      legend: true,
      reach: 2,
      arrows: [{ from: [0, 0], to: [1, 1] }],
      ...size(),
    }],
    {
      "0.0.draw": is.optional(is.choice("points", "line", "texts")),
      "1.circle": is.optional(is.boolean),
      "1.legend": is.optional(is.boolean),
      "1.reach": is.optional(is.number({ above: 0, max: 1e6 })),
      "1.arrows.0.from": is.list({}, { fixed: true }),
      "1.arrows.0.to": is.list({}, { fixed: true }),
      ...sides(1),
    },
  ),
  matrixFigure: row(
    api.matrixFigure,
    () => [{ a: [[1, 2], [3, 4]] }, { cell: 36, digits: 2 }],
    {
      "0.a.0": is.list({}, { fixed: true }),
      "0.a.1": is.list({}, { fixed: true }),
      "1.cell": is.optional(is.whole({ min: 10, max: 200 })),
      "1.digits": is.optional(is.whole({ min: 0, max: 6 })),
    },
  ),
  moduleFigure: row(
    api.moduleFigure,
    () => [
      {
        type: "inception",
        name: "a",
        stride: 1,
        "1x1": 4,
        "3x3": [2, 4],
        "5x5": [2, 4],
        pool: ["max", 2],
      },
      4,
      size(),
    ],
    {
      "0.stride": is.optional(channels),
      "0.1x1": is.optional(channels),
      "0.3x3.0": channels,
      "0.3x3.1": channels,
      "0.5x5.0": channels,
      "0.5x5.1": channels,
      "0.pool.1": is.optional(channels),
      "1": channels,
      ...sides(2),
    },
  ),
  nn2Figure: row(
    api.nn2Figure,
    () => [
      [{ type: "inception", name: "a", "1x1": 4 }],
      [
        { name: "image", outputShape: [28, 28, 1] },
        { name: "a", outputShape: [28, 28, 4] },
      ],
      size(),
    ],
    {
      "0.0.1x1": is.optional(channels),
      "1.0.outputShape": is.list({ type: "integer", min: 1, max: 2 ** 31 - 1 }),
      ...sides(2),
    },
  ),
  pathFigure: row(api.pathFigure, () => [digits(), [0, 1, 2]], {
    "1": is.indices(3, { fixed: true }),
  }),
};
