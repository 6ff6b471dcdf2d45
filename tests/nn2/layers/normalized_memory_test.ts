/** Who owns which memory in a gradient through normalized convolutions. */
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { memoryOf } from "../../../lib/backends/wasm/runtime/memory.ts";
import type { WatchedBackend } from "../../../lib/backends/wasm/runtime/tfjs_backend.ts";
import { normalizedConv2d } from "../../../lib/nn2/layers/normalized_conv2d.ts";
import { NormalizedConvolution } from "../../../lib/nn2/layers/normalized_convolution.ts";
import { assert, assertEquals } from "../../assert.ts";
import { assertClose, wave } from "./finite_differences.ts";
import {
  backends,
  channels,
  createWeights,
  options,
  reference,
} from "./normalized_weights.ts";

/** Built convolutions that keep the shape; the test disposes them. */
function createStack(depth: number, channels: number) {
  const layers = Array.from(
    { length: depth },
    (_, i) =>
      new NormalizedConvolution({
        filters: channels,
        kernelSize: 3,
        seed: i + 1,
      }),
  );
  const train = (x: tf.Tensor) =>
    layers.reduce(
      (y, layer) => layer.apply(y, { training: true }) as tf.Tensor,
      x,
    );
  tf.tidy(() => train(tf.zeros([1, 2, 2, channels])));
  return { train, dispose: () => layers.forEach((layer) => layer.dispose()) };
}

/** The sum of a tensor, whose gradient is one tensor and nothing besides. */
const sum = tf.customGrad((...given) => {
  const { shape } = given[0] as tf.Tensor;
  return {
    value: tf.sum(given[0] as tf.Tensor),
    gradFunc: () => tf.ones(shape),
  };
});

