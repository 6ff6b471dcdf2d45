import { refuse, shown } from "../../../numeric/refuse.ts";
import type { Call } from "./kernel.ts";

/**
 * Finite numbers among a kernel's attributes.
 *
 * @throws {RangeError} If one is missing or is none.
 */
export function takeNumbers<Name extends string>(
  { name, attributes }: Pick<Call, "name" | "attributes">,
  names: readonly Name[],
): Record<Name, number> {
  const given = attributes as Record<string, unknown>;
  const numbers = names.map((key) => {
    const value = given[key];
    if (typeof value === "number" && Number.isFinite(value)) {
      return [key, value];
    }
    return refuse(
      `run ${name} on the webgpu backend`,
      `a finite ${key}`,
      shown(value),
    );
  });
  return Object.fromEntries(numbers);
}
