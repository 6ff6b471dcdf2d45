import { type Figure, figureTitle } from "../figures/figure.ts";
import { number, object, text } from "../figures/read.ts";
import { label } from "../encode/svg.ts";
import type { Type } from "./axes/draw_axis.ts";

/** Draws the title of a figure, if it has one. */
export function drawTitle(figure: Figure, { ink, fontSize }: Type): string {
  const written = figureTitle(figure);
  if (!written) return "";
  const settings = object(figure.layout.title);
  const size = number(object(settings.font).size, fontSize * 1.4);
  const pad = object(settings.pad);
  const share = number(settings.x, 0.5);
  const anchor = { left: "start", center: "middle", right: "end" } as const;
  const usual = share < 1 / 3 ? "left" : share > 2 / 3 ? "right" : "center";
  const place = text(settings.xanchor, usual) as keyof typeof anchor;
  return label(
    written,
    share * number(figure.layout.width, 640) + number(pad.l, 0),
    number(pad.t, 14) - 3,
    {
      size,
      color: ink,
      anchor: anchor[place] ?? anchor[usual],
      vertical: "below",
    },
  );
}
