/**
 * Kernels that only move data: padding images, gathering windows, joining and
 * splitting rows.
 *
 * @module
 */
import { defineFunction, type WasmFunction } from "../asm/assembler.ts";
import {
  clearMemory,
  copyMemory,
  forEach,
  i32,
  repeat,
} from "../asm/instructions.ts";
import { eachChannel } from "../asm/lanes.ts";

/** The functions of this file, for the module. */
export function copyKernels(): WasmFunction[] {
  return [
    copyRows(),
    clearRows(),
    tabulate(),
    gatherRuns(),
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

/** `tabulate(table, first, step, count)`: the numbers first, first + step, … */
function tabulate(): WasmFunction {
  return defineFunction(
    "tabulate",
    4,
    (_local, table, first, step, count) =>
      repeat(count!, [
        i32.store(table!.get, first!.get),
        first!.increase(step!.get),
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
