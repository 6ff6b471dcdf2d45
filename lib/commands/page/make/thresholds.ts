import type { Dataset } from "../../../digits/dataset.ts";
import { selectImages } from "../../../digits/select_images.ts";
import {
  type Centroids,
  nearestCentroid,
} from "../../../evaluation/classification/centroids.ts";
import { openSetCurve } from "../../../evaluation/open_set/open_set.ts";
import { chooseRejection } from "../../../evaluation/open_set/rejection.ts";
import { reorientImages } from "../../../evaluation/open_set/reorient.ts";
import { type Embeddings, selectRows } from "../../../numeric/embeddings.ts";

/** Squared distances that make three answers of the nearest class. */
export interface Thresholds {
  /** Up to here it is accepted. */
  accept: number;
  /** From here on a drawing is none of the classes. */
  refuse: number;
}

/** Digits that look like none when they lie on their side. */
const strange = [2, 3, 4, 5, 6, 7, 9];

/**
 * Chooses both thresholds as notebook 10 does: at most 5 % of digits that lie on
 * their side are accepted, and 1 % of digits are taken for none.
 *
 * @param tests Images that the centroids are not made of.
 * @param tested Their embeddings.
 */
export async function chooseThresholds(
  embed: (of: Dataset) => Promise<Embeddings>,
  centroids: Centroids,
  { tests, tested }: { tests: Dataset; tested: Embeddings },
): Promise<Thresholds> {
  const half = [...tests.labels.keys()].filter((i) => i % 2 === 0);
  const turned = reorientImages(
    selectImages(
      tests,
      half.filter((i) => strange.includes(tests.labels[i]!)),
    ),
    "turned",
  );
  const known = {
    embeddings: selectRows(tested, half),
    labels: half.map((i) => tests.labels[i]!),
  };
  const strangers = await embed(turned);
  const curve = openSetCurve(centroids, { known, strangers });
  // Where even the nearest stranger is nearer than digits are, nothing is accepted.
  const accept = Math.max(0, chooseRejection(curve, 0.05));
  const { distances } = nearestCentroid(known.embeddings, centroids);
  const far = distances.toSorted()[Math.floor(0.99 * distances.length)]!;
  return { accept, refuse: Math.max(accept, far) };
}
