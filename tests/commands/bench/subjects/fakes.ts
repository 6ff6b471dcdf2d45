import { fileURLToPath } from "node:url";
import type { Launch } from "../../../../lib/commands/bench/contestant.ts";
import type { RowHead } from "../../../../lib/commands/bench/contract.ts";
import type { Entry } from "../../../../lib/commands/bench/entry.ts";

/** Starts the contestant that measures nothing. */
export function fakeLaunch(
  name: string,
  { seconds = 1, failsAt = 0 } = {},
): Launch {
  const file = fileURLToPath(new URL("fake_contestant.ts", import.meta.url));
  return {
    name,
    program: Deno.execPath(),
    args: ["run", "-q", file, name, String(seconds), String(failsAt)],
    env: { DENO_V8_FLAGS: "--random-seed=0" },
  };
}

/** An entry for training in batches of 120. */
export function fakeEntry(
  launch: Launch,
  row: Partial<RowHead> = {},
  how: Pick<Entry, "variant" | "once"> = {},
): Entry {
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
