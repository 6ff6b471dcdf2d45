// A command for command_test.ts.
import {
  CommandError,
  runCommand,
} from "../../../lib/commands/arguments/command.ts";

await runCommand({
  name: "deno task example",
  description: "An example.",
  positionals: { name: "-- …", description: "more" },
  options: {
    code: {
      type: "integer",
      min: 0,
      default: 0,
      description: "the exit code",
    },
    fail: { type: "boolean", description: "fail" },
    crash: { type: "boolean", description: "crash" },
  },
}, ({ code, fail, crash, positionals }) => {
  if (fail) throw new CommandError("Cannot do it: expected luck, got none");
  if (crash) throw new RangeError("a mistake of ours");
  console.log(positionals.join());
  return code;
});
