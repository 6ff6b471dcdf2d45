/**
 * A thread that counts, and can be asked to fail.
 *
 * @module
 */
import process from "node:process";
import { serve } from "../../../lib/backends/threads/serve.ts";

export type Counting = ReturnType<typeof createCounting>;

function createCounting(start: number) {
  let count = start;
  return {
    async addSlowly(more: number, milliseconds: number) {
      const before = count;
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      return count = before + more;
    },
    fail(message: string): void {
      throw new RangeError(message);
    },
    exit(): void {
      process.exit(3);
    },
  };
}

await serve((start: number) => {
  if (start < 0) throw new RangeError(`cannot count from ${start}`);
  return createCounting(start);
});
