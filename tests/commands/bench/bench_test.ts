import { join } from "node:path";
import { selectParts } from "../../../lib/commands/bench/suites/parts.ts";
import type { RowHead } from "../../../lib/commands/bench/report/contract.ts";
import { FlagError } from "../../../lib/commands/arguments/option.ts";
import { capture } from "../../../lib/commands/system/process.ts";
import { projectFolder } from "../../../lib/commands/system/project.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { inFolder } from "../../digits/folder.ts";
import { permittedTest } from "../../permitted.ts";

Deno.test("selectParts() takes all where none is named", () => {
  assertEquals(selectParts([]).size, 9);
  assertEquals([...selectParts(["mine"])], ["mine"]);
  assertThrows(
    () => selectParts(["train"]),
    FlagError,
    "Cannot read train: expected one of train-28, infer-28",
  );
});

permittedTest("bench measures in processes of its own and writes the rows", [
  "read",
  "write",
  "run",
], () =>
  inFolder(async (folder) => {
    const json = join(folder, "bench.json");
    const args = ["mine", "--rounds", "1", "--tier", "plain", "--busy"];
    const ended = await capture(
      Deno.execPath(),
      [
        "run",
        "-q",
        "-P=bench",
        "lib/commands/bench.ts",
        ...args,
        "--json",
        json,
      ],
      { cwd: projectFolder, env: { NO_COLOR: "1" } },
    );
    assertEquals(ended?.code, 0, ended?.stderr);
    const { machine, busy, rows } = JSON.parse(await Deno.readTextFile(json));
    assertEquals(machine.deno, Deno.version.deno);
    assertEquals(busy, true);
    assertEquals(
      rows.map(({ task, tier, batch }: RowHead) => [task, tier, batch]),
      [["mine", "plain", 120], ["mine", "plain", 1800]],
    );
    for (const { imagesPerSecond, spread: [least, greatest] } of rows) {
      assert(least > 0 && least <= imagesPerSecond);
      assert(imagesPerSecond <= greatest);
    }
    assert(ended?.stdout.includes("Not measured"));
  }));
