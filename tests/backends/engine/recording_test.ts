import * as tf from "@tensorflow/tfjs";
import { record } from "../../../lib/backends/engine/recording.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const forward = (x: tf.Tensor1D, y: tf.Tensor1D) =>
  tf.tidy(() => tf.mul<tf.Tensor1D>(tf.exp(tf.sin(x)), tf.square(y)));

Deno.test("record() goes back as tfjs's own gradients do, whatever came between", async () => {
  await tf.setBackend("cpu");
  const [x, y, upstream] = [[0.1, 2], [3, -1], [5, 7]].map((row) =>
    tf.tensor1d(row)
  ) as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
  const unused = tf.scalar(1);
  const held = tf.memory().numTensors;
  const { output, backward, dispose } = record(() => forward(x, y));
  const between = tf.tidy(() => tf.grad((x) => tf.square(x))(x));
  between.dispose();
  const gradients = backward([x, unused, y], upstream);
  const expected = tf.grads(forward as (...all: tf.Tensor[]) => tf.Tensor)(
    [x, y],
    upstream,
  );
  assertEquals(
    [gradients[0]!.arraySync(), gradients[1], gradients[2]!.arraySync()],
    [expected[0]!.arraySync(), undefined, expected[1]!.arraySync()],
  );
  tf.dispose([output, expected, gradients[0]!, gradients[2]!]);
  dispose();
  assertEquals(tf.memory().numTensors, held);
  tf.dispose([x, y, upstream, unused]);
});

Deno.test("record() frees what it kept, without a way back and after an error", async () => {
  await tf.setBackend("cpu");
  const x = tf.tensor1d([1, 2]);
  const { numTensors, numBytes } = tf.memory();
  const { output, dispose } = record(() => forward(x, x));
  dispose();
  output.dispose();
  assertEquals(tf.memory().numTensors, numTensors);
  assertThrows(
    () =>
      record(() => {
        forward(x, x);
        throw new RangeError("enough");
      }),
    RangeError,
    "enough",
  );
  const broken = tf.customGrad((x) => ({
    value: tf.square(x as tf.Tensor),
    gradFunc: () => {
      throw new RangeError("no way back");
    },
  }));
  const other = record(() => broken(tf.exp(x)));
  const upstream = tf.ones([2]);
  assertThrows(
    () => other.backward([x], upstream),
    RangeError,
    "no way back",
  );
  other.dispose();
  tf.dispose([other.output, upstream]);
  const after = tf.memory();
  assertEquals([after.numTensors, after.numBytes], [numTensors, numBytes]);
  x.dispose();
});
