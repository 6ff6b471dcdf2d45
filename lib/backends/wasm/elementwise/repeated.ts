/**
 * Whether a shape's values are repeated, one after the other, to fill another that
 * has values.
 */
export function isRepeated(
  part: readonly number[],
  whole: readonly number[],
): boolean {
  if (part.length > whole.length || whole.includes(0)) return false;
  const first = part.findIndex((side) => side !== 1);
  const sides = first < 0 ? [] : part.slice(first);
  return sides.every((side, i) => side === whole.at(i - sides.length));
}
