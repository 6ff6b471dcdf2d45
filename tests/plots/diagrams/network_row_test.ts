import {
  branchesOf,
  channelsOf,
} from "../../../lib/plots/diagrams/network_row.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const row = {
  type: "inception",
  name: "inception_3a",
  "1x1": 64,
  "3x3": [96, 128],
  "5x5": [16, 32],
  pool: ["max", 32],
} as const;

Deno.test("branchesOf() lists the branches in the order of their channels", () => {
  const found = branchesOf(row, 192);
  assertEquals(found.map(({ kind }) => kind), ["1x1", "3x3", "5x5", "pool"]);
  assertEquals(found.map(channelsOf), [64, 128, 32, 32]);
  assertEquals(found[3]!.steps.map(({ does }) => does), [
    "max pool",
    "1×1 convolution",
  ]);
});

Deno.test("branchesOf() lets the input pass through a pool without a projection", () => {
  const { "1x1": _, ...others } = row;
  const found = branchesOf({ ...others, pool: ["L2"], stride: 2 }, 320);
  assertEquals(found.map(channelsOf), [128, 32, 320]);
  // A reduction of one pixel does not step.
  assertEquals(found.map(({ steps }) => steps.map(({ does }) => does)), [
    ["1×1 convolution", "3×3, stride 2"],
    ["1×1 convolution", "5×5, stride 2"],
    ["L2 pool, stride 2"],
  ]);
});

Deno.test("branchesOf() refuses a row that is no module", () => {
  assertThrows(
    () => branchesOf({ type: "max pool", name: "pool1" }, 64),
    RangeError,
    "expected a row of an inception module, got",
  );
});
