/**
 * A neighbour: computes without end, until its input ends or it is killed.
 *
 * @module
 */
import { serve } from "./serve.ts";

/** Its input is looked at between two stretches of this length. */
const milliseconds = 100;

if (import.meta.main) {
  let over = false;
  serve({ start: () => ({}) }).finally(() => over = true);
  while (!over) {
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
    await new Promise((resolve) => setTimeout(resolve));
  }
}
