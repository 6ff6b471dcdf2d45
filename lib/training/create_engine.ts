import type { Engine, EngineOptions } from "./engine.ts";
import { createLocalEngine } from "./local_engine.ts";
import { createTeamEngine } from "./team/team_engine.ts";

/** Makes what trains in a run, in one thread or a team of several. */
export async function createEngine(
  options: EngineOptions,
  workers: number,
): Promise<Engine> {
  return workers === 1
    ? createLocalEngine(options)
    : await createTeamEngine(options, workers);
}
