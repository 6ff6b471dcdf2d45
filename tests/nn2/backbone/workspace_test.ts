import * as tf from "@tensorflow/tfjs";
import { createWorkspace } from "../../../lib/nn2/backbone/workspace.ts";
import { assertEquals } from "../../assert.ts";

await tf.setBackend("cpu");

/** How many buffers the backend holds; tfjs's engine counts its own alone. */
const buffers = () => tf.backend().numDataIds();

Deno.test("createWorkspace() frees what it made, once, and nothing of others", () => {
  const x = tf.tensor1d([1, 2]);
  const workspace = createWorkspace();
  const before = buffers();
  const [sum] = workspace.call("Add", { a: x, b: x });
  assertEquals(buffers(), before + 1);
  workspace.free(sum!);
  workspace.free(sum!);
  workspace.free(x);
  assertEquals(buffers(), before);
  assertEquals([...x.dataSync()], [1, 2]);
  x.dispose();
});

Deno.test("createWorkspace() counts tensors that share memory", () => {
  const x = tf.tensor1d([1, 2]);
  const workspace = createWorkspace();
  const before = buffers();
  const [sum] = workspace.call("Add", { a: x, b: x });
  const [same] = workspace.call("Identity", { x: sum! });
  assertEquals(same!.dataId === sum!.dataId, true);
  workspace.free(sum!);
  assertEquals(buffers(), before + 1);
  workspace.free(same!);
  assertEquals(buffers(), before);
  x.dispose();
});

Deno.test("createWorkspace() releases a tensor to tfjs, and clears all others", () => {
  const x = tf.tensor1d([1, 2]);
  const workspace = createWorkspace();
  const before = buffers();
  const [sum] = workspace.call("Add", { a: x, b: x });
  workspace.call("Identity", { x: workspace.call("Square", { x })[0]! });
  const { numTensors } = tf.memory();
  const released = workspace.release(sum!);
  assertEquals(tf.memory().numTensors, numTensors + 1);
  workspace.clear();
  assertEquals(buffers(), before + 1);
  assertEquals([...released.dataSync()], [2, 4]);
  released.dispose();
  assertEquals(buffers(), before);
  x.dispose();
});
