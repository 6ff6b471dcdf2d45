import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { assertEquals, assertThrows } from "../../../assert.ts";
import { overflows } from "../arrays/guarded_memory.ts";

await useBackend("wasm");

const indices = (values: number[], shape: number[]) =>
  tf.tensor(values, shape, "int32");

const kernels: Record<string, (index: number) => tf.Tensor> = {
  gatherND: (index) =>
    tf.gatherND(tf.tensor2d([[1, 2], [3, 4]]), indices([1, index], [1, 2])),
  scatterND: (index) =>
    tf.scatterND(indices([0, index], [2, 1]), tf.tensor1d([9, 10]), [2]),
  tensorScatterUpdate: (index) =>
    tf.tensorScatterUpdate(
      tf.zeros([2]),
      indices([index], [1, 1]),
      tf.tensor1d([3]),
    ),
  sparseToDense: (index) =>
    tf.sparseToDense(indices([index], [1]), tf.tensor1d([3]), [2], 0),
  cropAndResize: (index) =>
    tf.image.cropAndResize(
      tf.ones([2, 2, 2, 1]),
      tf.tensor2d([[0, 0, 1, 1]]),
      indices([index], [1]) as tf.Tensor1D,
      [2, 2],
    ),
};

for (const [name, compute] of Object.entries(kernels)) {
  Deno.test(`${name}() refuses places that there are not, and touches no other memory`, () => {
    const broken = overflows(() => {
      for (const index of [-1, 2, 7]) {
        const message = `expected indices from 0 to 1, got ${index}`;
        assertThrows(() => compute(index), RangeError, message);
      }
      compute(1);
    });
    assertEquals(broken, 0);
  });
}

Deno.test("bincount() refuses negative values, and leaves out large ones", () => {
  const broken = overflows(() => {
    const count = (x: number[]) =>
      tf.bincount(indices(x, [x.length]) as tf.Tensor1D, tf.tensor1d([]), 2);
    assertThrows(() => count([0, -1]), RangeError, "got -1");
    assertEquals([...count([0, 1, 1, 9]).dataSync()], [1, 2]);
  });
  assertEquals(broken, 0);
});

Deno.test("scatterND(), gatherND() and sparseToDense() go on with right places", () => {
  tf.tidy(() => {
    const sum = tf.scatterND(
      indices([0, 1, 1, 0, 0, 1], [3, 2]),
      tf.tensor1d([1, 2, 3]),
      [2, 2],
    );
    assertEquals(sum.arraySync(), [[0, 4], [2, 0]]);
    const slices = tf.gatherND(sum, indices([1, 0], [2, 1]));
    assertEquals(slices.arraySync(), [[2, 0], [0, 4]]);
    const value = tf.gatherND(sum, indices([1, 0], [2]));
    assertEquals(value.arraySync(), 2);
    const empty = tf.gatherND(sum, indices([], [0, 2]));
    assertEquals(empty.shape, [0]);
    const dense = tf.sparseToDense(indices([0, 2], [1, 2]), tf.scalar(5), [
      1,
      3,
    ]);
    assertEquals(dense.arraySync(), [[0, 0, 5]]);
    const scalar = tf.sparseToDense(tf.scalar(1, "int32"), tf.scalar(5), [2]);
    assertEquals(scalar.arraySync(), [0, 5]);
  });
});
