import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import * as kernels from "../../lib/backends/wasm/mod.ts";
import * as api from "../../lib/mod.ts";
import { assertEquals } from "../assert.ts";
import { permittedTest } from "../permitted.ts";
import { rooms } from "./rooms.ts";
import { at, disposeHeld, hold, replaced, type Row } from "./row.ts";
import { wrongValues } from "./wrong.ts";

await useBackend("wasm");

Deno.test("every exported function has a row in the table of domains", () => {
  const functions = Object.entries({ ...api, ...kernels })
    .filter(([, value]) => typeof value === "function")
    .map(([name]) => name);
  const rows = rooms.flatMap((room) => Object.keys(room));
  const own = rows.filter((name) => !name.includes("()."));
  assertEquals(own.toSorted(), functions.toSorted());
  assertEquals(rows.length, new Set(rows).size);
});

for (const [name, row] of rooms.flatMap((room) => Object.entries(room))) {
  if (row === "none") continue;
  const needs = row.needs ?? [];
  if (!row.slow) {
    permittedTest(
      `${name}() takes what the table of domains allows`,
      needs,
      async () => {
        await take(row, row.valid());
        for (const [path, kind] of Object.entries(row.kinds)) {
          if (!kind.optional) continue;
          await take(row, replaced(row.valid(), path, undefined));
        }
      },
    );
  }
  for (const [path, kind] of Object.entries(row.kinds)) {
    permittedTest(
      `${name}() refuses what is no value of ${path}`,
      needs,
      async () => {
        const taken: string[] = [];
        for (const wrong of wrongValues(kind, at(row.valid(), path))) {
          if (wrong.value instanceof tf.Tensor) hold(wrong.value);
          const fault = await faultOf(row, path, wrong.value);
          if (fault) taken.push(`${wrong.name}: ${fault}`);
        }
        disposeHeld();
        assertEquals(taken, []);
      },
    );
  }
}

for (const [name, row] of rooms.flatMap((room) => Object.entries(room))) {
  if (row === "none") continue;
  for (const place of holders(row)) {
    permittedTest(
      `${name}() refuses what is no object as ${place}`,
      row.needs ?? [],
      async () => {
        const isNeeded = Object.entries(row.kinds).some(([path, kind]) => {
          const [holder, ...below] = path.split(".");
          return holder === place && below.length === 1 && !kind.optional;
        });
        const values = [null, 3, "", "text", true, () => 1];
        const taken: string[] = [];
        for (const value of isNeeded ? [undefined, ...values] : values) {
          const fault = await faultOf(row, place, value);
          if (fault) taken.push(`${String(value)}: ${fault}`);
        }
        disposeHeld();
        assertEquals(taken, []);
      },
    );
  }
}

/** The arguments of a row that hold several values, by place. */
function holders({ kinds }: Row): string[] {
  const places = Object.keys(kinds).filter((path) => path.includes("."))
    .map((path) => path.split(".")[0]!);
  return [...new Set(places)];
}

/** Calls with valid arguments and frees what comes of it. */
async function take(row: Row, given: unknown[]): Promise<void> {
  const result = await row.call(...given) as { dispose?: () => void };
  if (typeof result?.dispose === "function") result.dispose();
  else if (typeof result === "object") tf.dispose(result as tf.TensorContainer);
  disposeHeld();
}

/** What is wrong with how a value is refused; nothing if all is right. */
async function faultOf(
  row: Row,
  path: string,
  value: unknown,
): Promise<string | undefined> {
  const given = replaced(row.valid(), path, value);
  const before = tf.memory().numTensors;
  const start = performance.now();
  try {
    await row.call(...given);
    return "is taken";
  } catch (error) {
    const { name, message } = error as Error;
    const text = `${name}: ${message}`;
    if (name !== "RangeError") return text;
    if (!/^Cannot [^]+: expected [^]+, got [^]+$/.test(message)) return text;
    if (performance.now() - start > 1000) return `took long: ${text}`;
    const left = tf.memory().numTensors - before;
    return left === 0 ? undefined : `leaves ${left} tensors: ${text}`;
  }
}
