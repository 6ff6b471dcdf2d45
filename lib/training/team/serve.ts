import { parentPort, workerData } from "node:worker_threads";
import { breakBarrier, BrokenBarrier } from "./barrier.ts";
import type { Member } from "./member.ts";
import type { Answer, Assignment, Reply, Request } from "./messages.ts";
import { viewShared } from "./shared.ts";

/**
 * Makes this thread a member of a team: it says when it is ready, then answers
 * one request after the other. Whatever is thrown goes to the thread that asked,
 * and frees the members that wait for this one.
 */
export async function serve(
  create: (assignment: Assignment) => Promise<Member>,
): Promise<void> {
  const port = parentPort!;
  const assignment = workerData as Assignment;
  const { counts } = viewShared(assignment.memory);
  const reply = async (answer: () => Promise<Answer>) => {
    let message: Reply;
    try {
      message = { answer: await answer() };
    } catch (error) {
      breakBarrier(counts);
      message = error instanceof BrokenBarrier ? "broken" : { error };
    }
    port.postMessage(message);
  };

  const starting = create(assignment);
  port.on("message", (request: Request) =>
    reply(async () => {
      const member = await starting;
      return request.kind === "step" ? member.step(request) : member.adam();
    }));
  await reply(async () => {
    await starting;
    return "ready" as const;
  });
}
