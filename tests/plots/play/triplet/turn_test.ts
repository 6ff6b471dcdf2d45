import { turnByKey } from "../../../../lib/plots/play/triplet/turn.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../../assert.ts";

const degrees = Math.PI / 180;

Deno.test("turnByKey() turns by 2 degrees, and by 10 with Shift", () => {
  for (const [key, turn] of [["ArrowUp", 2], ["ArrowLeft", -2]] as const) {
    assertAlmostEquals(turnByKey(1, key, false)!, 1 + turn * degrees, 1e-12);
    assertAlmostEquals(turnByKey(1, key, true)!, 1 + 5 * turn * degrees, 1e-12);
  }
  assertEquals(
    turnByKey(1, "ArrowRight", false),
    turnByKey(1, "ArrowUp", false),
  );
  assertEquals(
    turnByKey(1, "ArrowDown", false),
    turnByKey(1, "ArrowLeft", false),
  );
});

Deno.test("turnByKey() goes round", () => {
  let angle = 0;
  for (let i = 0; i < 180; i++) {
    angle = turnByKey(angle, "ArrowUp", false)!;
    assert(Math.abs(angle) <= Math.PI);
  }
  assertAlmostEquals(angle, 0, 1e-9);
  for (let i = 0; i < 18; i++) angle = turnByKey(angle, "ArrowDown", true)!;
  assertAlmostEquals(Math.abs(angle), Math.PI, 1e-9);
});

Deno.test("turnByKey() leaves other keys to the page", () => {
  for (const key of ["Tab", "Enter", " ", "a", "toString"]) {
    assertEquals(turnByKey(1, key, false), undefined);
  }
});
