/** Weights that no working network has are refused wherever they come in. */
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import {
  decodeCheckpoint,
  encodeCheckpoint,
} from "../../../lib/training/checkpoint/checkpoint.ts";
import {
  readCheckpoint,
  writeCheckpoint,
} from "../../../lib/training/checkpoint/checkpoint_folder.ts";
import { encodeSafetensors } from "../../../lib/files/safetensors.ts";
import { findUnsound } from "../../../lib/training/weights/sound_weights.ts";
import { copyWeights } from "../../../lib/training/weights/stored_weights.ts";
import {
  loadNetwork,
  loadWeights,
  saveWeights,
} from "../../../lib/training/weights/weights.ts";
import {
  assert,
  assertEquals,
  assertRejects,
  assertThrows,
} from "../../assert.ts";
import { inFolder, namesIn } from "../../digits/folder.ts";
import { permittedTest } from "../../permitted.ts";
import { checkpointOf } from "../checkpoint/checkpoints.ts";
import { smallNetwork } from "../small_network.ts";

const settings = {
  inputSize: 28,
  embeddingSize: 8,
  normalization: "batch",
  binarize: false,
} as const;

/** A weight of the small network, a value for it, and the error's words. */
const unsound: [name: string, value: number, message: string][] = [
  ["hidden/kernel", NaN, "finite weights, got NaN in hidden/kernel"],
  [
    "embedding/bias",
    Infinity,
    "finite weights, got Infinity in embedding/bias",
  ],
  ["norm/gamma", -Infinity, "finite weights, got -Infinity in norm/gamma"],
  ["norm/moving_mean", NaN, "finite weights, got NaN in norm/moving_mean"],
  [
    "norm/moving_variance",
    -0.5,
    "variances of 0 or more, got -0.5 in norm/moving_variance",
  ],
];

Deno.test("findUnsound() takes every finite value but a variance below 0", () => {
  const of = (...values: number[]) => ({
    shape: [values.length],
    data: Float32Array.from(values),
  });
  const sound = {
    "a/kernel": of(-1, 0, 3.4e38, -3.4e38, 1e-45),
    "a/moving_mean": of(-1),
    "a/moving_variance": of(0, -0, 1e-45),
    moving_variance: of(1),
    "a/not_moving_variance": of(-1),
    none: of(),
  };
  assertEquals(findUnsound(sound), undefined);
  assertEquals(findUnsound({ moving_variance: of(1, -1e-45) }), {
    expected: "variances of 0 or more",
    got: `${-(2 ** -149)} in moving_variance`,
  });
});

permittedTest(
  "loadWeights() and loadNetwork() name a weight that none can have",
  [
    "read",
    "write",
  ],
  () =>
    inFolder(async (folder) => {
      await useBackend("cpu");
      const path = join(folder, "weights.safetensors");
      const model = smallNetwork();
      const before = await copyWeights(model);
      const held = tf.memory().numTensors;
      const metadata = { settings: JSON.stringify(settings) };
      for (const [name, value, message] of unsound) {
        for (const precision of ["float32", "float16"] as const) {
          const tensors = await copyWeights(model);
          tensors[name]!.data[1] = value;
          await Deno.writeFile(
            path,
            encodeSafetensors({ tensors, metadata }, precision),
          );
          const expected =
            `Cannot load weights from ${path}: expected ${message}`;
          await assertRejects(
            () => loadWeights(path, model),
            RangeError,
            expected,
          );
          await assertRejects(() => loadNetwork(path), RangeError, expected);
        }
      }
      assertEquals(await copyWeights(model), before);
      assertEquals(tf.memory().numTensors, held);
      model.dispose();
    }),
);

permittedTest("saveWeights() writes no weights that could not be loaded", [
  "read",
  "write",
], () =>
  inFolder(async (folder) => {
    await useBackend("cpu");
    const path = join(folder, "weights.safetensors");
    for (const [name, value, message] of unsound) {
      const model = smallNetwork();
      const variable = model.layers.flatMap((layer) => layer.weights)
        .find((weight) => weight.originalName === name)!;
      variable.write(tf.fill(variable.shape as number[], value));
      await assertRejects(
        () => saveWeights(path, model, settings),
        RangeError,
        `Cannot save weights to ${path}: expected ${message}`,
      );
      model.dispose();
    }
    assertEquals(namesIn(folder), []);
  }));

Deno.test("decodeCheckpoint() names a number that no run has", () => {
  const changes: [(at: ReturnType<typeof checkpointOf>) => void, string][] = [
    [
      ({ weights }) => void (weights["a/kernel"]!.data[2] = NaN),
      "finite weights, got NaN in weights/a/kernel",
    ],
    [
      ({ weights }) =>
        void (weights["a/moving_variance"] = {
          shape: [1],
          data: Float32Array.of(-2),
        }),
      "variances of 0 or more, got -2 in weights/a/moving_variance",
    ],
    [
      ({ adam }) => void (adam.means["a/kernel"]!.gradient[0] = Infinity),
      "finite weights, got Infinity in gradient/a/kernel",
    ],
    [
      ({ adam }) => void (adam.means["a/kernel"]!.square[0] = -1),
      "squares of 0 or more, got -1 in square/a/kernel",
    ],
  ];
  for (const [change, message] of changes) {
    const checkpoint = structuredClone(checkpointOf(1));
    change(checkpoint);
    const bytes = encodeCheckpoint(checkpoint);
    assertThrows(
      () => decodeCheckpoint(bytes, "step-1"),
      SyntaxError,
      `Cannot read step-1: expected ${message}`,
    );
  }
});

permittedTest("readCheckpoint() goes back to the one before such numbers", [
  "read",
  "write",
], () =>
  inFolder(async (folder) => {
    const paths = await writeCheckpoint(folder, checkpointOf(1), []);
    const spoilt = structuredClone(checkpointOf(2));
    spoilt.weights["a/kernel"]!.data[0] = NaN;
    const [newer] = await writeCheckpoint(folder, spoilt, paths);
    const found = await readCheckpoint(folder);
    assertEquals(found.path, paths[0]);
    assert(
      found.damaged[0]!.startsWith(`Cannot read ${newer}: expected finite`),
    );
  }));
