import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { assertEquals, assertThrows } from "../../../assert.ts";
import {
  assertResult,
  at,
  places,
  type Plain,
  plain,
} from "../arrays/arrays.ts";
import { tensorOf } from "../arrays/arrays.ts";

await useBackend("wasm");

const slope = (value: number, alpha: number) =>
  value > 0 ? value : alpha * value;

/** prelu by its definition, broadcast as numpy does. */
function prelu(x: Plain, alpha: Plain): Plain {
  const shape = tf.broadcast_util.assertAndGetBroadcastShape(
    x.shape,
    alpha.shape,
  );
  const values = [...places(shape)].map((p) => slope(at(x, p), at(alpha, p)));
  return { shape, values };
}

/** The gradients in x and alpha of the sum of prelu times dy. */
function gradients(x: Plain, alpha: Plain, dy: Plain): [Plain, Plain] {
  const of = (side: Plain, derive: (p: number[]) => number): Plain => {
    const values = side.values.map(() => 0);
    const own = { shape: side.shape, values: [...values.keys()] };
    for (const p of places(dy.shape)) {
      values[at(own, p)]! += at(dy, p) * derive(p);
    }
    return { ...side, values };
  };
  return [
    of(x, (p) => at(x, p) > 0 ? 1 : at(alpha, p)),
    of(alpha, (p) => at(x, p) > 0 ? 0 : at(x, p)),
  ];
}

/** A shape, and one that is broadcast with it: some sides 1, some missing. */
const pairs = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 5 })
  .chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      repeated: fc.array(fc.boolean(), {
        minLength: shape.length,
        maxLength: shape.length,
      }),
      missing: fc.integer({ min: 0, max: shape.length }),
    })
  ).map(({ shape, repeated, missing }) => ({
    shape,
    part: shape.map((side, axis) => repeated[axis] ? 1 : side).slice(missing),
  }));

Deno.test("prelu() meets each value with its slope", () => {
  // By hand: rows of x are 1 and -1, 2 and -2, 3 and -3.
  assertResult(
    () =>
      tf.prelu(
        tf.tensor3d([1, -1, 2, -2, 3, -3], [1, 2, 3]),
        tf.tensor3d([0.5, -0.25], [1, 2, 1]),
      ),
    { shape: [1, 2, 3], values: [1, -0.5, 2, 0.5, 3, 0.75] },
  );
});

Deno.test("prelu() and its gradients broadcast slopes of any shape", () => {
  const cases = pairs.chain(({ shape, part }) =>
    fc.tuple(plain(shape), plain(part), plain(shape), fc.boolean())
  );
  fc.assert(
    fc.property(cases, ([large, small, dy, turned]) => {
      // tfjs's cpu backend, too, lets the slopes be the larger side.
      const [x, alpha] = turned ? [small, large] : [large, small];
      assertResult(
        () => tf.prelu(tensorOf(x), tensorOf(alpha)),
        prelu(x, alpha),
      );
      if (dy.values.length === 0) return;
      const expected = gradients(x, alpha, dy);
      expected.forEach((gradient, i) =>
        assertResult(
          () =>
            tf.grads((x, alpha) => tf.prelu(x, alpha))(
              [tensorOf(x), tensorOf(alpha)],
              tensorOf(dy),
            )[i]!,
          gradient,
          1e-6,
        )
      );
    }),
    { numRuns: 150 },
  );
});

Deno.test("prelu() takes int32 and bool for numbers", () => {
  const x = tf.tensor1d([-2, 3], "int32");
  const alpha = tf.tensor1d([3], "int32");
  assertResult(() => tf.prelu(x, alpha), {
    shape: [2],
    values: [-6, 3],
    dtype: "float32",
  });
  tf.dispose([x, alpha]);
});

Deno.test("prelu() refuses slopes that cannot be broadcast", () => {
  const [x, alpha] = [tf.ones([2, 3]), tf.ones([2])];
  const before = tf.memory().numTensors;
  assertThrows(() => tf.prelu(x, alpha), Error, "could not be broadcast");
  assertEquals(tf.memory().numTensors, before);
  tf.dispose([x, alpha]);
});

