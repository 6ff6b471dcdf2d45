import { parentPort, workerData } from "node:worker_threads";
import { breakBarrier, BrokenBarrier } from "./barrier.ts";
import type { Member } from "./member.ts";
import type { Assignment, Reply, Request } from "./messages.ts";
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
  const { control } = viewShared(assignment.memory);
  const reply = async (
    work: () => Promise<Extract<Reply, { answer: unknown }>["answer"]>,
  ) => {
    let message: Reply;
    try {
      message = { answer: await work() };
    } catch (error) {
      breakBarrier(control);
      message = error instanceof BrokenBarrier ? "broken" : { error };
    }
    port.postMessage(message);
  };

  let member: Member | undefined;
  port.on(
    "message",
    (request: Request) =>
      reply(async () =>
        request.kind === "step" ? member!.step(request) : member!.adam()
      ),
  );
  await reply(async () => {
    member = await create(assignment);
    return "ready";
  });
}
