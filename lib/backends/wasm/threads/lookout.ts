import { pause } from "./control.ts";

/** Looks between two looks at the clock. */
const round = 64;
/** Milliseconds of a round after which another program must have had the core. */
const gap = 0.5;
/** How often it does without looking then. */
const abstentions = 200;

/**
 * Makes what looks again and again for something that comes soon, as waking from a
 * sleep takes longer than most waiting. Where other programs want the core, looking
 * would only use up the time that this thread is given, so it is left for a while.
 *
 * @param looks How often it looks at the most, some 50 nanoseconds each.
 * @returns What looks, and says whether it has come.
 */
export function createLookout(
  looks: number,
): (hasCome: () => boolean) => boolean {
  let abstains = 0;
  return (hasCome) => {
    if (hasCome()) return true;
    if (abstains > 0) {
      abstains--;
      return false;
    }
    let before = performance.now();
    for (let look = 1; look < looks; look++) {
      pause();
      if (hasCome()) return true;
      if (look % round > 0) continue;
      const now = performance.now();
      if (now - before > gap) {
        abstains = abstentions;
        return false;
      }
      before = now;
    }
    return false;
  };
}
