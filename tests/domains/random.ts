import { createRandom, restoreRandom, shuffle } from "../../lib/mod.ts";
import * as is from "./kinds.ts";
import { type Room, row } from "./row.ts";

export const randomRoom: Room = {
  createRandom: row(createRandom, () => [7], {
    "0": is.whole({ min: -(2 ** 31), max: 2 ** 32 - 1 }),
  }),
  "createRandom().integer": row(
    (below: number) => createRandom(1).integer(below),
    () => [10],
    { "0": is.whole({ min: 1 }) },
  ),
  restoreRandom: row(restoreRandom, () => [[1, -2, 3, 4]], {
    "0": is.list({ type: "integer", min: -(2 ** 31), max: 2 ** 31 - 1 }, {
      fixed: true,
    }),
  }),
  shuffle: row(shuffle, () => [[1, 2, 3], createRandom(1)], { "1": is.random }),
};
