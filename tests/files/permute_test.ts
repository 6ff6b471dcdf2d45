import * as tf from "@tensorflow/tfjs";
import { permuted } from "../../lib/files/permute.ts";
import { assertEquals } from "../assert.ts";

Deno.test("permuted() moves values as tfjs's transpose does", () => {
  const shape = [2, 3, 4, 5];
  const values = Float32Array.from({ length: 120 }, (_, i) => i);
  for (const order of [[3, 2, 0, 1], [0, 3, 1, 2], [2, 3, 1, 0]]) {
    const { shape: sides, data } = permuted({ shape, data: values }, order);
    tf.tidy(() => {
      const moved = tf.transpose(tf.tensor(values, shape), order);
      assertEquals(sides, moved.shape);
      assertEquals([...data], [...moved.dataSync()]);
    });
  }
});

Deno.test("permuted() takes a number and arrays without values", () => {
  assertEquals(permuted({ shape: [], data: Float32Array.of(7) }, []), {
    shape: [],
    data: Float32Array.of(7),
  });
  const none = { shape: [0, 3], data: new Float32Array() };
  assertEquals(permuted(none, [1, 0]).shape, [3, 0]);
});
