import { dirname } from "node:path";
import {
  decodeSafetensors,
  encodeSafetensors,
  type StoredTensor,
} from "../../files/safetensors.ts";
import { writeWholeFile } from "../../files/whole_file.ts";
import { checkPath } from "../../files/paths.ts";
import { checkSome } from "../../numeric/list.ts";
import { refuseFile, shown } from "../../numeric/refuse.ts";
import {
  checkEnrolled,
  checkImage,
  checkName,
  enroll,
  type Enrolled,
} from "./enrolled.ts";

/** What the file says that it is. */
const format = "facenet-on-mnist enrolled symbols 1";

/**
 * Saves enrolled symbols as a small safetensors file: for each its drawings,
 * `[n, 28, 28]`, under its name. The file holds images and no embeddings, so that it goes with any network.
 *
 * The file is written whole or not at all; a folder that is missing is made.
 *
 * @throws {RangeError} If it is no map of symbols, one has a name or a drawing that
 * {@linkcode enroll} would refuse, or the path is none.
 *
 * @example
 * ```ts ignore
 * await saveEnrolled("out/symbols.safetensors", enrolled);
 * ```
 */
export async function saveEnrolled(
  path: string,
  enrolled: Enrolled,
): Promise<void> {
  const action = "save enrolled symbols";
  checkPath(action, "path", path);
  checkEnrolled(action, enrolled);
  for (const [name, images] of enrolled) {
    checkName(action, name);
    checkSome(action, `drawings of ${name}`, images);
    for (const image of images) checkImage(action, image);
  }
  const bytes = encodeEnrolled(enrolled);
  await Deno.mkdir(dirname(path), { recursive: true });
  await writeWholeFile(path, bytes);
}

/**
 * Loads what {@linkcode saveEnrolled} has saved. Whatever is wrong with the file, an error says it
 * and nothing else happens: symbols that are enrolled already stay so.
 *
 * @throws {SyntaxError} If the file is damaged or another one.
 * @throws {RangeError} If the path is none.
 * @throws {Deno.errors.NotFound} If there is no such file.
 *
 * @example
 * ```ts ignore
 * const enrolled = await loadEnrolled("out/symbols.safetensors");
 * ```
 */
export async function loadEnrolled(path: string): Promise<Enrolled> {
  checkPath("load enrolled symbols", "path", path);
  return decodeEnrolled(await Deno.readFile(path), path);
}

/** The bytes of the file. */
export function encodeEnrolled(enrolled: Enrolled): Uint8Array<ArrayBuffer> {
  const tensors = [...enrolled].map(
    ([name, images]): [string, StoredTensor] => {
      const data = Float32Array.from(images.flatMap((image) => [...image]));
      return [name, { shape: [images.length, 28, 28], data }];
    },
  );
  const metadata = { format };
  return encodeSafetensors({ tensors: Object.fromEntries(tensors), metadata });
}

/**
 * What the bytes hold.
 *
 * @param path What messages call the file.
 * @throws {SyntaxError} If they are damaged or another file's.
 */
export function decodeEnrolled(bytes: Uint8Array, path: string): Enrolled {
  const action = `read ${path}`;
  const { tensors, metadata } = decodeSafetensors(bytes, path);
  if (metadata.format !== format) {
    refuseFile(action, `the format ${shown(format)}`, shown(metadata.format));
  }
  let enrolled: Enrolled = new Map();
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const [count = 0, height, width] = shape;
    if (shape.length !== 3 || count < 1 || height !== 28 || width !== 28) {
      const expected = `images of 28×28 pixels as ${shown(name)}`;
      refuseFile(action, expected, `shape ${shown(shape)}`);
    }
    const odd = data.find((value) =>
      !(Number.isInteger(value) && value >= 0 && value <= 255)
    );
    if (odd !== undefined) {
      refuseFile(action, `values from 0 to 255 in ${shown(name)}`, `${odd}`);
    }
    try {
      checkName(action, name);
      for (let i = 0; i < count; i++) {
        const image = Uint8Array.from(data.subarray(784 * i, 784 * (i + 1)));
        enrolled = enroll(enrolled, name, image);
      }
    } catch (cause) {
      throw new SyntaxError((cause as Error).message, { cause });
    }
  }
  return enrolled;
}
