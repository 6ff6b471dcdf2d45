import { stepInPage } from "../../../lib/plots/pages/step_in_page.ts";
import { assertEquals } from "../../assert.ts";
import { FakeElement, inPage } from "./fake_elements.ts";

/** A drawn slideshow of three steps, and what plotly.js is asked to do. */
function drawn(active: number, play: object) {
  const place = new FakeElement();
  const steps = ["a", "b", "c"].map((label) => ({
    label,
    args: [{ y: [[label]] }, { title: label }, [0]],
  }));
  const slider = { active, pad: { t: 50 }, steps };
  place.layout = { sliders: [slider] };
  const asked: unknown[] = [];
  const Plotly = {
    relayout: (_: unknown, layout: object) => {
      asked.push(Object.values(layout)[0]);
    },
    update: (_: unknown, data: object, layout: Record<string, unknown>) => {
      slider.active = layout["sliders[0].active"] as number;
      asked.push([data, layout.title, slider.active]);
    },
  };
  const step = inPage(stepInPage, { Plotly });
  step(place, { data: [], layout: {}, play });
  return { place, asked, step };
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** Waits until so much has been asked, for ten seconds at most. */
async function until(asked: unknown[], count: number): Promise<void> {
  for (let i = 0; i < 2000 && asked.length < count; i++) await wait(5);
}
const at = (name: string, step: number) => [{ y: [[name]] }, name, step];

Deno.test("stepInPage() has a button that plays from the slider's step to the last", async () => {
  const { place, asked } = drawn(0, { interval: 1 });
  const [button] = asked.splice(0) as [{ buttons: object[] }[]];
  assertEquals(button[0]!.buttons, [{ label: "▶\ufe0e", method: "skip" }]);
  place.emit("plotly_buttonclicked");
  await until(asked, 4);
  assertEquals(asked, ["❚❚", at("b", 1), at("c", 2), "▶\ufe0e"]);
  asked.length = 0;
  place.emit("plotly_buttonclicked"); // from the first again
  await until(asked, 5);
  assertEquals(asked.slice(0, 2), ["❚❚", at("a", 0)]);
});

Deno.test("stepInPage() stops at the button, or when the slider is taken", async () => {
  for (const event of ["plotly_buttonclicked", "plotly_sliderstart"]) {
    const { place, asked } = drawn(0, { interval: 20 });
    asked.length = 0;
    place.emit("plotly_buttonclicked");
    await wait(1);
    place.emit(event);
    await wait(60);
    assertEquals(asked, ["❚❚", at("b", 1), "▶\ufe0e"]);
  }
});

Deno.test("stepInPage() goes where a clicked point says, if it is clickable", () => {
  const click = (customdata: unknown) => ({ points: [{ customdata }] });
  const { place, asked } = drawn(0, { clickable: true });
  for (const name of ["c", "elsewhere", undefined]) {
    place.emit("plotly_click", click(name));
  }
  assertEquals(asked, [at("c", 2)]);
  const other = drawn(0, {});
  other.place.emit("plotly_click", click("c"));
  assertEquals(other.asked, []);
});

Deno.test("stepInPage() listens once, however often a figure is drawn", () => {
  const { place, asked, step } = drawn(0, { clickable: true });
  step(place, { data: [], layout: {}, play: { clickable: true } });
  place.emit("plotly_click", { points: [{ customdata: "b" }] });
  assertEquals(asked, [at("b", 1)]);
});
