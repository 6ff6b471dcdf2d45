import fc from "fast-check";
import {
  rectifiedScaleShift,
  scaleShift,
} from "../../../../lib/backends/wasm/epilogue/functions.ts";
import {
  normalizationGradient,
  normalizationSums,
} from "../../../../lib/backends/wasm/norm/functions.ts";
import { assertAlmostEquals, assertEquals } from "../../../assert.ts";
import { normals } from "../../against_cpu.ts";
import { place, wasmHost } from "../runtime/working_memory.ts";

const host = await wasmHost();

/** Rows and channels around the four streams and the four lanes. */
const sizes = fc.tuple(fc.nat(13), fc.integer({ min: 1, max: 11 }));
const f = Math.fround;

/** Rows of numbers and constants for each channel, in memory. */
function given(rows: number, channels: number) {
  const put = (name: string, shape: number[], seed: number) => {
    const { values } = normals(shape, seed);
    return { values, ...place(host, name, values) };
  };
  const numbers = {
    x: put("x", [rows, channels], 1),
    dy: put("dy", [rows, channels], 2),
    mean: put("mean", [channels], 3),
    scale: put("scale", [channels], 4),
    beta: put("beta", [channels], 5),
    q: put("q", [channels], 6),
    r: put("r", [channels], 7),
  };
  const { x, mean, scale, beta } = numbers;
  /** x − mean of a value, and what the three operations make of it. */
  const lineAt = (i: number) => {
    const c = i % channels;
    const distance = f(x.values[i]! - mean.values[c]!);
    return {
      c,
      distance,
      height: f(f(distance * scale.values[c]!) + beta.values[c]!),
    };
  };
  const addresses = {
    mean: mean.address,
    scale: scale.address,
    beta: beta.address,
    rows,
    channels,
  };
  const check = () => Object.values(numbers).forEach(({ read }) => read());
  return { ...numbers, lineAt, addresses, check };
}

Deno.test("scaleShift() and rectifiedScaleShift() have the bits of their three operations", () => {
  fc.assert(fc.property(sizes, ([rows, channels]) => {
    const { x, addresses, lineAt, check } = given(rows, channels);
    const y = place(host, "y", x.values.map(() => NaN));
    const operands = { ...addresses, x: x.address, y: y.address };
    host.run(scaleShift, operands);
    const expected = x.values.map((_, i) => lineAt(i).height);
    assertEquals(y.read(), expected);
    host.run(rectifiedScaleShift, operands);
    // 0 and −0 are the same here.
    const rectified = expected.map((height) => height > 0 ? height : 0);
    assertEquals(y.read().map((value) => value + 0), rectified);
    check();
  }));
});

Deno.test("normalizationSums() adds up what the ReLU let through", () => {
  fc.assert(fc.property(sizes, ([rows, channels]) => {
    const { x, dy, addresses, lineAt, check } = given(rows, channels);
    const before = new Float32Array(channels).fill(3);
    const dBeta = place(host, "dBeta", before);
    const products = place(host, "products", before);
    host.run(normalizationSums, {
      ...addresses,
      x: x.address,
      dy: dy.address,
      dBeta: dBeta.address,
      products: products.address,
    });
    const expected = [before, before].map((sums) => Float64Array.from(sums));
    dy.values.forEach((slope, i) => {
      const { c, distance, height } = lineAt(i);
      if (!(height > 0)) return;
      expected[0]![c]! += slope;
      expected[1]![c]! += slope * distance;
    });
    [dBeta, products].forEach(({ read }, sum) =>
      read().forEach((value, c) =>
        assertAlmostEquals(value, expected[sum]![c]!, 1e-4)
      )
    );
    check();
  }));
});

Deno.test("normalizationGradient() has the bits of its operations, also in place", () => {
  fc.assert(fc.property(sizes, fc.boolean(), ([rows, channels], inPlace) => {
    const { x, dy, q, r, addresses, scale, lineAt } = given(rows, channels);
    const dx = inPlace ? dy : place(host, "dx", x.values.map(() => NaN));
    host.run(normalizationGradient, {
      ...addresses,
      x: x.address,
      dy: dy.address,
      q: q.address,
      r: r.address,
      dx: dx.address,
    });
    const expected = dy.values.map((slope, i) => {
      const { c, distance, height } = lineAt(i);
      const through = height > 0 ? f(slope * scale.values[c]!) : 0;
      const rest = f(f(distance * q.values[c]!) + r.values[c]!);
      return f(through + rest);
    });
    assertEquals(dx.read(), expected);
  }));
});
