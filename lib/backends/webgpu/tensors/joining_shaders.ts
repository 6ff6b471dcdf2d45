import { forEachElement } from "../runtime/elements.ts";
import {
  elementOf,
  forLanes,
  type LaneCount,
  lanesCode,
} from "../runtime/lanes.ts";
import type { Shader } from "../runtime/shader.ts";

/** Every device binds that many buffers and one more. */
export const mostParts = 7;

/**
 * Copies rows of parts into rows of a whole, or back, by the number of parts. `end0`
 * is where the first part's elements end in a row, `end1` the second's, and so on.
 */
export const joiningShaders = {
  join: forLanes((lanes) => byParts(lanes, true)),
  split: forLanes((lanes) => byParts(lanes, false)),
};

/** For each number of parts. */
function byParts(lanes: LaneCount, joins: boolean): Shader[] {
  return Array.from(
    { length: mostParts + 1 },
    (_, count) => joiningShader(lanes, joins, count),
  );
}

function joiningShader(
  lanes: LaneCount,
  joins: boolean,
  count: number,
): Shader {
  const all = Array.from({ length: count }, (_, i) => i);
  const whole = { whole: elementOf[lanes] };
  const parts = Object.fromEntries(
    all.map((i) => [`part${i}`, elementOf[lanes]]),
  );
  const copies = all.map((i) => {
    const [start, end] = [
      i === 0 ? "0u" : `constants.end${i - 1}`,
      `constants.end${i}`,
    ];
    const place = `part${i}[row * (${end} - ${start}) + column - ${start}]`;
    return `if (column < ${end}) { ${
      joins ? `whole[i] = ${place};` : `${place} = whole[i];`
    } }`;
  });
  return {
    name: joins ? "concatenation" : "split",
    inputs: joins ? parts : whole,
    outputs: joins ? whole : parts,
    constants: {
      size: "u32",
      ...Object.fromEntries(all.map((i) => [`end${i}`, "u32" as const])),
    },
    code: lanesCode[lanes] + forEachElement(`
    let width = constants.end${count - 1};
    let row = i / width;
    let column = i % width;
    ${copies.join("\n    else ")}`),
  };
}
