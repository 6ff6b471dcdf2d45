import { defineFunction, type WasmFunction } from "../asm/assembler.ts";
import { squareRoot } from "../elementwise/square_root.ts";
import { i32 } from "../asm/instructions.ts";
import { eachChannel } from "../asm/lanes.ts";

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
 * `adam(weights, mean, square, gradient, next, count, constants)`: writes the
 * next weights, and mean and square in place. The constants lie in the order of
 * the list above, four copies each.
 */
export function adamFunction(): WasmFunction {
  return defineFunction(
    "adam",
    7,
    (local, weights, mean, square, gradient, next, count, table) => {
      const offset = local("i32");
      return eachChannel(count!, offset, (lane) => {
        const [g, m, v] = [
          local(lane.type),
          local(lane.type),
          local(lane.type),
        ];
        const radicand = local(lane.type);
        const { before, root } = squareRoot(local, lane, radicand);
        const at = (base: typeof weights) => i32.add(base!.get, offset.get);
        const constant = (name: typeof adamConstants[number]) =>
          lane.load(table!.get, 16 * adamConstants.indexOf(name));
        return [
          g.set(lane.load(at(gradient))),
          m.set(lane.add(
            lane.mul(constant("beta1"), lane.load(at(mean))),
            lane.mul(constant("rest1"), g.get),
          )),
          v.set(lane.add(
            lane.mul(constant("beta2"), lane.load(at(square))),
            lane.mul(constant("rest2"), lane.mul(g.get, g.get)),
          )),
          radicand.set(v.get),
          before,
          lane.store(at(mean), m.get),
          lane.store(at(square), v.get),
          lane.store(
            at(next),
            lane.sub(
              lane.load(at(weights)),
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
      });
    },
  );
}
