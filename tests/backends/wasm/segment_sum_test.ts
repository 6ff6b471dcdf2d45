import * as tf from "@tensorflow/tfjs";
import { assertEqualsCpu, normals, tensorOf } from "./against_cpu.ts";

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
