import { parts, selectParts } from "./bench/suites/parts.ts";
import { reportText } from "./bench/report/report_text.ts";
import { measureAll } from "./bench/measure_all.ts";
import { runCommand } from "./arguments/command.ts";
import { checkOutputs } from "./arguments/paths.ts";
import { writeJson } from "../experiment/report/report.ts";

const spec = {
  name: "deno task bench",
  description:
    "Measures how many images a second NN2 trains and embeds, and model.fit trains in a small\n" +
    "network, on one thread, on all, and in as many processes, without V8's flags and with them,\n" +
    "as medians of interleaved rounds; where a step's time goes; and its memory. The same on a GPU.",
  positionals: {
    name: "part…",
    description: `some of ${parts.join(", ")} (default all)`,
  },
  options: {
    peers: {
      type: "boolean",
      description:
        "also PyTorch, which is installed from PyPI once, tfjs as it comes, jax-js and onnxruntime-web",
    },
    python: {
      type: "path",
      description:
        "with --peers, a Python that has PyTorch (default one is made)",
    },
    tier: {
      type: "choice",
      of: ["plain", "flags"],
      description: "only these kernels of ours (default both)",
    },
    busy: {
      type: "boolean",
      description: "beside another process that computes without end",
    },
    rounds: {
      type: "integer",
      min: 1,
      max: 100,
      default: 5,
      description: "measurements of each task",
    },
    json: { type: "path", description: "a file for the numbers" },
  },
} as const;

if (import.meta.main) {
  await runCommand(spec, async ({ positionals, json, ...settings }) => {
    const wanted = selectParts(positionals);
    await checkOutputs([], [{ name: "--json", path: json }]);
    const report = await measureAll(
      { ...settings, wanted },
      console.log,
      endedByUser(),
    );
    console.log(`\n${reportText(report)}`);
    if (json !== undefined) await writeJson(json, report);
    return 0;
  });
}

/** Aborted at Ctrl+C, before this process ends: the runners must not go on. */
function endedByUser(): AbortSignal {
  const controller = new AbortController();
  const end = () => {
    controller.abort();
    Deno.exit(130);
  };
  Deno.addSignalListener("SIGINT", end);
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", end);
  return controller.signal;
}
