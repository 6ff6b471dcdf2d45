import { checkValue } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import { shown } from "../../numeric/refuse.ts";
import { currentNotebook, type Notebook } from "../notebook/output.ts";
import { show } from "../notebook/show.ts";
import { checkExpected, type Expected, isSameAnswer } from "./same_answer.ts";

/** What helps a reader whose answer is wrong. */
export interface AnswerOptions {
  /** A sentence that leads on; none by default. */
  hint?: string;
  /**
   * How far a number may be from the right one, 0 or more; by default a
   * millionth of the right one.
   */
  tolerance?: number;
}

/** A rule for answers that can be right in many ways, such as a function. */
// deno-lint-ignore no-explicit-any -- a reader's answer may be anything
export type AnswerRule = (answer: any) => boolean | Promise<boolean>;

/**
 * Says below the cell whether a reader's answer to an exercise is right; if
 * not, what it was, and a hint. A wrong answer throws nothing, so that a
 * notebook runs to its end without any answer.
 *
 * @param answer Undefined until the reader has written one. It may be a promise.
 * @param expected The right answer, or a function that says whether it is one.
 * What that throws counts as wrong, and is shown.
 * @param notebook Where to show it; the one whose kernel runs this by default.
 * @throws {RangeError} If the expected answer or the tolerance cannot be one.
 *
 * @example
 * ```ts
 * const answer = undefined; // your answer: a number
 * await checkAnswer(answer, 1320, { hint: "Each image can be an anchor." });
 * await checkAnswer(0.333, 1 / 3, { tolerance: 0.001 });
 * await checkAnswer(
 *   (a: number, b: number) => (a - b) ** 2,
 *   (distance) => distance(1, 3) === 4,
 * );
 * ```
 */
export async function checkAnswer(
  answer: unknown,
  expected: Expected | AnswerRule,
  options: AnswerOptions = {},
  notebook: Notebook | undefined = currentNotebook(),
): Promise<void> {
  const action = "check an answer";
  const { hint = "", tolerance } = optionsOf(action, options);
  if (typeof expected !== "function") checkExpected(action, expected);
  if (tolerance !== undefined) {
    checkValue(action, "tolerance", tolerance, { type: "number", min: 0 });
  }
  const given = await answer;
  await show(
    given === undefined
      ? "*Not answered yet.*"
      : await judged(given, expected, { hint, tolerance }),
    notebook,
  );
}

async function judged(
  answer: unknown,
  expected: Expected | AnswerRule,
  { hint, tolerance }: { hint: string; tolerance: number | undefined },
): Promise<string> {
  let thrown = "";
  const isRight = async () => {
    if (typeof expected !== "function") {
      return isSameAnswer(
        answer,
        expected,
        tolerance ?? ownTolerance(expected),
      );
    }
    try {
      return await expected(answer) === true;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      thrown = ` It threw “${message}”.`;
      return false;
    }
  };
  const came = `\`${shown(answer).replaceAll("`", "'")}\``;
  if (await isRight()) return `✓ **Right:** ${came}.`;
  return `✗ **Not yet:** the answer was ${came}.${thrown}${
    hint && `\n\nHint: ${hint}`
  }`;
}

function ownTolerance(expected: Expected): number {
  const numbers = [expected].flat().filter((one) => typeof one === "number");
  return 1e-6 * Math.max(0, ...numbers.map(Math.abs));
}
