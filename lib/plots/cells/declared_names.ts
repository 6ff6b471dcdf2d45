/**
 * The names that a cell declares for the cells below it: what stands at the
 * beginning of a line as `const`, `let`, `var`, `function`, `class`, `enum` or
 * `import`, in the order of the code. Types are not among them, as nothing is
 * left of them when a cell runs. Of a statement with several variables, only
 * the first is found.
 *
 * @param source The code of a cell, as `deno fmt` formats it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const source = `import { show, type Figure } from "@facenet/mnist";
 * const { images, labels: [first] } = test;
 * for (const image of images) await show(image);
 * function draw() {}`;
 * assert.deepEqual(declaredNames(source), ["show", "images", "first", "draw"]);
 * ```
 */
export function declaredNames(source: string): string[] {
  const code = withoutText(source);
  const declaration =
    /^(?:export )?(?:(import)\b(?! type\b)([^;"]*?)\bfrom\b|(?:const|let|var) |(?:async )?function\*? *([\w$]+)|(?:abstract )?class ([\w$]+)|(?:const )?enum ([\w$]+))/gm;
  return [...code.matchAll(declaration)].flatMap((match) => {
    const [whole, isImport, imported = "", ...others] = match;
    if (isImport) return importedNames(imported);
    const name = others.find(Boolean);
    return name ? [name] : boundNames(code, match.index + whole.length).names;
  });
}

/** The code with comments and the content of texts left out, in its lines. */
function withoutText(source: string): string {
  const text =
    /\/\/.*|\/\*[^]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[^]|[^`\\])*`/g;
  return source.replace(text, (found) => found.startsWith("/") ? "" : '""');
}

/** The names of `a, { b, c as d, type E }` and of `* as f`. */
function importedNames(clause: string): string[] {
  return clause.split(/[{},]/).map((part) => part.trim())
    .filter((part) => part !== "" && !part.startsWith("type "))
    .map((part) => part.split(/\s+/).at(-1)!);
}

/** The names in the pattern that begins at a place, and where it ends. */
function boundNames(
  code: string,
  start: number,
): { names: string[]; end: number } {
  let at = start + /^\s*(?:\.\.\.)?\s*/.exec(code.slice(start))![0].length;
  const closing = { "{": "}", "[": "]" }[code[at] ?? ""];
  if (!closing) {
    const name = /^[\w$]*/.exec(code.slice(at))![0];
    return { names: name ? [name] : [], end: at + name.length };
  }
  const names: string[] = [];
  at++;
  while (at < code.length && code[at] !== closing) {
    // `{ key: pattern }`: the key is no name.
    const key = /^\s*(?:[\w$]+|"")\s*:/.exec(code.slice(at))?.[0] ?? "";
    const inner = boundNames(code, at + key.length);
    names.push(...inner.names);
    at = endOfElement(code, inner.end, closing);
    if (code[at] === ",") at++;
  }
  return { names, end: at + 1 };
}

/** Where the comma or the bracket is that ends a pattern's element. */
function endOfElement(code: string, start: number, closing: string): number {
  let depth = 0;
  for (let at = start; at < code.length; at++) {
    const sign = code[at]!;
    if (depth === 0 && (sign === "," || sign === closing)) return at;
    if ("([{".includes(sign)) depth++;
    if (")]}".includes(sign)) depth--;
  }
  return code.length;
}
