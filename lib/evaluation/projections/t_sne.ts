import { optionsOf } from "../../numeric/options.ts";
import * as tf from "@tensorflow/tfjs";
import { type EmbeddingRows, readEmbeddings } from "../embeddings/checks.ts";
import { checkRoom, checkWhole } from "../../numeric/domain.ts";
import { refuse, shown } from "../../numeric/refuse.ts";
import { jointProbabilitySteps } from "./joint_probabilities.ts";
import { tSneGradients } from "./t_sne_gradients.ts";
import { type Axes, tSneDivergence } from "./t_sne_gradient.ts";
import { atRest, move } from "./t_sne_motion.ts";
import { readStart, startFromPca } from "./t_sne_start.ts";

/** How {@linkcode tSne} projects. */
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
   * `[n, dimensions]`, where the points begin; stays the caller's. By default
   * their `pca`, scaled to a deviation of 10⁻⁴ along the first axis.
   */
  start?: tf.Tensor2D;
  /** Called every `every` steps and after the last one, and waited for. */
  onProgress?: (step: TSneStep) => void | Promise<void>;
  /** How many steps lie between two calls of `onProgress`; 50 by default. */
  every?: number;
}

/** Where {@linkcode tSne} has come to. */
export interface TSneStep {
  /** How many steps are done. */
  iteration: number;
  /** `[n, dimensions]`, disposed once the call has been waited for. */
  points: tf.Tensor2D;
  /** KL(P‖Q) in nats, without exaggeration. */
  divergence: number;
}

/** What {@linkcode tSne} gives. */
export interface TSne {
  /** `[n, dimensions]`, around the origin. */
  points: tf.Tensor2D;
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
 * @param embeddings `[n, size]`; stays the caller's.
 * @returns The caller disposes `points`.
 * @throws {TypeError} If the embeddings are not of rank 2.
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
 * const [first, fourth, fifth] = tf.gather(points, [0, 3, 4]).arraySync();
 * const far = (a: number[], b: number[]) => Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!);
 * assert.ok(far(first!, fourth!) < far(fourth!, fifth!));
 * ```
 */
export async function tSne(
  embeddings: tf.Tensor2D,
  options: TSneOptions = {},
): Promise<TSne> {
  const action = "project by t-SNE";
  const { dimensions = 2, perplexity = 30, iterations = 1000 } = optionsOf(
    action,
    options,
  );
  const { every = 50, onProgress } = options;
  const rows = readEmbeddings(action, embeddings);
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
      : startFromPca(embeddings, dimensions),
  );
  // From here on the tensors may be gone: the caller's turn may come.
  const p = await joinedInTurns(rows, perplexity);
  const gradientAt = tSneGradients(p, count, dimensions);
  for (let iteration = 1; iteration <= iterations; iteration++) {
    move(gradientAt, motion, iteration);
    if (onProgress && (iteration % every === 0 || iteration === iterations)) {
      const points = tensorOf(motion.points, dimensions);
      const divergence = tSneDivergence(p, motion.points);
      try {
        await onProgress({ iteration, points, divergence });
      } finally {
        points.dispose();
      }
    }
    // Lets timers, messages and the display have their turn. That takes a
    // millisecond, so steps share one until they have taken about twenty.
    if (iteration % Math.ceil(1e7 / p.length) === 0) {
      await turnOfOthers();
    }
  }
  return {
    points: tensorOf(motion.points, dimensions),
    divergence: tSneDivergence(p, motion.points),
  };
}

const turnOfOthers = () => new Promise((resolve) => setTimeout(resolve));

async function joinedInTurns(
  rows: EmbeddingRows,
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

function tensorOf(points: Axes, dimensions: number): tf.Tensor2D {
  const count = points[0].length;
  const values = Float32Array.from(
    { length: count * dimensions },
    (_, at) => points[at % dimensions]![Math.floor(at / dimensions)]!,
  );
  return tf.tensor2d(values, [count, dimensions]);
}
