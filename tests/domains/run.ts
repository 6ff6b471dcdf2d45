import * as tf from "@tensorflow/tfjs";
import { hold } from "./row.ts";

/** Images of two classes. */
export const digits = () => ({
  images: new Uint8Array(24 * 28 * 28).map((_, i) => i % 251),
  labels: Uint8Array.from({ length: 24 }, (_, i) => i % 2),
  count: 24,
  height: 28,
  width: 28,
});

/** A network of one layer. */
export const model = () =>
  hold(tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [28, 28, 1] }),
      tf.layers.dense({ units: 2 }),
    ],
  }));

/** A folder that is removed with what lies in it. */
export function folder(): string {
  const path = Deno.makeTempDirSync();
  hold({ dispose: () => Deno.removeSync(path, { recursive: true }) });
  return path;
}
