import * as tf from "@tensorflow/tfjs";
import { nn2Graph, normalizations } from "../../lib/nn2/graph.ts";
import { L2Pooling } from "../../lib/nn2/layers/l2_pooling.ts";
import { NormalizedConvolution } from "../../lib/nn2/layers/normalized_convolution.ts";
import { createNN2 } from "../../lib/nn2/model.ts";
import { type ModelNode, readModel } from "../../lib/nn2/read_model.ts";
import { inputShape, nn2Rows } from "../../lib/nn2/table.ts";
import { assert, assertEquals } from "../assert.ts";

await tf.setBackend("cpu");

const byName = <T extends { name: string }>(nodes: readonly T[]) =>
  nodes.toSorted((a, b) => a.name < b.name ? -1 : 1);

for (const inputSize of [28, 224] as const) {
  for (const normalization of normalizations.of) {
    Deno.test(`readModel() gives the nodes that createNN2() is made of, with tfjs's own shapes, at ${inputSize}, normalization ${normalization}`, () => {
      const graph = nn2Graph(nn2Rows(inputSize), {
        imageShape: inputShape(inputSize),
        embeddingSize: 4,
        normalization,
      });
      const model = createNN2({
        inputSize,
        normalization,
        embeddingSize: 4,
        seed: 1,
      });
      const read = readModel(model);
      assertEquals(
        read.map(({ name }) => name),
        model.layers.map((l) => l.name),
      );
      const expected = byName(graph);
      byName(read).forEach(({ layer, ...node }, i) => {
        const { name, inputs, shape } = expected[i]!;
        assert(layer === model.getLayer(name));
        assertEquals(
          node,
          node.kind === "other"
            ? { kind: "other", name, inputs, shape }
            : expected[i]!,
        );
      });
      assertEquals(read.length, graph.length);
      // Whatever the backbone has a pass for is known.
      const others = new Set(
        read.filter(({ kind }) => kind === "other").map(({ name }) =>
          graph.find((node) => node.name === name)!.kind
        ),
      );
      assertEquals([...others].sort(), [
        "average pool",
        ...(normalization === "batch" ? [] : ["convolution"]),
        "dense",
        ...(normalization === "lrn" ? ["local response normalization"] : []),
        "unit length",
      ]);
      model.dispose();
    });
  }
}

/** The node of the last of some layers, applied to images one after the other. */
function read(...layers: tf.layers.Layer[]): ModelNode {
  const input = tf.input({ shape: [8, 8, 2] });
  const outputs = layers.reduce(
    (x, layer) => layer.apply(x) as tf.SymbolicTensor,
    input,
  );
  const model = tf.model({ inputs: input, outputs });
  const node = readModel(model).at(-1)!;
  model.dispose();
  return node;
}

Deno.test("readModel() knows no pool with other windows than the backbone's", () => {
  const pool = (config: object) =>
    read(tf.layers.maxPooling2d({ poolSize: 2, padding: "same", ...config }))
      .kind;
  assertEquals(pool({}), "max pool");
  assertEquals(pool({ padding: "valid" }), "other");
  assertEquals(pool({ poolSize: [2, 3] }), "other");
  assertEquals(pool({ strides: [1, 2] }), "other");
  assertEquals(pool({ dataFormat: "channelsFirst" }), "other");
});

Deno.test("readModel() knows no convolution that stops gradients, but at the images", () => {
  const convolution = () =>
    new NormalizedConvolution({
      filters: 2,
      kernelSize: 3,
      seed: 1,
      inputGradient: false,
    });
  assertEquals(read(convolution()).kind, "convolution");
  assertEquals(read(convolution(), convolution()).kind, "other");
});

Deno.test("readModel() knows no layer that is applied twice", () => {
  const pool = new L2Pooling({ size: 3, stride: 1 });
  assertEquals(read(pool).kind, "L2 pool");
  const twice = new L2Pooling({ size: 3, stride: 2 });
  assertEquals(read(twice, twice).kind, "other");
});

Deno.test("readModel() reads models of images of any size", () => {
  const input = tf.input({ shape: [null, null, 3] });
  const outputs = new L2Pooling({ size: 3, stride: 2 })
    .apply(input) as tf.SymbolicTensor;
  const anySize = readModel(tf.model({ inputs: input, outputs }));
  assertEquals(anySize[1]!.shape, [null, null, 3]);
});
