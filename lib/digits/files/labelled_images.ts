/** Gray images and the class of each. */
export interface Dataset {
  /** The pixels, 0 (background) to 255 (ink), `[count, height, width]`. */
  images: Uint8Array;
  /** The class of each image, `[count]`; for MNIST the digit, 0 to 9. */
  labels: Uint8Array;
  /** The number of images. */
  count: number;
  /** The height of every image in pixels. */
  height: number;
  /** The width of every image in pixels. */
  width: number;
}
