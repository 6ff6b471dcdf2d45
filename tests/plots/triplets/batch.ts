/** Image 0 with two of its class and three others; two are equally far. */
export const neighbors = {
  distances: [0, 0.5, 0.9, 0.3, 0.6, 0.6],
  labels: [4, 4, 4, 7, 9, 8],
  anchor: 0,
};
