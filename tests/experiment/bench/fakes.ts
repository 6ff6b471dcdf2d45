import { fileURLToPath } from "node:url";
import type { Launch } from "../../../lib/experiment/bench/runner.ts";
import type { RowHead } from "../../../lib/commands/bench/report/contract.ts";
import type { Case } from "../../../lib/commands/bench/suites/case.ts";

/** Starts the subject that measures nothing. */
export function fakeLaunch(
  name: string,
  { seconds = 1, failsAt = 0 } = {},
): Launch {
  const file = fileURLToPath(new URL("fake_subject.ts", import.meta.url));
  return {
    name,
    program: Deno.execPath(),
    args: ["run", "-q", file, name, String(seconds), String(failsAt)],
    env: { DENO_V8_FLAGS: "--random-seed=0" },
  };
}

/** A case for training in batches of 120. */
export function fakeCase(
  launch: Launch,
  row: Partial<RowHead> = {},
  how: Pick<Case, "variant" | "mostRounds"> = {},
): Case {
  return {
    row: {
      task: "train",
      network: "NN2-28",
      batch: 120,
      engine: "ours",
      processes: 1,
      ...row,
    },
    ...how,
    launch,
    request: "train 28 120",
  };
}
