/** The layers of this project together, beside tfjs's own. */
import * as tf from "@tensorflow/tfjs";
import { ChannelConcatenation } from "../../../lib/nn2/layers/concatenation.ts";
import { L2Normalization } from "../../../lib/nn2/layers/l2_normalization.ts";
import { L2Pooling } from "../../../lib/nn2/layers/l2_pooling.ts";
import { LocalResponseNormalization } from "../../../lib/nn2/layers/local_response_normalization.ts";
import { NormalizedConvolution } from "../../../lib/nn2/layers/normalized_convolution.ts";
import { namedWeights, setNamedWeights } from "../../../lib/nn2/weights.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";
import { assertClose, assertGradient, wave } from "./finite_differences.ts";

await tf.setBackend("cpu");

function createTinyModel(): tf.LayersModel {
  const convolve = (name: string, filters: number) =>
    new NormalizedConvolution({ name, filters, kernelSize: 3, seed: 1 });
  const apply = (
    layer: tf.layers.Layer,
    input: typeof images | typeof images[],
  ) => layer.apply(input) as tf.SymbolicTensor;
  const images = tf.input({ shape: [5, 4, 3] });
  const pooled = apply(
    new L2Pooling({ name: "pool", size: 3, stride: 2 }),
    apply(new LocalResponseNormalization({ name: "lrn" }), images),
  );
  const joined = apply(new ChannelConcatenation({ name: "joint" }), [
    apply(convolve("a", 2), pooled),
    apply(convolve("b", 3), pooled),
  ]);
  const average = tf.layers.globalAveragePooling2d({
    name: "average",
    dataFormat: "channelsLast",
  });
  const embedding = apply(
    tf.layers.dense({ name: "dense", units: 4 }),
    apply(average, joined),
  );
  const model = tf.model({
    inputs: images,
    outputs: apply(new L2Normalization({ name: "unit_length" }), embedding),
  });
  tf.tidy(() => {
    const weights = Object.entries(namedWeights(model)).map((
      [name, { shape }],
      i,
    ) => [name, tf.add(0.8, tf.mul(wave(shape, i), 0.5))]);
    setNamedWeights(model, Object.fromEntries(weights));
  });
  return model;
}

const images = () => wave([3, 5, 4, 3], 2);

Deno.test("the layers together have the gradient of their differences in the images", () => {
  const model = createTinyModel();
  tf.tidy(() =>
    assertGradient(
      (x) => model.apply(x, { training: true }) as tf.Tensor,
      images(),
    )
  );
  model.dispose();
});

Deno.test("the layers together have the gradient of their differences in each weight", () => {
  const model = createTinyModel();
  const x = images();
  const loss = () =>
    tf.tidy(() => {
      const y = model.apply(x, { training: true }) as tf.Tensor;
      return tf.sum(tf.mul(y, wave(y.shape))) as tf.Scalar;
    });
  const { value, grads } = tf.variableGrads(loss);
  const weights = Object.values(namedWeights(model)).filter((weight) =>
    weight.trainable
  );
  assertEquals(Object.keys(grads).length, weights.length);
  for (const weight of weights) {
    const gradient = grads[weight.name]!.dataSync();
    const values = weight.dataSync().slice();
    const lossAt = (i: number, step: number) =>
      tf.tidy(() => {
        const moved = Float32Array.from(values);
        moved[i] = moved[i]! + step;
        weight.assign(tf.tensor(moved, weight.shape));
        return loss().dataSync()[0]!;
      });
    gradient.forEach((actual, i) => {
      const expected = (lossAt(i, 2e-3) - lossAt(i, -2e-3)) / 4e-3;
      assertAlmostEquals(actual, expected, 2e-4, weight.name);
    });
    weight.assign(tf.tidy(() => tf.tensor(values, weight.shape)));
  }
  tf.dispose([value, x, ...Object.values(grads)]);
  model.dispose();
});

Deno.test("a model of the layers is the same after saving and loading", async () => {
  const model = createTinyModel();
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(tf.io.withSaveHandler((artifacts) => {
    saved = artifacts;
    return Promise.resolve({
      modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" },
    });
  }));
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(saved!));
  tf.tidy(() => {
    const x = images();
    assertClose(
      loaded.predict(x) as tf.Tensor,
      model.predict(x) as tf.Tensor,
      0,
    );
  });
  assertEquals(
    loaded.layers.map((layer) => layer.getConfig()),
    model.layers.map((layer) => layer.getConfig()),
  );
  assert(loaded.layers.some((layer) => layer instanceof NormalizedConvolution));
  loaded.dispose();
  model.dispose();
});
