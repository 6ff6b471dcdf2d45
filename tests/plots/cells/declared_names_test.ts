import { declaredNames } from "../../../lib/plots/cells/declared_names.ts";
import { assertEquals } from "../../assert.ts";

const cases: [source: string, names: string[]][] = [
  ["const a = 1;\nlet b = 2;\nvar c = 3;", ["a", "b", "c"]],
  ["const { a, b: c, d = f(1, 2), ...rest } = x;", ["a", "c", "d", "rest"]],
  ["const {\n  a,\n  b: [c, , { d }],\n} = x;\nconst e = 1;", [
    "a",
    "c",
    "d",
    "e",
  ]],
  ["const [a, [b], ...c] = x;", ["a", "b", "c"]],
  ["const map: Map<string, number> = new Map();", ["map"]],
  ['const { "a-b": c } = x;', ["c"]],
  ["function f() {\n  const inner = 1;\n}", ["f"]],
  ["async function f() {}\nfunction* g() {}", ["f", "g"]],
  ["class A {}\nabstract class B {}\nenum C {}", ["A", "B", "C"]],
  ["import a, { b, c as d, type E } from 'x';", ["a", "b", "d"]],
  ["import * as tf from 'x';\nimport type { T } from 'y';", ["tf"]],
  ["import {\n  a,\n  b,\n} from 'x';\nimport 'y';", ["a", "b"]],
  ["type A = 1;\ninterface B {}\nconstant(1);", []],
  ["// const a = 1;\n/*\nconst b = 2;\n*/\nconst c = 3;", ["c"]],
  ["const a = `\nconst b = 1;\n`;", ["a"]],
  ["for (const a of b) {\n  let c = a;\n}", []],
];
for (const [source, names] of cases) {
  Deno.test(`declaredNames() finds ${names.length} in ${JSON.stringify(source)}`, () => {
    assertEquals(declaredNames(source), names);
  });
}
