import type { Locator } from "playwright-core";

/** Where a pen goes, on a sheet of side 1. */
export type Points = readonly (readonly [number, number])[];

/** A 3 by hand, on a sheet of side 1. */
export const three: Points = [
  [0.28, 0.24],
  [0.36, 0.17],
  [0.48, 0.14],
  [0.6, 0.16],
  [0.68, 0.24],
  [0.67, 0.35],
  [0.58, 0.43],
  [0.46, 0.47],
  [0.6, 0.5],
  [0.7, 0.58],
  [0.72, 0.7],
  [0.64, 0.81],
  [0.5, 0.86],
  [0.36, 0.84],
  [0.26, 0.76],
];

/** Draws a stroke with the mouse; `halfway` is done with the pen down. */
export async function drawByMouse(
  canvas: Locator,
  stroke: Points,
  halfway?: () => Promise<unknown>,
): Promise<void> {
  const page = canvas.page();
  const { x, y, width, height } = (await canvas.boundingBox())!;
  const at = (point: readonly [number, number]) =>
    [x + point[0] * width, y + point[1] * height] as const;
  await page.mouse.move(...at(stroke[0]!));
  await page.mouse.down();
  for (let i = 1; i < stroke.length; i++) {
    const [from, to] = [stroke[i - 1]!, stroke[i]!];
    for (let k = 1; k <= 8; k++) {
      const between = (axis: 0 | 1) =>
        from[axis] + (to[axis] - from[axis]) * k / 8;
      await page.mouse.move(...at([between(0), between(1)]));
      await page.waitForTimeout(10);
    }
    if (i === stroke.length >> 1) await halfway?.();
  }
  await page.mouse.up();
}

/** Draws with a finger, as a touch screen tells it. */
export async function touch(canvas: Locator, stroke: Points): Promise<void> {
  const { x, y, width, height } = (await canvas.boundingBox())!;
  const session = await canvas.page().context().newCDPSession(canvas.page());
  await session.send("Emulation.setTouchEmulationEnabled", { enabled: true });
  for (const [i, point] of stroke.entries()) {
    await session.send("Input.dispatchTouchEvent", {
      type: i === 0 ? "touchStart" : "touchMove",
      touchPoints: [{ x: x + point[0] * width, y: y + point[1] * height }],
    });
  }
  await session.send("Input.dispatchTouchEvent", {
    type: "touchEnd",
    touchPoints: [],
  });
  await session.send("Emulation.setTouchEmulationEnabled", { enabled: false });
  await session.detach();
}
