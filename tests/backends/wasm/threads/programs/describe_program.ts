/**
 * Prints what useBackend() says with the options of the first argument, and whether
 * another thread helps with a product. A second argument lets tfjs start first, with
 * a module as it is without this library.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import module from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm" with {
  type: "bytes",
};
import { useBackend } from "../../../../../lib/backends/use_backend.ts";
import { hostOf } from "../../../../../lib/backends/wasm/runtime/host.ts";
import type { WasmBackend } from "../../../../../lib/backends/wasm/runtime/tfjs_backend.ts";
import { threadsInUse } from "../../../../../lib/backends/wasm/use_threads.ts";

/** What is printed, as JSON. */
export interface Described {
  threads: number;
  description: string;
  /** What threadsInUse() says. */
  inUse: number;
  /** Whether another thread has done a piece. */
  isHelped: boolean;
}

const [options, tfjsFirst] = Deno.args as [string, string?];
if (tfjsFirst) {
  const type = "application/wasm";
  const blob = new Blob([module as BlobPart], { type });
  const url = URL.createObjectURL(blob);
  setWasmPaths({
    "tfjs-backend-wasm.wasm": url,
    "tfjs-backend-wasm-simd.wasm": url,
    "tfjs-backend-wasm-threaded-simd.wasm": url,
  }, true);
  await tf.setBackend("wasm");
}
const { threads, description } = await useBackend("wasm", JSON.parse(options));

/** Multiplies matrices until another thread helps, or long enough. */
function isHelped(): boolean {
  const host = hostOf(tf.backend() as unknown as WasmBackend);
  const { parallel } = host;
  let others = 0;
  host.parallel = (task, operands, pieces) => {
    others += pieces;
    const run: typeof task.run = (...piece) => {
      others--;
      task.run(...piece);
    };
    parallel({ name: task.name, run }, operands, pieces);
  };
  const x = tf.ones<tf.Rank.R2>([500, 500]);
  const until = performance.now() + (threads > 1 ? 60_000 : 200);
  while (others === 0 && performance.now() < until) tf.matMul(x, x).dispose();
  return others > 0;
}

const described: Described = {
  threads,
  description,
  inUse: threadsInUse(),
  isHelped: isHelped(),
};
console.log(JSON.stringify(described));
