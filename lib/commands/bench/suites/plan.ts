import {
  jaxJs,
  onnxruntimeWeb,
  ours,
  pytorch,
  stock,
} from "../subjects/subject.ts";
import type { Tier } from "../report/contract.ts";
import type { GpuDevice } from "../programs/webgpu.ts";
import type { PyTorch } from "../subjects/pytorch_environment.ts";
import { type Case, caseOf, type Work } from "./case.ts";
import { gpuCases } from "./webgpu.ts";

/** What is measured in turns and compared. Its runners live as long as it is measured. */
export interface Suite {
  name: SuiteName;
  cases: Case[];
}

/** The parts of a bench that give rows. */
export const suiteNames = [
  "train-28",
  "infer-28",
  "train-convnet",
  "train-224",
  "infer-224",
  "mine",
  "webgpu",
] as const;
export type SuiteName = typeof suiteNames[number];

/** Who is there to be measured. */
export interface Available {
  /** Of ours, with V8's flags for each; the one without them first. */
  tiers: { tier: Tier; flags: string }[];
  /** Of the machine. */
  cores: number;
  /** Whether the peers that come from npm are measured. */
  peers: boolean;
  /** Present where it is measured. */
  torch?: PyTorch | undefined;
  /** Present where it is measured. */
  gpu?: GpuDevice | undefined;
  /** The path of NN2-28 for {@linkcode batches} as an ONNX file, where there is one. */
  onnx?: string | undefined;
}

/** How PyTorch keeps images; which is faster depends on the network and the threads. */
export const layouts = ["channels_last", "contiguous"] as const;

/** Images at a time; at 224×224 more would need more memory than many machines have. */
export const batches = { 28: 120, 224: 16, convnet: 128 } as const;
/** NN2-28 is also trained with as many as in the presets. */
const largeBatch = 240;
/** FaceNet mined batches of about 1,800. */
const minedCounts = [120, 1800];

const train28: Work = { task: "train", network: 28, batch: batches[28] };
const infer28: Work = { ...train28, task: "infer" };
const train224: Work = { task: "train", network: 224, batch: batches[224] };
const trainConvnet: Work = {
  task: "train",
  network: "convnet",
  batch: batches.convnet,
};

/** Everything that gives a row, in the order of the table. */
export function planSuites(available: Available): Suite[] {
  const { gpu, torch } = available;
  const peers = casesFromNpm(available);
  const onAll = (work: Work) => [
    ...onAllCores(work, available),
    ...inPyTorch(work, available),
  ];
  const onOne = (work: Work) => [
    ...available.tiers.map((tier) => caseOf(ours(tier, 1), work)),
    ...inPyTorch(work, available),
  ];
  return [
    { name: "train-28", cases: [...onAll(train28), ...peers.train28] },
    { name: "train-28", cases: onAll({ ...train28, batch: largeBatch }) },
    { name: "infer-28", cases: [...onAll(infer28), ...peers.infer28] },
    {
      name: "train-convnet",
      cases: [...onAll(trainConvnet), ...peers.trainConvnet],
    },
    { name: "train-224", cases: onOne(train224) },
    { name: "infer-224", cases: onOne({ ...train224, task: "infer" }) },
    ...minedCounts.map((count): Suite => ({
      name: "mine",
      cases: mining(count, available),
    })),
    ...gpu === undefined ? [] : (["train", "infer"] as const).map((
      task,
    ): Suite => ({
      name: "webgpu",
      cases: gpuCases(task, gpu, torch, layouts),
    })),
  ];
}

/** Ours on one thread, on all, and as many processes that know nothing of each other. */
function onAllCores(work: Work, { tiers, cores }: Available): Case[] {
  return tiers.flatMap((tier) => [
    ...threadCounts(cores).map((count) => caseOf(ours(tier, count), work)),
    ...threadCounts(cores).slice(1).map((processes) =>
      caseOf(ours(tier, 1), { ...work, processes })
    ),
  ]);
}

/** PyTorch on one thread and on all, with each layout. */
function inPyTorch(work: Work, available: Available): Case[] {
  return pytorches(available).flatMap((one) =>
    layouts.map((variant) => caseOf(one, { ...work, variant }))
  );
}

const pytorches = ({ torch }: Available) =>
  torch
    ? threadCounts(torch.threads).map((count) => pytorch(torch, count))
    : [];

const threadCounts = (all: number) => [...new Set([1, all])];

/** What the peers do that come from npm. */
function casesFromNpm({ cores, peers, onnx }: Available) {
  if (!peers) return { train28: [], infer28: [], trainConvnet: [] };
  const counts = threadCounts(cores);
  return {
    train28: [caseOf(stock("cpu"), { ...train28, batch: 1, mostRounds: 1 })],
    infer28: [
      caseOf(stock("cpu"), { ...infer28, batch: 1 }),
      // It has no kernel for the filters' gradients, so it cannot train.
      caseOf(stock("wasm"), infer28),
      ...(onnx === undefined ? [] : counts).map((count) =>
        caseOf(onnxruntimeWeb(onnx!, count), infer28)
      ),
    ],
    trainConvnet: counts.map((count) =>
      caseOf(jaxJs(count), { ...trainConvnet, mostRounds: 1 })
    ),
  };
}

/** Mining for embeddings that are given: no network has a part in it. */
function mining(batch: number, available: Available): Case[] {
  const oursAlone = available.tiers.map((tier) => ours(tier, 1));
  return [...oursAlone, ...pytorches(available)].map(({ launch, ...who }) => ({
    row: { task: "mine", batch, ...who, processes: 1 },
    launch,
    request: `mine ${batch}`,
  }));
}
