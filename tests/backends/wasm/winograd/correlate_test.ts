import fc from "fast-check";
import * as tf from "@tensorflow/tfjs";
import type { Finish } from "../../../../lib/backends/wasm/epilogue/finish.ts";
import type { Host } from "../../../../lib/backends/wasm/runtime/host.ts";
import {
  winogradConvolve,
  winogradFits,
  winogradPieces,
} from "../../../../lib/backends/wasm/winograd/correlate.ts";
import { winogradFilterGradient } from "../../../../lib/backends/wasm/winograd/filter_gradient.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { permittedTest } from "../../../permitted.ts";
import { normals } from "../runtime/against_cpu.ts";
import { assertSameOnThreads } from "../threads/on_threads.ts";
import {
  norm,
  place,
  relativeError,
  wasmHost,
} from "../runtime/working_memory.ts";

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

for (
  const [name, count, height, width] of [
    ["of many images", 50, 11, 10],
    ["of one image", 2, 45, 39],
    ["of one wide row", 2, 3, 390],
  ] as const
) {
  Deno.test(`winogradConvolve() and winogradFilterGradient() equal plain loops over several pieces ${name}`, async () => {
    const channels: [number, number] = [7, 68];
    const sizes = { count, height, width, channels };
    assert(winogradPieces({ ...sizes, address: 0, channels: 68 }) > 1);
    assertClose(await wasmHost(), { ...sizes, down: [1, 1], across: [1, 1] });
  });
}

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
  const [count, side, c, m] = [50, 11, 5, 7];
  const x = place(host, "x", normals([count, side, side, c], 1).values);
  const w = place(host, "w", normals([3, 3, c, m], 2).values);
  const convolve = (first: number, images: number, y: number) =>
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
    });
  const size = side * side * m;
  const y = place(host, "y", new Float32Array(count * size).fill(NaN));
  const one = place(host, "one", new Float32Array(size).fill(NaN));
  convolve(0, count, y.address);
  const all = y.read();
  for (const image of [0, 21, 49]) {
    convolve(image, 1, one.address);
    assertEquals(one.read(), all.slice(image * size, (image + 1) * size));
  }
});

/** All that the passes of one convolution write, with a bias in the forward one. */
function passesOf(host: Host, count: number, side: number, channels: number) {
  const m = channels + 1;
  const given = {
    x: normals([count, side, side, channels], 1).values,
    w: normals([3, 3, channels, m], 2).values,
    dy: normals([count, side, side, m], 3).values,
    bias: normals([m], 4).values,
  };
  const [x, w, dy, bias] = Object.entries(given).map(([name, values]) =>
    place(host, name, values)
  ) as [Placed, Placed, Placed, Placed];
  const made = {
    plain: given.dy.length,
    y: given.dy.length,
    dx: given.x.length,
    dw: given.w.length,
  };
  const [plain, y, dx, dw] = Object.entries(made).map(([name, size]) =>
    place(host, name, new Float32Array(size).fill(NaN))
  ) as [Placed, Placed, Placed, Placed];
  const images = (address: number, channels: number) => {
    return { address, count, height: side, width: side, channels };
  };
  const padding = { top: 1, left: 1 };
  const forward = (address: number, finish?: Finish) =>
    winogradConvolve(host, {
      input: images(x.address, channels),
      padding,
      output: images(address, m),
      filter: w.address,
      turned: false,
      finish,
    });
  forward(plain.address);
  forward(y.address, {
    kind: "add bias",
    bias: bias.address,
    rectified: false,
  });
  winogradConvolve(host, {
    input: images(dy.address, m),
    padding,
    output: images(dx.address, channels),
    filter: w.address,
    turned: true,
  });
  winogradFilterGradient(host, {
    input: images(x.address, channels),
    padding,
    dy: images(dy.address, m),
    target: dw.address,
  });
  return {
    bias: given.bias,
    plain: plain.read(),
    y: y.read(),
    dx: dx.read(),
    dw: dw.read(),
  };
}
type Placed = ReturnType<typeof place>;

for (const [count, side] of [[150, 4], [50, 11], [3, 45]] as const) {
  Deno.test(`winogradConvolve() finishes every pixel once, ${count} images of ${side} rows`, async () => {
    const { plain, y, bias } = passesOf(await wasmHost(), count, side, 68);
    const m = bias.length;
    assertEquals(y, plain.map((value, i) => value + bias[i % m]!));
  });
}

/** Holds one thread against three, for sizes as in `passesOf`. */
function testOnThreads(
  what: string,
  tasks: string[],
  sizes: [count: number, side: number, channels: number][],
) {
  const name = `${what} has the same bits on one thread and on three`;
  permittedTest(name, ["read"], async () => {
    assertSameOnThreads(
      await wasmHost(),
      tasks,
      (host) =>
        sizes.flatMap((size) => {
          const { y, dx, dw } = passesOf(host, ...size);
          return [y, dx, dw];
        }),
    );
  });
}

testOnThreads("winogradConvolve()", ["winogradTiles"], [
  // Pieces of whole images, and of an image's rows.
  [150, 7, 20],
  [3, 45, 68],
]);
testOnThreads("winogradFilterGradient()", [
  "winogradValues",
  "winogradPlaces",
], [[150, 7, 20]]);
testOnThreads("the transform of Winograd's filters", [
  "winogradFilters",
  "winogradWeights",
], [[2, 4, 250]]);

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
