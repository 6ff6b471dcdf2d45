/** A place in the square that a letter fills: 0 to 1 to the right, 0 to 1 downwards. */
export type PenPoint = readonly [right: number, down: number];

/** One movement of the pen. */
export interface Stroke {
  points: readonly PenPoint[];
  /** Whether the pen goes smoothly through the points, or straight from each to the next. */
  curved: boolean;
}

// Of each letter the ways in which people write it. A straight stroke begins with |,
// a curved one with ~; a point is its place to the right and downwards, in hundredths.
const written = {
  A: [
    "| 5,100 50,0 95,100 | 22,65 80,63",
    "~ 8,100 12,40 50,0 88,40 92,100 | 10,60 90,60",
  ],
  B: [
    "| 15,0 15,100 ~ 15,2 60,0 82,24 60,48 15,50 ~ 15,50 70,50 92,74 68,98 15,100",
  ],
  C: ["~ 90,18 60,0 20,14 6,50 20,88 60,100 92,82"],
  D: ["| 15,0 15,100 ~ 15,2 60,4 92,45 66,94 15,100"],
  E: [
    "| 90,2 15,0 15,100 92,98 | 15,48 75,50",
    "~ 88,10 50,0 22,22 50,47 62,48 ~ 55,48 20,58 12,80 50,100 92,88",
  ],
  F: ["| 92,2 18,0 15,100 | 17,46 75,47"],
  G: ["~ 88,16 55,0 18,15 6,50 20,88 58,100 86,85 90,56 | 52,56 95,55"],
  H: ["| 12,0 10,100 | 88,0 90,100 | 10,50 90,48"],
  I: ["| 50,0 50,100 | 25,1 75,0 | 25,100 75,99"],
  J: [
    "~ 68,0 70,40 66,86 40,100 14,82",
    "~ 66,0 68,45 62,88 36,100 12,80 | 35,1 95,0",
  ],
  K: [
    "| 15,0 13,100 | 85,2 15,55 | 36,40 90,100",
    "| 14,0 14,100 ~ 84,0 50,40 18,50 55,62 90,100",
  ],
  L: ["| 18,0 15,100 88,97"],
  M: [
    "| 5,100 14,0 50,68 86,0 95,100",
    "~ 6,100 10,30 27,2 45,30 50,75 56,30 74,2 90,30 95,100",
  ],
  N: ["| 10,100 12,0 86,100 90,0"],
  O: ["~ 55,1 20,12 4,50 20,88 50,100 80,88 96,50 82,13 50,0"],
  P: ["| 15,0 15,100 ~ 15,2 65,0 90,26 65,52 15,55"],
  Q: ["~ 55,1 20,12 4,50 20,88 50,100 80,88 96,50 82,13 50,0 | 58,68 98,106"],
  R: [
    "| 15,0 15,100 ~ 15,2 60,0 82,24 60,48 15,50 | 42,50 90,100",
    "~ 16,100 16,50 18,5 60,0 82,22 60,46 24,52 ~ 30,50 55,62 90,100",
  ],
  S: ["~ 86,14 52,0 18,20 45,46 80,70 52,100 10,86"],
  T: ["| 5,2 95,0 | 50,0 50,100"],
  U: ["~ 10,0 10,50 22,90 50,100 78,90 90,50 90,0"],
  V: ["| 5,0 48,100 95,0"],
  W: [
    "| 2,0 25,100 50,30 75,100 98,0",
    "~ 4,0 8,70 26,100 44,75 50,30 56,75 74,100 92,70 97,0",
  ],
  X: ["| 8,0 92,100 | 90,0 8,100"],
  Y: ["| 6,0 50,48 | 94,0 50,48 48,100", "| 8,0 48,50 | 94,0 22,100"],
  Z: ["| 8,2 92,0 6,100 94,98", "| 8,2 90,0 8,100 94,98 | 25,50 75,48"],
};

/**
 * A small alphabet of capital letters: of each the ways in which people write it, as
 * movements of a pen. It is this project's own, drawn by hand for its tests and
 * notebooks; no font is in it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal([...alphabet.keys()].join(""), "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
 * const [stroke] = alphabet.get("L")![0]!;
 * assert.deepEqual(stroke, {
 *   points: [[0.18, 0], [0.15, 1], [0.88, 0.97]],
 *   curved: false,
 * });
 * ```
 */
export const alphabet: ReadonlyMap<string, readonly (readonly Stroke[])[]> =
  new Map(
    Object.entries(written).map(([name, ways]) => [name, ways.map(readWay)]),
  );

function readWay(text: string): Stroke[] {
  return text.split(/ (?=[|~])/).map((stroke) => {
    const [kind, ...places] = stroke.split(" ");
    const points = places.map((place): PenPoint => {
      const [right, down] = place.split(",");
      return [Number(right) / 100, Number(down) / 100];
    });
    return { points, curved: kind === "~" };
  });
}
