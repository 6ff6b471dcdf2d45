import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import {
  measureRetrieval,
  type RetrievalOptions,
  type RetrievalReport,
} from "../../../lib/evaluation/retrieval/retrieval.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import golden from "../../fixtures/measures.json" with { type: "json" };
import {
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import { testOnBackends } from "../../triplets/backends.ts";
import { batches } from "../../triplets/batches.ts";
import {
  severalClasses,
  toTensor,
  unusable,
  type Written,
} from "../embeddings/labelled.ts";

await tf.setBackend("cpu");

testOnBackends(
  "measureRetrieval() equals pytorch-metric-learning's AccuracyCalculator",
  () => {
    const read = ({ embeddings, labels }: typeof golden.queries) => ({
      embeddings: tf.tensor2d(embeddings),
      labels,
    });
    const queries = read(golden.queries);
    const cases = [
      [{ gallery: read(golden.gallery) }, golden.retrieval.inGallery],
      [{}, golden.retrieval.leaveOneOut],
    ] as const;
    for (const [where, expected] of cases) {
      const found = measureRetrieval(queries, { ...where, ks: [1, 5] });
      const [at1, at5] = found.atK;
      assertEquals([found.queries, found.lone], [32, 1]);
      assertAlmostEquals(at1!.precision, expected.precision_at_1, 1e-6);
      assertAlmostEquals(at1!.recall, expected.precision_at_1, 1e-6);
      assertAlmostEquals(at5!.precision, expected.precision_at_5, 1e-6);
      assertAlmostEquals(at5!.recall, expected.recall_at_5, 1e-6);
      assertAlmostEquals(found.rPrecision, expected.r_precision, 1e-6);
      assertAlmostEquals(
        found.mapAtR,
        expected.mean_average_precision_at_r,
        1e-6,
      );
      assertAlmostEquals(found.mrr, expected.mean_reciprocal_rank, 1e-6);
    }
  },
);

/** Every measure from a full sort, as its definition reads. */
function byFullSort(
  queries: Written,
  ks: number[],
  gallery?: Written,
): RetrievalReport {
  const to = gallery ?? queries;
  const hitLists = queries.rows.map((row, query) => {
    const distance = (i: number) =>
      to.rows[i]!.reduce((sum, x, j) => sum + (x - row[j]!) ** 2, 0);
    return [...to.rows.keys()]
      .filter((i) => gallery || i !== query)
      .sort((a, b) => distance(a) - distance(b))
      .map((i) => to.labels[i] === queries.labels[query]);
  }).filter((hits) => hits.includes(true));

  const count = (hits: boolean[]) => hits.filter(Boolean).length;
  const precision = (hits: boolean[], k: number) => count(hits.slice(0, k)) / k;
  const mean = (measure: (hits: boolean[]) => number) =>
    hitLists.reduce((sum, hits) => sum + measure(hits), 0) / hitLists.length;
  return {
    queries: hitLists.length,
    lone: queries.rows.length - hitLists.length,
    atK: ks.map((k) => ({
      k,
      recall: mean((hits) => Number(hits.slice(0, k).includes(true))),
      precision: mean((hits) => precision(hits, k)),
    })),
    rPrecision: mean((hits) => precision(hits, count(hits))),
    mapAtR: mean((hits) =>
      hits.slice(0, count(hits)).reduce(
        (sum, hit, i) => sum + (hit ? precision(hits, i + 1) : 0),
        0,
      ) / count(hits)
    ),
    mrr: mean((hits) => 1 / (hits.indexOf(true) + 1)),
  };
}

function assertReport(actual: RetrievalReport, expected: RetrievalReport) {
  const rounded = (report: RetrievalReport) =>
    JSON.stringify(
      report,
      (_, value) => typeof value === "number" ? value.toFixed(9) : value,
    );
  assertEquals(rounded(actual), rounded(expected));
}

testOnBackends(
  "measureRetrieval() agrees with full sorts, ties by index",
  () => {
    const numbers = fc.array(fc.nat(), { minLength: 1, maxLength: 3 });
    fc.assert(fc.property(severalClasses, batches, numbers, (a, b, numbers) => {
      const most = a.rows.length - 1;
      const ks = numbers.map((n) => n % most + 1);
      const gallery = toTensor(a);
      assertReport(measureRetrieval(gallery, { ks }), byFullSort(a, ks));
      fc.pre(b.labels.some((label) => a.labels.includes(label)));
      assertReport(
        measureRetrieval(toTensor(b), { gallery, ks }),
        byFullSort(b, ks, a),
      );
    }));
  },
);

Deno.test("measureRetrieval() agrees with full sorts on many", () => {
  const random = createRandom(8);
  const labels = Array.from({ length: 300 }, () => random.integer(4));
  const rows = labels.map((label) =>
    Array.from(
      { length: 3 },
      (_, j) => (j === label ? 4 : 0) + random.integer(20),
    )
  );
  const before = tf.memory().numTensors;
  const images = toTensor({ rows, labels });
  const found = measureRetrieval(images, { ks: [1, 10, 299] });
  assertEquals(tf.memory().numTensors, before + 1);
  assertReport(found, byFullSort({ rows, labels }, [1, 10, 299]));
});

Deno.test("measureRetrieval() ranks the first right answer however far it is", () => {
  const queries = { rows: [[0]], labels: [4] };
  const gallery = { rows: [[1], [2], [3], [9], [2]], labels: [1, 1, 1, 4, 1] };
  const { mrr } = measureRetrieval(toTensor(queries), {
    gallery: toTensor(gallery),
  });
  assertEquals(mrr, 1 / 5);
});

Deno.test("measureRetrieval() refuses bad input and says what came", () => {
  const refuses = (
    message: string,
    embeddings: tf.Tensor2D,
    labels: number[],
    options?: RetrievalOptions,
  ) =>
    assertThrows(
      () =>
        measureRetrieval(
          { embeddings, labels },
          options,
        ),
      RangeError,
      message,
    );
  const gallery = { embeddings: tf.eye(3), labels: [1, 1, 2] };
  for (const [embeddings, labels, message] of unusable()) {
    refuses(message, embeddings, labels);
    refuses(message, tf.eye(3), [1, 1, 2], {
      gallery: { embeddings, labels },
    });
  }
  refuses("at least two classes, got class 4 alone", tf.eye(3), [4, 4, 4]);
  refuses("another image of their class in the gallery, got none", tf.eye(3), [
    1,
    2,
    3,
  ]);
  refuses("in the gallery, got none", tf.eye(3), [7, 8, 9], { gallery });
  refuses(
    "expected K to be a whole number from 1 to 2, the gallery without the query, got 3",
    tf.eye(3),
    [1, 1, 2],
    { ks: [1, 3] },
  );
  refuses("got 4", tf.eye(3), [1, 1, 2], { gallery, ks: [3, 4] });
  refuses("expected embeddings of size 3", tf.eye(2), [1, 2], { gallery });
  assertThrows(
    () => measureRetrieval({ embeddings: tf.ones([2]) as never, labels: [1] }),
    RangeError,
    "expected embeddings of shape [n, size], got a tensor of shape [2]",
  );
});
