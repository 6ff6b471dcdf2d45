import * as tf from "@tensorflow/tfjs";
import { runKernel } from "../../../../../lib/backends/engine/kernels.ts";
import { useBackend } from "../../../../../lib/backends/use_backend.ts";
import { hostOf } from "../../../../../lib/backends/wasm/runtime/host.ts";
import type { WasmBackend } from "../../../../../lib/backends/wasm/runtime/tfjs_backend.ts";
import {
  threadsInUse,
  useThreads,
} from "../../../../../lib/backends/wasm/use_threads.ts";
import { assert, assertEquals } from "../../../../assert.ts";
import { permittedTest } from "../../../../permitted.ts";
import { normals, tensorOf } from "../../../against_cpu.ts";
import { piecewise, type PiecewiseCase } from "./piecewise.ts";

/** A run of a kernel. */
interface Run {
  bits: Uint32Array[];
  /** Into how many pieces its work was cut. */
  pieces: number;
  /** How many of them other threads have done. */
  helped: number;
}

function run({ kernel, inputs, attributes = {} }: PiecewiseCase): Run {
  const host = hostOf(tf.backend() as unknown as WasmBackend);
  const { parallel } = host;
  const bits: Uint32Array[] = [];
  let [pieces, own] = [0, 0];
  host.parallel = (task, operands, count) => {
    pieces += count;
    const run: typeof task.run = (...piece) => {
      own++;
      task.run(...piece);
    };
    parallel({ ...task, run }, operands, count);
  };
  try {
    tf.tidy(() => {
      const tensors = Object.entries(inputs).map(([name, input], i) => [
        name,
        Array.isArray(input) ? tensorOf(normals(input, 1 + i)) : input(),
      ]);
      // Memory that was used before must not shine through.
      tf.fill([1 << 21], 777).dispose();
      [pieces, own] = [0, 0];
      const outputs = runKernel(
        kernel,
        Object.fromEntries(tensors),
        attributes,
      );
      for (const output of outputs) {
        bits.push(new Uint32Array(output.dataSync().slice().buffer));
      }
    });
  } finally {
    host.parallel = parallel;
  }
  return { bits, pieces, helped: pieces - own };
}

/** Milliseconds in which threads come and help. */
const patience = 60_000;

/** Holds runs against one on a single thread, until other threads have helped. */
function assertSameBits(each: PiecewiseCase, expected: Run): void {
  const end = performance.now() + patience;
  for (let helped = 0; helped === 0;) {
    assert(performance.now() < end, "expected threads that help");
    const { bits, ...rest } = run(each);
    const differ = expected.bits.map((words, output) =>
      words.findIndex((word, i) => word !== bits[output]?.[i])
    );
    assertEquals(differ, expected.bits.map(() => -1));
    helped = rest.helped;
  }
}

for (const threads of [2, 3]) {
  permittedTest(
    `kernels give the same bits on ${threads} threads as on one`,
    ["read"],
    async (test) => {
      await useBackend("wasm");
      const before = threadsInUse();
      try {
        useThreads(1);
        const alone = piecewise.map(run);
        useThreads(threads);
        for (const [i, each] of piecewise.entries()) {
          await test.step(each.name ?? each.kernel, () => {
            assert(alone[i]!.pieces > 1, "expected work for several threads");
            assertSameBits(each, alone[i]!);
          });
        }
      } finally {
        useThreads(before);
      }
    },
  );
}
