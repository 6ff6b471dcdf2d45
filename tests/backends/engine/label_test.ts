import { labelOf } from "../../../lib/backends/engine/label.ts";
import { assertEquals } from "../../assert.ts";

const tensor = (...shape: number[]) => ({
  dataId: {},
  shape,
  dtype: "float32" as const,
});

Deno.test("labelOf() counts a convolution's three passes alike", () => {
  const x = tensor(2, 14, 14, 3);
  const filter = tensor(3, 3, 3, 5);
  const y = tensor(2, 7, 7, 5);
  const flop = 2 * (3 * 3 * 3 * 5) * (2 * 7 * 7);
  const strides = [2, 2];
  assertEquals(
    labelOf("FusedConv2D", { inputs: { x, filter }, attrs: { strides } }, y),
    { name: "FusedConv2D 3×3, stride 2", flop },
  );
  assertEquals(
    labelOf("Conv2DBackpropInput", {
      inputs: { dy: y, filter },
      attrs: { strides: 2 },
    }, x),
    { name: "Conv2DBackpropInput 3×3, stride 2", flop },
  );
  assertEquals(
    labelOf("Conv2DBackpropFilter", {
      inputs: { x, dy: y },
      attrs: { filterShape: filter.shape },
    }, filter),
    { name: "Conv2DBackpropFilter 3×3", flop },
  );
});

Deno.test("labelOf() counts several 1×1 convolutions together", () => {
  const x = tensor(2, 7, 7, 3);
  const filters = { filter0: tensor(1, 1, 3, 5), filter1: tensor(1, 1, 3, 4) };
  const results = { dy0: tensor(2, 7, 7, 5), dy1: tensor(2, 7, 7, 4) };
  const flop = 2 * (3 * 9) * (2 * 7 * 7);
  const passes = [
    ["NormalizedPointwiseTraining", { x, ...filters }, Object.values(results)],
    ["PointwiseBackpropInput", { ...results, ...filters }, [x]],
    ["PointwiseBackpropFilter", { x, ...results }, Object.values(filters)],
  ] as const;
  for (const [kernel, inputs, outputs] of passes) {
    assertEquals(
      labelOf(kernel, { inputs }, [...outputs]),
      { name: `${kernel}, several 1×1`, flop },
    );
  }
});

Deno.test("labelOf() finds the inner side of a product", () => {
  const product = (aShape: number[], transposeA: boolean) =>
    labelOf("BatchMatMul", {
      inputs: { a: tensor(...aShape), b: tensor(1, 4, 5) },
      attrs: { transposeA },
    }, tensor(1, 3, 5)).flop;
  assertEquals(product([1, 3, 4], false), 2 * 3 * 4 * 5);
  assertEquals(product([1, 4, 3], true), 2 * 3 * 4 * 5);
});

Deno.test("labelOf() counts nothing where nothing is multiplied and added", () => {
  const inputs = { x: tensor(2, 3) };
  assertEquals(labelOf("Relu", { inputs }, tensor(2, 3)), {
    name: "Relu",
    flop: 0,
  });
});
