import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../../lib/backends/use_backend.ts";
import {
  type Host,
  hostOf,
} from "../../../../../lib/backends/wasm/runtime/host.ts";
import type { WasmBackend } from "../../../../../lib/backends/wasm/runtime/tfjs_backend.ts";
import { scratchSlot } from "../../../../../lib/backends/wasm/linking/scratch.ts";
import { startPool } from "../../../../../lib/backends/wasm/threads/pool.ts";
import {
  type Parallel,
  runAlone,
} from "../../../../../lib/backends/wasm/threads/task.ts";
import { tasks } from "../../../../../lib/backends/wasm/tasks.ts";
import { createRandom, shuffle } from "../../../../../lib/numeric/random.ts";
import { assertEquals } from "../../../../assert.ts";
import { permittedTest } from "../../../../permitted.ts";
import { type KernelCall, kernelCalls } from "./kernel_calls.ts";
import { meet, spin } from "../test_tasks.ts";
import { helper } from "../with_pool.ts";

/** How often each call is computed on four threads. */
const repetitions = 12;

/** The bits of a call's results. */
function bitsOf([, call]: KernelCall): Int32Array[] {
  return tf.tidy(call).map((tensor) => {
    const { buffer, byteOffset, byteLength } = tensor.dataSync();
    tensor.dispose();
    const [start, end] = [byteOffset, byteOffset + (byteLength & ~3)];
    return new Int32Array(buffer.slice(start, end));
  });
}

/** Where results differ, in words. */
function difference(actual: Int32Array[], expected: Int32Array[]): string {
  for (const [output, words] of expected.entries()) {
    const at = words.findIndex((word, i) => word !== actual[output]![i]);
    if (at < 0) continue;
    const count = words.filter((word, i) => word !== actual[output]![i]).length;
    return `output ${output} at ${at} and ${count - 1} other places`;
  }
  return "";
}

permittedTest(
  "all kernels give the same bits on four threads, whatever delays them",
  ["read"],
  async () => {
    await useBackend("wasm");
    const backend = tf.backend() as unknown as WasmBackend;
    const { wasm } = backend;
    const host = hostOf(backend);
    const before = { parallel: host.parallel, makeOutput: backend.makeOutput };
    const random = createRandom(1);
    // What nobody writes differs from time to time.
    backend.makeOutput = (shape, dtype) => {
      const output = before.makeOutput.call(backend, shape, dtype);
      const { memoryOffset } = backend.dataIdMap.get(output.dataId);
      const words = 2 ** 30 - random.integer(2 ** 29);
      const size = tf.util.sizeFromShape(shape);
      if (dtype === "float32") {
        host.integers().fill(words, memoryOffset / 4, memoryOffset / 4 + size);
      }
      return output;
    };
    const pool = startPool(
      {
        memory: wasm.asm.memory,
        allocate: (bytes) => wasm._malloc(bytes),
        free: (address) => wasm._free(address),
      },
      host,
      { helpers: 3, program: helper },
    );
    const watched = watch(pool.parallel);
    try {
      awaitThreads(host, pool.parallel);
      const wrong: string[] = [];
      const expected = kernelCalls.map((call) => {
        host.parallel = runAlone(host);
        const bits = bitsOf(call);
        return bits;
      });
      for (let time = 0; time < repetitions; time++) {
        for (const i of shuffle([...kernelCalls.keys()], random)) {
          host.parallel = watched.parallel;
          const differs = difference(bitsOf(kernelCalls[i]!), expected[i]!);
          if (differs) {
            wrong.push(`${kernelCalls[i]![0]}, time ${time}: ${differs}`);
          }
        }
      }
      assertEquals(wrong, []);
      const alone = [...tasks.keys()].filter((task) =>
        !watched.helped.has(task)
      );
      assertEquals(
        alone,
        [],
        "tasks that no other thread helped with: add a case to piecewise.ts",
      );
    } finally {
      Object.assign(host, { parallel: before.parallel });
      Object.assign(backend, { makeOutput: before.makeOutput });
      pool.end();
    }
  },
);

/** Delays pieces of this thread too, and notes with what others have helped. */
function watch(parallel: Parallel) {
  const helped = new Set<string>();
  return {
    helped,
    parallel: <O>(
      ...[task, operands, pieces]: Parameters<typeof parallel<O>>
    ) => {
      let own = 0;
      const run: typeof task.run = (...piece) => {
        own++;
        if (pieces > 1) spin(Math.random() ** 8);
        task.run(...piece);
      };
      parallel({ name: task.name, run }, operands, pieces);
      if (own < pieces) helped.add(task.name);
    },
  };
}

/** Waits until another thread is there. */
function awaitThreads(host: Host, parallel: Parallel): void {
  const words = host.scratch(scratchSlot("test"), 8);
  host.integers().fill(0, words / 4, words / 4 + 2);
  parallel(meet, { words }, 2);
}
