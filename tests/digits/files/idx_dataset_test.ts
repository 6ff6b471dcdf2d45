import fc from "fast-check";
import { gzipSync } from "node:zlib";
import {
  type IdxDatasetOptions,
  loadIdxDataset,
} from "../../../lib/digits/files/idx_dataset.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { inFolder } from "../folder.ts";
import { idxBytes } from "../idx_bytes.ts";

interface Files {
  shape?: number[];
  pixels?: Uint8Array;
  labels?: number[];
  labelShape?: number[];
}

/** Loads images and labels that were written to files, packed or plain. */
const load = (
  folder: string,
  { shape = [2, 28, 28], pixels, labels = [0, 1], labelShape }: Files,
  options: Partial<IdxDatasetOptions> = {},
  packed = false,
) => {
  const ending = packed ? ".gz" : "";
  const pack = (bytes: Uint8Array) => packed ? gzipSync(bytes) : bytes;
  const size = shape.reduce((product, side) => product * side, 1);
  const images = idxBytes(shape, pixels ?? new Uint8Array(size));
  const classes = idxBytes(
    labelShape ?? [labels.length],
    Uint8Array.from(labels),
  );
  Deno.writeFileSync(`${folder}/images${ending}`, pack(images));
  Deno.writeFileSync(`${folder}/labels${ending}`, pack(classes));
  return loadIdxDataset({
    images: `${folder}/images`,
    labels: `${folder}/labels`,
    ...options,
  });
};

permittedTest(
  "loadIdxDataset() gives what was written, with rows and columns swapped and labels from 0",
  ["read", "write"],
  () =>
    inFolder((folder) =>
      fc.assert(
        fc.asyncProperty(
          fc.uint8Array({ minLength: 2 * 784, maxLength: 2 * 784 }),
          fc.array(fc.integer({ min: 1, max: 26 }), {
            minLength: 2,
            maxLength: 2,
          }),
          fc.boolean(),
          fc.boolean(),
          async (pixels, labels, transposed, packed) => {
            for (const name of ["images", "labels", "images.gz", "labels.gz"]) {
              await Deno.remove(`${folder}/${name}`).catch(() => {});
            }
            const set = await load(folder, { pixels, labels }, {
              transposed,
              firstLabel: 1,
            }, packed);
            assertEquals([set.count, set.height, set.width], [2, 28, 28]);
            assertEquals([...set.labels], labels.map((label) => label - 1));
            set.images.forEach((value, i) => {
              const [image, row, column] = [
                Math.floor(i / 784),
                Math.floor(i / 28) % 28,
                i % 28,
              ];
              const from = transposed ? column * 28 + row : row * 28 + column;
              assert(value === pixels[image * 784 + from]);
            });
          },
        ),
        { numRuns: 20 },
      )
    ),
);

permittedTest(
  "loadIdxDataset() scales square images of another size, and stays within bytes",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      const pixels = Uint8Array.from(
        { length: 2 * 400 },
        (_, i) => i < 400 ? 255 : 255 * (i % 2),
      );
      const set = await load(folder, { shape: [2, 20, 20], pixels }, {
        scaleTo: 28,
      });
      assertEquals([set.height, set.width, set.images.length], [28, 28, 1568]);
      assertEquals(set.images.subarray(0, 784), new Uint8Array(784).fill(255));
      // Stripes of one pixel: the corners stay.
      assertEquals([set.images[784], set.images[784 + 27]], [0, 255]);
    }),
);

permittedTest(
  "loadIdxDataset() takes images of the size that it would scale to as they are",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      const pixels = Uint8Array.from({ length: 18 }, (_, i) => i);
      const shape = [2, 3, 3];
      const set = await load(folder, { shape, pixels }, { scaleTo: 3 });
      assertEquals(set.images, pixels);
    }),
);

const faults: [string, Files, Partial<IdxDatasetOptions>, string][] = [
  [
    "other numbers",
    { labels: [1] },
    {},
    "a label for each of 2 images, got 1 labels",
  ],
  [
    "more labels",
    { labels: [1, 2, 3] },
    {},
    "a label for each of 2 images, got 3",
  ],
  [
    "a low label",
    { labels: [3, 0] },
    { firstLabel: 1 },
    "labels from 1 to 255, got 0 at 1",
  ],
  [
    "a high label",
    { labels: [9, 10] },
    { classCount: 10 },
    "labels from 0 to 9, got 10 at 1",
  ],
  [
    "a label past the classes",
    { labels: [27, 1] },
    { firstLabel: 1, classCount: 26 },
    "labels from 1 to 26, got 27 at 0",
  ],
  [
    "images that are not square",
    { shape: [2, 20, 28] },
    {},
    "square images, got 20×28; give them black borders first",
  ],
  [
    "images that are not square, to be scaled",
    { shape: [2, 20, 28] },
    { scaleTo: 28 },
    "square images, got 20×28",
  ],
  [
    "another size",
    { shape: [2, 20, 20] },
    {},
    "images of 28×28 pixels, got 20×20; `scaleTo: 28` scales them",
  ],
  [
    "no pixels",
    { shape: [2, 0, 0] },
    { scaleTo: 28 },
    "images with pixels, got 0×0",
  ],
  ["images of two dimensions", { shape: [2, 784] }, {}, "magic 2051, got 2050"],
  [
    "labels of two dimensions",
    { labelShape: [2, 1] },
    {},
    "magic 2049, got 2050",
  ],
  [
    "a cut file",
    { shape: [2, 28, 28], pixels: new Uint8Array(9) },
    {},
    "truncated",
  ],
];

for (const [name, files, options, message] of faults) {
  permittedTest(
    `loadIdxDataset() refuses ${name} and leaves the files as they are`,
    ["read", "write"],
    () =>
      inFolder(async (folder) => {
        const loaded = load(folder, files, options);
        const before = Deno.readFileSync(`${folder}/images`);
        await assertRejects(() => loaded, Error, message);
        assertEquals(Deno.readFileSync(`${folder}/images`), before);
      }),
  );
}

permittedTest(
  "loadIdxDataset() refuses images of another type than bytes",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      const file = idxBytes([1, 1, 1], new Uint8Array(4));
      file[2] = 0x0d;
      Deno.writeFileSync(`${folder}/images`, file);
      const options = { images: `${folder}/images`, labels: `${folder}/no` };
      await assertRejects(
        () => loadIdxDataset(options),
        SyntaxError,
        "unsigned bytes (magic 2051), got 32-bit floats (magic 3331)",
      );
    }),
);

permittedTest(
  "loadIdxDataset() says where it looked",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      const at = `${folder}/images`;
      await assertRejects(
        () => loadIdxDataset({ images: at, labels: at }),
        Deno.errors.NotFound,
        `expected images at ${at} or ${at}.gz, got no such file`,
      );
      await Deno.writeTextFile(`${folder}/file`, "");
      const below = `${folder}/file/images`;
      await assertRejects(
        () => loadIdxDataset({ images: below, labels: at }),
        Deno.errors.NotFound,
        "got no such file",
      );
      await assertRejects(
        () => loadIdxDataset({ images: folder, labels: at }),
        RangeError,
        `expected images to be a file, got the folder ${folder}`,
      );
    }),
);

Deno.test("loadIdxDataset() refuses what is no path", async () => {
  for (const images of ["", null, 3, ["data"], "http://a/b"]) {
    await assertRejects(
      () => loadIdxDataset({ images: images as string, labels: "labels" }),
      RangeError,
      "Cannot load images and labels: expected images to be a path, got ",
    );
  }
});
