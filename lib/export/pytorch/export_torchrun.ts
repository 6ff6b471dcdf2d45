import { checkDataset, type Dataset } from "../../digits/dataset.ts";
import type { Precision } from "../../files/precision.ts";
import { optionsOf } from "../../numeric/options.ts";
import { checkNetworkSettings } from "../../training/settings/network_settings.ts";
import type { SettingChanges } from "../../training/settings/schema.ts";
import type { LoadedNetwork } from "../../training/weights/weights.ts";
import { exportPyTorch, type PyTorchFiles } from "./export_pytorch.ts";
import { encodeIdx, runBatches } from "./run_batches.ts";
import { runSettings, stepsOf } from "./run_settings.ts";
import preparation from "./mnist.py" with { type: "text" };
import training from "./train.py" with { type: "text" };

/** A run of training for PyTorch on many processes and machines. */
export interface TorchrunFiles extends PyTorchFiles {
  /** `train.py`, which torchrun starts; it needs the other two and torch alone. */
  training: string;
  /** `mnist.py`: reads MNIST's files and prepares images. */
  preparation: string;
  /** `batches.idx`: the images of each step, `[steps, P·K]`. */
  batches: Uint8Array<ArrayBuffer>;
}

/** How an export for torchrun is made. */
export interface TorchrunOptions {
  /** Changes to the network's settings; those that it lacks are the preset quick's. */
  settings?: SettingChanges;
  /** What the weights are stored in (default "float32"). */
  precision?: Precision;
}

/**
 * A network and a run that trains it further, as five files for PyTorch's distributed
 * data parallel. The run has the batches, the learning rates and the loss that `train`
 * would have with the same settings, but its images are not distorted.
 *
 * @param network As `loadNetwork` gives it.
 * @param digits MNIST's training images, all of them.
 * @throws {RangeError} As `exportPyTorch`; or if a setting is unknown or has a value
 * that it may not have, the miner is not "semi-hard", the budget is in seconds, or a class
 * has too few images.
 *
 * @example
 * ```ts ignore
 * const network = await loadNetwork("data/nn2-128d.safetensors");
 * const { train } = await loadMnist();
 * const files = await exportTorchrun(network, train, { settings: { steps: 900 } });
 * await Deno.writeFile("run/batches.idx", files.batches);
 * ```
 */
export async function exportTorchrun(
  network: LoadedNetwork,
  digits: Dataset,
  options: TorchrunOptions = {},
): Promise<TorchrunFiles> {
  const action = "export to torchrun";
  const { model, settings: own } = optionsOf(action, network);
  checkNetworkSettings(action, own);
  checkDataset(action, digits);
  const { settings: changes = {}, precision } = optionsOf(action, options);
  const { epochs, ...wanted } = runSettings(own, changes);
  const batches = runBatches(digits.labels, wanted);
  const steps = stepsOf({ ...wanted, epochs }, batches.count);
  const settings = { ...wanted, steps };
  const how = precision === undefined ? {} : { precision };
  const files = await exportPyTorch({ model, settings }, how);
  const rows = Array.from({ length: steps }, batches.next);
  return { ...files, training, preparation, batches: encodeIdx(rows) };
}
