import type { Host } from "../../../../lib/backends/wasm/runtime/host.ts";
import { winogradConvolve } from "../../../../lib/backends/wasm/winograd/correlate.ts";
import { winogradFilterGradient } from "../../../../lib/backends/wasm/winograd/filter_gradient.ts";
import { assert } from "../../../assert.ts";
import { normals } from "../../against_cpu.ts";
import { norm, place, relativeError } from "../runtime/working_memory.ts";

/** The sizes of a convolution with 3×3 taps. */
export interface Sizes {
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

/** Asserts that the three passes by tiles are as exact as float32 lets them be. */
export function assertClose(host: Host, sizes: Sizes): void {
  for (const [pass, error] of errors(host, sizes)) {
    assert(error < 2e-6, `${pass} of ${JSON.stringify(sizes)}: ${error}`);
  }
}
