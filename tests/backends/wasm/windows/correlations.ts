import fc from "fast-check";
import {
  filterTaps,
  windowGrid,
} from "../../../../lib/backends/wasm/conv/conv2d.ts";
import type { Correlation } from "../../../../lib/backends/wasm/windows/chunks.ts";
import { reachLastWindow } from "../../../../lib/backends/wasm/windows/geometry.ts";
import { convolutions } from "./geometries.ts";

/** Convolutions with weights from address 0 on, whose images may have many channels. */
export const correlations: fc.Arbitrary<Correlation> = fc.record({
  info: convolutions,
  count: fc.integer({ min: 1, max: 9 }),
  channels: fc.oneof(
    fc.integer({ min: 1, max: 12 }),
    fc.constantFrom(8, 16, 31, 32, 40),
  ),
}).map(({ info, count, channels }) => ({
  input: {
    address: 0,
    count,
    height: info.inHeight,
    width: info.inWidth,
    channels,
  },
  padding: reachLastWindow(info),
  windows: windowGrid(info),
  taps: filterTaps({ ...info, inChannels: channels }, 0),
}));
