import type { BenchReport } from "../../../../lib/commands/bench/report/contract.ts";
import { otherMachines } from "../../../../lib/commands/bench/report/machine.ts";
import { reportText } from "../../../../lib/commands/bench/report/report_text.ts";
import { assertEquals } from "../../../assert.ts";

const row = {
  task: "train",
  network: "NN2-28",
  batch: 120,
  processes: 1,
  milliseconds: 1234.5,
} as const;

const report: BenchReport = {
  machine: {
    processor: "Abacus 9",
    cores: 2,
    system: "linux 6.1, x86_64",
    deno: "2.9.6",
    v8: "15.0",
    tfjs: "4.22.0",
    pytorch: "2.15.0",
  },
  rounds: 5,
  busy: false,
  rows: [
    {
      ...row,
      engine: "ours",
      tier: "plain",
      workers: 1,
      imagesPerSecond: 55.678,
      spread: [50.04, 60],
      ratioToPyTorch: 0.5061,
      ratioSpread: [0.499, 1.04],
    },
    {
      ...row,
      engine: "ours",
      tier: "flags",
      workers: 1,
      processes: 2,
      imagesPerSecond: 170,
      spread: [160, 180],
    },
    {
      ...row,
      engine: "ours",
      tier: "flags",
      workers: 2,
      imagesPerSecond: 160,
      spread: [150, 165],
      ratioToCeiling: 0.941,
      ceilingSpread: [0.93, 0.95],
      ratioToOneThread: 1.61,
      oneThreadSpread: [1.5, 1.7],
    },
    {
      ...row,
      engine: "pytorch",
      threads: 1,
      variant: "channels_last",
      imagesPerSecond: 110,
      spread: [109, 111.4],
    },
    {
      ...row,
      batch: 1,
      engine: "tfjs-cpu",
      threads: 1,
      imagesPerSecond: 0.0556,
      spread: [0.05, 0.06],
    },
    {
      ...row,
      network: "convnet",
      engine: "jax-js",
      threads: 2,
      imagesPerSecond: 8,
      spread: [8, 8],
    },
  ],
  steps: [{
    engine: "ours",
    tier: "plain",
    network: "NN2-28",
    batch: 120,
    milliseconds: 2000.4,
    gflops: 39.52,
    shareOfPeak: 0.354,
    operations: [
      {
        name: "Conv2D 3×3",
        calls: 9,
        milliseconds: 1994,
        gflops: 40,
        share: 0.9968,
      },
      { name: "Relu", calls: 2, milliseconds: 4, gflops: 0, share: 0.002 },
      { name: "Add", calls: 1, milliseconds: 2.4, gflops: 0, share: 0.0012 },
    ],
  }],
  peaks: [{ engine: "ours", tier: "plain", gflops: 57.84 }],
  memory: [{
    engine: "pytorch",
    threads: 1,
    network: "NN2-28",
    batch: 120,
    bytes: 1_270_000_000,
  }, {
    preset: "quick",
    engine: "ours",
    tier: "flags",
    workers: 8,
    network: "NN2-28",
    batch: 240,
    bytes: 1_220_000_000,
  }],
  notMeasured: ["Other machines: ARM, macOS and Windows.", "tfjs cpu died."],
};

