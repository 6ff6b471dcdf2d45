import fc from "fast-check";
import { createRandom, shuffle } from "../../../lib/numeric/random.ts";
import golden from "../../fixtures/cluster_measures.json" with { type: "json" };
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import { measures, names } from "./measures.ts";

/** Whole numbers at a limit are to be met exactly. */
function assertMeasure(measured: number, expected: number, name: string) {
  const limit = [0, 1].find((limit) => Math.abs(expected - limit) < 1e-12);
  if (limit === undefined) assertAlmostEquals(measured, expected, 1e-12);
  else assertEquals(measured, limit, name);
}

for (const { name, clusters, classes, measures: expected } of golden.limits) {
  Deno.test(`measures of clusters equal scikit-learn's for ${name}`, () => {
    for (const measure of names) {
      assertMeasure(
        measures[measure](clusters, classes),
        expected[measure],
        measure,
      );
    }
  });
}

/** As in make_cluster_measures.py. */
const mixed = (i: number) => i * i * 7919 % 1000003;
const N = 60000;
const list = (label: (i: number) => number) =>
  Int32Array.from({ length: N }, (_, i) => label(i));
const sizes = Array.from(
  { length: 400 },
  (_, s) => new Array<number>(s).fill(s),
).flat();
const large: Record<keyof typeof golden.large, [Int32Array, Int32Array]> = {
  "few groups": [
    list((i) => i % 3 ? Math.floor(i / 6000) : mixed(i) % 10),
    list((i) => Math.floor(i / 5000)),
  ],
  "many groups": [
    list((i) => i % 3 ? Math.floor(i * 8000 / N) : mixed(i) % 8000),
    list((i) => Math.floor(i * 7000 / N)),
  ],
  "by chance": [
    list((i) => mixed(i) % 100),
    list((i) => Math.floor(i / 700)),
  ],
  "all sizes": [
    list((i) => i % 4 ? sizes[i]! : mixed(i) % 300),
    list((i) => sizes[i]!),
  ],
};

for (const [name, [clusters, classes]] of Object.entries(large)) {
  const expected = golden.large[name as keyof typeof golden.large];
  Deno.test(`measures of 60,000 items equal scikit-learn's, ${name}`, () => {
    for (const measure of names) {
      const measured = measures[measure](clusters, classes);
      assertAlmostEquals(measured, expected[measure], 2e-9);
    }
  });

  Deno.test(`adjustedMutualInformation() of 60,000 items keeps twelve digits, ${name}`, () => {
    const measured = measures.adjustedMutualInformation(clusters, classes);
    assertAlmostEquals(
      measured,
      expected.precise,
      1e-12 * Math.max(0.1, Math.abs(expected.precise)),
    );
  });
}

Deno.test("adjustedMutualInformation() of any 60,000 items takes a few seconds at most", () => {
  const random = createRandom(1);
  // As many sizes as there can be; one item each; and groups as in the wild.
  const worst = sizes.slice(0, N);
  for (
    const labels of [
      worst,
      worst.map((_, i) => i >> 1),
      worst.map(() => random.integer(8000)),
    ]
  ) {
    const start = performance.now();
    const clusters = shuffle([...labels], random);
    const measured = measures.adjustedMutualInformation(clusters, labels);
    assert(Math.abs(measured) < 0.1, `${measured}`);
    assert(performance.now() - start < 5000);
  }
});

/** Labels of a few items or of some hundred, of few groups or many. */
const labelings = fc.tuple(
  fc.integer({ min: 1, max: 300 }),
  fc.nat(),
  fc.nat(40),
  fc.nat(40),
)
  .map(([n, seed, k, l]) => {
    const random = createRandom(seed);
    const draw = (groups: number) =>
      Array.from({ length: n }, () => random.integer(groups + 1));
    return { clusters: draw(k), classes: draw(l) };
  });

Deno.test("measures of clusters never leave their ranges", () => {
  fc.assert(
    fc.property(labelings, ({ clusters, classes }) => {
      for (
        const measure of [
          measures.homogeneity,
          measures.completeness,
          measures.normalizedMutualInformation,
          measures.purity,
        ]
      ) {
        const measured = measure(clusters, classes);
        assert(measured >= 0 && measured <= 1, `${measure.name} ${measured}`);
      }
      for (
        const measure of [
          measures.adjustedMutualInformation,
          measures.adjustedRandIndex,
        ]
      ) {
        const measured = measure(clusters, classes);
        assert(measured >= -1 && measured <= 1, `${measure.name} ${measured}`);
      }
    }),
    { numRuns: 500 },
  );
});

Deno.test("measures of clusters are exactly 1 where all agrees, whatever the names", () => {
  fc.assert(fc.property(labelings, ({ clusters }) => {
    const renamed = clusters.map((label) => 2 ** 31 - 1 - 7 * label);
    for (const name of names) {
      assertEquals(measures[name](clusters, renamed), 1, name);
    }
  }));
});

Deno.test("homogeneity() is exactly 1 where each cluster is of one class, completeness() where each class is one cluster", () => {
  fc.assert(fc.property(labelings, ({ clusters, classes }) => {
    const split = clusters.map((label, i) => 50 * label + classes[i]!);
    for (const coarse of [clusters, classes]) {
      assertEquals(measures.homogeneity(split, coarse), 1);
      assertEquals(measures.completeness(coarse, split), 1);
      assertEquals(measures.purity(split, coarse), 1);
    }
  }));
});

Deno.test("adjustedMutualInformation() is exactly 0 where chance decides nothing", () => {
  fc.assert(fc.property(labelings, ({ classes }) => {
    fc.pre(new Set(classes).size > 1 && new Set(classes).size < classes.length);
    for (const same of [classes.map(() => 7), classes.map((_, i) => i)]) {
      assertEquals(measures.adjustedMutualInformation(same, classes), 0);
      assertEquals(measures.adjustedMutualInformation(classes, same), 0);
    }
  }));
});

Deno.test("measures of clusters name themselves in errors", () => {
  const actions = {
    adjustedMutualInformation: "measure adjusted mutual information",
    normalizedMutualInformation: "measure normalized mutual information",
    adjustedRandIndex: "measure the adjusted Rand index",
    homogeneity: "measure homogeneity",
    completeness: "measure completeness",
    purity: "measure purity",
  };
  for (const name of names) {
    const [measure, action] = [measures[name], actions[name]];
    assertThrows(
      () => measure([], []),
      RangeError,
      `Cannot ${action}: expected labels, got none`,
    );
    assertThrows(
      () => measure([1, 2], [1, 0.5]),
      RangeError,
      `Cannot ${action}: expected labels to be whole numbers of 32 bits, got 0.5 at 1`,
    );
  }
});
