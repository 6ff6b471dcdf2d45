import {
  ours,
  pytorch,
  stock,
} from "../../../lib/commands/bench/contenders.ts";
import { type Field, planBlocks } from "../../../lib/commands/bench/plan.ts";
import { assert, assertEquals } from "../../assert.ts";

const torch = { python: "python", version: "1", threads: 2 };

/** Everyone, on a machine of two cores. */
const everyone = (): Field => ({
  ours: [ours("plain", "--a"), ours("flags", "--b")],
  pytorch: [pytorch(torch, 1), pytorch(torch, 2)],
  stock: { cpu: stock("cpu"), wasm: stock("wasm") },
  cores: 2,
});

const requestsOf = (field: Field) =>
  Object.fromEntries(
    planBlocks(field).map(({ entries }) => [
      entries[0]?.request,
      entries.map(({ row, request }) =>
        `${row.engine} ${row.tier ?? row.threads} ×${row.processes}: ${request}`
      ),
    ]),
  );

Deno.test(
  "planBlocks() puts the tier without flags first",
  () => {
    const plan = requestsOf(everyone());
    assertEquals(plan["train 28 120 1"], [
      "ours plain ×1: train 28 120 1",
      "ours flags ×1: train 28 120 1",
      "ours plain ×1: train 28 120 2",
      "ours plain ×2: train 28 120 1",
      "ours flags ×1: train 28 120 2",
      "ours flags ×2: train 28 120 1",
      "pytorch 1 ×1: train 28 120 channels_last",
      "pytorch 1 ×1: train 28 120 contiguous",
      "pytorch 2 ×1: train 28 120 channels_last",
      "pytorch 2 ×1: train 28 120 contiguous",
      "tfjs-cpu 1 ×1: train 28 1",
    ]);
    assertEquals(plan["infer 28 120 1"]?.slice(-2), [
      "tfjs-cpu 1 ×1: infer 28 1",
      "tfjs-wasm 1 ×1: infer 28 120",
    ]);
    assertEquals(plan["infer 224 16 1"], [
      "ours plain ×1: infer 224 16 1",
      "ours flags ×1: infer 224 16 1",
      "pytorch 1 ×1: infer 224 16 channels_last",
      "pytorch 1 ×1: infer 224 16 contiguous",
      "pytorch 2 ×1: infer 224 16 channels_last",
      "pytorch 2 ×1: infer 224 16 contiguous",
    ]);
    assertEquals(plan["train 28 240 2"], [
      "ours plain ×1: train 28 240 2",
      "ours plain ×2: train 28 240 1",
      "ours flags ×1: train 28 240 2",
      "ours flags ×2: train 28 240 1",
      "pytorch 2 ×1: train 28 240 channels_last",
      "pytorch 2 ×1: train 28 240 contiguous",
    ]);
    assertEquals(plan["mine 1800"]?.length, 4);
  },
);

Deno.test(
  "planBlocks() without peers measures ours alone",
  () => {
    const [plain] = everyone().ours;
    const field = { ours: [plain!], pytorch: [], stock: undefined, cores: 1 };
    const blocks = planBlocks(field);
    assert(blocks.every(({ entries }) => entries.length === 1));
    assertEquals(
      blocks.map(({ name }) => name),
      ["train-28", "infer-28", "train-224", "infer-224", "mine", "mine"],
    );
  },
);

Deno.test("contestants of two tiers are two programs", () => {
  const [plain, flags] = everyone().ours.map(({ launch }) => launch);
  assertEquals(plain?.env, { DENO_V8_FLAGS: "--a" });
  assertEquals(flags?.env, { DENO_V8_FLAGS: "--b" });
  assert(plain?.args.join() !== flags?.args.join());
});
