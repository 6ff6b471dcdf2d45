import {
  access,
  type Code,
  instruction,
  type One,
  select,
  vectorInstruction,
} from "./code.ts";
import { signed } from "./leb128.ts";

const lessThan = instruction(0x49);

/** Instructions on whole numbers and addresses. */
export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value | 0)],
  load: access([0x28], 2).load,
  store: access([0x36], 2).store,
  add: instruction(0x6a),
  sub: instruction(0x6b),
  mul: instruction(0x6c),
  /** Rounded down; of numbers that are not negative. */
  div: instruction(0x6e),
  and: instruction(0x71),
  lessThan,
  equal: instruction(0x46),
  /** The lesser of two, which are both written out twice. */
  min: (a: Code, b: Code): Code => select(a, b, lessThan(a, b)),
};

/** Instructions on four whole numbers at once. */
export const i32x4 = {
  /** One number in all four lanes. */
  constant: (value: number): Code => {
    const lane = new Uint8Array(new Int32Array([value]).buffer);
    return [0xfd, 12, ...lane, ...lane, ...lane, ...lane];
  },
  /** Whether they are less, as numbers without a sign. */
  lessThan: vectorInstruction(0x3a),
  /** Twice as much. */
  double: (values: Code): Code => vectorInstruction(0xab)(values, i32.const(1)),
  toFloats: vectorInstruction<One>(0xfa),
};
