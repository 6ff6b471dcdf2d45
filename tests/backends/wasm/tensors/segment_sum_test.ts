import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { assertEquals, assertThrows } from "../../../assert.ts";
import { assertEqualsCpu, normals, tensorOf } from "../../against_cpu.ts";

for (const shape of [[6], [6, 5], [6, 2, 4]]) {
  Deno.test(`unsortedSegmentSum() equals the cpu backend's: ${shape}`, async () => {
    const x = normals(shape, 1);
    await assertEqualsCpu(() => {
      tf.fill([50], 777).dispose();
      // Segment 1 stays empty; -1 and 7 are none.
      const ids = tf.tensor1d([2, 0, 2, -1, 7, 3], "int32");
      return tf.unsortedSegmentSum(tensorOf(x), ids, 4);
    });
  });
}

for (const axis of [0, 1]) {
  Deno.test(`gather()'s gradient equals the cpu backend's: axis ${axis}`, async () => {
    const [x, dy] = [normals([3, 4, 2], 1), normals([2, 2], 2)];
    await assertEqualsCpu(() => {
      const indices = tf.tensor1d([1, 1, 0], "int32");
      const take = (x: tf.Tensor) =>
        tf.mul(tf.sum(tf.gather(x, indices, axis), axis), tensorOf(dy).sum());
      return tf.grad(take)(tensorOf(x));
    });
  });
}

const ids = (values: number[]) => tf.tensor1d(values, "int32");
const segments = (x: tf.Tensor, ids: tf.Tensor, count: number) =>
  tf.unsortedSegmentSum(x, ids as tf.Tensor1D, count);

for (
  const [name, shape, idShape] of [
    ["more ids than rows", [4], [1000]],
    ["fewer ids than rows", [4, 2], [3]],
    ["one id for all rows", [4], [1]],
    ["one row for all ids", [1], [4]],
    ["ids of two axes", [2, 3, 4], [2, 3]],
    ["an id without an axis", [4], []],
    ["a value without an axis", [], [1]],
  ] as const
) {
  Deno.test(`unsortedSegmentSum() refuses ${name}`, async () => {
    await useBackend("wasm");
    tf.tidy(() => {
      const x = tf.ones([...shape]);
      const given = tf.zeros([...idShape], "int32");
      const held = tf.memory().numTensors;
      assertThrows(
        () => segments(x, given, 3),
        RangeError,
        "Cannot run UnsortedSegmentSum on the wasm backend: expected",
      );
      assertEquals(tf.memory().numTensors, held);
      assertEquals(
        [...segments(tf.ones([4]), ids([0, 0, 2, 2]), 3).dataSync()],
        [
          2,
          0,
          2,
        ],
      );
    });
  });
}

Deno.test("unsortedSegmentSum() refuses what is no number of segments", async () => {
  await useBackend("wasm");
  tf.tidy(() => {
    const x = tf.ones([2]);
    for (const count of [-1, NaN, 0.5]) {
      assertThrows(() => segments(x, ids([0, 1]), count), Error);
    }
    assertEquals(segments(tf.ones([2, 3]), ids([0, 1]), 0).shape, [0, 3]);
    assertEquals([...segments(tf.ones([0, 1]), ids([]), 2).dataSync()], [0, 0]);
  });
});

Deno.test("unsortedSegmentSum() keeps what is not a number in its segment", async () => {
  // tfjs's cpu backend multiplies all rows by 0 or 1, and makes NaN of all sums.
  await useBackend("wasm");
  tf.tidy(() => {
    const x = tf.tensor1d([NaN, 1, Infinity, 2]);
    assertEquals([...segments(x, ids([0, 1, 2, 1]), 3).dataSync()], [
      NaN,
      3,
      Infinity,
    ]);
  });
});

Deno.test("unsortedSegmentSum() of whole numbers is exact, as in TensorFlow", async () => {
  await useBackend("wasm");
  tf.tidy(() => {
    // 2^24 + 1 is no float32.
    const x = tf.tensor2d([[16777217, -1], [2, 5], [7, 7]], [3, 2], "int32");
    const sums = segments(x, ids([1, 1, -3]), 2);
    assertEquals(sums.dtype, "int32");
    assertEquals([...sums.dataSync()], [0, 0, 16777219, 4]);
  });
});

Deno.test("gather() and embeddings refuse indices that there are not", async () => {
  await useBackend("wasm");
  tf.tidy(() => {
    for (const index of [-1, 3]) {
      const take = (x: tf.Tensor) => tf.gather(x, ids([index]));
      assertThrows(() => take(tf.ones([3, 2])), Error, `${index} is not in`);
      assertThrows(() => tf.grad(take)(tf.ones([3, 2])), Error);
      const layer = tf.layers.embedding({ inputDim: 3, outputDim: 2 });
      assertThrows(() => layer.apply(tf.tensor2d([[index]])), Error);
      layer.dispose();
    }
  });
});

for (const name of ["sparseSegmentSum", "sparseSegmentMean"] as const) {
  Deno.test(`${name}() refuses a number of segments that is not that of indices`, async () => {
    await useBackend("wasm");
    tf.tidy(() => {
      const x = tf.tensor2d([[1, 2], [3, 4], [5, 6]]);
      const rows = (of: number[], segments: number[]) =>
        tf.sparse[name](x, ids(of), ids(segments));
      for (const segments of [[0, 0], [0, 0, 1, 1]]) {
        assertThrows(
          () => rows([0, 1, 2], segments),
          RangeError,
          "expected segmentIds of shape [3]",
        );
      }
      const half = name === "sparseSegmentMean" ? 2 : 1;
      assertEquals([...rows([0, 1, 2], [0, 0, 1]).dataSync()], [
        4 / half,
        6 / half,
        5,
        6,
      ]);
    });
  });
}
