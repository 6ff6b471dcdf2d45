import { colors } from "../figures/style.ts";
import type { Pixel } from "./path_parts.ts";

/** All places of the drawing are in its pixels. */
export const WIDTH = 700;
export const HEIGHT = 330;
/** The three images, from above to below, and where on the circle their points lie. */
export const roles = [
  { name: "anchor", letter: "a", color: colors.ink, y: 62, angle: 158 },
  { name: "positive", letter: "p", color: colors.blue, y: 158, angle: 196 },
  { name: "negative", letter: "n", color: colors.orange, y: 254, angle: 322 },
];
/** Upper left and lower right corners. */
export const NETWORK: [Pixel, Pixel] = [[122, 56], [222, 260]];
export const LOSS: [Pixel, Pixel] = [[510, 112], [692, 204]];
export const SPHERE = { center: [358, 158] as Pixel, radius: 94 };

/** Where the embedding of a role lies. */
export function pointOf({ angle }: typeof roles[number]): Pixel {
  const { center: [x, y], radius } = SPHERE;
  const turn = angle * Math.PI / 180;
  return [x + radius * Math.cos(turn), y - radius * Math.sin(turn)];
}

/** The last part of the way from the loss back to the network. */
export function arrowBack(): [Pixel, Pixel] {
  const x = (NETWORK[0][0] + NETWORK[1][0]) / 2;
  return [[x, HEIGHT - 24], [x, NETWORK[1][1]]];
}
