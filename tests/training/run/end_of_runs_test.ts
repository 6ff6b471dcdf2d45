import { assertEquals } from "../../assert.ts";
import { inFolder } from "../../digits/folder.ts";
import { permittedTest } from "../../permitted.ts";

const disposed = "LayersVariable hidden/kernel is already disposed.";

/** The error that each way of ending tells, or none. */
const expected = {
  "the last checkpoint, at break": disposed,
  "a checkpoint within": disposed,
  "mine, before a checkpoint": "mine",
  "thrown into the loop": "into",
  "checkpoint throws": "checkpoint",
  "checkpoint rejects": "checkpoint",
  "a run to resume": "",
  "resume throws": "resume",
  "resume rejects": "resume",
  "warning throws": "warning",
  "the folder vanishes": "",
  "an aborted signal": "",
  "left early": "",
  "thrown in a plain loop": "plain",
  "a budget that is none":
    "Cannot train: expected steps to be a whole number of 1 or more, got -5",
  "two numbers of threads":
    "Cannot train: expected threads and workers, two names of one setting, to be the same, got 2 and 1",
  "step throws": "step",
  "step rejects": "step",
  "validation throws": "validation",
  "validation rejects": "validation",
  "trained throws": "trained",
  "trained rejects": "trained",
  "evaluation throws": "evaluation",
  "evaluation rejects": "evaluation",
  "train's checkpoint": "checkpoint",
};

permittedTest(
  "runs of two threads hold nothing however they end, tell the first error, and let the process end",
  ["run", "read", "write"],
  () =>
    inFolder(async (folder) => {
      const program = new URL("./ending_runs.ts", import.meta.url).pathname;
      const { success, signal, stdout } = await new Deno.Command(
        Deno.execPath(),
        {
          args: ["run", "-q", "--no-check", "-A", program, folder],
          stderr: "inherit",
          // A thread that is left over would keep it for ever.
          signal: AbortSignal.timeout(180_000),
        },
      ).output();
      const ends = new TextDecoder().decode(stdout).trim().split("\n")
        .map((line) => JSON.parse(line))
        .map(({ name, error, left, more }) => {
          // Names of variables are numbered.
          return [name, error.replace(/kernel_\d+/, "kernel"), left, more];
        });
      assertEquals(
        ends,
        Object.entries(expected).map(([name, error]) => [name, error, 0, 0]),
      );
      assertEquals([success, signal], [true, null]);
    }),
);
