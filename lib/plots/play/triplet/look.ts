import { kinds } from "../../triplets/kinds.ts";

const [hard, semiHard, easy] = kinds;

/** The colors of the toy's points, bands and kinds; plain data, which its page gets too. */
export const tripletLook = {
  ink: "#24292f",
  muted: "#6b7280",
  /** Letter and color of anchor, positive and negative. */
  points: [["a", "#24292f"], ["p", "#18794e"], ["n", "#832db6"]],
  bands: { hard: hard.color, "semi-hard": semiHard.color, easy: easy.color },
  /** The same, dark enough for words on white. */
  kinds: { hard: "#b60002", "semi-hard": "#8a5a00", easy: "#1d5fd6" },
};

/** The type of {@linkcode tripletLook}. */
export type TripletLook = typeof tripletLook;
