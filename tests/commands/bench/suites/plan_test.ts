import { ours } from "../../../../lib/commands/bench/subjects/subject.ts";
import {
  type Available,
  planSuites,
} from "../../../../lib/commands/bench/suites/plan.ts";
import { assert, assertEquals } from "../../../assert.ts";

/** Everyone, on a machine of two cores. */
const everyone: Available = {
  tiers: [{ tier: "plain", flags: "--a" }, { tier: "flags", flags: "--b" }],
  cores: 2,
  peers: true,
  torch: { python: "python", version: "1", threads: 2 },
  onnx: "nn2.onnx",
};

/** The lines of each suite: who, on how many threads, in how many processes. */
const linesOf = (available: Available) =>
  planSuites(available).map(({ name, cases }) => ({
    name,
    lines: cases.map(({ row, request, variant, mostRounds }) =>
      [
        row.tier ?? row.engine,
        `${row.processes}×${row.workers ?? row.threads}`,
        variant ? request.replace(` ${variant}`, "") : request,
        ...(mostRounds === 1 ? ["once"] : []),
      ].join(" ")
    ),
  }));

/** Each tier on one thread, on two, and in two processes. */
const oursOnAll = (request: string) =>
  ["plain", "flags"].flatMap((tier) =>
    ["1×1", "1×2", "2×1"].map((count) => `${tier} ${count} ${request}`)
  );
/** PyTorch on one thread and on two, with each layout. */
const torches = (request: string) =>
  [1, 1, 2, 2].map((threads) => `pytorch 1×${threads} ${request}`);

Deno.test("planSuites() measures threads, processes and peers in turns", () => {
  const convnet = "train convnet 128";
  assertEquals(linesOf(everyone).slice(0, 4), [
    {
      name: "train-28",
      lines: [
        ...oursOnAll("train 28 120"),
        ...torches("train 28 120"),
        "tfjs-cpu 1×1 train 28 1 once",
      ],
    },
    {
      name: "train-28",
      lines: [...oursOnAll("train 28 240"), ...torches("train 28 240")],
    },
    {
      name: "infer-28",
      lines: [
        ...oursOnAll("infer 28 120"),
        ...torches("infer 28 120"),
        "tfjs-cpu 1×1 infer 28 1",
        "tfjs-wasm 1×1 infer 28 120",
        "onnxruntime-web 1×1 infer 28 120",
        "onnxruntime-web 1×2 infer 28 120",
      ],
    },
    {
      name: "train-convnet",
      lines: [
        ...oursOnAll(convnet),
        ...torches(convnet),
        `jax-js 1×1 ${convnet} once`,
        `jax-js 1×2 ${convnet} once`,
      ],
    },
  ]);
});

Deno.test("planSuites() has one thread of ours at 224×224 and for mining", () => {
  const [train, infer, ...mines] = linesOf(everyone).slice(4);
  for (
    const [suite, request] of [
      [train, "train 224 16"],
      [infer, "infer 224 16"],
    ] as const
  ) {
    assertEquals(suite?.lines, [
      `plain 1×1 ${request}`,
      `flags 1×1 ${request}`,
      ...torches(request),
    ]);
  }
  assertEquals(mines.map(({ lines }) => lines), [
    ["plain", "flags"].map((tier) => `${tier} 1×1 mine 120`).concat(
      [1, 2].map((threads) => `pytorch 1×${threads} mine 120`),
    ),
    ["plain", "flags"].map((tier) => `${tier} 1×1 mine 1800`).concat(
      [1, 2].map((threads) => `pytorch 1×${threads} mine 1800`),
    ),
  ]);
});

Deno.test("planSuites() measures a GPU with our kernels, tfjs's and PyTorch", () => {
  const { tiers, torch } = everyone;
  const gpu = { name: "Abacus X", isSoftware: false };
  const available = { tiers, cores: 2, peers: true, gpu };
  const linesFor = (all: Available) =>
    planSuites(all).filter(({ name }) => name === "webgpu")
      .map(({ cases }) =>
        cases.map(({ row, request, mostRounds }) =>
          [
            row.engine,
            row.backend ?? row.precision,
            row.device,
            request,
            mostRounds,
          ].filter((part) => part !== undefined).join(", ")
        )
      );
  const [train] = linesFor({
    ...available,
    torch: { ...torch!, gpu: "Abacus X" },
  });
  assertEquals(train, [
    "ours, webgpu, Abacus X, train 28 240",
    "tfjs-webgpu, Abacus X, train 28 240",
    ...["float32", "tf32"].flatMap((precision) =>
      ["channels_last", "contiguous"].map((layout) =>
        `pytorch, ${precision}, Abacus X, train 28 240 ${layout}`
      )
    ),
  ]);
  // A processor that plays a GPU is slow, and PyTorch knows no GPU then.
  const software = { ...gpu, isSoftware: true };
  assertEquals(
    linesFor({ ...available, torch, gpu: software }),
    [
      "train 28 20",
      "infer 28 20",
    ].map((request) => [
      `ours, webgpu, Abacus X, ${request}`,
      `tfjs-webgpu, Abacus X, ${request}, 3`,
    ]),
  );
});

Deno.test("planSuites() without peers measures ours alone", () => {
  const tiers = everyone.tiers.slice(0, 1);
  const suites = linesOf({ tiers, cores: 1, peers: false });
  assert(suites.every(({ lines }) => lines.length === 1));
  assertEquals(
    suites.map(({ name }) => name),
    ["train-28", "train-28", "infer-28", "train-convnet"].concat(
      ["train-224", "infer-224", "mine", "mine"],
    ),
  );
});

Deno.test("subjects of two tiers or two numbers of threads are two programs", () => {
  const [plain, flags] = everyone.tiers;
  const launches = [ours(plain!, 1), ours(flags!, 1), ours(plain!, 2)]
    .map(({ launch }) => launch);
  assertEquals(launches.map(({ env }) => env?.DENO_V8_FLAGS), [
    "--a",
    "--b",
    "--a",
  ]);
  assertEquals(new Set(launches.map(({ args }) => args.join())).size, 3);
});
