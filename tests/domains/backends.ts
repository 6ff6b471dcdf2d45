import { setWinograd, useBackend } from "../../lib/mod.ts";
import * as is from "./kinds.ts";
import { none, type Room, row } from "./row.ts";

export const backendsRoom: Room = {
  useBackend: row(useBackend, () => ["wasm"], {
    "0": is.choice("wasm", "cpu", "webgpu", "auto"),
  }),
  DeviceError: none,
  // What it takes is a function.
  awaitNumbers: none,
  wasmKernels: none,
  // What it takes is a function.
  profileKernels: none,
  // They take code, which is a list of bytes, and give code.
  forEach: none,
  linkFunctions: none,
  repeat: none,
  wasmFunction: none,
  setWinograd: row(setWinograd, () => ["normalized"], {
    "0": is.choice("normalized", "always", "never"),
  }),
  winogradUse: none,
  projectPath: none,
};
