/**
 * Values of one channel, or of four neighbors at once where the channels come in
 * fours: a device reads and writes those in one go.
 *
 * @module
 */
import type { ElementType } from "./shader.ts";

/** How many channels an element of a buffer has. */
export type LaneCount = 1 | 4;

/** Four lanes where the channels come in fours. */
export const lanesOf = (channels: number): LaneCount =>
  channels % 4 === 0 ? 4 : 1;

/** Four lanes where all of these numbers of channels come in fours. */
export const commonLanes = (...channels: number[]): LaneCount =>
  channels.every((each) => lanesOf(each) === 4) ? 4 : 1;

/** The type of such elements in a shader's buffers. */
export const elementOf: Readonly<Record<LaneCount, ElementType>> = {
  1: "f32",
  4: "vec4<f32>",
};

/** Opens a shader's code: `Value` and, for each lane whether something holds, `Flags`. */
export const lanesCode: Readonly<Record<LaneCount, string>> = {
  1: "alias Value = f32;\nalias Flags = bool;\n",
  4: "alias Value = vec4<f32>;\nalias Flags = vec4<bool>;\n",
};

/** A shader for each number of lanes. */
export const forLanes = <Shader>(
  shaderOf: (lanes: LaneCount) => Shader,
): Readonly<Record<LaneCount, Shader>> => ({ 1: shaderOf(1), 4: shaderOf(4) });
