import type { Dataset } from "../../../lib/digits/dataset.ts";
import { createRandom } from "../../../lib/numeric/random.ts";

/**
 * Images of 28×28 pixels that a child could tell apart: each class is a bright
 * stripe on one row, with noise everywhere.
 */
export function stripes(
  classes: number[],
  perClass: number,
  seed: number,
): Dataset {
  const random = createRandom(seed);
  const count = classes.length * perClass;
  const labels = Uint8Array.from(
    { length: count },
    (_, i) => classes[i % classes.length]!,
  );
  const images = Uint8Array.from({ length: count * 784 }, (_, i) => {
    const row = Math.floor(i % 784 / 28);
    const bright = row === 2 * labels[Math.floor(i / 784)]! + 3;
    return random.integer(60) + (bright ? 150 : 0);
  });
  return { images, labels, count, height: 28, width: 28 };
}
