import { join } from "node:path";
import { assert, assertEquals } from "../assert.ts";
import { inFolder } from "../digits/folder.ts";
import { permittedTest } from "../permitted.ts";
import { run } from "./run.ts";

permittedTest("evaluate explains weights that are missing or damaged", [
  "run",
  "read",
  "write",
], () =>
  inFolder(async (folder) => {
    const none = await run("evaluate");
    assertEquals(none.code, 2);
    assert(
      none.stderr.startsWith("Cannot evaluate: expected --weights"),
      none.stderr,
    );
    const path = join(folder, "w.safetensors");
    const missing = await run("evaluate", "--weights", path);
    assertEquals(missing.code, 1);
    assert(
      missing.stderr.startsWith(
        "Cannot load weights: expected a safetensors file at",
      ),
      missing.stderr,
    );
    await Deno.writeTextFile(path, "cut");
    const damaged = await run("evaluate", "--weights", path);
    assertEquals(damaged.code, 1);
    assertEquals(
      damaged.stderr,
      `Cannot read ${path}: expected at least 8 bytes, got 3\n`,
    );
  }));
