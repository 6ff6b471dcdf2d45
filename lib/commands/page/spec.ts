import { pagePrecisions } from "./format/page_data.ts";

/** The options of `deno task page`. */
export const pageSpec = {
  name: "deno task page",
  description:
    "Writes a page that reads digits: one HTML file with a network in it, which opens from a disk and needs no internet.",
  options: {
    weights: {
      type: "path",
      default: "data/nn2-128d.safetensors",
      description: "the safetensors file that deno task train wrote",
    },
    out: {
      type: "path",
      usually: "in out, named after the weights",
      description: "the HTML file to write",
    },
    precision: {
      type: "choice",
      of: pagePrecisions,
      default: "int8",
      description: "what filters are stored in",
    },
  },
} as const;
