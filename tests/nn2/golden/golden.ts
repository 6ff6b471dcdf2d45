/** The formulas of make_golden.py: the same numbers, to the last bit. */
import * as tf from "@tensorflow/tfjs";
import { namedWeights, setNamedWeights } from "../../../lib/nn2/weights.ts";

// As in make_golden.py.
const BETA = 1.5;

/** The i-th number in [-0.5, 0.5) of a seed and a name, exact in float32. */
function noise(seed: number, name: string): (i: number) => number {
  let start = 0x811c9dc5 ^ seed;
  for (const byte of new TextEncoder().encode(name)) { // FNV-1a
    start = Math.imul(start ^ byte, 0x01000193);
  }
  return (i) => {
    let h = Math.imul(i, 0x9e3779b1) + start | 0;
    h = Math.imul(h ^ h >>> 16, 0x85ebca6b); // MurmurHash3's finalizer
    h = Math.imul(h ^ h >>> 13, 0xc2b2ae35);
    return ((h ^ h >>> 16) >>> 8) / 2 ** 24 - 0.5;
  };
}

function goldenWeight(
  seed: number,
  name: string,
  shape: number[],
): tf.Tensor {
  const values = new Float32Array(tf.util.sizeFromShape(shape));
  const kind = name.split("/")[1]!;
  const isKernel = kind === "kernel";
  const scale = isKernel
    ? Math.sqrt(12 * 2 / (values.length / shape.at(-1)!))
    : 0.2;
  const center = { beta: BETA, gamma: 1, moving_variance: 1 }[kind] ?? 0;
  const u = noise(seed, name);
  for (let i = 0; i < values.length; i++) values[i] = center + scale * u(i);
  return tf.tensor(values, shape);
}

/** The name in make_golden.py, where a normalization is a layer of its own. */
export function goldenName(name: string): string {
  return name.replace(
    /(?=\/(gamma|beta|moving_mean|moving_variance)$)/,
    "_norm",
  );
}

/** Sets every weight of a model by its formula. */
export function setGoldenWeights(model: tf.LayersModel, seed: number): void {
  tf.tidy(() => {
    const weights = Object.entries(namedWeights(model)).map((
      [name, { shape }],
    ) => [name, goldenWeight(seed, goldenName(name), shape)]);
    setNamedWeights(model, Object.fromEntries(weights));
  });
}

/** Stripes, their direction by class and their width by image, with noise. */
export function goldenImages(
  seed: number,
  labels: readonly number[],
  brightness: number,
): tf.Tensor4D {
  const images = labels.flatMap((label, n) => {
    const u = noise(seed, `image ${n}`);
    return Array.from({ length: 28 * 28 }, (_, i) => {
      const [row, column] = [Math.floor(i / 28), i % 28];
      const stripe = (label * row + (2 - label) * column) % 12 < 2 + n ? 1 : 0;
      return brightness * (0.75 * stripe + 0.25 * (u(i) + 0.5));
    });
  });
  return tf.tensor4d(images, [labels.length, 28, 28, 1]);
}
