import { bundleProgram } from "../../../../lib/commands/page/make/bundle_program.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { permittedTest } from "../../../permitted.ts";

permittedTest(
  "bundleProgram() gives one module without imports, the same each time",
  [
    "run",
    "read",
  ],
  async () => {
    const program = await bundleProgram();
    assertEquals(await bundleProgram(), program);
    assert(
      !/^(?:import|export)\b|[;}](?:import|export)[\s{*"']/m.test(program),
    );
    assert(!program.includes("file:///"), "no paths of this machine");
    assert(program.length < 2e6, `${program.length} characters`);
  },
);
