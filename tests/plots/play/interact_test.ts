import { lineChart } from "../../../lib/plots/figures/line_chart.ts";
import { FIRST_FIGURE_TYPE } from "../../../lib/plots/notebook/figure_bundle.ts";
import { interact } from "../../../lib/plots/play/interact.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { type FakeNotebook, fakeNotebook } from "../notebook/fake_notebook.ts";

const controls = {
  margin: { min: 0, max: 1, step: 0.05, value: 0.2, label: "margin <α>" },
};
const chart = (y: number) => lineChart([{ name: "a", y: [y] }]);

/** Where the page of an output asks. */
function addressOf(notebook: FakeNotebook, output = 0): string {
  const html = notebook.displayed[output]!.bundle["text/html"] as string;
  const addresses = html.match(/http:\/\/127[^"]+/g)!;
  return addresses.at(-1)!;
}

async function move(address: string, values: unknown) {
  const body = JSON.stringify(values);
  const response = await fetch(address, { method: "POST", body });
  return [response.status, await response.json()];
}

permittedTest("interact() shows a figure and answers sliders with another", [
  "net",
], async () => {
  const notebook = fakeNotebook();
  await interact(controls, ({ margin }) => chart(margin), notebook);
  const [{ bundle }] = notebook.displayed as [FakeNotebook["displayed"][0]];
  assertEquals(Object.keys(bundle), [
    FIRST_FIGURE_TYPE,
    "text/plain",
    "text/html",
  ]);
  const { data } = bundle[FIRST_FIGURE_TYPE] as ReturnType<typeof chart>;
  assertEquals(data, chart(0.2).data);
  const html = bundle["text/html"] as string;
  assert(html.includes('"margin \\u003cα>"'), "the label ends no script");

  const [status, { figure }] = await move(addressOf(notebook), { margin: 0.7 });
  assertEquals(status, 200);
  assertEquals(figure.data, chart(0.7).data);
});

permittedTest(
  "interact() says what is wrong, and goes on",
  ["net"],
  async () => {
    const notebook = fakeNotebook();
    await interact(controls, ({ margin }) => {
      if (margin === 1) throw new RangeError("Cannot draw: got 1");
      return chart(margin);
    }, notebook);
    const address = addressOf(notebook);
    assertEquals(await move(address, { margin: 1 }), [
      400,
      { error: "Cannot draw: got 1" },
    ]);
    for (const wrong of [{}, null, { margin: 1.5 }, { margin: "0.5" }, [0.5]]) {
      const [status, { error }] = await move(address, wrong);
      assertEquals(status, 400);
      assert(error.startsWith("Cannot move a slider: expected margin from 0"));
    }
    const garbage = await fetch(address, { method: "POST", body: "{" });
    assertEquals(garbage.status, 400);
    await garbage.text();
    assertEquals((await move(address, { margin: 0.5 }))[0], 200);
  },
);

permittedTest(
  "interact() makes one figure after the other",
  ["net"],
  async () => {
    const notebook = fakeNotebook();
    const log: string[] = [];
    await interact(controls, async ({ margin }) => {
      log.push(`begin ${margin}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
      log.push(`end ${margin}`);
      return chart(margin);
    }, notebook);
    const address = addressOf(notebook);
    log.length = 0;
    await Promise.all([0.1, 0.3].map((margin) => move(address, { margin })));
    assertEquals(log.map((line) => line.split(" ")[0]), [
      "begin",
      "end",
      "begin",
      "end",
    ]);
  },
);

permittedTest("interact() takes the page of an earlier run away", [
  "net",
], async () => {
  const notebook = fakeNotebook();
  const cell = () =>
    interact(controls, ({ margin }) => chart(margin), notebook);
  const other = () =>
    interact(controls, ({ margin }) => chart(-margin), notebook);
  await cell();
  await other();
  await cell();
  const [first, second, third] = [0, 1, 2].map((i) => addressOf(notebook, i));
  await assertRejects(() => move(first!, { margin: 0 }), TypeError);
  assertEquals((await move(second!, { margin: 0 }))[0], 200);
  assertEquals((await move(third!, { margin: 0 }))[0], 200);
});

Deno.test("interact() refuses sliders that cannot be", async () => {
  const { margin } = controls;
  const wrong: [Parameters<typeof interact>[0], string][] = [
    [{}, "expected a slider, got none"],
    [{ margin: { ...margin, max: 0 } }, "margin.max to be a number above 0"],
    [{ margin: { ...margin, value: 2 } }, "margin.value to be a number from 0"],
    [{ margin: { ...margin, step: 0 } }, "margin.step to be a number above 0"],
  ];
  for (const [sliders, message] of wrong) {
    await assertRejects(
      () => interact(sliders, () => chart(1)),
      RangeError,
      message,
    );
  }
  await assertRejects(
    () => interact(controls, () => undefined as never),
    RangeError,
    "expected a figure, got nothing",
  );
});

Deno.test("interact() makes the first figure outside of a notebook", async () => {
  const values: number[] = [];
  await interact({ k: { min: 1, max: 3, value: 2 } }, ({ k }) => {
    values.push(k);
    return chart(k);
  });
  assertEquals(values, [2]);
});
