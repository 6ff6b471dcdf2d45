/** Whether no value is NaN or infinite. */
export function allFinite(values: Float32Array): boolean {
  // A finite number times 0 is 0. Four sums, as each waits for its last.
  const rest = values.length % 4;
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < rest; i++) a += values[i]! * 0;
  for (let i = rest; i < values.length; i += 4) {
    a += values[i]! * 0;
    b += values[i + 1]! * 0;
    c += values[i + 2]! * 0;
    d += values[i + 3]! * 0;
  }
  return a + b + c + d === 0;
}
