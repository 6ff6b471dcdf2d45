import { refuse, shown } from "../../numeric/refuse.ts";
import { checkBytes } from "../files/check_bytes.ts";
import type { Dataset } from "../files/labelled_images.ts";

/** The drawings of each symbol that somebody has enrolled, by its name: images `[28, 28]`. */
export type Enrolled = ReadonlyMap<string, readonly Uint8Array[]>;

const [mostSymbols, mostDrawings, longestName] = [100, 100, 20];
const pixelCount = 28 * 28;

/**
 * Enrolls a drawing under a name: of a new symbol, or one more of a symbol that is
 * there. What was given stays as it is.
 *
 * @param image As `centerAsMnist` makes it.
 * @param name Up to 20 letters, digits, spaces and signs, which is no digit itself.
 * @throws {RangeError} If the name is none, that of a digit or "__metadata__", the image has not
 * 28×28 bytes, or there are 100 symbols or 100 drawings of this one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const one = enroll(new Map(), "star", new Uint8Array(28 * 28));
 * const two = enroll(one, "star", new Uint8Array(28 * 28));
 * assert.deepEqual([one.get("star")?.length, two.get("star")?.length], [1, 2]);
 * assert.throws(() => enroll(two, "7", new Uint8Array(28 * 28)), {
 *   message: 'Cannot enroll a symbol: expected a name other than a digit\'s, got "7"',
 * });
 * ```
 */
export function enroll(
  enrolled: Enrolled,
  name: string,
  image: Uint8Array,
): Enrolled {
  const action = "enroll a symbol";
  checkEnrolled(action, enrolled);
  const own = typeof name === "string" ? name.trim().normalize() : name;
  checkName(action, own);
  checkImage(action, image);
  const drawings = enrolled.get(own) ?? [];
  if (drawings.length === 0 && enrolled.size >= mostSymbols) {
    refuse(action, `at most ${mostSymbols} symbols`, "one more");
  }
  if (drawings.length >= mostDrawings) {
    refuse(
      action,
      `at most ${mostDrawings} drawings of ${shown(own)}`,
      "one more",
    );
  }
  return new Map([...enrolled, [own, [...drawings, image.slice()]]]);
}

/**
 * All enrolled drawings as a dataset. The labels go on after the digits: 10 is the
 * first symbol's.
 *
 * @returns The dataset, and the symbols' names in the order of their labels.
 * @throws {RangeError} If it is no map of symbols.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const enrolled = enroll(new Map(), "star", new Uint8Array(28 * 28));
 * const { names, dataset } = enrolledImages(enrolled);
 * assert.deepEqual([names, [...dataset.labels]], [["star"], [10]]);
 * ```
 */
export function enrolledImages(
  enrolled: Enrolled,
): { names: string[]; dataset: Dataset } {
  checkEnrolled("list enrolled symbols", enrolled);
  const all = [...enrolled.values()].flatMap((drawings, i) =>
    drawings.map((image) => ({ image, label: 10 + i }))
  );
  const images = new Uint8Array(all.length * pixelCount);
  all.forEach(({ image }, i) => images.set(image, i * pixelCount));
  const labels = Uint8Array.from(all, ({ label }) => label);
  return {
    names: [...enrolled.keys()],
    dataset: { images, labels, count: all.length, height: 28, width: 28 },
  };
}

/** Refuses a name that is blank, too long, of signs that nobody sees, a digit's, or a file's own. */
export function checkName(action: string, name: unknown): void {
  const isName = typeof name === "string" && name === name.trim() &&
    name.length > 0 && [...name].length <= longestName &&
    name.isWellFormed() && !/\p{C}/u.test(name);
  if (!isName) {
    refuse(action, `a name of 1 to ${longestName} characters`, shown(name));
  }
  if (/^\d$/.test(name)) {
    refuse(action, "a name other than a digit's", shown(name));
  }
  // Where safetensors keep their metadata, no drawings can be saved.
  if (name === "__metadata__") {
    refuse(action, "a name that a file can hold", shown(name));
  }
}

/** Refuses what is no image of 28×28 bytes. */
export function checkImage(action: string, image: unknown): void {
  checkBytes(action, image);
  const { length } = image as Uint8Array;
  if (length !== pixelCount) refuse(action, "28×28 bytes", `${length}`);
}

/** Refuses what is no map. */
export function checkEnrolled(action: string, enrolled: unknown): void {
  if (!(enrolled instanceof Map)) {
    refuse(action, "a map of enrolled symbols", shown(enrolled));
  }
}
