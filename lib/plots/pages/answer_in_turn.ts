import type { PageRequest } from "./page_server.ts";

/**
 * Answers what pages post with JSON, one after the other; what is thrown is an
 * answer too, `{ error }` with the status 400.
 *
 * @param reply Given what was posted.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const answer = answerInTurn((body) => ({ length: body.length }));
 * const response = await answer({ method: "POST", body: "four" });
 * assert.deepEqual(await response.json(), { length: 4 });
 * ```
 */
export function answerInTurn(
  reply: (body: string) => object | Promise<object>,
): (request: PageRequest) => Promise<Response> {
  let last: Promise<unknown> = Promise.resolve();
  const answer = async (body: string) => {
    try {
      return Response.json(await reply(body));
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return Response.json({ error: text }, { status: 400 });
    }
  };
  return ({ body }) => {
    const next = last.then(() => answer(body));
    last = next;
    return next;
  };
}
