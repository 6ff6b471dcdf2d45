import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import {
  cleaningUp,
  memoryOf,
  shortageOf,
  type WasmMemory,
} from "../../../../lib/backends/wasm/runtime/memory.ts";
import type { WatchedBackend } from "../../../../lib/backends/wasm/runtime/tfjs_backend.ts";
import { assert, assertEquals, assertThrows } from "../../../assert.ts";

async function watched(): Promise<WasmMemory> {
  // Others would take working memory whenever they come to help.
  await useBackend("wasm", { threads: 1 });
  const memory = memoryOf(tf.backend() as unknown as WatchedBackend);
  // What kernels set up at their first call is not what is tested here.
  tf.tidy(() => tf.add(tf.fill([2], 1), 1));
  return memory;
}

/** Leaves room for so many bytes more while something runs. */
function withRoom(memory: WasmMemory, bytes: number, run: () => void): void {
  memory.limit = memory.used + bytes;
  try {
    run();
  } finally {
    memory.limit = 2 ** 32;
  }
}

Deno.test("memoryOf() counts what is held, and the most that was", async () => {
  const memory = await watched();
  const before = memory.used;
  memory.peak = before;
  const x = tf.fill([1000], 1);
  assertEquals(memory.used - before, 4000);
  const shared = x.clone();
  x.dispose();
  assertEquals(memory.used - before, 4000);
  shared.dispose();
  assertEquals(memory.used, before);
  assertEquals(memory.peak - before, 4000);
});

for (
  const [name, occupied, rows] of [
    ["of more than 32 bits", 0, 40_000],
    ["that the allocator refuses", 2_000_000_000, 15_000],
  ] as const
) {
  Deno.test(`an allocation ${name} throws and leaves nothing behind`, async () => {
    const memory = await watched();
    const { wasm } = tf.backend() as unknown as WatchedBackend;
    const block = wasm._malloc(occupied);
    const held = { used: memory.used, tensors: tf.memory().numTensors };
    const requested = rows * 40_000 * 4;
    const error = assertThrows(
      () => tf.fill([rows, 40_000], 1),
      RangeError,
      `Cannot allocate ${requested} bytes: expected room in the 4294967296 bytes`,
    );
    assertEquals(shortageOf(error), {
      requested,
      used: held.used,
      limit: 2 ** 32,
    });
    wasm._free(block);
    assertEquals(
      [memory.used, tf.memory().numTensors],
      [held.used - occupied, held.tensors],
    );
    assertEquals(tf.tidy(() => tf.fill([2], 5).dataSync()[1]), 5);
  });
}

Deno.test("memoryOf() takes no block that does not fit into memory", () => {
  const freed: number[] = [];
  const memory = new WebAssembly.Memory({ initial: 1 }); // 65,536 bytes
  const backend: WatchedBackend = {
    wasm: {
      asm: { memory },
      // As Emscripten's allocator does when memory is exhausted.
      _malloc: (bytes) => bytes > 6000 ? 0 : 60_000,
      _free: (address) => void freed.push(address),
    },
    write: () => ({}),
    disposeData: () => true,
  };
  const account = memoryOf(backend);
  assertEquals(backend.wasm._malloc(5536), 60_000);
  freed.length = 0;
  for (const bytes of [5537, 6001]) {
    const error = assertThrows(
      () => backend.wasm._malloc(bytes),
      RangeError,
      `Cannot allocate ${bytes} bytes`,
    );
    assertEquals(shortageOf(error)?.requested, bytes);
  }
  assertEquals([freed, account.used], [[60_000, 0], 5536]);
});

Deno.test("shortageOf() knows no other errors", () => {
  assertEquals(shortageOf(new RangeError("no")), undefined);
  assertEquals(shortageOf("no"), undefined);
});

Deno.test("a kernel that runs out of memory leaves nothing behind", async () => {
  const memory = await watched();
  const images = tf.ones<tf.Rank.R4>([4, 20, 20, 8]);
  const filter = tf.ones<tf.Rank.R4>([3, 3, 8, 8]);
  const convolve = () => tf.conv2d(images, filter, 1, "same");
  const [size, first] = [4 * images.size, convolve()];
  first.dispose();
  const ids = tf.backend().numDataIds();
  const before = memory.used;
  // Enough for the output, and at last for all that is needed besides.
  let failures = 0;
  for (let room = 0; room < 4 * size; room += 1000) {
    withRoom(memory, room, () => {
      try {
        convolve().dispose();
      } catch (error) {
        assert(shortageOf(error), `${error}`);
        failures++;
      }
    });
    assertEquals([memory.used, tf.backend().numDataIds()], [before, ids]);
  }
  assert(failures > 0);
  tf.dispose([images, filter]);
});

Deno.test("cleaningUp() frees what nested kernels have made, but no results", async () => {
  const memory = await watched();
  const backend = tf.backend() as unknown as WatchedBackend;
  const make = () => backend.write(null, [1000], "float32");
  const kernel = (kernelFunc: () => tf.TensorInfo) =>
    cleaningUp({ kernelName: "Test", backendName: "wasm", kernelFunc })
      .kernelFunc as (call: { backend: unknown }) => tf.TensorInfo;
  const inner = kernel(() => ({
    dataId: make(),
    shape: [1000],
    dtype: "float32",
  }));
  const failing = kernel(() => {
    make();
    inner({ backend });
    throw new TypeError("failed");
  });
  const before = memory.used;
  assertThrows(() => failing({ backend }), TypeError, "failed");
  assertEquals(memory.used, before);
  const { dataId } = inner({ backend });
  assertEquals(memory.used - before, 4000);
  backend.disposeData(dataId);
  assertEquals(memory.used, before);
});
