import { measures } from "../../evaluation/measures.ts";
import type { Measure } from "../../evaluation/statistics/measure.ts";
import { percent } from "./report.ts";
import type { Headline, Section } from "./section.ts";

/** What is known of a measure, whatever it is computed of. */
export type MeasureFacts = Omit<Measure<never>, "compute">;

/** The value of a measure as people read it. */
export function shownValue({ unit }: MeasureFacts, value: number): string {
  if (unit === "share") return percent(value);
  return unit === "index" ? value.toFixed(4) : `${value.toFixed(3)} nats`;
}

/** A measure's bound: as short as it can be. */
function shownBound({ unit }: MeasureFacts, bound: number): string {
  if (bound === Infinity) return "∞";
  return unit === "share" ? percent(bound, 0) : `${bound}`;
}

/**
 * The row of a measure in the summary.
 *
 * @param subject What was measured, such as "Clustering".
 * @param remark What else a good value has to be held against.
 */
export function headline(
  subject: string,
  measure: MeasureFacts,
  value: number,
  remark?: string,
): Headline {
  const { name, range: [least, most], better, chance } = measure;
  const best = shownBound(measure, better === "higher" ? most : least);
  return {
    measure: `${subject}: ${name}`,
    value: shownValue(measure, value),
    good: [
      `${best} at best`,
      ...(chance === undefined
        ? []
        : [`${shownBound(measure, chance)} is guessing`]),
      ...(remark === undefined ? [] : [remark]),
    ].join("; "),
  };
}

/** The columns of a table in which each measure of a group has one. */
export function measureColumns<Key extends string>(
  measures: Record<Key, MeasureFacts>,
) {
  const columns = Object.entries(measures) as [Key, MeasureFacts][];
  return {
    names: columns.map(([, { name }]) => name),
    cells: (values: Record<Key, number>) =>
      columns.map(([key, measure]) => shownValue(measure, values[key])),
  };
}

/** All measures with what they say: the page's last section. */
export function measureSection(): Section {
  const rows = Object.entries(measures).flatMap(([group, ofGroup]) =>
    Object.values<MeasureFacts>(ofGroup).map((measure) => {
      const bounds = measure.range.map((bound) => shownBound(measure, bound));
      return [
        group,
        measure.name,
        measure.about,
        `${bounds.join(" to ")}, ${measure.better} is better`,
        measure.source,
      ];
    })
  );
  const head = ["of", "measure", "what it says", "values", "source"];
  return {
    title: "The measures",
    about: "What the measures of this report say, and who defined them.",
    headlines: [],
    tables: [{ caption: "", head, rows, numeric: head.map(() => false) }],
    notes: [],
    drawings: [],
    json: {},
  };
}
