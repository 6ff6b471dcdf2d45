import { copyBytes } from "../asm/blocks.ts";
import { repeat } from "../asm/control.ts";
import { eachValue } from "../asm/lanes.ts";
import { wasmFunction } from "../asm/wasm_function.ts";
import { squareRoot } from "../elementwise/square_root.ts";

/** Copies rows of `bytes` bytes from one pitch to another. */
export const copyRows = wasmFunction(
  "copyRows",
  ["source", "sourceStride", "target", "targetStride", "bytes", "rows"],
  ({ source, sourceStride, target, targetStride, bytes, rows }) =>
    repeat(rows, [
      copyBytes(target.get, source.get, bytes.get),
      source.increase(sourceStride.get),
      target.increase(targetStride.get),
    ]),
);

/** Adds floats to as many others, in place. */
export const addFloats = wasmFunction(
  "addFloats",
  ["target", "source", "count"],
  ({ target, source, count }, local) =>
    eachValue(
      local,
      count,
      (lane, { load, store }) =>
        store(target, lane.add(load(target), load(source))),
    ),
);

/** The numbers that a step of Adam needs, in the order of their table. */
export const adamConstants = [
  "beta1",
  "rest1",
  "beta2",
  "rest2",
  "step",
  "correction",
  "epsilon",
] as const;

/**
 * Writes the next weights, and mean and square in place. The constants lie in a table
 * in the order of the list above, four copies each.
 */
export const adam = wasmFunction(
  "adam",
  ["weights", "mean", "square", "gradient", "next", "count", "table"],
  ({ weights, mean, square, gradient, next, count, table }, local) =>
    eachValue(local, count, (lane, { load, store }) => {
      const [g, m, v] = [local(lane.type), local(lane.type), local(lane.type)];
      const radicand = local(lane.type);
      const constant = (name: typeof adamConstants[number]) =>
        lane.load(table.get, 16 * adamConstants.indexOf(name));
      const root = squareRoot(local, lane, radicand);
      return [
        g.set(load(gradient)),
        m.set(lane.add(
          lane.mul(constant("beta1"), load(mean)),
          lane.mul(constant("rest1"), g.get),
        )),
        v.set(lane.add(
          lane.mul(constant("beta2"), load(square)),
          lane.mul(constant("rest2"), lane.mul(g.get, g.get)),
        )),
        radicand.set(v.get),
        store(mean, m.get),
        store(square, v.get),
        store(
          next,
          lane.sub(
            load(weights),
            lane.div(
              lane.mul(constant("step"), m.get),
              lane.add(
                lane.mul(root, constant("correction")),
                constant("epsilon"),
              ),
            ),
          ),
        ),
      ];
    }),
);
