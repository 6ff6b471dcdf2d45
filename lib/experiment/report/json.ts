import type { Rejection } from "../../evaluation/open_set/rejection.ts";
import type { RetrievalReport } from "../../evaluation/retrieval/retrieval.ts";
import type { ClassScores } from "../../evaluation/classification/class_report.ts";
import type { ClusterMeasure } from "../../evaluation/clustering/cluster_measures.ts";
import type { Spread } from "../../evaluation/statistics/spread.ts";
import type { Interval } from "../../evaluation/statistics/wilson.ts";
import type { Verification } from "../../evaluation/verification/threshold.ts";
import type {
  RocMeasure,
  ThresholdMeasure,
} from "../../evaluation/verification/verification_measures.ts";

/**
 * What `--json` holds. Names stay; there may come more of them. All rates are
 * in [0, 1], all distances squared, and all intervals Wilson's 95 %.
 */
export interface EvaluationJson {
  /**
   * The share of test images whose nearest centroid is their class's. Here and in
   * all measures of recognition, of the digits that were not left out of training.
   */
  centroidAccuracy: number;
  centroidInterval: Interval;
  /** The same without a trained network. */
  baselines: { untrained: number; rawPixels: number };
  /** How many of the test images measured the untrained network. */
  untrainedImages: number;
  testImages: number;
  /** How many training images each centroid is the mean of. */
  imagesPerClass: number;
  /** In the order of `confusion` and `classScores`. */
  classes: number[];
  /** Row = actual class, column = predicted class. */
  confusion: number[][];
  classScores: (ClassScores & { class: number })[];
  /** Each class counting the same. */
  macro: ClassScores;
  /** Over `draws` draws of each number of training images. */
  centroidCurve: ({ imagesPerClass: number; draws: number } & Spread)[];
  neighbours: {
    /** How many training images are looked through. */
    gallery: number;
    /** How many vote: the best k on validation images. */
    k: number;
    accuracy: number;
    interval: Interval;
    atK: { k: number; accuracy: number; validationAccuracy: number }[];
  };
  verification: Record<RocMeasure, number> & {
    /** Pairs of test images of one class. */
    positives: number;
    /** Pairs of test images of two. */
    negatives: number;
    /** At the threshold of the validation pairs' equal error rate. */
    equalErrorThreshold: VerifiedJson;
    atFar: FarJson[];
    /** With thresholds of the other folds at `far`; null where refused. */
    folds:
      | ({ far: number; folds: number } & Record<ThresholdMeasure, Spread>)
      | null;
  };
  retrieval: RetrievalReport;
  clustering: {
    images: number;
    /** Average linkage is cut here, as is best for validation images. */
    threshold: number;
    averageLinkage: ClusteringJson;
    kMeans: ClusteringJson;
  };
  strangers: StrangersJson;
  projections: {
    images: number;
    /** Of the two axes of PCA, their shares of the variance; empty if refused. */
    explainedVarianceRatio: number[];
    /** Of t-SNE, in nats; null if refused. */
    divergence: number | null;
  };
  /** Decides everything that was drawn: that of the training. */
  seed: number;
  /** The path as it was given. */
  weights: string;
  /** The whole command's and its parts', by their names. */
  seconds: { total: number } & Record<string, number>;
}

/**
 * What a threshold does to the pairs of the test images. The threshold −∞, where
 * none may be accepted, is null in the file.
 */
export type VerifiedJson = Omit<Verification, "accuracy">;

/** VAL at a FAR that was asked for. */
export interface FarJson {
  far: number;
  /** With the threshold chosen on the same pairs; null where refused. */
  chosenOnTest: VerifiedJson | null;
  /** With the threshold chosen on validation pairs; null where refused. */
  chosenOnValidation: VerifiedJson | null;
  /** Why there are nulls; null where there are none. */
  refused: string | null;
}

/** How clusters and digits agree. */
export interface ClusteringJson extends Record<ClusterMeasure, number> {
  clusters: number;
}

/** What a rejection threshold does to known digits and to strangers. */
export interface StrangersJson {
  /** Whether the network was trained without the strangers' digits. */
  unseen: boolean;
  /** The digits that have centroids. */
  known: number[];
  /** The strangers on whose validation images the threshold is chosen. */
  calibratedOn: number[];
  /** Those on whose test images it is tested. */
  testedOn: number[];
  /** A threshold of −∞, where none may be let in, is null in the file. */
  atFar: ({ far: number } & Rejection)[];
  /** Pairs of test images of unseen digits alone; null where `unseen` is false. */
  pairs: UnseenPairsJson | null;
}

/** Verification between digits that training did not see. */
export interface UnseenPairsJson extends VerifiedJson {
  /** Pairs of one digit. */
  positives: number;
  /** Pairs of two digits. */
  negatives: number;
  equalErrorRate: number;
  /** The share judged right of as many pairs of one digit as of two. */
  balancedAccuracy: number;
}
