import { progress } from "../../../lib/plots/notebook/progress.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { fakeNotebook } from "./fake_notebook.ts";

/** A stream that keeps what is written, and a clock that is set by hand. */
function fakePlace(terminal: boolean) {
  let written = "";
  const place = {
    time: 0,
    now: () => place.time,
    stream: {
      isTerminal: () => terminal,
      writeSync: (bytes: Uint8Array) => {
        written += new TextDecoder().decode(bytes);
        return bytes.length;
      },
    },
  };
  return { place, written: () => written };
}

Deno.test("progress() writes a terminal's line over, four times a second", async () => {
  const { place, written } = fakePlace(true);
  const bar = progress(100, "Training", place);
  for (let step = 1; step <= 100; step++) {
    place.time += 50;
    await bar.update(step, `loss ${step}`);
  }
  await bar.finish();
  const lines = written().split("\r").slice(1);
  assertEquals(lines.length, 21);
  assertEquals(lines[0], "Training 1 / 100 · loss 1 · 5 s left\x1b[K");
  assertEquals(lines[20], "Training 100 / 100 · loss 100 · 5 s\x1b[K\n");
});

Deno.test("progress() writes a file's lines for every tenth", async () => {
  const { place, written } = fakePlace(false);
  const bar = progress(1000, "Training", place);
  for (let step = 1; step <= 1000; step++) {
    place.time += 300;
    await bar.update(step);
  }
  await bar.finish("done");
  const lines = written().trimEnd().split("\n");
  assertEquals(lines.length, 11);
  assertEquals(lines[0], "Training 100 / 1000 · 4:30 min left");
  assertEquals(lines[10], "Training 1000 / 1000 · done · 5:00 min");
});

Deno.test("progress() ends early with the last that it was told", async () => {
  const { place, written } = fakePlace(true);
  const bar = progress(100, "Training", place);
  await bar.update(1);
  await bar.update(7.25, "loss 0.1"); // too soon to be shown
  await bar.finish();
  assert(written().includes("Training 7.25 / 100 · loss 0.1 · 0 s\x1b[K\n"));
});

Deno.test("progress() draws one bar in a notebook", async () => {
  const notebook = fakeNotebook();
  const { place } = fakePlace(true);
  const bar = progress(4, "<Training>", { ...place, notebook });
  await bar.update(1);
  await bar.update(2); // too soon
  await bar.finish("stopped");

  const { displayed } = notebook;
  assertEquals(displayed.length, 2);
  assertEquals(displayed.map(({ options }) => options.update), [false, true]);
  assertEquals(displayed[1]!.bundle, {
    "text/html":
      '<div><progress value="0.5"></progress> &lt;Training&gt; 2 / 4 · stopped · 0 s</div>',
    "text/plain": "<Training> 2 / 4 · stopped · 0 s",
  });
});

Deno.test("progress() refuses a total that cannot be reached", () => {
  for (const total of [0, -1, NaN, Infinity]) {
    assertThrows(() => progress(total, "a"), RangeError, `got ${total}`);
  }
});
