import * as tf from "@tensorflow/tfjs";
import { enlarge } from "../../../lib/digits/quality/enlarge.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";

Deno.test("enlarge() is bilinear with half-pixel centers, as TensorFlow's", async () => {
  await tf.setBackend("cpu");
  const random = createRandom(4);
  const image = Float32Array.from(
    { length: 2 * 5 * 3 },
    () => random.uniform(),
  );
  const expected = tf.tidy(() =>
    tf.image.resizeBilinear(
      tf.tensor4d(image, [2, 5, 3, 1]),
      [12, 7],
      false,
      true,
    )
      .dataSync()
  );
  const large = enlarge(image, [2, 5, 3], [12, 7]);
  assertEquals(large.length, expected.length);
  large.forEach((value, i) => assertAlmostEquals(value, expected[i]!, 1e-5));
});
