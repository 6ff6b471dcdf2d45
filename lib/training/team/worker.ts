/**
 * The program of a thread of a team.
 *
 * @module
 */
import { useBackend } from "../../backends/use_backend.ts";
import "../../nn2/model.ts"; // Registers the layers that a network may have.
import { createMember } from "./member.ts";
import { serve } from "./serve.ts";

await serve(async (assignment) => {
  await useBackend("wasm");
  return await createMember(assignment);
});
