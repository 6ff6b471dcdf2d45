import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { assert, assertEquals, assertThrows } from "../../../assert.ts";

await useBackend("wasm");

/** The discrete Fourier transform by its definition: parts by turns. */
function dft(numbers: readonly number[], inverse = false): number[] {
  const n = numbers.length / 2;
  const result = numbers.map(() => 0);
  for (let k = 0; k < n; k++) {
    for (let j = 0; j < n; j++) {
      const angle = (inverse ? 2 : -2) * Math.PI * (j * k % n) / n;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const [real, imaginary] = [numbers[2 * j]!, numbers[2 * j + 1]!];
      result[2 * k]! += real * cos - imaginary * sin;
      result[2 * k + 1]! += real * sin + imaginary * cos;
    }
  }
  return inverse ? result.map((value) => value / n) : result;
}

/** A complex tensor of parts by turns. */
function complexOf(numbers: readonly number[], shape: number[]): tf.Tensor {
  const part = (first: number) =>
    tf.tensor(numbers.filter((_, i) => i % 2 === first), shape);
  return tf.complex(part(0), part(1));
}

function assertNear(actual: ArrayLike<number>, expected: readonly number[]) {
  assertEquals(actual.length, expected.length);
  expected.forEach((value, i) =>
    assert(
      Math.abs(actual[i]! - value) < 1e-4,
      `expected ${value} at ${i}, got ${actual[i]}`,
    )
  );
}

const numbers = (count: number) =>
  fc.array(fc.integer({ min: -32, max: 32 }), {
    minLength: 2 * count,
    maxLength: 2 * count,
  }).map((values) => values.map((value) => value / 8));

Deno.test("fft() and ifft() equal the definition for rows of any length", () => {
  const cases = fc.record({
    rows: fc.integer({ min: 1, max: 3 }),
    length: fc.integer({ min: 1, max: 36 }),
    inverse: fc.boolean(),
  }).chain((sizes) =>
    fc.tuple(fc.constant(sizes), numbers(sizes.rows * sizes.length))
  );
  fc.assert(fc.property(cases, ([{ rows, length, inverse }, values]) => {
    tf.tidy(() => {
      const x = complexOf(values, [rows, length]);
      const y = (inverse ? tf.spectral.ifft : tf.spectral.fft)(x);
      assertEquals(y.shape, [rows, length]);
      assertEquals(y.dtype, "complex64");
      const expected = Array.from(
        { length: rows },
        (_, row) =>
          dft(values.slice(2 * row * length, 2 * (row + 1) * length), inverse),
      );
      assertNear(y.dataSync(), expected.flat());
    });
  }));
});

Deno.test("rfft() equals numpy's, and irfft() gives back the row", () => {
  tf.tidy(() => {
    const spectrum = tf.spectral.rfft(tf.tensor2d([[1, 2, 3, 4, 5, 6]]));
    // numpy.fft.rfft([1, 2, 3, 4, 5, 6])
    const expected = [21, 0, -3, 5.1961524, -3, 1.7320508, -3, 0];
    assertEquals(spectrum.shape, [1, 4]);
    assertNear(spectrum.dataSync(), expected);
    const back = tf.spectral.irfft(spectrum);
    assertNear(back.dataSync(), [1, 2, 3, 4, 5, 6]);
    const longer = tf.spectral.rfft(tf.tensor2d([[1, 2, 3]]), 4);
    // numpy.fft.rfft([1, 2, 3], 4)
    assertNear(longer.dataSync(), [6, 0, -2, -2, 2, 0]);
  });
});

Deno.test("stft() of ones is the window's transform, frame by frame", () => {
  tf.tidy(() => {
    const frames = tf.signal.stft(tf.ones([16]) as tf.Tensor1D, 8, 4);
    assertEquals(frames.shape, [3, 5]);
    const [first] = tf.abs(frames).arraySync() as number[][];
    assertNear(first!, [4, 2, 0, 0, 0]);
  });
});

Deno.test("complex() can be taken apart, reshaped, cloned, cast and read", async () => {
  const before = tf.memory().numTensors;
  const held = tf.tidy(() => {
    const x = complexOf([3, 4, 0, -2, 1, 0], [3]);
    assertEquals([...tf.real(x).dataSync()], [3, 0, 1]);
    assertEquals([...tf.imag(x).dataSync()], [4, -2, 0]);
    assertEquals([...tf.abs(x).dataSync()], [5, 2, 1]);
    assertEquals([...tf.cast(x, "float32").dataSync()], [3, 0, 1]);
    const cast = tf.cast(tf.tensor1d([2, 5], "int32"), "complex64");
    assertEquals([...cast.dataSync()], [2, 0, 5, 0]);
    return tf.clone(tf.reshape(x, [3, 1]));
  });
  assertEquals([...await held.data()], [3, 4, 0, -2, 1, 0]);
  assertEquals(held.shape, [3, 1]);
  held.dispose();
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("other kernels refuse complex numbers and leave nothing behind", () => {
  const x = complexOf([1, 2], [1]);
  const before = tf.memory().numTensors;
  for (const apply of [tf.square, tf.sum, tf.relu]) {
    assertThrows(() => apply(x), RangeError, "expected real numbers");
  }
  assertThrows(() => tf.concat([x, x]), RangeError, "got complex64 [1]");
  assertEquals(tf.memory().numTensors, before);
  x.dispose();
});
