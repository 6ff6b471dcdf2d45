import { upTo } from "./product_parts.ts";

/** The axis along which the 8 invocations of a workgroup lie next to each other. */
export type Across = "rows" | "columns";

/** The rows or columns of an invocation, in WGSL. */
interface Side {
  /** The names of those that are found, without what they begin with. */
  names: number[];
  /** Those of four rows or columns. */
  namesIn(quad: number): number[];
  /** Declares what was found. */
  positions: string[];
  /** Where one is. */
  at(i: number): string;
}

/**
 * The rows or columns of an invocation, which come in fours.
 *
 * @param inFours Whether four are found and read at once.
 * @param isAcross Whether the other invocations have those next to them.
 */
export function sideOf(
  name: "row" | "column",
  inFours: boolean,
  isAcross: boolean,
  each: number,
): Side {
  const first = name === "row" ? "firstRow" : "firstColumn";
  const at = (i: number) =>
    isAcross
      ? `${first} + 4u * lane + ${32 * (i >> 2) + i % 4}u`
      : `${first} + ${i}u`;
  const names = upTo(inFours ? each / 4 : each);
  const width = inFours ? 4 : 1;
  return {
    names,
    namesIn: (quad) => inFours ? [quad] : names.slice(4 * quad, 4 * quad + 4),
    // Beyond the last one, that is read, and not written.
    positions: names.map((i) =>
      `let ${name}${i} = ${name}Of(min(${
        at(width * i)
      }, constants.${name}s - ${width}u));`
    ),
    at,
  };
}
