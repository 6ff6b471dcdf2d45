import * as tf from "@tensorflow/tfjs";
import { hasKernel, runKernel } from "../../backends/engine/kernels.ts";
import { copyValues } from "../../numeric/tensor_values.ts";
import type { HeldMeans, StartOfMeans } from "./adam_state.ts";
import { type Constants, nextMeans } from "./adam_update.ts";

/**
 * Holds the means of all variables one after the other, in two tensors for all of
 * them: on a GPU a step then is few launches, and a read one of each.
 */
export function createFlatMeans(
  variables: Readonly<Record<string, tf.Variable>>,
  startOf: StartOfMeans,
): HeldMeans {
  const weights = Object.values(variables);
  const sizes = weights.map(({ size }) => size);
  const starts = Object.keys(variables)
    .map((name, i) => startOf(name, sizes[i]!));
  const [mean, square] = tf.tidy(() =>
    (["gradient", "square"] as const).map((kind) =>
      tf.variable(
        tf.tensor1d(joined(starts.map((start) => start[kind]))),
        false,
      )
    )
  ) as [tf.Variable, tf.Variable];
  return {
    update(gradients, constants) {
      const flat = { mean, square };
      if (hasKernel("AdamUpdateAll")) {
        updateByKernel(weights, gradients, flat, constants);
      } else updateByOperations(weights, gradients, flat, constants);
    },
    async read() {
      const both = [copyValues(mean), copyValues(square)] as const;
      const [gradients, squares] = await Promise.all(both);
      let end = 0;
      return sizes.map((size) => {
        const start = end;
        end += size;
        return {
          gradient: gradients.slice(start, end),
          square: squares.slice(start, end),
        };
      });
    },
    dispose: () => tf.dispose([mean, square]),
  };
}

type Flat = Record<"mean" | "square", tf.Variable>;

function updateByKernel(
  weights: readonly tf.Variable[],
  gradients: readonly tf.Tensor[],
  { mean, square }: Flat,
  constants: Constants,
): void {
  const pairs = weights.flatMap((variable, i) => [
    [`weights${i}`, variable],
    [`gradient${i}`, gradients[i]!],
  ]);
  const inputs = { mean, square, ...Object.fromEntries(pairs) };
  const next = runKernel("AdamUpdateAll", inputs, { ...constants });
  [mean, square, ...weights].forEach((variable, i) =>
    variable.assign(next[i]!)
  );
  tf.dispose(next);
}

/** The same, where the backend is another one by now. */
function updateByOperations(
  weights: readonly tf.Variable[],
  gradients: readonly tf.Tensor[],
  { mean, square }: Flat,
  constants: Constants,
): void {
  tf.tidy(() => {
    const gradient = tf.concat(gradients.map((each) => tf.reshape(each, [-1])));
    const changes = nextMeans({ mean, square }, gradient, constants);
    const sizes = weights.map(({ size }) => size);
    tf.split(changes, sizes).forEach((change, i) => {
      const variable = weights[i]!;
      const own = tf.reshape(change, variable.shape);
      variable.assign(tf.sub(variable, own));
    });
  });
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(
    parts.reduce((sum, { length }) => sum + length, 0),
  );
  let start = 0;
  for (const part of parts) {
    all.set(part, start);
    start += part.length;
  }
  return all;
}
