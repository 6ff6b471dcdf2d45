import { prepareForces } from "./t_sne_forces.ts";
import { type Axes, origin } from "./t_sne_gradient.ts";

/**
 * {@linkcode tSneGradient} of the same points in many places: float32 in
 * WebAssembly, about four times as fast. A slope is within 10⁻⁵ of the total size
 * of its forces, but for the rounding of places to float32. The bits are the same
 * on every processor.
 *
 * @param p As {@linkcode prepareForces} takes it, and so are the others.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { origin, tSneGradient } from "./t_sne_gradient.ts";
 *
 * const p = Float64Array.of(0.3, 0.15, 0.05);
 * const points = origin(3);
 * points[0].set([0, 1, 5]);
 * const [x] = tSneGradients(p, 3, 1)(points, 12);
 * const [exact] = tSneGradient(p, points, 12);
 * x.forEach((slope, i) => assert.ok(Math.abs(slope - exact[i]!) < 1e-5));
 * ```
 */
export function tSneGradients(
  p: Float64Array,
  count: number,
  dimensions: number,
): (points: Axes, exaggeration: number) => Axes {
  const forces = prepareForces(p, count, dimensions);
  const { places, floatsARow, records, numbersARecord } = forces;
  const sumOf = (i: number, sum: number) => records[i * numbersARecord + sum]!;
  return (points, exaggeration) => {
    for (let axis = 0; axis < dimensions; axis++) {
      places.set(points[axis]!, axis * floatsARow);
    }
    forces.compute(0, count);
    let weights = 0;
    for (let i = 0; i < count; i++) weights += sumOf(i, 2 * dimensions);
    const gradient = origin(count);
    for (let axis = 0; axis < dimensions; axis++) {
      for (let i = 0; i < count; i++) {
        const push = sumOf(i, dimensions + axis) / weights;
        gradient[axis]![i] = 4 * (exaggeration * sumOf(i, axis) - push);
      }
    }
    return gradient;
  };
}
