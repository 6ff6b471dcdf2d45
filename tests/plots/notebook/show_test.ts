import * as tf from "@tensorflow/tfjs";
import { PLOTLY_TYPE } from "../../../lib/plots/notebook/figure_bundle.ts";
import { lineChart } from "../../../lib/plots/figures/line_chart.ts";
import { currentNotebook } from "../../../lib/plots/notebook/output.ts";
import { show, type Showable } from "../../../lib/plots/notebook/show.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { fakeNotebook } from "./fake_notebook.ts";

await tf.setBackend("cpu");

const chart = lineChart([{ name: "rate", y: [1, 2] }], { title: "Rates" });

Deno.test("show() displays each kind of value once, with a plain text", async () => {
  const kinds: [Showable, string[]][] = [
    [chart, [PLOTLY_TYPE, "text/html", "text/plain"]],
    [
      {
        html: "<p></p><script>1</script>",
        picture: "<svg></svg>",
        text: "[p]",
      },
      ["text/html", "image/svg+xml", "text/plain"],
    ],
    ["**bold**", ["text/markdown", "text/plain"]],
    [[{ a: 1 }], ["text/html", "text/plain"]],
    [tf.zeros([2, 3]), ["text/html", "text/plain"]],
    [
      { values: new Float32Array(6), count: 2, size: 3 },
      ["text/html", "text/plain"],
    ],
    [
      tf.zeros([2, 28, 28, 1]),
      [PLOTLY_TYPE, "text/html", "image/png", "text/plain"],
    ],
  ];
  for (const [value, types] of kinds) {
    const notebook = fakeNotebook();
    await show(value, notebook);
    assertEquals(notebook.displayed.length, 1);
    assertEquals(Object.keys(notebook.displayed[0]!.bundle), types);
  }
});

Deno.test("show() describes the tensor that it shows as images", async () => {
  const notebook = fakeNotebook();
  const before = tf.memory().numTensors;
  const images = tf.ones([2, 28, 28, 1]);
  await show(images, notebook);
  assertEquals(
    notebook.displayed[0]!.bundle["text/plain"],
    "[figure: tensor float32 [2, 28, 28, 1], 1 … 1 · image]",
  );
  assertEquals(tf.memory().numTensors, before + 1);
});

Deno.test("show() waits until the output is sent", async () => {
  const notebook = fakeNotebook();
  let sent = false;
  notebook.display = async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    sent = true;
  };
  const start = performance.now();
  await show("text", notebook);
  assert(sent);
  assert(performance.now() - start >= 20);
});

Deno.test("show() prints text outside of a notebook", async () => {
  assertEquals(currentNotebook(), undefined);
  const printed: unknown[] = [];
  const log = console.log;
  console.log = (text) => printed.push(text);
  try {
    await show(chart);
    await show([{ a: 1 }]);
  } finally {
    console.log = log;
  }
  assertEquals(printed, ["[figure: Rates · rate]", "a\n1"]);
});

Deno.test("show() refuses what it cannot show", async () => {
  const cases: [unknown, string][] = [
    [7, "got 7"],
    [null, "got null"],
    [[], "got []"],
    [[1, 2], "got [1, 2]"],
    [{ a: 1 }, "got an object with a"],
    [
      { values: new Float32Array(5), count: 2, size: 3 },
      "expected 6 values of embeddings, got 5",
    ],
  ];
  for (const [value, message] of cases) {
    await assertRejects(
      () => show(value as Showable, fakeNotebook()),
      RangeError,
      message,
    );
  }
});
