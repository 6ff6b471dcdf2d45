/** A measurement in the course of training. */
export interface Validation {
  step: number;
  /** Nearest-centroid accuracy on validation images, in [0, 1]. */
  accuracy: number;
  /** Seconds of training until then. */
  seconds: number;
}
