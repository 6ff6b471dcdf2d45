import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { normalizedConv2d } from "../../../lib/nn2/layers/normalized_conv2d.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { assertClose, assertGradient, wave } from "./finite_differences.ts";
import {
  backends,
  channels,
  createWeights,
  filters,
  options,
  reference,
  trained,
  withTrained,
} from "./normalized_weights.ts";

for (const backend of backends) {
  for (const [size, strides] of [[1, 1], [3, 1], [3, 2], [5, 2]] as const) {
    Deno.test(`normalizedConv2d() and its gradients equal tfjs's operations on ${backend}: ${size}×${size}, stride ${strides}`, async () => {
      await useBackend(backend);
      const weights = createWeights(size);
      tf.tidy(() => {
        const x = wave([4, 5, 6, channels]) as tf.Tensor4D;
        const train = (...inputs: tf.Tensor[]) =>
          normalizedConv2d(
            ...withTrained(weights, inputs),
            { ...options, strides },
            true,
          );
        const expect = (...inputs: tf.Tensor[]) =>
          reference(...withTrained(weights, inputs), strides, true);
        const inputs = trained(x, weights);
        const expected = expect(...inputs);
        assertClose(train(...inputs), expected);
        const dy = wave(expected.shape, 6);
        const gradients = tf.grads(expect)(inputs, dy);
        tf.grads(train)(inputs, dy).forEach((gradient, i) =>
          assertClose(gradient, gradients[i]!, 5e-5)
        );
      });
      tf.dispose({ ...weights });
    });
  }

  Deno.test(`normalizedConv2d() equals tfjs's operations on ${backend} outside training, and changes nothing`, async () => {
    await useBackend(backend);
    const weights = createWeights();
    tf.tidy(() => {
      const x = wave([4, 5, 6, channels]) as tf.Tensor4D;
      const before = weights.movingMean.dataSync();
      const infer = (x: tf.Tensor) =>
        normalizedConv2d(x as tf.Tensor4D, weights, options, false);
      const expect = (x: tf.Tensor) =>
        reference(x as tf.Tensor4D, weights, 1, false);
      assertClose(infer(x), expect(x));
      assertEquals(weights.movingMean.dataSync(), before);
      // It is differentiable too.
      assertClose(tf.grad(infer)(x), tf.grad(expect)(x), 2e-5);
    });
    tf.dispose({ ...weights });
  });

  Deno.test(`normalizedConv2d() moves mean and variance towards the batch's on ${backend}`, async () => {
    await useBackend(backend);
    const weights = createWeights();
    tf.tidy(() => {
      const x = wave([4, 5, 6, channels]) as tf.Tensor4D;
      const { mean, variance } = tf.moments(
        tf.add(tf.conv2d(x, weights.kernel, 1, "same"), weights.bias),
        [0, 1, 2],
      );
      const towards = (moving: tf.Tensor, batch: tf.Tensor) =>
        tf.add(tf.mul(moving, 0.9), tf.mul(batch, 0.1));
      const expected = [
        towards(weights.movingMean, mean),
        towards(weights.movingVariance, variance),
      ] as const;
      normalizedConv2d(x, weights, options, true);
      assertClose(weights.movingMean, expected[0]);
      assertClose(weights.movingVariance, expected[1]);
    });
    tf.dispose({ ...weights });
  });

  Deno.test(`normalizedConv2d() has gradient 0 in the bias on ${backend}`, async () => {
    await useBackend(backend);
    const weights = createWeights();
    tf.tidy(() => {
      const x = wave([4, 5, 6, channels]) as tf.Tensor4D;
      const gradient = tf.grad((bias) =>
        normalizedConv2d(
          x,
          { ...weights, bias: bias as tf.Tensor1D },
          options,
          true,
        )
      )(weights.bias);
      assertEquals([...gradient.dataSync()], Array(filters).fill(0));
    });
    tf.dispose({ ...weights });
  });

  Deno.test(`normalizedConv2d() leaves its result and nothing else on ${backend}`, async () => {
    await useBackend(backend);
    const weights = createWeights();
    const x = wave([4, 5, 6, channels]) as tf.Tensor4D;
    const before = tf.memory().numTensors;
    for (const training of [true, false]) {
      const y = normalizedConv2d(x, weights, options, training);
      assertEquals(tf.memory().numTensors, before + 1);
      y.dispose();
    }
    const gradient = tf.grad((x) =>
      normalizedConv2d(x as tf.Tensor4D, weights, options, true)
    )(x);
    assertEquals(tf.memory().numTensors, before + 1);
    tf.dispose([x, gradient, { ...weights }]);
  });
}

