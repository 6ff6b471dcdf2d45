import type { Finish } from "../../../../lib/backends/wasm/epilogue/finish.ts";
import type { Host } from "../../../../lib/backends/wasm/runtime/host.ts";
import { winogradConvolve } from "../../../../lib/backends/wasm/winograd/correlate.ts";
import { winogradFilterGradient } from "../../../../lib/backends/wasm/winograd/filter_gradient.ts";
import { assertEquals } from "../../../assert.ts";
import { permittedTest } from "../../../permitted.ts";
import { normals } from "../../against_cpu.ts";
import { place, wasmHost } from "../runtime/working_memory.ts";
import { assertSameOnThreads } from "../threads/bits/on_threads.ts";

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
