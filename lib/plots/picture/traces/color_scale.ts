import { list } from "../../figures/read.ts";

/** A place in [0, 1] and its color. */
type Stop = [place: number, color: [red: number, green: number, blue: number]];

// Plotly's own scale where a figure names none, or one that is not written out here.
const usual = [[0, "#0d0887"], [0.25, "#7e03a8"], [0.5, "#cc4778"], [
  0.75,
  "#f89540",
], [1, "#f0f921"]];

/**
 * Makes a function that gives the color of a share in [0, 1].
 *
 * @param scale As Plotly has it: `[[0, "#ffffff"], [1, "#2f7fc1"]]`; other colors
 * than those of six digits count as unknown.
 */
export function colorScale(scale: unknown): (share: number) => string {
  const given = list(scale);
  const stops = (given.length > 1 ? given : usual).map((stop): Stop => {
    const [place, color] = list(stop);
    const parts = /^#(..)(..)(..)$/.exec(String(color))?.slice(1) ?? [];
    const [red = 128, green = 128, blue = 128] = parts
      .map((part) => parseInt(part, 16));
    return [Number(place), [red, green, blue]];
  });
  return (any) => {
    const share = Math.min(stops.at(-1)![0], Math.max(stops[0]![0], any));
    const after = Math.max(1, stops.findIndex(([place]) => place >= share));
    const [from, low] = stops[after - 1]!;
    const [to, high] = stops[after]!;
    const along = (share - from) / (to - from || 1);
    const mixed = low.map((part, i) =>
      Math.round(part + along * (high[i]! - part)).toString(16).padStart(2, "0")
    );
    return `#${mixed.join("")}`;
  };
}

/** Black or white, whichever is easier to read on a color of six digits. */
export function inkOn(color: string): string {
  const [red = 0, green = 0, blue = 0] =
    /^#(..)(..)(..)$/.exec(color)?.slice(1).map((part) => parseInt(part, 16)) ??
      [];
  return 0.299 * red + 0.587 * green + 0.114 * blue > 140
    ? "#24292f"
    : "#ffffff";
}
