import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { l2Pool, L2Pooling } from "../../../lib/nn2/layers/l2_pooling.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";
import { assertClose, assertGradient, wave } from "./finite_differences.ts";

/** The definition, cell by cell. */
function reference(x: tf.Tensor4D, size: number, stride: number): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const values = x.arraySync();
  const [rows, columns] = [height, width].map((n) => Math.ceil(n / stride));
  const first = (length: number, windows: number) =>
    -Math.floor(Math.max((windows - 1) * stride + size - length, 0) / 2);
  const [top, left] = [first(height, rows!), first(width, columns!)];
  const y = tf.buffer([batch, rows!, columns!, channels]);
  for (let i = 0; i < y.size; i++) {
    const [n, row, column, channel] = y.indexToLoc(i) as [
      number,
      number,
      number,
      number,
    ];
    let sum = 0;
    for (let r = 0; r < size; r++) {
      for (let c = 0; c < size; c++) {
        const pixel = values[n]![top + row * stride + r]
          ?.[left + column * stride + c];
        sum += (pixel?.[channel] ?? 0) ** 2;
      }
    }
    y.set(Math.sqrt(sum), n, row, column, channel);
  }
  return y.toTensor() as tf.Tensor4D;
}

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test(`l2Pool() equals its definition on ${backend}`, async () => {
    await use(backend);
    fc.assert(
      fc.property(
        fc.tuple(
          fc.integer({ min: 1, max: 8 }),
          fc.integer({ min: 1, max: 8 }),
        ),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 3 }),
        ([height, width], size, stride) =>
          tf.tidy(() => {
            const x = wave([2, height, width, 3], size) as tf.Tensor4D;
            assertClose(l2Pool(x, size, stride), reference(x, size, stride));
          }),
      ),
      { numRuns: 60 },
    );
  });

  Deno.test(`l2Pool() has the gradient of its differences on ${backend}`, async () => {
    await use(backend);
    for (const stride of [1, 2]) {
      const x = wave([2, 5, 4, 2]);
      assertGradient((x) => l2Pool(x as tf.Tensor4D, 3, stride), x);
      x.dispose();
    }
  });
}

Deno.test("l2Pool() has gradient 0 where the whole window is 0", async () => {
  await use("cpu");
  tf.tidy(() => {
    const x = tf.zeros<tf.Rank.R4>([1, 4, 4, 2]);
    const gradient = tf.grad((x) => l2Pool(x as tf.Tensor4D, 3, 1))(x);
    assertEquals([...gradient.dataSync()], Array(32).fill(0));
  });
});

Deno.test("l2Pool() is steepest, at 1, along a lone value", async () => {
  await use("cpu");
  tf.tidy(() => {
    const x = tf.tensor4d([0, -2, 0, 0], [1, 2, 2, 1]);
    const gradient = tf.grad((x) => l2Pool(x as tf.Tensor4D, 2, 2))(x);
    assertClose(gradient, tf.tensor4d([0, -1, 0, 0], [1, 2, 2, 1]));
  });
});

Deno.test("L2Pooling announces the shape that it makes", async () => {
  await use("cpu");
  tf.tidy(() => {
    const layer = new L2Pooling({ size: 3, stride: 2 });
    const y = layer.apply(tf.ones([2, 7, 4, 3])) as tf.Tensor;
    assertEquals(layer.computeOutputShape([2, 7, 4, 3]), y.shape);
    assertEquals(y.shape, [2, 4, 2, 3]);
    // The first window starts a cell above the image, and not left of it.
    assertAlmostEquals(y.dataSync()[0]!, Math.sqrt(6), 1e-6);
  });
});

Deno.test("L2Pooling is made again from its configuration", () => {
  const { name, size, stride } = new L2Pooling({
    name: "pool",
    size: 3,
    stride: 2,
  }).getConfig();
  assertEquals([name, size, stride], ["pool", 3, 2]);
});

async function use(backend: "cpu" | "wasm"): Promise<void> {
  if (backend === "wasm") await useBackend("wasm");
  else await tf.setBackend("cpu");
}

Deno.test("L2Pooling leaves sizes open that are not known", () => {
  const layer = new L2Pooling({ size: 3, stride: 2 });
  assertEquals(layer.computeOutputShape([null, null, 7, 4]), [
    null,
    null,
    4,
    4,
  ]);
});
