import { wasmFunction } from "../../../backends/wasm/asm/wasm_function.ts";
import { repeat } from "../../../backends/wasm/asm/control.ts";
import { f32x4 } from "../../../backends/wasm/asm/floats.ts";
import { i32 } from "../../../backends/wasm/asm/integers.ts";
import { linkFunctions } from "../../../backends/wasm/linking/linker.ts";
import type { Tier } from "../report/contract.ts";

/** Multiply-adds in a row between loading the sums and storing them. */
const depth = 64;
/** Sums of four floats: as many as stay in 16 registers beside the factors. */
const sums: Record<Tier, number> = { plain: 12, flags: 24 };
const floatsInVector = 4;

/**
 * What one thread reaches in GFLOP/s when it does nothing but multiply and add
 * in registers: as many independent sums as there are registers for, so that no
 * multiplication waits for another. Nothing written in WebAssembly can be
 * faster in that tier.
 */
export function measurePeak(tier: Tier): number {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  const run = linkFunctions(memory);
  const work = multiplyAdds(sums[tier]);
  const times = 20_000;
  const flop = times * depth * sums[tier] * floatsInVector * 2;
  // V8 replaces the code of its first, quick compiler meanwhile.
  let best = Infinity;
  for (let i = 0; i < 10; i++) {
    const start = performance.now();
    run(work, { times });
    best = Math.min(best, performance.now() - start);
  }
  return flop / best / 1e6;
}

/** Sums lie side by side, since V8's revectorizer pairs what neighbours in memory. */
function multiplyAdds(count: number) {
  const origin = i32.const(0);
  const firstSum = 32;
  return wasmFunction("multiplyAdds", ["times"], ({ times }, local) => {
    const factors = [local("v128"), local("v128")];
    const sums = Array.from({ length: count }, () => local("v128"));
    const multiplyAdd = (i: number) => {
      const factor = factors[i % 2]!.get;
      return sums[i]!.set(f32x4.multiplyAdd(factor, factor, sums[i]!.get));
    };
    return repeat(times, [
      factors.map((factor, i) => factor.set(f32x4.load(origin, 16 * i))),
      sums.map((sum, i) => sum.set(f32x4.load(origin, firstSum + 16 * i))),
      Array.from({ length: depth }, () => sums.map((_, i) => multiplyAdd(i))),
      sums.map((sum, i) => f32x4.store(origin, sum.get, firstSum + 16 * i)),
    ]);
  });
}
