import {
  type AnswerRule,
  checkAnswer,
} from "../../../lib/plots/exercises/check_answer.ts";
import type { Expected } from "../../../lib/plots/exercises/same_answer.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { fakeNotebook } from "../notebook/fake_notebook.ts";

async function said(
  answer: unknown,
  expected: Expected | AnswerRule,
  options?: Parameters<typeof checkAnswer>[2],
): Promise<string> {
  const notebook = fakeNotebook();
  await checkAnswer(answer, expected, options, notebook);
  assertEquals(notebook.displayed.length, 1);
  return notebook.displayed[0]!.bundle["text/markdown"] as string;
}

const hint = "Count the images.";

Deno.test("checkAnswer() takes no answer as none", async () => {
  assertEquals(await said(undefined, 3, { hint }), "*Not answered yet.*");
  assertEquals(await said(undefined, () => true), "*Not answered yet.*");
});

const right: [answer: unknown, expected: Expected | AnswerRule, number?][] = [
  [3, 3],
  [0.1 + 0.2, 0.3],
  [2.5, 3, 0.5],
  [Promise.resolve(3), 3],
  [" Semi-hard", "semi-hard"],
  [[1, 2], [1, 2]],
  [Int32Array.of(1, 2), [1, 2]],
  [["a", 2.1], ["A", 2], 0.2],
  [(x: number) => x + 1, (answer) => answer(2) === 3],
  [4, (answer) => Promise.resolve(answer % 2 === 0)],
];
for (const [answer, expected, tolerance] of right) {
  Deno.test(`checkAnswer() takes ${answer} for ${expected}`, async () => {
    const options = tolerance === undefined ? { hint } : { hint, tolerance };
    const text = await said(answer, expected, options);
    assert(text.startsWith("✓ **Right:** `"), text);
    assert(!text.includes(hint));
  });
}

const wrong: [
  answer: unknown,
  expected: Expected | AnswerRule,
  came: string,
][] = [
  [4, 3, "4"],
  [3.00001, 3, "3.00001"],
  ["3", 3, '"3"'],
  [NaN, 3, "NaN"],
  [null, 3, "null"],
  [3, "3", "3"],
  [[1], [1, 2], "[1]"],
  [[2, 1], [1, 2], "[2, 1]"],
  [12, [1, 2], "12"],
  [(x: number) => x, (answer) => answer(2) === 3, "a function"],
  ["a`b", "b", '"a\'b"'],
];
for (const [answer, expected, came] of wrong) {
  Deno.test(`checkAnswer() does not take ${answer} for ${expected}`, async () => {
    assertEquals(
      await said(answer, expected, { hint }),
      `✗ **Not yet:** the answer was \`${came}\`.\n\nHint: ${hint}`,
    );
  });
}

Deno.test("checkAnswer() shows what a reader's function throws", async () => {
  const answer = () => {
    throw new Error("no tensor");
  };
  assertEquals(
    await said(answer, (given) => given() === 3),
    "✗ **Not yet:** the answer was `a function`. It threw “no tensor”.",
  );
});

Deno.test("checkAnswer() refuses what no answer can be", async () => {
  for (const expected of [undefined, NaN, [], [null], {}]) {
    await assertRejects(
      () => said(1, expected as Expected),
      RangeError,
      "Cannot check an answer: expected the right answer to be a number",
    );
  }
});