Deno.test("reportText() lays everything out", () => {
  assertEquals(
    reportText(report),
    `Abacus 9, 2 cores, linux 6.1, x86_64
Deno 2.9.6, V8 15.0, TensorFlow.js 4.22.0, PyTorch 2.15.0

Interleaved rounds: 5. Medians, with the least and the greatest

task   network  batch  engine                  threads  images/s       (spread)    ms  × PyTorch    (spread)  × ceiling     (spread)  × one thread   (spread)
train  NN2-28     120  ours, no flags                1      55.7      50.0–60.0  1235      0.506  0.499–1.04
train  NN2-28     120  ours, V8 flags            2 × 1       170        160–180  1235
train  NN2-28     120  ours, V8 flags                2       160        150–165  1235                             0.941  0.930–0.950          1.61  1.50–1.70
train  NN2-28     120  PyTorch, channels_last        1       110        109–111  1235
train  NN2-28       1  tfjs cpu                      1    0.0556  0.0500–0.0600  1235
train  convnet    120  jax-js                        2      8.00      8.00–8.00  1235

One thread trains NN2-28 1,001 times (ours, no flags) as fast as tfjs's cpu backend.

peak of one thread                          GFLOP/s
ours, no flags, multiply-adds in registers     57.8

A training step of NN2-28, 120 images, ours, no flags: 2000 ms, 39.5 GFLOP/s, 35 % of the machine's peak
operation       calls      ms  GFLOP/s   share
Conv2D 3×3          9  1994.0     40.0  99.7 %
2 smaller ones      3     6.4            0.3 %

GFLOP/s count the multiplications and additions of the definition; Winograd's
way to convolve does with fewer, so it may pass the peak.

resident memory of training   threads  batch    GB
NN2-28, PyTorch                     1    120  1.27
quick preset, ours, V8 flags        8    240  1.22

Not measured
- Other machines: ARM, macOS and Windows.
- tfjs cpu died.`,
  );
});

Deno.test("reportText() names the GPU and counts its launches", () => {
  const { pytorch: _, ...machine } = report.machine;
  const device = "Abacus X";
  const own = { engine: "ours", backend: "webgpu", device } as const;
  const text = reportText({
    ...report,
    machine,
    peaks: [],
    memory: [],
    rows: [
      {
        ...row,
        ...own,
        imagesPerSecond: 60,
        spread: [50, 70],
        launches: 400,
        ratioToStock: 12,
        stockSpread: [11, 13],
      },
      {
        ...row,
        engine: "tfjs-webgpu",
        device,
        imagesPerSecond: 5,
        spread: [5, 5],
        launches: 6210,
      },
      {
        ...row,
        engine: "pytorch",
        device,
        precision: "tf32",
        imagesPerSecond: 90,
        spread: [90, 90],
      },
    ],
    steps: [{
      ...own,
      network: "NN2-28",
      batch: 120,
      milliseconds: 2000,
      gflops: 40,
      operations: [
        {
          name: "Conv2D 3×3",
          calls: 9,
          launches: 18,
          milliseconds: 1990,
          gflops: 40,
          share: 0.995,
        },
        {
          name: "outside kernels",
          calls: 1,
          milliseconds: 10,
          gflops: 0,
          share: 0.005,
        },
      ],
    }],
  });
  assertEquals(
    text.split("\n\n").slice(0, 4).join("\n\n"),
    `Abacus 9, 2 cores, linux 6.1, x86_64
Deno 2.9.6, V8 15.0, TensorFlow.js 4.22.0
GPU: Abacus X

Interleaved rounds: 5. Medians, with the least and the greatest

task   network  batch  engine                    threads  images/s   (spread)    ms  launches  × tfjs   (spread)
train  NN2-28     120  ours, webgpu                           60.0  50.0–70.0  1235       400    12.0  11.0–13.0
train  NN2-28     120  tfjs webgpu                            5.00  5.00–5.00  1235      6210
train  NN2-28     120  PyTorch on the GPU, tf32               90.0  90.0–90.0  1235

A training step of NN2-28, 120 images, ours, webgpu: 2000 ms, 40.0 GFLOP/s
operation        calls  launches      ms  GFLOP/s   share
Conv2D 3×3           9        18  1990.0     40.0  99.5 %
outside kernels      1              10.0            0.5 %`,
  );
});

Deno.test("reportText() leaves out what was not asked for", () => {
  const empty = {
    rows: [],
    steps: [],
    peaks: [],
    memory: [],
    notMeasured: ["x"],
  };
  const { pytorch: _, ...machine } = report.machine;
  assertEquals(
    reportText({ ...report, ...empty, machine }),
    `Abacus 9, 2 cores, linux 6.1, x86_64
Deno 2.9.6, V8 15.0, TensorFlow.js 4.22.0

Not measured
- x`,
  );
});

Deno.test("otherMachines() names what this one is not", () => {
  assertEquals(
    otherMachines({ arch: "x86_64", os: "linux" }),
    "ARM, macOS and Windows",
  );
  assertEquals(
    otherMachines({ arch: "aarch64", os: "darwin" }),
    "x86-64, Linux and Windows",
  );
});
