import type * as tf from "@tensorflow/tfjs";
import { optionsOf } from "../../numeric/options.ts";
import { refuse, shown, within } from "../../numeric/refuse.ts";
import { nn2Graph } from "../../nn2/graph.ts";
import { createNN2 } from "../../nn2/model.ts";
import { inputShape, nn2Rows } from "../../nn2/table.ts";
import { namedWeights, setNamedWeights } from "../../nn2/weights.ts";
import {
  checkNetworkSettings,
  type NetworkSettings,
} from "../../training/settings/network_settings.ts";
import { checkSound } from "../../training/weights/sound_weights.ts";
import { copyWeights } from "../../training/weights/stored_weights.ts";
import type { LoadedNetwork } from "../../training/weights/weights.ts";
import type { NetworkParts } from "./fold.ts";

/**
 * Takes a network apart: its nodes, from its settings, and a copy of its weights.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} If a setting has a value that it may not have, the model is not
 * the network of its settings, or a weight is not a number that it could work with.
 */
export async function networkParts(
  action: string,
  network: LoadedNetwork,
): Promise<NetworkParts & { settings: NetworkSettings }> {
  const { model, settings } = optionsOf(action, network);
  checkNetworkSettings(action, settings);
  if (!Array.isArray(model?.layers)) {
    refuse(action, "model to be one of createNN2", shown(model));
  }
  checkArchitecture(action, model, settings);
  const weights = await copyWeights(model);
  checkSound(action, weights);
  const { inputSize, embeddingSize, normalization } = settings;
  const imageShape = inputShape(inputSize);
  const options = { imageShape, embeddingSize, normalization };
  return { settings, weights, nodes: nn2Graph(nn2Rows(inputSize), options) };
}

/** Refuses a model with other weights than those of its settings' network. */
function checkArchitecture(
  action: string,
  model: tf.LayersModel,
  { inputSize, embeddingSize, normalization }: NetworkSettings,
): void {
  const seed = 0;
  const own = createNN2({ inputSize, embeddingSize, normalization, seed });
  try {
    within(action, () => setNamedWeights(own, namedWeights(model)));
  } finally {
    own.dispose();
  }
}
