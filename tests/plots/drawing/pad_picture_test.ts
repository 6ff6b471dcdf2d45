import { padPicture } from "../../../lib/plots/drawing/pad_picture.ts";
import { assert, assertEquals } from "../../assert.ts";

Deno.test("padPicture() draws each stroke and the answer beside them", () => {
  const svg = padPicture(
    [[[0, 0], [0.5, 1]], [[1, 0], [1, 1]]],
    0.1,
    "<svg id='answer'/>",
  );
  assertEquals(svg.match(/<path /g)!.length, 2);
  assert(svg.includes('d="M8,8L147,286"'));
  assert(svg.includes("<svg id='answer'/></g></svg>"));
});
