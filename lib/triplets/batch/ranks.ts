/**
 * Answers for many values how many of `ascending` are below each. The range is
 * cut into cells, so that hardly anything is left for the binary search, whose
 * branches no processor can foresee; where all is in one cell the search is
 * still logarithmic.
 *
 * @param values Looked up at `indices`.
 * @param orEqual Whether equal ones count too.
 * @returns A count for each index.
 */
export function ranksAmong(
  ascending: Float32Array | Float64Array,
  values: Float32Array,
  indices: Int32Array,
  orEqual = false,
): Int32Array {
  const ranks = new Int32Array(indices.length);
  const size = ascending.length;
  if (size === 0) return ranks;
  const least = ascending[0]!;
  const most = ascending[size - 1]!;
  const cells = 4 * size;
  const scale = most > least ? (cells - 1) / (most - least) : 0;
  // Cell c holds ascending[starts[c]] up to ascending[starts[c + 1]].
  const starts = new Int32Array(cells + 1);
  for (let i = 0; i < size; i++) {
    starts[((ascending[i]! - least) * scale | 0) + 1]!++;
  }
  for (let cell = 0; cell < cells; cell++) starts[cell + 1]! += starts[cell]!;
  for (let i = 0; i < indices.length; i++) {
    const value = values[indices[i]!]!;
    if (value > most) {
      ranks[i] = size;
    } else if (value >= least) {
      const cell = (value - least) * scale | 0;
      let from = starts[cell]!;
      let to = starts[cell + 1]!;
      while (from < to) {
        const middle = (from + to) >>> 1;
        const other = ascending[middle]!;
        if (other < value || orEqual && other === value) from = middle + 1;
        else to = middle;
      }
      ranks[i] = from;
    }
  }
  return ranks;
}
