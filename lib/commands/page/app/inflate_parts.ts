/**
 * Reads the bytes that `partsMarkup` wrote into a page, a piece at a time, so that the
 * page never stands still, and takes the elements away. This runs in the page, not here: its
 * source is what the page holds too, so it uses nothing from outside of it.
 *
 * @param onProgress Told which share is done.
 * @throws {Error} If a piece is missing or damaged.
 */
export async function inflateParts(
  part: string,
  onProgress: (share: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const damaged = new Error(
    "This page's file is damaged or was cut off. Make it again, or download it again.",
  );
  const elements = [...document.querySelectorAll(`[data-part="${part}"]`)];
  const count = Number(elements[0]?.getAttribute("data-count"));
  if (!count || elements.length !== count) throw damaged;
  const stream = new DecompressionStream("gzip");
  const inflated = new Response(stream.readable).arrayBuffer();
  // An error comes to whoever awaits it.
  inflated.catch(() => {});
  const writer = stream.writable.getWriter();
  try {
    for (const [i, element] of elements.entries()) {
      const text = atob(element.textContent ?? "");
      const bytes = new Uint8Array(text.length);
      for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
      element.remove();
      await writer.write(bytes);
      onProgress((i + 1) / count);
      await new Promise((resolve) => setTimeout(resolve));
    }
    await writer.close();
    return new Uint8Array(await inflated);
  } catch {
    throw damaged;
  }
}
