import fc from "fast-check";
import {
  filterToValues,
  inputToValues,
  outputGradientToValues,
  type TileFunction,
  valuesToFilterGradient,
  valuesToOutput,
} from "../../../../lib/backends/wasm/winograd/functions.ts";
import {
  filterGradientTransform,
  filterTransform,
  inputTransform,
  type Matrix,
  outputGradientTransform,
  outputTransform,
  tilePixels,
} from "../../../../lib/backends/wasm/winograd/matrices.ts";
import {
  tilingOf,
  transformTiles,
} from "../../../../lib/backends/wasm/winograd/tiles.ts";
import { assert } from "../../../assert.ts";
import { normals } from "../../against_cpu.ts";
import {
  norm,
  place,
  relativeError,
  wasmHost,
} from "../runtime/working_memory.ts";

const multiply = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) =>
    b[0]!.map((_, j) => row.reduce((sum, x, k) => sum + x * b[k]![j]!, 0))
  );
const transpose = (a: Matrix): Matrix =>
  a[0]!.map((_, j) => a.map((row) => row[j]!));
/** L · tile · Lᵀ. */
const both = (matrix: Matrix, tile: Matrix) =>
  multiply(multiply(matrix, tile), transpose(matrix));
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

const transforms: [TileFunction, Matrix, boolean][] = [
  [inputToValues, inputTransform, true],
  [filterToValues, filterTransform, true],
  [outputGradientToValues, outputGradientTransform, true],
  [valuesToOutput, outputTransform, false],
  [valuesToFilterGradient, filterGradientTransform, false],
];
for (const [transform, matrix, toValues] of transforms) {
  Deno.test(`${transform.name} multiplies tiles of images by its matrix from both sides`, async () => {
    const host = await wasmHost();
    const [side, valueSide] = toValues
      ? [matrix[0]!.length, matrix.length]
      : [matrix.length, matrix[0]!.length];
    const sizes = fc.record({
      count: fc.integer({ min: 1, max: 3 }),
      height: fc.integer({ min: 1, max: 9 }),
      width: fc.integer({ min: 1, max: 9 }),
      // Below 8 and 4, and some more.
      channels: fc.integer({ min: 1, max: 21 }),
      top: fc.integer({ min: -2, max: 3 }),
      left: fc.integer({ min: -2, max: 3 }),
      skipped: fc.nat(3),
    });
    fc.assert(
      fc.property(sizes, ({ top, left, skipped, ...shape }) => {
        const { count, height, width, channels: c } = shape;
        const tiling = tilingOf(shape);
        const first = Math.min(skipped, tiling.count - 1);
        const tiles = tiling.count - first;
        const pixels = normals([count, height, width, c], 1).values;
        const values = normals([valueSide ** 2, tiles, c], 2).values;
        const image = place(
          host,
          "image",
          toValues ? pixels : pixels.fill(NaN),
        );
        const matrices = place(
          host,
          "matrices",
          toValues ? values.map(() => NaN) : values,
        );
        const outside = place(host, "outside", new Float32Array(c));
        transformTiles(host, transform, tiling, { first, count: tiles }, {
          images: { ...shape, address: image.address },
          top,
          left,
          outside: outside.address,
        }, { address: matrices.address, stride: tiles * c * 4 });
        const [imageRead, valuesRead] = [image.read(), matrices.read()];
        const square = (side: number, at: (i: number, j: number) => number) =>
          Array.from(
            { length: side },
            (_, i) => Array.from({ length: side }, (_, j) => at(i, j)),
          );
        for (let t = 0; t < tiles; t++) {
          const number = Math.floor(
            (first + t) / (tiling.rows * tiling.columns),
          );
          const row = Math.floor((first + t) / tiling.columns) % tiling.rows;
          const y = row * tilePixels - top;
          const x = ((first + t) % tiling.columns) * tilePixels - left;
          const isInside = (i: number, j: number) =>
            y + i >= 0 && y + i < height && x + j >= 0 && x + j < width;
          for (let k = 0; k < c; k++) {
            const pixel = (from: Float32Array) => (i: number, j: number) =>
              isInside(i, j)
                ? from[((number * height + y + i) * width + x + j) * c + k]!
                : 0;
            const value = (from: Float32Array) => (i: number, j: number) =>
              from[((j * valueSide + i) * tiles + t) * c + k]!;
            const given = toValues
              ? square(side, pixel(pixels))
              : square(valueSide, value(values));
            const expected = both(matrix, given);
            const actual = toValues
              ? square(valueSide, value(valuesRead))
              : square(side, pixel(imageRead));
            const seen = (tile: Matrix) =>
              tile.flatMap((row, i) =>
                row.filter((_, j) => toValues || isInside(i, j))
              );
            // Relative to the whole tile: what is seen of it may be small.
            const size = norm(expected.flat());
            assert(relativeError(seen(actual), seen(expected), size) < 1e-6);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
}
