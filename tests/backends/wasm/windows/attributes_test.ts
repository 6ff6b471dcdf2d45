import fc from "fast-check";
import {
  checkAttributes,
  checkSteps,
} from "../../../../lib/backends/wasm/windows/attributes.ts";
import { assertThrows } from "../../../assert.ts";
import { anyWindows, upTo } from "./geometries.ts";

Deno.test("checkAttributes() takes all attributes that there can be", () => {
  fc.assert(fc.property(anyWindows, fc.boolean(), (given, told) => {
    const { strides: [stride], ...rest } = given;
    checkAttributes("Test", given);
    checkAttributes("Test", { strides: stride, pad: given.pad });
    checkAttributes("Test", {
      ...rest,
      strides: stride,
      dataFormat: told ? "NHWC" : undefined,
    });
  }));
});

const noStep = fc.oneof(
  fc.constantFrom(0, [0, 2], undefined, null, "2", [], [1], [1, 2, 3], NaN),
  fc.integer({ max: 0 }),
  fc.double({ min: 0.1, max: 0.9 }),
  fc.tuple(fc.integer({ min: 1 }), fc.integer({ max: 0 })),
);
const noPadding = fc.oneof(
  fc.constantFrom(undefined, null, "full", NaN, [0, 0, 0, 0], [[0, 0], [0, 0]]),
  fc.nat(3).map((i) => upTo(4).map((j) => i === j ? [0, 0, 0] : [0, 0])),
  fc.integer({ max: -1 }),
  fc.integer({ min: 1, max: 9 }).map((i) => [[0, 0], [0, -i], [0, 0], [0, 0]]),
  fc.integer({ min: 1, max: 9 }).map((i) => [[0, 0], [0, 0], [i / 10, 0], []]),
);

Deno.test("checkAttributes() refuses attributes of which one is none", () => {
  const wrong = fc.oneof(
    fc.record({ strides: noStep }),
    // Not told, they are 1.
    fc.record({ dilations: noStep.filter((value) => value != null) }),
    fc.record({ pad: noPadding }),
    fc.record({ dimRoundingMode: fc.constantFrom("up", 1, "", []) }),
    fc.record({ dataFormat: fc.constantFrom("NCHW", null, 1) }),
  );
  fc.assert(fc.property(anyWindows, wrong, (given, wrong) => {
    const check = () => checkAttributes("Test", { ...given, ...wrong });
    assertThrows(check, RangeError, "Test");
  }));
});

Deno.test("checkSteps() takes one or two whole numbers above 0, nothing else", () => {
  const step = fc.integer({ min: 1, max: 1000 });
  fc.assert(fc.property(fc.oneof(step, fc.tuple(step, step)), (steps) => {
    checkSteps("Test", "steps", steps);
  }));
  fc.assert(fc.property(noStep, (none) => {
    assertThrows(() => checkSteps("Test", "steps", none), RangeError, "steps");
  }));
});
