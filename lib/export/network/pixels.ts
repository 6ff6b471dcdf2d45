import type { NetworkSettings } from "../../training/settings/network_settings.ts";

/** What a network's pixels are, in words for those who read an export's metadata. */
export function pixelsInWords({ binarize }: NetworkSettings): string {
  const range = binarize ? "0 or 1" : "0 to 1";
  return `${range}: the background is 0, ink is 1`;
}
