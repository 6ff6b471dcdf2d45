/**
 * The matrices of Winograd's minimal filtering F(4×4, 3×3): four by four pixels
 * of a 3×3 correlation cost 6·6 multiplications instead of 4·4·9,
 *
 * Y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A
 *
 * with a tile d of 6×6 pixels and the filter g (Lavin and Gray, arXiv 1509.09308).
 *
 * One dimension of it multiplies polynomials by their values at five points and
 * at infinity (Cook and Toom), and the points decide how much is lost to
 * rounding. The usual 0, ±1, ±2 lose about twice as much as points near ±c and
 * ±1/c (Alam and others, arXiv 2201.10369); these are such a pair whose powers
 * are exact in float32.
 *
 * @module
 */

/** A small matrix by rows. */
export type Matrix = readonly (readonly number[])[];

/** Output pixels of a tile along one axis. */
export const tilePixels = 4;
const taps = 3;
/** Input pixels that they see, and products, along one axis. */
export const tileReach = tilePixels + taps - 1;

const points = [0, 5 / 8, -5 / 8, 3 / 2, -3 / 2];

/** Π (p − q) over the other points q. */
const distance = (p: number) =>
  others(p).reduce((product, q) => product * (p - q), 1);
const others = (p: number) => points.filter((q) => q !== p);

/** The value of a polynomial of `terms` terms at each point and at infinity. */
const evaluate = (terms: number): Matrix => [
  ...points.map((p) => Array.from({ length: terms }, (_, power) => p ** power)),
  Array.from({ length: terms }, (_, power) => Number(power === terms - 1)),
];

/** The coefficients of Π (x − root), the constant one first. */
const polynomial = (roots: readonly number[]): number[] =>
  roots.reduce(
    (product, root) =>
      [0, ...product].map((above, i) => above - root * (product[i] ?? 0)),
    [1],
  );

/** The columns of a matrix as rows. */
const transpose = (matrix: Matrix): Matrix =>
  matrix[0]!.map((_, column) => matrix.map((row) => row[column]!));

/** Bᵀ, 6×6: from an input tile to its values. */
export const inputTransform: Matrix = [
  ...points.map((p) => [...polynomial(others(p)), 0]),
  polynomial(points),
];

/** G, 6×3: from a filter to its values. */
export const filterTransform: Matrix = evaluate(taps).map((row, i) =>
  row.map((value) => i < points.length ? value / distance(points[i]!) : value)
);

/** A, 6×4: from an output tile's gradient to the gradient of its values. */
export const outputGradientTransform: Matrix = evaluate(tilePixels);

/** Aᵀ, 4×6: from the products of values to an output tile. */
export const outputTransform: Matrix = transpose(outputGradientTransform);

/** Gᵀ, 3×6: from the gradient of a filter's values to the filter's gradient. */
export const filterGradientTransform: Matrix = transpose(filterTransform);
