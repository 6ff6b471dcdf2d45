import { capture } from "../../../lib/commands/system/process.ts";
import { assert, assertEquals } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";

const command = new URL("example_command.ts", import.meta.url).href;

async function run(...args: string[]) {
  const ended = await capture(
    Deno.execPath(),
    ["run", "--quiet", "--no-check", command, ...args],
    { env: { NO_COLOR: "1" } },
  );
  assert(ended);
  return ended;
}

permittedTest(
  "runCommand() ends with the exit code of the command",
  ["run", "read"],
  async () => {
    assertEquals(await run("--", "--help"), {
      code: 0,
      stdout: "--help\n",
      stderr: "",
    });
    assertEquals((await run("--code", "3")).code, 3);
  },
);

permittedTest(
  "runCommand() prints the usage with --help, whatever else is given",
  ["run", "read"],
  async () => {
    const ended = await run("--unknown", "--help");
    assertEquals(ended.code, 0);
    assert(ended.stdout.startsWith("deno task example [-- …] [options]\n"));
  },
);

permittedTest(
  "runCommand() ends with 2 and no stack trace for a bad argument",
  ["run", "read"],
  async () => {
    assertEquals(await run("--code", "x"), {
      code: 2,
      stdout: "",
      stderr:
        "Cannot read --code: expected a whole number of 0 or more, got x\nSee deno task example --help\n",
    });
  },
);

permittedTest(
  "runCommand() ends with 1 and no stack trace for a failure the user can cure",
  ["run", "read"],
  async () => {
    assertEquals(await run("--fail"), {
      code: 1,
      stdout: "",
      stderr: "Cannot do it: expected luck, got none\n",
    });
  },
);

permittedTest(
  "runCommand() keeps the stack trace of other errors",
  ["run", "read"],
  async () => {
    const { code, stderr } = await run("--crash");
    assertEquals(code, 1);
    assert(stderr.includes("RangeError: a mistake of ours"));
    assert(stderr.includes("example_command.ts"));
  },
);

permittedTest(
  "capture() gives undefined for a program that is not there",
  ["run", "read"],
  async () => {
    assertEquals(await capture("/no/such/program", []), undefined);
  },
);
