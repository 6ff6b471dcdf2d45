import { projectFolder } from "../system/project.ts";
import { noFlags } from "../../backends/wasm/linking/tier.ts";
import { v8Flags } from "../system/v8_flags.ts";
import { attemptAll, type Bench } from "./context.ts";
import { exportNetwork } from "./subjects/export_network.ts";
import { findGpu } from "./subjects/webgpu.ts";
import {
  existingPyTorch,
  preparePyTorch,
} from "./subjects/pytorch_environment.ts";
import { type Available, batches } from "./suites/plan.ts";

/** Finds or installs what is to be measured. */
export async function prepare(bench: Bench): Promise<Available> {
  const { peers, say, signal, wanted, notMeasured } = bench;
  const cache = `${projectFolder}/.cache`;
  const [torch] = await attemptAll(
    peers ? [`${cache}/pytorch`] : [],
    (folder) =>
      bench.python === undefined
        ? preparePyTorch(folder, say)
        : existingPyTorch(bench.python),
    bench,
  );
  const [onnx] = await attemptAll(
    torch && wanted.has("infer-28") ? [torch] : [],
    (torch) =>
      exportNetwork(torch, `${cache}/nn2-28.onnx`, batches[28], signal),
    bench,
  );
  const [gpu] = await attemptAll(
    wanted.has("webgpu") ? [signal] : [],
    findGpu,
    bench,
  );
  const flags = await v8Flags();
  if (flags === noFlags) {
    notMeasured.push(
      "V8's flags for wider vectors: Deno does not start with them.",
    );
  }
  const tiers = tiersOf(flags)
    .filter(({ tier }) => (bench.tier ?? tier) === tier);
  const cores = navigator.hardwareConcurrency;
  return { tiers, cores, peers, torch, onnx, gpu };
}

/** The kernels of ours that these flags of V8 allow, those without them first. */
function tiersOf(flags: string): Available["tiers"] {
  const plain = { tier: "plain", flags: noFlags } as const;
  return flags === noFlags ? [plain] : [plain, { tier: "flags", flags }];
}
