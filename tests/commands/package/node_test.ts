/** The package in Node.js, as someone installs it. */
import { join } from "node:path";
import { capture } from "../../../lib/commands/system/process.ts";
import { assert, assertEquals } from "../../assert.ts";
import { inFolder } from "../../digits/folder.ts";
import { permittedTest } from "../../permitted.ts";
import { assertAlike, madePackage, training } from "./made_package.ts";

const program = `import * as tf from "@tensorflow/tfjs";
import { useWasm } from "tfjs-wasm-training";
const [, , backend, threads] = process.argv;
const used = backend === "useWasm"
  ? await useWasm({ threads: Number(threads) })
  : await tf.setBackend(backend);
${training}
console.log(JSON.stringify({ losses, used, backend: tf.getBackend() }));
`;

const typed =
  `import { setWinograd, useWasm, type WasmDescription } from "tfjs-wasm-training";
const used: WasmDescription = await useWasm({ threads: 2 });
// @ts-expect-error It is none of the uses.
setWinograd(used.description);
`;

permittedTest(
  "the npm package trains in Node.js as tfjs's cpu backend does, on 1 and 2 threads",
  ["read", "write", "run", "env"],
  () =>
    inFolder(async (folder) => {
      if (!await capture("node", ["-v"]) || !await capture("npm", ["-v"])) {
        return console.warn("not tested: there is no Node.js with npm");
      }
      const { packed } = await madePackage(folder);
      await Deno.writeTextFile(join(folder, "package.json"), "{}");
      await Deno.writeTextFile(join(folder, "train.mjs"), program);
      await Deno.writeTextFile(join(folder, "typed.mts"), typed);
      const installed = await capture("npm", [
        ...["install", "--no-audit", "--no-fund", "--ignore-scripts"],
        ...["@tensorflow/tfjs@4.22.0", "@tensorflow/tfjs-backend-wasm@4.22.0"],
        ...["typescript@5.9.3", packed],
      ], { cwd: folder });
      if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED/.test(installed!.stderr)) {
        return console.warn("not tested: npm's registry is out of reach");
      }
      assertEquals(installed?.code, 0, installed?.stderr);
      const train = async (...args: string[]) => {
        const ended = await capture("node", ["train.mjs", ...args], {
          cwd: folder,
        });
        assert(ended?.code === 0, ended?.stderr);
        return JSON.parse(ended.stdout.trim().split("\n").at(-1)!);
      };
      const cpu = await train("cpu");
      const stock = await train("wasm");
      const [one, two] = [
        await train("useWasm", "1"),
        await train("useWasm", "2"),
      ];
      assertEquals([stock.backend, one.backend], ["wasm", "wasm"]);
      assertEquals([one.used.threads, two.used.threads], [1, 2]);
      assertAlike(one.losses, cpu.losses);
      assertEquals(two.losses, one.losses);
      assertEquals(stock.losses, one.losses);

      const compiled = await capture("node", [
        ...["node_modules/typescript/bin/tsc", "--noEmit", "--strict"],
        ...["--target", "esnext", "--module", "nodenext", "typed.mts"],
        "--skipLibCheck",
      ], { cwd: folder });
      assertEquals(compiled?.stdout, "");
    }),
);
