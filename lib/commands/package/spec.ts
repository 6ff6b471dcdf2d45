/** The options of `deno task package`. */
export const packageSpec = {
  name: "deno task package",
  description:
    "Writes the training kernels as an npm package, for TensorFlow.js in Node.js and in pages. Nothing is published.",
  options: {
    out: {
      type: "path",
      usually: "in out, named after the package and its version",
      description: "the .tgz file to write",
    },
  },
} as const;
