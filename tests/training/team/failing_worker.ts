/**
 * A thread of a team of which the last member fails at its second step, in the
 * way that its name in the address says: `?throws`, `?exits` or `?never_ready`.
 *
 * @module
 */
import process from "node:process";
import { serve } from "../../../lib/backends/threads/serve.ts";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import "../../../lib/nn2/model.ts"; // Registers its layers.
import { createMember } from "../../../lib/training/team/member.ts";
import type {
  Assignment,
  StepRequest,
} from "../../../lib/training/team/messages.ts";

const way = new URL(import.meta.url).search.slice(1);

await serve(async (assignment: Assignment) => {
  await useBackend("wasm");
  const isLast = assignment.rank === assignment.memory.size - 1;
  if (isLast && way === "never_ready") throw new RangeError("no room for it");
  const member = await createMember(assignment);
  let steps = 0;
  return {
    ...member,
    step(request: StepRequest) {
      if (isLast && ++steps === 2) {
        if (way === "exits") process.exit(3);
        throw new RangeError("the second step is too much");
      }
      return member.step(request);
    },
  };
});
