import { inputShape, NN2, nn2Rows } from "../../lib/nn2/table.ts";
import { assertEquals } from "../assert.ts";

Deno.test("NN2 has the paper's channels after each inception module", () => {
  let channels = 64;
  const outputs = NN2.flatMap((row) => {
    if (row.type !== "inception") return [];
    const [, projection = channels] = row.pool ?? ["none", 0];
    channels = (row["1x1"] ?? 0) + row["3x3"][1] + (row["5x5"]?.[1] ?? 0) +
      projection;
    return [channels];
  });
  assertEquals(
    outputs,
    [192, 256, 320, 640, 640, 640, 640, 640, 1024, 1024, 1024],
  );
});

Deno.test("NN2 pools by L2 in the paper's six modules, without a stride", () => {
  const rows = NN2.filter((row) =>
    row.type === "inception" && row.pool?.[0] === "L2"
  );
  assertEquals(
    rows.map((row) => row.name.slice(-2)),
    ["3b", "4a", "4b", "4c", "4d", "5a"],
  );
  assertEquals(rows.some((row) => "stride" in row), false);
});

Deno.test("nn2Rows() differs at 28 in the stride of the first convolution alone", () => {
  const [first, ...rest] = nn2Rows(28);
  assertEquals([first, ...rest], [{ ...NN2[0], stride: 1 }, ...NN2.slice(1)]);
  assertEquals(nn2Rows(224), NN2);
});

Deno.test("inputShape() has three channels at 224 and one at 28", () => {
  assertEquals(inputShape(224), [224, 224, 3]);
  assertEquals(inputShape(28), [28, 28, 1]);
});
