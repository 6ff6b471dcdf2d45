/**
 * The loop of all passes over `[rows, channels]` in which every channel has
 * constants or sums of its own.
 *
 * @module
 */
import type { Code, Local, ValueType } from "./code.ts";
import { repeat } from "./control.ts";
import { i32 } from "./integers.ts";
import { eachChannel, type Lane } from "./lanes.ts";

/** What happens to neighbouring channels of some rows. */
export interface ChannelWork {
  /** Once, before the rows: what the channels have of their own. */
  before: Code;
  /** In each row. */
  row(access: RowAccess): Code;
  /** Once, after the rows. */
  after?: Code;
}

/** Access to the channels' values in a row. */
export interface RowAccess {
  value(array: Local): Code;
  write(array: Local, value: Code): Code;
}

/** Access to what each channel has once. */
export interface ChannelAccess {
  constant(address: Local): Code;
  /** Adds to a sum. */
  add(address: Local, value: Code): Code;
}

/** Rows that use the channels' constants while they are in registers. */
const streams = 4;

/**
 * Runs the work for every channel of every row, and counts `rows` down to 0.
 *
 * Four rows share the constants. They are a quarter of all rows apart, so that
 * each is the front of a stream that runs through memory from one address to the
 * next: processors fetch those ahead, and with neighbouring rows they do not (a
 * pass over 18 MB takes twice the time).
 *
 * @param arrays Addresses of `[rows, channels]`; they change.
 */
export function eachRow(
  local: (type: ValueType) => Local,
  rows: Local,
  channels: Local,
  arrays: Local[],
  work: (lane: Lane, access: ChannelAccess) => ChannelWork,
): Code {
  const [count, pitch, distance, channel] = [
    local("i32"),
    local("i32"),
    local("i32"),
    local("i32"),
  ];
  const at = (base: Local) => i32.add(base.get, channel.get);

  const advance = (fronts: Local[][]): Code =>
    repeat(count, [
      eachChannel(channels, channel, (lane) => {
        const constant = (address: Local) => lane.load(at(address));
        const add = (address: Local, value: Code) =>
          lane.store(at(address), lane.add(constant(address), value));
        const { before, row, after = [] } = work(lane, { constant, add });
        return [
          before,
          fronts.map((places) => {
            const place = (array: Local) => at(places[arrays.indexOf(array)]!);
            return row({
              value: (array) => lane.load(place(array)),
              write: (array, value) => lane.store(place(array), value),
            });
          }),
          after,
        ];
      }),
      fronts.flat().map((place) => place.increase(pitch.get)),
    ]);

  const fronts = [arrays];
  while (fronts.length < streams) fronts.push(arrays.map(() => local("i32")));
  return [
    pitch.set(i32.mul(channels.get, i32.const(4))),
    count.set(i32.div(rows.get, i32.const(streams))),
    distance.set(i32.mul(count.get, pitch.get)),
    fronts.slice(1).map((places, behind) =>
      places.map((place, i) =>
        place.set(i32.add(fronts[behind]![i]!.get, distance.get))
      )
    ),
    advance(fronts),
    // What does not divide by four: the last stream ends where it begins.
    arrays.map((array, i) => array.set(fronts.at(-1)![i]!.get)),
    count.set(i32.and(rows.get, i32.const(streams - 1))),
    advance([arrays]),
  ];
}
