import type { Mark } from "../../encode/marks.ts";
import type { PlotlyObject } from "../../figures/figure.ts";
import { number, text } from "../../figures/read.ts";

/** A picture in pixels of its own, whose number stands in the PNG file's head. */
export function imageMark(trace: PlotlyObject): Mark {
  const source = text(trace.source, "");
  const head = /^data:image\/png;base64,([\w+/]{32})/.exec(source)?.[1] ?? "";
  const bytes = new DataView(
    Uint8Array.fromBase64(head.padEnd(32, "A")).buffer,
  );
  const x = number(trace.x0, 0) - 0.5;
  const y = number(trace.y0, 0) - 0.5;
  return {
    kind: "picture",
    x: [x, x + bytes.getUint32(16) * number(trace.dx, 1)],
    y: [y, y + bytes.getUint32(20) * number(trace.dy, 1)],
    source,
  };
}
