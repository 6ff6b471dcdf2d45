import * as tf from "@tensorflow/tfjs";

/**
 * Makes sure that pixels are finite: ReLUs and pools may drop a NaN on its way,
 * so the loss does not tell.
 *
 * @throws {RangeError} If one is not.
 */
export function checkImages(images: tf.Tensor4D): void {
  const finite = tf.tidy(() => tf.all(tf.isFinite(images)).dataSync()[0]);
  if (!finite) {
    throw new RangeError(
      `Cannot train on this batch: expected images of finite numbers, got NaN or infinity`,
    );
  }
}

/**
 * The value of a loss.
 *
 * @throws {RangeError} If it is not finite, with what helps.
 */
export function readLoss(value: tf.Scalar): number {
  const [loss] = value.dataSync();
  if (!Number.isFinite(loss)) {
    throw new RangeError(
      `Cannot train on this batch: expected a finite loss, got ${loss}. ` +
        `The weights have diverged: try a lower learning rate`,
    );
  }
  return loss!;
}