Deno.test("normalizedConv2d() has the gradient of its differences", async () => {
  await useBackend("cpu");
  const weights = createWeights();
  tf.tidy(() => {
    const inputs: tf.Tensor[] = trained(
      wave([2, 4, 3, channels]) as tf.Tensor4D,
      weights,
    );
    inputs.forEach((input, i) =>
      assertGradient(
        (moved) =>
          normalizedConv2d(
            ...withTrained(weights, inputs.with(i, moved)),
            options,
            true,
          ),
        input,
      )
    );
  });
  tf.dispose({ ...weights });
});

for (const backend of backends) {
  Deno.test(`normalizedConv2d() without inputGradient has none in x, and the same others, on ${backend}`, async () => {
    await useBackend(backend);
    const weights = createWeights();
    tf.tidy(() => {
      const x = wave([4, 5, 6, channels]) as tf.Tensor4D;
      const train = (inputGradient: boolean) => (...inputs: tf.Tensor[]) =>
        normalizedConv2d(
          ...withTrained(weights, [x, ...inputs]),
          { ...options, inputGradient },
          true,
        );
      const inputs = trained(x, weights).slice(1);
      const expected = tf.grads(train(true))(inputs);
      tf.grads(train(false))(inputs).forEach((gradient, i) =>
        assertClose(gradient, expected[i]!, 0)
      );
      const inX = tf.grad((x) =>
        normalizedConv2d(
          x as tf.Tensor4D,
          weights,
          { ...options, inputGradient: false },
          true,
        )
      );
      assertThrows(() => inX(x), Error, "Cannot compute gradient");
    });
    tf.dispose({ ...weights });
  });

  Deno.test(`normalizedConv2d() refuses to be differentiated twice in training on ${backend}`, async () => {
    await useBackend(backend);
    const weights = createWeights();
    tf.tidy(() => {
      const x = wave([4, 5, 6, channels]);
      const first = tf.grad((x) =>
        normalizedConv2d(x as tf.Tensor4D, weights, options, true)
      );
      assertThrows(() => tf.grad(first)(x), Error, "twice");
    });
    tf.dispose({ ...weights });
  });

  Deno.test(`normalizedConv2d() refuses what does not fit together on ${backend}`, async () => {
    await useBackend(backend);
    const weights = createWeights();
    tf.tidy(() => {
      const refuse = (x: tf.Tensor, changed: object, message: string) => {
        for (const training of [true, false]) {
          assertThrows(
            () =>
              normalizedConv2d(
                x as tf.Tensor4D,
                { ...weights, ...changed },
                options,
                training,
              ),
            RangeError,
            message,
          );
        }
      };
      refuse(
        tf.ones([1, 2, 2, 4]),
        {},
        "expected x of shape [batch, height, width, 3], got a tensor of shape [1, 2, 2, 4]",
      );
      const x = tf.ones([1, 2, 2, channels]);
      for (
        const name of ["bias", "gamma", "beta", "movingMean", "movingVariance"]
      ) {
        const short = tf.variable(tf.ones([4]));
        refuse(x, { [name]: short }, `expected ${name} of shape [5], got `);
        short.dispose();
      }
    });
    tf.dispose({ ...weights });
  });

  Deno.test(`normalizedConv2d() of an empty batch is empty and moves nothing on ${backend}`, async () => {
    await useBackend(backend);
    const weights = createWeights();
    tf.tidy(() => {
      const x = tf.zeros<tf.Rank.R4>([0, 5, 6, channels]);
      const { movingMean, movingVariance } = weights;
      const moving = () => [movingMean.dataSync(), movingVariance.dataSync()];
      const before = moving();
      const train = (...inputs: tf.Tensor[]) =>
        normalizedConv2d(...withTrained(weights, inputs), options, true);
      const inputs = trained(x, weights);
      assertEquals(train(...inputs).shape, [0, 5, 6, filters]);
      assertEquals(moving(), before);
      const [dx, ...others] = tf.grads(train)(inputs);
      assertEquals(dx!.shape, x.shape);
      for (const gradient of others) {
        assert(gradient.dataSync().every((value) => value === 0));
      }
    });
    tf.dispose({ ...weights });
  });
}
