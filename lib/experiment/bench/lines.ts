/**
 * The lines of a stream of UTF-8, without their ends. A last line without an
 * end is not whole and is left out.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const stream = new Blob(["one\ntw", "o\nthr"]).stream();
 * assert.deepEqual(await Array.fromAsync(linesOf(stream)), ["one", "two"]);
 * ```
 */
export async function* linesOf(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
