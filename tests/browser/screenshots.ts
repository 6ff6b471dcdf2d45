import { scratch } from "./lab.ts";
import type { OpenNotebook } from "./notebook.ts";

const widths = [1400, 700];

/**
 * Keeps pictures of a notebook's outputs for people to look at: all of them in
 * both themes, on a wide and on a narrow page.
 */
export async function keepScreenshots(
  { page, theme }: OpenNotebook,
  name: string,
): Promise<void> {
  const folder = `${scratch}/${name}`;
  await Deno.mkdir(folder, { recursive: true });
  for (const width of widths) {
    await page.setViewportSize({ width, height: 1000 });
    for (const shade of ["Light", "Dark"] as const) {
      await theme(shade);
      await page.waitForTimeout(500);
      const outputs = await page.locator(
        ".jp-OutputArea-output:has(.facenet-figure, .facenet-play, .facenet-pad)",
      ).all();
      // Of a narrow or dark page some are enough to look at, and the sheet to draw on.
      const isWhole = width === 1400 && shade === "Light";
      const every = isWhole ? 1 : Math.ceil(outputs.length / 6);
      for (const [i, output] of outputs.entries()) {
        const isPad = await output.locator(".facenet-pad").count() > 0;
        if (i % every > 0 && !isPad) continue;
        const path = `${folder}/${shade}-${width}-${i}.png`;
        await output.screenshot({ path, timeout: 10_000 }).catch(() => {});
      }
    }
  }
  await theme("Light");
  await page.setViewportSize({ width: 1400, height: 1000 });
}
