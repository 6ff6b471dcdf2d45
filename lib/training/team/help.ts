import type { Colleagues, Errand } from "../../backends/divided_batch.ts";
import { come, haveAllCome, throwIfBroken, waitForAll } from "./barrier.ts";
import type { Shared } from "./shared.ts";
import {
  done,
  empty,
  layCall,
  makeCall,
  offered,
  taken,
  takeOutputs,
  type Tray,
} from "./tray.ts";

/** Milliseconds between two looks of a thread that has nothing to do. */
const pause = 0.2;

/**
 * Makes what the threads of a team do errands by. No two cores are equally fast at
 * the same time, and a team is as fast as its slowest thread: whoever is ready
 * takes over what others have not begun. It makes the same bits of it.
 *
 * @param rank Which thread this is.
 */
export function createHelp(
  { counts, helpers, trays }: Pick<Shared, "counts" | "helpers" | "trays">,
  rank: number,
): Colleagues["doTogether"] {
  const own = trays[rank]!;
  const others = [...trays.slice(rank + 1), ...trays.slice(0, rank)].flat();

  const doOwn = (errands: readonly Errand[]): void => {
    // A backward pass ends with a network's largest layers.
    const todo = errands.toReversed();
    const lent = new Map<Tray, Errand>();
    const haveHelp = () => Atomics.load(helpers, 0) > 0;

    const acceptDone = (): void => {
      for (const [tray, { call, accept }] of lent) {
        if (Atomics.load(tray.state, 0) !== done) continue;
        accept(takeOutputs(tray, call));
        put(tray, empty);
        lent.delete(tray);
      }
    };
    const offer = (): void => {
      for (const tray of own) {
        if (todo.length < 2) return;
        if (lent.has(tray)) continue;
        const next = todo.shift()!;
        if (layCall(tray, next.call)) {
          lent.set(tray, next);
          put(tray, offered);
        } else {
          // Done here, next, so that it is in nobody's way.
          todo.push(next);
        }
      }
    };
    const takeBack = (): Errand | undefined => {
      for (const [tray, errand] of lent) {
        if (!change(tray, offered, empty)) continue;
        lent.delete(tray);
        return errand;
      }
    };

    while (todo.length > 0 || lent.size > 0) {
      acceptDone();
      if (haveHelp()) offer();
      // With help, the small ones: then the trays are soon filled again.
      const next = (haveHelp() ? todo.pop() : todo.shift()) ?? takeBack();
      if (next) next.run();
      for (const { state } of next ? [] : lent.keys()) {
        Atomics.wait(state, 0, taken, pause);
      }
      throwIfBroken(counts);
    }
  };

  const helpOthers = (times: number): void => {
    Atomics.add(helpers, 0, 1);
    while (!haveAllCome(counts, times)) {
      const tray = others.find((tray) => change(tray, offered, taken));
      if (tray) {
        makeCall(tray);
        put(tray, done);
      } else Atomics.wait(own[0]!.state, 0, empty, pause);
    }
    Atomics.sub(helpers, 0, 1);
    waitForAll(counts, times);
  };

  return (errands) => {
    doOwn(errands);
    helpOthers(come(counts, rank));
  };
}

function put({ state }: Tray, value: number): void {
  Atomics.store(state, 0, value);
  Atomics.notify(state, 0);
}

/** Whether a tray was in one state, and is now in another one. */
const change = ({ state }: Tray, from: number, to: number) =>
  Atomics.load(state, 0) === from &&
  Atomics.compareExchange(state, 0, from, to) === from;
