import { precisions } from "../../files/precision.ts";
import { targets } from "./targets.ts";

/** The options of `deno task export`. */
export const exportSpec = {
  name: "deno task export",
  description:
    "Writes saved weights for other programs: as ONNX, for onnxruntime and others, or for PyTorch.",
  options: {
    weights: {
      type: "path",
      description: "the safetensors file that deno task train wrote",
    },
    to: {
      type: "choice",
      of: Object.keys(targets),
      description: "what they are written for",
    },
    out: {
      type: "path",
      description: "the file to write; for pytorch a folder",
      usually: "in out, named after the weights",
    },
    precision: {
      type: "choice",
      of: precisions,
      default: "float32",
      description: "what filters are stored in",
    },
    fold: {
      type: "boolean",
      description:
        "fold batch normalization into the convolutions; for ONNX alone",
    },
  },
} as const;
