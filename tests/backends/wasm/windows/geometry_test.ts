import fc from "fast-check";
import {
  paddingAfter,
  reachLastWindow,
} from "../../../../lib/backends/wasm/windows/geometry.ts";
import { assertEquals } from "../../../assert.ts";
import { axesOf, type Axis, convolutions, seenAlong } from "./geometries.ts";

Deno.test("reachLastWindow() pads so far that all taps are inside, and no farther", () => {
  fc.assert(fc.property(convolutions, (info) => {
    const { top, bottom, left, right } = reachLastWindow(info);
    assertEquals([top, left], [info.padInfo.top, info.padInfo.left]);
    [bottom, right].forEach((after, i) => {
      const axis = axesOf(info)[i]!;
      const reached = Math.max(...seenAlong(axis).flat()) - axis.length + 1;
      assertEquals(after, Math.max(axis.padding[1], reached));
    });
  }));
});

Deno.test("paddingAfter() is how far the last window's last tap lies outside", () => {
  fc.assert(fc.property(convolutions, (info) => {
    const [down, across] = axesOf(info);
    const reach = (axis: Axis) =>
      Math.max(...seenAlong(axis).flat()) - (axis.length - 1);
    assertEquals(paddingAfter(info, "Height", "top"), reach(down));
    assertEquals(paddingAfter(info, "Width", "left"), reach(across));
  }));
});