/** Passes a tensor on, and instead of its gradient another. */
function replaceGradient(
  x: tf.Tensor,
  replace: (dy: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  return tf.customGrad((...given) => ({
    value: tf.clone(given[0] as tf.Tensor),
    gradFunc: replace,
  }))(x);
}

Deno.test("a stack's gradients take little more memory than what it keeps for them", async () => {
  // Other threads take their working memory whenever they begin to help.
  await useBackend("wasm", { threads: 1 });
  const memory = memoryOf(tf.backend() as unknown as WatchedBackend);
  const depth = 6;
  const stack = createStack(depth, 16);
  const x = wave([16, 16, 16, 16]);
  const size = 4 * x.size;
  for (const warm of [false, true]) {
    const before = memory.used;
    memory.peak = before;
    const { value, grads } = tf.variableGrads(() =>
      sum(stack.train(x)) as tf.Scalar
    );
    const peak = (memory.peak - before) / size;
    tf.dispose([value, grads]);
    if (!warm) continue; // The kernels' working memory stays.
    // Of each layer z and its result, which is the next one's input; and a
    // gradient that comes, whose memory dz takes, and one that goes.
    assert(peak < 2 * depth - 1 + 2 + 0.5, `${peak}`);
    assertEquals(memory.used, before);
  }
  x.dispose();
  stack.dispose();
});

for (const backend of backends) {
  Deno.test(`a stack's gradients leave no tensor behind on ${backend}`, async () => {
    await useBackend(backend);
    const stack = createStack(3, 4);
    const x = wave([2, 4, 5, 4]);
    const { numTensors, numDataBuffers } = tf.memory();
    for (let step = 0; step < 3; step++) {
      const { value, grads } = tf.variableGrads(() =>
        tf.sum(tf.square(stack.train(x)))
      );
      assertEquals(Object.keys(grads).length, 12);
      tf.dispose([value, grads]);
      const after = tf.memory();
      assertEquals(
        [after.numTensors, after.numDataBuffers],
        [numTensors, numDataBuffers],
      );
    }
    x.dispose();
    stack.dispose();
  });

  Deno.test(`normalizedConv2d() leaves the caller's x and dy as they are on ${backend}`, async () => {
    await useBackend(backend);
    const weights = createWeights();
    tf.tidy(() => {
      const x = wave([2, 4, 5, channels]);
      const train = (x: tf.Tensor) =>
        normalizedConv2d(x as tf.Tensor4D, weights, options, true);
      const dy = wave(train(x).shape, 1);
      const before = [x, dy].map((tensor) => tensor.dataSync());
      const first = tf.grad(train)(x, dy);
      assertClose(tf.grad(train)(x, dy), first, 0);
      assertEquals([x, dy].map((tensor) => tensor.dataSync()), before);
    });
    tf.dispose({ ...weights });
  });

  Deno.test(`normalizedConv2d() leaves a gradient whose memory others share on ${backend}`, async () => {
    await useBackend(backend);
    const weights = createWeights();
    tf.tidy(() => {
      const x = wave([2, 4, 5, channels]);
      const train = (x: tf.Tensor) =>
        normalizedConv2d(x as tf.Tensor4D, weights, options, true);
      const dy = wave(train(x).shape, 1);
      const before = dy.dataSync();
      const expected = tf.grad(train)(x, dy);
      const ways: ((dy: tf.Tensor) => tf.Tensor)[] = [
        (dy) => tf.clone(dy),
        (dy) => tf.reshape(dy, dy.shape),
        (dy) => tf.cast(dy, "float32"),
        (dy) => dy,
      ];
      for (const way of ways) {
        // The caller's own dy, by another name.
        const gradient = tf.grad((x) => replaceGradient(train(x), way))(x, dy);
        assertClose(gradient, expected, 0);
        assertEquals(dy.dataSync(), before);
      }
      // A gradient of the pass that somebody else still holds.
      let held = tf.zeros([1]);
      const gradient = tf.grad((x) =>
        replaceGradient(train(x), (dy) => {
          const made = tf.mul(dy, 1);
          held = tf.keep(tf.clone(made));
          return made;
        })
      )(x, dy);
      assertClose(gradient, expected, 0);
      assertEquals(held.dataSync(), before);
      held.dispose();
    });
    tf.dispose({ ...weights });
  });

  Deno.test(`normalizedConv2d() adds up the gradients of branches on ${backend}`, async () => {
    await useBackend(backend);
    const weights = [1, 3, 1, 3].map((size) => createWeights(size));
    tf.tidy(() => {
      const [x, images] = [wave([2, 4, 5, channels]), wave([channels], 2)];
      const branches = (convolve: typeof ours) => (x: tf.Tensor) => {
        const scaled = tf.mul(x, images);
        const parts = weights.map((_, i) => convolve(scaled, i));
        const outputs = [...parts, tf.tile(scaled, [1, 1, 1, 2])];
        return tf.concat(outputs, 3);
      };
      const ours = (x: tf.Tensor, i: number) =>
        normalizedConv2d(x as tf.Tensor4D, weights[i]!, options, true);
      const theirs = (x: tf.Tensor, i: number) =>
        reference(x as tf.Tensor4D, weights[i]!, 1, true);
      const dy = wave([2, 4, 5, 4 * 5 + 2 * channels], 3);
      const gradient = tf.grad(branches(ours))(x, dy);
      assertClose(gradient, tf.grad(branches(theirs))(x, dy), 5e-5);
    });
    for (const each of weights) tf.dispose({ ...each });
  });

  Deno.test(`normalizedConv2d() gives a result that several use on ${backend}`, async () => {
    await useBackend(backend);
    const weights = createWeights();
    tf.tidy(() => {
      const x = wave([2, 4, 5, channels]);
      const residual = (convolve: (x: tf.Tensor) => tf.Tensor) =>
        tf.grad((x) => {
          const y = convolve(x);
          return tf.add(tf.square(y), tf.mul(y, tf.sum(x)));
        })(x);
      let passes = 0;
      const ours = residual((x) => {
        const y = normalizedConv2d(x as tf.Tensor4D, weights, options, true);
        return replaceGradient(y, (dy) => {
          passes++;
          return tf.mul(dy, 1);
        });
      });
      const theirs = residual((x) =>
        reference(x as tf.Tensor4D, weights, 1, true)
      );
      assertEquals(passes, 1);
      assertClose(ours, theirs, 5e-5);
    });
    tf.dispose({ ...weights });
  });
}
