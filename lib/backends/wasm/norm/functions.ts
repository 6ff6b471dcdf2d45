/**
 * The two passes back through a batch normalization and its ReLU over `[rows,
 * channels]`. In both, g is dy in the places in which `rectifiedScaleShift` made a
 * positive y of x, and 0 elsewhere.
 *
 * @module
 */
import { eachRow } from "../asm/row_streams.ts";
import { wasmFunction } from "../asm/wasm_function.ts";
import { lineThrough } from "../epilogue/functions.ts";

const given = ["dy", "x", "mean", "scale", "beta", "rows", "channels"] as const;

/** Adds Σ g and Σ g · (x − mean). */
export const normalizationSums = wasmFunction(
  "normalizationSums",
  [...given, "dBeta", "products"],
  ({ dy, x, rows, channels, dBeta, products, ...constants }, local) =>
    eachRow(local, rows, channels, [dy, x], (lane, access) => {
      const line = lineThrough(local, lane, access, constants);
      const [sum, product] = [local(lane.type), local(lane.type)];
      const [distance, gradient] = [local(lane.type), local(lane.type)];
      const nothing = lane.constant(0);
      return {
        before: [line.load, sum.set(nothing), product.set(nothing)],
        row: (access) => [
          distance.set(line.distance(access.value(x))),
          gradient.set(
            lane.keepIfGreater(
              access.value(dy),
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
          access.add(dBeta, sum.get),
          access.add(products, product.get),
        ],
      };
    }),
);

/** dx = g · scale + (x − mean) · q + r. dx may be dy. */
export const normalizationGradient = wasmFunction(
  "normalizationGradient",
  [...given, "q", "r", "dx"],
  ({ dy, x, q, r, dx, rows, channels, ...constants }, local) =>
    eachRow(local, rows, channels, [dy, x, dx], (lane, access) => {
      const line = lineThrough(local, lane, access, constants);
      const [slope, rest] = [local(lane.type), local(lane.type)];
      const distance = local(lane.type);
      return {
        before: [
          line.load,
          slope.set(access.constant(q)),
          rest.set(access.constant(r)),
        ],
        row: (access) => {
          const gradient = lane.keepIfGreater(
            access.value(dy),
            line.height(distance.get),
            lane.constant(0),
          );
          return [
            distance.set(line.distance(access.value(x))),
            access.write(
              dx,
              lane.add(
                lane.mul(gradient, line.scale),
                lane.add(lane.mul(distance.get, slope.get), rest.get),
              ),
            ),
          ];
        },
      };
    }),
);
