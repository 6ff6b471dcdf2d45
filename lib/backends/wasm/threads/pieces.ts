/** Some neighbours of a row of things. */
export interface Range {
  first: number;
  count: number;
}

/** How a row of things is cut into pieces: all of one size but the last. */
export interface PieceCut {
  size: number;
  pieces: number;
}

/**
 * Cuts things into so many pieces of about equal size, or into fewer where there are
 * not as many steps.
 *
 * @param step Every size but the last is a multiple of it.
 */
export function cutEqually(total: number, pieces: number, step = 1): PieceCut {
  const size = step * Math.ceil(total / Math.max(1, pieces) / step);
  return { size, pieces: size > 0 ? Math.ceil(total / size) : 0 };
}

/**
 * Cuts things into as few pieces as a limit allows, of about equal size: a last one
 * of a few would hardly be worth its beginning.
 *
 * @param most How many a piece has at the most, if that is a multiple of `step`.
 * @param step Every size but the last is a multiple of it.
 */
export const cutInto = (total: number, most: number, step = 1): PieceCut =>
  cutEqually(total, Math.ceil(total / most), step);

/**
 * Cuts things into pieces for threads: into four, eight, … of about equal size, so
 * that two or four threads have equally many.
 *
 * @param most How many a piece has at the most, about; all are one piece if they are
 * not more.
 * @param step Every size but the last is a multiple of it.
 */
export const cutFairly = (total: number, most: number, step = 1): PieceCut =>
  cutEqually(total, fairly(total / most), step);

/** One piece, or a multiple of four that is not less than what is asked for. */
export const fairly = (pieces: number): number =>
  pieces <= 1 ? 1 : 4 * Math.ceil(pieces / 4);

/** What belongs to a piece, counted from 0. */
export function pieceOf(
  total: number,
  { size }: PieceCut,
  piece: number,
): Range {
  const first = piece * size;
  return { first, count: Math.min(size, total - first) };
}
