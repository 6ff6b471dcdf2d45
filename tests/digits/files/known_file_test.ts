import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { readKnownFile } from "../../../lib/digits/files/known_file.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { inFolder, namesIn } from "../folder.ts";

// The SHA-256 of "abc" is the first example of its standard, FIPS 180-2.
const content = new TextEncoder().encode("abc");
const file = {
  name: "letters",
  sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
};
const wrong = new TextEncoder().encode("abd");

const fetchRight = () => Promise.resolve(content);
const fetchNothing = () => Promise.reject(new Error("nothing to fetch"));

permittedTest(
  "readKnownFile() stores what it fetched, then reads it from the folder",
  ["read", "write"],
  () =>
    inFolder(async (parent) => {
      const folder = join(parent, "made", "anew");
      assertEquals(await readKnownFile(file, folder, fetchRight), content);
      assertEquals(namesIn(folder), ["letters"]);
      assertEquals(await readKnownFile(file, folder, fetchNothing), content);
    }),
);

permittedTest(
  "readKnownFile() accepts a gzip file, with .gz or without",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      for (const name of ["letters.gz", "letters"]) {
        await Deno.writeFile(join(folder, name), gzipSync(content));
        assertEquals(await readKnownFile(file, folder, fetchNothing), content);
        await Deno.remove(join(folder, name));
      }
    }),
);

permittedTest(
  "readKnownFile() refuses a file of another checksum and leaves it as it is",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      for (
        const [name, bytes] of [
          ["letters", wrong],
          ["letters.gz", new Uint8Array(gzipSync(wrong))],
        ] as const
      ) {
        const path = join(folder, name);
        await Deno.writeFile(path, bytes);
        const { message } = await assertRejects(
          () => readKnownFile(file, folder, fetchRight),
          Deno.errors.InvalidData,
          `Cannot use ${path}: expected SHA-256 ${file.sha256}, got a52d159f`,
        );
        assert(message.includes("(3 bytes). Delete it"));
        assertEquals(await Deno.readFile(path), bytes);
        assertEquals(namesIn(folder), [name]);
        await Deno.remove(path);
      }
    }),
);

permittedTest(
  "readKnownFile() names a broken gzip file",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      const path = join(folder, "letters.gz");
      await Deno.writeFile(path, gzipSync(content).subarray(0, 12));
      await assertRejects(
        () => readKnownFile(file, folder, fetchRight),
        SyntaxError,
        path,
      );
    }),
);

permittedTest(
  "readKnownFile() stores nothing when the fetch fails or brings the wrong",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      await assertRejects(
        () => readKnownFile(file, folder, fetchNothing),
        Error,
        "nothing to fetch",
      );
      await assertRejects(
        () => readKnownFile(file, folder, () => Promise.resolve(wrong)),
        Deno.errors.InvalidData,
        "Cannot use the fetched letters: expected SHA-256",
      );
      assertEquals(namesIn(folder), []);
    }),
);

permittedTest(
  "readKnownFile() may be called many times at once",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      const reads = Array.from(
        { length: 20 },
        () => readKnownFile(file, folder, fetchRight),
      );
      for (const bytes of await Promise.all(reads)) {
        assertEquals(bytes, content);
      }
      assertEquals(namesIn(folder), ["letters"]);
    }),
);

Deno.test("readKnownFile() checks what it fetched without a folder too", async () => {
  assertEquals(await readKnownFile(file, undefined, fetchRight), content);
  await assertRejects(
    () => readKnownFile(file, undefined, () => Promise.resolve(wrong)),
    Deno.errors.InvalidData,
  );
});

Deno.test({
  name: "readKnownFile() only fetches where it has no permissions",
  permissions: "none",
  fn: async () => {
    assertEquals(await readKnownFile(file, "folder", fetchRight), content);
  },
});

permittedTest(
  "readKnownFile() refuses a file for a folder and a folder for a file",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      const path = join(folder, "file");
      await Deno.writeTextFile(path, "kept");
      await assertRejects(
        () => readKnownFile(file, path, fetchRight),
        RangeError,
        `expected ${path} to be a folder, got a file`,
      );
      assertEquals(await Deno.readTextFile(path), "kept");
      await Deno.mkdir(join(folder, "letters"));
      await assertRejects(
        () => readKnownFile(file, folder, fetchRight),
        RangeError,
        `Cannot read ${join(folder, "letters")}: expected a file, got a folder`,
      );
      assertEquals(namesIn(folder), ["file", "letters"]);
    }),
);
