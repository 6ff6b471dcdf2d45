import { basename, extname, join } from "node:path";
import { exportOnnx, type OnnxOptions } from "../../export/onnx/export_onnx.ts";
import { exportPyTorch } from "../../export/pytorch/export_pytorch.ts";
import type { LoadedNetwork } from "../../training/weights/weights.ts";

/** What weights can be written for. */
interface Target {
  /** Where it goes by default, from the name of the weights. */
  place(name: string): string;
  /** The paths of its files. */
  paths(out: string): string[];
  /** What is in them, in the order of the paths. */
  contents(
    network: LoadedNetwork,
    options: OnnxOptions,
  ): Promise<(string | Uint8Array)[]>;
}

/** All that weights can be written for. */
export const targets: Readonly<Record<string, Target>> = {
  onnx: {
    place: (name) => join("out", `${name}.onnx`),
    paths: (out) => [out],
    contents: async (network, options) => [await exportOnnx(network, options)],
  },
  pytorch: {
    place: (name) => join("out", `${name}-pytorch`),
    paths: (out) => [join(out, "nn2.safetensors"), join(out, "nn2.py")],
    contents: async (network, { precision = "float32" }) => {
      const files = await exportPyTorch(network, { precision });
      return [files.weights, files.program];
    },
  },
};

/** The name of a file without its folder and its ending. */
export function plainName(path: string): string {
  return basename(path, extname(path));
}
