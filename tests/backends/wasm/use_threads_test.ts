import { useBackend } from "../../../lib/backends/use_backend.ts";
import {
  mostThreads,
  threadsInUse,
  useThreads,
} from "../../../lib/backends/wasm/use_threads.ts";
import {
  assert,
  assertEquals,
  assertRejects,
  assertThrows,
} from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import type { Described } from "./threads/programs/describe_program.ts";
import { fitLosses } from "./threads/programs/fit_losses.ts";

Deno.test("useThreads() needs a backend", () => {
  assertEquals(threadsInUse(), 1);
  assertThrows(
    () => useThreads(2),
    Error,
    "Cannot use threads in the wasm backend: expected it to be ready, got none",
  );
});

permittedTest(
  "useBackend() takes one thread for each core",
  ["read"],
  async () => {
    const { threads } = await useBackend("wasm");
    assertEquals(threads, navigator.hardwareConcurrency);
    assertEquals([mostThreads(), threadsInUse()], [threads, threads]);
  },
);

permittedTest(
  "useBackend() takes as many threads as it is told, and keeps them",
  ["read"],
  async () => {
    for (const threads of [3, 256, 1, 2]) {
      for (const options of [{ threads }, {}, { threads: undefined }]) {
        const told = await useBackend("wasm", options);
        assertEquals([told.threads, threadsInUse()], [threads, threads]);
        const text = threads === 1 ? ", 1 thread, " : `, ${threads} threads, `;
        assert(told.description.includes(text), told.description);
      }
    }
    useThreads(3);
    assertEquals((await useBackend("wasm")).threads, 3);
    assertEquals((await useBackend("auto", { threads: 2 })).threads, 2);
  },
);

Deno.test("useBackend() and useThreads() refuse what is no number of threads", async () => {
  await useBackend("wasm");
  const before = threadsInUse();
  for (const threads of [0, -1, 1.5, NaN, Infinity, 257, "2", null, [2]]) {
    const wrong = threads as number;
    await assertRejects(
      () => useBackend("wasm", { threads: wrong }),
      RangeError,
      "Cannot use a backend: expected threads to be a whole number from 1 to 256, got",
    );
    assertThrows(
      () => useThreads(wrong),
      RangeError,
      "Cannot use threads in the wasm backend: expected their number to be a whole number from 1 to 256, got",
    );
  }
  assertEquals(threadsInUse(), before);
});

Deno.test("useBackend() works on one thread on cpu", async () => {
  const { threads, description } = await useBackend("cpu", { threads: 3 });
  assertEquals(threads, 1);
  assert(description.includes("1 thread"), description);
});

/** What a process of its own is told, with some permissions of Deno's. */
async function describe(
  permissions: string[],
  args: [options: string, tfjsFirst?: string],
  prefix: string[] = [],
): Promise<Described | string> {
  const [command, ...rest] = [
    ...prefix,
    ...[Deno.execPath(), "run", "--no-check", "--no-prompt", ...permissions],
    ...[
      new URL("./threads/programs/describe_program.ts", import.meta.url).href,
      ...args,
    ],
  ] as [string, ...string[]];
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args: rest,
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return success ? JSON.parse(text(stdout)) : text(stderr);
}

/** Makes sure that a process works on one thread and says why. */
function assertAlone(told: Described | string, reason: string): void {
  assert(typeof told !== "string", told as string);
  const { threads, inUse, isHelped, description } = told;
  assertEquals([threads, inUse, isHelped], [1, 1, false]);
  assert(description.includes(`, 1 thread (${reason}), `), description);
}

permittedTest("threads need no permission but to read", ["run"], async () => {
  const told = await describe(["--allow-read"], ['{"threads":2}']);
  assert(typeof told !== "string", told as string);
  const { threads, inUse, isHelped } = told;
  assertEquals([threads, inUse, isHelped], [2, 2, true]);
});

const unreadable = "threads need the permission to read the library's files";

permittedTest(
  "useBackend() works on one thread without permissions",
  ["run"],
  async () => {
    for (const options of ["{}", '{"threads":1}']) {
      assertAlone(await describe([], [options]), unreadable);
    }
    const refused = await describe([], ['{"threads":2}']);
    assert(typeof refused === "string");
    const error =
      `Cannot use threads in the wasm backend: expected 1, got 2; ${unreadable}`;
    assert(refused.includes(error), refused);
  },
);

permittedTest(
  "useBackend() works on one thread in a memory that cannot be shared",
  ["run"],
  async () => {
    assertAlone(
      await describe(["--allow-read"], ["{}", "tfjs first"]),
      "tfjs's module has a memory that cannot be shared",
    );
  },
);

permittedTest("useBackend() says that there is one core", ["run"], async () => {
  // The command that keeps a process on one core is Linux's.
  if (Deno.build.os !== "linux") return;
  const oneCore = ["taskset", "-c", "0"];
  assertAlone(
    await describe(["--allow-read"], ["{}"], oneCore),
    "there is one core",
  );
  const two = await describe(["--allow-read"], ['{"threads":2}'], oneCore);
  assert(typeof two !== "string", two as string);
  assertEquals([two.threads, two.isHelped], [2, true]);
});

permittedTest(
  "a model learns the same in a Worker on two threads",
  ["read"],
  async () => {
    const worker = new Worker(
      import.meta.resolve("./threads/programs/fit_worker.ts"),
      {
        type: "module",
      },
    );
    try {
      const answer = await new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = (event) => {
          event.preventDefault();
          reject(new Error(event.message));
        };
      });
      await useBackend("wasm", { threads: 1 });
      assertEquals(answer, { threads: 2, losses: await fitLosses() });
    } finally {
      worker.terminate();
    }
  },
);
