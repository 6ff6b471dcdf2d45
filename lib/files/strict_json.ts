import { shown } from "../numeric/refuse.ts";

/** How many lists and objects may lie in each other: what serde_json reads. */
const deepest = 127;

/**
 * Parses JSON and refuses what `JSON.parse` lets through in silence: a key that
 * stands twice in an object, half of a surrogate pair, a number beyond float64,
 * more than 127 levels. serde_json, with which Python's safetensors library
 * reads, refuses the last three; a key that is there twice has no meaning that
 * all readers share.
 *
 * A whole number that is written as 1.0, 1e0 or -0, which Rust takes for a
 * fraction, comes as NaN.
 *
 * @throws {SyntaxError} With what was expected and what came.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parseStrictJson('{"a": [1, 1.0]}'), { a: [1, NaN] });
 * assert.throws(() => parseStrictJson('{"a": {"b": 1, "\\u0062": 1}}'), {
 *   message: 'expected each name once, got "b" of "a" twice',
 * });
 * ```
 */
export function parseStrictJson(text: string): unknown {
  const value = parse(text);
  checkStrings(text);
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text, asWritten);
  } catch {
    throw new SyntaxError(`expected JSON, got ${shown(text)}`);
  }
}

function asWritten(
  _key: string,
  value: unknown,
  context?: { source?: string },
): unknown {
  if (typeof value !== "number") return value;
  if (!Number.isFinite(value)) throw new SyntaxError("beyond float64");
  const { source = "" } = context ?? {};
  return value >= 0 && Number.isInteger(value) && !/^\d+$/.test(source)
    ? NaN
    : value;
}

/** Walks over the strings of a text that is known to be JSON. */
function checkStrings(text: string): void {
  const open: { names: Set<string>; latest: string }[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if ("{[".includes(character)) open.push({ names: new Set(), latest: "" });
    if ("}]".includes(character)) open.pop();
    if (open.length > deepest) {
      throw new SyntaxError(`expected ${deepest} levels at most, got more`);
    }
    if (character !== '"') continue;
    const end = endOfString(text, at);
    const string: string = JSON.parse(text.slice(at, end));
    if (!string.isWellFormed()) {
      throw new SyntaxError(
        `expected whole characters, got half of one in ${shown(string)}`,
      );
    }
    at = end - 1;
    if (!isBeforeColon(text, end)) continue;
    const object = open.at(-1)!;
    object.latest = string;
    if (object.names.has(string)) {
      const path = open.map(({ latest }) => shown(latest)).reverse();
      throw new SyntaxError(
        `expected each name once, got ${path.join(" of ")} twice`,
      );
    }
    object.names.add(string);
  }
}

/** Behind the closing quotation mark of the string that begins at a place. */
function endOfString(text: string, begin: number): number {
  let at = begin + 1;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function isBeforeColon(text: string, at: number): boolean {
  while (" \t\n\r".includes(text[at] ?? "x")) at++;
  return text[at] === ":";
}
