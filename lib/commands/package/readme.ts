import type { AddedKernels } from "./kernel_names.ts";

/**
 * The package's README.
 *
 * @param kernels The kernels that it adds.
 */
export const packageReadme = ({ lacking, own }: AddedKernels): string =>
  `# tfjs-wasm-training

Training on the WASM backend of TensorFlow.js 4.22, in Node.js and in pages. That backend
can run a network, but it cannot train one: \`model.fit\` ends with

    Kernel 'Conv2DBackpropFilter' not registered for backend 'wasm'

(tensorflow/tfjs, issue 8474). This package adds the kernels that are missing.

## Use

    npm install @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0 tfjs-wasm-training

\`\`\`js
import * as tf from "@tensorflow/tfjs";
import { useWasm } from "tfjs-wasm-training";
console.log((await useWasm()).description);
await model.fit(images, labels, { epochs: 3 });
\`\`\`

\`import "tfjs-wasm-training"\` alone registers the kernels. They work on one thread then, and
\`tf.setBackend("wasm")\` loads the module as it always does.

## Kernels

${lacking.length} kernels that TensorFlow.js has on its cpu backend are new here:

${lacking.join(", ")}.

${own.length} more are the package's own; some gradients use them:

${own.join(", ")}.

Others of the same names as TensorFlow.js's own are replaced: those where training spends
its time are faster, and some that gave wrong values or wrote beyond their results are
put right.

## Threads

\`useWasm({ threads })\` shares the work of a kernel among threads. No result depends on
their number, to the last bit.

- Node.js: nothing else is needed. The threads do not keep a program alive.
- A page: it must be isolated from others, by two headers of its server,
  \`Cross-Origin-Opener-Policy: same-origin\` and
  \`Cross-Origin-Embedder-Policy: require-corp\`. It gives the address of TensorFlow.js's
  module: \`useWasm({ wasm: "/tfjs-backend-wasm-simd.wasm" })\`. A bundler may not copy
  worker.js of this package and the file that it imports: then copy them to your server and
  give the address, \`useWasm({ wasm, worker: "/worker.js" })\`. All lie on the page's server.

Where there can be one thread only, the description says why.

## What is not covered

- TensorFlow.js 4.22 only: the kernels use its memory beyond its public types.
- A processor and a runtime without WebAssembly SIMD.
- Three dimensions, such as conv3d: they are left as they are.
- A NaN does not pass through all of TensorFlow.js's own kernels: relu6, clipByValue and
  hardSigmoid make a number of it.
- A thread of a page is tested in Chromium, not in Firefox or Safari.

MIT license. The source is TypeScript that writes WebAssembly: lib/backends/wasm of the
project FaceNet on MNIST for Deno. Made by \`deno task package\` there.
`;
