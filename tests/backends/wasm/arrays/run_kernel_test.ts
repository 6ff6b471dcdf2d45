import { presentBackend } from "../../../../lib/backends/wasm/use_threads.ts";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import {
  runAs,
  tidy,
} from "../../../../lib/backends/wasm/arrays/run_kernel.ts";
import type {
  WasmBackend,
} from "../../../../lib/backends/wasm/runtime/tfjs_backend.ts";
import { assert, assertEquals, assertThrows } from "../../../assert.ts";

await useBackend("wasm");

/** Runs something that is given a tensor, and counts the tensors that it leaves. */
function leaves(
  run: (backend: WasmBackend, x: tf.Tensor) => tf.TensorInfo[],
): { kept: number; values: number[][] } {
  const backend = presentBackend();
  assert(backend);
  const x = tf.tensor1d([1, 4, 9]);
  const before = tf.backend().numDataIds();
  const results = run(backend, x);
  const kept = tf.backend().numDataIds() - before;
  const values = results.map(({ dataId }) => [
    ...backend.readSync(dataId) as Float32Array,
  ]);
  for (const { dataId } of results) backend.disposeData(dataId);
  assertEquals(tf.backend().numDataIds(), before);
  assertEquals([...x.dataSync()], [1, 4, 9]);
  x.dispose();
  return { kept, values };
}

Deno.test("tidy() keeps what is returned and nothing else", () => {
  const result = leaves((backend, x) => [
    tidy(backend, (run) => {
      const root = run("Sqrt", { x });
      return run("Add", { a: root, b: run("Square", { x: root }) });
    }),
  ]);
  assertEquals(result, { kept: 1, values: [[2, 6, 12]] });
});

Deno.test("tidy() keeps each of a list that is returned", () => {
  const result = leaves((backend, x) =>
    tidy(backend, (run) => {
      const root = run("Sqrt", { x });
      return [run("Neg", { x: root }), root];
    })
  );
  assertEquals(result, { kept: 2, values: [[-1, -2, -3], [1, 2, 3]] });
});

Deno.test("tidy() frees shares of a tensor, and not the tensor", () => {
  const result = leaves((backend, x) => [
    tidy(backend, (run) => run("Neg", { x: run("Identity", { x }) })),
  ]);
  assertEquals(result, { kept: 1, values: [[-1, -4, -9]] });
});

Deno.test("tidy() frees tensors that it is told of", () => {
  const result = leaves((backend, x) => [
    tidy(backend, (run, track) => {
      const ones = track(backend.makeOutput([3], "float32"));
      backend.typedArrayFromHeap(ones).fill(1);
      return run("Add", { a: x, b: ones });
    }),
  ]);
  assertEquals(result, { kept: 1, values: [[2, 5, 10]] });
});

Deno.test("tidy() frees everything where something throws", () => {
  const result = leaves((backend, x) => {
    assertThrows(
      () =>
        tidy(backend, (run) => {
          run("Sqrt", { x });
          throw new RangeError("Cannot go on");
        }),
      RangeError,
      "Cannot go on",
    );
    return [];
  });
  assertEquals(result, { kept: 0, values: [] });
});

Deno.test("runAs() casts inputs, and the result where it has to", () => {
  tf.tidy(() => {
    const bools = tf.tensor1d([1, 0, 1], "bool");
    const results = (["bool", undefined] as const).map((type) =>
      leaves((backend) => [
        runAs(backend, "int32", ["Reverse", { x: bools }, { dims: [0] }], type),
      ]).values
    );
    assertEquals(results, [[[1, 0, 1]], [[1, 0, 1]]]);
  });
});
