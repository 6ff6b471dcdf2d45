/**
 * The subject that runs tfjs as it comes, with the same network. Its argument
 * is tfjs's backend: `cpu` or `wasm`.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { answerRequests, timed } from "../../../experiment/bench/serve.ts";
import { inference, training } from "../../../experiment/bench/work.ts";

if (import.meta.main) {
  const backend = Deno.args[0] ?? "cpu";
  // tfjs would fall back to another one without a word.
  if (!await tf.setBackend(backend)) {
    throw new Error(`expected tfjs's ${backend} backend to start`);
  }
  await answerRequests({ train: timed(training), infer: timed(inference) });
}
