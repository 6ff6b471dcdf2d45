import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { assertEquals, assertThrows } from "../../../assert.ts";
import { assertEqualsCpu, normals, tensorOf } from "../../against_cpu.ts";

const sizes = [[1, 1, 1], [5, 7, 3], [6, 8, 64], [13, 17, 65], [70, 9, 131]];

for (const [rows, columns, depth] of sizes as [number, number, number][]) {
  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      Deno.test(
        `matMul() and its gradients equal the cpu backend's: ` +
          `${rows}×${depth} (${transposeA}) times ${depth}×${columns} (${transposeB})`,
        async () => {
          const a = normals(transposeA ? [depth, rows] : [rows, depth], 1);
          const b = normals(
            transposeB ? [columns, depth] : [depth, columns],
            2,
          );
          const dy = normals([rows, columns], 3);
          await assertEqualsCpu(() => {
            const multiply = (a: tf.Tensor, b: tf.Tensor) =>
              tf.matMul(a, b, transposeA, transposeB);
            const inputs = [tensorOf(a), tensorOf(b)];
            return [
              multiply(inputs[0]!, inputs[1]!),
              ...tf.grads(multiply)(inputs, tensorOf(dy)),
            ];
          });
        },
      );
    }
  }
}

Deno.test("matMul() multiplies batches, and one matrix with a batch", async () => {
  const batch = normals([3, 4, 5], 1);
  const other = normals([3, 5, 6], 2);
  const one = normals([1, 5, 6], 3);
  await assertEqualsCpu(() => [
    tf.matMul(tensorOf(batch), tensorOf(other)),
    tf.matMul(tensorOf(batch), tensorOf(one)),
  ]);
});

Deno.test("fused matMul() adds the bias and applies the activation", async () => {
  const [a, b, bias] = [
    normals([7, 9], 1),
    normals([9, 10], 2),
    normals([10], 3),
  ];
  for (const activation of ["linear", "relu", "sigmoid"] as const) {
    await assertEqualsCpu(() =>
      tf.fused.matMul({
        a: tensorOf(a),
        b: tensorOf(b),
        bias: tensorOf(bias),
        activation,
      })
    );
  }
});

Deno.test("matMul() over no terms is 0", async () => {
  await useBackend("wasm");
  const product = tf.matMul(tf.zeros([2, 0]), tf.zeros([0, 3]));
  assertEquals([...product.dataSync()], [0, 0, 0, 0, 0, 0]);
  product.dispose();
});

for (
  const [a, b] of [
    [[3, 4], [1, 4, 5]],
    [[1, 3, 4], [1, 1, 4, 5]],
    [[0, 3, 4], [1, 4, 5]],
    [[2, 1, 3, 4], [1, 3, 4, 5]],
    [[2, 3, 3, 4], [3, 4, 5]],
    [[2, 1, 3, 4], [2, 4, 5]],
  ] as [number[], number[]][]
) {
  Deno.test(`matMul() broadcasts batches: [${a}] times [${b}]`, async () => {
    await useBackend("wasm");
    const batch = tf.broadcast_util.assertAndGetBroadcastShape(
      a.slice(0, -2),
      b.slice(0, -2),
    );
    tf.tidy(() => {
      const [x, y] = [tensorOf(normals(a, 1)), tensorOf(normals(b, 2))];
      const product = tf.matMul(x, y);
      // tfjs's cpu backend reads beyond some of these; repeat the matrices.
      const expected = tf.matMul(
        tf.broadcastTo(x, [...batch, ...a.slice(-2)]),
        tf.broadcastTo(y, [...batch, ...b.slice(-2)]),
      );
      assertEquals(product.shape, expected.shape);
      assertEquals(product.dataSync(), expected.dataSync());
    });
  });
}

Deno.test("matMul() refuses batches that do not fit", async () => {
  await useBackend("wasm");
  const [a, b] = [tf.ones([2, 3, 4]), tf.ones([3, 4, 5])];
  assertThrows(() => tf.matMul(a, b), Error, "could not be broadcast");
  tf.dispose([a, b]);
});
