import * as tf from "@tensorflow/tfjs";
import { checkWhole } from "../../numeric/domain.ts";
import { checkRoom } from "../../numeric/shape.ts";
import { optionsOf } from "../../numeric/options.ts";
import { heNormal } from "./he_normal.ts";
import { normalizedConv2d } from "./normalized_conv2d.ts";
import {
  batchNormalizationDefaults,
  checkConvolution,
  type NormalizedConv2dOptions,
  type NormalizedWeights,
} from "./normalized_conv2d_options.ts";
import { checkWindow, windowedShape } from "./window.ts";

type LayerArgs = ConstructorParameters<typeof tf.layers.Layer>[0];

/** By default strides are 1, epsilon is 1e-3 and momentum 0.9, as NN2 has them. */
export interface NormalizedConvolutionConfig
  extends Partial<NormalizedConv2dOptions> {
  filters: number;
  /** Height and width of the window. */
  kernelSize: number;
  /**
   * Decides the kernel's start, as in {@linkcode heNormal}: a whole number from 1 to
   * 2³¹ − 1.
   */
  seed: number;
}

/**
 * A convolution with "same" padding and a bias, its batch normalization and its
 * ReLU as one layer: `[batch, height, width, channels]` →
 * `[batch, ⌈height / strides⌉, ⌈width / strides⌉, filters]`.
 *
 * It does what `tf.layers.conv2d`, `tf.layers.batchNormalization` and a ReLU do one
 * after the other, with one tensor kept for the gradient instead of three.
 * Applied with `{training: true}` it uses the batch's statistics and moves the
 * moving ones towards them; without, it uses the moving ones and changes nothing.
 * Its weights are `kernel`, `bias`, `gamma` and `beta`, and `moving_mean` and
 * `moving_variance`, which are not trained.
 *
 * A frozen layer (`layer.trainable = false`, or the model's) is that of inference in
 * training too: it uses the moving statistics and leaves them as they are, as Keras
 * has it since 2.1.3, and unlike TensorFlow.js's own. TensorFlow.js puts the weights
 * of frozen layers at the end of `model.getWeights()`; `namedWeights`, and all that
 * is saved, go by names.
 *
 * By default the moving statistics keep 0.9 (`momentum`) at each step. After 150
 * steps that has forgotten where they started (1e-7 is left); Keras's 0.99 would
 * still hold 22 % of it, so a short run would embed wrongly. `strides` is 1,
 * `epsilon` 1e-3, and `inputGradient` true: a network's first layer does without the
 * gradient in the images. The constructor throws a RangeError where one of these is
 * out of range.
 *
 * Source: Ioffe and Szegedy, "Batch normalization", arXiv 1502.03167.
 *
 * @example Each filter has mean 0 and variance 1 before its ReLU
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const layer = new NormalizedConvolution({ filters: 4, kernelSize: 3, seed: 1 });
 * const x = tf.randomNormal([8, 5, 5, 2], 0, 1, "float32", 1);
 * const y = layer.apply(x, { training: true }) as tf.Tensor;
 * assert.deepEqual(y.shape, [8, 5, 5, 4]);
 * // Half of a normal variable's square is left.
 * assert.ok(Math.abs(tf.mean(tf.square(y)).dataSync()[0]! - 0.5) < 0.1);
 * ```
 */
export class NormalizedConvolution extends tf.layers.Layer {
  /** The name in a saved model. */
  static readonly className = "NormalizedConvolution";
  readonly #config: Required<NormalizedConvolutionConfig>;
  #weights!: Record<keyof NormalizedWeights, tf.LayerVariable>;

  constructor(config: LayerArgs & NormalizedConvolutionConfig) {
    const action = "make a normalized convolution";
    super(optionsOf(action, config));
    const {
      filters,
      kernelSize,
      seed,
      strides = 1,
      epsilon = batchNormalizationDefaults.epsilon,
      momentum = batchNormalizationDefaults.momentum,
      inputGradient = true,
    } = config;
    const options = { strides, epsilon, momentum, inputGradient };
    checkConvolution(action, options);
    checkWindow(action, { kernelSize, filters });
    checkWhole(action, "seed", seed, 1, 2 ** 31 - 1);
    checkRoom(action, "a kernel", [kernelSize, kernelSize, filters]);
    this.#config = { filters, kernelSize, seed, ...options };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const { filters, kernelSize, seed } = this.#config;
    const channels = (inputShape as tf.Shape)[3]!;
    const shape = [kernelSize, kernelSize, channels, filters];
    checkRoom("build a normalized convolution", "a kernel", shape);
    this.inputSpec = [new tf.InputSpec({ ndim: 4, axes: { 3: channels } })];
    const ones = tf.initializers.ones();
    const zeros = tf.initializers.zeros();
    const perFilter = (name: string, start: typeof ones, trainable = true) =>
      this.addWeight(name, [filters], "float32", start, undefined, trainable);
    const kernel = this.addWeight(
      "kernel",
      shape,
      "float32",
      heNormal(seed),
    );
    this.#weights = {
      kernel,
      bias: perFilter("bias", zeros),
      gamma: perFilter("gamma", ones),
      beta: perFilter("beta", zeros),
      movingMean: perFilter("moving_mean", zeros, false),
      movingVariance: perFilter("moving_variance", ones, false),
    };
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    const { filters, strides } = this.#config;
    return windowedShape(inputShape, strides, filters);
  }

  override call(
    inputs: tf.Tensor | tf.Tensor[],
    options?: { training?: boolean },
  ): tf.Tensor {
    const [x] = [inputs].flat() as [tf.Tensor4D];
    return normalizedConv2d(
      x,
      this.variables() as NormalizedWeights,
      this.#config,
      (options?.training ?? false) && !this.isFrozen,
    );
  }

  /** Whether none of its weights is trained: `trainable` is false, or the model's is. */
  get isFrozen(): boolean {
    return this.trainableWeights.length === 0 && this.built;
  }

  /** The weights of the layer, which must be built. */
  variables(): Record<keyof NormalizedWeights, tf.Variable> {
    return Object.fromEntries(
      Object.entries(this.#weights).map(([name, held]) => [name, held.read()]),
    ) as ReturnType<NormalizedConvolution["variables"]>;
  }

  /** What `normalizedConv2d` is told. */
  get options(): NormalizedConv2dOptions {
    return this.#config;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#config };
  }
}

tf.serialization.registerClass(NormalizedConvolution);
