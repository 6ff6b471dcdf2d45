import { imagesInPage } from "../../../lib/plots/pages/images_in_page.ts";
import { assertEquals } from "../../assert.ts";
import { FakeElement, inPage } from "./fake_elements.ts";

const figureOf = (images: string[], play = {}) => ({
  data: [],
  layout: {},
  play: { images, ...play },
});

function drawn(play = {}) {
  const place = new FakeElement();
  const draw = inPage(imagesInPage, {});
  draw(place, figureOf(["zero", "one", "two"], play));
  const panel = () => place.children[0];
  return {
    place,
    draw,
    /** The images in the panel, if it is seen. */
    seen: () =>
      panel()?.style.display === "block"
        ? panel()!.children.filter(({ tag }) => tag === "img").map((img) =>
          (img as unknown as HTMLImageElement).src.split(",")[1]
        )
        : undefined,
    close: () => panel()!.onclick(),
  };
}

const scatter = (pointNumber: number) => ({
  points: [{ data: { meta: { images: [2, null, [0, 1]] } }, pointNumber }],
});

Deno.test("imagesInPage() shows the images of the point under the pointer", () => {
  const { place, seen } = drawn();
  place.emit("plotly_hover", scatter(0));
  assertEquals(seen(), ["two"]);
  place.emit("plotly_unhover");
  assertEquals(seen(), undefined);
  place.emit("plotly_hover", scatter(1));
  assertEquals(seen(), undefined);
  place.emit("plotly_hover", scatter(2));
  assertEquals(seen(), ["zero", "one"]);
});

Deno.test("imagesInPage() finds the cell of a heat map", () => {
  const { place, seen } = drawn();
  const data = { z: [[1, 2], [3, 4]], meta: { images: [[], [], [0, 2], []] } };
  place.emit("plotly_hover", { points: [{ data, pointNumber: [1, 0] }] });
  assertEquals(seen(), ["zero", "two"]);
});

Deno.test("imagesInPage() keeps what is clicked until it is clicked itself", () => {
  const { place, seen, close } = drawn();
  place.emit("plotly_click", scatter(0));
  place.emit("plotly_unhover");
  place.emit("plotly_hover", scatter(2));
  assertEquals(seen(), ["two"]);
  place.emit("plotly_click", scatter(2));
  assertEquals(seen(), ["zero", "one"]);
  close();
  assertEquals(seen(), undefined);
});

Deno.test("imagesInPage() keeps nothing where a click goes to a step", () => {
  const { place, seen } = drawn({ clickable: true });
  place.emit("plotly_hover", scatter(0));
  place.emit("plotly_click", scatter(0));
  assertEquals(seen(), undefined);
});

Deno.test("imagesInPage() takes the images of a figure that is drawn there later", () => {
  const { place, draw, seen } = drawn();
  draw(place, figureOf(["a", "b", "c"]));
  place.emit("plotly_hover", scatter(0));
  assertEquals(seen(), ["c"]);
  assertEquals(place.listeners.get("plotly_hover")!.length, 1);
});
