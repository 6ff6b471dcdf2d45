import { CommandError } from "../../../lib/commands/arguments/command.ts";
import { selectNotebooks } from "../../../lib/commands/jupyter/select.ts";
import { assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";

permittedTest(
  "selectNotebooks() finds notebooks by number, name and path",
  ["read", "write"],
  async () => {
    const folder = await Deno.makeTempDir();
    try {
      await assertRejects(
        () => selectNotebooks(folder, []),
        CommandError,
        `expected .ipynb files in ${folder}, got none`,
      );
      for (const name of ["10_last", "02_b", "01_a"]) {
        await Deno.writeTextFile(`${folder}/${name}.ipynb`, "{}");
      }
      await Deno.writeTextFile(`${folder}/03_note.md`, "");
      const select = (...names: string[]) => selectNotebooks(folder, names);
      assertEquals(await select(), ["01_a", "02_b", "10_last"]);
      assertEquals(
        await select("10", "notebooks/01_a.ipynb", "01", "01_a"),
        ["01_a", "10_last"],
      );
      await assertRejects(
        () => select("01", "1"),
        CommandError,
        "Cannot find notebook 1: expected one of 01_a, 02_b, 10_last",
      );
      await assertRejects(() => select("03_note"), CommandError);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
