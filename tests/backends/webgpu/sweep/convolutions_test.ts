import * as tf from "@tensorflow/tfjs";
import { normals, tensorOf } from "../../against_cpu.ts";
import { convolutionVariants } from "../../cases/convolution_variants.ts";
import {
  convolutionAndGradients,
  convolutions,
  nameOf,
} from "../../cases/convolutions.ts";
import { assertDeviceEqualsCpu, deviceTest } from "../device.ts";

for (const convolution of convolutions) {
  const name = nameOf(convolution);
  deviceTest(
    `conv2d() and its gradients equal the cpu backend's: ${name}`,
    () => assertDeviceEqualsCpu(convolutionAndGradients(convolution), 1e-5),
  );
}

for (const [name, compute] of Object.entries(convolutionVariants)) {
  deviceTest(
    `${name} equals the cpu backend's`,
    () => assertDeviceEqualsCpu(compute, 1e-5),
  );
}

deviceTest(
  "fused conv2d() takes one bias for all filters",
  () =>
    assertDeviceEqualsCpu(() =>
      tf.fused.conv2d({
        x: tensorOf(normals([2, 5, 5, 6], 1)) as tf.Tensor4D,
        filter: tensorOf(normals([3, 3, 6, 11], 2)) as tf.Tensor4D,
        strides: 1,
        pad: "same",
        bias: tf.tensor1d([0.7]),
        activation: "relu",
      }), 1e-5),
);
