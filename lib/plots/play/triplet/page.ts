import type { drawCircle } from "./draw_circle.ts";
import type { drawPanel } from "./draw_panel.ts";
import type { TripletLook } from "./look.ts";
import type { measureTriplet } from "./measure.ts";
import type { turnByKey } from "./turn.ts";

/** What the page computes and draws with; functions run from their sources too. */
export interface TripletParts {
  measure: typeof measureTriplet;
  drawCircle: typeof drawCircle;
  drawPanel: typeof drawPanel;
  turn: typeof turnByKey;
  look: TripletLook;
}

/**
 * Makes a triplet that can be played with, in each element of a page that has
 * the id as its `data-play`. This runs in the page, not here: its source is what
 * the toy's `text/html` holds, so it uses nothing from outside of it.
 *
 * The element says what there is as `data-loss`, `data-kind` and `data-margin`.
 *
 * @param start The angles in radians, and the margin, of the first picture.
 */
export function playTriplet(
  id: string,
  { measure, drawCircle, drawPanel, turn, look }: TripletParts,
  start: { angles: number[]; margin: number },
): void {
  const names = ["anchor", "positive", "negative"];
  const handle = (name: string) =>
    `<circle data-point="${name}" r="22" fill="transparent" tabindex="0" role="slider" aria-label="${name}" aria-valuemin="-180" aria-valuemax="180" style="cursor:grab;touch-action:none"/>`;
  const button = (name: string) => `<button type="button">${name}</button>`;
  const begin = (root: HTMLElement) => {
    const type =
      `fill="${look.ink}" font-size="15" font-family="Helvetica, Arial, sans-serif"`;
    // The numbers go below the circle where there is no room beside it.
    root.innerHTML = `<div style="display:flex;flex-wrap:wrap">` +
      `<svg viewBox="0 0 380 380" style="flex:1 1 270px;max-width:380px;user-select:none"><g ${type}></g>${
        names.map(handle).join("")
      }</svg><svg viewBox="380 0 260 380" style="flex:1 1 220px;max-width:260px"><g ${type}></g></svg></div>` +
      `<div style="display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center;padding:0 12px 12px"><label>margin α <input type="range" min="0" max="2" step="0.05" aria-label="margin" style="vertical-align:middle"> <output></output></label>${
        button("One step")
      }${
        button("Start again")
      }<small>Drag a, p and n, or Tab and arrow keys.</small></div>`;
    const find = <T extends Element>(selector: string) =>
      root.querySelector<T>(selector)!;
    const svg = find<SVGSVGElement>("svg");
    const range = find<HTMLInputElement>("input");
    const [circle, panel] = root.querySelectorAll("svg > g");
    const handles = [...root.querySelectorAll<SVGElement>("[data-point]")];
    let { angles, margin } = start;

    const update = () => {
      const measured = measure(angles, margin);
      circle!.innerHTML = drawCircle(measured, look);
      panel!.innerHTML = drawPanel(measured, margin, look);
      range.value = String(margin);
      find("output").textContent = margin.toFixed(2);
      Object.assign(root.dataset, {
        loss: measured.loss.toFixed(6),
        kind: measured.kind,
        margin: String(margin),
      });
      handles.forEach((element, i) => {
        const [x = 0, y = 0] = measured.points[i]!;
        const degrees = Math.round(Math.atan2(y, x) * 180 / Math.PI);
        element.setAttribute("cx", String(190 + 120 * x));
        element.setAttribute("cy", String(195 - 120 * y));
        element.setAttribute("aria-valuenow", String(degrees));
        element.setAttribute(
          "aria-valuetext",
          `${degrees} degrees, loss ${
            measured.loss.toFixed(3)
          }, ${measured.kind}`,
        );
      });
    };
    const place = (i: number, angle: number) => {
      angles = angles.map((old, k) => k === i ? angle : old);
      update();
    };
    handles.forEach((element, i) => {
      element.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        element.focus();
        element.setPointerCapture(event.pointerId);
      });
      element.addEventListener("pointermove", (event) => {
        if (!element.hasPointerCapture(event.pointerId)) return;
        const { left, top, width } = svg.getBoundingClientRect();
        const scale = 380 / width;
        const x = (event.clientX - left) * scale - 190;
        const y = 195 - (event.clientY - top) * scale;
        place(i, Math.atan2(y, x));
      });
      element.addEventListener("keydown", (event) => {
        const turned = turn(angles[i]!, event.key, event.shiftKey);
        if (turned === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        place(i, turned);
      });
    });
    range.addEventListener("input", () => {
      margin = Number(range.value);
      update();
    });
    // JupyterLab takes the slider's own keys away.
    range.addEventListener("keydown", (event) => {
      const turned = turn(0, event.key, false);
      if (turned === undefined) return;
      event.preventDefault();
      const ticks = Math.round(margin * 20) + Math.sign(turned);
      margin = Math.min(2, Math.max(0, ticks / 20));
      update();
    });
    const [step, again] = root.querySelectorAll("button");
    step!.addEventListener("click", () => {
      const { slopes } = measure(angles, margin);
      angles = angles.map((angle, i) => angle - 0.05 * slopes[i]!);
      update();
    });
    again!.addEventListener("click", () => {
      ({ angles, margin } = start);
      update();
    });
    update();
  };
  const places = document.querySelectorAll<HTMLElement>(`[data-play="${id}"]`);
  for (const root of places) {
    if (!root.querySelector("svg")) begin(root);
  }
}
