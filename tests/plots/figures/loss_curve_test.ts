import { lossCurve } from "../../../lib/plots/figures/loss_curve.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";

const history = (n: number, loss: (step: number) => number) =>
  Array.from({ length: n }, (_, i) => ({ step: i + 1, loss: loss(i + 1) }));

Deno.test("lossCurve() smooths over a twentieth of the run, both sides alike", () => {
  const { data } = lossCurve(history(80, (step) => step % 2));
  const [raw, smoothed] = data.map(({ y }) => y as number[]);
  assertEquals(raw![40], 1);
  // Two steps before, two after: 1 0 1 0 1 and 0 1 0 1 0.
  assertEquals(smoothed![40], 0.6);
  assertEquals(smoothed![41], 0.4);
  assertAlmostEquals(smoothed![0]!, 2 / 3, 1e-4); // no steps before: 1 0 1
});

Deno.test("lossCurve() keeps a straight line straight away from its ends", () => {
  const { data } = lossCurve(history(100, (step) => step));
  const smoothed = data[1]!.y as number[];
  for (let i = 3; i < 97; i++) assertEquals(smoothed[i], i + 1);
});

Deno.test("lossCurve() of a long run is small and keeps the mean", () => {
  const { data } = lossCurve(history(9000, (step) => step % 7));
  const y = data[0]!.y as number[];
  assert(y.length <= 400);
  assertEquals(data[0]!.x instanceof Array && data[0]!.x.length, y.length);
  assertAlmostEquals(y.reduce((a, b) => a + b) / y.length, 3, 0.01);
  assert(JSON.stringify(data).length < 20_000);
});

Deno.test("lossCurve() has a second axis only for accuracies", () => {
  const losses = history(3, () => 0.2);
  assert(!("yaxis2" in lossCurve(losses).layout));
  const both = lossCurve(losses, { accuracy: [{ step: 3, accuracy: 0.97 }] });
  assert("yaxis2" in both.layout);
  assertEquals(both.data[2]!.y, [0.97]);
  assertEquals(both.data[2]!.yaxis, "y2");
});

Deno.test("lossCurve() marks the margin where it has one", () => {
  const { layout } = lossCurve(history(3, () => 0.2), { margin: 0.2 });
  assertEquals((layout.shapes as { y0: number }[])[0]!.y0, 0.2);
  assert(!("shapes" in lossCurve(history(3, () => 0.2)).layout));
});

Deno.test("lossCurve() leaves a gap for a loss that is not finite", () => {
  const { data } = lossCurve(history(2, (step) => step === 2 ? NaN : 1));
  assertEquals(data[0]!.y, [1, null]);
});

Deno.test("lossCurve() refuses an empty history", () => {
  assertThrows(() => lossCurve([]), RangeError, "expected losses, got none");
});

Deno.test("lossCurve() leaves a gap where a loss is not finite", () => {
  const history = [0.3, NaN, 0.1].map((loss, step) => ({ step, loss }));
  assertEquals(lossCurve(history).data[0]?.y, [0.3, null, 0.1]);
});

Deno.test("lossCurve() begins the axis of accuracies at the tenth below the least", () => {
  const begin = (...shares: number[]) => {
    const accuracy = shares.map((accuracy, step) => ({ step, accuracy }));
    const { layout } = lossCurve(history(3, () => 0.2), { accuracy });
    return (layout.yaxis2 as { range: number[] }).range[0];
  };
  assertEquals(begin(0.97, 0.63, 0.9), 0.6);
  assertEquals(begin(0.6), 0.6);
  assertEquals(begin(1), 0.9);
  assertEquals(begin(0), 0);
});
