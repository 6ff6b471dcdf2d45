import type * as tf from "@tensorflow/tfjs";
import * as api from "../../lib/mod.ts";
import * as is from "./kinds.ts";
import { type Room, row } from "./row.ts";
import { ofChanges, settings as run } from "./settings.ts";
import { digits } from "./run.ts";

const settings = {
  inputSize: 28,
  embeddingSize: 2,
  normalization: "none",
  binarize: true,
} as const;

/** Made once: it would be most of the time. */
let model: tf.LayersModel | undefined;

function network() {
  model ??= api.createNN2({ ...settings, seed: 1 });
  return { model, settings: { ...settings } };
}

const ofNetwork = {
  "0.settings.inputSize": is.choice(28, 224),
  "0.settings.embeddingSize": is.whole({ min: 1 }, { size: true }),
  "0.settings.normalization": is.choice("none", "batch", "lrn"),
  "0.settings.binarize": is.boolean,
  "1.precision": is.optional(is.choice("float32", "float16")),
};

/** What belongs to the network, or what a run elsewhere cannot have. */
const kept = [
  "embeddingSize",
  "inputSize",
  "normalization",
  "seconds",
  "miner",
];

const ofRun = Object.fromEntries(
  Object.entries(ofChanges("2.settings"))
    .filter(([path]) => !kept.some((name) => path.endsWith(`.${name}`))),
);

/** A run of this network. */
function changes() {
  const { embeddingSize: _, inputSize: __, normalization: ___, ...rest } =
    run();
  return rest;
}

/** Networks for other programs. */
export const exportRoom: Room = {
  exportOnnx: row(
    api.exportOnnx,
    () => [network(), { precision: "float32", fold: true }],
    { ...ofNetwork, "1.fold": is.optional(is.boolean) },
  ),
  exportPyTorch: row(
    api.exportPyTorch,
    () => [network(), { precision: "float32" }],
    ofNetwork,
  ),
  exportTorchrun: row(
    api.exportTorchrun,
    () => [
      network(),
      digits(),
      { precision: "float32", settings: changes() },
    ],
    {
      "0.settings.inputSize": is.choice(28, 224),
      "0.settings.binarize": is.boolean,
      ...ofRun,
      "2.settings.miner": is.optional(is.choice("semi-hard")),
      "2.precision": ofNetwork["1.precision"],
    },
    { slow: true },
  ),
  exportTfjs: row(
    api.exportTfjs,
    () => [network(), { precision: "float32", fold: true }],
    { ...ofNetwork, "1.fold": is.optional(is.boolean) },
  ),
};
