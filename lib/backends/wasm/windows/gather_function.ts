import { forEach, repeat } from "../asm/control.ts";
import { i32 } from "../asm/integers.ts";
import { eachChannel } from "../asm/lanes.ts";
import { wasmFunction } from "../asm/wasm_function.ts";

/**
 * Copies for every window the runs of `length` floats at the run table's offsets
 * from it, all next to each other.
 */
export const gatherRuns = wasmFunction(
  "gatherRuns",
  ["windowTable", "windows", "runTable", "runs", "length", "target"],
  ({ windowTable, windows, runTable, runs, length, target }, local) => {
    const [run, from, i] = [local("i32"), local("i32"), local("i32")];
    return repeat(windows, [
      run.set(i32.const(0)),
      forEach(run, i32.mul(runs.get, i32.const(4)), 4, [
        from.set(i32.add(
          i32.load(windowTable.get),
          i32.load(i32.add(runTable.get, run.get)),
        )),
        eachChannel(length, i, (lane) =>
          lane.store(
            i32.add(target.get, i.get),
            lane.load(i32.add(from.get, i.get)),
          )),
        target.increase(i32.mul(length.get, i32.const(4))),
      ]),
      windowTable.increase(4),
    ]);
  },
);
