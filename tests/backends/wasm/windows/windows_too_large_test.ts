import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { assert, assertThrows } from "../../../assert.ts";

const ones = (shape: number[]) => tf.ones(shape);
const grid = () => ones([1, 3, 3, 2]) as tf.Tensor4D;
const line = () => ones([1, 3, 2]);
const large = (outputs: number) => ones([5, 5, 2, outputs]) as tf.Tensor4D;
const pool1d = { poolSize: 5, strides: 1 };

/** Windows of 5 in images of 3. */
const tooLarge: Record<string, () => unknown> = {
  maxPool: () => tf.maxPool(grid(), 5, 1, "valid"),
  avgPool: () => tf.avgPool(grid(), 5, 1, "valid"),
  maxPoolWithArgmax: () => tf.maxPoolWithArgmax(grid(), 5, 1, "valid"),
  "pool, max": () => tf.pool(grid(), 5, "max", "valid", 1, 1),
  "pool, avg": () => tf.pool(grid(), 5, "avg", "valid", 1, 1),
  "pool with dilations": () => tf.pool(grid(), 4, "max", "valid", 2, 1),
  conv2d: () => tf.conv2d(grid(), large(3), 1, "valid"),
  "conv2d with dilations": () =>
    tf.conv2d(grid(), ones([3, 3, 2, 1]) as tf.Tensor4D, 1, "valid", "NHWC", 2),
  "conv2d's gradient": () =>
    tf.grad((x) => tf.conv2d(x as tf.Tensor4D, large(3), 1, "valid"))(grid()),
  conv1d: () =>
    tf.conv1d(
      line() as tf.Tensor3D,
      ones([5, 2, 3]) as tf.Tensor3D,
      1,
      "valid",
    ),
  depthwiseConv2d: () => tf.depthwiseConv2d(grid(), large(1), 1, "valid"),
  "fused.conv2d": () =>
    tf.fused.conv2d({ x: grid(), filter: large(1), strides: 1, pad: "valid" }),
  "fused.depthwiseConv2d": () =>
    tf.fused.depthwiseConv2d({
      ...{ x: grid(), filter: large(1), strides: 1, pad: "valid" as const },
    }),
  separableConv2d: () =>
    tf.separableConv2d(
      grid(),
      large(1),
      ones([1, 1, 2, 1]) as tf.Tensor4D,
      1,
      "valid",
    ),
  dilation2d: () =>
    tf.dilation2d(grid(), ones([5, 5, 2]) as tf.Tensor3D, 1, "valid"),
  "layers.maxPooling1d": () => tf.layers.maxPooling1d(pool1d).apply(line()),
  "layers.averagePooling1d": () =>
    tf.layers.averagePooling1d(pool1d).apply(line()),
};

for (const [name, run] of Object.entries(tooLarge)) {
  Deno.test(`${name} refuses windows that do not fit into the images`, async () => {
    await useBackend("wasm");
    const { numTensors } = tf.memory();
    const expected = "expected windows that fit into images of";
    tf.tidy(() => void assertThrows(run, RangeError, expected));
    assert(tf.memory().numTensors === numTensors);
  });
}
