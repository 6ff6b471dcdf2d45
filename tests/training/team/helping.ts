/**
 * A thread that has some errands, and colleagues.
 *
 * @module
 */
import { parentPort, workerData } from "node:worker_threads";
import * as tf from "@tensorflow/tfjs";
import type { Errand } from "../../../lib/backends/divided_batch.ts";
import { callKernel } from "../../../lib/backends/kernels.ts";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { valuesInPlace } from "../../../lib/backends/wasm/in_place.ts";
import { BrokenBarrier } from "../../../lib/training/team/barrier.ts";
import { createHelp } from "../../../lib/training/team/help.ts";
import {
  type SharedMemory,
  viewShared,
} from "../../../lib/training/team/shared.ts";

const { rank, memory, errands, lengths, rounds, leaves } = workerData as {
  rank: number;
  memory: SharedMemory;
  /** How many it has in each round. */
  errands: number;
  /** How many numbers each of them multiplies, and the last. */
  lengths: [each: number, last: number];
  rounds: number;
  /** Whether it does not come to the last round. */
  leaves: boolean;
};

await useBackend("wasm");
const help = createHelp(viewShared(memory), rank);
const outcome = { ran: 0, accepted: 0, wrong: 0 };

function multiply(base: number, length: number): Errand {
  const numbers = (of: (i: number) => number) =>
    tf.tensor1d(Float32Array.from({ length }, (_, i) => of(i)));
  const inputs = { a: numbers((i) => base + i % 7), b: numbers((i) => i % 5) };
  const check = (products: Float32Array) => {
    if (products.length !== length) outcome.wrong++;
    products.forEach((value, i) => {
      if (value !== (base + i % 7) * (i % 5)) outcome.wrong++;
    });
    tf.dispose(inputs);
  };
  return {
    call: {
      kernel: "Multiply",
      inputs,
      attributes: {},
      outputShapes: [[length]],
    },
    run() {
      outcome.ran++;
      const start = performance.now();
      while (performance.now() - start < 2);
      const [y] = callKernel("Multiply", inputs);
      check(valuesInPlace(y!));
      tf.backend().disposeData(y!.dataId);
    },
    accept(outputs) {
      outcome.accepted++;
      check(outputs[0]!);
    },
  };
}

parentPort!.postMessage("ready");
parentPort!.once("message", () => {
  try {
    for (let round = 0; round < rounds - Number(leaves); round++) {
      help(
        Array.from(
          { length: errands },
          (_, i) =>
            multiply(100 * rank + i, lengths[Number(i === errands - 1)]!),
        ),
      );
    }
    const { numTensors } = tf.memory();
    parentPort!.postMessage({ ...outcome, numTensors });
  } catch (error) {
    parentPort!.postMessage({ broken: error instanceof BrokenBarrier });
  }
});
