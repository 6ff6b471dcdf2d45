import * as tf from "@tensorflow/tfjs";
import {
  freeAfterGradient,
  freeOnceAdded,
  isOverwritable,
} from "../../../lib/nn2/layers/backward_pass.ts";
import { NormalizedConvolution } from "../../../lib/nn2/layers/normalized_convolution.ts";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { assert, assertEquals } from "../../assert.ts";
import { wave } from "./finite_differences.ts";

await tf.setBackend("cpu");

/** x², whose gradient frees what it can, and tells what it saw. */
function square(
  x: tf.Tensor,
  see: (dy: tf.Tensor, saved: tf.Tensor) => void = () => {},
): tf.Tensor {
  const operation = tf.customGrad((...given) => {
    const [x, save] = given as [tf.Tensor, tf.GradSaveFunc];
    save([x]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      see(dy, saved[0]!);
      const dx = tf.tidy(() => tf.mul(tf.mul(saved[0]!, 2), dy));
      freeAfterGradient(dy, saved);
      return freeOnceAdded(given[0] as tf.Tensor, dx);
    };
    return { value: tf.square(x), gradFunc };
  });
  return operation(x);
}

Deno.test("freeAfterGradient() frees the gradients on the way and what was saved", () => {
  const x = tf.tensor1d([1, 2]);
  const seen: tf.Tensor[] = [];
  const see = (...tensors: tf.Tensor[]) => {
    assert(seen.every((tensor) => tensor.isDisposed));
    seen.push(...tensors);
  };
  const gradient = tf.grad((x) => square(square(square(x, see), see), see))(x);
  assertEquals(seen.length, 6);
  assertEquals([...gradient.dataSync()], [8, 8 * 2 ** 7]);
  tf.dispose([x, gradient]);
});

Deno.test("freeAfterGradient() leaves the caller's gradient and values", () => {
  const [x, dy] = [tf.scalar(3), tf.scalar(1)];
  const before = tf.memory().numTensors;
  const { value, grad } = tf.valueAndGrad((x) => square(x))(x, dy);
  assertEquals([value, grad, dy, x].map((tensor) => tensor.dataSync()[0]), [
    9,
    6,
    1,
    3,
  ]);
  assertEquals(tf.memory().numTensors, before + 2);
  tf.dispose([x, dy, value, grad]);
});

Deno.test("freeAfterGradient() leaves a gradient that somebody keeps", () => {
  const x = tf.scalar(3);
  let kept: tf.Tensor | undefined;
  const gradient = tf.grad((x) =>
    tf.square(square(x, (dy) => kept = tf.keep(dy)))
  )(
    x,
  );
  assertEquals(kept!.dataSync()[0], 18);
  tf.dispose([x, gradient, kept!]);
});

Deno.test("freeAfterGradient() leaves what a second gradient needs", () => {
  const x = tf.scalar(3);
  const before = tf.memory().numTensors;
  // (x⁴)″ = 12 x²
  let passes = 0;
  const see = (_dy: tf.Tensor, saved: tf.Tensor) => {
    passes++;
    assert(!saved.isDisposed);
  };
  const second = tf.grad(tf.grad((x) => square(square(x, see))))(x);
  assertEquals(passes, 2);
  assertEquals(second.dataSync()[0], 108);
  second.dispose();
  assertEquals(tf.memory().numTensors, before);
  x.dispose();
});

Deno.test("freeOnceAdded() frees all gradients but the first that tfjs adds up", () => {
  const x = tf.scalar(3);
  const live: number[] = [];
  const see = () => live.push(tf.memory().numTensors);
  const { numTensors } = tf.memory();
  const gradient = tf.grad((x) =>
    tf.addN(Array.from({ length: 6 }, () => square(x, see)))
  )(x);
  assertEquals(gradient.dataSync()[0], 6 * 2 * 3);
  // Each call disposes its dy and what was saved, and none adds to the rest.
  const falls = live.slice(3).map((count, i) => live[i + 2]! - count);
  assert(falls.every((fall) => fall === 2), `${live}`);
  gradient.dispose();
  assertEquals(tf.memory().numTensors, numTensors);
  x.dispose();
});

Deno.test("freeOnceAdded() keeps apart the inputs and the passes", () => {
  tf.tidy(() => {
    const inputs = [tf.scalar(2), tf.scalar(5)];
    const differentiate = tf.grads((a, b) =>
      tf.mul(
        tf.add(square(a!), square(b!)),
        tf.add(square(b!), tf.square(a!)),
      )
    );
    // (a² + b²)² has the gradient 4 a (a² + b²).
    for (let pass = 0; pass < 2; pass++) {
      assertEquals(
        differentiate(inputs).map((gradient) => gradient.dataSync()[0]),
        [4 * 2 * 29, 4 * 5 * 29],
      );
    }
  });
});

Deno.test("isOverwritable() is true of gradients of the pass that share no memory", () => {
  const seen: boolean[] = [];
  const see = (dy: tf.Tensor) => seen.push(isOverwritable(dy));
  tf.tidy(() => {
    const [x, dy] = [tf.scalar(3), tf.scalar(1)];
    tf.grad((x) => square(x, see))(x, dy);
    tf.grad((x) => tf.square(square(x, see)))(x);
    tf.grad((x) => tf.reshape(square(x, see), [1]))(x, tf.tensor1d([1]));
    see(dy);
  });
  assertEquals(seen, [false, true, false, false]);
});

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test(`a chain of convolutions frees what it kept layer by layer on ${backend}`, async () => {
    await useBackend(backend);
    const convolutions = Array.from(
      { length: 5 },
      (_, seed) =>
        new NormalizedConvolution({
          filters: 3,
          kernelSize: 3,
          seed: 1 + seed,
        }),
    );
    const x = wave([2, 5, 5, 3]);
    tf.tidy(() => convolutions.forEach((layer) => layer.apply(x)));
    const before = tf.memory().numTensors;
    const buffers: number[] = [];
    const probe = tf.customGrad((...given) => ({
      value: tf.clone(given[0] as tf.Tensor),
      gradFunc: (dy: tf.Tensor) => {
        buffers.push(tf.memory().numDataBuffers);
        return dy;
      },
    }));
    const { value, grads } = tf.variableGrads(() => {
      let y = x;
      for (const layer of convolutions) {
        y = probe(layer.apply(y, { training: true }) as tf.Tensor);
      }
      return tf.sum(y);
    });
    // A layer leaves the gradients of four weights; z, the constants and its
    // images go.
    buffers.slice(1).forEach((count, i) =>
      assertEquals(count, buffers[i]! + 1)
    );
    tf.dispose([value, grads]);
    assertEquals(tf.memory().numTensors, before);
    tf.dispose(x);
    for (const layer of convolutions) layer.dispose();
  });
}
