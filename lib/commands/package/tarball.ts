const block = 512;

/**
 * Packs files as npm does: a tar archive in the ustar format (POSIX.1-1988) with all
 * files in the folder `package`, compressed with gzip. Nothing in it depends on the time
 * or the machine.
 *
 * @param files Their contents by path.
 */
export async function packTarball(
  files: Readonly<Record<string, string>>,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (const [path, text] of Object.entries(files)) {
    const bytes = new TextEncoder().encode(text);
    const padding = new Uint8Array(-bytes.length & (block - 1));
    parts.push(header(`package/${path}`, bytes.length), bytes, padding);
  }
  parts.push(new Uint8Array(2 * block));
  const packed = new Blob(parts).stream()
    .pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** Fields of text at fixed places; numbers are octal. */
function header(path: string, size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(block);
  const write = (at: number, text: string) =>
    bytes.set(new TextEncoder().encode(text), at);
  const octal = (value: number, digits: number) =>
    value.toString(8).padStart(digits, "0");
  write(0, path);
  write(100, "0000644\0" + "0000000\0".repeat(2));
  write(124, `${octal(size, 11)} `);
  // npm's own time of all files: zip archives cannot have 1970.
  write(136, `${octal(Date.UTC(1985, 9, 26, 8, 15) / 1000, 11)} `);
  // The sum of the header is taken with blanks in its own place.
  write(148, " ".repeat(8));
  write(156, "0");
  write(257, "ustar\x0000");
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  write(148, `${octal(sum, 6)}\0 `);
  return bytes;
}
