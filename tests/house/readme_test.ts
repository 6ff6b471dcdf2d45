import { assertEquals } from "../assert.ts";
import { permittedTest } from "../permitted.ts";
import { readSources, root } from "./sources.ts";

const readText = (path: string) => Deno.readTextFileSync(new URL(path, root));

permittedTest("the README's map names the folders of lib", ["read"], () => {
  const [, map = ""] = readText("README.md").match(
    /```\n(notebooks\/[^]*?)```/,
  )!;
  const folders = new Set(readSources("lib").map(({ folder }) => folder));
  // Those two below lib; the backends have rooms of their own.
  const rooms = [...folders].map((folder) =>
    folder.split("/").slice(0, folder.startsWith("lib/backends/") ? 4 : 3)
  );
  const left = rooms.map((parts) => parts.at(-1)!)
    .filter((name) => !map.includes(`${name}/`));
  assertEquals([...new Set(left)], []);
});

permittedTest("files and folders that the README names are there", [
  "read",
], async () => {
  const named = readText("README.md")
    .match(/\b(?:lib|tests|notebooks|findings|data)\/[\w./-]*\w/g)!;
  // Words in capitals stand for a name.
  const paths = new Set(
    named.filter((path) => !/\b(?:NAME|ROOM|NN)/.test(path)),
  );
  const missing: string[] = [];
  for (const path of paths) {
    await Deno.stat(new URL(path, root)).catch(() => missing.push(path));
  }
  assertEquals(missing, []);
});
