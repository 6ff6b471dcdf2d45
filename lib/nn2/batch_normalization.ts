import * as tf from "@tensorflow/tfjs";
import {
  type Activation,
  batchNormalizeTraining,
} from "./batch_normalize_training.ts";

type LayerArgs = ConstructorParameters<typeof tf.layers.Layer>[0];

/** How a {@linkcode BatchNormalization} works. */
export interface BatchNormalizationConfig {
  /**
   * The part of the moving statistics that a step keeps (default 0.9). After
   * 150 steps 0.9 has forgotten where they started (1e-7 is left); Keras's 0.99
   * would still hold 22 % of it, so a short run would embed wrongly.
   */
  momentum?: number;
  /** Added to the variance under the root (default 1e-3). */
  epsilon?: number;
  /** What follows (default "linear"). */
  activation?: Activation;
}

/**
 * Batch normalization over the channels of `[batch, height, width, channels]`,
 * with its activation; the shape stays.
 *
 * Applied with `{training: true}` it uses the batch's statistics and moves the
 * moving ones towards them; without, it uses the moving ones and changes
 * nothing. Its weights are `gamma` and `beta`, and `moving_mean` and
 * `moving_variance`, which are not trained.
 *
 * Source: Ioffe and Szegedy, "Batch normalization", arXiv 1502.03167.
 *
 * @example The first batch moves the moving mean by a tenth of the way
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const layer = new BatchNormalization({ activation: "relu" });
 * const x = tf.tensor4d([2, 6], [2, 1, 1, 1]);
 * const y = layer.apply(x, { training: true }) as tf.Tensor;
 * assert.equal(y.dataSync()[0], 0);
 * const [, , movingMean] = layer.getWeights();
 * assert.ok(Math.abs(movingMean!.dataSync()[0]! - 0.4) < 1e-6);
 * ```
 */
export class BatchNormalization extends tf.layers.Layer {
  /** The name in a saved model: tfjs has a BatchNormalization of its own. */
  static readonly className = "FusedBatchNormalization";
  readonly #config: Required<BatchNormalizationConfig>;
  #gamma!: tf.LayerVariable;
  #beta!: tf.LayerVariable;
  #movingMean!: tf.LayerVariable;
  #movingVariance!: tf.LayerVariable;

  constructor(config: LayerArgs & BatchNormalizationConfig) {
    super(config);
    const { momentum = 0.9, epsilon = 1e-3, activation = "linear" } = config;
    this.#config = { momentum, epsilon, activation };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const shape = [(inputShape as tf.Shape).at(-1)!];
    const ones = tf.initializers.ones();
    const zeros = tf.initializers.zeros();
    const add = (name: string, start: typeof ones, trainable: boolean) =>
      this.addWeight(name, shape, "float32", start, undefined, trainable);
    this.#gamma = add("gamma", ones, true);
    this.#beta = add("beta", zeros, true);
    this.#movingMean = add("moving_mean", zeros, false);
    this.#movingVariance = add("moving_variance", ones, false);
    super.build(inputShape);
  }

  override call(
    inputs: tf.Tensor | tf.Tensor[],
    options?: { training?: boolean },
  ): tf.Tensor {
    const [x] = [inputs].flat() as [tf.Tensor4D];
    return tf.tidy(() =>
      options?.training ? this.#normalizeByBatch(x) : this.#normalizeByMoving(x)
    );
  }

  #normalizeByBatch(x: tf.Tensor4D): tf.Tensor {
    const { epsilon, activation } = this.#config;
    const { y, mean, variance } = batchNormalizeTraining(
      x,
      this.#gamma.read() as tf.Tensor1D,
      this.#beta.read() as tf.Tensor1D,
      epsilon,
      activation,
    );
    this.#move(this.#movingMean, mean);
    this.#move(this.#movingVariance, variance);
    return y;
  }

  #normalizeByMoving(x: tf.Tensor4D): tf.Tensor {
    const y = tf.batchNorm(
      x,
      this.#movingMean.read() as tf.Tensor1D,
      this.#movingVariance.read() as tf.Tensor1D,
      this.#beta.read() as tf.Tensor1D,
      this.#gamma.read() as tf.Tensor1D,
      this.#config.epsilon,
    );
    return this.#config.activation === "relu" ? tf.relu(y) : y;
  }

  #move(moving: tf.LayerVariable, current: tf.Tensor): void {
    const { momentum } = this.#config;
    const kept = tf.mul(moving.read(), momentum);
    moving.write(tf.add(kept, tf.mul(current, 1 - momentum)));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#config };
  }
}

tf.serialization.registerClass(BatchNormalization);
