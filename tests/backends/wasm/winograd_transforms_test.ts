import fc from "fast-check";
import {
  filterGradientTransform,
  filterTransform,
  inputTransform,
  type Matrix,
  outputGradientTransform,
  outputTransform,
} from "../../../lib/backends/wasm/winograd_matrices.ts";
import { assert } from "../../assert.ts";
import { normals } from "./against_cpu.ts";
import { place, relativeError, wasmHost } from "./working_memory.ts";

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
