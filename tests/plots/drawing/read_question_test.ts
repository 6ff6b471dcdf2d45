import { readQuestion } from "../../../lib/plots/drawing/read_question.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const line = [[[0.2, 0.5], [0.8, 0.5]]];
const photograph = (dark: number, width = 40, height = 40) => ({
  width,
  height,
  pixels: Uint8Array.from(
    { length: 1600 },
    (_, i) => i % 40 > 17 && i % 40 < 22 ? dark : 220,
  ).toBase64(),
});
const asked = (question: unknown) => readQuestion(JSON.stringify(question));

Deno.test("readQuestion() makes white ink on black of strokes and photographs", () => {
  const drawn = asked({ strokes: line });
  assertEquals(drawn.picture.pixels[70 * 140 + 70], 255);
  assertEquals("name" in drawn, false);
  const { picture, name } = asked({ photograph: photograph(50), name: "bar" });
  assertEquals([picture.pixels[20], picture.pixels[2], name], [255, 0, "bar"]);
});

Deno.test("readQuestion() refuses what no page of ours sends", () => {
  const wrong: [unknown, string][] = [
    [null, "an object"],
    [[], "an object"],
    [{}, "a list of strokes, got nothing"],
    [{ strokes: [] }, "got an empty sheet"],
    [{ strokes: [[[0, 5]]] }, "from 0 to 1"],
    [{ strokes: line, name: 3 }, "a name as text, got 3"],
    [{ photograph: 1 }, "an object"],
    [{ photograph: photograph(50, 161, 10) }, "the picture's width"],
    [{ photograph: photograph(50, 40, 0) }, "the picture's height"],
    [{ photograph: photograph(50, 40, 39) }, "1560 bytes for 39×40 pixels"],
    [{ photograph: { ...photograph(50), pixels: 3 } }, "pixels in base64"],
    [{ photograph: { ...photograph(50), pixels: "%" } }, "pixels in base64"],
    [{ photograph: photograph(215) }, "stands out from its paper"],
  ];
  for (const [question, message] of wrong) {
    assertThrows(() => asked(question), RangeError, message);
  }
  assertThrows(() => readQuestion("{"), SyntaxError);
});
