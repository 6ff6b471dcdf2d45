import * as tf from "@tensorflow/tfjs";
import { buildModel } from "../../lib/nn2/build_model.ts";
import { nn2Graph } from "../../lib/nn2/graph.ts";
import { l2Pool } from "../../lib/nn2/layers/l2_pooling.ts";
import { type InceptionRow, NN2, type Row } from "../../lib/nn2/table.ts";
import { namedWeights } from "../../lib/nn2/weights.ts";
import { createRandom } from "../../lib/numeric/random.ts";
import { assert, assertEquals } from "../assert.ts";
import { assertClose, wave } from "./layers/finite_differences.ts";

await tf.setBackend("cpu");

const SHAPE = [7, 6, 3];

const graphOf = (rows: readonly Row[]) =>
  nn2Graph(rows, {
    imageShape: SHAPE,
    embeddingSize: 4,
    normalization: "none",
  });

function module(row: Omit<InceptionRow, "type" | "name">): tf.LayersModel {
  const nodes = graphOf([{ type: "inception", name: "m", ...row }]);
  return buildModel("module", nodes, createRandom(3));
}

/** The module from tfjs's operations, branch by branch. */
function reference(
  model: tf.LayersModel,
  x: tf.Tensor4D,
  pooled: tf.Tensor4D | undefined,
  stride: number,
): tf.Tensor {
  const weights = namedWeights(model);
  const convolve = (x: tf.Tensor4D, name: string, stride = 1) => {
    const kernel = weights[`${name}/kernel`];
    if (!kernel) return undefined;
    const sum = tf.conv2d(x, kernel as tf.Tensor4D, stride, "same");
    return tf.relu(tf.add<tf.Tensor4D>(sum, weights[`${name}/bias`]!));
  };
  const afterReduce = (name: string) => {
    const reduced = convolve(x, `${name}_reduce`);
    return reduced && convolve(reduced, name, stride);
  };
  const projected = pooled && convolve(pooled, "m_pool_projection");
  const branches = [
    convolve(x, "m_1x1"),
    afterReduce("m_3x3"),
    afterReduce("m_5x5"),
    projected ?? pooled,
  ];
  return tf.concat(branches.filter((branch) => branch !== undefined), -1);
}

Deno.test("nn2Graph() joins the branches of an inception row: 1×1, 3×3, 5×5, the projected L2 pool", () => {
  tf.tidy(() => {
    const model = module({
      "1x1": 4,
      "3x3": [2, 5],
      "5x5": [3, 6],
      pool: ["L2", 7],
    });
    const x = wave([2, ...SHAPE]) as tf.Tensor4D;
    const y = model.predict(x) as tf.Tensor;
    assertEquals(y.shape, [2, 7, 6, 4 + 5 + 6 + 7]);
    assertClose(y, reference(model, x, l2Pool(x, 3, 1), 1));
    model.dispose();
  });
});

Deno.test("nn2Graph() of an inception row with a stride has no 1×1 branch and passes the max pool's channels", () => {
  tf.tidy(() => {
    const model = module({
      "3x3": [2, 5],
      "5x5": [3, 6],
      pool: ["max"],
      stride: 2,
    });
    const x = wave([2, ...SHAPE]) as tf.Tensor4D;
    const y = model.predict(x) as tf.Tensor;
    assertEquals(y.shape, [2, 4, 3, 5 + 6 + 3]);
    assertClose(y, reference(model, x, tf.maxPool(x, 3, 2, "same"), 2));
    model.dispose();
  });
});

Deno.test("nn2Graph() of a 3×3 branch alone is two convolutions", () => {
  tf.tidy(() => {
    const model = module({ "3x3": [2, 5] });
    const x = wave([2, ...SHAPE]) as tf.Tensor4D;
    const y = model.predict(x) as tf.Tensor;
    assertClose(y, reference(model, x, undefined, 1));
    assertEquals(model.layers.slice(1).map((layer) => layer.name), [
      "m_3x3_reduce",
      "m_3x3",
    ]);
    model.dispose();
  });
});

Deno.test("nn2Graph() lists each node after those that it is applied to, by one name each", () => {
  for (const normalization of ["none", "batch", "lrn"] as const) {
    const options = {
      imageShape: [28, 28, 1],
      embeddingSize: 4,
      normalization,
    };
    const listed = new Set<string>();
    for (const { name, inputs } of nn2Graph(NN2, options)) {
      assert(inputs.every((input) => listed.has(input)), name);
      assert(!listed.has(name), name);
      listed.add(name);
    }
    assertEquals(listed.has("norm1"), normalization === "lrn");
  }
});

Deno.test("nn2Graph() is a plain list, which JSON holds", () => {
  const nodes = graphOf(NN2);
  assertEquals(JSON.parse(JSON.stringify(nodes)), nodes);
  assertEquals(nodes[1], {
    kind: "convolution",
    size: 7,
    stride: 2,
    filters: 64,
    name: "conv1",
    inputs: ["images"],
    shape: [4, 3, 64],
  });
});
