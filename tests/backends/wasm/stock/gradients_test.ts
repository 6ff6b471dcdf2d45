import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import {
  assertResult,
  at,
  places,
  type Plain,
  plain,
} from "../arrays/arrays.ts";
import { tensorOf } from "../arrays/arrays.ts";

await useBackend("wasm");

const pairs = {
  maximum: {
    apply: tf.maximum,
    of: Math.max,
    slopes: (a: number, b: number) => a >= b ? [1, 0] : [0, 1],
  },
  minimum: {
    apply: tf.minimum,
    of: Math.min,
    slopes: (a: number, b: number) => a <= b ? [1, 0] : [0, 1],
  },
  squaredDifference: {
    apply: tf.squaredDifference,
    of: (a: number, b: number) => (a - b) ** 2,
    slopes: (a: number, b: number) => [2 * (a - b), 2 * (b - a)],
  },
};

for (const [name, { apply, of, slopes }] of Object.entries(pairs)) {
  for (
    const [first, second] of [
      [[2, 3], [3]],
      [[], [2, 3]],
      [[2, 1, 2], [3, 1]],
      [[2, 2], [2, 2]],
    ] as [number[], number[]][]
  ) {
    Deno.test(`${name}() and its gradients broadcast [${first}] with [${second}]`, () => {
      const shape = tf.broadcast_util.assertAndGetBroadcastShape(first, second);
      const cases = fc.tuple(plain(first), plain(second));
      fc.assert(
        fc.property(cases, (sides) => {
          const all = [...places(shape)];
          const values = (p: number[]) =>
            sides.map((side) => at(side, p)) as [number, number];
          const dy = { shape, values: all.map((_, i) => i + 1) };
          const sums = sides.map((side): Plain => ({
            ...side,
            values: side.values.map(() => 0),
          }));
          for (const p of all) {
            sides.forEach((side, k) => {
              const own = { ...side, values: [...side.values.keys()] };
              sums[k]!.values[at(own, p)]! += at(dy, p) *
                slopes(...values(p))[k]!;
            });
          }
          assertResult(() => apply(tensorOf(sides[0]), tensorOf(sides[1])), {
            shape,
            values: all.map((p) => of(...values(p))),
          });
          sums.forEach((expected, k) =>
            assertResult(
              () =>
                tf.grads((a, b) => apply(a, b))(
                  sides.map((side) => tensorOf(side)),
                  tensorOf(dy),
                )[k]!,
              expected,
              1e-6,
            )
          );
        }),
        { numRuns: 20 },
      );
    });
  }
}

for (const axis of [0, 1, -1, -2]) {
  Deno.test(`cumsum()'s gradient along axis ${axis} is the sum of what a value went into`, () => {
    for (const exclusive of [false, true]) {
      for (const reverse of [false, true]) {
        const x = { shape: [2, 3], values: [1, 2, 3, 4, 5, 6] };
        const dy = { shape: [2, 3], values: [1, 10, 100, 2, 20, 200] };
        const along = (axis + 2) % 2;
        const all = [...places(x.shape)];
        const values = all.map((from) =>
          all.reduce((sum, to) => {
            const sameLine = from[1 - along] === to[1 - along];
            const steps = (to[along]! - from[along]!) * (reverse ? -1 : 1);
            const isIn = sameLine && steps >= (exclusive ? 1 : 0);
            return sum + (isIn ? at(dy, to) : 0);
          }, 0)
        );
        assertResult(
          () =>
            tf.grad((x: tf.Tensor) => tf.cumsum(x, axis, exclusive, reverse))(
              tensorOf(x),
              tensorOf(dy),
            ),
          { shape: [2, 3], values },
        );
      }
    }
  });
}
