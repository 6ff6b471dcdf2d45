import { interactInPage } from "../../../lib/plots/pages/interact_in_page.ts";
import { assertEquals } from "../../assert.ts";
import { FakeElement, inPage } from "./fake_elements.ts";

const control = { name: "k", label: "k", min: 0, max: 10, step: 1, value: 2 };

/** A page with a figure of one slider, and a kernel that answers when told. */
function drawn() {
  const around = new FakeElement();
  const place = new FakeElement();
  place.id = ".facenet-figure";
  place.layout = { width: 500 };
  around.append(place);
  const asked: { k: number; answer: (given: unknown) => void }[] = [];
  const fetch = (_: string, { body }: { body: string }) =>
    new Promise((resolve, reject) =>
      asked.push({
        ...JSON.parse(body),
        answer: (given) =>
          given ? resolve({ json: () => Promise.resolve(given) }) : reject(),
      })
    );
  const shown: unknown[] = [];
  const react = (_: unknown, figure: unknown) => shown.push(figure);
  inPage(interactInPage, { Plotly: { react } }, { here: around }, fetch)(
    "here",
    [control],
    "http://kernel",
    [],
  );
  const [table, , message] = around.children;
  const [, input, output] = table!.children;
  return {
    asked,
    shown,
    output,
    message: message!,
    move(k: number) {
      input!.value = String(k);
      input!.oninput();
    },
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const figure = (k: number) => ({
  data: [],
  layout: { title: String(k), width: 640 },
});

Deno.test("interactInPage() asks for one figure at a time, and last for the latest", async () => {
  const { asked, shown, output, move } = drawn();
  for (const k of [3, 4, 5]) move(k);
  assertEquals(output!.textContent, "5");
  assertEquals(asked.map(({ k }) => k), [3]);
  asked[0]!.answer({ figure: figure(3) });
  await settled();
  assertEquals(asked.map(({ k }) => k), [3, 5]);
  asked[1]!.answer({ figure: figure(5) });
  await settled();
  assertEquals(asked.length, 2);
  const titles = shown.map((each) =>
    (each as ReturnType<typeof figure>).layout.title
  );
  assertEquals(titles, ["3", "5"]);
});

Deno.test("interactInPage() draws no wider than the first figure", async () => {
  const { asked, shown, move } = drawn();
  move(3);
  asked[0]!.answer({ figure: figure(3) });
  await settled();
  assertEquals((shown[0] as ReturnType<typeof figure>).layout.width, 500);
});

Deno.test("interactInPage() says what went wrong, until it goes on", async () => {
  const { asked, message, move } = drawn();
  const answers = [{ error: "Cannot draw" }, undefined, { figure: figure(1) }];
  const said: string[] = [];
  for (const [i, answer] of answers.entries()) {
    move(i);
    asked[i]!.answer(answer);
    await settled();
    said.push(message.textContent);
  }
  assertEquals(said, [
    "Cannot draw",
    "The Jupyter kernel does not answer. Run this cell in a notebook to move the figure.",
    "",
  ]);
});
