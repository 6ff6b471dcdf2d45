import {
  access,
  type Code,
  instruction,
  type One,
  vectorInstruction,
} from "./code.ts";
import { f32x4 } from "./floats.ts";

/** Instructions on one float64, which only lives on the stack and in memory. */
export const f64 = {
  load: access([0x2b], 3).load,
  store: access([0x39], 3).store,
  add: instruction(0xa0),
  div: instruction(0xa3),
  /** Of a float32. */
  ofFloat: instruction<One>(0xbb),
  /** A count without a sign as a float64. */
  ofCount: instruction<One>(0xb8),
  /** Rounded to float32. */
  round: instruction<One>(0xb6),
};

const promoteLow = vectorInstruction<One>(0x5f);

/** Instructions on two float64 at once. */
export const f64x2 = {
  add: vectorInstruction(0xf0),
  /** The first two of four floats. */
  ofLow: promoteLow,
  /** The last two of four floats, which are written out twice. */
  ofHigh: (floats: Code): Code =>
    promoteLow(f32x4.shuffle(floats, floats, [2, 3, 2, 3])),
  /** One float from memory, and 0. */
  ofFloat: (address: Code): Code =>
    promoteLow(access([0xfd, 0x5c], 2).load(address)),
  /** Its two numbers added: a float64. */
  total: (pair: Code): Code =>
    f64.add([pair, 0xfd, 0x21, 0], [pair, 0xfd, 0x21, 1]),
};
