import type { LaneCount } from "../runtime/lanes.ts";
import type { ProductCode } from "./product_code.ts";
import { registerProduct } from "./register_product.ts";
import type { Across } from "./register_side.ts";
import type { TileSide } from "./stage_tile.ts";
import { tiledProduct } from "./tiled_product.ts";

/** The size of a product. */
export interface ProductSize {
  rows: number;
  columns: number;
  depth: number;
  /** 4 where the code can read and write four values at once (default 1). */
  lanes?: LaneCount;
  /** How many products a launch is; the size is the largest one's (default 1). */
  phases?: number;
  /** How many products are summed in a launch (default 1). */
  terms?: number;
}

/**
 * The forms of a product: the rows and columns that one workgroup computes, and the
 * code. Tiles are for a GPU, registers for a program on the CPU that acts as one.
 */
export const productForms = {
  smallTiles: tiles(32),
  largeTiles: tiles(64),
  tallRegisters: registers("rows", 8),
  wideRegisters: registers("columns", 8),
  tallManyRegisters: registers("rows", 16),
  wideManyRegisters: registers("columns", 16),
} satisfies Record<string, Form>;

interface Form {
  rows: number;
  columns: number;
  codeOf(code: ProductCode, lanes: LaneCount): string;
}

function tiles(side: TileSide): Form {
  return {
    rows: side,
    columns: side,
    codeOf: (code, lanes) => tiledProduct(code, lanes, side),
  };
}

function registers(across: Across, each: 8 | 16): Form {
  return {
    rows: across === "rows" ? 8 * each : each,
    columns: across === "rows" ? each : 8 * each,
    codeOf: (code, lanes) => registerProduct(code, lanes, across, each),
  };
}

/** A form of a product. */
export type ProductForm = keyof typeof productForms;

/** The tiles of a product in a form. */
export function tilesOf(
  { rows, columns }: ProductSize,
  form: ProductForm,
): [down: number, across: number] {
  const tile = productForms[form];
  return [Math.ceil(rows / tile.rows), Math.ceil(columns / tile.columns)];
}
