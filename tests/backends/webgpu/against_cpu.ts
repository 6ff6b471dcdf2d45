import type * as tf from "@tensorflow/tfjs";
import { type Compute, normals, tensorOf } from "../against_cpu.ts";
import { assertDeviceEqualsCpu } from "./device.ts";

/** Normal numbers as a tensor of the current backend, the same for the same seed. */
export const normalTensor = <R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  seed: number,
): tf.Tensor<R> => tensorOf(normals(shape, seed)) as tf.Tensor<R>;

/** Holds a computation on the device closely against the cpu backend's. */
export const assertEqualsCpu = (
  compute: Compute,
  tolerance = 1e-5,
): Promise<void> => assertDeviceEqualsCpu(compute, tolerance);
