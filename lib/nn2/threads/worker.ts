/**
 * The program of a thread that embeds images.
 *
 * @module
 */
import { serve } from "../../backends/threads/serve.ts";
import { useBackend } from "../../backends/use_backend.ts";
import "../model.ts"; // Registers the layers that a network may have.
import { createEmbedder } from "./embedder.ts";

await serve(async () => {
  await useBackend("wasm");
  return createEmbedder();
});
