import fc from "fast-check";
import { createRandom } from "../../../../lib/numeric/random.ts";

/** A convolution with "same" padding to try. */
export interface Shapes {
  /** `[batch, height, width, channels]`. */
  x: [number, number, number, number];
  /** `[height, width, channels, filters]`. */
  filter: [number, number, number, number];
  strides: number;
}

const upTo = (max: number) => fc.integer({ min: 1, max });

/** Sides of one, channels that come in fours or do not, more pixels than a tile has. */
const anyShapes: fc.Arbitrary<Shapes> = fc.record({
  batch: fc.oneof(upTo(3), fc.constant(17)),
  sides: fc.tuple(upTo(11), upTo(11)),
  window: fc.tuple(upTo(5), upTo(5)),
  channels: fc.oneof(upTo(9), upTo(5).map((fours) => 4 * fours)),
  filters: fc.oneof(upTo(9), upTo(20).map((fours) => 4 * fours), upTo(90)),
  strides: upTo(3),
}).map(({ batch, sides, window, channels, filters, strides }) => ({
  x: [batch, ...sides, channels],
  filter: [...window, channels, filters],
  strides,
}));

/** Some of them, always the same ones for a seed. */
export const someShapes = (count: number, seed: number): Shapes[] =>
  fc.sample(anyShapes, { numRuns: count, seed });

/** In words. */
export const nameOf = ({ x, filter, strides }: Shapes): string =>
  `[${x}] by [${filter}], stride ${strides}`;

/** Normal numbers around some mean, the same ones for a seed. */
export function normalValues(
  shape: readonly number[],
  seed: number,
  mean = 0,
): Float32Array {
  const random = createRandom(seed);
  const size = shape.reduce((product, side) => product * side, 1);
  return Float32Array.from({ length: size }, () => mean + random.normal());
}
