import * as tf from "@tensorflow/tfjs";
import { cpus, release } from "node:os";

/** Where and with what a bench ran. */
export interface Machine {
  processor: string;
  cores: number;
  /** Operating system and architecture. */
  system: string;
  deno: string;
  v8: string;
  tfjs: string;
  /** Present where PyTorch was measured. */
  pytorch?: string;
}

/** This machine, and the versions of what runs here. */
export function describeMachine(pytorch?: string): Machine {
  return {
    processor: cpus()[0]?.model.trim() || "unknown processor",
    cores: navigator.hardwareConcurrency,
    system: `${Deno.build.os} ${release()}, ${Deno.build.arch}`,
    deno: Deno.version.deno,
    v8: Deno.version.v8,
    tfjs: tf.version["tfjs-core"],
    ...(pytorch === undefined ? {} : { pytorch }),
  };
}

const names = {
  x86_64: "x86-64",
  aarch64: "ARM",
  linux: "Linux",
  darwin: "macOS",
  windows: "Windows",
};

/** The kinds of machines that a table made here says nothing about. */
export function otherMachines(
  { arch, os }: { arch: string; os: string } = Deno.build,
): string {
  const others = Object.entries(names)
    .filter(([key]) => key !== arch && key !== os)
    .map(([, name]) => name);
  return `${others.slice(0, -1).join(", ")} and ${others.at(-1)}`;
}
