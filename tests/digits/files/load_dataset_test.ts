import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { knownSets } from "../../../lib/digits/files/known_sets.ts";
import {
  datasetNames,
  loadDataset,
} from "../../../lib/digits/files/load_dataset.ts";
import { loadMnist } from "../../../lib/digits/mnist.ts";
import { projectPath } from "../../../lib/files/paths.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { inFolder } from "../folder.ts";
import { idxBytes } from "../idx_bytes.ts";

Deno.test("the known sets have the classes that their papers say", () => {
  const counts = Object.entries(knownSets).map(([name, { classNames }]) => {
    assertEquals(new Set(classNames).size, classNames.length);
    return [name, classNames.length];
  });
  assertEquals(Object.fromEntries(counts), {
    "emnist-letters": 26,
    "emnist-balanced": 47,
    "emnist-bymerge": 47,
    "emnist-byclass": 62,
    "emnist-digits": 10,
    "emnist-mnist": 10,
    "fashion-mnist": 10,
    kmnist: 10,
  });
  // The mapping file of EMNIST's makers gives label 36 as 97, "a", and 46 as 116, "t".
  const { classNames } = knownSets["emnist-balanced"];
  assertEquals([classNames[10], classNames[36], classNames[46]], [
    "A",
    "a",
    "t",
  ]);
});

for (const name of datasetNames) {
  permittedTest(
    `loadDataset() loads ${name} from files as its makers store them`,
    ["read", "write"],
    () =>
      inFolder(async (folder) => {
        const { files, classNames, firstLabel, transposed } = knownSets[name];
        const count = classNames.length;
        // The image of class k has k + 1 in row 3, column 7.
        const pixels = new Uint8Array(count * 784);
        for (let k = 0; k < count; k++) {
          pixels[k * 784 + (transposed ? 7 * 28 + 3 : 3 * 28 + 7)] = k + 1;
        }
        const labels = Uint8Array.from({ length: count }, (_, k) =>
          k + firstLabel);
        for (const begin of Object.values(files)) {
          const write = (kind: string, bytes: Uint8Array) =>
            Deno.writeFile(
              join(folder, `${begin}-${kind}.gz`),
              gzipSync(bytes),
            );
          await write("images-idx3-ubyte", idxBytes([count, 28, 28], pixels));
          await write("labels-idx1-ubyte", idxBytes([count], labels));
        }
        const loaded = await loadDataset(name, { directory: folder });
        for (const { images, labels } of [loaded.train, loaded.test]) {
          assertEquals(
            [...labels],
            Array.from({ length: count }, (_, k) =>
              k),
          );
          labels.forEach((k) => assert(images[k * 784 + 3 * 28 + 7] === k + 1));
        }
        assertEquals(loaded.classNames, classNames);
      }),
  );
}

permittedTest(
  "loadDataset() loads MNIST's own files as loadMnist() does",
  ["read", "write"],
  async () => {
    const { train, test } = await loadMnist();
    const directory = projectPath("data");
    const same = await loadDataset("kmnist", { directory });
    assertEquals(same.train.labels, train.labels);
    assertEquals(same.test, test);
  },
);

permittedTest(
  "loadDataset() says which files it needs, where they go and where they are from",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      const { message } = await assertRejects(
        () => loadDataset("emnist-letters", { directory: folder }),
        Deno.errors.NotFound,
        `Cannot load a dataset: emnist-letters is not in ${folder}`,
      );
      assert(
        message.includes("emnist-letters-test-labels-idx1-ubyte.gz there"),
      );
      assert(
        message.endsWith(
          "https://www.nist.gov/itl/products-and-services/emnist-dataset",
        ),
      );
    }),
);

Deno.test("loadDataset() refuses a name that it does not know", async () => {
  await assertRejects(
    () => loadDataset("mnist" as "kmnist"),
    RangeError,
    'expected its name to be one of emnist-letters, emnist-balanced, emnist-bymerge, emnist-byclass, emnist-digits, emnist-mnist, fashion-mnist, kmnist, got "mnist"',
  );
});
