import { join } from "node:path";
import { checkPath, projectPath } from "../../files/paths.ts";
import { checkValue } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import { loadIdxDataset } from "./idx_dataset.ts";
import { type DatasetName, knownSets } from "./known_sets.ts";
import type { Dataset } from "./labelled_images.ts";

/** The images of a public set, divided as its publishers did. */
export interface NamedDataset {
  train: Dataset;
  test: Dataset;
  /** What each class shows; a label is a place in this list. */
  classNames: readonly string[];
}

/** The names of the sets that {@linkcode loadDataset} knows. */
export const datasetNames = Object.keys(knownSets) as readonly DatasetName[];

const action = "load a dataset";

/**
 * Loads a public set of images in MNIST's format by its name, from files that you
 * have put into the project's `data`: EMNIST's into `data/emnist`, those of
 * Fashion-MNIST and KMNIST into `data/fashion-mnist` and `data/kmnist`, under the
 * names that their publishers gave them, plain or packed (`.gz`). Nothing is fetched.
 * Images that are stored with rows and columns swapped are turned, and labels are
 * counted from 0.
 *
 * @param name One of "emnist-letters", "emnist-balanced", "emnist-bymerge",
 * "emnist-byclass", "emnist-digits", "emnist-mnist", "fashion-mnist", "kmnist".
 * @param options `directory` is the folder of the four files, if they are elsewhere.
 * @throws {Deno.errors.NotFound} If a file is missing; the message says where to get
 * it.
 * @throws {RangeError} If the name is none of those, or a file has other images or
 * labels than the set.
 * @throws {SyntaxError} If a file is damaged.
 *
 * @example
 * ```ts ignore
 * const { train, test, classNames } = await loadDataset("emnist-letters");
 * ```
 */
export async function loadDataset(
  name: DatasetName,
  options: { directory?: string } = {},
): Promise<NamedDataset> {
  checkValue(action, "its name", name, { type: "choice", of: datasetNames });
  const set = knownSets[name];
  const { directory = projectPath(`data/${set.folder}`) } = optionsOf(
    action,
    options,
  );
  checkPath(action, "directory", directory);
  const part = (begin: string) =>
    loadIdxDataset({
      images: join(directory, `${begin}-images-idx3-ubyte`),
      labels: join(directory, `${begin}-labels-idx1-ubyte`),
      transposed: set.transposed,
      firstLabel: set.firstLabel,
      classCount: set.classNames.length,
    });
  try {
    const train = await part(set.files.train);
    const test = await part(set.files.test);
    return { train, test, classNames: set.classNames };
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    const files = Object.values(set.files).flatMap((begin) => [
      `${begin}-images-idx3-ubyte.gz`,
      `${begin}-labels-idx1-ubyte.gz`,
    ]);
    throw new Deno.errors.NotFound(
      `Cannot ${action}: ${name} is not in ${directory}: ${cause.message}. Put ${
        files.join(", ")
      } there, from ${set.source}`,
      { cause },
    );
  }
}
