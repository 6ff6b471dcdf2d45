import { basename, dirname, join, relative } from "node:path";
import { CommandError } from "../../../lib/commands/arguments/command.ts";
import {
  checkOutputs,
  type Input,
  type Output,
} from "../../../lib/commands/arguments/paths.ts";
import { assertEquals, assertRejects } from "../../assert.ts";
import { inFolder, namesIn } from "../../digits/folder.ts";
import { permittedTest } from "../../permitted.ts";

/** A test in a folder with the file `w`, whose content must stay. */
function test(name: string, body: (folder: string) => Promise<void>): void {
  permittedTest(
    `checkOutputs() ${name}`,
    ["read", "write"],
    () =>
      inFolder(async (parent) => {
        const folder = await Deno.realPath(parent);
        await Deno.writeTextFile(join(folder, "w"), "weights");
        await body(folder);
        assertEquals(await Deno.readTextFile(join(folder, "w")), "weights");
      }),
  );
}

const input = (path: string): Input => ({ name: "--weights", path });
const json = (path: string): Output => ({ name: "--json", path });
const page = (path: string): Output => ({ name: "--page", path });

/** Refused with this message and nothing made. */
async function refuses(
  folder: string,
  inputs: Input[],
  outputs: Output[],
  message: string,
): Promise<void> {
  const before = namesIn(folder);
  await assertRejects(
    () => checkOutputs(inputs, outputs),
    CommandError,
    message,
  );
  assertEquals(namesIn(folder), before);
}

test("refuses an input's file by every name that it has", async (folder) => {
  const at = (name: string) => join(folder, name);
  const w = at("w");
  await Deno.symlink(w, at("link"));
  await Deno.symlink("w", at("relative_link"));
  await Deno.symlink("link", at("link_to_link"));
  await Deno.link(w, at("hard_link"));
  await Deno.symlink(folder, at("folder_link"));
  await Deno.mkdir(at("empty"));
  const names = [
    w,
    relative(Deno.cwd(), w),
    `${dirname(w)}/./w`,
    `${dirname(w)}//w`,
    `${folder}/../${basename(folder)}/w`,
    at("link"),
    at("relative_link"),
    at("link_to_link"),
    at("hard_link"),
    at("folder_link/w"),
    at("folder_link/link"),
    // A link's parent is where it leads, not where it lies.
    `${folder}/folder_link/empty/../w`,
  ];
  for (const name of names) {
    const got = "expected a place of its own, got that of --weights";
    const message = (name: string) => `Cannot write --json to ${name}: ${got}`;
    await refuses(folder, [input(w)], [json(name)], message(name));
    await refuses(folder, [input(name)], [json(w)], message(w));
  }
});

test("refuses outputs that are one, also where there is no file yet", async (folder) => {
  const at = (name: string) => join(folder, name);
  await Deno.symlink("none", at("link"));
  await Deno.symlink(folder, at("folder_link"));
  const got = "expected a place of its own, got that of --page";
  for (
    const [first, second] of [
      ["none", "none"],
      ["none", "link"],
      ["none", "folder_link/none"],
      ["a/b/none", "folder_link/a/b/none"],
      ["link", "folder_link/link"],
    ] as const
  ) {
    const outputs = [page(at(first)), json(at(second))];
    await refuses(folder, [], outputs, `to ${at(second)}: ${got}`);
    await refuses(folder, [], [...outputs].reverse(), `to ${at(first)}: exp`);
  }
});

test("refuses a place in another's folder, and a file as a folder", async (folder) => {
  const at = (name: string) => join(folder, name);
  const kept = { name: "--out", path: at("kept"), isFolder: true };
  const cases: [Input[], Output[], string][] = [
    [[], [kept, json(at("kept/a.json"))], "got a place in that of --out"],
    [
      [],
      [json(at("kept/a/b.json")), kept],
      "got a place around that of --json",
    ],
    [[input(at("kept/w"))], [kept], "got a place around that of --weights"],
    [[input(at("run"))], [json(at("run/1"))], "a place in that of --weights"],
    [[], [page(at("p")), json(at("p/a.json"))], "a place in that of --page"],
    [[input(at("w"))], [json(at("w/a.json"))], "a place in that of --weights"],
    [[], [kept, json(at("kept"))], "got that of --out"],
  ];
  for (const [inputs, outputs, message] of cases) {
    await refuses(folder, inputs, outputs, message);
  }
});

test("lets a run go on in its own folder, and write nothing else there", async (folder) => {
  const kept = { name: "--out", path: join(folder, "kept"), isFolder: true };
  for (const path of [kept.path, join(kept.path, "step-1.safetensors")]) {
    const resume = { name: "--resume", path, goesOn: true };
    await checkOutputs([resume], [kept]);
    await refuses(folder, [resume], [json(path)], "got that of --resume");
  }
});

test("makes the folders that outputs lie in, and nothing else", async (folder) => {
  const at = (name: string) => join(folder, name);
  await Deno.writeTextFile(at("old.json"), "old");
  await checkOutputs([input(at("w"))], [
    json(at("old.json")),
    page(at("a/b/page.html")),
    { name: "--projector", path: at("a/c/vectors.tsv") },
    { name: "--other", path: undefined },
  ]);
  assertEquals(namesIn(folder), ["a", "old.json", "w"]);
  assertEquals([namesIn(at("a")), namesIn(at("a/b"))], [["b", "c"], []]);
  assertEquals(await Deno.readTextFile(at("old.json")), "old");
});

test("names a folder that is a link to nothing", async (folder) => {
  const link = join(folder, "link");
  await Deno.symlink("nothing", link);
  const message = `Cannot write to ${link}: expected a folder that can be made`;
  await refuses(folder, [], [json(join(link, "a.json"))], message);
});

test("refuses what cannot be written", async (folder) => {
  const at = (name: string) => join(folder, name);
  await Deno.mkdir(at("folder"));
  await Deno.writeTextFile(at("locked"), "locked");
  await Deno.chmod(at("locked"), 0o444);
  await Deno.symlink("loop", at("loop"));
  const long = "n".repeat(256);
  const cases: [Output, string][] = [
    [json(at("folder")), "expected the path of a file, got a folder"],
    [
      json(`${folder}/new/`),
      "expected the path of a file, got that of a folder",
    ],
    [json(`${folder}/new/.`), "the path of a file, got that of a folder"],
    [json("/dev/null"), "expected the path of a file, got a device or pipe"],
    [
      json(at("locked")),
      "expected one that may be written, got a read-only one",
    ],
    [
      json(at("w/a.json")),
      `Cannot write to ${at("w")}: expected a folder that`,
    ],
    [json(at("w/a/b.json")), `Cannot write to ${at("w/a")}: expected a folder`],
    [{ ...json(at("w")), isFolder: true }, "expected a folder, got a file"],
    [json(at("loop")), `Cannot use ${at("loop")} for --json: expected a path`],
    [json(at(long)), `for --json: expected a path, got File name too long`],
    [
      json(at(`new/${long}`)),
      `a folder that can be written, got File name too`,
    ],
    [json(at(`new/${long}/a`)), `a folder that can be written, got File name`],
  ];
  for (const [output, message] of cases) {
    await refuses(folder, [], [page(at("made/page.html")), output], message);
  }
});
