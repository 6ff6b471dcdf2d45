import {
  type EngineSpeed,
  measureSpeed,
} from "../../../lib/experiment/bench/measure_speed.ts";
import { assert, assertEquals } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";

const needs = ["read", "run"] as const;

permittedTest(
  "measureSpeed() lets engines train in turns, and says why tfjs's own kernels cannot",
  [...needs],
  async () => {
    const progress: number[] = [];
    const speeds = await measureSpeed(
      {
        "as published": { kernels: "wasm" },
        plain: { kernels: "ours" },
        "two threads": { kernels: "ours", threads: 2 },
      },
      {
        task: "train",
        batch: 4,
        rounds: 2,
        onProgress: (done) => progress.push(done),
      },
    );
    assertEquals(progress, [1, 2, 3, 4, 5, 6]);
    const { plain, ...others } = speeds as Record<string, EngineSpeed>;
    const published = others["as published"]!;
    assertEquals(published.imagesPerSecond, []);
    assert(/'Conv2DBackpropFilter' not registered/.test(published.failure!));
    for (
      const { imagesPerSecond, failure } of [plain!, others["two threads"]!]
    ) {
      assertEquals([imagesPerSecond.length, failure], [2, undefined]);
      assert(imagesPerSecond.every((speed) => speed > 0));
    }
    assert(/128-bit training kernels, 1 thread/.test(plain!.description));
    assert(/2 threads/.test(others["two threads"]!.description));
  },
);

permittedTest(
  "measureSpeed() embeds with tfjs's own kernels, which it says",
  [...needs],
  async () => {
    const { stock } = await measureSpeed(
      { stock: { kernels: "wasm" } },
      { task: "infer", batch: 4, rounds: 1 },
    );
    assertEquals(stock!.failure, undefined);
    assertEquals(stock!.imagesPerSecond.length, 1);
    assert(/^TensorFlow\.js \S+ as published, wasm$/.test(stock!.description));
  },
);
