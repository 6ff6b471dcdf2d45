/**
 * Discrete Fourier transforms of any length n = p₁ · p₂ · …, in n · (p₁ + p₂ + …)
 * steps and double precision.
 *
 * Source: Cooley and Tukey, "An algorithm for the machine calculation of complex
 * Fourier series", 1965.
 *
 * @module
 */

/**
 * The transform of complex numbers, in place: Xₖ = Σⱼ xⱼ exp(−2πi jk / n), or with
 * +2πi and divided by n for the inverse.
 *
 * @param numbers Real and imaginary parts by turns.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const numbers = Float64Array.of(1, 0, 2, 0);
 * fourierTransform(numbers, false);
 * assert.deepEqual([...numbers], [3, 0, -1, 0]);
 * ```
 */
export function fourierTransform(
  numbers: Float64Array | Float32Array,
  inverse: boolean,
): void {
  const n = numbers.length / 2;
  const turn = (inverse ? 2 : -2) * Math.PI / n;
  const roots = new Float64Array(2 * n);
  for (let k = 0; k < n; k++) {
    // The cosine of a quarter of a turn is 6e-17 for Math.cos.
    const exact = (value: number) =>
      4 * k % n === 0 ? Math.round(value) + 0 : value;
    roots[2 * k] = exact(Math.cos(turn * k));
    roots[2 * k + 1] = exact(Math.sin(turn * k));
  }
  const result = transformed(numbers, 0, 1, n, roots);
  const factor = inverse ? 1 / n : 1;
  for (let i = 0; i < result.length; i++) numbers[i] = result[i]! * factor;
}

/**
 * The transform of every `step`-th number from the `first` one on: those of its
 * parts, which are every p-th, are joined.
 */
function transformed(
  numbers: ArrayLike<number>,
  first: number,
  step: number,
  n: number,
  roots: Float64Array,
): Float64Array {
  if (n <= 1) {
    return Float64Array.from(
      { length: 2 * n },
      (_, i) => numbers[2 * first + i]!,
    );
  }
  const p = smallestFactor(n);
  const length = n / p;
  const parts = Array.from(
    { length: p },
    (_, r) => transformed(numbers, first + r * step, step * p, length, roots),
  );
  const result = new Float64Array(2 * n);
  for (let k = 0; k < n; k++) {
    const from = 2 * (k % length);
    let [real, imaginary] = [0, 0];
    for (let r = 0; r < p; r++) {
      const root = 2 * (r * k % n) * step;
      const [a, b] = [parts[r]![from]!, parts[r]![from + 1]!];
      const [c, d] = [roots[root]!, roots[root + 1]!];
      real += a * c - b * d;
      imaginary += a * d + b * c;
    }
    result[2 * k] = real;
    result[2 * k + 1] = imaginary;
  }
  return result;
}

function smallestFactor(n: number): number {
  for (let factor = 2; factor * factor <= n; factor++) {
    if (n % factor === 0) return factor;
  }
  return n;
}
