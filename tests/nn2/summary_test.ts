import * as tf from "@tensorflow/tfjs";
import { createNN2, type NN2Options } from "../../lib/nn2/model.ts";
import { type ModuleSummary, summarizeNN2 } from "../../lib/nn2/summary.ts";
import { assertEquals } from "../assert.ts";

await tf.setBackend("cpu");

function summarize(options: Omit<NN2Options, "seed">): ModuleSummary[] {
  const model = createNN2({ ...options, seed: 0 });
  const modules = summarizeNN2(model);
  model.dispose();
  return modules;
}

const total = (
  modules: ModuleSummary[],
  what: "parameters" | "multiplyAdds",
) => modules.reduce((sum, module) => sum + module[what], 0);

const line = ({ name, outputShape, parameters }: ModuleSummary) =>
  `${name} ${outputShape.join("×")} ${parameters}`;

Deno.test("summarizeNN2() counts the paper's shapes and parameters at 224", () => {
  const modules = summarize({ inputSize: 224, normalization: "none" });
  assertEquals(modules.map(line), [
    "conv1 112×112×64 9472",
    "pool1 56×56×64 0",
    "inception_2 56×56×192 114944",
    "pool2 28×28×192 0",
    "inception_3a 28×28×256 163696",
    "inception_3b 28×28×320 227776",
    "inception_3c 14×14×640 397792",
    "inception_4a 14×14×640 545536",
    "inception_4b 14×14×640 595216",
    "inception_4c 14×14×640 654112",
    "inception_4d 14×14×640 722224",
    "inception_4e 7×7×1024 717408",
    "inception_5a 7×7×1024 1588464",
    "inception_5b 7×7×1024 1588464",
    "pool6 1024 0",
    "embedding 128 131200",
  ]);
  assertEquals(total(modules, "parameters"), 7_456_304);
  assertEquals(total(modules, "multiplyAdds"), 1_599_771_872);
});

Deno.test("summarizeNN2() counts the same network at 28", () => {
  const model = createNN2({ normalization: "none", seed: 0 });
  const modules = summarizeNN2(model);
  assertEquals(modules.map(line), [
    "conv1 28×28×64 3200",
    "pool1 14×14×64 0",
    "inception_2 14×14×192 114944",
    "pool2 7×7×192 0",
    "inception_3a 7×7×256 163696",
    "inception_3b 7×7×320 227776",
    "inception_3c 4×4×640 397792",
    "inception_4a 4×4×640 545536",
    "inception_4b 4×4×640 595216",
    "inception_4c 4×4×640 654112",
    "inception_4d 4×4×640 722224",
    "inception_4e 2×2×1024 717408",
    "inception_5a 2×2×1024 1588464",
    "inception_5b 2×2×1024 1588464",
    "pool6 1024 0",
    "embedding 128 131200",
  ]);
  assertEquals(total(modules, "parameters"), 7_450_032);

  // 109.8 million, and the biases.
  const biases = model.layers.reduce((sum, layer) => {
    const bias = layer.weights.find(({ originalName }) =>
      originalName.endsWith("/bias")
    );
    const outputs = tf.util.sizeFromShape(
      layer.outputShape.slice(1) as number[],
    );
    return bias ? sum + outputs : sum;
  }, 0);
  model.dispose();
  assertEquals(total(modules, "multiplyAdds"), 109_984_464);
  assertEquals(total(modules, "multiplyAdds") - biases, 109_765_120);
});

Deno.test("summarizeNN2() counts γ and β of batch normalization as parameters", () => {
  const modules = summarize({ inputSize: 224, normalization: "batch" });
  assertEquals(total(modules, "parameters"), 7_472_144);
  assertEquals(total(modules, "multiplyAdds"), 1_599_771_872);
});

Deno.test("summarizeNN2() lists the norm rows with local response normalization", () => {
  const names = summarize({ normalization: "lrn" }).map(({ name }) => name);
  assertEquals(names.slice(0, 6), [
    "conv1",
    "pool1",
    "norm1",
    "inception_2",
    "norm2",
    "pool2",
  ]);
});
