import { basename, extname, join } from "node:path";
import { exportOnnx, type OnnxOptions } from "../../export/onnx/export_onnx.ts";
import { loadMnist } from "../../digits/mnist.ts";
import { exportPyTorch } from "../../export/pytorch/export_pytorch.ts";
import {
  exportTorchrun,
  type TorchrunOptions,
} from "../../export/pytorch/export_torchrun.ts";
import { exportTfjs } from "../../export/tfjs/export_tfjs.ts";
import type { LoadedNetwork } from "../../training/weights/weights.ts";

/** A file to write: where, and what. */
type Written = [path: string, content: string | Uint8Array];

/** What weights can be written for. */
interface Target {
  /** Where it goes by default, from the name of the weights. */
  place(name: string): string;
  /** Whether batch normalization can be folded. */
  folds: boolean;
  /** Whether it is a run of training, which has settings. */
  trains: boolean;
  /** The names of files that a larger export may have left in the folder. */
  old?: RegExp;
  /** Its files, in the order in which they are written. */
  files(
    out: string,
    network: LoadedNetwork,
    options: OnnxOptions & TorchrunOptions,
  ): Promise<Written[]>;
}

/** All that weights can be written for. */
export const targets: Readonly<Record<string, Target>> = {
  onnx: {
    place: (name) => join("out", `${name}.onnx`),
    folds: true,
    trains: false,
    files: async (out, network, { settings: _, ...options }) => [
      [out, await exportOnnx(network, options)],
    ],
  },
  pytorch: {
    place: (name) => join("out", `${name}-pytorch`),
    folds: false,
    trains: false,
    files: async (out, network, { precision = "float32" }) => {
      const { weights, program } = await exportPyTorch(network, { precision });
      return [
        [join(out, "nn2.safetensors"), weights],
        [join(out, "nn2.py"), program],
      ];
    },
  },
  tfjs: {
    place: (name) => join("out", `${name}-tfjs`),
    folds: true,
    trains: false,
    old: /^weights-\d+of\d+\.bin$/,
    files: async (out, network, { settings: _, ...options }) => {
      const files = await exportTfjs(network, options);
      return Object.entries(files).map(([name, content]): Written => [
        join(out, name),
        content,
      ]);
    },
  },
  torchrun: {
    place: (name) => join("out", `${name}-torchrun`),
    folds: false,
    trains: true,
    files: async (out, network, { precision = "float32", settings = {} }) => {
      const { train } = await loadMnist();
      const how = { precision, settings };
      const files = await exportTorchrun(network, train, how);
      return [
        [join(out, "nn2.safetensors"), files.weights],
        [join(out, "batches.idx"), files.batches],
        [join(out, "nn2.py"), files.program],
        [join(out, "mnist.py"), files.preparation],
        [join(out, "train.py"), files.training],
      ];
    },
  },
};

/** Their names, as a message has them: "onnx, pytorch or tfjs". */
export function targetNames(
  has: (target: Target) => boolean = () => true,
): string {
  const names = Object.keys(targets).filter((name) => has(targets[name]!));
  return [names.slice(0, -1).join(", "), ...names.slice(-1)].filter(Boolean)
    .join(" or ");
}

/** The name of a file without its folder and its ending. */
export function plainName(path: string): string {
  return basename(path, extname(path));
}
