/**
 * The layers of tfjs 4.22 that normalize. There, one without scale or center cannot
 * be trained, one of five axes or more cannot be applied, and a frozen batch
 * normalization goes on with the batch's statistics, and moves its own.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** Puts `tf.layers.batchNormalization` and `layerNormalization` right. */
export function mendNormalizationLayers(): void {
  mendBatchNormalization();
  mendLayerNormalization();
}

/** What is used of tfjs's layer (tfjs-layers 4.22). */
interface BatchNormalization extends tf.layers.Layer {
  axis: number;
  scale: boolean;
  center: boolean;
  gamma?: { read(): tf.Tensor };
  beta?: { read(): tf.Tensor };
  movingMean: { shape: [number] };
}

/** Lets tfjs's layer have any rank, train without scale or center, and stay frozen. */
function mendBatchNormalization(): void {
  const prototype = prototypeOf<BatchNormalization>("BatchNormalization");
  const { build, call } = prototype;
  prototype.build = function (this: BatchNormalization, inputShape) {
    build.call(this, inputShape);
    // tfjs reads both, and cannot differentiate where one is missing.
    const { shape } = this.movingMean;
    if (!this.scale) this.gamma = { read: () => tf.ones(shape) };
    if (!this.center) this.beta = { read: () => tf.zeros(shape) };
  };
  prototype.call = function (this: BatchNormalization, inputs, kwargs) {
    const trains = kwargs.training && !isFrozen(this);
    const [x] = [inputs].flat() as [tf.Tensor];
    const options = { ...kwargs, training: trains };
    if (x.rank < 5) return call.call(this, x, options);
    return tf.tidy(() => {
      const axis = this.axis < 0 ? this.axis + x.rank : this.axis;
      const size = (axes: number[]) => axes.reduce((a, b) => a * b, 1);
      const joined = tf.reshape(x, [
        size(x.shape.slice(0, axis)),
        x.shape[axis]!,
        size(x.shape.slice(axis + 1)),
      ]);
      const flat: BatchNormalization = Object.create(this, {
        axis: { value: 1 },
      });
      return tf.reshape(call.call(flat, joined, options) as tf.Tensor, x.shape);
    });
  };
}

/** A layer of tfjs, without making one, which would count in the names of others. */
function prototypeOf<L>(className: string): L {
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  return classNameMap[className]![0].prototype as L;
}

/** What is used of tfjs's other layer. */
interface LayerNormalization extends tf.layers.Layer {
  axis: number[];
  epsilon: number;
  gamma: { read(): tf.Tensor } | null;
  beta: { read(): tf.Tensor } | null;
}

/** Lets tfjs's layer normalization take tensors of five axes and more. */
function mendLayerNormalization(): void {
  const prototype = prototypeOf<LayerNormalization>("LayerNormalization");
  const { call } = prototype;
  prototype.call = function (this: LayerNormalization, inputs, kwargs) {
    const [x] = [inputs].flat() as [tf.Tensor];
    if (x.rank < 5) return call.call(this, x, kwargs);
    return tf.tidy(() => {
      const { mean, variance } = tf.moments(x, this.axis, true);
      const shape = x.shape.map((size, i) => this.axis.includes(i) ? size : 1);
      const inverse = tf.rsqrt(tf.add(variance, this.epsilon));
      const normalized = tf.mul(tf.sub(x, mean), inverse);
      const { gamma, beta } = this;
      const scaled = gamma
        ? tf.mul(normalized, tf.reshape(gamma.read(), shape))
        : normalized;
      return beta ? tf.add(scaled, tf.reshape(beta.read(), shape)) : scaled;
    });
  };
}

/** `trainable` of a layer, or of its model, which tfjs hands on to the weights. */
function isFrozen(layer: BatchNormalization): boolean {
  return !layer.trainable ||
    (layer.scale || layer.center) && layer.trainableWeights.length === 0;
}
