import { checkValue } from "../numeric/domain.ts";

/** Square windows with "same" padding. */
interface WindowRow {
  readonly name: string;
  /** Height and width of the window. */
  readonly size: number;
  readonly stride: number;
}

/** An inception module; a branch that is not given does not exist. */
export interface InceptionRow {
  readonly type: "inception";
  readonly name: string;
  /** Filters of the 1×1 convolution. */
  readonly "1x1"?: number;
  /** Filters of the 1×1 reduction, and of the 3×3 convolution after it. */
  readonly "3x3": readonly [reduce: number, filters: number];
  /** The same with 5×5. */
  readonly "5x5"?: readonly [reduce: number, filters: number];
  /** The 3×3 pool, and the filters of the 1×1 projection after it; without a projection the pool's channels pass through. */
  readonly pool?: readonly [kind: "max" | "L2", projection?: number];
  /** Stride of the 3×3 and 5×5 convolutions and of the pool (default 1). */
  readonly stride?: number;
}

/**
 * A row of {@linkcode NN2}. "norm" is where the paper normalizes local responses;
 * "average pool" the mean over the whole plane that is left; "dense" the fully
 * connected layer that makes the embedding.
 */
export type Row =
  | { readonly type: "convolution"; readonly filters: number } & WindowRow
  | { readonly type: "max pool" } & WindowRow
  | InceptionRow
  | { readonly type: "norm" | "average pool" | "dense"; readonly name: string };

/** Height and width of the images that a network takes. */
export type InputSize = 28 | 224;

/**
 * Checks the size of a network's images.
 *
 * @throws {RangeError} If it is neither 28 nor 224.
 */
export function checkInputSize(action: string, inputSize: unknown): void {
  checkValue(action, "inputSize", inputSize, { type: "choice", of: [28, 224] });
}

/**
 * The network NN2 of the FaceNet paper, row by row, for images of
 * `[224, 224, 3]`. Every convolution is followed by a ReLU.
 *
 * Source: Schroff, Kalenichenko and Philbin, "FaceNet", arXiv 1503.03832,
 * Table 2.
 *
 * @example The paper's module 3a makes 256 channels
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const row = NN2.find((row) => row.name === "inception_3a");
 * assert.ok(row?.type === "inception");
 * assert.equal(row["1x1"]! + row["3x3"][1] + row["5x5"]![1] + row.pool![1]!, 256);
 * ```
 */
// deno-fmt-ignore: the columns are the paper's
export const NN2: readonly Row[] = [
  { type: "convolution",  name: "conv1", size: 7, stride: 2, filters: 64 },
  { type: "max pool",     name: "pool1", size: 3, stride: 2 },
  { type: "norm",         name: "norm1" },
  //                                            #1×1        #3×3 reduce, #3×3  #5×5 reduce, #5×5 pool, projection
  { type: "inception",    name: "inception_2",              "3x3": [ 64, 192] },
  { type: "norm",         name: "norm2" },
  { type: "max pool",     name: "pool2", size: 3, stride: 2 },
  { type: "inception",    name: "inception_3a", "1x1":  64, "3x3": [ 96, 128], "5x5": [16,  32], pool: ["max",  32] },
  { type: "inception",    name: "inception_3b", "1x1":  64, "3x3": [ 96, 128], "5x5": [32,  64], pool: ["L2",   64] },
  { type: "inception",    name: "inception_3c",              "3x3": [128, 256], "5x5": [32,  64], pool: ["max"], stride: 2 },
  { type: "inception",    name: "inception_4a", "1x1": 256, "3x3": [ 96, 192], "5x5": [32,  64], pool: ["L2",  128] },
  { type: "inception",    name: "inception_4b", "1x1": 224, "3x3": [112, 224], "5x5": [32,  64], pool: ["L2",  128] },
  { type: "inception",    name: "inception_4c", "1x1": 192, "3x3": [128, 256], "5x5": [32,  64], pool: ["L2",  128] },
  { type: "inception",    name: "inception_4d", "1x1": 160, "3x3": [144, 288], "5x5": [32,  64], pool: ["L2",  128] },
  { type: "inception",    name: "inception_4e",              "3x3": [160, 256], "5x5": [64, 128], pool: ["max"], stride: 2 },
  { type: "inception",    name: "inception_5a", "1x1": 384, "3x3": [192, 384], "5x5": [48, 128], pool: ["L2",  128] },
  { type: "inception",    name: "inception_5b", "1x1": 384, "3x3": [192, 384], "5x5": [48, 128], pool: ["max", 128] },
  { type: "average pool", name: "pool6" },
  { type: "dense",        name: "embedding" },
];

/**
 * The rows for an input size: the paper's own at 224; at 28 the first
 * convolution does not skip pixels (stride 1), and all else is the same.
 *
 * @throws {RangeError} If there is no network for that size.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const [conv1] = nn2Rows(28);
 * assert.deepEqual(conv1, { ...NN2[0], stride: 1 });
 * assert.deepEqual(nn2Rows(28).slice(1), NN2.slice(1));
 * ```
 */
export function nn2Rows(inputSize: InputSize): readonly Row[] {
  checkInputSize("list the rows of NN2", inputSize);
  return inputSize === 224
    ? NN2
    : NN2.map((row) =>
      row.type === "convolution" ? { ...row, stride: 1 } : row
    );
}

/**
 * The shape of one image, `[height, width, channels]`: three channels at 224
 * as in the paper, and MNIST's own one at 28.
 *
 * @throws {RangeError} If there is no network for that size.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(inputShape(28), [28, 28, 1]);
 * ```
 */
export function inputShape(
  inputSize: InputSize,
): [height: number, width: number, channels: number] {
  checkInputSize("tell the shape of an image", inputSize);
  return [inputSize, inputSize, inputSize === 224 ? 3 : 1];
}
