import { type ScratchSlot, scratchSlot } from "../linking/scratch.ts";
import type { ThreadKernels } from "../linking/thread_kernels.ts";
import { multiplyColumns, multiplyRows, oneBlock } from "./products.ts";
import { aRows, bRows, cRows, someRows, tabulateRows } from "./row_table.ts";

const matrices = scratchSlot("matrices of the self-test");

/** Odd sizes: full and partial panels, and single steps at the end. */
const [columns, depth] = [37, 75];
/** Every height of a tile. */
const heights = [1, 2, 3, 4, 5, 12];

/**
 * Whether the kernels multiply as a plain loop does. V8's flags for wider
 * vectors are experimental, so kernels that rely on them are tried first.
 */
export function passesSelfTest(kernels: ThreadKernels): boolean {
  return heights.every((rows) =>
    [false, true].every((transposeA) =>
      multipliesRightly(kernels, rows, transposeA)
    )
  );
}

function multipliesRightly(
  kernels: ThreadKernels,
  rows: number,
  transposeA: boolean,
): boolean {
  const sizes = [rows * depth, depth * columns, rows * columns];
  const address = kernels.scratch(
    matrices,
    4 * sizes.reduce((a, b) => a + b),
  );
  const a = address;
  const b = a + 4 * rows * depth;
  const c = b + 4 * depth * columns;
  const floats = kernels.floats();
  // Small whole numbers: every sum is exact, whatever its order.
  const aAt = (row: number, k: number) => (row * 7 + k * 3) % 11 - 5;
  const bAt = (k: number, column: number) => (k * 5 + column * 2) % 13 - 6;
  for (let k = 0; k < depth; k++) {
    for (let row = 0; row < rows; row++) {
      const at = transposeA ? k * rows + row : row * depth + k;
      floats[a / 4 + at] = aAt(row, k);
    }
    for (let column = 0; column < columns; column++) {
      floats[b / 4 + k * columns + column] = bAt(k, column);
    }
  }
  // What is not written must not pass for right.
  floats.fill(NaN, c / 4, c / 4 + rows * columns);
  const table = (
    slot: ScratchSlot,
    address: number,
    count: number,
    width: number,
  ) =>
    tabulateRows(kernels, slot, someRows(address, { first: 0, count }, width));
  if (transposeA) {
    multiplyColumns(kernels, {
      aTable: table(aRows, a, depth, rows),
      groups: [{ aOffset: 0, rows }],
      range: { first: 0, count: depth },
      products: [{
        bTable: table(bRows, b, depth, columns),
        columns,
        cStride: 4 * columns,
        targets: [c],
      }],
      accumulates: false,
    });
  } else {
    multiplyRows(kernels, {
      aTable: table(aRows, a, rows, depth),
      cTable: table(cRows, c, rows, columns),
      cOffset: 0,
      columns,
      blocks: oneBlock(rows, depth, b),
      b: { stride: 4 * columns, transposed: false },
      accumulates: false,
    });
  }
  const results = kernels.floats();
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let k = 0; k < depth; k++) sum += aAt(row, k) * bAt(k, column);
      if (results[c / 4 + row * columns + column] !== sum) return false;
    }
  }
  return true;
}
