import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "../../assert.ts";
import { componentWrites, deviceTest, useWebGpu } from "./device.ts";

deviceTest("useWebGpu() makes webgpu the current backend", async () => {
  const { device } = await useWebGpu();
  assertEquals(tf.getBackend(), "webgpu");
  const sum = tf.tidy(() => tf.add(tf.tensor1d([1, 2]), 1));
  assertEquals([...await sum.data()], [2, 3]);
  sum.dispose();
  const again = await useWebGpu();
  assertEquals(again.device === device, true);
});

Deno.test("componentWrites() finds races of invocations in one vector", () => {
  const of = (write: string) =>
    componentWrites(`var<workgroup> tile: array<vec4<f32>, 8>; ${write};`);
  assertEquals(of("tile[i / 4u][i % 4u] = 1.0"), ["tile"]);
  assertEquals(of("tile[i].y += 1.0"), ["tile"]);
  assertEquals(of("tile[i] = vec4(1.0)"), []);
  assertEquals(of("let equal = tile[i].y == 1.0"), []);
});
