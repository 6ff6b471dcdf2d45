import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { normals, tensorOf } from "../../against_cpu.ts";

const backends = ["wasm", "cpu"] as const;

/** The same in plain numbers, with the batch's statistics and without ReLU. */
function reference(x: tf.Tensor, axis: number, epsilon = 1e-3) {
  const shape = x.shape;
  const values = x.dataSync();
  const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const channelOf = (i: number) => Math.floor(i / inner) % shape[axis]!;
  const groups = Array.from({ length: shape[axis]! }, (): number[] => []);
  values.forEach((value, i) => groups[channelOf(i)]!.push(value));
  const mean = groups.map((g) => g.reduce((a, b) => a + b) / g.length);
  const variance = groups.map((g, c) =>
    g.reduce((sum, value) => sum + (value - mean[c]!) ** 2, 0) / g.length
  );
  const normalized = Array.from(values, (value, i) => {
    const c = channelOf(i);
    return (value - mean[c]!) / Math.sqrt(variance[c]! + epsilon);
  });
  return { mean, variance, normalized };
}

function assertNear(actual: ArrayLike<number>, expected: ArrayLike<number>) {
  assertEquals(actual.length, expected.length);
  for (let i = 0; i < actual.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    assert(
      difference <= 2e-4 * Math.max(1, Math.abs(expected[i]!)),
      `expected ${expected[i]} at ${i}, got ${actual[i]}`,
    );
  }
}

Deno.test("batchNormalization() of axis 1 normalizes the rows of images", async () => {
  for (const name of backends) {
    await useBackend(name);
    const layer = tf.layers.batchNormalization({ axis: 1 });
    layer.build([null, 2, 2, 3]);
    layer.setWeights([
      tf.ones([2]),
      tf.zeros([2]),
      tf.tensor1d([0, 10]),
      tf.ones([2]),
    ]);
    const y = layer.apply(tf.fill([1, 2, 2, 3], 10)) as tf.Tensor;
    // By hand: 10 / √1.001 in the first row, 0 in the second.
    const first = 10 / Math.sqrt(1.001);
    assertNear(y.dataSync(), [...Array(6).fill(first), ...Array(6).fill(0)]);
  }
});

const axes: [number[], number][] = [
  [[5, 4], 1],
  [[4, 3, 5], 1],
  [[4, 3, 5], -1],
  [[4, 3, 2, 5], 1],
  [[4, 3, 2, 5], 2],
  [[4, 3, 2, 5], 3],
  [[4, 3, 2, 5], -2],
  [[4, 3, 2, 2, 2], 1],
  [[4, 2, 2, 3, 2], 3],
  [[4, 2, 2, 2, 3], -1],
];
const parts = [[true, true], [false, true], [true, false], [false, false]];

for (const [shape, axis] of axes) {
  const at = (axis + shape.length) % shape.length;
  for (const [scale, center] of parts as [boolean, boolean][]) {
    const what = `${shape} axis ${axis}${scale ? "" : ", no scale"}${
      center ? "" : ", no center"
    }`;
    Deno.test(`batchNormalization() trains [${what}]`, async () => {
      for (const name of backends) {
        await useBackend(name);
        const layer = tf.layers.batchNormalization({
          axis,
          scale,
          center,
          momentum: 0.9,
        });
        const x = tensorOf(normals(shape, 1));
        const upstream = tensorOf(normals(shape, 2));
        const apply = (x: tf.Tensor) =>
          layer.apply(x, { training: true }) as tf.Tensor;
        const { mean, variance, normalized } = reference(x, at);
        assertNear(apply(x).dataSync(), normalized);
        const weights = layer.getWeights();
        assertEquals(weights.length, 2 + Number(scale) + Number(center));
        const [movedMean, movedVariance] = weights.slice(-2);
        assertNear(movedMean!.dataSync(), mean.map((m) => 0.1 * m));
        assertNear(
          movedVariance!.dataSync(),
          variance.map((v) => 0.9 + 0.1 * v),
        );

        // The gradient in x against finite differences of float64 numbers.
        const loss = (values: ArrayLike<number>) => {
          const moved = tf.tensor(Array.from(values), shape);
          const { normalized } = reference(moved, at);
          moved.dispose();
          return normalized.reduce(
            (sum, value, i) => sum + value * upstreamValues[i]!,
            0,
          );
        };
        const upstreamValues = upstream.dataSync();
        const dx = tf.grad((x) => tf.sum(tf.mul(apply(x), upstream)))(x)
          .dataSync();
        const values = x.dataSync();
        for (const i of [0, 3, values.length - 1]) {
          const step = 2 ** -7;
          const [up, down] = [1, -1].map((sign) =>
            loss(
              values.map((value, j) => j === i ? value + sign * step : value),
            )
          );
          const slope = (up! - down!) / (2 * step);
          assert(
            Math.abs(dx[i]! - slope) < 5e-3,
            `expected ${slope} at ${i}, got ${dx[i]}`,
          );
        }

        // Those in γ and β are sums by hand.
        const trained = layer.trainableWeights.map((weight) =>
          weight.read() as tf.Variable
        );
        if (trained.length === 0) continue;
        const { grads } = tf.variableGrads(
          () => tf.sum(tf.mul(apply(x), upstream)),
          trained,
        );
        const inner = shape.slice(at + 1).reduce((a, b) => a * b, 1);
        const sums = {
          gamma: new Array(shape[at]!).fill(0),
          beta: new Array(shape[at]!).fill(0),
        };
        upstreamValues.forEach((value, i) => {
          const c = Math.floor(i / inner) % shape[at]!;
          sums.beta[c] += value;
          sums.gamma[c] += value * normalized[i]!;
        });
        const expected = [
          ...scale ? [sums.gamma] : [],
          ...center ? [sums.beta] : [],
        ];
        trained.forEach(({ name }, i) =>
          assertNear(grads[name]!.dataSync(), expected[i]!)
        );
      }
    });
  }
}

