/** How many of the ascending values are below a limit. */
export function lowerBound(
  ascending: ArrayLike<number>,
  limit: number,
): number {
  return countBelow(ascending, limit, false);
}

/** How many of the ascending values are below a limit or equal to it. */
export function upperBound(
  ascending: ArrayLike<number>,
  limit: number,
): number {
  return countBelow(ascending, limit, true);
}

function countBelow(
  ascending: ArrayLike<number>,
  limit: number,
  orEqual: boolean,
): number {
  let [from, to] = [0, ascending.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    const value = ascending[middle]!;
    if (value < limit || orEqual && value === limit) from = middle + 1;
    else to = middle;
  }
  return from;
}
