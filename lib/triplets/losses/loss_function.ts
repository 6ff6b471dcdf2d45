import { checkValue } from "../../numeric/domain.ts";

/** A loss and its slope by a triplet's gap, d(a,p) − d(a,n) + margin. */
export interface GapLoss {
  value(gap: number): number;
  slope(gap: number): number;
}

const hinge: GapLoss = {
  value: (gap) => gap > 0 ? gap : 0,
  slope: (gap) => gap > 0 ? 1 : 0,
};

const softMargin: GapLoss = {
  value: (gap) => hinge.value(gap) + Math.log1p(Math.exp(-Math.abs(gap))),
  slope: (gap) => 1 / (1 + Math.exp(-gap)),
};

const lossFunctions = { hinge, "soft-margin": softMargin };

/**
 * What a triplet costs, with x = d(a,p) − d(a,n) + margin: "hinge" is max(0, x)
 * (FaceNet), "soft-margin" log(1 + eˣ) (Hermans et al. 2017,
 * https://arxiv.org/abs/1703.07737, section 2, there with margin 0).
 */
export type TripletLossFunction = keyof typeof lossFunctions;

/** @deprecated Use {@linkcode TripletLossFunction}. */
export type Penalty = TripletLossFunction;

/** Finds a loss function by its name. */
export function findLossFunction(name: TripletLossFunction): GapLoss {
  return lossFunctions[name];
}

/**
 * Checks the name of a loss function.
 *
 * @throws {RangeError} If there is none of this name.
 */
export function checkLossFunction(
  action: string,
  option: string,
  name: unknown,
): void {
  const of = Object.keys(lossFunctions);
  checkValue(action, option, name, { type: "choice", of });
}
