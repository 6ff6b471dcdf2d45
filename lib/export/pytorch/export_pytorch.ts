import { type Precision, precisions } from "../../files/precision.ts";
import { encodeSafetensors } from "../../files/safetensors.ts";
import { checkValue } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import {
  stateDictLayout,
  toStateDict,
} from "../../training/weights/state_dict.ts";
import type { LoadedNetwork } from "../../training/weights/weights.ts";
import { networkParts } from "../network/network_parts.ts";
import program from "./nn2.py" with { type: "text" };

/** A network for PyTorch. */
export interface PyTorchFiles {
  /** `nn2.py`: defines the network, loads and saves its weights; it needs torch alone. */
  program: string;
  /** `nn2.safetensors`: its `state_dict`, with the settings as metadata. */
  weights: Uint8Array<ArrayBuffer>;
}

/**
 * A network as two files for PyTorch. What `save` of nn2.py writes after training
 * there, `loadNetwork` reads.
 *
 * @param network As `loadNetwork` gives it.
 * @param options With `precision: "float16"` the weights take half the bytes (default
 * "float32").
 * @throws {RangeError} If a setting has a value that it may not have, the model is not
 * the network of its settings, or a weight is not finite or too large for the
 * precision.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createNN2 } from "../../nn2/model.ts";
 *
 * await tf.setBackend("cpu");
 * const settings = {
 *   inputSize: 28,
 *   embeddingSize: 4,
 *   normalization: "batch",
 *   binarize: false,
 * } as const;
 * const model = createNN2({ ...settings, seed: 1 });
 * const { program, weights } = await exportPyTorch({ model, settings });
 * assert.match(program, /^def load\(path\):$/m);
 * assert.equal(Math.round(weights.length / 1e6), 29);
 * ```
 */
export async function exportPyTorch(
  network: LoadedNetwork,
  options: { precision?: Precision } = {},
): Promise<PyTorchFiles> {
  const action = "export to PyTorch";
  const { precision = "float32" } = optionsOf(action, options);
  const domain = { type: "choice", of: precisions } as const;
  checkValue(action, "precision", precision, domain);
  const { settings, weights } = await networkParts(action, network);
  const metadata = {
    // What Python's safetensors asks for.
    format: "pt",
    layout: stateDictLayout,
    settings: JSON.stringify(settings),
  };
  const file = { tensors: toStateDict(weights), metadata };
  return { program, weights: encodeSafetensors(file, precision) };
}
