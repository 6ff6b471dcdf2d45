import type { Host } from "../../../../../lib/backends/wasm/runtime/host.ts";
import {
  threadsInUse,
  useThreads,
} from "../../../../../lib/backends/wasm/use_threads.ts";
import { assert } from "../../../../assert.ts";

/** Milliseconds that threads have to start. */
const patience = 60_000;

/**
 * Runs something on one thread, and on three until others have done pieces of each
 * of its tasks; every result must be the same.
 *
 * @param tasks The names of the tasks.
 * @param run Gets kernels whose pieces are counted, and gives its results.
 */
export function assertSameOnThreads(
  host: Host,
  tasks: readonly string[],
  run: (host: Host) => Float32Array[],
): void {
  const before = threadsInUse();
  /** Tasks that no other thread has helped with. */
  const alone = new Set(tasks);
  const counting: Host = {
    ...host,
    parallel(task, operands, pieces) {
      let own = 0;
      host.parallel(
        {
          name: task.name,
          run(...operands) {
            own++;
            task.run(...operands);
          },
        },
        operands,
        pieces,
      );
      if (own < pieces) alone.delete(task.name);
    },
  };
  try {
    useThreads(1);
    const expected = run(counting);
    assert(alone.size === tasks.length, "one thread was not alone");
    useThreads(3);
    const start = performance.now();
    while (alone.size > 0) {
      run(counting).forEach((values, i) => {
        const k = values.findIndex((x, k) => !Object.is(x, expected[i]![k]));
        assert(k < 0, `${i}[${k}]: ${values[k]}, not ${expected[i]![k]}`);
      });
      const waited = performance.now() - start;
      assert(waited < patience, `no thread helped with ${[...alone]}`);
    }
  } finally {
    useThreads(before);
  }
}
