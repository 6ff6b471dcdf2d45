/**
 * Memory that tfjs holds until the end of a backward pass, freed as soon as it is
 * not needed. Otherwise the gradients of all activations are alive at once.
 *
 * The functions are for gradient functions given to `tf.customGrad`. How tfjs 4.22
 * goes through its tape (tape.ts, engine.ts), which they rely on:
 *
 * - The pass runs in a scope of its own, and what is made in it belongs to it.
 * - Each operation is asked once, with the gradient of its result as `dy`, which
 *   nothing else reads: tfjs disposes such gradients itself when it adds up two,
 *   so no gradient function may return one tensor for two inputs, and none of
 *   tfjs's does. (Tensors that share memory are another matter: tfjs counts them.)
 * - Of the gradients that several operations return for one tensor, the first is
 *   kept and disposed when the second is added to it; the second and all that
 *   follow are read once, for the addition, and stay until the end.
 * - What was saved for an operation stays until the end too, and is needed again
 *   only if an outer `tf.grad` records the pass.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/**
 * Frees what only this gradient function still needed: `dy`, unless it comes from
 * outside as in `tf.grad(f)(x, dy)`, and the tensors saved for it.
 *
 * @example The caller's dy survives
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const double = tf.customGrad((...given) => {
 *   const [x] = given as [tf.Tensor];
 *   const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
 *     const dx = tf.mul(dy, 2);
 *     freeAfterGradient(dy, saved);
 *     return dx;
 *   };
 *   return { value: tf.mul(x, 2), gradFunc };
 * });
 * const dy = tf.scalar(1);
 * tf.grad(double)(tf.scalar(3), dy);
 * assert.ok(!dy.isDisposed);
 * ```
 */
export function freeAfterGradient(dy: tf.Tensor, saved: tf.Tensor[]): void {
  if (belongsToPass(dy)) dy.dispose();
  if (tf.engine().state.gradientDepth === 0) tf.dispose(saved);
}

/**
 * Frees a gradient that is returned for an input, after tfjs has added it to
 * another one for the same input. It happens at the next call, by whichever
 * operation of the pass, so that a gradient function may call it only once.
 *
 * @param x The input; it may be disposed.
 * @returns dx, as the gradient function's result.
 */
export function freeOnceAdded(x: tf.Tensor, dx: tf.Tensor): tf.Tensor {
  const scope = passScope();
  if (!scope) return dx;
  const returned = scope.returned ??= { inputs: new Set(), added: [] };
  tf.dispose(returned.added);
  // The first one for an input is what the others are added to.
  returned.added = returned.inputs.has(x.id) ? [dx] : [];
  returned.inputs.add(x.id);
  return dx;
}

/**
 * Whether a gradient function may overwrite the memory of its `dy`: it does not
 * come from outside, and no other tensor shares its memory.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * assert.ok(!isOverwritable(tf.scalar(1)));
 * ```
 */
export function isOverwritable(dy: tf.Tensor): boolean {
  return belongsToPass(dy) && tf.backend().refCount(dy.dataId) === 1;
}

function belongsToPass(dy: tf.Tensor): boolean {
  const scope = passScope();
  return scope !== undefined && dy.scopeId === scope.id && !dy.kept;
}

/** The scope of a backward pass, which ends with it. */
interface PassScope {
  id: number;
  /** Ours: inputs that have a gradient, and gradients to be freed. */
  returned?: { inputs: Set<number>; added: tf.Tensor[] };
}

/** The scope of the backward pass that runs, or nothing outside of one. */
function passScope(): PassScope | undefined {
  const { activeScope } = tf.engine().state;
  return activeScope?.name === "backward" ? activeScope : undefined;
}
