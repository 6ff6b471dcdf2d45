import { benchRows } from "../../../../lib/commands/bench/suites/rows.ts";
import type { RowHead } from "../../../../lib/commands/bench/report/contract.ts";
import { assertEquals } from "../../../assert.ts";
import { fakeCase } from "../../../experiment/bench/fakes.ts";

const launch = { name: "", program: "", args: [] };
const measured = (
  row: Partial<RowHead>,
  speeds: number[],
  variant?: string,
) => ({
  ...fakeCase(launch, row, variant === undefined ? {} : { variant }),
  speeds,
});
const ours = { engine: "ours", tier: "plain", workers: 1 } as const;
const pytorch = (threads: number) => ({ engine: "pytorch", threads }) as const;

Deno.test("benchRows() makes the rows of the contract", () => {
  const { rows } = benchRows([
    measured(ours, [50, 40, 60]),
    measured(pytorch(1), [100, 100, 100], "contiguous"),
  ]);
  assertEquals(JSON.parse(JSON.stringify(rows)), [
    {
      task: "train",
      network: "NN2-28",
      batch: 120,
      engine: "ours",
      tier: "plain",
      workers: 1,
      processes: 1,
      imagesPerSecond: 50,
      spread: [40, 60],
      milliseconds: 2400,
      ratioToPyTorch: 0.5,
      ratioSpread: [0.4, 0.6],
    },
    {
      task: "train",
      network: "NN2-28",
      batch: 120,
      engine: "pytorch",
      threads: 1,
      processes: 1,
      variant: "contiguous",
      imagesPerSecond: 100,
      spread: [100, 100],
      milliseconds: 1200,
    },
  ]);
});

Deno.test("benchRows() compares with PyTorch's best way on as many threads", () => {
  const { rows } = benchRows([
    measured(ours, [60]),
    measured({ ...ours, workers: 2 }, [100]),
    measured({ ...ours, processes: 2 }, [120]),
    measured({ engine: "tfjs-cpu", threads: 1, batch: 1 }, [0.6]),
    measured(pytorch(1), [90], "channels_last"),
    measured(pytorch(1), [120], "contiguous"),
    measured(pytorch(2), [200], "channels_last"),
    measured(pytorch(2), [150], "contiguous"),
  ]);
  assertEquals(rows.map((row) => row.ratioToPyTorch), [
    0.5,
    0.5,
    undefined,
    0.005,
    undefined,
    undefined,
  ]);
  assertEquals(rows.map((row) => row.variant).filter(Boolean), [
    "contiguous",
    "channels_last",
  ]);
});

Deno.test("benchRows() compares threads with as many processes of one, and with one", () => {
  const flags = { ...ours, tier: "flags" } as const;
  const { rows } = benchRows([
    measured(flags, [50, 50]),
    measured({ ...flags, workers: 2 }, [90, 80]),
    measured({ ...flags, processes: 2 }, [100, 80]),
    measured({ ...ours, processes: 2 }, [10, 10]),
    measured({ ...flags, processes: 2, batch: 240 }, [1, 1]),
    measured(pytorch(2), [60, 60], "contiguous"),
    measured({ ...pytorch(2), batch: 240 }, [1, 1], "contiguous"),
  ]);
  assertEquals(
    rows.map(({ ratioToCeiling }) => ratioToCeiling),
    [undefined, 0.95, ...new Array(5).fill(undefined)],
  );
  assertEquals(rows[1]!.ceilingSpread, [0.9, 1]);
  assertEquals(
    rows.map(({ ratioToOneThread }) => ratioToOneThread),
    [undefined, (90 / 50 + 80 / 50) / 2, 1.8, ...new Array(4).fill(undefined)],
  );
  assertEquals(rows[1]!.oneThreadSpread, [1.6, 1.8]);
  assertEquals(rows[1]!.ratioToPyTorch, (90 / 60 + 80 / 60) / 2);
});

Deno.test("benchRows() compares on a GPU with tfjs there and PyTorch in float32", () => {
  const device = "Abacus X";
  const torch = (precision: "float32" | "tf32", name = device) =>
    ({ engine: "pytorch", device: name, precision }) as const;
  const { rows } = benchRows([
    {
      ...measured({ engine: "ours", backend: "webgpu", device }, [60, 90, 80]),
      launches: 400,
    },
    measured({ engine: "tfjs-webgpu", device }, [6, 10]),
    measured(torch("float32", "Another"), [1, 1, 1]),
    measured(torch("tf32"), [600, 600, 600]),
    measured(torch("float32"), [120, 100, 160]),
    measured(pytorch(1), [1, 1, 1]),
  ]);
  const [own, stock] = rows;
  assertEquals(own?.launches, 400);
  // Stock had no part in the third round.
  assertEquals(own?.ratioToStock, 9.5);
  assertEquals(own?.stockSpread, [9, 10]);
  assertEquals(own?.ratioToPyTorch, 0.5);
  assertEquals(own?.ratioSpread, [0.5, 0.9]);
  assertEquals(stock?.ratioToStock, undefined);
  assertEquals(rows.length, 6);
});

Deno.test("benchRows() leaves out what failed and says why once", () => {
  const failed = { ...fakeCase(launch), failure: "out of memory" };
  const { rows, failures } = benchRows([failed, measured(ours, [60]), failed]);
  assertEquals(rows.length, 1);
  assertEquals(failures, ["out of memory"]);
});

Deno.test("benchRows() counts a batch of each process", () => {
  const { rows } = benchRows([measured({ ...ours, processes: 2 }, [240])]);
  assertEquals(rows[0]?.milliseconds, 1000);
});
