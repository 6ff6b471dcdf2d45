/**
 * Kernels that only move data: padding images, gathering windows, joining and
 * splitting rows, transposing filters.
 *
 * @module
 */
import { defineFunction, type WasmFunction } from "./assembler.ts";
import {
  clearMemory,
  type Code,
  copyMemory,
  f32,
  f32x4,
  forEach,
  i32,
  type Local,
  repeat,
} from "./instructions.ts";
import { eachChannel } from "./lanes.ts";

/** The functions of this file, for the module. */
export function copyKernels(): WasmFunction[] {
  return [
    copyRows(),
    clearRows(),
    gatherRuns(),
    transpose(),
  ];
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

/** `clearRows(table, bytes, rows)`: zeros at each of the table's addresses. */
function clearRows(): WasmFunction {
  return defineFunction(
    "clearRows",
    3,
    (_local, table, bytes, rows) =>
      repeat(rows!, [
        clearMemory(i32.load(table!.get), bytes!.get),
        table!.increase(4),
      ]),
  );
}

/**
 * `gatherRuns(windowTable, windows, runTable, runs, length, target)`: for every
 * window the runs of `length` floats at the run table's offsets from it, all
 * next to each other.
 */
function gatherRuns(): WasmFunction {
  return defineFunction(
    "gatherRuns",
    6,
    (local, windowTable, windows, runTable, runs, length, target) => {
      const [run, from, i] = [local("i32"), local("i32"), local("i32")];
      return repeat(windows!, [
        run.set(i32.const(0)),
        forEach(run, i32.mul(runs!.get, i32.const(4)), 4, [
          from.set(i32.add(
            i32.load(windowTable!.get),
            i32.load(i32.add(runTable!.get, run.get)),
          )),
          eachChannel(length!, i, (lane) =>
            lane.store(
              i32.add(target!.get, i.get),
              lane.load(i32.add(from.get, i.get)),
            )),
          target!.increase(i32.mul(length!.get, i32.const(4))),
        ]),
        windowTable!.increase(4),
      ]);
    },
  );
}

/**
 * `transpose(source, target, rows, columns)` of a row-major matrix: four columns
 * at a time, so that few lines of the cache fill up together.
 */
function transpose(): WasmFunction {
  return defineFunction(
    "transpose",
    4,
    (local, source, target, rows, columns) => {
      const [from, i, column] = [local("i32"), local("i32"), local("i32")];
      const [pitch, targetPitch] = [local("i32"), local("i32")];
      const to = [0, 1, 2, 3].map(() => local("i32"));
      const four = local("v128");
      /** Copies one or four columns down all rows. */
      const strip = (targets: Local[], copy: Code) => [
        from.set(i32.add(source!.get, column.get)),
        targets.map((to, c) =>
          to.set(
            c === 0
              ? target!.get
              : i32.add(targets[c - 1]!.get, targetPitch.get),
          )
        ),
        i.set(rows!.get),
        repeat(i, [
          copy,
          from.increase(pitch.get),
          targets.map((to) => to.increase(4)),
        ]),
        target!.increase(i32.mul(targetPitch.get, i32.const(targets.length))),
      ];
      return [
        pitch.set(i32.mul(columns!.get, i32.const(4))),
        targetPitch.set(i32.mul(rows!.get, i32.const(4))),
        column.set(i32.const(0)),
        forEach(
          column,
          i32.and(pitch.get, i32.const(-16)),
          16,
          strip(to, [
            four.set(f32x4.load(from.get)),
            to.map((to, c) => f32x4.storeLane(to.get, four.get, c)),
          ]),
        ),
        forEach(
          column,
          pitch.get,
          4,
          strip(to.slice(0, 1), f32.store(to[0]!.get, f32.load(from.get))),
        ),
      ];
    },
  );
}
