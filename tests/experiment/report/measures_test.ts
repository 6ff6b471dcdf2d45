import { measures } from "../../../lib/evaluation/measures.ts";
import {
  headline,
  measureColumns,
  measureSection,
} from "../../../lib/experiment/report/measures.ts";
import { assert, assertEquals } from "../../assert.ts";

Deno.test("headline() says what is best and what guessing reaches", () => {
  const { areaUnderRoc, equalErrorRate } = measures.verification;
  assertEquals(headline("Pairs", areaUnderRoc, 0.98765), {
    measure: "Pairs: area under ROC",
    value: "0.9877",
    good: "1 at best; 0.5 is guessing",
  });
  assertEquals(headline("Pairs", equalErrorRate, 0.0125, "so far"), {
    measure: "Pairs: equal error rate",
    value: "1.25 %",
    good: "0 % at best; 50 % is guessing; so far",
  });
});

Deno.test("measureColumns() has a column for each measure", () => {
  const { names, cells } = measureColumns({
    first: measures.clustering.purity,
    second: measures.projections.divergence,
  });
  assertEquals(names, ["purity", "t-SNE: divergence"]);
  assertEquals(cells({ first: 0.5, second: 1.25 }), ["0.5000", "1.250 nats"]);
});

Deno.test("measureSection() has a row for each measure", () => {
  const { tables: [table] } = measureSection();
  const count = Object.values(measures)
    .reduce((sum, group) => sum + Object.keys(group).length, 0);
  assertEquals(table!.rows.length, count);
  for (const row of table!.rows) assertEquals(row.length, table!.head.length);
  const text = JSON.stringify(table);
  assert(!/NaN|undefined/.test(text), text);
});
