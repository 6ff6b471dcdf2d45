import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { projectPath } from "../../lib/mod.ts";
import { assertEquals, assertThrows } from "../assert.ts";
import { permittedTest } from "../permitted.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));

permittedTest(
  "projectPath() is the same from every working directory",
  ["read", "write"],
  async () => {
    const before = Deno.cwd();
    const elsewhere = await Deno.makeTempDir();
    try {
      for (const folder of [project, join(project, "notebooks"), elsewhere]) {
        Deno.chdir(folder);
        assertEquals(
          projectPath("out/a b.json"),
          join(project, "out/a b.json"),
        );
      }
    } finally {
      Deno.chdir(before);
      await Deno.remove(elsewhere);
    }
  },
);

Deno.test("projectPath() leaves a full path as it is", () => {
  const full = join(project, "data");
  assertEquals(projectPath(full), full);
});

Deno.test("projectPath() refuses what is no path", () => {
  for (const path of ["", undefined, null, 3, new URL("file:///a")]) {
    assertThrows(
      () => projectPath(path as string),
      RangeError,
      "Cannot find a path of the project: expected text with a path, got",
    );
  }
});
