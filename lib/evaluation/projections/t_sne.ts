import { checkWhole } from "../../numeric/domain.ts";
import { checkRoom } from "../../numeric/shape.ts";
import {
  type Embeddings,
  type EmbeddingsOrTensor,
  readEmbeddings,
} from "../../numeric/embeddings.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse, shown } from "../../numeric/refuse.ts";
import { turnOfOthers } from "../../numeric/turn.ts";
import { jointProbabilitySteps } from "./joint_probabilities.ts";
import { tSneGradients } from "./t_sne_gradients.ts";
import { type Axes, tSneDivergence } from "./t_sne_divergence.ts";
import { atRest, move } from "./t_sne_motion.ts";
import { readStart, startFromPca } from "./t_sne_start.ts";

/** Each step takes time in proportion to the square of the number of points. */
export interface TSneOptions {
  /** Of the picture, from 1 to 3 and the embeddings' own; 2 by default. */
  dimensions?: number;
  /**
   * About how many neighbours a point has: above 1, and at most a third of the
   * other points, as in van der Maaten's program; 30 by default.
   */
  perplexity?: number;
  /** How many steps the points take; 1000 by default. */
  iterations?: number;
  /**
   * `[n, dimensions]`, where the points begin; a tensor stays the caller's. By
   * default their `pca`, scaled to a deviation of 10⁻⁴ along the first axis.
   */
  start?: EmbeddingsOrTensor;
  /** Called every `every` steps and after the last one, and waited for. */
  onProgress?: (step: TSneStep) => void | Promise<void>;
  /** How many steps lie between two calls of `onProgress`; 50 by default. */
  every?: number;
}

/** The points between two steps, for a picture that moves. */
export interface TSneStep {
  /** How many steps are done. */
  iteration: number;
  /** `[n, dimensions]` */
  points: Embeddings;
  /** KL(P‖Q) in nats, without exaggeration. */
  divergence: number;
}

/** The points after the last step, and how far to trust them. */
export interface TSne {
  /** `[n, dimensions]`, around the origin. */
  points: Embeddings;
  /** How badly they show the neighbours: KL(P‖Q) in nats, 0 at best. */
  divergence: number;
}

/**
 * Projects embeddings so that neighbours stay neighbours: exact t-SNE (van der
 * Maaten & Hinton 2008), with the schedule, momentum and gains of scikit-learn's
 * `TSNE(method="exact")`. How far apart and how wide clusters are means nothing
 * in its pictures.
 *
 * Time and memory are O(n²): for 2,000 points of 128 dimensions about 5 seconds
 * on one core, and 48 MB. It computes outside of tfjs's backends, so that the
 * result is the same with each of them: forces in float32, the points and what
 * they show in double precision. Other work has its turn in between.
 *
 * @param embeddings Of n images; a tensor `[n, size]` stays the caller's.
 * @throws {RangeError} If there are fewer than 5 embeddings or more than memory
 * could hold the distances of, a value is not finite, an option is out of range,
 * or `start` is not of shape `[n, dimensions]`.
 *
 * @example Two groups
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const xs = [0, 1, 2, 3, 70, 71, 72, 73];
 * const embeddings = tf.tensor2d(xs.map((x) => [x, x % 2]));
 * const { points } = await tSne(embeddings, { perplexity: 2 });
 * const point = (i: number) => points.values.subarray(2 * i, 2 * i + 2);
 * const far = (i: number, j: number) =>
 *   Math.hypot(point(i)[0]! - point(j)[0]!, point(i)[1]! - point(j)[1]!);
 * assert.ok(far(0, 3) < far(3, 4));
 * ```
 */
export async function tSne(
  embeddings: EmbeddingsOrTensor,
  options: TSneOptions = {},
): Promise<TSne> {
  const action = "project by t-SNE";
  const { dimensions = 2, perplexity = 30, iterations = 1000 } = optionsOf(
    action,
    options,
  );
  const { every = 50, onProgress } = options;
  const rows = readEmbeddings(embeddings, action);
  const { count, size } = rows;
  checkWhole(action, "the number of embeddings", count, 5, Infinity);
  checkWhole(action, "dimensions", dimensions, 1, Math.min(3, size));
  checkWhole(action, "iterations", iterations, 1, Infinity);
  checkWhole(action, "every", every, 1, Infinity);
  checkPerplexity(action, perplexity, count);
  checkRoom(action, "distances and probabilities", [count, count], 8);

  const motion = atRest(
    options.start !== undefined
      ? readStart(action, options.start, count, dimensions)
      : startFromPca(rows, dimensions),
  );
  const p = await joinedInTurns(rows, perplexity);
  const gradientAt = tSneGradients(p, count, dimensions);
  for (let iteration = 1; iteration <= iterations; iteration++) {
    move(gradientAt, motion, iteration);
    if (onProgress && (iteration % every === 0 || iteration === iterations)) {
      await onProgress({ iteration, ...shownBy(p, motion.points, dimensions) });
    }
    // A turn takes a millisecond, so steps share one until they have taken about
    // twenty.
    if (iteration % Math.ceil(1e7 / p.length) === 0) {
      await turnOfOthers();
    }
  }
  return shownBy(p, motion.points, dimensions);
}

async function joinedInTurns(
  rows: Embeddings,
  perplexity: number,
): Promise<Float64Array> {
  const steps = jointProbabilitySteps(rows, perplexity);
  const every = Math.ceil(1e5 / rows.count);
  for (let step = 1;; step++) {
    const { done, value } = steps.next();
    if (done) return value;
    if (step % every === 0) await turnOfOthers();
  }
}

function checkPerplexity(
  action: string,
  perplexity: number,
  count: number,
): void {
  const isNumber = Number.isFinite(perplexity);
  if (isNumber && perplexity > 1 && 3 * perplexity <= count - 1) return;
  const most = Math.floor((count - 1) / 3 * 100) / 100;
  refuse(
    action,
    `a perplexity above 1 and at most ${most}, a third of the other embeddings`,
    shown(perplexity),
  );
}

/** The picture that points make, and how badly it shows the neighbours. */
function shownBy(p: Float64Array, points: Axes, dimensions: number): TSne {
  const count = points[0].length;
  const values = Float32Array.from(
    { length: count * dimensions },
    (_, at) => points[at % dimensions]![Math.floor(at / dimensions)]!,
  );
  return {
    points: { values, count, size: dimensions },
    divergence: tSneDivergence(p, points),
  };
}
