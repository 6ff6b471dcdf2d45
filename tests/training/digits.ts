import type { Dataset } from "../../lib/digits/dataset.ts";
import { createRandom } from "../../lib/numeric/random.ts";

/** Noisy stripes: class 0 has them upright, class 1 lying, and so on. */
export function stripes(count: number, classes: number, seed: number): Dataset {
  const random = createRandom(seed);
  const [height, width] = [28, 28];
  const images = new Uint8Array(count * height * width);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % classes);
  labels.forEach((label, image) => {
    const angle = Math.PI * label / classes;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const wave = Math.sin(Math.cos(angle) * x + Math.sin(angle) * y);
        const value = 127 + 90 * wave + 37 * (2 * random.uniform() - 1);
        images[(image * height + y) * width + x] = value;
      }
    }
  });
  return { images, labels, count, height, width };
}
