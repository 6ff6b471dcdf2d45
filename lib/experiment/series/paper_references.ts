/** Numbers of the FaceNet paper: VAL at a FAR of 10⁻³, on faces. */
export interface PaperReference {
  /** Where they stand. */
  source: string;
  points: readonly PaperPoint[];
}

// All of them were compared, number by number, with two transcripts of the paper's
// text that others published: one has tables 4, 5 and 6 whole, the other lacks the
// row of 512 in table 5. Both agree with what stands here.

/** One of them. */
export interface PaperPoint {
  /** As a point of an experiment has it; some are of other sizes. */
  value: number | string;
  validationRate: number;
  /** Its standard error, where the paper has one. */
  error?: number;
}

const tableOf = (number: number) =>
  `Schroff, Kalenichenko and Philbin, FaceNet, arXiv 1503.03832, table ${number}`;

/**
 * JPEG qualities, and numbers of pixels, of the images that are verified: network NN1,
 * the first fifth of the test images.
 */
export const imageQuality: PaperReference = {
  source: tableOf(4),
  points: [
    { value: "jpeg-10", validationRate: 0.673 },
    { value: "jpeg-20", validationRate: 0.814 },
    { value: "jpeg-30", validationRate: 0.839 },
    { value: "jpeg-50", validationRate: 0.855 },
    { value: "jpeg-70", validationRate: 0.861 },
    { value: "jpeg-90", validationRate: 0.865 },
    { value: "pixels-1600", validationRate: 0.378 },
    { value: "pixels-6400", validationRate: 0.795 },
    { value: "pixels-14400", validationRate: 0.845 },
    { value: "pixels-25600", validationRate: 0.857 },
    { value: "pixels-65536", validationRate: 0.864 },
  ],
};

/** Numbers in an embedding: NN1. The errors are those of the mean over five test sets. */
export const embeddingSize: PaperReference = {
  source: tableOf(5),
  points: [
    { value: 64, validationRate: 0.868, error: 0.017 },
    { value: 128, validationRate: 0.879, error: 0.019 },
    { value: 256, validationRate: 0.877, error: 0.019 },
    { value: 512, validationRate: 0.856, error: 0.02 },
  ],
};

/**
 * Training images: a smaller network with inputs of 96×96 pixels, 700 hours of training
 * each, measured on about 12,000 personal photos.
 */
export const trainingData: PaperReference = {
  source: tableOf(6),
  points: [
    { value: 2_600_000, validationRate: 0.763 },
    { value: 26_000_000, validationRate: 0.851 },
    { value: 52_000_000, validationRate: 0.851 },
    { value: 260_000_000, validationRate: 0.862 },
  ],
};
