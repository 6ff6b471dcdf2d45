import {
  type MinerName,
  minerNames,
} from "../../lib/triplets/miners/miners.ts";

const drawing = [
  "distance-weighted",
  "semi-hard-siamese-triplet",
  "semi-hard-facenet-on-mnist",
  "explicit",
] as const satisfies MinerName[];

/** The miners that draw at random, */
export type DrawingMiner = typeof drawing[number];
export const drawingMiners: readonly DrawingMiner[] = drawing;

/** and those that do not. */
export type FixedMiner = Exclude<MinerName, DrawingMiner>;
export const fixedMiners = minerNames.filter((miner): miner is FixedMiner =>
  !(drawing as readonly string[]).includes(miner)
);
