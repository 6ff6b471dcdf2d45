import { assert, assertEquals } from "../../../../assert.ts";
import { permittedTest } from "../../../../permitted.ts";

const program = new URL("./process_program.ts", import.meta.url).href;

/** Runs a case of process_program.ts to its end. */
async function run(name: string) {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", program, name],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  // One that does not end by itself ends with a signal.
  const timer = setTimeout(() => process.kill("SIGKILL"), 60_000);
  const { code, signal, stdout, stderr } = await process.output();
  clearTimeout(timer);
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, signal, stdout: text(stdout), stderr: text(stderr) };
}

permittedTest("a process with threads exits by itself", ["run"], async () => {
  const { code, stdout, stderr } = await run("exits");
  assertEquals([code, stdout], [0, "done\n"], stderr);
});

permittedTest(
  "a process with threads ends with its error",
  ["run"],
  async () => {
    const { code, signal, stderr } = await run("throws an error");
    assertEquals([code, signal], [1, null]);
    assert(stderr.includes("as told"));
  },
);

for (
  const name of [
    "ends its pool",
    "ends threads that do not start",
    "has a thread that dies",
    "ends a Worker",
    "is idle",
  ]
) {
  permittedTest(
    `a process leaves no thread and takes no time where it ${name}`,
    ["run"],
    async () => {
      // The system's list of threads is Linux's.
      if (Deno.build.os !== "linux") return;
      const { code, stdout, stderr } = await run(name);
      assertEquals([code, stdout], [0, "done\n"], stderr);
    },
  );
}
