import { join } from "node:path";
import { assert, assertEquals } from "../assert.ts";
import { inFolder, namesIn } from "../digits/folder.ts";
import { permittedTest } from "../permitted.ts";
import { madePackage } from "./package/made_package.ts";
import { assertRefusals, type Refusal } from "./refusals.ts";
import { run } from "./run.ts";

const commandTest = (name: string, test: (folder: string) => Promise<void>) =>
  permittedTest(name, ["run", "read", "write"], () => inFolder(test));

commandTest(
  "package writes at most 100 kB, the same bytes each time",
  async (folder) => {
    const { packed, unpacked } = await madePackage(folder);
    const again = join(folder, "again", "package.tgz");
    const { stdout } = await run("package", "--out", again);
    const bytes = await Deno.readFile(packed);
    assertEquals(await Deno.readFile(again), bytes);
    assert(bytes.length <= 100_000, `${bytes.length} bytes`);
    const size = (bytes.length / 1e3).toFixed(1);
    assertEquals(stdout, `wrote ${again} (${size} kB)\n`);

    const names = namesIn(join(unpacked, "dist"));
    assertEquals(
      names.map((name) => name.replace(/-\w+/, "")),
      ["chunk.js", "main.d.ts", "main.js", "worker.js"],
    );
    assertEquals(
      namesIn(unpacked),
      ["LICENSE", "README.md", "dist", "package.json"],
    );
    const text = (name: string) => Deno.readTextFile(join(unpacked, name));
    const config = JSON.parse(await Deno.readTextFile("deno.json"));
    const manifest = JSON.parse(await text("package.json"));
    assertEquals(
      [manifest.version, manifest.license, manifest.dependencies],
      [config.version, "MIT", undefined],
    );
    assertEquals(manifest.peerDependencies, {
      "@tensorflow/tfjs": "~4.22.0",
      "@tensorflow/tfjs-backend-wasm": "~4.22.0",
    });
    const main = await text("dist/main.js");
    const exported = /^export \{([^}]*)\};$/m.exec(main)![1]!
      .split(",").map((name) => name.trim()).sort();
    const typed = [
      ...(await text("dist/main.d.ts")).matchAll(/^export function (\w+)/gm),
    ].map(([, name]) => name).sort();
    assertEquals(typed, exported);
    for (const name of names) {
      const program = await text(join("dist", name));
      // The same on another machine.
      assert(!program.includes(Deno.cwd()) && !program.includes("file:///"));
    }

    const readme = await text("README.md");
    assert(readme.includes("Kernel 'Conv2DBackpropFilter' not registered"));
    const kernels = /(\d+) kernels that [^:]* are new here:\n\n([^.]*)\./.exec(
      readme,
    )!;
    const added = kernels[2]!.split(", ");
    assertEquals(added.length, Number(kernels[1]));
    for (const name of ["Conv2DBackpropFilter", "Einsum", "FFT"]) {
      assert(added.includes(name), `${name}: ${added}`);
    }
    assert(!added.includes("Conv2D"));
  },
);

commandTest(
  "package names what is wrong, and writes nothing then",
  async (folder) => {
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "kept");
    const before = namesIn(folder);
    const cases: Refusal[] = [
      [["--out"], 2, "Cannot read --out: expected a path, got nothing"],
      [["--name", "mine"], 2, "--name"],
      [["--out", folder], 1, "expected the path of a file, got a folder"],
      [["--out", join(file, "a.tgz")], 1, `Cannot write to ${file}: expected`],
    ];
    await assertRefusals("package", cases);
    assertEquals(namesIn(folder), before);
  },
);
