import { planProduct } from "../../../../lib/backends/webgpu/gemm/plan_product.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { asHardware, deviceTest, useWebGpu } from "../device.ts";

deviceTest(
  "planProduct() cuts the depth where a product has few tiles",
  async () => {
    const backend = await useWebGpu();
    const few = { rows: 8, columns: 8, depth: 1000 };
    const plan = planProduct(backend, few);
    assert(plan.parts > 1);
    assertEquals(plan.partDepth % 16, 0);
    assertEquals(Math.ceil(few.depth / plan.partDepth), plan.parts);
    assertEquals(planProduct(backend, few, 1).parts, 1);
    const many = { rows: 4096, columns: 4096, depth: 1000 };
    assertEquals(planProduct(backend, many).parts, 1);
    const none = { rows: 8, columns: 8, depth: 0 };
    assertEquals(planProduct(backend, none).parts, 1);
  },
);

deviceTest("planProduct() has tiles for a GPU, and more parts", async () => {
  const backend = await useWebGpu();
  const few = { rows: 64, columns: 64, depth: 100_000 };
  const many = { rows: 4096, columns: 4096, depth: 64 };
  assertEquals(planProduct(backend, few).form, "tallRegisters");
  assertEquals(
    planProduct(backend, { ...few, rows: 8 }).form,
    "wideRegisters",
  );
  asHardware(backend, () => {
    const plan = planProduct(backend, few);
    assertEquals(plan.form, "smallTiles");
    assert(plan.parts >= 60);
    assertEquals(planProduct(backend, many).form, "largeTiles");
    assertEquals(planProduct(backend, many).parts, 1);
  });
});

deviceTest(
  "planProduct() has the registers that reach least beyond a product",
  async () => {
    const backend = await useWebGpu();
    const formOf = (rows: number, columns: number, lanes: 1 | 4) =>
      planProduct(backend, { rows, columns, depth: 64, lanes }).form;
    assertEquals(formOf(640, 128, 4), "tallManyRegisters");
    assertEquals(formOf(80, 640, 4), "wideManyRegisters");
    assertEquals(formOf(64, 64, 4), "tallRegisters");
    assertEquals(formOf(640, 128, 1), "tallRegisters");
    assertEquals(formOf(8, 640, 1), "wideRegisters");
    const sum = {
      rows: 640,
      columns: 128,
      depth: 64,
      lanes: 4,
      terms: 3,
    } as const;
    assertEquals(planProduct(backend, sum).form, "tallRegisters");
  },
);
