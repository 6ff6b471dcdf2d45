import { CommandError } from "../../../lib/commands/arguments/command.ts";
import { denoBundle } from "../../../lib/commands/system/deno_bundle.ts";
import { assert, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";

permittedTest(
  "denoBundle() says what could not be done, and what deno says",
  ["run", "read"],
  async () => {
    const error = await assertRejects(
      () => denoBundle("make a page", ["lib/nowhere.ts"]),
      CommandError,
    );
    assert(
      /^Cannot make a page: expected deno bundle .*, got "error: /s
        .test(error.message),
      error.message,
    );
  },
);
