import { list, number, object, text } from "../../figures/read.ts";
import type { PlotlyObject } from "../../figures/figure.ts";

/** A place in space. */
export type Triple = readonly [x: number, y: number, z: number];

/** A place as the camera sees it: to the right, up, and towards the camera. */
export interface Seen {
  right: number;
  up: number;
  near: number;
}

/**
 * Makes the orthographic projection of a scene: what Plotly shows from the same
 * place, without perspective. The middle of the axes' ranges is at 0, their ends
 * at 1 from it.
 *
 * @param scene The layout's `scene`: its ranges, aspect and camera.
 * @param places All that is drawn, for axes without a range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const range = [-1, 1];
 * const see = cameraOf({
 *   xaxis: { range },
 *   yaxis: { range },
 *   zaxis: { range },
 *   camera: { eye: { x: 2, y: 0, z: 0 } },
 * }, []);
 * assert.deepEqual(see([0.5, 0.25, 1]), { right: 0.25, up: 1, near: 0.5 });
 * ```
 */
export function cameraOf(
  scene: PlotlyObject,
  places: readonly Triple[],
): (place: Triple) => Seen {
  const ranges = forAxes((i) => {
    const given = list(object(scene[`${"xyz"[i]!}axis`]).range).map(Number);
    const values = given.length === 2 ? given : places.map((one) => one[i]);
    let [low, high] = [Infinity, -Infinity];
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return low < high
      ? { middle: (low + high) / 2, half: (high - low) / 2 }
      : { middle: Number.isFinite(low) ? low : 0, half: 1 };
  });
  if (text(scene.aspectmode, "auto") === "data") {
    const half = Math.max(...ranges.map((range) => range.half));
    for (const range of ranges) range.half = half;
  }
  const eye = object(object(scene.camera).eye);
  const near = unit([
    number(eye.x, 1.25),
    number(eye.y, 1.25),
    number(eye.z, 1.25),
  ]);
  const right = unit(cross([0, 0, 1], near));
  const up = cross(near, right);
  return (place) => {
    const scaled = forAxes((i) =>
      (place[i] - ranges[i].middle) / ranges[i].half
    );
    return {
      right: dot(scaled, right),
      up: dot(scaled, up),
      near: dot(scaled, near),
    };
  };
}

/** One value for each axis. */
function forAxes<T>(of: (axis: 0 | 1 | 2) => T): [T, T, T] {
  return [of(0), of(1), of(2)];
}

const dot = (a: Triple, b: Triple) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

const cross = ([a, b, c]: Triple, [x, y, z]: Triple): Triple => [
  b * z - c * y,
  c * x - a * z,
  a * y - b * x,
];

/** The direction; for one that is none, such as from straight above, x. */
function unit(place: Triple): Triple {
  const length = Math.hypot(...place);
  return length > 0
    ? [place[0] / length, place[1] / length, place[2] / length]
    : [1, 0, 0];
}
