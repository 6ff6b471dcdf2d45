/**
 * Kernels that only move data: packing the panel of B, padding images,
 * transposing filters, joining and splitting rows.
 *
 * @module
 */
import { defineFunction, type WasmFunction } from "./assembler.ts";
import {
  copyMemory,
  f32,
  f32x4,
  forEach,
  i32,
  repeat,
  when,
} from "./instructions.ts";
import type { TileColumns } from "./tile_arena.ts";

/** The functions of this file, for the module. */
export function copyKernels(tileColumns: TileColumns): WasmFunction[] {
  return [
    packColumns(tileColumns),
    packRows(tileColumns),
    copyRows(),
    transpose(),
  ];
}

/**
 * `packColumns(source, stride, rows, columns, target)`: rows of up to
 * `tileColumns` floats, `stride` bytes apart, next to each other in the panel.
 */
function packColumns(tileColumns: TileColumns): WasmFunction {
  return defineFunction(
    "packColumns",
    5,
    (local, source, stride, rows, columns, target) => {
      const i = local("i32");
      const next = [
        source!.increase(stride!.get),
        target!.increase(4 * tileColumns),
      ];
      return when(
        i32.equal(columns!.get, i32.const(tileColumns)),
        repeat(rows!, [
          Array.from(
            { length: tileColumns / 4 },
            (_, v) =>
              f32x4.store(
                target!.get,
                f32x4.load(source!.get, 16 * v),
                16 * v,
              ),
          ),
          next,
        ]),
        repeat(rows!, [
          i.set(i32.const(0)),
          forEach(i, i32.mul(columns!.get, i32.const(4)), 4, [
            f32.store(
              i32.add(target!.get, i.get),
              f32.load(i32.add(source!.get, i.get)),
            ),
          ]),
          next,
        ]),
      );
    },
  );
}

/**
 * `packRows(source, stride, rows, columns, target)`: the same panel from a
 * matrix that is stored transposed: column j of the panel is row j there.
 */
function packRows(tileColumns: TileColumns): WasmFunction {
  return defineFunction(
    "packRows",
    5,
    (local, source, stride, rows, columns, target) => {
      const [from, to, i] = [local("i32"), local("i32"), local("i32")];
      return repeat(columns!, [
        from.set(source!.get),
        to.set(target!.get),
        i.set(rows!.get),
        repeat(i, [
          f32.store(to.get, f32.load(from.get)),
          from.increase(4),
          to.increase(4 * tileColumns),
        ]),
        source!.increase(stride!.get),
        target!.increase(4),
      ]);
    },
  );
}

/**
 * `copyRows(source, sourceStride, target, targetStride, bytes, rows)`: rows of
 * `bytes` bytes from one pitch to another.
 */
function copyRows(): WasmFunction {
  return defineFunction(
    "copyRows",
    6,
    (_local, source, sourceStride, target, targetStride, bytes, rows) =>
      repeat(rows!, [
        copyMemory(target!.get, source!.get, bytes!.get),
        source!.increase(sourceStride!.get),
        target!.increase(targetStride!.get),
      ]),
  );
}

/** `transpose(source, target, rows, columns)` of a row-major matrix. */
function transpose(): WasmFunction {
  return defineFunction(
    "transpose",
    4,
    (local, source, target, rows, columns) => {
      const [to, i, pitch] = [local("i32"), local("i32"), local("i32")];
      return [
        pitch.set(i32.mul(rows!.get, i32.const(4))),
        repeat(rows!, [
          to.set(target!.get),
          i.set(columns!.get),
          repeat(i, [
            f32.store(to.get, f32.load(source!.get)),
            source!.increase(4),
            to.increase(pitch.get),
          ]),
          target!.increase(4),
        ]),
      ];
    },
  );
}
