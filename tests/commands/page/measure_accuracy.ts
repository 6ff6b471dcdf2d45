/**
 * Measures what rounding the filters of a page's network costs, on all 10,000 test images:
 *
 *     deno run -A tests/commands/page/measure_accuracy.ts [weights]
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import {
  accuracy,
  computeCentroids,
  createRandom,
  divideForRun,
  drawPerClass,
  embedImages,
  loadMnist,
  loadNetwork,
  nearestCentroid,
  resolveSettings,
  runSeeds,
  selectImages,
  useBackend,
} from "@facenet/mnist";
import {
  packWeights,
  unpackWeight,
} from "../../../lib/commands/page/format/packed_weights.ts";
import { applyNetwork } from "../../../lib/export/network/apply_network.ts";
import { foldBatchNormalization } from "../../../lib/export/network/fold.ts";
import { networkParts } from "../../../lib/export/network/network_parts.ts";

await useBackend("wasm");
const network = await loadNetwork(
  Deno.args[0] ?? "data/nn2-128d.safetensors",
);
const { nodes, weights } = foldBatchNormalization(
  await networkParts("measure", network),
);
const seeds = runSeeds(resolveSettings("quick", network.settings).seed);
const { train, test } = divideForRun(await loadMnist(), seeds, 1);
const drawn = drawPerClass(train.labels, 100, createRandom(seeds.centroids));
const references = selectImages(train, drawn);

let exact: Float32Array | undefined;
for (const precision of ["float32", "float16", "int8"] as const) {
  const rounded = precision === "float32" ? weights : roundedWeights(precision);
  const tensors = Object.fromEntries(
    Object.entries(rounded).map(([name, { data, shape }]) => [
      name,
      tf.tensor(data, shape),
    ]),
  );
  const embed = (images: tf.Tensor4D) => applyNetwork(nodes, tensors, images);
  const known = await embedImages(embed, references, [
    ...references.labels.keys(),
  ]);
  const tested = await embedImages(embed, test, [...test.labels.keys()]);
  const centroids = computeCentroids(known, references.labels);
  const { labels } = nearestCentroid(tested, centroids);
  exact ??= tested.values;
  const far = tested.values.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - exact![i]!)),
    0,
  );
  console.log(
    `${precision}: ${
      (100 * accuracy(labels, test.labels)).toFixed(2)
    } %, embeddings change by at most ${far.toPrecision(2)}`,
  );
  tf.dispose(tensors);
}

function roundedWeights(precision: "float16" | "int8") {
  const packed = new Map(
    packWeights(weights, precision).map((tensor) => [tensor.name, tensor]),
  );
  return Object.fromEntries(
    Object.keys(weights).map((name) => [name, unpackWeight(packed, name)]),
  );
}
