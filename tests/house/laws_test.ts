/**
 * The laws of the folders of lib. Each test lists the places that break one.
 *
 * @module
 */
import { dirname } from "node:path/posix";
import { assertEquals } from "../assert.ts";
import { permittedTest } from "../permitted.ts";
import {
  deprecated,
  formerWords,
  mostFiles,
  order,
  ownFolders,
  state,
} from "./laws.ts";
import { circles, readSources, root, type SourceFile } from "./sources.ts";

// Without the permission to read, all tests below are ignored.
const isReadable =
  Deno.permissions.querySync({ name: "read" }).state === "granted";
const lib = isReadable ? readSources("lib") : [];
const roomOf = (path: string) => path.split("/")[1]!;

lawTest("no file of lib imports from a room above its own", () => {
  const floorOf = (path: string) =>
    order.findIndex((rooms) => rooms.includes(roomOf(path)));
  const isAllowed = (from: string, to: string) =>
    roomOf(from) === roomOf(to) || floorOf(to) < floorOf(from);
  assertEquals(
    arrows(lib).filter(([from, to]) => !isAllowed(from, to)),
    [],
  );
  assertEquals(lib.filter(({ path }) => floorOf(path) < 0), []);
});

lawTest("no files of lib import each other in a circle", () => {
  assertEquals(circles(arrows(lib)), []);
});

lawTest("no folders of lib import each other in a circle", () => {
  const ofFolders = arrows(lib).map(([from, to]) =>
    [dirname(from), dirname(to)] as const
  );
  assertEquals(circles(ofFolders), []);
});

lawTest(`no folder of lib has more than ${mostFiles} files`, () => {
  const folders = Map.groupBy(lib, ({ folder }) => folder);
  assertEquals(
    [...folders].filter(([, files]) => files.length > mostFiles)
      .map(([folder, files]) => `${folder}: ${files.length}`),
    [],
  );
});

lawTest("the folders of tests are those of lib", () => {
  const folders = new Set(lib.map(({ folder }) => folder));
  const own = new Set(
    readSources("tests").map(({ folder }) => folder).filter((folder) =>
      folder !== "tests" && !folders.has(folder.replace("tests", "lib"))
    ),
  );
  // Folders of data alone have no sources.
  assertEquals([...own].filter((one) => !ownFolders.includes(one)), []);
  for (const folder of ownFolders) Deno.statSync(new URL(folder, root));
});

lawTest("modules of lib hold no state but what is listed", () => {
  const holder =
    /^(?:export )?(?:let|var) |^(?:export )?const \w+[^=\n]*= new (?:Weak(?:Map|Set)|(?:Map|Set)(?:<[^;()]*>)?\(\))|^(?:export )?const \w+[^=\n]*= (?:\[\]|\{\});/m;
  const found = lib.filter(({ text }) => holder.test(text));
  assertEquals(found.map(({ path }) => path), Object.keys(state));
});

lawTest("lib uses the field's words", () => {
  const found = lib.flatMap(({ path, text }) => {
    // Faces list names that stay for one version.
    if (path.endsWith("/mod.ts")) return [];
    const present = text.replaceAll(deprecated, "");
    return Object.entries(formerWords).flatMap(([word, former]) => {
      const [old] = present.match(former) ?? [];
      return old === undefined ? [] : [`${path}: "${old}" for "${word}"`];
    });
  });
  assertEquals(found, []);
});

lawTest("no two files of lib export a type of the same name", () => {
  const exported = /^export (?:interface|type|class) (\w+)/gm;
  const names = lib.flatMap(({ text }) =>
    [...text.matchAll(exported)].map(([, name]) => name!)
  );
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  assertEquals(twice, []);
});

lawTest("no file of lib casts a type to any other", () => {
  // A cast through unknown hides a mistake that the compiler would find.
  const casts = lib.filter(({ text }) => /\bas unknown as\b/.test(text));
  assertEquals(casts.map(({ path }) => path), []);
});

function lawTest(name: string, test: () => void): void {
  permittedTest(name, ["read"], test);
}

/** What imports what, from one file of this project to another. */
function arrows(files: SourceFile[]): [string, string][] {
  return files.flatMap(({ path, imports }) =>
    imports.map((to): [string, string] => [path, to])
  );
}
