import * as is from "./kinds.ts";

const side = is.optional(is.number({ min: 10, max: 1e6 }));

/** The sides of a figure among the options that come at a place. */
export const sides = (place: number) => ({
  [`${place}.width`]: side,
  [`${place}.height`]: side,
});

export const size = () => ({ width: 320, height: 200 });
