import { ownKernels } from "./own_kernels.ts";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import {
  oneFunctions,
  pairFunctions,
} from "../../../../lib/backends/wasm/elementwise/functions.ts";
import { createRandom } from "../../../../lib/numeric/random.ts";
import { assert, assertEquals } from "../../../assert.ts";

await useBackend("wasm");

/** What is at an edge of float32: each meets each where two are paired. */
const edges = [
  ...[0, 1, 2.5, 0.1, Infinity, 3.4e38, 2 ** -126, 2 ** 64, 1 + 2 ** -23],
  // Subnormal: the largest, one between and the smallest.
  ...[2 ** -126 - 2 ** -149, 3e-42, 2 ** -149],
].flatMap((value) => [value, -value]).concat(NaN);

/** Ends within, at and after what a step of the loops takes, and a piece. */
const sizes = [1, 2, 3, 4, 5, 15, 16, 17, 33, 4099, (1 << 18) + 77];

/** Numbers of all magnitudes, and edges in between. */
function values(size: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from(
    { length: size },
    (_, i) =>
      i % 5 === 0
        ? edges[i / 5 % edges.length]!
        : random.normal() * 10 ** (random.normal() * 12),
  );
}

/** The bits of what a kernel makes; which NaN it is does not count. */
function bitsOf(
  { kernelFunc }: tf.KernelConfig,
  inputs: Record<string, tf.Tensor>,
): { shape: number[]; bits: Uint32Array } {
  const backend = tf.backend();
  const result = kernelFunc({ inputs, attrs: {}, backend }) as tf.TensorInfo;
  const floats = (backend.readSync(result.dataId) as Float32Array).slice();
  backend.disposeData(result.dataId);
  floats.forEach((value, i) => {
    if (Number.isNaN(value)) floats[i] = NaN;
  });
  return { shape: result.shape, bits: new Uint32Array(floats.buffer) };
}

function assertAsOwn(name: string, inputs: Record<string, tf.Tensor>): void {
  const [own, ours] = [ownKernels.get(name)!, tf.getKernel(name, "wasm")];
  assert(own.kernelFunc !== ours.kernelFunc, `expected another ${name}`);
  const [expected, actual] = [bitsOf(own, inputs), bitsOf(ours, inputs)];
  assertEquals(actual.shape, expected.shape);
  const at = expected.bits.findIndex((word, i) => word !== actual.bits[i]);
  const shapes = Object.values(inputs).map(({ shape }) => `[${shape}]`);
  const given = Object.values(inputs).map((each) =>
    each.dataSync()[at % each.size]
  );
  assertEquals(at, -1, `${name} of ${shapes}: ${given} at ${at}`);
}

for (const { name } of oneFunctions) {
  Deno.test(`${name} gives tfjs's own bits`, () => {
    for (const size of sizes) {
      const x = tf.tensor1d(values(size, size));
      assertAsOwn(name, { x });
      x.dispose();
    }
    const x = tf.tensor1d(edges);
    assertAsOwn(name, { x });
    x.dispose();
  });
}

/** Shapes of two that are paired: alike, one with many, and the last axes. */
const shapes: [a: number[], b: number[]][] = [
  ...sizes.map((size): [number[], number[]] => [[size], [size]]),
  ...sizes.flatMap((size): [number[], number[]][] => [
    [[size], []],
    [[], [1, size]],
    [[size], [1, 1]],
  ]),
  [[7, 5, 3], [3]],
  [[10], [4000, 10]],
  [[3, 4, 5, 33], [4, 5, 33]],
  [[4, 5, 33], [3, 4, 5, 33]],
  [[3, 4, 5], [1, 4, 5]],
  [[5, 4099], [1, 4099]],
  [[2, 131, 700], [131, 700]],
  // What is left to tfjs: other axes, and both are repeated.
  [[5, 4], [5, 1]],
  [[5, 1], [4]],
  [[2, 1, 3], [2, 4, 1]],
];

for (const { name } of pairFunctions) {
  Deno.test(`${name} gives tfjs's own bits`, () => {
    for (const [ofA, ofB] of shapes) {
      const [a, b] = [ofA, ofB].map((shape, i) =>
        tf.tensor(values(tf.util.sizeFromShape(shape), 1 + i), shape)
      ) as [tf.Tensor, tf.Tensor];
      assertAsOwn(name, { a, b });
      tf.dispose([a, b]);
    }
    const a = tf.tensor1d(edges.flatMap((edge) => edges.map(() => edge)));
    const b = tf.tensor1d(edges.flatMap(() => edges));
    assertAsOwn(name, { a, b });
    tf.dispose([a, b]);
    for (const edge of edges) {
      const [x, one] = [tf.tensor1d(edges), tf.scalar(edge)];
      assertAsOwn(name, { a: x, b: one });
      assertAsOwn(name, { a: one, b: x });
      tf.dispose([x, one]);
    }
  });
}

Deno.test("the gradient of relu has the bits of tfjs's three operations", () => {
  tf.tidy(() => {
    for (const size of sizes) {
      const [x, dy] = [1, 2].map((seed) => tf.tensor1d(values(size, seed)));
      const run = (name: string, inputs: Record<string, tf.Tensor>) =>
        bitsOf(tf.getKernel(name, "wasm"), inputs).bits;
      assertEquals(
        run("ReluGrad", { dy: dy!, x: x! }),
        run("Multiply", { a: dy!, b: tf.step(x!) }),
      );
    }
  });
});

Deno.test("relu has a gradient, and that has one", () => {
  tf.tidy(() => {
    const x = tf.tensor1d([-2, -0, 0, 3, 5]);
    const cube = (x: tf.Tensor) => tf.sum(tf.pow(tf.relu(x), 3));
    const second = tf.grad((x) => tf.sum(tf.grad(cube)(x)));
    assertEquals([...tf.grad(cube)(x).dataSync()], [0, 0, 0, 27, 75]);
    assertEquals([...second(x).dataSync()], [0, 0, 0, 18, 30]);
  });
});

Deno.test("nothing gives nothing", () => {
  tf.tidy(() => {
    const none = tf.zeros([0, 3]);
    assertEquals(tf.add(none, none).shape, [0, 3]);
    assertEquals(tf.mul(none, tf.ones([3])).shape, [0, 3]);
    assertEquals(tf.relu(none).shape, [0, 3]);
  });
});
