import { orderNegatives } from "./draw.ts";
import { upperBound } from "../../numeric/search.ts";
import type { AnchorRow } from "../batch/rows.ts";

/**
 * Finds for each positive the nearest negative that is farther, or -1; of equal
 * ones the first.
 */
export function nextNegatives(row: AnchorRow): Int32Array {
  return nextByCells(row) ?? nextByOrder(row);
}

/** The same by sorting all negatives: O(n log n), whatever the distances. */
export function nextByOrder(row: AnchorRow): Int32Array {
  const { images, distances } = orderNegatives(row);
  return row.positives.map((positive) =>
    images[upperBound(distances, row.distances[positive]!)] ?? -1
  );
}

/**
 * The same many times faster, as few of a row's negatives are ever compared.
 * They are dropped into cells of equal width, as many as there are of them, and
 * a positive looks through its own cell and the next one; an empty cell has what
 * the next has. Gives up where the distances crowd in a few cells, and so bounds
 * its time.
 */
export function nextByCells(row: AnchorRow): Int32Array | undefined {
  const { distances, positives, negatives } = row;
  const [least, most] = rangeOf(distances, positives);
  // The last cell has but the nearest of those beyond the farthest positive.
  const last = negatives.length;
  const scale = most > least ? (last - 1) / (most - least) : 0;
  // A cell's last negative, and of each negative the one before it; 0 for none.
  const heads = headRoom(last + 1);
  const others = otherRoom(last + 1);
  let beyond = Infinity;
  for (let i = 0; i < last; i++) {
    const distance = distances[negatives[i]!]!;
    if (distance <= least) continue;
    if (distance <= most) {
      const cell = (distance - least) * scale | 0;
      others[i + 1] = heads[cell]!;
      heads[cell] = i + 1;
    } else if (distance < beyond) {
      beyond = distance;
      heads[last] = i + 1;
    }
  }
  for (let cell = last - 1; cell > 0; cell--) {
    if (heads[cell] === 0) heads[cell] = heads[cell + 1]!;
  }
  const next = new Int32Array(positives.length);
  let compared = 0;
  for (let i = 0; i < positives.length; i++) {
    const limit = distances[positives[i]!]!;
    let nearest = Infinity;
    let found = -1;
    const own = (limit - least) * scale | 0;
    for (let cell = own; found < 0 && cell <= own + 1; cell++) {
      for (let j = heads[cell]!; j > 0; j = others[j]!) {
        const negative = negatives[j - 1]!;
        const distance = distances[negative]!;
        // From the last to the first: of equal ones the first remains.
        if (distance > limit && distance <= nearest) {
          nearest = distance;
          found = negative;
        }
        compared++;
      }
    }
    if (compared > 16 * last) return undefined;
    next[i] = found;
  }
  return next;
}

/** Room that all rows share, as new arrays for each would take a fifth of the time. */
const headRoom = createRoom();
const otherRoom = createRoom();

function createRoom(): (size: number) => Int32Array {
  let room = new Int32Array(0);
  return (size) => {
    if (room.length < size) room = new Int32Array(size);
    return room.fill(0, 0, size);
  };
}

function rangeOf(
  distances: Float32Array,
  images: Int32Array,
): [least: number, most: number] {
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < images.length; i++) {
    const distance = distances[images[i]!]!;
    if (distance < least) least = distance;
    if (distance > most) most = distance;
  }
  return [least, most];
}
