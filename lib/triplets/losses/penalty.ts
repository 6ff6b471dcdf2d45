import * as tf from "@tensorflow/tfjs";
import { checkValue } from "../../numeric/domain.ts";

/** What a triplet costs by its gap, d(a,p) + margin − d(a,n), and with which slope. */
export interface PenaltyForms {
  value(gap: number): number;
  slope(gap: number): number;
  /** The same for many gaps, as tensors of their shape; the caller tidies. */
  graph(gap: tf.Tensor): { values: tf.Tensor; slopes: tf.Tensor };
}

const hinge: PenaltyForms = {
  value: (gap) => gap > 0 ? gap : 0,
  slope: (gap) => gap > 0 ? 1 : 0,
  graph(gap) {
    const slopes = tf.step(gap);
    // Not relu, which on some backends turns NaN into 0.
    return { values: tf.mul(gap, slopes), slopes };
  },
};

const softMargin: PenaltyForms = {
  value: (gap) => hinge.value(gap) + Math.log1p(Math.exp(-Math.abs(gap))),
  slope: (gap) => 1 / (1 + Math.exp(-gap)),
  graph(gap) {
    const tail = tf.log(tf.add(tf.exp(tf.neg(tf.abs(gap))), 1));
    const { values } = hinge.graph(gap);
    return { values: tf.add(values, tail), slopes: tf.sigmoid(gap) };
  },
};

const penalties = { hinge, "soft-margin": softMargin };

/**
 * What a triplet costs, with x = d(a,p) − d(a,n) + margin: "hinge" is max(0, x)
 * (FaceNet), "soft-margin" log(1 + eˣ) (Hermans et al. 2017,
 * https://arxiv.org/abs/1703.07737, section 2, there with margin 0).
 */
export type Penalty = keyof typeof penalties;

/** Finds a penalty by its name. */
export function findPenalty(name: Penalty = "hinge"): PenaltyForms {
  return penalties[name];
}

/**
 * Checks the name of a penalty.
 *
 * @throws {RangeError} If there is none of this name.
 */
export function checkPenalty(action: string, name: unknown = "hinge"): void {
  const of = Object.keys(penalties);
  checkValue(action, "penalty", name, { type: "choice", of });
}
