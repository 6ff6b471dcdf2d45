import { planProduct } from "../../../../lib/backends/webgpu/gemm/plan_product.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { asHardware, deviceTest, useWebGpu } from "../device.ts";

const plain = { along: { a: "rows", b: "columns" } } as const;
const deep = { along: { a: "depth", b: "depth" } } as const;

deviceTest(
  "planProduct() cuts the depth where a product has few tiles",
  async () => {
    const backend = await useWebGpu();
    const few = { rows: 8, columns: 8, depth: 1000 };
    const plan = planProduct(backend, plain, few);
    assert(plan.parts > 1);
    assertEquals(plan.partDepth % 16, 0);
    assertEquals(Math.ceil(few.depth / plan.partDepth), plan.parts);
    assertEquals(planProduct(backend, plain, few, 1).parts, 1);
    const many = { rows: 4096, columns: 4096, depth: 1000 };
    assertEquals(planProduct(backend, plain, many).parts, 1);
    const none = { rows: 8, columns: 8, depth: 0 };
    assertEquals(planProduct(backend, plain, none).parts, 1);
  },
);

deviceTest("planProduct() has tiles for a GPU, and more parts", async () => {
  const backend = await useWebGpu();
  const few = { rows: 64, columns: 64, depth: 100_000 };
  const many = { rows: 4096, columns: 4096, depth: 64 };
  assertEquals(planProduct(backend, plain, few).form, "tallRegisters");
  assertEquals(
    planProduct(backend, plain, { ...few, rows: 8 }).form,
    "wideRegisters",
  );
  asHardware(backend, () => {
    const plan = planProduct(backend, plain, few);
    assertEquals(plan.form, "smallTiles");
    assert(plan.parts >= 60);
    assertEquals(planProduct(backend, plain, many).form, "largeTiles");
    assertEquals(planProduct(backend, plain, many).parts, 1);
  });
});

deviceTest(
  "planProduct() has the registers that reach least beyond a product",
  async () => {
    const backend = await useWebGpu();
    const formOf = (
      product: typeof plain | typeof deep,
      rows: number,
      columns: number,
      lanes: 1 | 4,
    ) =>
      planProduct(backend, product, { rows, columns, depth: 64, lanes }).form;
    assertEquals(formOf(plain, 640, 128, 4), "tallManyRegisters");
    assertEquals(formOf(plain, 80, 640, 4), "wideManyRegisters");
    assertEquals(formOf(plain, 64, 64, 4), "tallRegisters");
    assertEquals(formOf(plain, 640, 128, 1), "tallRegisters");
    assertEquals(formOf(deep, 640, 128, 4), "tallRegisters");
    assertEquals(formOf(deep, 80, 1024, 4), "wideRegisters");
  },
);
