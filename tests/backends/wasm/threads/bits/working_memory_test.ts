import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../../lib/backends/use_backend.ts";
import { hostOf } from "../../../../../lib/backends/wasm/runtime/host.ts";
import type { WasmBackend } from "../../../../../lib/backends/wasm/runtime/tfjs_backend.ts";
import {
  memoryOf,
  shortageOf,
} from "../../../../../lib/backends/wasm/runtime/memory.ts";
import { scratchSlot } from "../../../../../lib/backends/wasm/linking/scratch.ts";
import { startPool } from "../../../../../lib/backends/wasm/threads/pool.ts";
import { createRandom } from "../../../../../lib/numeric/random.ts";
import { assert, assertEquals, assertThrows } from "../../../../assert.ts";
import { permittedTest } from "../../../../permitted.ts";
import { meet, useScratch } from "../test_tasks.ts";
import { awaitHelper, helper, type Subject, withPool } from "../with_pool.ts";

permittedTest(
  "threads get working memory while the memory grows",
  ["read"],
  () => {
    withPool({ helpers: 3, program: "slow" }, (subject) => {
      awaitHelper(subject);
      const { pool, memory } = subject;
      const random = createRandom(1);
      const size = memory.memory.buffer.byteLength;
      for (let task = 1; task <= 60; task++) {
        const counts = memory.zeros(12);
        const bytes = Array.from(
          { length: 12 },
          () => 3000 * task + random.integer(3000),
        );
        pool.parallel(useScratch, { counts, bytes }, 12);
        assertEquals(memory.words(counts, 12), new Array(12).fill(1));
      }
      assert(memory.memory.buffer.byteLength > 4 * size);
    });
  },
);

permittedTest(
  "threads see memory that grew while they started",
  ["read"],
  () => {
    for (let time = 0; time < 5; time++) {
      withPool({ helpers: 2 }, (subject) => {
        const { memory } = subject;
        const begin = performance.now();
        while (performance.now() - begin < 100) {
          memory.memory.grow(1);
          memory.zeros(16_000);
        }
        awaitHelper(subject);
      });
    }
  },
);

/** Lets a helper ask for so many bytes. */
function ask({ pool, memory }: Subject, bytes: number): void {
  pool.parallel(meet, { words: memory.zeros(2), bytes }, 2);
}

permittedTest(
  "a thread without working memory ends the call with the allocator's error",
  ["read"],
  () => {
    withPool({}, (subject) => {
      const { memory } = subject;
      awaitHelper(subject);
      ask(subject, 1000);
      for (let time = 0; time < 5; time++) {
        memory.room = 4000;
        assertThrows(() => ask(subject, 5000), RangeError, "no room for 5064");
        memory.room = Infinity;
        // Of a call that the caller ends, and of the next, something else is.
        memory.room = 4000;
        const both = () =>
          subject.pool.parallel(meet, {
            words: memory.zeros(2),
            bytes: 5000,
            fails: "caller",
          }, 2);
        assertThrows(both, RangeError, "the caller fails");
        memory.room = Infinity;
        const words = memory.zeros(2);
        const fail = () =>
          subject.pool.parallel(meet, { words, fails: "helper" }, 2);
        assertThrows(fail, Error, "the helper fails");
        ask(subject, 1000 + time);
      }
      // More than 32 bits can say must not become less.
      memory.room = 1e9;
      assertThrows(
        () => ask(subject, 4.5e9),
        RangeError,
        "no room for 429496729",
      );
    });
  },
);

permittedTest(
  "memory that ran short in a thread is known as that",
  ["read"],
  async () => {
    await useBackend("wasm");
    const backend = tf.backend() as unknown as WasmBackend;
    const { wasm } = backend;
    const account = memoryOf(backend);
    const host = hostOf(backend);
    const words = host.scratch(scratchSlot("test"), 8);
    const before = account.used;
    const pool = startPool(
      {
        memory: wasm.asm.memory,
        allocate: (bytes) => wasm._malloc(bytes),
        free: (address) => wasm._free(address),
      },
      host,
      { helpers: 1, program: helper },
    );
    try {
      account.limit = account.used + 1000;
      host.integers().fill(0, words / 4, words / 4 + 2);
      const run = () => pool.parallel(meet, { words, bytes: 5000 }, 2);
      const error = assertThrows(run, RangeError, "Cannot allocate 5064 bytes");
      assertEquals(shortageOf(error)?.requested, 5064);
    } finally {
      account.limit = 2 ** 32;
      pool.end();
    }
    assertEquals(account.used, before);
  },
);
