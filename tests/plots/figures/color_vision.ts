/** A color as three numbers. */
export type Triple = [number, number, number];

/**
 * What is left of linear red, green and blue for eyes without one kind of cones:
 * Machado, Oliveira and Fernandes 2009, "A Physiologically-based Model for
 * Simulation of Color Vision Deficiency", severity 1.
 */
export const eyes: Record<string, Triple[]> = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Linear red, green and blue in [0, 1] of "#rrggbb". */
export function linear(color: string): Triple {
  const parts = /^#(..)(..)(..)$/.exec(color)!.slice(1)
    .map((part) => parseInt(part, 16) / 255);
  return parts.map((v) =>
    v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
  ) as Triple;
}

/** The color in Oklab (Ottosson 2020), as an eye sees it. */
export function seen(color: string, eye: Triple[]): Triple {
  const [r, g, b] = times(eye, linear(color))
    .map((v) => Math.min(1, Math.max(0, v))) as Triple;
  const cones = times([
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
  ], [r, g, b]).map(Math.cbrt) as Triple;
  return times([
    [0.2104542553, 0.793617785, -0.0040720468],
    [1.9779984951, -2.428592205, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.808675766],
  ], cones);
}

/** How far two colors are apart in Oklab: black and white are 1 apart. */
export function difference(a: string, b: string, eye: Triple[]): number {
  const [one, other] = [seen(a, eye), seen(b, eye)];
  return Math.hypot(...one.map((value, i) => value - other[i]!));
}

/** The contrast of a color to white, by WCAG 2. */
export function contrastToWhite(color: string): number {
  const [r, g, b] = linear(color);
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05);
}

function times(matrix: Triple[], [x, y, z]: Triple): Triple {
  return matrix.map(([a, b, c]) => a * x + b * y + c * z) as Triple;
}
