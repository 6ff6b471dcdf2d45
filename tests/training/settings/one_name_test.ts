import { withOneName } from "../../../lib/training/settings/one_name.ts";
import {
  changeSettings,
  presets,
} from "../../../lib/training/settings/settings.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

Deno.test("withOneName() gives every setting its main name, once", () => {
  assertEquals(
    withOneName("train", { workers: 2, rule: "explicit", margin: 0.3 }),
    { threads: 2, miner: "explicit", margin: 0.3 },
  );
  const twice = { miner: "explicit", rule: "explicit" } as const;
  assertEquals(withOneName("train", twice), { miner: "explicit" });
  assertEquals(withOneName("train", { workers: undefined }), {});
});

Deno.test("withOneName() refuses two values of one setting", () => {
  assertThrows(
    () => withOneName("load", { miner: "batch-all", rule: "explicit" }),
    RangeError,
    'Cannot load: expected miner and rule, two names of one setting, to be the same, got "batch-all" and "explicit"',
  );
});

Deno.test("a change by a former name replaces what stood under the main one", () => {
  const changed = changeSettings(presets.quick, { rule: "batch-hard" });
  assertEquals([changed.miner, changed.rule], ["batch-hard", undefined]);
});
