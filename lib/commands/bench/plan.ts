import { jaxJs, onnxruntimeWeb, ours, pytorch, stock } from "./contenders.ts";
import type { Tier } from "./contract.ts";
import { type Entry, entryOf, type Work } from "./entry.ts";
import type { PyTorch } from "./pytorch_environment.ts";

/** What is measured in turns and compared. Its contestants live as long as it is measured. */
export interface Block {
  name: BlockName;
  entries: Entry[];
}

/** The parts of a bench that give rows. */
export const blockNames = [
  "train-28",
  "infer-28",
  "train-convnet",
  "train-224",
  "infer-224",
  "mine",
] as const;
export type BlockName = typeof blockNames[number];

/** Who is there to be measured. */
export interface Field {
  /** Of ours, with V8's flags for each; the one without them first. */
  tiers: { tier: Tier; flags: string }[];
  /** Of the machine. */
  cores: number;
  /** Whether the peers that come from npm are measured. */
  peers: boolean;
  /** Present where it is measured. */
  torch?: PyTorch | undefined;
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
export function planBlocks(
  { tiers, cores, peers, torch, onnx }: Field,
): Block[] {
  const counts = [...new Set([1, cores])];
  const oneThread = tiers.map((tier) => ours(tier, 1));
  const torches = torch
    ? [...new Set([1, torch.threads])].map((count) => pytorch(torch, count))
    : [];
  /** One thread, all, and as many processes that know nothing of each other. */
  const onAllCores = (work: Work) =>
    tiers.flatMap((tier) => [
      ...counts.map((count) => entryOf(ours(tier, count), work)),
      ...counts.slice(1).map((processes) =>
        entryOf(ours(tier, 1), { ...work, processes })
      ),
    ]);
  const onOneThread = (work: Work) =>
    oneThread.map((one) => entryOf(one, work));
  const inPyTorch = (work: Work) =>
    torches.flatMap((one) =>
      layouts.map((variant) => entryOf(one, { ...work, variant }))
    );
  const fromNpm = (entries: () => Entry[]) => peers ? entries() : [];
  return [
    {
      name: "train-28",
      entries: [
        ...onAllCores(train28),
        ...inPyTorch(train28),
        ...fromNpm(() => [
          entryOf(stock("cpu"), { ...train28, batch: 1, once: true }),
        ]),
      ],
    },
    {
      name: "train-28",
      entries: [{ ...train28, batch: largeBatch }].flatMap((work) => [
        ...onAllCores(work),
        ...inPyTorch(work),
      ]),
    },
    {
      name: "infer-28",
      entries: [
        ...onAllCores(infer28),
        ...inPyTorch(infer28),
        ...fromNpm(() => [
          entryOf(stock("cpu"), { ...infer28, batch: 1 }),
          // It has no kernel for the filters' gradients, so it cannot train.
          entryOf(stock("wasm"), infer28),
        ]),
        ...(onnx === undefined
          ? []
          : counts.map((count) =>
            entryOf(onnxruntimeWeb(onnx, count), infer28)
          )),
      ],
    },
    {
      name: "train-convnet",
      entries: [
        ...onAllCores(trainConvnet),
        ...inPyTorch(trainConvnet),
        ...fromNpm(() =>
          counts.map((count) =>
            entryOf(jaxJs(count), { ...trainConvnet, once: true })
          )
        ),
      ],
    },
    ...[train224, { ...train224, task: "infer" } as const].map((
      work,
    ): Block => ({
      name: `${work.task}-224`,
      entries: [...onOneThread(work), ...inPyTorch(work)],
    })),
    ...minedCounts.map((count): Block => ({
      name: "mine",
      entries: [...oneThread, ...torches].map(({ launch, ...who }) => ({
        row: { task: "mine", batch: count, ...who, processes: 1 },
        launch,
        request: `mine ${count}`,
      })),
    })),
  ];
}
