import { join } from "node:path";
import { encodeSafetensors } from "../../lib/files/safetensors.ts";
import { assert, assertEquals } from "../assert.ts";
import { inFolder, namesIn } from "../digits/folder.ts";
import { permittedTest } from "../permitted.ts";
import { assertRefusals, type Refusal } from "./refusals.ts";
import { run } from "./run.ts";

const commandTest = (name: string, test: (folder: string) => Promise<void>) =>
  permittedTest(name, ["run", "read", "write"], () => inFolder(test));

commandTest(
  "page writes one file of at most 11 MB that needs nothing else",
  async (folder) => {
    const out = join(folder, "new", "page.html");
    const { code, stdout, stderr } = await run("page", "--out", out);
    assertEquals([code, stderr], [0, ""]);
    assertEquals(namesIn(join(folder, "new")), ["page.html"]);
    const html = await Deno.readTextFile(out);
    const megabytes = (html.length / 1e6).toFixed(2);
    assert(html.length < 11e6, `${html.length} bytes`);
    assert(stdout.endsWith(`wrote ${out} (${megabytes} MB)\n`), stdout);
    assert(/^embedded \d+ images$/m.test(stdout), stdout);

    const shell = html.replaceAll(/data-part="\w+" data-count[^<]*</g, "<");
    const addresses = shell.match(/https?:\/\/[^"\s]+/g) ?? [];
    // Links for readers; nothing is loaded from them.
    assertEquals(addresses, [
      "https://arxiv.org/abs/1503.03832",
      "https://www.tensorflow.org/js",
    ]);
    assert(/default-src 'none'/.test(shell));
    const accuracy = Number(/read ([\d.]+) %/.exec(shell)?.[1]);
    assert(accuracy > 99, `${accuracy}`);
    const program = [...html.matchAll(/data-part="program"[^>]*>([^<]*)/g)]
      .map(([, text]) => text).join("");
    const inflated = new Blob([Uint8Array.fromBase64(program)]).stream()
      .pipeThrough(new DecompressionStream("gzip"));
    const text = await new Response(inflated).text();
    // The same on another machine.
    assert(!text.includes(Deno.cwd()) && !text.includes("file:///"));
  },
);

commandTest(
  "page names what is wrong, and writes nothing then",
  async (folder) => {
    const out = join(folder, "new", "page.html");
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "kept");
    const strange = join(folder, "strange.safetensors");
    const settings = JSON.stringify({
      inputSize: 28,
      embeddingSize: 4,
      normalization: "batch",
      binarize: false,
    });
    await Deno.writeFile(
      strange,
      encodeSafetensors({
        tensors: { w: { shape: [1], data: Float32Array.of(1) } },
        metadata: { settings },
      }),
    );
    const before = namesIn(folder);
    const cases: Refusal[] = [
      [
        ["--precision", "int4"],
        2,
        "Cannot read --precision: expected one of int8, float16, got int4",
      ],
      [
        ["--weights", join(folder, "none"), "--out", out],
        1,
        "Cannot load weights: expected a safetensors file at",
      ],
      [
        ["--weights", file, "--out", out],
        1,
        `Cannot read ${file}: expected at least 8 bytes, got 4`,
      ],
      [
        ["--weights", strange, "--out", out],
        1,
        "expected conv1/kernel as float32 [7,7,1,64], got none",
      ],
      [["--out", folder], 1, "expected the path of a file, got a folder"],
      [["--out", join(file, "a.html")], 1, `Cannot write to ${file}: expected`],
      [
        ["--out", "data/nn2-128d.safetensors"],
        1,
        "expected a place of its own, got that of --weights",
      ],
    ];
    await assertRefusals("page", cases);
    assertEquals(namesIn(folder), before);
    assertEquals(await Deno.readTextFile(file), "kept");
  },
);
