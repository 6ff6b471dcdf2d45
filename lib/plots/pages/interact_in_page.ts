import type { Figure } from "../figures/figure.ts";
import type { AfterDrawing, DrawnFigure, PlotlyPage } from "./drawn_figure.ts";

/** A slider as the page makes it. */
export interface PageControl {
  name: string;
  label: string;
  min: number;
  max: number;
  step: number;
  value: number;
}

/**
 * Puts sliders above a figure of a page. While one moves, its values go to the
 * Jupyter kernel, which answers with the figure that belongs to them; of values
 * that come faster than figures, the last count. This runs in the page, not
 * here: its source is what the output holds, so it uses nothing from outside of
 * it.
 *
 * @param id Of the element around the figure.
 * @param address Where the kernel listens.
 * @param after What is called once a figure has been drawn.
 */
export function interactInPage(
  id: string,
  controls: PageControl[],
  address: string,
  after: AfterDrawing[],
): void {
  const page = globalThis as PlotlyPage;
  const around = document.getElementById(id);
  const place = around?.querySelector<DrawnFigure>(".facenet-figure");
  if (!around || !place) return;
  const message = document.createElement("div");
  message.className = "facenet-message";
  message.style.minHeight = "1.4em";
  const say = (text: string) => message.textContent = text;

  let wanted: Record<string, number> | undefined;
  let isAsking = false;
  const draw = async (figure: Figure) => {
    // What has been zoomed or turned stays so.
    figure.layout.uirevision ??= "kept";
    // As narrow as the first, which was made to fit the page.
    const [now, first] = [figure.layout, place.layout].map(({ width }) =>
      width as number
    );
    if (now! > first!) figure.layout.width = first;
    await page.Plotly!.react(place, figure);
    for (const each of after) each(place, figure);
  };
  const ask = async () => {
    if (isAsking) return;
    isAsking = true;
    while (wanted) {
      const body = JSON.stringify(wanted);
      wanted = undefined;
      const busy = "The Jupyter kernel is busy. The figure follows.";
      const late = setTimeout(() => say(busy), 1500);
      try {
        const response = await fetch(address, { method: "POST", body });
        const { figure, error } = await response.json();
        if (figure && page.Plotly) await draw(figure);
        say(error ?? "");
      } catch {
        say(
          "The Jupyter kernel does not answer. Run this cell in a notebook to move the figure.",
        );
      }
      clearTimeout(late);
    }
    isAsking = false;
  };

  const values = Object.fromEntries(
    controls.map(({ name, value }) => [name, value]),
  );
  const table = document.createElement("div");
  table.className = "facenet-controls";
  table.style.cssText =
    "display:grid;grid-template-columns:max-content minmax(8em,20em) max-content;gap:4px 12px;align-items:center;padding:4px 8px";
  for (const { name, label, min, max, step, value } of controls) {
    const text = document.createElement("label");
    const input = document.createElement("input");
    const output = document.createElement("output");
    input.id = text.htmlFor = `${id}-${name}`;
    text.textContent = label;
    Object.assign(input, { type: "range", min, max, step, value });
    input.style.accentColor = "#2f7fc1";
    const digits = (String(step).split(".")[1] ?? "").length;
    const write = () =>
      output.textContent = Number(input.value).toFixed(Math.min(digits, 4));
    write();
    input.oninput = () => {
      write();
      values[name] = Number(input.value);
      wanted = { ...values };
      void ask();
    };
    table.append(text, input, output);
  }
  around.prepend(table);
  around.append(message);
}
