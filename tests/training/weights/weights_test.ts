import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import { namedWeights } from "../../../lib/nn2/weights.ts";
import { encodeSafetensors } from "../../../lib/files/safetensors.ts";
import {
  loadNetwork,
  loadWeights,
  saveWeights,
} from "../../../lib/training/weights/weights.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { inFolder } from "../../digits/folder.ts";
import { permittedTest } from "../../permitted.ts";

const settings = {
  inputSize: 28,
  embeddingSize: 4,
  normalization: "batch",
  binarize: false,
} as const;

permittedTest("saveWeights() and loadNetwork() keep weights and settings", [
  "read",
  "write",
], () =>
  inFolder(async (folder) => {
    await useBackend("wasm");
    const path = join(folder, "weights.safetensors");
    const model = createNN2({ ...settings, seed: 3 });
    await saveWeights(path, model, settings);
    const held = tf.memory().numTensors;
    const loaded = await loadNetwork(path);
    assertEquals(loaded.settings, settings);
    const values = (network: tf.LayersModel) =>
      Object.entries(namedWeights(network)).map(([name, variable]) => [
        name,
        variable.dataSync(),
      ]);
    assertEquals(values(loaded.model), values(model));
    loaded.model.dispose();
    assertEquals(tf.memory().numTensors, held);
    model.dispose();
  }));

permittedTest("saveWeights() keeps weights to a thousandth in half the bytes", [
  "read",
  "write",
], () =>
  inFolder(async (folder) => {
    await useBackend("wasm");
    const path = join(folder, "weights.safetensors");
    const model = createNN2({ ...settings, seed: 3 });
    await saveWeights(path, model, settings, { precision: "float16" });
    assert((await Deno.stat(path)).size < 15.2e6);
    const loaded = await loadNetwork(path);
    const [saved, read] = [model, loaded.model].map(namedWeights);
    for (const [name, variable] of Object.entries(saved!)) {
      const values = read![name]!.dataSync();
      variable.dataSync().forEach((value, i) =>
        assert(
          Math.abs(values[i]! - value) <= Math.abs(value) / 2048 + 2 ** -25,
        )
      );
    }
    loaded.model.dispose();
    model.dispose();
  }));

permittedTest(
  "loadNetwork() refuses files that are missing, damaged or another's",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      await useBackend("wasm");
      const path = join(folder, "weights.safetensors");
      await assertRejects(
        () => loadNetwork(path),
        Deno.errors.NotFound,
        `expected a safetensors file at ${path}`,
      );
      const write = (metadata: Record<string, string>, name = "w") =>
        Deno.writeFile(
          path,
          encodeSafetensors({
            tensors: { [name]: { shape: [1], data: Float32Array.of(1) } },
            metadata,
          }),
        );
      await write({});
      await assertRejects(
        () => loadNetwork(path),
        SyntaxError,
        "network's settings",
      );
      await write({ settings: JSON.stringify(settings) });
      const held = tf.memory().numTensors;
      await assertRejects(
        () => loadNetwork(path),
        RangeError,
        `Cannot load weights from ${path}: Cannot set the weights, which belong to another architecture: expected conv1/kernel`,
      );
      assertEquals(tf.memory().numTensors, held);
      const bytes = await Deno.readFile(path);
      await Deno.writeFile(path, bytes.subarray(0, -1));
      await assertRejects(() => loadNetwork(path), SyntaxError, "got 3");
    }),
);

permittedTest("loadWeights() fills a network of the same kind and no other", [
  "read",
  "write",
], () =>
  inFolder(async (folder) => {
    await useBackend("wasm");
    const path = join(folder, "weights.safetensors");
    const [saved, like, other] = [
      createNN2({ ...settings, seed: 3 }),
      createNN2({ ...settings, seed: 4 }),
      createNN2({ ...settings, embeddingSize: 5, seed: 4 }),
    ];
    await saveWeights(path, saved, settings);
    await loadWeights(path, like);
    assertEquals(
      Object.values(namedWeights(like)).map((variable) => variable.dataSync()),
      Object.values(namedWeights(saved)).map((variable) => variable.dataSync()),
    );
    await assertRejects(
      () => loadWeights(path, other),
      RangeError,
      `Cannot load weights from ${path}: `,
    );
    for (const model of [saved, like, other]) model.dispose();
  }));

permittedTest(
  "loadNetwork() refuses settings that no network can have, and makes none",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      await useBackend("wasm");
      const path = join(folder, "weights.safetensors");
      const held = tf.memory().numTensors;
      const cases = [
        [{ embeddingSize: "4" }, "embeddingSize to be a whole number"],
        [{ embeddingSize: 1e9 }, "embeddingSize to be a whole number"],
        [{ inputSize: 32 }, "inputSize to be one of 28, 224, got 32"],
        [{ inputSize: "28" }, 'inputSize to be one of 28, 224, got "28"'],
        [{ binarize: "false" }, 'binarize to be true or false, got "false"'],
        [{ binarize: undefined }, "binarize to be true or false, got nothing"],
        [{ normalization: "constructor" }, "normalization to be one of none"],
        [{ seed: null }, "seed to be a whole number"],
        [{ seed: 0.5 }, "seed to be a whole number"],
        [{ margin: "0.2" }, "margin to be a number from 0 to 4"],
        [{ rule: "hardest" }, "rule to be one of batch-all"],
      ] as const;
      for (const [change, message] of cases) {
        const text = JSON.stringify({ ...settings, ...change });
        const tensors = { w: { shape: [1], data: Float32Array.of(1) } };
        await Deno.writeFile(
          path,
          encodeSafetensors({ tensors, metadata: { settings: text } }),
        );
        await assertRejects(
          () => loadNetwork(path),
          RangeError,
          `Cannot load weights from ${path}: expected ${message}`,
        );
        const model = tf.sequential();
        const other = join(folder, "other.safetensors");
        await assertRejects(
          () => saveWeights(other, model, { ...settings, ...change } as never),
          RangeError,
          `Cannot save ${other}: expected ${message}`,
        );
        await assertRejects(() => Deno.stat(other), Deno.errors.NotFound, "");
      }
      assertEquals(tf.memory().numTensors, held);
    }),
);
