import fc from "fast-check";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import {
  type Host,
  hostOf,
  type WasmBackend,
} from "../../../lib/backends/wasm/host.ts";
import {
  winogradConvolve,
  winogradFits,
} from "../../../lib/backends/wasm/winograd.ts";
import { winogradFilterGradient } from "../../../lib/backends/wasm/winograd_filter_gradient.ts";
import {
  filterGradientTransform,
  filterTransform,
  inputTransform,
  type Matrix,
  outputGradientTransform,
  outputTransform,
} from "../../../lib/backends/wasm/winograd_matrices.ts";
import { assert, assertEquals } from "../../assert.ts";
import { normals } from "./against_cpu.ts";

async function wasmHost(): Promise<Host> {
  await useBackend("wasm");
  return hostOf(tf.backend() as unknown as WasmBackend);
}

const multiply = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) =>
    b[0]!.map((_, j) => row.reduce((sum, x, k) => sum + x * b[k]![j]!, 0))
  );
const transpose = (a: Matrix): Matrix =>
  a[0]!.map((_, j) => a.map((row) => row[j]!));
/** L · tile · Lᵀ. */
const both = (matrix: Matrix, tile: Matrix) =>
  multiply(multiply(matrix, tile), transpose(matrix));
const norm = (values: ArrayLike<number>) =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0));
/** The distance of two vectors, relative to the second one's length. */
function relativeError(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  size = norm(expected),
): number {
  const error = norm(Array.from(expected, (value, i) => actual[i]! - value));
  return error === 0 ? 0 : error / size;
}

/** Numbers in working memory between two that must survive. */
function place(host: Host, name: string, values: ArrayLike<number>) {
  const address = host.scratch(`test ${name}`, 4 * values.length + 128) + 64;
  const guarded = () =>
    host.floats().subarray(address / 4 - 16, address / 4 + values.length + 16);
  guarded().fill(777);
  host.floats().set(values, address / 4);
  const read = () => {
    const all = guarded().slice();
    const guards = [...all.subarray(0, 16), ...all.subarray(-16)];
    assert(guards.every((x) => x === 777), `${name} was left`);
    return all.subarray(16, -16);
  };
  return { address, read };
}

interface Sizes {
  count: number;
  height: number;
  width: number;
  /** Channels in and out. */
  channels: [number, number];
  /** Before and after the image, down and across. */
  down: [number, number];
  across: [number, number];
}

/** One convolution's numbers, and its three passes in float64 by plain loops. */
function plainPasses({ count, height, width, channels, down, across }: Sizes) {
  const [c, m] = channels;
  const outHeight = Math.max(0, height + down[0] + down[1] - 2);
  const outWidth = Math.max(0, width + across[0] + across[1] - 2);
  const x = normals([count, height, width, c], 1).values;
  const w = normals([3, 3, c, m], 2).values;
  const dy = normals([count, outHeight, outWidth, m], 3).values;
  const y = new Float64Array(dy.length);
  const dx = new Float64Array(x.length);
  const dw = new Float64Array(w.length);
  for (let pixel = 0; pixel < count * outHeight * outWidth; pixel++) {
    const image = Math.floor(pixel / (outHeight * outWidth));
    const i = Math.floor(pixel / outWidth) % outHeight;
    const j = pixel % outWidth;
    for (let tap = 0; tap < 9; tap++) {
      const row = i + Math.floor(tap / 3) - down[0];
      const column = j + tap % 3 - across[0];
      if (row < 0 || row >= height || column < 0 || column >= width) continue;
      for (let k = 0; k < c; k++) {
        const at = ((image * height + row) * width + column) * c + k;
        for (let o = 0; o < m; o++) {
          const weight = (tap * c + k) * m + o;
          const result = pixel * m + o;
          y[result]! += x[at]! * w[weight]!;
          dx[at]! += dy[result]! * w[weight]!;
          dw[weight]! += x[at]! * dy[result]!;
        }
      }
    }
  }
  return { outHeight, outWidth, x, w, dy, y, dx, dw };
}

/**
 * The same three passes by tiles, each with its distance to the plain loops,
 * relative to the length of the result. A tile is as exact as its largest
 * numbers, so where a few small products happen to be all of a result, the
 * length that is likely for factors of this size counts.
 */