for (const sharedAxes of [[1], [2], [3], [1, 2], [1, 3], [2, 3]]) {
  Deno.test(`a layer of prelu with shared axes [${sharedAxes}] trains as its definition says`, () => {
    const image = fc.sample(plain([2, 3, 4, 2]), { seed: 1, numRuns: 1 })[0]!;
    const slopes = [3, 4, 2].map((side, i) =>
      sharedAxes.includes(i + 1) ? 1 : side
    );
    const alpha = fc.sample(plain(slopes), { seed: 2, numRuns: 1 })[0]!;
    const dy = fc.sample(plain([2, 3, 4, 2]), { seed: 3, numRuns: 1 })[0]!;
    const [, expected] = gradients(image, alpha, dy);
    tf.tidy(() => {
      const layer = tf.layers.prelu({ sharedAxes });
      const x = tensorOf(image);
      layer.apply(x);
      layer.setWeights([tensorOf(alpha)]);
      const { grads } = tf.variableGrads(() =>
        tf.sum(tf.mul(layer.apply(x) as tf.Tensor, tensorOf(dy)))
      );
      assertResult(() => layer.apply(x) as tf.Tensor, prelu(image, alpha));
      const [gradient] = Object.values(grads);
      assertEquals(gradient!.shape, slopes);
      assertResult(() => tf.clone(gradient!), expected, 1e-6);
      layer.dispose();
    });
  });
}

const ones = (...shape: number[]) => tf.ones(shape);
const image = () => fc.sample(plain([2, 3, 4, 2]), { seed: 1, numRuns: 1 })[0]!;

/** Slopes of this shape behind a product that leaves the image as it is. */
function fused(
  name: string,
  apply: (x: tf.Tensor, alpha: tf.Tensor) => tf.Tensor,
  alphas: number[][],
  shape = [2, 3, 4, 2],
) {
  for (const side of alphas) {
    Deno.test(`prelu() behind a fused ${name} broadcasts slopes [${side}]`, () => {
      const x = { ...image(), shape };
      const alpha = fc.sample(plain(side), { seed: 2, numRuns: 1 })[0]!;
      assertResult(() => apply(tensorOf(x), tensorOf(alpha)), prelu(x, alpha));
    });
  }
}

const identity = () => tf.reshape(tf.eye(2), [1, 1, 2, 2]) as tf.Tensor4D;
fused("convolution", (x, alpha) =>
  tf.fused.conv2d({
    x: x as tf.Tensor4D,
    filter: identity(),
    strides: 1,
    pad: "same",
    activation: "prelu",
    preluActivationWeights: alpha,
  }), [[], [2], [3, 1, 1], [1, 4, 1], [3, 4, 1], [3, 1, 2], [3, 4, 2]]);
fused(
  "depthwise convolution",
  (x, alpha) =>
    tf.fused.depthwiseConv2d({
      x: x as tf.Tensor4D,
      filter: ones(1, 1, 2, 1) as tf.Tensor4D,
      strides: 1,
      pad: "same",
      bias: tf.zeros([2]),
      activation: "prelu",
      preluActivationWeights: alpha,
    }),
  [[], [2], [3, 1, 1], [1, 4, 1], [3, 4, 1], [3, 1, 2], [2, 1, 1, 1]],
);
const product = (x: tf.Tensor, alpha: tf.Tensor) =>
  tf.fused.matMul({
    a: x,
    b: x.rank === 2 ? tf.eye(2) : tf.stack([tf.eye(2), tf.eye(2)]),
    activation: "prelu",
    preluActivationWeights: alpha,
  });
fused("product of matrices", product, [[], [2], [24, 1], [24, 2]], [24, 2]);
fused(
  "product of two batches",
  product,
  [[], [2], [12, 1], [2, 1, 1], [2, 1, 2]],
  [2, 12, 2],
);
