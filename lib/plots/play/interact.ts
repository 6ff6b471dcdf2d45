import { type Figure, isFigure } from "../figures/figure.ts";
import { checkItems } from "../../numeric/list.ts";
import {
  figureBundle,
  FIRST_FIGURE_TYPE,
  pageFigure,
  toScript,
} from "../notebook/figure_bundle.ts";
import {
  currentNotebook,
  type Notebook,
  outputsSent,
} from "../notebook/output.ts";
import { answerInTurn } from "../pages/answer_in_turn.ts";
import { servePage } from "../pages/page_server.ts";
import { playScripts } from "../pages/play_scripts.ts";
import { show } from "../notebook/show.ts";
import {
  type Controls,
  type ControlValues,
  readControls,
  readValues,
} from "./controls.ts";
import { interactInPage } from "../pages/interact_in_page.ts";

/**
 * Shows a figure below sliders, as `interact` of Python's ipywidgets does: while a
 * slider moves, the Jupyter kernel computes the figure anew.
 *
 * The figure is made once at the sliders' first values; an error then is the cell's. An
 * error later is said below the figure. Where no kernel listens, such as on
 * GitHub, the first figure is what is seen. The page of an earlier run of the same
 * cell is no longer answered.
 *
 * @param makeFigure Given the value of each slider. Calls follow one another.
 * @param notebook Where to show it; the one whose kernel runs this by default.
 * @throws {RangeError} If there is no slider, one's range is wrong, or there is no figure.
 *
 * @example
 * ```ts
 * import { lineChart } from "../figures/line_chart.ts";
 *
 * const gaps = [-0.4, 0, 0.4];
 * await interact(
 *   { margin: { min: 0, max: 1, step: 0.05, value: 0.2, label: "margin α" } },
 *   ({ margin }) =>
 *     lineChart([{ name: "loss", x: gaps, y: gaps.map((gap) => Math.max(0, gap + margin)) }]),
 * );
 * ```
 */
export async function interact<C extends Controls>(
  controls: C,
  makeFigure: (values: ControlValues<C>) => Figure | Promise<Figure>,
  notebook: Notebook | undefined = currentNotebook(),
): Promise<void> {
  const sliders = readControls(controls);
  const figureAt = async (values: Record<string, number>) => {
    const figure = await makeFigure(values as ControlValues<C>);
    checkItems("show what sliders move", "a figure", [figure], isFigure);
    return figure;
  };
  const figure = await figureAt(
    Object.fromEntries(sliders.map(({ name, value }) => [name, value])),
  );
  if (!notebook) return await show(figure);
  const { address } = servePage(
    answerInTurn(async (body) => {
      const moved = await figureAt(readValues(sliders, body));
      return { figure: pageFigure(moved) };
    }),
    // The same sliders and code are the same cell, run again.
    { instead: `interact ${JSON.stringify(controls)} ${makeFigure}` },
  );
  const bundle = figureBundle(figure, await notebook.plotly());
  const id = `interact-${crypto.randomUUID()}`;
  const given = [id, sliders, address].map(toScript).join(", ");
  const sent = {
    [FIRST_FIGURE_TYPE]: figure,
    "text/plain": bundle["text/plain"]!,
    "text/html": `<div class="facenet-interact" id="${id}">${
      bundle["text/html"]
    }</div>
<script>(${interactInPage})(${given}, ${playScripts(figure)});</script>`,
  };
  await notebook.display(sent);
  await outputsSent(sent);
}
