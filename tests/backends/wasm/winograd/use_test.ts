import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import {
  setWinograd,
  type WinogradUse,
  winogradUse,
} from "../../../../lib/backends/wasm/winograd/use.ts";
import { NormalizedConvolution } from "../../../../lib/nn2/layers/normalized_convolution.ts";
import { assert, assertEquals, assertThrows } from "../../../assert.ts";
import { constantPasses, type Passes, runPasses } from "../runtime/passes.ts";

/** Planes that tiles would be worth it for, several images or one. */
const planes: Passes["shape"][] = [
  [1, 24, 24, 16],
  [8, 7, 7, 16],
  [32, 4, 4, 16],
];
const outliers = [1e4, -1e8, NaN, Infinity];

/** Sizes of the terms that a result sums, for each result: those of |x| and |w|. */
const sizes = (passes: Passes): Passes => ({
  ...passes,
  x: passes.x.map(Math.abs),
  w: passes.w.map(Math.abs),
  dy: passes.dy.map(Math.abs),
});

for (const where of ["x", "w", "dy"] as const) {
  Deno.test(`tf.conv2d and its gradients are exact relative to what a result sees, with an outlier in ${where}`, async () => {
    for (const [i, shape] of planes.entries()) {
      for (const [j, outlier] of outliers.entries()) {
        const passes = constantPasses(shape, 16, 1);
        const values = passes[where];
        // Not at a border, where NaN of a weight or a gradient meets zeros.
        const [, , width, channels] = shape;
        const at = where === "w"
          ? 4 * channels * 16 + 5
          : (width + 1) * values.length / (shape[0] * shape[1] * width) + j;
        values[Math.floor(at)] = outlier;
        const expected = await runPasses("cpu", passes);
        const actual = await runPasses("wasm", passes);
        const seen = await runPasses("cpu", sizes(passes));
        for (const pass of ["y", "dx", "dw"] as const) {
          actual[pass].forEach((value, k) => {
            const right = expected[pass][k]!;
            const close = Number.isFinite(right)
              ? Math.abs(value - right) <= 1e-5 * seen[pass][k]!
              : Object.is(value, right);
            assert(
              close,
              `${pass}[${k}], plane ${i}, ${outlier}: ${value}, not ${right}`,
            );
          });
        }
      }
    }
  });
}

/** What a layer gives in training and in inference, and its weights afterwards. */
async function apply(use: WinogradUse): Promise<Float32Array[]> {
  await useBackend("wasm");
  setWinograd(use);
  try {
    return tf.tidy(() => {
      const layer = new NormalizedConvolution({
        filters: 16,
        kernelSize: 3,
        seed: 1,
      });
      const x = tf.randomNormal([9, 7, 7, 16], 0, 1, "float32", 1);
      const y = (x: tf.Tensor) =>
        layer.apply(x, { training: true }) as tf.Tensor;
      const trained = y(x);
      const dx = tf.grad(y)(x, tf.square(trained));
      const results = [trained, dx, layer.apply(x) as tf.Tensor];
      const read = results.map((t) => t.dataSync<"float32">().slice());
      layer.dispose();
      return read;
    });
  } finally {
    setWinograd("normalized");
  }
}

Deno.test("setWinograd() decides for NormalizedConvolution, whose results stay the same but for rounding", async () => {
  const [tiles, all, direct] = [
    await apply("normalized"),
    await apply("always"),
    await apply("never"),
  ] as const;
  assertEquals(tiles, all);
  tiles.forEach((values, pass) => {
    const plain = direct[pass]!;
    const error = values.map((value, i) => Math.abs(value - plain[i]!));
    const largest = error.reduce((a, b) => Math.max(a, b));
    assert(largest > 0, `pass ${pass}: the same bits`);
    assert(largest < 1e-3, `pass ${pass}: differs by ${largest}`);
  });
});

Deno.test("setWinograd() throws for what is none of its words and changes nothing", () => {
  for (const use of ["auto", "Always", "", true, undefined]) {
    assertThrows(
      () => setWinograd(use as WinogradUse),
      RangeError,
      "Cannot use Winograd's convolutions: expected the use to be one of normalized, always, never, got",
    );
  }
  assertEquals(winogradUse(), "normalized");
});
