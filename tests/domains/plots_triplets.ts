import * as api from "../../lib/mod.ts";
import { sides, size } from "./figure_sizes.ts";
import * as is from "./kinds.ts";
import { type Room, row } from "./row.ts";

/** An anchor, its positive and two negatives. */
const neighbors = () => ({
  distances: [0, 0.5, 0.6, 0.3],
  labels: [4, 4, 9, 7],
  anchor: 0,
});
const ofNeighbors = {
  "0.distances": is.list({ min: 0 }, { fixed: true }),
  "0.labels": is.labels,
  "0.anchor": is.whole({ min: 0, max: 3 }),
};
const end = is.optional(is.number({ above: 0 }));
const kindCounts = () => ({ hard: 1, semiHard: 2, easy: 3 });

export const plotsTripletsRoom: Room = {
  bandFigure: row(
    api.bandFigure,
    () => [{ ...neighbors(), positive: 1 }, { margin: 0.2, end: 2, ...size() }],
    {
      ...ofNeighbors,
      "0.positive": is.whole({ min: 1, max: 1 }),
      "1.margin": is.number({ min: 0 }),
      "1.end": end,
      ...sides(1),
    },
  ),
  choiceFigure: row(
    api.choiceFigure,
    () => [
      neighbors(),
      { first: { positive: 1, negatives: [2, 3] } },
      { margin: 0.2, end: 2, ...size() },
    ],
    {
      ...ofNeighbors,
      "1.first.positive": is.whole({ min: 1, max: 1 }),
      "1.first.negatives": is.indices(4, { empty: true }),
      "2.margin": is.number({ min: 0 }),
      "2.end": end,
      ...sides(2),
    },
  ),
  gapFigure: row(
    api.gapFigure,
    () => [{ a: [-0.5, 0.1] }, { margin: 0.2, ...size() }],
    {
      "0.a": is.list({}),
      "1.margin": is.number({ min: 0 }),
      ...sides(1),
    },
  ),
  hingeFigure: row(
    api.hingeFigure,
    () => [[0.1, -0.3], { margin: 0.2, ...size() }],
    {
      "0": is.list({}, { empty: true }),
      "1.margin": is.number({ min: 0 }),
      ...sides(1),
    },
  ),
  kindAreas: row(api.kindAreas, () => [[kindCounts(), kindCounts()], size()], {
    "0.1.hard": is.number({ min: 0 }),
    "0.1.semiHard": is.number({ min: 0 }),
    "0.1.easy": is.number({ min: 0 }),
    ...sides(1),
  }),
  kindBars: row(api.kindBars, () => [{ a: kindCounts() }, size()], {
    "0.a.hard": is.number({ min: 0 }),
    "0.a.semiHard": is.number({ min: 0 }),
    "0.a.easy": is.number({ min: 0 }),
    ...sides(1),
  }),
  tripletToy: row(api.tripletToy, () => [{ margin: 0.2 }], {
    "0.margin": is.optional(is.number({ min: 0, max: 2 })),
  }),
};
