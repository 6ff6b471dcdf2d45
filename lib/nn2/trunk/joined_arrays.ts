/** Several arrays as one. */
export function joinArrays(arrays: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(
    arrays.reduce((sum, { length }) => sum + length, 0),
  );
  let end = 0;
  for (const array of arrays) {
    joined.set(array, end);
    end += array.length;
  }
  return joined;
}

/** The arrays that {@linkcode joinArrays} joined, each as long as its like. */
export function splitArray(
  joined: Float64Array,
  like: readonly ArrayLike<number>[],
): Float64Array[] {
  let end = 0;
  return like.map(({ length }) => joined.subarray(end, end += length));
}
