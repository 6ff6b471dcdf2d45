import { createNN2, namedWeights } from "../../../lib/nn2/mod.ts";
import { layerChart } from "../../../lib/plots/learning/layer_chart.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const layer = (name: string, value: number) => ({ name, value });

Deno.test("layerChart() puts NN2's layers over its modules, first to last", () => {
  const model = createNN2({ normalization: "none", seed: 1 });
  const layers = Object.keys(namedWeights(model))
    .filter((name) => name.endsWith("/kernel"))
    .map((name) => layer(name, 1));
  const { data, layout } = layerChart(layers);
  assertEquals(data[0]!.x instanceof Array && data[0]!.x.length, layers.length);
  assertEquals((layout.xaxis as { categoryarray: string[] }).categoryarray, [
    ...["conv1", "2", "3a", "3b", "3c", "4a", "4b", "4c", "4d", "4e"],
    ...["5a", "5b", "embedding"],
  ]);
  model.dispose();
});

Deno.test("layerChart() draws the geometric mean of each module", () => {
  const { data } = layerChart([
    layer("inception_3a_1x1/kernel", 0.1),
    layer("inception_3a_5x5/kernel", 0.001),
    layer("embedding/kernel", 0.5),
  ]);
  assertEquals(data[1]!.x, ["3a", "embedding"]);
  assertEquals(data[1]!.y, [0.01, 0.5]);
});

Deno.test("layerChart() refuses what a logarithmic axis cannot show", () => {
  assertThrows(() => layerChart([]), RangeError, "expected layers, got none");
  assertThrows(
    () => layerChart([layer("conv1/kernel", 0)]),
    RangeError,
    "above 0 each, got 0 at 0",
  );
});
