/** The eigenvectors of a symmetric matrix, largest eigenvalue first. */
export interface Eigen {
  /** `[size]`, descending. */
  values: Float64Array;
  /** `[size, size]`, a row for each value: of length 1, at right angles. */
  vectors: Float64Array;
}

/**
 * Decomposes a symmetric matrix in O(size³): Householder's reflections make it
 * tridiagonal, and QR steps with Wilkinson's shift make that diagonal (Golub &
 * Van Loan, Matrix Computations, 4th edition, sections 8.3.1 to 8.3.3).
 *
 * @param matrix `[size, size]`, symmetric and finite; overwritten.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
 * assert.deepEqual([...values].map((value) => Math.round(value)), [3, 1]);
 * assert.ok(Math.abs(vectors[0]! - vectors[1]!) < 1e-12);
 * ```
 */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const rows = reduce(matrix, size);
  const diagonal = Float64Array.from(
    { length: size },
    (_, i) => matrix[i * size + i]!,
  );
  const beside = Float64Array.from(
    { length: size - 1 },
    (_, i) => matrix[i * size + i + 1]!,
  );
  diagonalize(diagonal, beside, rows, size);

  const order = [...diagonal.keys()]
    .sort((a, b) => diagonal[b]! - diagonal[a]!);
  const vectors = new Float64Array(size * size);
  order.forEach((from, to) =>
    vectors.set(rows.subarray(from * size, (from + 1) * size), to * size)
  );
  return { values: Float64Array.from(order, (i) => diagonal[i]!), vectors };
}

/**
 * Makes the matrix A tridiagonal, T = RARᵀ.
 *
 * @returns The rotation R, `[size, size]`.
 */
function reduce(matrix: Float64Array, size: number): Float64Array {
  // Reflector k, of length √2, is 0 up to k and puts zeros below and right of
  // T's entry (k, k + 1).
  const reflectors: Float64Array[] = [];
  for (let k = 0; k < size - 2; k++) {
    const v = reflector(matrix.subarray(k * size, (k + 1) * size), k + 1);
    const w = v.map((_, i) => i < k ? 0 : dot(matrix, i * size, v, k + 1));
    const half = dot(w, 0, v, k + 1) / 2;
    for (let i = 0; i < size; i++) w[i]! -= half * v[i]!;
    for (let i = k; i < size; i++) {
      for (let j = k; j < size; j++) {
        matrix[i * size + j]! -= v[i]! * w[j]! + w[i]! * v[j]!;
      }
    }
    reflectors.push(v);
  }
  // The product of the reflections. From the last one on, so that each changes
  // a corner of it only.
  const product = new Float64Array(size * size);
  for (let i = 0; i < size; i++) product[i * size + i] = 1;
  for (let k = size - 3; k >= 0; k--) {
    const v = reflectors[k]!;
    for (let i = k + 1; i < size; i++) {
      const along = dot(product, i * size, v, k + 1);
      for (let j = k + 1; j < size; j++) {
        product[i * size + j]! -= along * v[j]!;
      }
    }
  }
  return product;
}

/** The v of length √2 for which x − v(v·x) is 0 after `from`; 0 if x is. */
function reflector(x: Float64Array, from: number): Float64Array {
  const v = x.slice();
  v.fill(0, 0, from);
  const largest = v.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  if (largest === 0) return v;
  // Near 1, no square can vanish.
  for (let i = from; i < v.length; i++) v[i]! /= largest;
  const length = Math.sqrt(dot(v, 0, v, from));
  // With the sign of its first entry, nothing cancels.
  v[from]! += v[from]! < 0 ? -length : length;
  const scale = Math.sqrt(dot(v, 0, v, from) / 2);
  return v.map((value) => value / scale);
}

function dot(
  a: Float64Array,
  offset: number,
  b: Float64Array,
  from: number,
): number {
  let sum = 0;
  for (let j = from; j < b.length; j++) sum += a[offset + j]! * b[j]!;
  return sum;
}

/** Turns the diagonal into eigenvalues and the rows into their eigenvectors. */
function diagonalize(
  diagonal: Float64Array,
  beside: Float64Array,
  rows: Float64Array,
  size: number,
): void {
  const largest = [...diagonal, ...beside]
    .reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const zero = (i: number) => Math.abs(beside[i]!) <= Number.EPSILON * largest;
  let end = size - 1;
  while (end > 0) {
    if (zero(end - 1)) {
      end--;
      continue;
    }
    let start = end - 1;
    while (start > 0 && !zero(start - 1)) start--;
    step(diagonal, beside, rows, size, start, end);
  }
}

/** One QR step on the block from `start` to `end`, by a chain of rotations. */
function step(
  diagonal: Float64Array,
  beside: Float64Array,
  rows: Float64Array,
  size: number,
  start: number,
  end: number,
): void {
  // Wilkinson's shift: the eigenvalue of the last two rows near the last entry.
  const last = beside[end - 1]!;
  const half = (diagonal[end - 1]! - diagonal[end]!) / 2;
  const root = Math.hypot(half, last);
  const shift = diagonal[end]! -
    last * (last / (half + (half < 0 ? -root : root)));

  let [x, z] = [diagonal[start]! - shift, beside[start]!];
  for (let k = start; k < end; k++) {
    const r = Math.hypot(x, z);
    const [c, s] = r > 0 ? [x / r, z / r] : [1, 0];
    if (k > start) beside[k - 1] = r;
    const [a, b, d] = [diagonal[k]!, beside[k]!, diagonal[k + 1]!];
    diagonal[k] = c * c * a + 2 * c * s * b + s * s * d;
    diagonal[k + 1] = s * s * a - 2 * c * s * b + c * c * d;
    beside[k] = c * s * (d - a) + (c * c - s * s) * b;
    if (k < end - 1) {
      // The rotation spoils an entry one further out; the next one mends it.
      [x, z] = [beside[k]!, s * beside[k + 1]!];
      beside[k + 1]! *= c;
    }
    rotate(rows, k * size, size, c, s);
  }
}

/** Rotates two rows, one below the other, into each other. */
function rotate(
  rows: Float64Array,
  at: number,
  size: number,
  c: number,
  s: number,
): void {
  for (let j = at; j < at + size; j++) {
    const upper = rows[j]!, lower = rows[j + size]!;
    rows[j] = c * upper + s * lower;
    rows[j + size] = c * lower - s * upper;
  }
}
