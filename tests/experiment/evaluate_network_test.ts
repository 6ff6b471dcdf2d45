import * as tf from "@tensorflow/tfjs";
import { join } from "node:path";
import type { BackendDescription } from "../../lib/backends/describe_backend.ts";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { CommandError } from "../../lib/commands/arguments/command.ts";
import {
  evaluateNetwork,
  type Evaluation,
} from "../../lib/experiment/evaluate_network.ts";
import { writeEvaluation } from "../../lib/commands/evaluate/output.ts";
import { createNN2 } from "../../lib/nn2/model.ts";
import { settle } from "../../lib/training/settings/settings.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { inFolder, namesIn } from "../digits/folder.ts";
import { stripes } from "../evaluation/embeddings/digits.ts";
import { permittedTest } from "../permitted.ts";
import { readTags } from "./report/html.ts";

const digits = [0, 1, 2, 3, 4];
const data = { train: stripes(digits, 48, 1), test: stripes(digits, 12, 2) };
const sizes = {
  galleryPerClass: 8,
  imagesPerClass: 4,
  sample: 30,
  projected: 20,
};
const settings = settle("quick", { embeddingSize: 4, seed: 5 });

/** Evaluates an untrained network; with `leaveOut`, as if so trained. */
async function evaluate({ leaveOut }: { leaveOut?: number[] } = {}) {
  await useBackend("wasm");
  const model = createNN2({ embeddingSize: 4, seed: 9 });
  const said: string[] = [];
  const titles: string[] = [];
  const network = { model, settings: { ...settings, leaveOut } };
  const held = tf.memory().numTensors;
  const evaluation = await evaluateNetwork(network, {
    data,
    sizes,
    projector: true,
    onProgress: (text) => said.push(text),
    onSection: ({ title }) => titles.push(title),
  });
  assertEquals(tf.memory().numTensors, held);
  model.dispose();
  return { ...evaluation, said, titles };
}

let shared: ReturnType<typeof evaluate> | undefined;
/** The same for all tests, evaluated once. */
const evaluated = () => shared ??= evaluate();

/** An evaluation without what differs from one to the next. */
function withoutTimes({ json, sections, projector }: Evaluation) {
  const { seconds: _, ...numbers } = json;
  return { numbers, sections, projector };
}

Deno.test("evaluateNetwork() measures everything, twice the same", async () => {
  const first = await evaluated();
  const { json, sections, said, titles, projector } = first;
  assertEquals(withoutTimes(await evaluate()), withoutTimes(first));
  assertEquals(titles, sections.map(({ title }) => title));
  assert(said.includes("embedded 120 of 120 images"));

  // A contract: names may be added, but neither change nor go.
  assertEquals(Object.keys(json).toSorted(), [
    "baselines",
    "centroidAccuracy",
    "centroidCurve",
    "centroidInterval",
    "classScores",
    "classes",
    "clustering",
    "confusion",
    "imagesPerClass",
    "macro",
    "neighbours",
    "projections",
    "retrieval",
    "seconds",
    "seed",
    "strangers",
    "testImages",
    "untrainedImages",
    "verification",
  ]);
  assertEquals([json.testImages, json.imagesPerClass, json.seed], [60, 4, 5]);
  assertEquals(json.untrainedImages, 30);
  assertEquals(json.classes, digits);
  const { total, ...parts } = json.seconds;
  assertEquals(Object.keys(parts), [
    "embedding",
    "baselines",
    "centroids",
    "neighbours",
    "verification",
    "retrieval",
    "clustering",
    "strangers",
    "projections",
  ]);
  const sum = Object.values(parts).reduce((a, b) => a + b);
  assert(Math.abs(total - sum) < 0.1);
  assert(!json.strangers.unseen);
  assertEquals(projector!.vectors.split("\n").length, 31);
  assert(projector!.metadata.startsWith("digit\timage\n"));
});

