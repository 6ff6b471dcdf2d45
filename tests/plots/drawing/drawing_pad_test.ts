import { barChart } from "../../../lib/plots/figures/bar_chart.ts";
import { drawingPad } from "../../../lib/plots/drawing/drawing_pad.ts";
import { usualPen } from "../../../lib/digits/strokes/draw_strokes.ts";
import type { GrayPicture } from "../../../lib/digits/drawing/gray_picture.ts";
import type { Strokes } from "../../../lib/digits/strokes/strokes.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { type FakeNotebook, fakeNotebook } from "../notebook/fake_notebook.ts";

const example: Strokes = [[[0.2, 0.5], [0.8, 0.5]]];
/** Says how many pixels are ink. */
const answer = ({ pixels }: GrayPicture) => {
  const ink = pixels.filter((value) => value > 127).length;
  return { figure: barChart({ ink }), note: `${ink} </script> pixels` };
};

async function ask(notebook: FakeNotebook, question: unknown) {
  const html = notebook.displayed.at(-1)!.bundle["text/html"] as string;
  const address = html.match(/http:\/\/127[^"]+/g)!.at(-1)!;
  const body = JSON.stringify(question);
  const response = await fetch(address, { method: "POST", body });
  return [response.status, await response.json()] as const;
}

permittedTest("drawingPad() shows the example and answers drawings", [
  "net",
], async () => {
  const notebook = fakeNotebook();
  await drawingPad(answer, { example }, notebook);
  const { bundle } = notebook.displayed[0]!;
  assertEquals(Object.keys(bundle), [
    "text/html",
    "image/svg+xml",
    "text/plain",
  ]);
  const html = bundle["text/html"] as string;
  assertEquals(html.match(/<\/script>/g)!.length, 1);
  assert(html.includes('"canEnroll":false'));
  assert((bundle["text/plain"] as string).includes("pixels; run the cell"));
  const picture = bundle["image/svg+xml"] as string;
  assert(picture.includes(`stroke-width="${(usualPen * 278).toFixed(1)}"`));

  const [, long] = await ask(notebook, { strokes: example });
  const [, short] = await ask(notebook, {
    strokes: [[[0.2, 0.5], [0.5, 0.5]]],
  });
  assert(parseInt(long.note) > parseInt(short.note));
  assert(short.picture.startsWith("<svg "));
});

permittedTest("drawingPad() enrolls before it answers", ["net"], async () => {
  const notebook = fakeNotebook();
  const names: string[] = [];
  await drawingPad(answer, {
    example,
    enroll: (name) => {
      if (name === "") throw new RangeError("Cannot enroll: got nothing");
      names.push(name);
      return `${name} is there.`;
    },
  }, notebook);
  const [, { note }] = await ask(notebook, { strokes: example, name: "bar" });
  assert(note.startsWith("bar is there. "), note);
  assertEquals(await ask(notebook, { strokes: example, name: "" }), [
    400,
    { error: "Cannot enroll: got nothing" },
  ]);
  const [status, { error }] = await ask(notebook, { strokes: [], name: "x" });
  assertEquals(status, 400);
  assert(error.includes("got an empty sheet"));
  assertEquals(names, ["bar"]);
});

permittedTest(
  "drawingPad() goes on after an answer that fails",
  ["net"],
  async () => {
    const notebook = fakeNotebook();
    await drawingPad(
      (picture) => {
        const { figure, note } = answer(picture);
        if (parseInt(note) > 2000) throw new Error("too much ink");
        return { figure, note };
      },
      { example },
      notebook,
    );
    const much = Array.from({ length: 9 }, (_, k) => [[0, k / 9], [1, k / 9]]);
    assertEquals((await ask(notebook, { strokes: much }))[1], {
      error: "too much ink",
    });
    assertEquals((await ask(notebook, { strokes: example }))[0], 200);
  },
);

Deno.test("drawingPad() refuses what cannot be shown", async () => {
  const wrong: [Parameters<typeof drawingPad>, string][] = [
    [[answer, { example: [] }], "got an empty sheet"],
    [[answer, { example: [[[2, 2]]] }], "from 0 to 1"],
    [[() => ({ note: "" }) as never, { example }], "a figure as the answer"],
    [[() => undefined as never, { example }], "an object with options"],
  ];
  for (const [given, message] of wrong) {
    await assertRejects(() => drawingPad(...given), RangeError, message);
  }
});

Deno.test("drawingPad() answers the example outside of a notebook", async () => {
  let answered = 0;
  await drawingPad((picture) => {
    answered++;
    return answer(picture);
  }, { example });
  assertEquals(answered, 1);
});
