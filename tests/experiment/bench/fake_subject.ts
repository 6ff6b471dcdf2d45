/**
 * A subject that measures nothing. Its arguments are its name, the seconds
 * that it claims, and the number of the request at which it fails. It writes
 * each request to its standard answer, so that a test sees the turns.
 *
 * @module
 */
import { linesOf } from "../../../lib/experiment/bench/lines.ts";

const [name, seconds, failsAt] = Deno.args;
console.log("A library says hello.");
let count = 0;
for await (const request of linesOf(Deno.stdin.readable)) {
  count++;
  if (count === Number(failsAt)) throw new RangeError("out of memory");
  if (request === "sleep") await new Promise(() => setTimeout(() => {}, 1e9));
  // The clock of one machine orders the turns of several processes.
  const at = performance.timeOrigin + performance.now();
  console.log(
    JSON.stringify({ seconds: Number(seconds) * count, name, request, at }),
  );
}
