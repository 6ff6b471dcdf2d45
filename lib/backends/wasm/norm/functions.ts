/**
 * The passes of batch normalization over `[rows, channels]`, in which every
 * channel has its own constants and sums.
 *
 * @module
 */
import { defineFunction, type WasmFunction } from "../asm/assembler.ts";
import type { Code, Local, ValueType } from "../asm/instructions.ts";
import type { Lane } from "../asm/lanes.ts";
import { type ChannelAccess, eachRow } from "../asm/row_streams.ts";

/** The functions of this file, for the module. */
export function normalizationKernels(): WasmFunction[] {
  return [
    scaleShift("scaleShift", false),
    scaleShift("rectifiedScaleShift", true),
    normalizationSums(),
    normalizationGradient(),
  ];
}

/**
 * `…(x, mean, scale, beta, y, rows, channels)`: y = (x − mean) · scale + beta, in
 * the rectified form 0 where that is negative. y may be x.
 */
function scaleShift(name: string, rectified: boolean): WasmFunction {
  return defineFunction(
    name,
    7,
    (local, x, mean, scale, beta, y, rows, channels) =>
      eachRow(local, rows!, channels!, [x!, y!], (lane, access) => {
        const line = lineThrough(local, lane, access, mean!, scale!, beta!);
        return {
          before: line.load,
          row: (access) => {
            const sum = line.at(access.value(x!));
            return access.write(
              y!,
              rectified ? lane.max(sum, lane.constant(0)) : sum,
            );
          },
        };
      }),
  );
}

/**
 * `normalizationSums(dy, x, mean, scale, beta, rows, channels, dBeta, products)`:
 * adds Σ g and Σ g · (x − mean), where g is dy in the places in which
 * `rectifiedScaleShift` made a positive y of x, and 0 elsewhere.
 */
function normalizationSums(): WasmFunction {
  return defineFunction(
    "normalizationSums",
    9,
    (local, dy, x, mean, scale, beta, rows, channels, dBeta, products) =>
      eachRow(local, rows!, channels!, [dy!, x!], (lane, access) => {
        const line = lineThrough(local, lane, access, mean!, scale!, beta!);
        const names = [0, 1, 2, 3].map(() => local(lane.type));
        const [sum, product, distance, gradient] = names as [
          Local,
          Local,
          Local,
          Local,
        ];
        const nothing = lane.constant(0);
        return {
          before: [line.load, sum.set(nothing), product.set(nothing)],
          row: (access) => [
            distance.set(line.distance(access.value(x!))),
            gradient.set(
              lane.keepIfGreater(
                access.value(dy!),
                line.height(distance.get),
                nothing,
              ),
            ),
            sum.set(lane.add(sum.get, gradient.get)),
            product.set(
              lane.add(product.get, lane.mul(gradient.get, distance.get)),
            ),
          ],
          after: [
            access.add(dBeta!, sum.get),
            access.add(products!, product.get),
          ],
        };
      }),
  );
}

/**
 * `normalizationGradient(dy, x, mean, scale, beta, q, r, dx, rows, channels)`:
 * dx = g · scale + (x − mean) · q + r with the g of `normalizationSums`. dx may
 * be dy.
 */
function normalizationGradient(): WasmFunction {
  return defineFunction(
    "normalizationGradient",
    10,
    (local, dy, x, mean, scale, beta, q, r, dx, rows, channels) =>
      eachRow(local, rows!, channels!, [dy!, x!, dx!], (lane, access) => {
        const line = lineThrough(local, lane, access, mean!, scale!, beta!);
        const [slope, rest] = [local(lane.type), local(lane.type)];
        const distance = local(lane.type);
        return {
          before: [
            line.load,
            slope.set(access.constant(q!)),
            rest.set(access.constant(r!)),
          ],
          row: (access) => [
            distance.set(line.distance(access.value(x!))),
            access.write(
              dx!,
              lane.add(
                lane.mul(
                  lane.keepIfGreater(
                    access.value(dy!),
                    line.height(distance.get),
                    lane.constant(0),
                  ),
                  line.scale,
                ),
                lane.add(lane.mul(distance.get, slope.get), rest.get),
              ),
            ),
          ],
        };
      }),
  );
}

/**
 * (x − mean) · scale + beta, always in these three operations: so the gradient
 * finds, to the last bit, the places that the ReLU has cut off.
 */
function lineThrough(
  local: (type: ValueType) => Local,
  lane: Lane,
  access: ChannelAccess,
  ...constants: [mean: Local, scale: Local, beta: Local]
) {
  const held = constants.map(() => local(lane.type));
  const [mean, scale, beta] = held as [Local, Local, Local];
  const distance = (x: Code) => lane.sub(x, mean.get);
  const height = (distance: Code) =>
    lane.add(lane.mul(distance, scale.get), beta.get);
  return {
    load: held.map((constant, i) =>
      constant.set(access.constant(constants[i]!))
    ),
    scale: scale.get,
    distance,
    height,
    at: (x: Code) => height(distance(x)),
  };
}
