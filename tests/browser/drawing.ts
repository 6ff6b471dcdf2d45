import { Buffer } from "node:buffer";
import type { Locator } from "playwright-core";
import { encodePng } from "../../lib/plots/encode/png.ts";
import { drawByMouse, type Points, three, touch } from "./drawings.ts";
import { waitUntil } from "./playthings.ts";

/** Draws strokes on an empty sheet; `halfway` is done in each, with the pen down. */
type Draw = (
  strokes: readonly Points[],
  halfway?: () => Promise<unknown>,
) => Promise<void>;

/** A triangle with a line through it, which is no digit, a little different each time. */
const sign = (k: number): Points[] => [
  [[0.5, 0.1], [0.1, 0.85 - 0.02 * k], [0.9, 0.85], [0.5, 0.1]],
  [[0.5 + 0.02 * k, 0.1], [0.5, 0.85]],
];

/** How long a busy machine may take for an answer, in milliseconds. */
const patience = 60_000;

/**
 * Draws on the sheet of a page as a reader does: a 3, a new symbol that is enrolled by three
 * drawings, and what is no drawing; by mouse, touch, keys and as a file. Says what
 * is answered wrongly. How long answers take is printed and not judged: it depends on
 * what else the machine does.
 */
export async function padProblems(pad: Locator): Promise<string[]> {
  const problems: string[] = [];
  const page = pad.page();
  const canvas = pad.locator("canvas");
  const button = (name: string) => pad.getByRole("button", { name }).click();
  const said = async () =>
    await pad.locator("[data-part=said]").textContent() ?? "";
  const expectSaid = async (pattern: RegExp, what: string) => {
    const isSaid = await waitUntil(
      async () => pattern.test(await said()),
      patience,
    );
    if (!isSaid) problems.push(`${what}: got "${await said()}"`);
  };
  const draw: Draw = async (strokes, halfway) => {
    await button("Clear");
    for (const stroke of strokes) await drawByMouse(canvas, stroke, halfway);
  };
  const enrollAs = async (name: string) => {
    await pad.getByPlaceholder("name").fill(name);
    await button("Enroll");
  };

  await canvas.scrollIntoViewIfNeeded();
  const times = await answerTimes(pad);
  for (let k = 0; k < 3; k++) {
    await draw([three]);
    await expectSaid(/^3: accepted/, "a 3 is read");
  }
  const took = (await times()).toSorted((a, b) => a - b);
  console.log(
    `answers ${took.length}, median ${took[took.length >> 1]} ms, slowest ${
      took.at(-1)
    } ms`,
  );
  problems.push(...await turnProblems(pad, draw));

  for (const k of [1, 2, 3]) {
    await draw(sign(k));
    await enrollAs("sign");
    await expectSaid(
      new RegExp(`^"sign" has ${k} drawing`),
      `drawing ${k} is enrolled`,
    );
  }
  for (
    const [name, wrong] of [
      ["7", /other than a digit's, got "7"/],
      [" ", /expected a name of 1 to 20 characters/],
      ["x".repeat(30), /expected a name of 1 to 20 characters/],
    ] as const
  ) {
    await enrollAs(name);
    await expectSaid(wrong, `the name "${name}" is refused`);
  }
  await button("Clear");
  await enrollAs("nothing");
  await expectSaid(/got an empty sheet/, "an empty sheet is refused");
  await draw([[[0.5, 0.5], [0.505, 0.5]]]);
  await expectSaid(/got a dot/, "a dot is refused");
  await draw(sign(2.5));
  await expectSaid(/^sign: accepted/, "the new symbol is read after all that");
  await draw([three]);
  await expectSaid(/^3: accepted/, "a 3 is a 3 still");

  const file = pad.locator("input[type=file]");
  const give = (name: string, mimeType: string, buffer: Uint8Array) =>
    file.setInputFiles({ name, mimeType, buffer: Buffer.from(buffer) });
  await give("note.txt", "text/plain", new TextEncoder().encode("3"));
  await expectSaid(/expected a picture such as PNG/, "a text is refused");
  await give("seven.png", "image/png", photographOfOne());
  await expectSaid(/^1: accepted/, "a photograph of a 1 is read");
  await give("blank.png", "image/png", photographOfOne(230));
  await expectSaid(/stands out from its paper/, "blank paper is refused");

  await button("Clear");
  await canvas.focus();
  const up = new Array<string>(8).fill("ArrowUp");
  const down = new Array<string>(18).fill("ArrowDown");
  for (const key of [...up, " ", ...down, " "]) {
    await page.keyboard.press(key);
  }
  await expectSaid(/^1: accepted/, "a 1 drawn by keys is read");

  await button("Clear");
  await touch(canvas, [[0.5, 0.15], [0.5, 0.5], [0.5, 0.85]]);
  await expectSaid(/^1: accepted/, "a 1 drawn by a finger is read");
  await button("Undo");
  await expectSaid(/^$/, "an undone stroke is gone");
  await draw([three]);
  return problems;
}

/** What a page has asked the Jupyter kernel about drawings. */
interface Asked {
  /** The whole questions, as JSON. */
  questions: string[];
  /** Those that are not answered yet, and the most of them at a time. */
  open: number;
  mostOpen: number;
}

/**
 * Draws a 3 and looks at what the page asks the kernel meanwhile. Says so if no answer
 * comes while the pen is down, if one question does not wait for the answer to the one
 * before, or if the last question is not about the whole drawing.
 */
async function turnProblems(pad: Locator, draw: Draw): Promise<string[]> {
  const page = pad.page();
  const answers = async () =>
    Number(await pad.getAttribute("data-answers") ?? 0);
  // The answer to what was drawn before may be on its way.
  let before = -1;
  await waitUntil(async () => {
    const count = await answers();
    const isQuiet = count === before;
    before = count;
    if (!isQuiet) await page.waitForTimeout(1000);
    return isQuiet;
  }, patience);
  const asked = await page.evaluateHandle((): Asked => {
    const asked: Asked = { questions: [], open: 0, mostOpen: 0 };
    const { fetch } = globalThis;
    globalThis.fetch = async (...given) => {
      const body = given[1]?.body;
      if (typeof body !== "string" || !body.startsWith('{"strokes"')) {
        return await fetch(...given);
      }
      asked.questions.push(body);
      asked.mostOpen = Math.max(asked.mostOpen, ++asked.open);
      return await fetch(...given).finally(() => asked.open--);
    };
    return asked;
  });
  const problems: string[] = [];
  await draw([three], async () => {
    if (!await waitUntil(async () => await answers() > before, patience)) {
      problems.push("no answer comes while the pen is down");
    }
  });
  const seen = async () => {
    const { questions, open, mostOpen } = await asked.jsonValue();
    return { questions, open, mostOpen, answered: await answers() - before };
  };
  const isOver = await waitUntil(async () => {
    const { open, questions, answered } = await seen();
    return open === 0 && answered === questions.length;
  }, patience);
  const { questions, mostOpen, answered } = await seen();
  if (!isOver || answered < 2) {
    problems.push(`${questions.length} questions, ${answered} answers`);
  }
  if (mostOpen !== 1) problems.push(`${mostOpen} questions at a time`);
  const last = JSON.parse(questions.at(-1) ?? "{}").strokes?.[0]?.at(-1);
  const end = three.at(-1)!;
  if (!(Math.hypot(last?.[0] - end[0], last?.[1] - end[1]) < 0.02)) {
    problems.push(`the last question ends at ${last}, not at ${end}`);
  }
  return problems;
}

/** Begins to keep how long each answer takes; gives those that came since. */
async function answerTimes(pad: Locator): Promise<() => Promise<number[]>> {
  await pad.evaluate((root) => {
    const kept: number[] = [];
    Object.assign(root, { facenetTimes: kept });
    new MutationObserver(() =>
      kept.push(Number((root as HTMLElement).dataset.milliseconds))
    ).observe(root, { attributes: true, attributeFilter: ["data-answers"] });
  });
  return () =>
    pad.evaluate((root) =>
      (root as HTMLElement & { facenetTimes: number[] }).facenetTimes
    );
}

/** A dark line on gray paper in uneven light, larger than a page posts; or blank. */
function photographOfOne(ink = 70): Uint8Array {
  const [height, width] = [400, 300];
  const pixels = Uint8Array.from({ length: height * width }, (_, i) => {
    const [y, x] = [Math.floor(i / width), i % width];
    const isInk = Math.abs(x - 150) < 9 && y > 80 && y < 320;
    return ink === 230 ? ink : (isInk ? ink : 220) - x / 10 - y / 20;
  });
  return encodePng({ pixels, height, width, channels: 1 });
}
