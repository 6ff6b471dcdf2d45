import * as tf from "@tensorflow/tfjs";
import { L2Normalization } from "../../lib/nn2/layers/l2_normalization.ts";

/** What a small network is made of. */
export interface SmallNetworkOptions {
  units?: number;
  seed?: number;
  /** Height and width of the images. */
  height?: number;
  channels?: number;
  /** Whether a layer has statistics, which move with every batch. */
  statistics?: boolean;
}

/** A network that trains in milliseconds. */
export function smallNetwork(
  { units = 16, seed = 1, height = 28, channels = 1, statistics = true }:
    SmallNetworkOptions = {},
): tf.LayersModel {
  const dense = (name: string, units: number) =>
    tf.layers.dense({
      name,
      units,
      kernelInitializer: tf.initializers.glorotNormal({ seed }),
    });
  const norm = () => tf.layers.batchNormalization({ name: "norm" });
  return tf.sequential({
    layers: [
      tf.layers.averagePooling2d({
        name: "shrink",
        inputShape: [height, height, channels],
        poolSize: height / 7,
      }),
      tf.layers.flatten({ name: "flat" }),
      dense("hidden", units),
      ...(statistics ? [norm()] : []),
      tf.layers.activation({ name: "relu", activation: "relu" }),
      dense("embedding", 8),
      new L2Normalization({ name: "unit_length" }),
    ],
  });
}
