import { settingsSchema } from "../../training/settings/schema.ts";

const { backend, threads, workers } = settingsSchema;

/** The options of `deno task evaluate`. */
export const evaluateSpec = {
  name: "deno task evaluate",
  description:
    "Evaluates saved weights on MNIST's 10,000 test images: recognition, verification, retrieval, clustering, strangers and projections, as text, JSON and a page.",
  options: {
    weights: {
      type: "path",
      description: "the safetensors file that deno task train wrote",
    },
    json: { type: "path", description: "a file for the numbers" },
    page: {
      type: "path",
      description:
        "a file for the page with the figures (default report.html beside the weights)",
    },
    projector: {
      type: "path",
      description: "a folder for the files of TensorBoard's projector",
    },
    backend: {
      ...backend.domain,
      default: "wasm",
      description: backend.description,
    },
    threads: { ...threads.domain, description: threads.description },
    workers: { ...workers.domain, description: workers.description },
  },
} as const;
