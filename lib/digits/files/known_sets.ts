/** What is known of a public set of images in IDX files. */
export interface KnownSet {
  /** The folder below `data` in which its files are looked for. */
  folder: string;
  /** What its files' names begin with: of the training images, and of the test images. */
  files: { train: string; test: string };
  /** What each class shows, in the order of the labels. */
  classNames: readonly string[];
  /** Whether rows and columns are swapped in the files. */
  transposed: boolean;
  /** The label of the first class. */
  firstLabel: number;
  /** Where its makers describe it and say where the files are. */
  source: string;
}

/** The name of a public set in MNIST's format. */
export type DatasetName =
  | "emnist-letters"
  | "emnist-balanced"
  | "emnist-bymerge"
  | "emnist-byclass"
  | "emnist-digits"
  | "emnist-mnist"
  | "fashion-mnist"
  | "kmnist";

const digits = [..."0123456789"];
const capitals = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const small = [..."abcdefghijklmnopqrstuvwxyz"];
/** The small letters whose shape is another than the capital's, in EMNIST's merged classes. */
const ownSmall = [..."abdefghnqrt"];

const emnist = (
  name: string,
  classNames: string[],
  firstLabel = 0,
): KnownSet => ({
  folder: "emnist",
  files: { train: `emnist-${name}-train`, test: `emnist-${name}-test` },
  classNames,
  transposed: true,
  firstLabel,
  source: "https://www.nist.gov/itl/products-and-services/emnist-dataset",
});
const likeMnist = (
  folder: string,
  classNames: string[],
  source: string,
): KnownSet => ({
  folder,
  files: { train: "train", test: "t10k" },
  classNames,
  transposed: false,
  firstLabel: 0,
  source,
});

/**
 * Public sets of images in MNIST's format, by name.
 *
 * - EMNIST: handwritten characters of the same forms that MNIST is from. Cohen,
 *   Afshar, Tapson and van Schaik, "EMNIST: an extension of MNIST to handwritten
 *   letters" (2017), arXiv:1702.05373. "letters" has capital and small letters in one
 *   class; "balanced" and "bymerge" do so for letters that look alike.
 * - Fashion-MNIST: clothes. Xiao, Rasul and Vollgraf (2017), arXiv:1708.07747.
 * - KMNIST: cursive Japanese characters, one each for ten rows of Hiragana. Clanuwat
 *   and others, "Deep learning for classical Japanese literature" (2018),
 *   arXiv:1812.01718.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(knownSets["emnist-letters"].classNames[25], "Z");
 * assert.equal(knownSets["emnist-balanced"].classNames.length, 47);
 * ```
 */
export const knownSets: Readonly<Record<DatasetName, KnownSet>> = {
  "emnist-letters": emnist("letters", capitals, 1),
  "emnist-balanced": emnist("balanced", [...digits, ...capitals, ...ownSmall]),
  "emnist-bymerge": emnist("bymerge", [...digits, ...capitals, ...ownSmall]),
  "emnist-byclass": emnist("byclass", [...digits, ...capitals, ...small]),
  "emnist-digits": emnist("digits", digits),
  "emnist-mnist": emnist("mnist", digits),
  "fashion-mnist": likeMnist("fashion-mnist", [
    "T-shirt/top",
    "trouser",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "sneaker",
    "bag",
    "ankle boot",
  ], "https://github.com/zalandoresearch/fashion-mnist"),
  kmnist: likeMnist("kmnist", [
    "o",
    "ki",
    "su",
    "tsu",
    "na",
    "ha",
    "ma",
    "ya",
    "re",
    "wo",
  ], "https://github.com/rois-codh/kmnist"),
};
