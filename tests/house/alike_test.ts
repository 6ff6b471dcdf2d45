import { assertEquals } from "../assert.ts";
import { permittedTest } from "../permitted.ts";
import { alike, alikeFiles } from "./alike.ts";
import { readSources, type SourceFile } from "./sources.ts";

permittedTest("files of lib that are alike are listed with a reason", [
  "read",
], () => {
  assertEquals(alikeFiles(readSources("lib")), Object.keys(alike).toSorted());
});

const file = (path: string, lines: string[]): SourceFile => ({
  path,
  folder: "lib",
  text: lines.join("\n"),
  imports: [],
});

const six = ["a = f(1);", "b(a);", "c(a, 2);", "d();", 'e("x");', "return a;"];

Deno.test("alikeFiles() finds lines that are the same, whatever stands between", () => {
  const other = ["other();", ...six.flatMap((line) => [line, "", "// why"])];
  assertEquals(
    alikeFiles([file("a", six), file("b", other), file("c", six.slice(1))]),
    ["a ~ b"],
  );
});

Deno.test("alikeFiles() finds lines of one shape, in one file too", () => {
  const renamed = six.map((line) => line.replaceAll(/\b[abf]\b/g, "other"));
  assertEquals(alikeFiles([file("a", [...six, ...renamed])]), ["a ~ a"]);
});

Deno.test("alikeFiles() leaves out lists of names, and imports", () => {
  const names = (letter: string) =>
    [1, 2, 3, 4, 5, 6].map((i) => `${letter}${i},`);
  const imports = ["import {", ...names("a"), '} from "./a.ts";'];
  assertEquals(alikeFiles([file("a", names("a")), file("b", names("b"))]), []);
  assertEquals(alikeFiles([file("a", imports), file("b", imports)]), []);
});
