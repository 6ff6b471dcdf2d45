import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { windowedShape } from "../../../lib/nn2/layers/window.ts";
import { assertEquals } from "../../assert.ts";

await tf.setBackend("cpu");

Deno.test("windowedShape() is the shape that tfjs's pool makes", () => {
  const side = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(
      side,
      side,
      side,
      side,
      (height, width, size, stride) =>
        tf.tidy(() => {
          const x = tf.zeros<tf.Rank.R4>([2, height, width, 3]);
          const pooled = tf.maxPool(x, size, stride, "same");
          assertEquals(windowedShape(x.shape, stride), pooled.shape);
          assertEquals(windowedShape(x.shape.slice(1), stride, 5), [
            ...pooled.shape.slice(1, 3),
            5,
          ]);
        }),
    ),
  );
});

Deno.test("windowedShape() leaves sides that are not known", () => {
  assertEquals(windowedShape([null, null, 7, 3], 2), [null, null, 4, 3]);
});
