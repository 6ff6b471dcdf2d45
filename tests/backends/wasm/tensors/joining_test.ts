import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import {
  assertResult,
  at,
  places,
  type Plain,
  plain,
  tensorOf,
} from "../arrays/arrays.ts";

await useBackend("wasm");

/** Tensors that differ in one axis, and that axis, counted from either end. */
const joined = fc.array(fc.integer({ min: 0, max: 4 }), {
  minLength: 1,
  maxLength: 4,
}).chain((shape) =>
  fc.record({
    axis: fc.integer({ min: -shape.length, max: shape.length - 1 }),
    sizes: fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }),
  }).chain(({ axis, sizes }) => {
    const parts = sizes.map((size) => plain(shape.with(axis, size)));
    return fc.tuple(...parts).map((parts) => ({ axis, sizes, parts, shape }));
  })
);

/** The parts one after the other, place by place. */
function join(shape: number[], axis: number, parts: Plain[]): Plain {
  const lengths = parts.map((part) => part.shape.at(axis)!);
  const whole = shape.with(axis, lengths.reduce((a, b) => a + b));
  const values = [...places(whole)].map((place) => {
    let [i, rest] = [0, place.at(axis)!];
    while (rest >= lengths[i]!) rest -= lengths[i++]!;
    return at(parts[i]!, place.with(axis, rest));
  });
  return { shape: whole, values };
}

for (const dtype of ["float32", "int32"] as const) {
  const whole = ({ shape, values }: Plain) => ({
    shape,
    values: dtype === "int32" ? values.map((value) => 8 * value) : values,
  });

  Deno.test(`concat() of ${dtype} joins tensors of any sides along any axis`, () => {
    fc.assert(fc.property(joined, ({ axis, parts, shape }) => {
      const given = parts.map(whole);
      assertResult(
        () => tf.concat(given.map((part) => tensorOf(part, dtype)), axis),
        { ...join(shape, axis, given), dtype },
      );
    }));
  });

  Deno.test(`split() of ${dtype} is the reverse of concat()`, () => {
    fc.assert(fc.property(joined, ({ axis, sizes, parts, shape }) => {
      const given = parts.map(whole);
      const x = join(shape, axis, given);
      given.forEach((part, i) =>
        assertResult(
          () => tf.split(tensorOf(x, dtype), sizes, axis)[i]!,
          { ...part, dtype },
        )
      );
    }));
  });
}
