import * as tf from "@tensorflow/tfjs";
import { networkEmbed } from "../embed.ts";
import { namedWeights, setNamedWeights } from "../weights.ts";
import {
  receiveTensor,
  sendTensor,
  type SentTensor,
  shareTensor,
} from "./sent_tensor.ts";

/** A network as threads are sent it. */
export interface SentNetwork {
  /** As `LayersModel.toJSON` gives it. */
  topology: string;
  /** By their names: their order depends on which layers are frozen. */
  weights: Record<string, SentTensor>;
}

/** What a thread does that embeds images. */
export interface Embedder {
  /** Takes a copy of a network, in place of the one before. */
  learn(network: SentNetwork): Promise<void>;
  /** `[batch, size, size, channels]` → `[batch, n]`, by the network it has. */
  embed(images: SentTensor): SentTensor;
}

/** A network as it is now. */
export function sendNetwork(model: tf.LayersModel): SentNetwork {
  return {
    topology: model.toJSON() as string,
    weights: mapped(namedWeights(model), shareTensor),
  };
}

const mapped = <T, U>(record: Record<string, T>, change: (value: T) => U) =>
  Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, change(value)]),
  );

/** Makes what embeds images in this thread, on the present backend. */
export function createEmbedder(): Embedder {
  let known: string | undefined;
  let model: tf.LayersModel | undefined;
  return {
    async learn({ topology, weights }) {
      if (topology !== known) {
        const next = await tf.models.modelFromJSON(JSON.parse(topology));
        model?.dispose();
        [model, known] = [next, topology];
      }
      tf.tidy(() => setNamedWeights(model!, mapped(weights, receiveTensor)));
    },
    embed(images) {
      const tensors: tf.Tensor[] = [receiveTensor(images)];
      try {
        tensors.push(networkEmbed(model!)(tensors[0] as tf.Tensor4D));
        return sendTensor(tensors[1]!);
      } finally {
        tf.dispose(tensors);
      }
    },
  };
}
