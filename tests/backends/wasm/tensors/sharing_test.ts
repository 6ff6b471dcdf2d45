import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { createAdam } from "../../../../lib/training/optimizer/adam.ts";
import { assert, assertEquals } from "../../../assert.ts";

Deno.test("clone() shares values, which live as long as one of the two", async () => {
  await useBackend("wasm");
  const held = tf.memory();
  for (const first of [0, 1]) {
    const x = tf.tensor1d([1, 2, 3]);
    const pair = [x, x.clone()];
    assertEquals(tf.memory().numDataBuffers - held.numDataBuffers, 1);
    pair[first]!.dispose();
    // What is made now must not take the place of the values.
    const other = tf.fill([3], 7);
    assertEquals([...pair[1 - first]!.dataSync()], [1, 2, 3]);
    tf.dispose([pair[1 - first]!, other]);
    assertEquals(tf.memory(), held);
  }
});

Deno.test("clone() of a variable keeps the values of its time", async () => {
  await useBackend("wasm");
  tf.tidy(() => {
    const variable = tf.variable(tf.tensor1d([1, 2]));
    const before = variable.clone();
    variable.assign(tf.tensor1d([3, 4]));
    assertEquals([...before.dataSync(), ...variable.dataSync()], [1, 2, 3, 4]);
    variable.dispose();
  });
});

Deno.test("clone() takes whole numbers, truth values and text", async () => {
  await useBackend("wasm");
  const held = tf.memory();
  const kinds = [
    { make: () => tf.tensor1d([1, 2], "int32"), values: [1, 2] },
    { make: () => tf.tensor1d([true, false], "bool"), values: [1, 0] },
    { make: () => tf.tensor1d(["a", "ü"]), values: ["a", "ü"] },
    { make: () => tf.tensor1d([]), values: [] },
  ];
  for (const { make, values } of kinds) {
    for (const first of [0, 1]) {
      const x = make();
      const pair = [x, x.clone()];
      pair[first]!.dispose();
      const rest = pair[1 - first]!;
      assertEquals([rest.dtype, [...rest.dataSync()]], [x.dtype, values]);
      rest.dispose();
      assertEquals(tf.memory().numDataBuffers, held.numDataBuffers);
    }
  }
});

Deno.test("cast() to the same type shares values, to another it makes some", async () => {
  await useBackend("wasm");
  tf.tidy(() => {
    const x = tf.tensor1d([1.5, 0]);
    const { numDataBuffers } = tf.memory();
    assertEquals([...tf.cast(x, "float32").dataSync()], [1.5, 0]);
    assertEquals(tf.memory().numDataBuffers, numDataBuffers);
    assertEquals([...tf.cast(x, "int32").dataSync()], [1, 0]);
    assertEquals([...x.dataSync()], [1.5, 0]);
  });
});

Deno.test("clone() outlives chains of clones, casts and reshapes, in whatever order", async () => {
  await useBackend("wasm");
  const held = tf.memory();
  const orders = [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]];
  for (const order of orders) {
    const x = tf.tensor1d([1, 2, 3, 4]);
    const clone = tf.clone(x);
    const cast = tf.cast(clone, "float32");
    const sharing = [x, clone, cast, tf.reshape(cast, [2, 2])];
    assertEquals(tf.memory().numDataBuffers, held.numDataBuffers + 1);
    for (const [i, index] of order.entries()) {
      sharing[index]!.dispose();
      const other = tf.fill([4], 7);
      for (const rest of order.slice(i + 1)) {
        assertEquals([...sharing[rest]!.dataSync()], [1, 2, 3, 4]);
      }
      other.dispose();
    }
    assertEquals(tf.memory(), held);
  }
});

Deno.test("clone() gives no part in what is changed through dataSync()", async () => {
  await useBackend("wasm");
  tf.tidy(() => {
    const x = tf.tensor1d([1, 2]);
    const clone = x.clone();
    clone.dataSync()[0] = 5;
    assertEquals([...x.dataSync(), ...clone.dataSync()], [1, 2, 1, 2]);
  });
});

Deno.test("Adam changes no clone of its weights or gradients", async () => {
  await useBackend("wasm");
  const train = (hold: (tensor: tf.Tensor) => void) =>
    tf.tidy(() => {
      const weights = tf.variable(tf.tensor1d([1, 2, 3, 4, 5]));
      const adam = createAdam({ weights });
      const gradient = tf.tensor1d([1, -1, 2, 0, 3]);
      for (let step = 1; step < 4; step++) {
        hold(weights);
        hold(gradient);
        adam.update({ weights: gradient }, 0.1 * step);
      }
      adam.dispose();
      const result = weights.dataSync();
      weights.dispose();
      return result;
    });
  const held: { clone: tf.Tensor; values: unknown }[] = [];
  const result = train((tensor) =>
    held.push({ clone: tf.keep(tensor.clone()), values: tensor.dataSync() })
  );
  for (const { clone, values } of held) assertEquals(clone.dataSync(), values);
  tf.dispose(held.map(({ clone }) => clone));
  // And clones change nothing for Adam.
  assertEquals(result, train(() => {}));
});

Deno.test("clone() and cast() in a gradient pass it on", async () => {
  await useBackend("wasm");
  tf.tidy(() => {
    const x = tf.tensor1d([1, 2, 3]);
    const dy = tf.tensor1d([1, 10, 100]);
    const gradient = tf.grad((x) =>
      tf.mul(tf.clone(x), tf.cast(tf.clone(x), "float32"))
    )(x, dy);
    assertEquals([...gradient.dataSync()], [2, 40, 600]);
    assertEquals([...dy.dataSync()], [1, 10, 100]);
  });
});

Deno.test("a clone moves between backends with the values that it shares", async () => {
  await useBackend("wasm");
  const x = tf.tensor1d([1, 2, 3]);
  const clone = x.clone();
  await useBackend("cpu");
  assertEquals([...tf.tidy(() => tf.add(clone, 1).dataSync())], [2, 3, 4]);
  x.dispose();
  assert(!clone.isDisposed);
  await useBackend("wasm");
  assertEquals([...tf.tidy(() => tf.add(clone, 2).dataSync())], [3, 4, 5]);
  clone.dispose();
});
