import fc from "fast-check";
import * as tf from "@tensorflow/tfjs";
import {
  winogradConvolve,
  winogradFits,
  winogradPieces,
} from "../../../../lib/backends/wasm/winograd/correlate.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { normals } from "../../against_cpu.ts";
import { place, wasmHost } from "../runtime/working_memory.ts";
import { assertClose } from "./plain_passes.ts";

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
