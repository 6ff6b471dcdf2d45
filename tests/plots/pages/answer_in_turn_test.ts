import { answerInTurn } from "../../../lib/plots/pages/answer_in_turn.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("answerInTurn() answers one after the other, also after an error", async () => {
  const log: string[] = [];
  const answer = answerInTurn(async (body) => {
    log.push(`begin ${body}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    log.push(`end ${body}`);
    if (body === "b") throw new RangeError("Cannot answer");
    return { body };
  });
  const responses = await Promise.all(
    ["a", "b", "c"].map((body) => answer({ method: "POST", body })),
  );
  assertEquals(log, [
    "begin a",
    "end a",
    "begin b",
    "end b",
    "begin c",
    "end c",
  ]);
  assertEquals(responses.map(({ status }) => status), [200, 400, 200]);
  assertEquals(await responses[1]!.json(), { error: "Cannot answer" });
});
