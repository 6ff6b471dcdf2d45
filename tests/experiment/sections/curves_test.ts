import { lineOverFar } from "../../../lib/experiment/sections/curves.ts";
import { assert, assertEquals } from "../../assert.ts";

Deno.test("lineOverFar() gives the rate at the largest FAR that is not above", () => {
  const fars = Float64Array.of(0, 0.1, 0.1, 0.5, 1);
  const rates = Float64Array.of(0, 0.2, 0.6, 0.7, 1);
  const { x, y } = lineOverFar("a", fars, rates, 1000);
  const positions = Array.from(x!);
  assert(Math.abs(positions[0]! - 0.001) < 1e-12);
  assertEquals([positions.at(-1), y[0], y[y.length - 1]], [1, 0, 1]);
  const [before, after] = [0.0999, 0.1001].map((far) =>
    positions.findLastIndex((position) => position <= far)
  );
  assertEquals([y[before!], y[after! + 1]], [0, 0.6]);
});