function errors(host: Host, sizes: Sizes): [string, number][] {
  const { count, height, width, channels: [c, m], down, across } = sizes;
  const plain = plainPasses(sizes);
  const x = place(host, "x", plain.x);
  const w = place(host, "w", plain.w);
  const dy = place(host, "dy", plain.dy);
  // What is not written must not pass for right.
  const y = place(host, "y", plain.y.map(() => NaN));
  const dx = place(host, "dx", plain.dx.map(() => NaN));
  const dw = place(host, "dw", plain.dw.map(() => NaN));
  const input = { count, height, width, channels: c };
  const output = {
    count,
    height: plain.outHeight,
    width: plain.outWidth,
    channels: m,
  };
  const padding = { top: down[0], left: across[0] };
  winogradConvolve(host, {
    input: { ...input, address: x.address },
    padding,
    output: { ...output, address: y.address },
    filter: w.address,
    turned: false,
  });
  winogradConvolve(host, {
    input: { ...output, address: dy.address },
    padding: { top: 2 - padding.top, left: 2 - padding.left },
    output: { ...input, address: dx.address },
    filter: w.address,
    turned: true,
  });
  winogradFilterGradient(host, {
    input: { ...input, address: x.address },
    padding,
    dy: { ...output, address: dy.address },
    target: dw.address,
  });
  for (const { read } of [x, w, dy]) read();
  const error = (
    result: { read(): Float32Array },
    expected: Float64Array,
    factors: [Float32Array, Float32Array],
    terms: number,
  ) => {
    const likely = norm(factors[0]) * norm(factors[1]) / Math.sqrt(terms);
    const size = Math.max(norm(expected), likely);
    return relativeError(result.read(), expected, size);
  };
  const pixels = count * plain.outHeight * plain.outWidth;
  return [
    ["forward", error(y, plain.y, [plain.x, plain.w], c)],
    ["input gradient", error(dx, plain.dx, [plain.dy, plain.w], m)],
    ["filter gradient", error(dw, plain.dw, [plain.x, plain.dy], pixels)],
  ];
}

function assertClose(host: Host, sizes: Sizes): void {
  for (const [pass, error] of errors(host, sizes)) {
    assert(error < 2e-6, `${pass} of ${JSON.stringify(sizes)}: ${error}`);
  }
}

const tile = (side: number) =>
  fc.array(
    fc.array(fc.integer({ min: -9, max: 9 }), {
      minLength: side,
      maxLength: side,
    }),
    { minLength: side, maxLength: side },
  );

Deno.test("the Winograd matrices make a correlation, and its gradients", () => {
  fc.assert(fc.property(tile(6), tile(3), tile(4), (d, g, dy) => {
    const [u, v] = [both(filterTransform, g), both(inputTransform, d)];
    const products = (a: Matrix, b: Matrix) =>
      a.map((row, i) => row.map((x, j) => x * b[i]![j]!));
    const y = both(outputTransform, products(u, v));
    const dv = both(outputGradientTransform, dy);
    const dg = both(filterGradientTransform, products(dv, v));
    const correlate = (image: Matrix, kernel: Matrix) => {
      const side = image.length - kernel.length + 1;
      return Array.from(
        { length: side },
        (_, i) =>
          Array.from(
            { length: side },
            (_, j) =>
              kernel.reduce((total, row, a) =>
                row.reduce(
                  (sum, k, b) => sum + k * image[i + a]![j + b]!,
                  total,
                ), 0),
          ),
      );
    };
    const close = (a: Matrix, b: Matrix) =>
      a.flat().every((value, i) => Math.abs(value - b.flat()[i]!) < 1e-9);
    assert(close(y, correlate(d, g)));
    assert(close(dg, correlate(d, dy)));
  }));
});

