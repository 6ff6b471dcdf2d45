import type { PlotlyObject } from "../../figures/figure.ts";
import type { AxisPlace, LineMark, Mark } from "../../encode/marks.ts";
import { each, list, number, object, text } from "../../figures/read.ts";

/** A scatter trace in the units of its axes. */
export interface ScatterTrace {
  trace: PlotlyObject;
  places: (AxisPlace | undefined)[];
  color: string;
  ink: string;
  fontSize: number;
}

/** A scatter trace as lines, error bars, points and texts. */
export function scatterMarks(scatter: ScatterTrace): Mark[] {
  const mode = text(scatter.trace.mode, "lines+markers");
  return [
    ...(mode.includes("lines") ? [line(scatter)] : []),
    ...errorBars(scatter),
    ...(mode.includes("markers") ? points(scatter) : []),
    ...(mode.includes("text") ? words(scatter) : []),
  ];
}

function line({ trace, places, color }: ScatterTrace): LineMark {
  const settings = object(trace.line);
  return {
    kind: "line",
    places,
    color: text(settings.color, color),
    width: number(settings.width, 2),
    dash: text(settings.dash, "solid"),
    opacity: number(trace.opacity, 1),
  };
}

function errorBars({ trace, places, color }: ScatterTrace): LineMark[] {
  const settings = object(trace.error_y);
  const errors = list(settings.array);
  if (errors.length === 0) return [];
  return [{
    kind: "line",
    places: places.flatMap((place, i) => {
      const error = number(errors[i], 0);
      if (!place || error === 0) return [];
      const [x, y] = place;
      return [[x, y - error], [x, y + error], undefined] as const;
    }),
    color: text(settings.color, color),
    width: number(settings.thickness, 2),
    opacity: number(trace.opacity, 1),
  }];
}

/** Points, those of one look together. */
function points({ trace, places, color }: ScatterTrace): Mark[] {
  const marker = object(trace.marker);
  const border = object(marker.line);
  const looks = new Map<string, Mark & { places: AxisPlace[] }>();
  const arrows: Mark[] = [];
  places.forEach((place, i) => {
    if (!place) return;
    const symbol = text(each(marker.symbol, i), "circle");
    const size = number(each(marker.size, i), 6);
    const own = text(each(marker.color, i), color);
    if (symbol.startsWith("arrow")) {
      // It points along its line; where that begins, nowhere.
      const from = places[i - 1];
      if (from && size > 0) {
        const standoff = number(each(marker.standoff, i), 0);
        arrows.push({
          kind: "arrow",
          places: [from, place],
          color: own,
          size,
          standoff,
        });
      }
      return;
    }
    const look = {
      kind: "points" as const,
      symbol,
      size,
      color: own,
      opacity: number(each(marker.opacity, i), number(trace.opacity, 1)),
      border: {
        width: number(each(border.width, i), 0),
        color: text(each(border.color, i), "#444444"),
      },
    };
    const key = JSON.stringify(look);
    const same = looks.get(key) ?? { ...look, places: [] };
    looks.set(key, same);
    same.places.push(place);
  });
  return [...looks.values(), ...arrows];
}

function words({ trace, places, ink, fontSize }: ScatterTrace): Mark[] {
  const font = object(trace.textfont);
  const marker = object(trace.marker);
  const isMarked = text(trace.mode, "").includes("markers");
  const there = places.flatMap((place, i) => place ? [{ place, i }] : []);
  return [{
    kind: "words",
    places: there.map(({ place }) => place),
    texts: there.map(({ i }) => String(each(trace.text, i) ?? "")),
    colors: there.map(({ i }) => text(each(font.color, i), ink)),
    size: number(font.size, fontSize),
    position: text(each(trace.textposition, 0), "middle center"),
    distance: isMarked ? number(each(marker.size, 0), 6) / 2 : 0,
  }];
}
