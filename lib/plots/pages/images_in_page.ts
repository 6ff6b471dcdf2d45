import type { Figure } from "../figures/figure.ts";
import type { DrawnFigure, PlotlyEvent } from "./drawn_figure.ts";

/**
 * Shows the images of a drawn figure's points beside the pointer, and keeps
 * them after a click. This runs in the page, not here: its source is what a
 * figure's `text/html` holds, so it uses nothing from outside of it.
 *
 * It can be called again after another figure has been drawn there.
 */
export function imagesInPage(place: DrawnFigure, figure: Figure): void {
  const key = "facenetImages";
  let files = figure.play?.images ?? [];
  const known = place as DrawnFigure & { [key]?: (files: string[]) => void };
  if (known[key]) return known[key](files);
  known[key] = (now) => files = now;

  const panel = document.createElement("div");
  panel.className = "facenet-images";
  panel.style.cssText =
    "position:absolute;display:none;z-index:9;padding:4px;cursor:pointer;background:white;border:1px solid #9ca3af;border-radius:4px;color:#24292f;font:12px system-ui";
  place.style.position = "relative";
  let isPinned = false;
  let pointer = { clientX: 0, clientY: 0 };
  place.addEventListener("pointermove", (event) => pointer = event, true);
  const hide = () => {
    isPinned = false;
    panel.style.display = "none";
  };
  panel.onclick = hide;
  const fill = (images: number[], most: number) => {
    const side = images.length === 1 ? 84 : 48;
    const shown = images.slice(0, most).map((image) => {
      const picture = document.createElement("img");
      picture.src = `data:image/png;base64,${files[image]}`;
      picture.alt = `image ${image}`;
      picture.style.cssText =
        `width:${side}px;height:${side}px;margin:1px;float:left;image-rendering:pixelated`;
      return picture;
    });
    const note = document.createElement("div");
    note.style.clear = "both";
    const rest = images.length - shown.length;
    note.textContent = [
      ...(rest > 0 ? [`and ${rest} more`] : []),
      ...(isPinned ? ["(click here to close)"] : []),
    ].join(" ");
    panel.replaceChildren(...shown, note);
    const room = Math.floor((place.clientWidth - 20) / (side + 2));
    const width = Math.min(shown.length, room, 10) * (side + 2);
    panel.style.width = `${Math.max(width, isPinned ? 130 : 0)}px`;
  };
  const show = (images: number[], most: number) => {
    fill(images, most);
    panel.style.display = "block";
    // Under the pointer, it would take the hovering away from the figure.
    panel.style.pointerEvents = isPinned ? "auto" : "none";
    place.append(panel);
    const { left, top } = place.getBoundingClientRect();
    const x = pointer.clientX - left - panel.offsetWidth / 2;
    const y = pointer.clientY - top;
    const above = y - panel.offsetHeight - 24;
    const room = place.clientWidth - panel.offsetWidth;
    panel.style.left = `${Math.max(0, Math.min(room, x))}px`;
    panel.style.top = `${above >= 0 ? above : y + 24}px`;
  };
  const imagesAt = ({ points: [point] = [] }: PlotlyEvent): number[] => {
    const meta = point?.data.meta as { images?: unknown[] } | undefined;
    if (!point || !meta?.images) return [];
    const { data, pointNumber: place } = point;
    const columns = () => (data.z as ArrayLike<unknown>[])[0]!.length;
    const index = typeof place === "number"
      ? place
      : place[0] * columns() + place[1];
    const images = meta.images[index];
    return typeof images === "number" ? [images] : images as number[] ?? [];
  };
  place.on("plotly_hover", (event) => {
    const images = imagesAt(event);
    if (!isPinned && images.length > 0) show(images, 20);
  });
  place.on("plotly_unhover", () => isPinned || hide());
  place.on("plotly_click", (event) => {
    const images = imagesAt(event);
    if (images.length === 0 || figure.play?.clickable) return hide();
    isPinned = true;
    show(images, 100);
  });
}
