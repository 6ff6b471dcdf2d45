import { foldBatchNormalization } from "../../../lib/export/network/fold.ts";
import { networkParts } from "../../../lib/export/network/network_parts.ts";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { assert, assertEquals } from "../../assert.ts";
import { randomNetwork } from "../networks.ts";

const one = (value: number) => ({ shape: [1], data: Float32Array.of(value) });

Deno.test("foldBatchNormalization() of one filter is what the formula says", () => {
  const batchNormalization = { epsilon: 1, momentum: 0.9 };
  const convolution = {
    kind: "convolution",
    name: "c",
    inputs: ["images"],
    size: 1,
    stride: 1,
    filters: 1,
    shape: [1, 1, 1],
  } as const;
  const node = { ...convolution, batchNormalization };
  const { nodes, weights } = foldBatchNormalization({
    nodes: [node],
    weights: {
      "c/kernel": { shape: [1, 1, 1, 1], data: Float32Array.of(3) },
      "c/bias": one(1),
      "c/gamma": one(10),
      "c/beta": one(7),
      "c/moving_mean": one(5),
      "c/moving_variance": one(3),
    },
  });
  // The scale is 10 / √(3 + 1).
  assertEquals(weights, {
    "c/kernel": { shape: [1, 1, 1, 1], data: Float32Array.of(15) },
    "c/bias": one((1 - 5) * 5 + 7),
  });
  assertEquals(nodes, [convolution]);
});

Deno.test("foldBatchNormalization() leaves a network without it as it is", async () => {
  await useBackend("wasm", { threads: 1 });
  const network = randomNetwork("lrn");
  const parts = await networkParts("fold", network);
  const folded = foldBatchNormalization(parts);
  assertEquals(Object.keys(folded.weights), Object.keys(parts.weights));
  assert(parts.nodes.every((node, i) => node === folded.nodes[i]));
  network.model.dispose();
});
