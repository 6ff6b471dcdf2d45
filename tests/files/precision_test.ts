import fc from "fast-check";
import {
  bytesPerValue,
  fromBytes,
  toBytes,
} from "../../lib/files/precision.ts";
import { assertEquals, assertThrows } from "../assert.ts";

const allHalves = Array.from({ length: 2 ** 16 }, (_, bits) => bits);

/** What the 16 bits mean, by IEEE 754's definition. */
function valueOf(bits: number): number {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent
    ? sign * 2 ** (exponent - 15) * (1 + fraction)
    : sign * 2 ** -14 * fraction;
}

function bitsOf(values: Iterable<number>): number[] {
  const bytes = toBytes(Float32Array.from(values), "float16");
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Array.from(
    { length: bytes.length / 2 },
    (_, i) => view.getUint16(2 * i, true),
  );
}

Deno.test("fromBytes() reads each of the 65,536 halves as its definition says", () => {
  const bytes = new Uint8Array(Uint16Array.from(allHalves).buffer);
  const values = fromBytes(bytes, "float16");
  assertEquals([...values], allHalves.map(valueOf));
});

Deno.test("toBytes() gives each of the 65,536 halves back", () => {
  const halves = allHalves.filter((bits) => !Number.isNaN(valueOf(bits)));
  assertEquals(bitsOf(halves.map(valueOf)), halves);
  assertEquals(valueOf(bitsOf([NaN])[0]!), NaN);
});

Deno.test("toBytes() rounds to the nearest half, and between two to the even one", () => {
  const lower = allHalves.filter((bits) => bits < 0x7bff);
  const between = lower.map((bits) => (valueOf(bits) + valueOf(bits + 1)) / 2);
  // Every half and every middle between two is a float32; so are these.
  const next = (value: number, by: 1 | -1) => {
    const float = Float32Array.of(value);
    new Uint32Array(float.buffer)[0]! += by;
    return float[0]!;
  };
  const expectations = [
    [between, lower.map((bits) => bits + bits % 2)],
    [between.map((value) => next(value, -1)), lower],
    [between.map((value) => next(value, 1)), lower.map((bits) => bits + 1)],
  ] as const;
  for (const [values, expected] of expectations) {
    assertEquals(bitsOf(values), expected);
    const negative = expected.map((bits) => bits | 0x8000);
    assertEquals(bitsOf(values.map((value) => -value)), negative);
  }
});

Deno.test("toBytes() keeps infinity and refuses numbers that would become it", () => {
  assertEquals(bitsOf([Infinity, -Infinity]), [0x7c00, 0xfc00]);
  const largest = 65519.996; // the last float32 that rounds to 65504
  assertEquals(bitsOf([largest, -largest]), [0x7bff, 0xfbff]);
  for (const value of [65520, -65520, 3e38]) {
    assertThrows(
      () => toBytes(Float32Array.of(1, value), "float16", "conv1/kernel"),
      RangeError,
      "Cannot store conv1/kernel as float16: expected values up to 65504, got",
    );
  }
});

Deno.test("fromBytes() undoes toBytes() in float32, from any offset", () => {
  fc.assert(fc.property(
    fc.array(fc.float()),
    fc.integer({ min: 0, max: 3 }),
    (numbers, offset) => {
      const values = Float32Array.from(numbers);
      const bytes = new Uint8Array(offset + 4 * values.length);
      bytes.set(toBytes(values, "float32"), offset);
      assertEquals(fromBytes(bytes.subarray(offset), "float32"), values);
    },
  ));
});

Deno.test("fromBytes() leaves out a value that was cut off", () => {
  for (const precision of ["float32", "float16"] as const) {
    const bytes = toBytes(Float32Array.of(1, 2), precision);
    assertEquals(bytes.length, 2 * bytesPerValue(precision));
    const cut = bytes.subarray(0, -1);
    assertEquals(fromBytes(cut, precision), Float32Array.of(1));
  }
});
