import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { checkPath, projectPath } from "../../lib/files/paths.ts";
import { loadMnist } from "../../lib/digits/mnist.ts";
import { createRandom } from "../../lib/numeric/random.ts";
import { readCheckpoint } from "../../lib/training/checkpoint/checkpoint_folder.ts";
import { resumableSteps } from "../../lib/training/run/resumable_steps.ts";
import { resolveSettings } from "../../lib/training/settings/settings.ts";
import { train } from "../../lib/experiment/train.ts";
import {
  loadNetwork,
  loadWeights,
  saveWeights,
} from "../../lib/training/weights/weights.ts";
import { writeWholeFile } from "../../lib/files/whole_file.ts";
import { assertEquals, assertRejects, assertThrows } from "../assert.ts";
import { inFolder, namesIn } from "../digits/folder.ts";
import { permittedTest } from "../permitted.ts";
import { stripes } from "../training/digits.ts";
import { smallNetwork } from "../training/small_network.ts";

const noPaths: [unknown, string][] = [
  ["", '""'],
  [" \t", '" \\t"'],
  ["a\0b", '"a\\u0000b"'],
  ["file:///tmp/out", '"file:///tmp/out"'],
  [null, "null"],
  [7, "7"],
  [true, "true"],
  [["out"], '["out"]'],
];

Deno.test("checkPath() takes paths and nothing else", () => {
  for (const path of ["a", "./a b", "..", "/", "C:\\out", "a:b", " a"]) {
    checkPath("write", "its path", path);
  }
  for (const [path, got] of [...noPaths, [undefined, "nothing"]] as const) {
    assertThrows(
      () => checkPath("write", "its path", path),
      RangeError,
      `Cannot write: expected its path to be a path, got ${got}`,
    );
  }
});

permittedTest(
  "every function that takes a path refuses what is none, and makes nothing",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      await useBackend("cpu");
      const before = Deno.cwd();
      const model = smallNetwork();
      const data = { train: stripes(264, 2, 1), test: stripes(4, 2, 2) };
      const run = {
        data,
        ...{ classesPerBatch: 2, imagesPerClass: 2, embeddingSize: 4 },
        ...{ validateEvery: 0, validationImages: 6, steps: 1 },
      };
      const settings = resolveSettings("quick", { embeddingSize: 8 });
      const doors: Record<string, (path: string) => Promise<unknown>> = {
        writeWholeFile: (path) => writeWholeFile(path, new Uint8Array(1)),
        saveWeights: (path) => saveWeights(path, model, settings),
        loadWeights: (path) => loadWeights(path, model),
        loadNetwork,
        loadMnist: (directory) => loadMnist({ directory }),
        readCheckpoint,
        resumableSteps: (folder) =>
          resumableSteps(model, data.train, settings, createRandom(1), {
            folder,
          }).next(),
        "train's checkpoints": (path) => train({ ...run, checkpoints: path }),
        "train's weights": (path) => train({ ...run, weights: path }),
        "train's resume": (path) => train({ ...run, resume: path }),
      };
      Deno.chdir(folder);
      try {
        for (const [name, door] of Object.entries(doors)) {
          for (const [path, got] of noPaths) {
            // True stands for the run's own folder, and null for no run.
            const isMeant = path === true || path === null;
            if (name === "train's resume" && isMeant) continue;
            await assertRejects(
              () => door(path as string),
              RangeError,
              `a path, got ${got}`,
            );
          }
        }
        assertEquals(namesIn(folder), []);
      } finally {
        Deno.chdir(before);
        model.dispose();
      }
    }),
);

const project = fileURLToPath(new URL("../..", import.meta.url));

permittedTest(
  "projectPath() is the same from every working directory",
  ["read", "write"],
  async () => {
    const before = Deno.cwd();
    const elsewhere = await Deno.makeTempDir();
    try {
      for (const folder of [project, join(project, "notebooks"), elsewhere]) {
        Deno.chdir(folder);
        assertEquals(
          projectPath("out/a b.json"),
          join(project, "out/a b.json"),
        );
      }
    } finally {
      Deno.chdir(before);
      await Deno.remove(elsewhere);
    }
  },
);

Deno.test("projectPath() leaves a full path as it is", () => {
  const full = join(project, "data");
  assertEquals(projectPath(full), full);
});

Deno.test("projectPath() refuses what is no path", () => {
  for (const path of ["", undefined, null, 3, new URL("file:///a")]) {
    assertThrows(
      () => projectPath(path as string),
      RangeError,
      "Cannot find a file of the project: expected its path to be a path, got",
    );
  }
});
