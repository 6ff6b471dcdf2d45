/**
 * Sums over the rows of `[rows, channels]`, one for each channel. The rows of a
 * block are summed up before their sum is added to the total, so that the
 * rounding error of n rows grows with 64 + n / 64 and not with n.
 *
 * @module
 */
import { defineFunction, type WasmFunction } from "../asm/assembler.ts";
import { eachRow } from "../asm/row_streams.ts";

/** The functions of this file, for the module. */
export function sumKernels(): WasmFunction[] {
  return [channelSums(), channelMoments()];
}

/** `channelSums(x, rows, channels, sums)`: adds Σ x to the sums. */
function channelSums(): WasmFunction {
  return defineFunction(
    "channelSums",
    4,
    (local, x, rows, channels, sums) =>
      eachRow(local, rows!, channels!, [x!], (lane, access) => {
        const sum = local(lane.type);
        return {
          before: sum.set(lane.constant(0)),
          row: (access) => sum.set(lane.add(sum.get, access.value(x!))),
          after: access.add(sums!, sum.get),
        };
      }),
  );
}

/**
 * `channelMoments(x, pivot, rows, channels, sums, squares)`: adds Σ (x − pivot)
 * and Σ (x − pivot)².
 */
function channelMoments(): WasmFunction {
  return defineFunction(
    "channelMoments",
    6,
    (local, x, pivot, rows, channels, sums, squares) =>
      eachRow(local, rows!, channels!, [x!], (lane, access) => {
        const [from, distance] = [local(lane.type), local(lane.type)];
        const [sum, square] = [local(lane.type), local(lane.type)];
        return {
          before: [
            from.set(access.constant(pivot!)),
            sum.set(lane.constant(0)),
            square.set(lane.constant(0)),
          ],
          row: (access) => [
            distance.set(lane.sub(access.value(x!), from.get)),
            sum.set(lane.add(sum.get, distance.get)),
            square.set(
              lane.add(square.get, lane.mul(distance.get, distance.get)),
            ),
          ],
          after: [
            access.add(sums!, sum.get),
            access.add(squares!, square.get),
          ],
        };
      }),
  );
}
