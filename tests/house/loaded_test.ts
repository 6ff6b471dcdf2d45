import { fileURLToPath } from "node:url";
import { assertEquals } from "../assert.ts";
import { permittedTest } from "../permitted.ts";
import { root } from "./sources.ts";

/** Packages that take long to load; `wasm` is tfjs's backend with its binary. */
const heavy = {
  tfjs: "npm:/@tensorflow/tfjs@",
  wasm: "npm:/@tensorflow/tfjs-backend-wasm@",
  webgpu: "npm:/@tensorflow/tfjs-backend-webgpu@",
  plotly: "npm:/plotly.js",
  umap: "npm:/umap-js@",
};

/**
 * What an import brings along. Plotly waits until a figure is shown, and the backend of
 * GPUs until one is asked for.
 */
const loaded: Record<string, (keyof typeof heavy)[]> = {
  "@facenet/mnist/numeric": [],
  "@facenet/mnist/files": [],
  "@facenet/mnist/digits": ["tfjs"],
  "@facenet/mnist/nn2": ["tfjs"],
  "@facenet/mnist/triplets": ["tfjs"],
  "@facenet/mnist/evaluation": ["tfjs", "umap"],
  "@facenet/mnist/plots": ["tfjs"],
  "@facenet/mnist/backends": ["tfjs", "wasm"],
  "@facenet/mnist/backends/webgpu": ["tfjs", "webgpu"],
  "@facenet/mnist": ["tfjs", "wasm", "umap"],
  // The program of each thread: it starts in milliseconds.
  "./lib/backends/wasm/worker.ts": [],
};

for (const [module, expected] of Object.entries(loaded)) {
  const packages = expected.length > 0 ? expected.join(", ") : "no big package";
  permittedTest(`${module} loads ${packages}`, ["read", "run"], async () => {
    const specifiers = await loadedBy(module);
    const found = Object.entries(heavy).filter(([, start]) =>
      specifiers.some((specifier) => specifier.startsWith(start))
    );
    assertEquals(found.map(([name]) => name), expected);
  });
}

/** As `deno info --json` says it. */
interface ModuleGraph {
  roots: string[];
  redirects: Record<string, string>;
  modules: {
    specifier: string;
    dependencies?: {
      /** Absent where types alone are imported. */
      code?: { specifier: string };
      isDynamic?: boolean;
    }[];
  }[];
}

/** All modules that run when one is imported. */
async function loadedBy(module: string): Promise<string[]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", module],
    cwd: fileURLToPath(root),
  }).output();
  const graph: ModuleGraph = JSON.parse(new TextDecoder().decode(stdout));
  const modules = new Map(graph.modules.map((one) => [one.specifier, one]));
  const found = new Set(graph.roots.map((one) => graph.redirects[one] ?? one));
  // A set gives what is added while it is read, too.
  for (const specifier of found) {
    for (
      const { code, isDynamic } of modules.get(specifier)?.dependencies ?? []
    ) {
      if (!code || isDynamic) continue;
      found.add(graph.redirects[code.specifier] ?? code.specifier);
    }
  }
  return [...found];
}
