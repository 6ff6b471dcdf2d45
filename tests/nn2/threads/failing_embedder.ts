/**
 * A thread that embeds images by a network of one layer, whose name says what
 * happens: "dies" or "is unknown" at the first such network, or nothing.
 *
 * @module
 */
import process from "node:process";
import { serve } from "../../../lib/backends/threads/serve.ts";
import type {
  Embedder,
  SentNetwork,
} from "../../../lib/nn2/threads/embedder.ts";

await serve((): Embedder => {
  let known = "none";
  let refusals = 0;
  return {
    // deno-lint-ignore require-await
    async learn({ topology }: SentNetwork) {
      if (topology.includes("dies")) process.exit(3);
      if (topology.includes("unknown") && refusals++ === 0) {
        throw new RangeError("no such layer");
      }
      known = topology.includes("unknown") ? "unknown" : "other";
    },
    embed: ({ shape }) => ({
      memory: new Float32Array([shape[0]!, known.length]).buffer,
      shape: [1, 2],
    }),
  };
});
