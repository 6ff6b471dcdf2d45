import { type Precision, precisions } from "../../files/precision.ts";
import { checkValue } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { NetworkSettings } from "../../training/settings/network_settings.ts";
import type { LoadedNetwork } from "../../training/weights/weights.ts";
import { foldBatchNormalization, type NetworkParts } from "./fold.ts";
import { networkParts } from "./network_parts.ts";

/** How a network is written. */
export interface WrittenOptions {
  /**
   * What filters and the dense layer's matrix are stored in (default "float32").
   * "float16" halves the bytes; all arithmetic remains float32.
   */
  precision?: Precision;
  /** Whether batch normalization is folded into the convolutions (default false). */
  fold?: boolean;
}

/** A network's parts as they are written, and what they are stored in. */
export interface WrittenNetwork {
  settings: NetworkSettings;
  parts: NetworkParts;
  precision: Precision;
}

/**
 * Takes a network apart, and folds batch normalization where that is asked for.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} If the network is none of this library's, or an option is none.
 */
export async function writtenNetwork(
  action: string,
  network: LoadedNetwork,
  options: WrittenOptions,
): Promise<WrittenNetwork> {
  const { precision = "float32", fold = false } = optionsOf(action, options);
  checkValue(action, "precision", precision, {
    type: "choice",
    of: precisions,
  });
  checkValue(action, "fold", fold, { type: "boolean" });
  const { settings, ...parts } = await networkParts(action, network);
  return {
    settings,
    parts: fold ? foldBatchNormalization(parts) : parts,
    precision,
  };
}
