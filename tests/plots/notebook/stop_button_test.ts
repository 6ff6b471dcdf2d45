import { stopButton } from "../../../lib/plots/notebook/stop_button.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { fakeNotebook } from "./fake_notebook.ts";

async function read(address: string, method = "GET"): Promise<string> {
  const response = await fetch(address, { method });
  const text = await response.text();
  return `${response.status} ${text}`;
}

permittedTest(
  "stopButton() serves a button, and aborts when it is pressed",
  ["net"],
  async () => {
    const notebook = fakeNotebook();
    const { signal, finish } = await stopButton("A <run>", notebook);
    const html = notebook.displayed[0]!.bundle["text/html"] as string;
    const [, address] = /src="([^"]+)"/.exec(html)!;
    assert((await read(address!)).includes("<button>Stop: A &lt;run&gt;<"));
    assertEquals(await read(`${new URL(address!).origin}/`), "404 Not found");
    await read(`${new URL(address!).origin}/`, "POST");
    assert(!signal.aborted);
    assert((await read(address!, "POST")).includes("ends after this step"));
    assert(signal.aborted);

    await finish();
    const { bundle, options } = notebook.displayed[1]!;
    assertEquals(options, {
      display_id: notebook.displayed[0]!.options.display_id!,
      update: true,
    });
    assertEquals(bundle["text/plain"], "A <run>: stopped by the button");
    assertEquals(
      bundle["text/html"],
      "<div>A &lt;run&gt;: stopped by the button</div>",
    );
    await assertRejects(() => fetch(address!), TypeError);
  },
);

permittedTest("stopButton() says when nobody pressed it", ["net"], async () => {
  const notebook = fakeNotebook();
  const { signal, finish } = await stopButton("A run", notebook);
  await finish();
  assert(!signal.aborted);
  assertEquals(
    notebook.displayed[1]!.bundle["text/plain"],
    "A run: not stopped",
  );
});

Deno.test("stopButton() is nothing outside of a notebook", async () => {
  const { signal, finish } = await stopButton("A run");
  await finish();
  assert(!signal.aborted);
});