Deno.test("a model with batchNormalization() on axis 1 and without scale is fitted", async () => {
  await useBackend("wasm");
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ filters: 3, kernelSize: 3, inputShape: [6, 6, 2] }),
      tf.layers.batchNormalization({ axis: 1, scale: false }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 1 }),
    ],
  });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  const x = tensorOf(normals([16, 6, 6, 2], 1));
  const y = tensorOf(normals([16, 1], 2));
  const { history } = await model.fit(x, y, { epochs: 5, verbose: 0 });
  const losses = history.loss as number[];
  assert(losses.at(-1)! < losses[0]!, losses.join());
});

Deno.test("a frozen batchNormalization() uses its statistics and keeps them", async () => {
  await useBackend("wasm");
  const layer = tf.layers.batchNormalization();
  const x = tensorOf(normals([8, 3], 1));
  layer.apply(x);
  layer.trainable = false;
  const before = layer.getWeights().map((weight) => weight.arraySync());
  const [training, inference] = [true, false].map((training) =>
    (layer.apply(x, { training }) as tf.Tensor).dataSync()
  );
  assertEquals(training, inference);
  assertEquals(layer.getWeights().map((weight) => weight.arraySync()), before);
});

Deno.test("tf.batchNorm() broadcasts its statistics as numpy does", async () => {
  for (const name of backends) {
    await useBackend(name);
    const x = tensorOf(normals([2, 3, 4, 5], 1)) as tf.Tensor4D;
    for (
      const shape of [[1, 3, 1, 1], [1, 1, 4, 5], [2, 1, 1, 5], [2, 3, 4, 5]]
    ) {
      const [mean, offset, scale] = [2, 3, 4].map((seed) =>
        tensorOf(normals(shape, seed)) as tf.Tensor4D
      ) as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
      const variance = tf.square(tensorOf(normals(shape, 5))) as tf.Tensor4D;
      const y = tf.batchNorm(x, mean, variance, offset, scale, 0.1);
      const expected = tf.add(
        tf.mul(
          tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 0.1))),
          scale,
        ),
        offset,
      );
      assertNear(y.dataSync(), expected.dataSync());
    }
  }
});

Deno.test("tf.batchNorm() has gradients without scale, without offset, and without both", async () => {
  for (const name of backends) {
    await useBackend(name);
    const x = tensorOf(normals([4, 5], 1)) as tf.Tensor2D;
    const mean = tensorOf(normals([5], 2)) as tf.Tensor1D;
    const variance = tf.square(tensorOf(normals([5], 3))) as tf.Tensor1D;
    const one = tf.ones([5]) as tf.Tensor1D;
    const zero = tf.zeros([5]) as tf.Tensor1D;
    const gradients = (offset?: tf.Tensor1D, scale?: tf.Tensor1D) =>
      tf.grads((...given) => {
        const [x, mean, variance] = given as [
          tf.Tensor2D,
          tf.Tensor1D,
          tf.Tensor1D,
        ];
        return tf.square(tf.batchNorm2d(x, mean, variance, offset, scale, 0.1));
      })([x, mean, variance]);
    const expected = gradients(zero, one);
    for (
      const each of [gradients(), gradients(zero), gradients(undefined, one)]
    ) {
      each.forEach((gradient, i) =>
        assertNear(gradient.dataSync(), expected[i]!.dataSync())
      );
    }
  }
});
