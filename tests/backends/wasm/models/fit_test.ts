import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { imagesToTensor } from "../../../../lib/digits/images.ts";
import { assert, assertAlmostEquals } from "../../../assert.ts";
import { permittedTest } from "../../../permitted.ts";
import { stripes } from "../../../training/digits.ts";
import { convnet } from "./convnet.ts";

async function lossCurve(backend: "cpu" | "wasm"): Promise<number[]> {
  await useBackend(backend);
  const images = stripes(12, 10, 1);
  const indices = Array.from({ length: images.count }, (_, i) => i);
  const x = imagesToTensor(images, indices);
  const labels = tf.tensor1d([...images.labels], "int32");
  const y = tf.cast(tf.oneHot(labels, 10), "float32");
  const model = convnet();
  const { history } = await model.fit(x, y, {
    epochs: 4,
    batchSize: 6,
    shuffle: false,
    verbose: 0,
  });
  tf.dispose([x, y, labels]);
  model.dispose();
  return history.loss as number[];
}

Deno.test("model.fit() trains a usual network as the cpu backend does", async () => {
  const expected = await lossCurve("cpu");
  const actual = await lossCurve("wasm");
  assert(actual.at(-1)! < actual[0]! / 4, `losses ${actual}`);
  actual.forEach((loss, i) =>
    assertAlmostEquals(loss, expected[i]!, 1e-4 * expected[i]!)
  );
});

permittedTest(
  "importing the kernels is all that model.fit() needs to learn digits",
  ["run", "read"],
  async () => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-check", "--allow-read", "fit_digits.ts"],
      cwd: import.meta.dirname!,
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    assert(code === 0, text(stderr));
    assert(Number(text(stdout)) > 0.85, `accuracy ${text(stdout)}`);
  },
);
