/**
 * The program of a thread of a team.
 *
 * @module
 */
import { serve } from "../../backends/threads/serve.ts";
import { useBackend } from "../../backends/use_backend.ts";
import "../../nn2/model.ts"; // Registers the layers that a network may have.
import { createEmbedder } from "../../nn2/threads/embedder.ts";
import { createMember } from "./member.ts";
import type { Assignment } from "./messages.ts";

await serve(async (assignment: Assignment) => {
  await useBackend("wasm");
  return { ...await createMember(assignment), ...createEmbedder() };
});
