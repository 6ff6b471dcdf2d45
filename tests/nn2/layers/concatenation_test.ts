import * as tf from "@tensorflow/tfjs";
import { ChannelConcatenation } from "../../../lib/nn2/layers/concatenation.ts";
import { NormalizedConvolution } from "../../../lib/nn2/layers/normalized_convolution.ts";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { assert, assertEquals } from "../../assert.ts";
import { assertClose, wave } from "./finite_differences.ts";

const shapes = [[2, 3, 4, 5], [2, 3, 4, 1], [2, 3, 4, 2]];
const parts = () => shapes.map((shape, i) => wave(shape, i));

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test(`ChannelConcatenation and its gradients equal tf.concat()'s on ${backend}`, async () => {
    await useBackend(backend);
    const layer = new ChannelConcatenation({});
    tf.tidy(() => {
      const join = (...parts: tf.Tensor[]) => layer.apply(parts) as tf.Tensor;
      const expect = (...parts: tf.Tensor[]) => tf.concat(parts, 3);
      assertClose(join(...parts()), expect(...parts()), 0);
      const dy = wave([2, 3, 4, 8], 4);
      const expected = tf.grads(expect)(parts(), dy);
      tf.grads(join)(parts(), dy).forEach((gradient, i) =>
        assertClose(gradient, expected[i]!, 0)
      );
    });
  });
}

Deno.test("ChannelConcatenation frees its gradient after splitting it", async () => {
  await useBackend("cpu");
  const layer = new ChannelConcatenation({});
  let dy: tf.Tensor | undefined;
  const after = tf.customGrad((...given) => ({
    value: tf.clone(given[0] as tf.Tensor),
    gradFunc: (slope: tf.Tensor) => dy = tf.mul(slope, 2),
  }));
  const before = tf.customGrad((...given) => ({
    value: tf.clone(given[0] as tf.Tensor),
    gradFunc: (slope: tf.Tensor) => {
      assert(dy!.isDisposed);
      return tf.mul(slope, 1);
    },
  }));
  tf.tidy(() => {
    const gradients = tf.grads((...parts) =>
      after(layer.apply(parts.map((part) => before(part))) as tf.Tensor)
    )(parts());
    assertEquals(gradients.map(({ shape }) => shape), shapes);
  });
});

Deno.test("ChannelConcatenation announces the shape that it makes", () => {
  const layer = new ChannelConcatenation({});
  assertEquals(
    layer.computeOutputShape([[null, 3, 4, 5], [null, 3, 4, 1]]),
    [null, 3, 4, 6],
  );
});

Deno.test("ChannelConcatenation leaves its parts to others, and keeps none for the gradient", async () => {
  await useBackend("cpu");
  const layer = new ChannelConcatenation({});
  const given = parts();
  let buffers = 0;
  const gradients = tf.grads((...scaled) => {
    const inputs = scaled.map((part) => tf.add(part, 1));
    const { numDataBuffers } = tf.memory();
    const y = layer.apply(inputs, { training: true }) as tf.Tensor;
    buffers = tf.memory().numDataBuffers - numDataBuffers;
    assert(inputs.every((input) => !input.isDisposed));
    return y;
  })(given);
  assertEquals(buffers, 1);
  tf.dispose([...given, ...gradients]);
});

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test(`a model trains whose branch is an output of its own beside the joint on ${backend}`, async () => {
    await useBackend(backend);
    const input = tf.input({ shape: [3, 4, 2] });
    const branches = [1, 3].map((kernelSize) =>
      new NormalizedConvolution({ filters: 3, kernelSize, seed: kernelSize })
        .apply(input) as tf.SymbolicTensor
    );
    const joint = new ChannelConcatenation({}).apply(branches);
    const outputs = [joint as tf.SymbolicTensor, branches[0]!];
    const model = tf.model({ inputs: input, outputs });
    const x = wave([2, 3, 4, 2]);
    const before = tf.memory().numTensors;
    const learn = (
      loss: (joint: tf.Tensor, branch: tf.Tensor) => tf.Tensor,
      layer: tf.layers.Layer,
    ) =>
      tf.variableGrads(
        () => {
          const made = model.apply(x, { training: true }) as tf.Tensor[];
          return tf.sum(loss(...made as [tf.Tensor, tf.Tensor]));
        },
        layer.trainableWeights.map((weight) => weight.read() as tf.Variable),
      );
    const [layer] = model.layers.filter((layer) => layer.weights.length > 0);
    // The joint's first channels are the branch's.
    const actual = learn(
      (joint, branch) => tf.mul(tf.slice(joint, 0, [-1, -1, -1, 3]), branch),
      layer!,
    );
    const expected = learn((_joint, branch) => tf.square(branch), layer!);
    assertClose(actual.value, expected.value);
    for (const [name, gradient] of Object.entries(expected.grads)) {
      assertClose(actual.grads[name]!, gradient);
    }
    tf.dispose([actual, expected].map((each) => ({ ...each })));
    assertEquals(tf.memory().numTensors, before);
    model.dispose();
    x.dispose();
  });

  Deno.test(`ChannelConcatenation can be differentiated twice on ${backend}`, async () => {
    await useBackend(backend);
    const layer = new ChannelConcatenation({});
    tf.tidy(() => {
      const x = wave(shapes[0]!);
      // (x² + x⁴)″ = 2 + 12 x²
      const second = tf.grad(tf.grad((x) => {
        const square = tf.square(x);
        return layer.apply([square, tf.square(square)]) as tf.Tensor;
      }))(x);
      assertClose(second, tf.add(2, tf.mul(12, tf.square(x))));
    });
  });

  Deno.test(`ChannelConcatenation takes one part, the same twice, and an empty batch on ${backend}`, async () => {
    await useBackend(backend);
    const layer = new ChannelConcatenation({});
    tf.tidy(() => {
      const x = wave([2, 3, 4, 2]);
      const dy = wave([2, 3, 4, 4], 1);
      const apply = (...parts: tf.Tensor[]) => layer.apply(parts) as tf.Tensor;
      assertClose(apply(x), x, 0);
      const [first, second] = tf.split(dy, 2, 3) as [tf.Tensor, tf.Tensor];
      assertClose(tf.grad((x) => apply(x))(x, first), first, 0);
      assertClose(tf.grad((x) => apply(x, x))(x, dy), tf.add(first, second));
      const empty = tf.zeros([0, 3, 4, 2]);
      const gradients = tf.grads((a, b) => apply(a!, b!))([empty, empty]);
      assertEquals(gradients.map(({ shape }) => shape), [
        empty.shape,
        empty.shape,
      ]);
    });
  });
}
