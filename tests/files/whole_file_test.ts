import { join } from "node:path";
import { removeAbandoned, writeWholeFile } from "../../lib/files/whole_file.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { permittedTest } from "../permitted.ts";
import { inFolder, namesIn } from "../digits/folder.ts";

const content = new Uint8Array([1, 2, 3]);

permittedTest(
  "writeWholeFile() writes and replaces, and leaves nothing else",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      const path = join(folder, "file");
      await writeWholeFile(path, new Uint8Array(10));
      await writeWholeFile(path, content);
      assertEquals(await Deno.readFile(path), content);
      assertEquals(namesIn(folder), ["file"]);
    }),
);

permittedTest(
  "writeWholeFile() tidies up when it cannot finish",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      // A folder of the name lets the writing pass and the renaming fail.
      await Deno.mkdir(join(folder, "file", "inner"), { recursive: true });
      await assertRejects(() => writeWholeFile(join(folder, "file"), content));
      assertEquals(namesIn(folder), ["file"]);
      await assertRejects(
        () => writeWholeFile(join(folder, "missing", "file"), content),
        Deno.errors.NotFound,
      );
      assertEquals(namesIn(folder), ["file"]);
    }),
);

permittedTest(
  "writeWholeFile() takes the longest name and replaces neither folder nor pipe",
  ["read", "write", "run"],
  () =>
    inFolder(async (folder) => {
      const longest = "n".repeat(255);
      await writeWholeFile(join(folder, longest), content);
      await Deno.mkdir(join(folder, "a"));
      await new Deno.Command("mkfifo", { args: [join(folder, "pipe")] })
        .output();
      await Deno.symlink(join(folder, "a"), join(folder, "link"));
      for (
        const [name, got] of [
          ["a", "a folder"],
          ["link", "a folder"],
          ["pipe", "a device or pipe"],
        ] as const
      ) {
        const path = join(folder, name);
        await assertRejects(
          () => writeWholeFile(path, content),
          RangeError,
          `Cannot write ${path}: expected the path of a file, got ${got}`,
        );
      }
      assertEquals(namesIn(folder), ["a", "link", longest, "pipe"]);
    }),
);

permittedTest(
  "writeWholeFile() shows no half file when its process is killed",
  ["read", "write", "run"],
  () =>
    inFolder(async (folder) => {
      const path = join(folder, "file");
      const module = import.meta.resolve("../../lib/files/whole_file.ts");
      const writer = new Deno.Command(Deno.execPath(), {
        args: [
          "eval",
          `import { writeWholeFile } from ${JSON.stringify(module)};
           const bytes = new Uint8Array(2 ** 22);
           while (true) await writeWholeFile(${JSON.stringify(path)}, bytes);`,
        ],
      }).spawn();
      // Killed in the midst of one of its writes, with luck or without.
      while (namesIn(folder).length === 0) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      writer.kill("SIGKILL");
      await writer.status;
      for (const name of namesIn(folder)) {
        if (name !== "file") assert(name.endsWith(".tmp"));
        else assertEquals((await Deno.stat(path)).size, 2 ** 22);
      }
    }),
);

permittedTest(
  "removeAbandoned() removes old temporary files and nothing else",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      const ago = (seconds: number) => new Date(Date.now() - 1000 * seconds);
      const temporary = (name: string) => `${name}.${crypto.randomUUID()}.tmp`;
      const fresh = temporary("digits");
      for (
        const [name, seconds] of [
          [temporary("digits"), 120],
          [fresh, 5],
          ["digits", 120],
          ["notes.tmp", 120],
        ] as const
      ) {
        const path = join(folder, name);
        await Deno.writeFile(path, content);
        await Deno.utime(path, ago(seconds), ago(seconds));
      }
      await removeAbandoned(folder);
      assertEquals(namesIn(folder), ["digits", fresh, "notes.tmp"].toSorted());
      await removeAbandoned(join(folder, "missing"));
    }),
);
