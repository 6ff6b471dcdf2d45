import type { PageFacts } from "../format/page_data.ts";
import { drawMap } from "./map.ts";
import { type Gallery, type PageAnswer, shortDistance } from "./recognize.ts";

/** What shows answers in the page. */
export interface AnswerView {
  show(image: Uint8Array, answer: PageAnswer): void;
  /** Where nothing is drawn. */
  clear(): void;
}

/** The largest squared distance that a bar shows at full height, at least. */
const fullHeight = 2.6;

/** Draws answers into the elements of `appMarkup`. */
export function answerView(
  root: HTMLElement,
  gallery: Gallery,
  { accept, refuse }: PageFacts,
): AnswerView {
  const find = <T extends Element = HTMLElement>(selector: string) =>
    root.querySelector<T>(selector)!;
  const digit = find("[data-part=digit]");
  const answer = find("[data-part=answer]");
  const bars = [...root.querySelectorAll<HTMLElement>("[data-digit]")];
  const neighbors = [
    ...root.querySelectorAll<HTMLElement>("[data-part=neighbors] li"),
  ];
  const moveRing = drawMap(find<SVGElement>("[data-part=map]"), gallery);
  return {
    show(image, { verdict, digit: nearest, distances, ...rest }) {
      root.dataset.verdict = verdict;
      answer.style.opacity = "1";
      digit.textContent = verdict === "none"
        ? "none"
        : `${nearest}${verdict === "not sure" ? "?" : ""}`;
      drawBytes(find<HTMLCanvasElement>("[data-part=seen]"), image);
      const top = Math.max(fullHeight, 1.1 * Math.max(...distances));
      const share = (value: number) => `${(100 * value / top).toFixed(2)}%`;
      root.style.setProperty("--accept", share(accept));
      root.style.setProperty("--refuse", share(refuse));
      bars.forEach((bar, i) => {
        const distance = distances[i]!;
        bar.classList.toggle("nearest", i === nearest);
        bar.style.setProperty("--height", share(distance));
        bar.style.setProperty("--share", `${distance / top}`);
        bar.querySelector("span")!.textContent = shortDistance(distance);
      });
      rest.neighbors.forEach(({ index, distance }, i) => {
        const canvas = neighbors[i]!.querySelector("canvas")!;
        drawBytes(
          canvas,
          gallery.images.subarray(784 * index, 784 * (index + 1)),
        );
        const label = document.createElement("b");
        label.textContent = `${gallery.labels[index]}`;
        neighbors[i]!.querySelector("span")!
          .replaceChildren(label, ` ${shortDistance(distance)}`);
      });
      moveRing(rest.place);
    },
    clear() {
      delete root.dataset.verdict;
      digit.textContent = "";
      find("[data-part=time]").textContent = "";
      moveRing();
    },
  };
}

/** Draws `[28, 28]` bytes, white on black. */
function drawBytes(canvas: HTMLCanvasElement, bytes: Uint8Array): void {
  const picture = new ImageData(28, 28);
  bytes.forEach((value, i) => {
    picture.data.set([value, value, value, 255], 4 * i);
  });
  canvas.getContext("2d")!.putImageData(picture, 0, 0);
}
