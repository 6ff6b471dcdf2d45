import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { createNN2, type NN2Options } from "../../lib/nn2/model.ts";
import { namedWeights, setNamedWeights } from "../../lib/nn2/weights.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../assert.ts";
import { assertClose, wave } from "./layers/finite_differences.ts";

await useBackend("wasm");

const NORMALIZATIONS = ["none", "batch", "lrn"] as const;

function entries(weight: tf.Tensor | undefined): Float32Array {
  return weight!.dataSync<"float32">().slice(0, 50);
}

Deno.test("createNN2() makes the same weights from the same seed, 0 too, and others from another", () => {
  const [a, b, c] = [0, 0, 1].map((seed) => createNN2({ seed }));
  const [weightsA, weightsB, weightsC] = [a!, b!, c!].map(namedWeights);
  for (const [name, weight] of Object.entries(weightsA!)) {
    assertEquals(entries(weight), entries(weightsB![name]));
    if (name.endsWith("kernel")) {
      assert(
        entries(weight).some((value, i) =>
          value !== entries(weightsC![name])[i]
        ),
        `expected other values in ${name}`,
      );
    }
  }
  for (const model of [a!, b!, c!]) model.dispose();
});

Deno.test("createNN2() draws each kernel anew", () => {
  const model = createNN2({ seed: 0 });
  const kernels = Object.entries(namedWeights(model)).filter(([name]) =>
    name.endsWith("/kernel")
  );
  const signs = kernels.map(([, kernel]) =>
    Array.from(entries(kernel), Math.sign).join()
  );
  assertEquals(new Set(signs).size, kernels.length);
  model.dispose();
});

Deno.test("createNN2() starts from the same kernels whatever the normalization", () => {
  const models = NORMALIZATIONS.map((normalization) =>
    createNN2({ normalization, seed: 5 })
  );
  const last = models.map((model) =>
    entries(namedWeights(model)["embedding/kernel"])
  );
  assertEquals(last[1], last[0]!);
  assertEquals(last[2], last[0]!);
  for (const model of models) model.dispose();
});

for (const normalization of NORMALIZATIONS) {
  Deno.test(`createNN2() embeds with length 1, leaving no other tensor, normalization ${normalization}`, () => {
    const before = tf.memory().numTensors;
    const model = createNN2({ embeddingSize: 5, normalization, seed: 1 });
    const made = tf.memory().numTensors;
    for (const training of [false, true]) {
      const embeddings = tf.tidy(() =>
        model.apply(wave([3, 28, 28, 1]), { training }) as tf.Tensor2D
      );
      assertEquals(tf.memory().numTensors, made + 1);
      assertEquals(embeddings.shape, [3, 5]);
      for (const row of embeddings.arraySync()) {
        assertAlmostEquals(Math.hypot(...row), 1, 1e-5);
      }
      embeddings.dispose();
    }
    model.dispose();
    assertEquals(tf.memory().numTensors, before);
  });
}

Deno.test("createNN2() makes models that share no variable", () => {
  const [a, b] = [createNN2({ seed: 1 }), createNN2({ seed: 2 })];
  tf.tidy(() => {
    const x = wave([2, 28, 28, 1]);
    const ofB = b.predict(x) as tf.Tensor;
    namedWeights(a)["conv1/kernel"]!.assign(tf.zeros([7, 7, 1, 64]));
    assertClose(b.predict(x) as tf.Tensor, ofB, 0);
    a.dispose();
    assertClose(b.predict(x) as tf.Tensor, ofB, 0);
  });
  b.dispose();
});

Deno.test("createNN2() trains without a gradient in the images, and no other layer does", () => {
  const model = createNN2({ normalization: "batch", seed: 0 });
  const without = model.layers.filter((layer) =>
    layer.getConfig().inputGradient === false
  );
  assertEquals(without.map(({ name }) => name), ["conv1"]);
  model.dispose();
});

Deno.test("createNN2() at 224 takes three channels", () => {
  const model = createNN2({ inputSize: 224, seed: 0 });
  assertEquals(model.inputs[0]!.shape, [null, 224, 224, 3]);
  assertEquals(model.outputs[0]!.shape, [null, 128]);
  model.dispose();
});

Deno.test("createNN2() gives a model that can be saved and loaded", async () => {
  const model = createNN2({ seed: 3 });
  const modelTopology = model.toJSON(undefined, false) as object;
  const loaded = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology }), {
    strict: false, // the topology alone
  });
  setNamedWeights(loaded, namedWeights(model));
  tf.tidy(() => {
    const x = wave([2, 28, 28, 1]);
    assertClose(
      loaded.predict(x) as tf.Tensor,
      model.predict(x) as tf.Tensor,
      0,
    );
  });
  loaded.dispose();
  model.dispose();
});

Deno.test("createNN2() throws on options that it does not know", () => {
  const refuse = (options: object, message: string) =>
    assertThrows(
      () => createNN2({ seed: 0, ...options } as NN2Options),
      RangeError,
      message,
    );
  refuse({ inputSize: 32 }, "expected inputSize to be one of 28, 224, got 32");
  refuse(
    { normalization: "layer" },
    'expected normalization to be one of none, batch, lrn, got "layer"',
  );
  for (const embeddingSize of [0, -1, 1.5, NaN, 1e9]) {
    refuse({ embeddingSize }, `from 1 to 65536, got ${embeddingSize}`);
  }
  refuse({ seed: 0.5 }, "expected seed to be a whole number");
  refuse({ seed: undefined }, "expected seed to be a whole number");
});

Deno.test("setNamedWeights() names the first difference between two kinds of NN2", () => {
  const [none, batch, small] = [
    createNN2({ normalization: "none", seed: 0 }),
    createNN2({ normalization: "batch", seed: 0 }),
    createNN2({ normalization: "none", embeddingSize: 4, seed: 0 }),
  ];
  const refuse = (
    model: tf.LayersModel,
    other: tf.LayersModel,
    message: string,
  ) =>
    assertThrows(
      () => setNamedWeights(model, namedWeights(other)),
      RangeError,
      message,
    );
  refuse(batch, none, "expected conv1/gamma as float32 [64], got none");
  refuse(none, batch, "expected no conv1/gamma, got one");
  refuse(
    none,
    small,
    "expected embedding/kernel as float32 [1024,128], got float32 [1024,4]",
  );
  for (const model of [none, batch, small]) model.dispose();
});
