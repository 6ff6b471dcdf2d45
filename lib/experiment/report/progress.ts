import { whole } from "./text.ts";

/** Makes what tells how many images are done, and how long the rest takes. */
export function imageProgress(
  doing: string,
  say: (text: string) => void,
): (done: number, total: number) => void {
  const start = performance.now();
  return (done, total) => {
    const left = (performance.now() - start) / 1000 * (total / done - 1);
    const wait = done < total ? `, about ${Math.ceil(left)} s left` : "";
    say(`${doing} ${whole(done)} of ${whole(total)} images${wait}`);
  };
}

/** Measures how long the parts of some work take. */
export function startClock() {
  const start = performance.now();
  let last = start;
  const laps: Record<string, number> = {};
  const rounded = (milliseconds: number) => Math.round(milliseconds) / 1000;
  return {
    /** Ends a part of this name. */
    lap(name: string): void {
      const now = performance.now();
      laps[name] = rounded(now - last);
      last = now;
    },
    /** The parts, and the whole until now. */
    seconds: () => ({ total: rounded(performance.now() - start), ...laps }),
  };
}
