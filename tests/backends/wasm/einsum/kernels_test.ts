import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { assertEquals, assertThrows } from "../../../assert.ts";
import {
  assertResult,
  at,
  places,
  type Plain,
  plain,
} from "../arrays/arrays.ts";
import { tensorOf } from "../arrays/arrays.ts";

await useBackend("wasm");

interface Case {
  terms: string[];
  output: string;
  tensors: Plain[];
}

const lengths: Record<string, number> = { a: 2, b: 3, c: 1, d: 2, e: 4 };
const shapeOf = (labels: string) => [...labels].map((l) => lengths[l]!);

/** The sum over all places of all labels, as numpy.einsum is defined. */
function einsum({ terms, output, tensors }: Case): Plain {
  const shape = shapeOf(output);
  const values = new Array(shape.reduce((a, b) => a * b, 1)).fill(0);
  const all = [...new Set(terms.join(""))].join("");
  const order = { shape, values: [...values.keys()] };
  for (const place of places(shapeOf(all))) {
    const of = (labels: string) =>
      [...labels].map((label) => place[all.indexOf(label)]!);
    values[at(order, of(output))] += terms
      .map((labels, i) => at(tensors[i]!, of(labels)))
      .reduce((a, b) => a * b, 1);
  }
  return { shape, values };
}

const labels = fc.shuffledSubarray([..."abcde"]).map((all) => all.join(""));
const cases = fc.array(labels, { minLength: 1, maxLength: 2 }).chain((terms) =>
  fc.record({
    terms: fc.constant(terms),
    output: fc.shuffledSubarray([...new Set(terms.join(""))])
      .map((all) => all.join("")),
    tensors: fc.tuple(...terms.map((term) => plain(shapeOf(term)))),
  })
);
const equationOf = ({ terms, output }: Case) => `${terms.join(",")}->${output}`;

Deno.test("einsum() equals its definition for any equation of one or two tensors", () => {
  fc.assert(
    fc.property(cases, (each) => {
      assertResult(
        () =>
          tf.einsum(equationOf(each), ...each.tensors.map((t) => tensorOf(t))),
        einsum(each),
        1e-6,
      );
    }),
    { numRuns: 300 },
  );
});

Deno.test("einsum()'s gradients equal finite differences of its definition", () => {
  fc.assert(
    fc.property(cases, (each) => {
      const { shape, values } = einsum(each);
      const dy = { shape, values: values.map((_, i) => 1 + i % 3) };
      const loss = (tensors: Plain[]) =>
        einsum({ ...each, tensors }).values
          .reduce((sum, value, i) => sum + value * dy.values[i]!, 0);
      each.tensors.forEach((tensor, k) => {
        // It is linear in each tensor, so that a step of 1 is as good as any.
        const gradient = tensor.values.map((_, i) => {
          const moved = tensor.values.with(i, tensor.values[i]! + 1);
          return loss(each.tensors.with(k, { ...tensor, values: moved })) -
            loss(each.tensors);
        });
        assertResult(
          () =>
            tf.grads((...tensors: tf.Tensor[]) =>
              tf.einsum(equationOf(each), ...tensors)
            )(each.tensors.map((t) => tensorOf(t)), tensorOf(dy))[k]!,
          { ...tensor, values: gradient },
          1e-5,
        );
      });
    }),
    { numRuns: 60 },
  );
});

Deno.test("einsum() does what its best known equations say", () => {
  const [a, b] = [
    { shape: [2, 3], values: [1, 2, 3, 4, 5, 6] },
    { shape: [3, 2], values: [1, 0, 0, 1, 1, 1] },
  ];
  const is = (equation: string, tensors: Plain[], expected: Plain) =>
    assertResult(
      () => tf.einsum(equation, ...tensors.map((t) => tensorOf(t))),
      expected,
    );
  is("ij,jk->ik", [a, b], { shape: [2, 2], values: [4, 5, 10, 11] });
  is("ij->ji", [a], { shape: [3, 2], values: [1, 4, 2, 5, 3, 6] });
  is("ij->", [a], { shape: [], values: [21] });
  is("ij,ji->", [a, b], { shape: [], values: [15] });
  is("ij,ij->ij", [a, a], { shape: [2, 3], values: [1, 4, 9, 16, 25, 36] });
  is(" ij , jk -> ik ", [a, b], { shape: [2, 2], values: [4, 5, 10, 11] });
});

Deno.test("einsum() of int32 is exact, and of two types float32", () => {
  const whole = { shape: [2], values: [16777217, 1] };
  assertResult(
    () =>
      tf.einsum(
        "i,i->",
        tensorOf(whole, "int32"),
        tensorOf({ shape: [2], values: [1, 1] }, "int32"),
      ),
    { shape: [], values: [16777218], dtype: "int32" },
  );
  const half = { shape: [2], values: [0.5, 1] };
  const small = { shape: [2], values: [3, 1] };
  assertResult(
    () => tf.einsum("i,i->", tensorOf(small, "int32"), tensorOf(half)),
    { shape: [], values: [2.5], dtype: "float32" },
  );
});

Deno.test("einsum() has second derivatives", () => {
  // x · x summed has the gradient 2x, whose sum has the gradient 2.
  tf.tidy(() => {
    const square = (x: tf.Tensor) => tf.einsum("i,i->", x, x);
    const slope = tf.grad((x: tf.Tensor) => tf.sum(tf.grad(square)(x)));
    assertEquals([...slope(tf.tensor1d([1, 2, 3])).dataSync()], [2, 2, 2]);
  });
});

for (
  const [equation, message] of [
    ["ii->i", "each axis of a tensor once"],
    ["ij->ii", "each axis of a tensor once"],
    ["ij", "exactly one arrow"],
    ["i->j->i", "exactly one arrow"],
    ["...i->i", "a letter for each axis"],
    ["ij->k", "the result's axes to be an input's"],
    ["ijk->i", 'axes "ijk"'],
    ["ij,jk->ik", "as many as the equation has"],
  ] as const
) {
  Deno.test(`einsum() refuses "${equation}" of a matrix`, () => {
    const x = tf.ones([2, 2]);
    const before = tf.memory().numTensors;
    assertThrows(() => tf.einsum(equation, x), RangeError, message);
    assertEquals(tf.memory().numTensors, before);
    x.dispose();
  });
}

Deno.test("einsum() refuses lengths that differ, and three tensors", () => {
  const [x, y] = [tf.ones([2, 3]), tf.ones([2, 3])];
  assertThrows(() => tf.einsum("ij,jk->ik", x, y), RangeError, "3 for j");
  assertThrows(() => tf.einsum("ij,ij,ij->", x, y, y), RangeError, "two");
  tf.dispose([x, y]);
});
