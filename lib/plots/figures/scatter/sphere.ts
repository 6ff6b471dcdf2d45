import type { PlotlyObject } from "../figure.ts";

const circlesOfLatitude = 5;
const circlesOfLongitude = 6;
/** Straight pieces of a circle. */
const pieces = 24;

/**
 * The unit sphere: thin circles of latitude and longitude, and a surface like
 * thin paper, through which the points behind it are seen. The surface is a
 * little smaller, so that points on the sphere are before it.
 */
export function sphereTraces(): PlotlyObject[] {
  return [circles(), surface()];
}

function surface(): PlotlyObject {
  const rows = Array.from({ length: pieces / 2 + 1 }, (_, i) => i);
  const columns = Array.from({ length: pieces + 1 }, (_, i) => i);
  const grid = (at: (height: number, turn: number) => number) =>
    rows.map((row) =>
      columns.map((column) =>
        Number(
          (0.97 * at(
            2 * Math.PI * row / pieces - Math.PI / 2,
            2 * Math.PI * column / pieces,
          )).toFixed(3),
        )
      )
    );
  return {
    type: "surface",
    name: "its surface",
    x: grid((height, turn) => Math.cos(height) * Math.cos(turn)),
    y: grid((height, turn) => Math.cos(height) * Math.sin(turn)),
    z: grid((height) => Math.sin(height)),
    colorscale: [[0, "#f4f5f7"], [1, "#f4f5f7"]],
    showscale: false,
    opacity: 0.55,
    lighting: { ambient: 1, diffuse: 0, specular: 0, fresnel: 0 },
    contours: { x: bare, y: bare, z: bare },
    hoverinfo: "skip",
    meta: { isBackground: true },
  };
}

/** Without lines at what the pointer is over. */
const bare = { highlight: false };

function circles(): PlotlyObject {
  const [x, y, z]: (number | null)[][] = [[], [], []];
  const add = (point: readonly (number | null)[]) => {
    [x, y, z].forEach((values, i) => values!.push(point[i]!));
  };
  const circle = (at: (angle: number) => readonly number[]) => {
    for (let i = 0; i <= pieces; i++) {
      add(at(2 * Math.PI * i / pieces).map((one) => Number(one.toFixed(3))));
    }
    add([null, null, null]);
  };
  for (let i = 1; i <= circlesOfLatitude; i++) {
    const height = Math.PI * (i / (circlesOfLatitude + 1) - 0.5);
    const radius = Math.cos(height);
    circle((angle) => [
      radius * Math.cos(angle),
      radius * Math.sin(angle),
      Math.sin(height),
    ]);
  }
  for (let i = 0; i < circlesOfLongitude; i++) {
    const turn = Math.PI * i / circlesOfLongitude;
    circle((angle) => [
      Math.cos(angle) * Math.cos(turn),
      Math.cos(angle) * Math.sin(turn),
      Math.sin(angle),
    ]);
  }
  return {
    type: "scatter3d",
    mode: "lines",
    name: "unit sphere",
    x,
    y,
    z,
    line: { color: "#c3c8d0", width: 1 },
    hoverinfo: "skip",
    showlegend: false,
  };
}
