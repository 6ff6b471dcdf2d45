/**
 * Computes without end beside what is measured, until its input ends or it is killed.
 *
 * @module
 */
import { answerRequests } from "../../../experiment/bench/serve.ts";

/** Its input is looked at between two stretches of this length. */
const milliseconds = 100;

if (import.meta.main) {
  let over = false;
  answerRequests({ start: () => ({}) }).finally(() => over = true);
  while (!over) {
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
    await new Promise((resolve) => setTimeout(resolve));
  }
}
