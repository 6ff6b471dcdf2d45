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
import { sizeOf, tensorOf } from "../arrays/arrays.ts";

await useBackend("wasm");

interface Gathering {
  x: Plain;
  ids: Plain;
  axis: number;
  batchDims: number;
}

/** The place in x of each place of the result, as TensorFlow defines gather. */
function sources({ x, ids, axis, batchDims }: Gathering) {
  const shape = [
    ...x.shape.slice(0, axis),
    ...ids.shape.slice(batchDims),
    ...x.shape.slice(axis + 1),
  ];
  const last = axis + ids.shape.length - batchDims;
  const from = [...places(shape)].map((place) => [
    ...place.slice(0, axis),
    at(ids, [...place.slice(0, batchDims), ...place.slice(axis, last)]),
    ...place.slice(last),
  ]);
  return { shape, from };
}

const gatherings = fc.array(fc.integer({ min: 1, max: 3 }), {
  minLength: 1,
  maxLength: 5,
}).chain((shape) =>
  fc.integer({ min: 0, max: shape.length - 1 }).chain((axis) =>
    fc.tuple(
      fc.integer({ min: 0, max: Math.min(axis, 3) }),
      fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
    ).chain(([batchDims, more]) => {
      const idShape = [...shape.slice(0, batchDims), ...more];
      return fc.record({
        x: plain(shape),
        ids: fc.array(fc.nat({ max: shape[axis]! - 1 }), {
          minLength: sizeOf(idShape),
          maxLength: sizeOf(idShape),
        }).map((values) => ({ shape: idShape, values })),
        axis: fc.constant(axis),
        batchDims: fc.constant(batchDims),
      });
    })
  )
);

Deno.test("gather() takes from each batch its own slices", () => {
  // By hand: the first of the first row, the second of the second.
  assertResult(
    () =>
      tf.gather(
        tf.tensor2d([[0, 1], [2, 3]]),
        tf.tensor2d([[0], [1]], [2, 1], "int32"),
        1,
        1,
      ),
    { shape: [2, 1], values: [0, 3] },
  );
});

for (const dtype of ["float32", "int32", "bool"] as const) {
  Deno.test(`gather() equals an oracle for any axes and batch dimensions: ${dtype}`, () => {
    const cases = fc.tuple(gatherings, fc.boolean());
    fc.assert(
      fc.property(cases, ([gathering, fromTheEnd]) => {
        const { x: given, ids, axis, batchDims } = gathering;
        const values = given.values.map((v) =>
          dtype === "bool" ? Number(v > 0) : Math.trunc(v)
        );
        const x = { ...given, values };
        const { shape, from } = sources({ ...gathering, x });
        // A rank of 0 has no batch dimensions to count from the end.
        const turned = fromTheEnd && batchDims > 0 &&
          ids.shape.length > batchDims;
        assertResult(
          () =>
            tf.gather(
              tensorOf(x, dtype),
              tensorOf(ids, "int32"),
              fromTheEnd ? axis - x.shape.length : axis,
              turned ? batchDims - ids.shape.length : batchDims,
            ),
          { shape, values: from.map((place) => at(x, place)), dtype },
        );
      }),
      { numRuns: 120 },
    );
  });
}

Deno.test("gather()'s gradient adds dy where it was taken from", () => {
  fc.assert(
    fc.property(gatherings, (gathering) => {
      const { x, ids, axis, batchDims } = gathering;
      const { shape, from } = sources(gathering);
      const dy = { shape, values: from.map((_, i) => i + 1) };
      const expected = x.values.map(() => 0);
      const own = { ...x, values: [...expected.keys()] };
      from.forEach((place, i) => expected[at(own, place)]! += i + 1);
      assertResult(
        () =>
          tf.grad((x: tf.Tensor) =>
            tf.gather(x, tensorOf(ids, "int32"), axis, batchDims)
          )(tensorOf(x), tensorOf(dy)),
        { shape: x.shape, values: expected },
      );
    }),
    { numRuns: 120 },
  );
});

Deno.test("gather() refuses ids that no slice has, and leaves nothing behind", () => {
  const x = tf.tensor2d([[0, 1], [2, 3]]);
  for (const id of [-1, 2]) {
    const ids = tf.tensor2d([[0], [id]], [2, 1], "int32");
    const before = tf.memory().numTensors;
    assertThrows(() => tf.gather(x, ids, 1, 1), RangeError, `got ${id}`);
    assertThrows(() => tf.gather(x, ids, 1, 0), Error, String(id));
    assertThrows(() => tf.gather(x, ids, 0, 1), Error, "axis");
    assertThrows(() => tf.gather(x, ids, 1, 3), Error, "batchDims");
    assertEquals(tf.memory().numTensors, before);
    ids.dispose();
  }
  x.dispose();
});
