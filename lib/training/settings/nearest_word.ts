/**
 * The word that someone may have meant: the one that the fewest insertions,
 * deletions and replacements of letters lead to, if those are few.
 *
 * @returns `undefined` if more than a third of the letters would change.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(nearestWord("margn", ["steps", "margin"]), "margin");
 * assert.equal(nearestWord("inputsize", ["inputSize"]), "inputSize");
 * assert.equal(nearestWord("weights", ["steps", "margin"]), undefined);
 * ```
 */
export function nearestWord(
  word: string,
  words: readonly string[],
): string | undefined {
  const most = Math.max(1, Math.floor(word.length / 3));
  // Longer ones are of another length than any of the words, or none at all.
  if (word.length > 100) return undefined;
  const [best] = words
    .map((other) => ({
      other,
      edits: editDistance(word.toLowerCase(), other.toLowerCase()),
    }))
    .filter(({ edits }) => edits <= most)
    .sort((a, b) => a.edits - b.edits);
  return best?.other;
}

/** Levenshtein's distance, row by row. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      next.push(Math.min(
        row[j]! + Number(a[i] !== b[j]),
        row[j + 1]! + 1,
        next[j]! + 1,
      ));
    }
    row = next;
  }
  return row.at(-1)!;
}
