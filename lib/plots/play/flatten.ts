import type { PlotlyObject } from "../figures/figure.ts";

/**
 * The attributes of an object by path, as Plotly's `restyle` and `relayout`
 * name them. An array is one attribute.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const flat = flatten({ marker: { size: 5, color: ["red"] }, x: [1] });
 * assert.deepEqual(flat, { "marker.size": 5, "marker.color": ["red"], x: [1] });
 * ```
 */
export function flatten(object: PlotlyObject): PlotlyObject {
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]) =>
      isPlain(value)
        ? Object.entries(flatten(value)).map((
          [below, leaf],
        ) => [`${key}.${below}`, leaf])
        : [[key, value]]
    ),
  );
}

/**
 * The attributes that are not the same in all objects, by path, in the order in
 * which they come. An attribute that an object lacks is null there, which
 * Plotly takes for its default.
 *
 * @param objects Flat, as {@linkcode flatten} gives them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const changes = differences([{ x: [1], name: "a" }, { x: [2], name: "a" }]);
 * assert.deepEqual(changes, new Map([["x", [[1], [2]]]]));
 * ```
 */
export function differences(
  objects: readonly PlotlyObject[],
): Map<string, unknown[]> {
  const paths = new Set(objects.flatMap(Object.keys));
  const all = [...paths].map((path) =>
    [path, objects.map((object) => object[path] ?? null)] as const
  );
  return new Map(
    all.filter(([, values]) =>
      new Set(values.map((value) => JSON.stringify(value))).size > 1
    ),
  );
}

function isPlain(value: unknown): value is PlotlyObject {
  return typeof value === "object" && value !== null &&
    Object.getPrototypeOf(value) === Object.prototype;
}
