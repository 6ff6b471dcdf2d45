import {
  drawOnCanvas,
  type OpenStroke,
} from "../../../lib/plots/drawing/draw_on_canvas.ts";
import { assertEquals } from "../../assert.ts";

/** A canvas that shows nothing, and what was done to it. */
function sheetToDrawOn(start: OpenStroke[] = []) {
  const nothing = () => {};
  const context = new Proxy({}, { get: () => nothing, set: () => true });
  const side = { left: 0, top: 0, width: 1, height: 1 };
  const canvas = Object.assign(new EventTarget(), {
    ...{ width: 100, height: 100, getContext: () => context },
    ...{ focus: nothing, setPointerCapture: nothing },
    getBoundingClientRect: () => side,
  }) as unknown as HTMLCanvasElement;
  const sheet = drawOnCanvas(canvas, start, 0.08, nothing);
  const send = (type: string, more: object) =>
    canvas.dispatchEvent(
      Object.assign(new Event(type, { cancelable: true }), more),
    );
  const pointer = (type: string, x: number, y: number) =>
    send(type, { button: 0, pointerId: 1, clientX: x, clientY: y });
  const press = (key: string) => send("keydown", { key });
  return { sheet, pointer, press };
}

Deno.test("drawOnCanvas() draws where the pointer goes", () => {
  const { sheet, pointer } = sheetToDrawOn();
  pointer("pointerdown", 0.25, 0.5);
  pointer("pointermove", 0.75, 0.5);
  pointer("pointerup", 0.75, 0.5);
  pointer("pointermove", 1, 1);
  assertEquals(sheet.strokes, [[[0.25, 0.5], [0.75, 0.5]]]);
});

for (const takeAway of ["undo", "clear"] as const) {
  Deno.test(`drawOnCanvas() does not go on with a stroke after ${takeAway}`, () => {
    const earlier: OpenStroke[] = takeAway === "undo"
      ? [[[0, 0], [0.5, 0]]]
      : [];
    const { sheet, pointer } = sheetToDrawOn(earlier);
    pointer("pointerdown", 0.25, 0.5);
    sheet[takeAway]();
    pointer("pointermove", 0.75, 0.5);
    pointer("pointerup", 0.75, 0.5);
    assertEquals(sheet.strokes, earlier);
    pointer("pointerdown", 0.5, 0.5);
    pointer("pointermove", 0.5, 0.75);
    assertEquals(sheet.strokes, [...earlier, [[0.5, 0.5], [0.5, 0.75]]]);
  });
}

Deno.test("drawOnCanvas() draws by keys where a picture was, as elsewhere", () => {
  const drawn = [undefined, {} as CanvasImageSource].map((picture) => {
    const { sheet, press } = sheetToDrawOn();
    sheet.clear(picture);
    for (const key of [" ", "ArrowDown", "ArrowDown", " ", "ArrowUp"]) {
      press(key);
    }
    return sheet.strokes;
  });
  assertEquals(drawn[0]!.map(({ length }) => length), [3]);
  assertEquals(drawn[1], drawn[0]);
});
