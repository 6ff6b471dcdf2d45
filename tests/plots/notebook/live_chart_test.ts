import { lineChart } from "../../../lib/plots/figures/line_chart.ts";
import { liveChart } from "../../../lib/plots/notebook/live_chart.ts";
import { assert, assertEquals } from "../../assert.ts";
import { fakeNotebook } from "./fake_notebook.ts";

const chart = (last: number) => () => lineChart([{ name: "a", y: [0, last] }]);

Deno.test("liveChart() draws one output again, first and last for sure", async () => {
  const notebook = fakeNotebook();
  const live = liveChart(notebook);
  for (let step = 1; step <= 20; step++) await live.update(chart(step));
  await live.finish(chart(99));

  const { displayed } = notebook;
  assert(displayed.length >= 2 && displayed.length < 10);
  assertEquals(new Set(displayed.map((d) => d.options.display_id)).size, 1);
  assertEquals(
    displayed.map(({ options }) => options.update),
    displayed.map((_, i) => i > 0),
  );
  assert(JSON.stringify(displayed.at(-1)).includes("99"));
});

Deno.test("liveChart() makes no figure that it does not draw", async () => {
  let made = 0;
  const make = () => {
    made++;
    return chart(1)();
  };
  const notebook = fakeNotebook();
  const live = liveChart(notebook);
  await live.update(make);
  await live.update(make);
  assertEquals(made, 1);
  await liveChart().update(make); // not in a notebook
  assertEquals(made, 1);
});

Deno.test("liveChart() of two cells are two outputs", async () => {
  const notebook = fakeNotebook();
  await liveChart(notebook).finish(chart(1));
  await liveChart(notebook).finish(chart(1));
  const [a, b] = notebook.displayed;
  assert(a!.options.display_id !== b!.options.display_id);
  assertEquals(b!.options.update, false);
});
