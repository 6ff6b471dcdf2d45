/**
 * What a pad is made of in a page, as HTML. This runs in the page, not here: its source
 * is what the output holds, so it uses nothing from outside of it.
 *
 * @param canEnroll Whether there is a field for a name.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.match(padMarkup(true), /Enroll/);
 * assert.doesNotMatch(padMarkup(false), /Enroll/);
 * ```
 */
export function padMarkup(canEnroll: boolean): string {
  const button = (name: string) =>
    `<button type="button" data-do="${name}">${name}</button>`;
  const sheet =
    "Sheet to draw on, with mouse, finger or pen, or with the arrow keys; the space bar puts the pen down and lifts it";
  const form = canEnroll
    ? `<form style="margin-top:6px"><label>This is a <input name="name" size="10" autocomplete="off" placeholder="name"></label> <button>Enroll</button></form>`
    : "";
  return `<div style="display:flex;flex-wrap:wrap;gap:12px;padding:8px"><div style="width:280px">` +
    `<canvas width="560" height="560" tabindex="0" role="application" aria-label="${sheet}" style="width:278px;height:278px;border:1px solid #6b7280;cursor:crosshair;touch-action:none"></canvas>` +
    `<div style="display:flex;flex-wrap:wrap;gap:6px;margin-top:6px">${
      button("Undo")
    }${
      button("Clear")
    }<label><input type="file" accept="image/*" aria-label="A picture of a drawing" style="width:11em"></label></div>${form}` +
    `<div data-part="said" role="status" style="margin-top:6px;min-height:2.6em"></div>` +
    `<small>A picture can also be pasted or dropped here. <span data-part="time"></span></small></div>` +
    `<div data-part="answer" role="img" style="flex:0 1 640px;min-width:280px"></div></div>`;
}
