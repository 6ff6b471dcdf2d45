import type { SourceFile } from "./sources.ts";

/** So many lines make a run. */
const length = 6;

/** So many of them have to do something; a list of fields, or the head of a function, does nothing. */
const leastBusy = 3;

/** A line of code, as it is written and with its names, numbers and texts left out. */
interface Line {
  text: string;
  shape: string;
}

/**
 * The files that share six lines of code in a row, as `a ~ b`, where `b` may be
 * `a` itself: the same lines, or lines of one shape with other names. Comments,
 * imports and lines of signs alone do not count.
 */
export function alikeFiles(files: readonly SourceFile[]): string[] {
  const places = new Map<string, { path: string; text: string }[]>();
  for (const { path, text } of files) {
    const lines = linesOf(text);
    for (let i = 0; i + length <= lines.length; i++) {
      const run = lines.slice(i, i + length);
      const shape = run.map((line) => line.shape).join("\n");
      const place = { path, text: run.map((line) => line.text).join("\n") };
      places.set(shape, [...places.get(shape) ?? [], place]);
    }
  }
  const alike = [...places].flatMap(([shape, runs]) =>
    runs.flatMap((a, i) =>
      runs.slice(i + 1)
        .filter((b) => isBusy(shape) || a.text === b.text)
        .map((b) => `${a.path} ~ ${b.path}`)
    )
  );
  return [...new Set(alike)].toSorted();
}

function isBusy(shape: string): boolean {
  const busy = shape.split("\n")
    .filter((line) => /[(=]|return/.test(line) && !/function x/.test(line));
  return busy.length >= leastBusy;
}

/** Those with a letter or a digit. */
function linesOf(source: string): Line[] {
  return source
    .replace(
      /^(?:import|export \*|export (?:type )?\{)[^;]*? from [^;]*;/gm,
      "",
    )
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/(?:^|\s)\/\/ .*$/gm, "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /\w/.test(line))
    .map((text) => ({ text, shape: shapeOf(text) }));
}

const kept = new Set(
  "const let for if else while return throw function export type interface of in"
    .split(" "),
);

function shapeOf(line: string): string {
  return line.replace(/"[^"]*"|`[^`]*`/g, '""')
    .replace(/\b\d[\w.]*/g, "0")
    .replace(/[A-Za-z_]\w*/g, (word) => kept.has(word) ? word : "x");
}

/** Files that are alike, and why they stay so. */
export const alike: Record<string, string> = {
  "lib/backends/wasm/arrays/arrays.ts ~ lib/backends/wasm/arrays/arrays.ts":
    "each of three lines makes a tensor, fills it and gives it: with a value, or with values",
  "lib/backends/wasm/asm/floats.ts ~ lib/backends/wasm/asm/integers.ts":
    "tables of the instructions of a type, with other codes",
  "lib/backends/wasm/depthwise/forward.ts ~ lib/backends/wasm/depthwise/gradients.ts":
    "one writes the images, the other the filter: each call says which tensor lies where",
  "lib/backends/wasm/gemm/transpose_functions.ts ~ lib/backends/wasm/gemm/transpose_functions.ts":
    "the eight shuffles of a square, written out as one reads them",
  "lib/backends/webgpu/gemm/register_product.ts ~ lib/backends/webgpu/gemm/tiled_product.ts":
    "two forms of one product, which open and end in the same way",
  "lib/commands/page/make/page_html.ts ~ lib/experiment/report/page.ts":
    "heads of pages, of which one says what the page may load",
  "lib/digits/labels.ts ~ lib/numeric/list.ts":
    "labels are refused in words of their own, without the bounds of 32 bits",
  "lib/evaluation/clustering/mutual_information.ts ~ lib/evaluation/clustering/mutual_information.ts":
    "two measures that begin with one question: do clusters and classes agree?",
  "lib/plots/picture/traces/paint.ts ~ lib/plots/picture/traces/paint.ts":
    "a switch with a case for each kind of mark",
  "lib/triplets/losses/contrastive_loss.ts ~ lib/triplets/losses/lifted_structure_loss.ts":
    "both are a call of pairLoss; the formulas differ",
  "lib/triplets/miners/one_per_anchor.ts ~ lib/triplets/miners/one_per_anchor.ts":
    "rows of a table: which positive, which negative",
};
