/** A gray picture as a page posts it. */
export interface PostedPicture {
  width: number;
  height: number;
  /** A byte for each pixel, in base64. */
  pixels: string;
}

/**
 * Reads a picture file in a page and makes it gray and small: what is transparent
 * becomes white. This runs in the page, not here: its source is what the output
 * holds, so it uses nothing from outside of it.
 *
 * @param longest Of how many pixels the longer side is at most.
 * @returns What is posted, and a canvas to show.
 * @throws {Error} If the browser reads no picture in it.
 */
export async function grayOfFile(
  file: Blob,
  longest: number,
): Promise<{ posted: PostedPicture; canvas: HTMLCanvasElement }> {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Error(
      `Cannot read the file: expected a picture such as PNG or JPEG, got ${
        file.type || "something else"
      }`,
    );
  });
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height]
    .map((side) => Math.max(1, Math.round(side * scale))) as [number, number];
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d")!;
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close(); // a photograph takes tens of megabytes
  const { data } = context.getImageData(0, 0, width, height);
  let text = "";
  for (let i = 0; i < data.length; i += 4) {
    const [red, green, blue] = [data[i]!, data[i + 1]!, data[i + 2]!];
    text += String.fromCharCode(
      Math.round(0.299 * red + 0.587 * green + 0.114 * blue),
    );
  }
  // Shown as a square, with the rest of the sheet white.
  const shown = document.createElement("canvas");
  shown.width = shown.height = Math.max(width, height);
  const ground = shown.getContext("2d")!;
  ground.fillStyle = "white";
  ground.fillRect(0, 0, shown.width, shown.height);
  ground.drawImage(
    canvas,
    (shown.width - width) / 2,
    (shown.height - height) / 2,
  );
  return { posted: { width, height, pixels: btoa(text) }, canvas: shown };
}
