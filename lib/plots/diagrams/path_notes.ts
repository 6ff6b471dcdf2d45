import type { PlotlyObject } from "../figures/figure.ts";
import { colors } from "../figures/style.ts";
import {
  arrowBack,
  HEIGHT,
  LOSS,
  NETWORK,
  pointOf,
  roles,
  SPHERE,
} from "./path_layout.ts";
import { arrow, note, type Pixel } from "./path_parts.ts";

/** All texts and arrows of the drawing. */
export function pathNotes(): PlotlyObject[] {
  return [...headings(), ...arrows(), ...names()];
}

function headings(): PlotlyObject[] {
  const [network, loss] = [NETWORK, LOSS].map(([a, b]) =>
    [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] as Pixel
  ) as [Pixel, Pixel];
  const { center } = SPHERE;
  return [
    note("<b>three images</b> x", [52, 12]),
    note("<b>one network</b> f", [network[0], 12]),
    note("<b>embeddings</b> f(x)<br>on the unit sphere", [center[0], 22]),
    note("<b>triplet loss</b>", [loss[0], 92]),
    note("the same<br>weights θ<br>for all<br>three", network),
    note("max(0,<br>d²(a, p) − d²(a, n) + α)", loss, { size: 14 }),
    note("the gradient g of the loss says how to change θ", [
      390,
      HEIGHT - 10,
    ], { color: colors.muted, size: 12 }),
  ];
}

function arrows(): PlotlyObject[] {
  return [
    ...roles.map(({ y }) => arrow([80, y], [NETWORK[0][0] - 2, y])),
    ...roles.map((role) => {
      const [x, y] = pointOf(role);
      return arrow([NETWORK[1][0] + 2, role.y], [
        x - 9,
        y + (role.y > y ? 3 : -4),
      ], role.color);
    }),
    arrow([460, 158], [LOSS[0][0] - 3, 158]),
    arrow(...arrowBack(), colors.muted),
  ];
}

/** What stands beside images, points and distances. */
function names(): PlotlyObject[] {
  const [a, p, n] = roles.map(pointOf) as [Pixel, Pixel, Pixel];
  return [
    ...roles.map(({ name, color, y }) =>
      note(name, [44, y + 41], { color, size: 12 })
    ),
    note("<b>a</b>", [a[0] + 14, a[1] - 12]),
    note("<b>p</b>", [p[0] + 13, p[1] + 14], { color: colors.blue }),
    note("<b>n</b>", [n[0] + 14, n[1] + 10], { color: colors.orange }),
    note("near", [a[0] + 20, (a[1] + p[1]) / 2 + 4], {
      color: colors.blue,
      size: 12,
    }),
    note("far", [(a[0] + n[0]) / 2 + 16, (a[1] + n[1]) / 2 - 10], {
      color: colors.orange,
      size: 12,
    }),
  ];
}
