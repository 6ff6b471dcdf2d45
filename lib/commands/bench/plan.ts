import type { Contender } from "./contenders.ts";
import type { Launch } from "./contestant.ts";
import type { RowHead } from "./contract.ts";

/** Something to measure again and again. */
export interface Entry {
  /** What its row says besides the numbers. */
  row: RowHead;
  /** One of several ways to do the same; the fastest becomes the row. */
  variant?: string;
  launch: Launch;
  /** What its contestant is asked. */
  request: string;
}

/** What is measured in turns and compared. Its contestants live as long as it is measured. */
export interface Block {
  name: BlockName;
  entries: Entry[];
}

/** The parts of a bench that give rows. */
export const blockNames = [
  "train-28",
  "infer-28",
  "train-224",
  "infer-224",
  "mine",
] as const;
export type BlockName = typeof blockNames[number];

/** Who is there to be measured. */
export interface Field {
  /** The tier without flags first. */
  ours: Contender[];
  /** On one thread and on all. */
  pytorch: Contender[];
  /** tfjs's cpu and wasm backends, or none. */
  stock: { cpu: Contender; wasm: Contender } | undefined;
  /** Of the machine. */
  cores: number;
}

/** How PyTorch keeps images; which is faster depends on the network and the threads. */
export const layouts = ["channels_last", "contiguous"] as const;

/** Images at a time; at 224×224 more would need more memory than many machines have. */
export const batches = { 28: 120, 224: 16 } as const;
/** FaceNet mined batches of about 1,800. */
const minedCounts = [120, 1800];

/** Everything that gives a row, in the order of the table. */
export function planBlocks({ ours, pytorch, stock, cores }: Field): Block[] {
  /** A team of threads, and as many processes that know nothing of each other. */
  const onAllCores = (common: { task: "train"; size: 28; batch: number }) =>
    ours.flatMap((one) => [
      embedding({ ...one, workers: cores }, common),
      embedding(one, { ...common, processes: cores }),
    ]);
  const network = (task: "train" | "infer", size: 28 | 224): Block => {
    const common = { task, size, batch: batches[size] };
    return {
      name: `${task}-${size}`,
      entries: [
        ...ours.map((one) => embedding(one, common)),
        ...(task === "train" && size === 28 && cores > 1
          ? onAllCores({ task, size, batch: common.batch })
          : []),
        ...pytorch.flatMap((one) =>
          layouts.map((variant) => embedding(one, { ...common, variant }))
        ),
        ...(stock && size === 28
          ? [embedding(stock.cpu, { ...common, batch: 1 })]
          : []),
        // tfjs's wasm backend has no kernel for the filters' gradients.
        ...(stock && size === 28 && task === "infer"
          ? [embedding(stock.wasm, common)]
          : []),
      ],
    };
  };
  /** As many images for each core as one thread has above. */
  const large = {
    task: "train",
    size: 28,
    batch: cores * batches[28],
  } as const;
  const largeBatch: Block = {
    name: "train-28",
    entries: [
      ...onAllCores(large),
      ...pytorch.slice(1).flatMap((one) =>
        layouts.map((variant) => embedding(one, { ...large, variant }))
      ),
    ],
  };
  return [
    network("train", 28),
    ...(cores > 1 ? [largeBatch] : []),
    network("infer", 28),
    network("train", 224),
    network("infer", 224),
    ...minedCounts.map((count): Block => ({
      name: "mine",
      entries: [...ours, ...pytorch].map(({ launch, ...who }) => ({
        row: { task: "mine", batch: count, ...who, processes: 1 },
        launch,
        request: `mine ${count}`,
      })),
    })),
  ];
}

function embedding(
  { launch, ...who }: Contender,
  { task, size, batch, processes = 1, variant }: {
    task: "train" | "infer";
    size: 28 | 224;
    batch: number;
    processes?: number;
    variant?: string;
  },
): Entry {
  return {
    row: { task, network: `NN2-${size}`, batch, ...who, processes },
    ...(variant === undefined ? {} : { variant }),
    launch,
    request: [task, size, batch, variant ?? who.workers ?? ""].join(" ").trim(),
  };
}
