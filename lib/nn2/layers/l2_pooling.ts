import * as tf from "@tensorflow/tfjs";
import { hasKernel, runKernel } from "../../backends/engine/kernels.ts";
import { optionsOf } from "../../numeric/options.ts";
import { checkRoom, checkShape } from "../../numeric/shape.ts";
import { freeAfterGradient, freeOnceAdded } from "./backward_pass.ts";
import { checkWindow, samePadding, windowedShape } from "./window.ts";

// Inside the root: after a ReLU whole windows are 0, where the square root's
// slope is infinite. Far below a float32 activation's own rounding.
export const l2PoolingEpsilon = 1e-12;

/**
 * Pools by the Euclidean norm: sqrt(Σ x² + 1e-12) over each window, with "same"
 * padding that adds nothing to the sum.
 *
 * The gradient is x / norm, and 0 where the whole window is 0.
 *
 * @param x `[batch, height, width, channels]`.
 * @param size Height and width of the window.
 * @param stride Step between windows.
 * @returns `[batch, ⌈height / stride⌉, ⌈width / stride⌉, channels]`; the caller
 * disposes it.
 * @throws {RangeError} If x has another rank, size or stride is not a whole number
 * of 1 or more, or the padded images would take more than 4 GiB.
 *
 * Source: the sum form is that of Torch's and PyTorch's LP pooling with p = 2.
 *
 * @example Four cells of 3, and the padding around them, have norm 6
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const x = tf.fill<tf.Rank.R4>([1, 2, 2, 1], 3);
 * assert.deepEqual([...l2Pool(x, 3, 1).dataSync()], [6, 6, 6, 6]);
 * ```
 */
export function l2Pool(
  x: tf.Tensor4D,
  size: number,
  stride: number,
): tf.Tensor4D {
  const action = "pool by the Euclidean norm";
  checkShape(action, "x", x, ["batch", "height", "width", "channels"], 0);
  checkWindow(action, { size, stride });
  const [batch, height, width, channels] = x.shape;
  const padded = [batch, height + size, width + size, channels];
  checkRoom(action, "padded images", padded);
  return hasKernel("L2Pool")
    ? l2PoolByKernel(x, size, stride)
    : l2PoolByOperations(x, size, stride);
}

/** One pass forward and one back, where the backend has the kernels. */
function l2PoolByKernel(
  x: tf.Tensor4D,
  size: number,
  stride: number,
): tf.Tensor4D {
  const window = { filterSize: size, strides: stride, pad: "same" };
  const pool = tf.customGrad((...given) => {
    const [x, save] = given as [tf.Tensor, tf.GradSaveFunc];
    const [value] = runKernel("L2Pool", { x }, window) as [tf.Tensor];
    save([x, value]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [input, output] = saved as [tf.Tensor, tf.Tensor];
      const [dx] = runKernel("L2PoolGrad", { dy, input, output }, window);
      freeAfterGradient(dy, saved);
      return freeOnceAdded(x, dx!);
    };
    return { value, gradFunc };
  });
  return pool(x) as tf.Tensor4D;
}

/** The reference, from operations that every backend has. */
function l2PoolByOperations(
  x: tf.Tensor4D,
  size: number,
  stride: number,
): tf.Tensor4D {
  return tf.tidy(() => {
    // tf.avgPool divides by the cells inside the image when it pads by itself,
    // so it gets zeros of ours: then every window has size² cells.
    const padded = tf.pad(tf.square(x), [
      [0, 0],
      samePadding(x.shape[1], size, stride),
      samePadding(x.shape[2], size, stride),
      [0, 0],
    ]);
    const sums = tf.mul(tf.avgPool(padded, size, stride, "valid"), size ** 2);
    return tf.sqrt(tf.add(sums, l2PoolingEpsilon));
  });
}

type LayerArgs = ConstructorParameters<typeof tf.layers.Layer>[0];

/**
 * {@linkcode l2Pool} as a layer: `[batch, height, width, channels]` →
 * `[batch, ⌈height / stride⌉, ⌈width / stride⌉, channels]`.
 *
 * Its constructor throws a RangeError where size and stride are not whole numbers
 * of 1 or more.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const layer = new L2Pooling({ size: 3, stride: 2 });
 * const y = layer.apply(tf.ones([1, 7, 7, 2])) as tf.Tensor;
 * assert.deepEqual(y.shape, [1, 4, 4, 2]);
 * ```
 */
export class L2Pooling extends tf.layers.Layer {
  /** The name in a saved model. */
  static readonly className = "L2Pooling";
  readonly #size: number;
  readonly #stride: number;

  constructor(config: LayerArgs & { size: number; stride: number }) {
    const action = "make an L2 pooling layer";
    super(optionsOf(action, config));
    const { size, stride } = config;
    checkWindow(action, { size, stride });
    this.#size = size;
    this.#stride = stride;
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return windowedShape(inputShape, this.#stride);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [x] = [inputs].flat();
    return l2Pool(x as tf.Tensor4D, this.#size, this.#stride);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), size: this.#size, stride: this.#stride };
  }
}

tf.serialization.registerClass(L2Pooling);
