import {
  createNode,
  type GraphNode,
  type NodeOperation,
} from "../../lib/nn2/node.ts";
import { assertEquals } from "../assert.ts";

const image = (height: number, width: number, channels: number): GraphNode => ({
  kind: "input",
  name: `${height}×${width}×${channels}`,
  inputs: [],
  shape: [height, width, channels],
});
const shapeOf = (operation: NodeOperation, ...inputs: GraphNode[]) =>
  createNode("node", operation, inputs).shape;

Deno.test("createNode() rounds the windows of an image up", () => {
  for (const stride of [1, 2, 3]) {
    const sides = [Math.ceil(7 / stride), Math.ceil(6 / stride)];
    const windows = { size: 3, stride };
    const on = image(7, 6, 5);
    assertEquals(shapeOf({ kind: "max pool", ...windows }, on), [...sides, 5]);
    assertEquals(shapeOf({ kind: "L2 pool", ...windows }, on), [...sides, 5]);
    assertEquals(
      shapeOf({ kind: "convolution", ...windows, filters: 9 }, on),
      [...sides, 9],
    );
  }
});

Deno.test("createNode() adds up the channels that it puts side by side", () => {
  const parts = [image(2, 3, 4), image(2, 3, 1), image(2, 3, 2)];
  const node = createNode("joint", { kind: "concatenation" }, parts);
  assertEquals(node.shape, [2, 3, 7]);
  assertEquals(node.inputs, ["2×3×4", "2×3×1", "2×3×2"]);
});

Deno.test("createNode() makes numbers of images, and leaves other shapes", () => {
  const on = image(2, 3, 4);
  assertEquals(shapeOf({ kind: "average pool" }, on), [4]);
  assertEquals(shapeOf({ kind: "local response normalization" }, on), [
    2,
    3,
    4,
  ]);
  const dense = createNode("dense", { kind: "dense", units: 9 }, [on]);
  assertEquals(dense.shape, [9]);
  assertEquals(shapeOf({ kind: "unit length" }, dense), [9]);
});
