import * as tf from "@tensorflow/tfjs";
import { hasKernel } from "../../engine/kernels.ts";

const name = "ReluGrad";

/**
 * The gradient of relu in one pass instead of three, where the backend has it; it
 * has a gradient too.
 */
export const reluGradients: tf.GradConfig[] = [
  {
    kernelName: "Relu",
    inputsToSave: ["x"],
    gradFunc(dy, [x]) {
      const slope = dy as tf.Tensor;
      const isFloat = slope.dtype === "float32" && x!.dtype === "float32";
      return {
        x: () =>
          isFloat && hasKernel(name)
            ? tf.engine().runKernel(name, { dy: slope, x: x! })
            : tf.mul(slope, tf.cast(tf.step(x!), "float32")),
      };
    },
  },
  {
    kernelName: name,
    inputsToSave: ["x"],
    gradFunc(dy, [x]) {
      return {
        dy: () => tf.engine().runKernel(name, { dy: dy as tf.Tensor, x: x! }),
        x: () => tf.zerosLike(x!),
      };
    },
  },
];
