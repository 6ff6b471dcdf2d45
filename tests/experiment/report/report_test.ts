import {
  accuracyLines,
  digitsForErrors,
  percent,
} from "../../../lib/experiment/report/report.ts";
import type { BaselineReports } from "../../../lib/evaluation/classification/baselines.ts";
import { between } from "../../../lib/experiment/report/text.ts";
import { assertEquals } from "../../assert.ts";

const shares: [share: number, digits: number | undefined, text: string][] = [
  [0, undefined, "0.00 %"],
  [1, undefined, "100.00 %"],
  [0.5, undefined, "50.00 %"],
  [0.5, 0, "50 %"],
  [0.99617, undefined, "99.62 %"],
  [0.000049, undefined, "0.0049 %"], // a standard error
  [0.00012, undefined, "0.01 %"],
  [0.999_96, undefined, "99.996 %"],
  [0.999_99, undefined, "99.999 %"],
  [0.996, 0, "99.6 %"],
  [0.001, 0, "0.10 %"],
  [-0.000_02, undefined, "-0.0020 %"],
  [1 - 1e-16, undefined, "100.00 %"],
  [0.1 + 0.2, 0, "30 %"],
];
for (const [share, digits, text] of shares) {
  Deno.test(`percent() writes ${share} as ${text}`, () => {
    assertEquals(percent(share, digits), text);
  });
}

Deno.test("between() has no bound that reads as nothing or all", () => {
  assertEquals(between(0.999_98, [0.999_9, 1]), "99.998 % (99.99–100.00)");
  assertEquals(between(0, [0, 0.000_004]), "0.00 % (0.00–0.00040)");
});

Deno.test("digitsForErrors() shows two digits of the smallest error", () => {
  const shown = (error: number) =>
    percent(error, digitsForErrors([error, 0.1]));
  assertEquals(shown(0.0000217), "0.0022 %");
  assertEquals(shown(0.000217), "0.022 %");
  assertEquals(shown(0.0217), "2.17 %");
  assertEquals(digitsForErrors([0, 0]), 2);
  assertEquals(digitsForErrors([]), 2);
});

Deno.test("accuracyLines() says which digits have no part in them", () => {
  const report = (accuracy: number, testImages: number) => ({
    accuracy,
    testImages,
  });
  const reports = {
    trained: report(0.975, 40),
    untrained: report(0.5, 20),
    rawPixels: report(0.75, 40),
  } as unknown as BaselineReports;
  const [first, ...others] = accuracyLines(reports).split("\n");
  assertEquals(first, "Nearest-centroid accuracy on 40 test images:");
  assertEquals(others, [
    "  trained network    97.50 %",
    "  untrained network  50.00 %  (of 20)",
    "  raw pixels         75.00 %",
  ]);
  assertEquals(
    accuracyLines(reports, [7, 8]).split("\n"),
    ["Nearest-centroid accuracy on 40 test images without 7, 8:", ...others],
  );
});