Deno.test("evaluateNetwork() takes digits that were left out for strangers", async () => {
  const { json, sections } = await evaluate({ leaveOut: [1, 4] });
  const { strangers } = json;
  assert(strangers.unseen);
  assertEquals(strangers.known, [0, 2, 3]);
  assertEquals(
    [...strangers.calibratedOn, ...strangers.testedOn].toSorted(),
    [1, 4],
  );
  // 12 test images of each of two unseen digits.
  const { positives, negatives } = strangers.pairs!;
  assertEquals([positives, negatives], [2 * 12 * 11 / 2, 12 * 12]);
  // Recognition is that of known digits, by their centroids.
  assertEquals(json.classes, [0, 2, 3]);
  assertEquals([json.testImages, json.untrainedImages], [36, 30]);
  assertEquals(json.neighbours.gallery, 24);
  // Pairs and clusters are of all digits.
  const { verification, clustering } = json;
  assertEquals(verification.positives + verification.negatives, 60 * 59 / 2);
  assertEquals(clustering.images, 30);
  assertEquals(sections.length, 7);
});

Deno.test("evaluateNetwork() gives one digit that was left out no role", async () => {
  const { json } = await evaluate({ leaveOut: [3] });
  const { known, calibratedOn, testedOn, unseen } = json.strangers;
  assert(!unseen);
  const roles = [...known, ...calibratedOn, ...testedOn];
  assertEquals(roles.toSorted(), [0, 1, 2, 4]);
  assertEquals(json.classes, [0, 1, 2, 4]);
});

Deno.test("evaluateNetwork() leaves no tensor when it fails", async () => {
  await useBackend("wasm");
  const model = createNN2({ embeddingSize: 4, seed: 9 });
  const held = tf.memory().numTensors;
  await assertRejects(
    () => evaluateNetwork({ model, settings }, { data }),
    RangeError,
    "expected at least 300 images of class 0, got 44",
  );
  assertEquals(tf.memory().numTensors, held);
  model.dispose();
});

const onGpu: BackendDescription = {
  backend: "webgpu",
  kernels: "wgsl",
  threads: 1,
  device: "NVIDIA H200",
  description: "",
};

permittedTest(
  "writeEvaluation() writes the page, the numbers and the projector's files",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      const evaluation = await evaluated();
      const to = {
        weights: "out/weights.safetensors",
        settings: { ...settings, leaveOut: [1, 4] },
        backend: onGpu,
        page: join(folder, "report.html"),
        json: join(folder, "report.json"),
        projector: folder,
      };
      const names = [
        "metadata.tsv",
        "report.html",
        "report.json",
        "vectors.tsv",
      ];
      const written = await writeEvaluation(evaluation, to);
      assertEquals(written.toSorted(), names.map((name) => join(folder, name)));
      assertEquals(namesIn(folder), names);
      const page = await Deno.readTextFile(to.page);
      const headings = readTags(page).filter(({ name }) => name === "h2");
      assertEquals(headings.length, 2 + evaluation.sections.length);
      assert(!page.includes(folder) && !page.includes("out/weights"));
      assert(page.includes(" · without 1, 4 · seed 5"));
      assert(page.includes("<h1>Evaluation of weights.safetensors</h1>"));
      const json = JSON.parse(await Deno.readTextFile(to.json));
      const { description: _, ...computed } = onGpu;
      assertEquals(json, {
        ...evaluation.json,
        ...computed,
        weights: to.weights,
      });
    }),
);

permittedTest(
  "writeEvaluation() explains what it cannot write and leaves nothing",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      const page = join(folder, "page");
      await Deno.mkdir(page);
      const nothing = { sections: [], json: {} } as unknown as Evaluation;
      await assertRejects(
        () =>
          writeEvaluation(nothing, {
            weights: "w",
            settings,
            backend: onGpu,
            page,
          }),
        CommandError,
        `Cannot write ${page}: expected room and leave to write there`,
      );
      assertEquals(namesIn(folder), ["page"]);
    }),
);