const kernels: [string, Matrix, boolean][] = [
  ["winogradInput", inputTransform, true],
  ["winogradFilter", filterTransform, true],
  ["winogradOutputGradient", outputGradientTransform, true],
  ["winogradOutput", outputTransform, false],
  ["winogradFilterGradient", filterGradientTransform, false],
];
for (const [name, matrix, toValues] of kernels) {
  Deno.test(`${name} multiplies tiles by its matrix from both sides`, async () => {
    const host = await wasmHost();
    const [pixelSide, valueSide] = toValues
      ? [matrix[0]!.length, matrix.length]
      : [matrix.length, matrix[0]!.length];
    fc.assert(
      fc.property(fc.nat(3), fc.integer({ min: 1, max: 9 }), (tiles, c) => {
        const pixelCount = tiles * pixelSide ** 2;
        const pixels = normals([pixelCount, c], 1).values;
        const values = normals([valueSide ** 2, tiles, c], 2).values;
        const [from, to] = toValues ? [pixels, values] : [values, pixels];
        const source = place(host, "source", from);
        const target = place(host, "target", to.map(() => NaN));
        const scattered = toValues ? source : target;
        const table = host.scratch("test table", 4 * pixelCount);
        // Back to front: the tables may lead anywhere.
        const pixelAt = (index: number) => (pixelCount - 1 - index) * c;
        for (let i = 0; i < pixelCount; i++) {
          host.integers()[table / 4 + i] = scattered.address + 4 * pixelAt(i);
        }
        const matrices = toValues ? target : source;
        host.call[name]!(tiles, c, table, matrices.address, tiles * c * 4);
        const result = target.read();
        const atPixel = (t: number, i: number, j: number, k: number) =>
          pixelAt((t * pixelSide + i) * pixelSide + j) + k;
        const atValue = (t: number, i: number, j: number, k: number) =>
          ((j * valueSide + i) * tiles + t) * c + k;
        const [atFrom, atTo] = toValues
          ? [atPixel, atValue]
          : [atValue, atPixel];
        const fromSide = matrix[0]!.length;
        for (let t = 0; t < tiles; t++) {
          for (let k = 0; k < c; k++) {
            const tile = Array.from({ length: fromSide }, (_, i) =>
              Array.from(
                { length: fromSide },
                (_, j) => from[atFrom(t, i, j, k)]!,
              ));
            const expected = both(matrix, tile);
            const actual = expected.map((row, i) =>
              row.map((_, j) => result[atTo(t, i, j, k)]!)
            );
            assert(relativeError(actual.flat(), expected.flat()) < 1e-6);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
}

for (let side = 1; side <= 17; side++) {
  Deno.test(`winogradConvolve() and winogradFilterGradient() equal plain loops at ${side} rows`, async () => {
    const host = await wasmHost();
    const width = side * 5 % 17 + 1;
    const channels: [number, number] = [side * 7 % 40 + 1, side * 11 % 40 + 1];
    const base = { count: side > 8 ? 1 : 3, height: side, width, channels };
    const same = { down: [1, 1], across: [1, 1] } as const;
    const valid = { down: [0, 0], across: [0, 0] } as const;
    const explicit = { down: [side % 4, 2], across: [3, side % 3] } as const;
    for (const { down, across } of [same, valid, explicit]) {
      assertClose(host, { ...base, down: [...down], across: [...across] });
    }
  });
}

Deno.test("winogradConvolve() and winogradFilterGradient() equal plain loops over several runs of tiles", async () => {
  const channels: [number, number] = [17, 6];
  assertClose(await wasmHost(), {
    count: 50,
    height: 11,
    width: 10,
    channels,
    down: [1, 1],
    across: [1, 1],
  });
});

Deno.test("winogradConvolve() and winogradFilterGradient() equal plain loops for any sizes", async () => {
  const host = await wasmHost();
  const padding = fc.tuple(fc.nat(3), fc.nat(3));
  const sizes = fc.record({
    count: fc.nat(3),
    height: fc.integer({ min: 1, max: 11 }),
    width: fc.integer({ min: 1, max: 11 }),
    channels: fc.tuple(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 20 }),
    ),
    down: padding,
    across: padding,
  });
  fc.assert(fc.property(sizes, (s) => assertClose(host, s)), { numRuns: 60 });
});

Deno.test("winogradConvolve() gives an image the same result in any batch", async () => {
  const host = await wasmHost();
  // 9 tiles an image: runs of tiles begin and end inside images.
  const [count, side, c, m] = [50, 11, 5, 7];
  const x = place(host, "x", normals([count, side, side, c], 1).values);
  const w = place(host, "w", normals([3, 3, c, m], 2).values);
  const convolve = (first: number, images: number, y: number, done: number[]) =>
    winogradConvolve(host, {
      input: {
        address: x.address + first * side * side * c * 4,
        count: images,
        height: side,
        width: side,
        channels: c,
      },
      padding: { top: 1, left: 1 },
      output: {
        address: y,
        count: images,
        height: side,
        width: side,
        channels: m,
      },
      filter: w.address,
      turned: false,
      finish(address, rows) {
        assertEquals(address, y + done.length * m * 4);
        const floats = host.floats().subarray(address / 4);
        for (let row = 0; row < rows; row++) {
          done.push(...floats.subarray(row * m, row * m + 1));
        }
      },
    });
  const size = side * side * m;
  const y = place(host, "y", new Float32Array(count * size).fill(NaN));
  const one = place(host, "one", new Float32Array(size).fill(NaN));
  const done: number[] = [];
  convolve(0, count, y.address, done);
  const all = y.read();
  // Every row was handed on once, in order, with its final values.
  assertEquals(done, [...all].filter((_, i) => i % m === 0));
  for (const image of [0, 21, 49]) {
    convolve(image, 1, one.address, []);
    assertEquals(one.read(), all.slice(image * size, (image + 1) * size));
  }
});

Deno.test("winogradFits() takes 3×3 convolutions of some size at stride 1", () => {
  const fits = (
    {
      batch = 120,
      side = 7,
      channels = 64,
      kernel = 3,
      stride = 1,
      dilation = 1,
    },
  ) =>
    winogradFits(tf.backend_util.computeConv2DInfo(
      [batch, side, side, channels],
      [kernel, kernel, channels, 64],
      stride,
      dilation,
      "same",
    ));
  assert(fits({}) && fits({ side: 4, channels: 16 }) && fits({ side: 14 }));
  assert(!fits({ kernel: 5 }) && !fits({ kernel: 1 }));
  assert(!fits({ stride: 2 }) && !fits({ dilation: 2 }));
  // Too few pixels for the tiles, channels for the transforms, tiles for all.
  assert(!fits({ side: 2 }) && !fits({ side: 5 }) && !fits({ channels: 8 }));
  assert(!fits({ batch: 7 }) && fits({ batch: 8 }));
  assert(!fits({ batch: 0 }));
});
