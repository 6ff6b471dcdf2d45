import { checkWhole } from "../../numeric/domain.ts";
import { checkItems, checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import { checkRandom, type Random } from "../../numeric/random.ts";
import { checkRoom } from "../../numeric/shape.ts";
import { centerAsMnist } from "../drawing/center_as_mnist.ts";
import { drawPaths } from "../drawing/draw_paths.ts";
import type { Dataset } from "../files/labelled_images.ts";
import { drawHand } from "./hand.ts";
import { penPath } from "./pen_path.ts";
import { alphabet, type PenPoint, type Stroke } from "./strokes.ts";

/** Which letters to write, and how often. */
export interface LetterOptions {
  /** The number of images of each letter. */
  imagesPerClass: number;
  /** The capital letters, in the order of their classes: "A" to "Z" if left out. */
  letters?: readonly string[];
  /** Draws the hand that writes each of them. */
  random: Random;
}

/** The letters that {@linkcode makeLetters} can write: "A" to "Z". */
export const letterNames: readonly string[] = [...alphabet.keys()];

const action = "make letters";
/** Where a letter is drawn before it becomes 20 pixels high: its height, and the margin. */
const [height, margin] = [44, 40];

/**
 * Writes capital letters by seed, each by another hand: narrow or wide, slanted,
 * bent, with a thin or a thick pen, some letters in two ways. Each is then scaled
 * and centered as MNIST's digits are ({@linkcode centerAsMnist}). They stand in for
 * real handwriting where EMNIST's files are not at hand, and are easier to read:
 * their hands differ less than those of people.
 *
 * @returns Images of 28×28 pixels, class by class; the labels are places in
 * `letters`.
 * @throws {RangeError} If a letter is none of "A" to "Z" or comes twice, there is none, or
 * `imagesPerClass` is not a whole number of 1 or more.
 *
 * @example Two letters, three times each
 * ```ts
 * import assert from "node:assert/strict";
 * import { createRandom } from "../../numeric/random.ts";
 *
 * const letters = ["X", "O"];
 * const random = createRandom(1);
 * const made = makeLetters({ letters, imagesPerClass: 3, random });
 * assert.deepEqual([...made.labels], [0, 0, 0, 1, 1, 1]);
 * assert.equal(made.images.length, 6 * 28 * 28);
 * ```
 */
export function makeLetters(options: LetterOptions): Dataset {
  const { imagesPerClass, letters = letterNames, random } = optionsOf(
    action,
    options,
  );
  checkSome(action, "letters", letters);
  const known = (name: unknown) => letterNames.includes(name as string);
  checkItems(action, 'letters to be among "A" to "Z"', letters, known);
  checkItems(
    action,
    "letters to be there once each",
    letters,
    (name) =>
      letters.indexOf(name as string) === letters.lastIndexOf(name as string),
  );
  checkWhole(action, "imagesPerClass", imagesPerClass, 1, Infinity);
  checkRandom(action, random);
  const count = letters.length * imagesPerClass;
  checkRoom(action, "images", [count, 28, 28], 1);
  const images = new Uint8Array(count * 28 * 28);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    labels[i] = Math.floor(i / imagesPerClass);
    images.set(writeLetter(letters[labels[i]!]!, random), i * 28 * 28);
  }
  return { images, labels, count, height: 28, width: 28 };
}

function writeLetter(name: string, random: Random): Uint8Array {
  const ways = alphabet.get(name)!;
  const way = ways[random.integer(ways.length)]!;
  const { place, tremor, pen } = drawHand(random);
  const paths = way.map(({ points, curved }: Stroke) => {
    const missed = points.map(([x, y]): PenPoint => [
      x + tremor * random.normal(),
      y + tremor * random.normal(),
    ]);
    // A straight line bends with the letter too.
    return inSteps(penPath({ points: missed, curved })).map(
      (point): PenPoint => {
        const [x, y] = place(point);
        return [margin + height * x, margin + height * y];
      },
    );
  });
  const size = 2 * margin + height;
  return centerAsMnist(drawPaths(paths, { size, pen: pen * height }));
}

/** With three more places between each two, where a path has few. */
function inSteps(path: readonly PenPoint[]): PenPoint[] {
  const parts = path.length > 8 ? 1 : 4;
  return path.flatMap(([x, y], i) => {
    const [toX, toY] = path[i + 1] ?? [x, y];
    const length = i + 1 < path.length ? parts : 1;
    return Array.from({ length }, (_, step): PenPoint => [
      x + (toX - x) * step / parts,
      y + (toY - y) * step / parts,
    ]);
  });
}
