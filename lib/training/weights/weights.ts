import { optionsOf } from "../../numeric/options.ts";
import type * as tf from "@tensorflow/tfjs";
import { createNN2 } from "../../nn2/model.ts";
import { checkPath } from "../../files/paths.ts";
import { refuseFile, within } from "../../numeric/refuse.ts";
import { writeWholeFile } from "../../files/whole_file.ts";
import type { Precision } from "../../files/precision.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  type Safetensors,
} from "../../files/safetensors.ts";
import {
  checkNetworkSettings,
  type NetworkSettings,
} from "../settings/network_settings.ts";
import { withOneName } from "../settings/one_name.ts";
import { checkSound } from "./sound_weights.ts";
import { fromStateDict, stateDictLayout } from "./state_dict.ts";
import { copyWeights, pasteWeights } from "./stored_weights.ts";

/**
 * Writes a network's weights with the settings it was trained with, as one
 * safetensors file that is either whole or not there.
 *
 * @param settings Written too; more than the network's may be given.
 * @param options With `precision: "float16"` the file is half as large; the
 * embeddings change by about a thousandth.
 * @throws {RangeError} If a setting has a value that it may not have, or a weight is
 * NaN, infinite or too large for the precision, or a variance below 0.
 * @throws {Deno.errors.NotFound} If the folder does not exist.
 *
 * @example
 * ```ts ignore
 * await saveWeights("out/weights.safetensors", model, settings);
 * ```
 */
export async function saveWeights(
  path: string,
  model: tf.LayersModel,
  settings: NetworkSettings,
  options: { precision?: Precision } = {},
): Promise<void> {
  const { precision = "float32" } = optionsOf("save weights", options);
  checkPath("save weights", "their path", path);
  checkNetworkSettings(`save ${path}`, settings);
  const tensors = await copyWeights(model);
  checkSound(`save weights to ${path}`, tensors);
  const metadata = { format: "1", settings: JSON.stringify(settings) };
  const bytes = encodeSafetensors({ tensors, metadata }, precision);
  await writeWholeFile(path, bytes);
}

/** A network read from a file. */
export interface LoadedNetwork<S extends NetworkSettings = NetworkSettings> {
  /** The caller disposes it. */
  model: tf.LayersModel;
  /** As {@linkcode saveWeights} was given them, checked anew. */
  settings: S;
}

/**
 * Makes the network that a file of {@linkcode saveWeights} belongs to, with its
 * weights; also one of `exportPyTorch`, or that its nn2.py saved.
 *
 * @throws {SyntaxError} If the file is damaged or holds no settings.
 * @throws {RangeError} If a setting has a value that it may not have, the weights
 * are those of another architecture, a weight is NaN or infinite, or a variance
 * below 0.
 *
 * @example
 * ```ts ignore
 * const { model, settings } = await loadNetwork("out/weights.safetensors");
 * ```
 */
export async function loadNetwork(path: string): Promise<LoadedNetwork> {
  const { tensors, metadata } = await readWeights(path);
  const settings = readSettings(metadata.settings, path);
  const model = within(
    `load weights from ${path}`,
    () => createNN2({ ...settings, seed: 0 }),
  );
  try {
    within(`load weights from ${path}`, () => pasteWeights(model, tensors));
  } catch (error) {
    model.dispose();
    throw error;
  }
  return { model, settings };
}

/**
 * Gives a network the weights in a file of {@linkcode saveWeights}.
 *
 * @throws {SyntaxError} If the file is damaged.
 * @throws {RangeError} If the weights are those of another architecture, a
 * weight is NaN or infinite, or a variance below 0; no weight has changed then.
 *
 * @example
 * ```ts ignore
 * const model = createNN2({ embeddingSize: 128, seed: 1 });
 * await loadWeights("data/nn2-128d.safetensors", model);
 * ```
 */
export async function loadWeights(
  path: string,
  model: tf.LayersModel,
): Promise<void> {
  const { tensors } = await readWeights(path);
  within(`load weights from ${path}`, () => pasteWeights(model, tensors));
}

async function readWeights(path: string): Promise<Safetensors> {
  checkPath("load weights", "their path", path);
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (cause) {
    const none = cause instanceof Deno.errors.NotFound;
    throw new Deno.errors.NotFound(
      `Cannot load weights: expected a safetensors file at ${path}, got ${
        none ? "none" : (cause as Error).message
      }`,
      { cause },
    );
  }
  const { tensors: stored, metadata } = decodeSafetensors(bytes, path);
  const isFromPyTorch = metadata.layout === stateDictLayout;
  const tensors = isFromPyTorch ? fromStateDict(stored) : stored;
  checkSound(`load weights from ${path}`, tensors);
  return { tensors, metadata };
}

function readSettings(
  text: string | undefined,
  path: string,
): NetworkSettings {
  let settings: unknown;
  try {
    settings = JSON.parse(text ?? "null");
  } catch {
    // As good as none.
  }
  if (typeof settings !== "object" || settings === null) {
    refuseFile(
      "load weights",
      `the network's settings in the metadata of ${path}`,
      `${text}`,
    );
  }
  const action = `load weights from ${path}`;
  checkNetworkSettings(action, settings);
  return withOneName(action, settings) as NetworkSettings;
}
