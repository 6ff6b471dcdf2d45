import {
  elementOf,
  forLanes,
  type LaneCount,
  lanesCode,
} from "../runtime/lanes.ts";
import type { Shader } from "../runtime/shader.ts";
import {
  addLines,
  addParts,
  addRows,
  groupSize,
  opening,
  shared,
  writeGradient,
  writePart,
} from "./gradient_code.ts";

/** So many normalizations of a launch there may be. */
export const mostTogether = 4;

/**
 * The shaders of a normalization's gradient, by how many a launch has:
 *
 * - `parts` adds up some rows in each workgroup,
 * - `finish` makes dz and the other gradients from the parts,
 * - `whole` does both, where a workgroup has all rows.
 *
 * `inPlace` has no dy: it is what is in dz.
 */
export const gradientShaders = {
  parts: byCount((lanes, count) =>
    shaderOf(lanes, count, {
      name: "parts of a normalization's gradient",
      inputs: ["dy", "z", "table"],
      outputs: [],
      parts: "outputs",
      code: opening + addRows("dy") + addLines + writePart,
    })
  ),
  finish: apartOrInPlace((dy) => ({
    name: "gradient of a normalization",
    parts: "inputs",
    code: opening + addParts + addLines + writeGradient(dy),
  })),
  whole: apartOrInPlace((dy) => ({
    name: "whole gradient of a normalization",
    code: opening + addRows(dy) + addLines + writeGradient(dy),
  })),
};

interface Description {
  name: string;
  inputs: readonly string[];
  outputs: readonly string[];
  /** Where all normalizations have their parts, if anywhere. */
  parts?: "inputs" | "outputs";
  code: string;
}

function apartOrInPlace(
  describe: (dy: string) => Omit<Description, "inputs" | "outputs">,
) {
  const outputs = ["dz", "dGamma", "dBeta", "dBias"];
  const variant = (dy: string, inputs: readonly string[]) =>
    byCount((lanes, count) =>
      shaderOf(lanes, count, { ...describe(dy), inputs, outputs })
    );
  return {
    apart: variant("dy", ["dy", "z", "table"]),
    inPlace: variant("dz", ["z", "table"]),
  };
}

function byCount(make: (lanes: LaneCount, count: number) => Shader) {
  return forLanes((lanes) =>
    Array.from({ length: mostTogether + 1 }, (_, count) => make(lanes, count))
  );
}

function shaderOf(
  lanes: LaneCount,
  count: number,
  { name, inputs, outputs, parts, code }: Description,
): Shader {
  const all = Array.from({ length: count }, (_, i) => i);
  const each = (names: readonly string[]) =>
    Object.fromEntries(
      all.flatMap((i) =>
        names.map((name) => [`${name}${i}`, elementOf[lanes]])
      ),
    );
  const shares = (kind: "inputs" | "outputs") =>
    parts === kind ? { parts: elementOf[lanes] } : {};
  return {
    name,
    inputs: { ...each(inputs), ...shares("inputs") },
    outputs: { ...each(outputs), ...shares("outputs") },
    constants: {
      rows: "u32",
      /** The rows of a workgroup, and how many parts there are of them. */
      groupRows: "u32",
      count: "u32",
      ...Object.fromEntries(
        all.flatMap((i) =>
          ["channels", "width", "end", "partsAt"]
            .map((name) => [`${name}${i}`, "u32" as const])
        ),
      ),
    },
    code: lanesCode[lanes] + shared +
      all.map((i) => code.replaceAll("#", `${i}`)).join("") + mainOf(all),
  };
}

/** Each normalization has the workgroups up to its end. */
function mainOf(all: readonly number[]): string {
  return `
@compute @workgroup_size(${groupSize})
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) index: u32,
) {
${
    all.map((i) => `
  if (group.x < constants.end${i}) {
    work${i}(group.x - ${
      i === 0 ? "0u" : `constants.end${i - 1}`
    }, group.y, index);
    return;
  }`).join("")
  }
}`;
}
