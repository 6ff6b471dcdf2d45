import { checkValue } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import { toScript } from "../notebook/figure_bundle.ts";
import { type Playable, standInPicture } from "../encode/playable.ts";
import { drawCircle } from "./triplet/draw_circle.ts";
import { drawPanel } from "./triplet/draw_panel.ts";
import { tripletLook } from "./triplet/look.ts";
import { measureTriplet } from "./triplet/measure.ts";
import { playTriplet } from "./triplet/page.ts";
import { turnByKey } from "./triplet/turn.ts";

/** How the triplet stands at first. */
export interface TripletToyOptions {
  /** The margin α that the slider starts at, 0 to 2; 0.2 by default. */
  margin?: number;
}

/** Anchor, positive and negative of a semi-hard triplet for the usual margin, in degrees. */
const START = [90, 45, 139];

/**
 * Makes a triplet to play with: three points that are dragged on the circle, by
 * pointer, touch or arrow keys, and a slider for the margin. Kind, squared
 * distances, loss, the bands of the negative and the arrows of the gradient
 * follow at once. `show` displays it; it needs neither a kernel nor a network.
 *
 * The solid arrows are the steps on the circle, the dashed ones those of points
 * that are free in the plane. The element with the class `facenet-play` has
 * the loss as its `data-loss`.
 *
 * @throws {RangeError} If the margin is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { html, text } = tripletToy({ margin: 0.2 });
 * assert.match(html, /data-loss="0\.\d+"/);
 * assert.match(text, /semi-hard/);
 * ```
 */
export function tripletToy(options: TripletToyOptions = {}): Playable {
  const action = "make a triplet to play with";
  const { margin = 0.2 } = optionsOf(action, options);
  checkValue(action, "margin", margin, { type: "number", min: 0, max: 2 });
  const angles = START.map((degrees) => degrees * Math.PI / 180);
  const measured = measureTriplet(angles, margin);
  const { kind, toPositive, toNegative, loss } = measured;
  const numbers = [toPositive, toNegative, margin, loss]
    .map((value) => value.toFixed(3));
  const text = `[triplet on the circle: ${kind}, d²(a, p) = ${
    numbers[0]
  }, d²(a, n) = ${numbers[1]}, margin ${numbers[2]}, loss ${
    numbers[3]
  }; run the cell to drag its points]`;
  const picture =
    `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="380" viewBox="0 0 640 380"><rect width="640" height="380" fill="white"/><g fill="${tripletLook.ink}" font-size="15" font-family="Helvetica, Arial, sans-serif">${
      drawCircle(measured, tripletLook)
    }${drawPanel(measured, margin, tripletLook)}</g></svg>`;
  const id = crypto.randomUUID();
  // JupyterLab's shortcuts would take the arrow keys.
  const html = `<div class="facenet-play" data-play="${id}" data-loss="${
    loss.toFixed(6)
  }" data-lm-suppress-shortcuts="true" style="max-width:640px;background:white;color:${tripletLook.ink};color-scheme:light;font:15px Helvetica,Arial,sans-serif">${
    standInPicture({ picture, text })
  }</div>
<script>(${playTriplet})(${toScript(id)}, {
measure: ${measureTriplet},
drawCircle: ${drawCircle},
drawPanel: ${drawPanel},
turn: ${turnByKey},
look: ${toScript(tripletLook)},
}, ${toScript({ angles, margin })});</script>`;
  return { html, picture, text };
}
