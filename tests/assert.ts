/**
 * The assertions of `jsr:@std/assert` that the tests use. Where JSR cannot be
 * reached, a stand-in over `node:assert` takes their place, so that the tests
 * also run behind a firewall. Only this module may name `@std/assert`.
 */
import nodeAssert from "node:assert/strict";

type ErrorClass<E extends Error> = abstract new (...args: never[]) => E;

interface Assertions {
  assert(condition: unknown, message?: string): asserts condition;
  assertEquals<T>(actual: T, expected: T, message?: string): void;
  assertAlmostEquals(
    actual: number,
    expected: number,
    tolerance?: number,
    message?: string,
  ): void;
  assertThrows<E extends Error = Error>(
    call: () => unknown,
    errorClass?: ErrorClass<E>,
    messageIncludes?: string,
  ): E;
  assertRejects<E extends Error = Error>(
    call: () => PromiseLike<unknown>,
    errorClass?: ErrorClass<E>,
    messageIncludes?: string,
  ): Promise<E>;
}

function checkError<E extends Error>(
  error: unknown,
  errorClass: ErrorClass<E> | undefined,
  messageIncludes: string,
): E {
  nodeAssert(error instanceof Error, `expected an Error, got ${error}`);
  if (errorClass) {
    nodeAssert(
      error instanceof errorClass,
      `expected ${errorClass.name}, got ${error.name}: ${error.message}`,
    );
  }
  nodeAssert(
    error.message.includes(messageIncludes),
    `expected a message with "${messageIncludes}", got "${error.message}"`,
  );
  return error as E;
}

const standIn: Assertions = {
  assert: (condition, message) => nodeAssert(condition, message),
  assertEquals: (actual, expected, message) =>
    nodeAssert.deepEqual(actual, expected, message),
  assertAlmostEquals(actual, expected, tolerance = 1e-7, message) {
    nodeAssert(
      Object.is(actual, expected) || Math.abs(actual - expected) <= tolerance,
      message ?? `expected ${expected} ± ${tolerance}, got ${actual}`,
    );
  },
  assertThrows(call, errorClass, messageIncludes = "") {
    let thrown: unknown;
    try {
      call();
    } catch (error) {
      thrown = error;
    }
    nodeAssert(thrown !== undefined, "expected the call to throw");
    return checkError(thrown, errorClass, messageIncludes);
  },
  async assertRejects(call, errorClass, messageIncludes = "") {
    let thrown: unknown;
    try {
      await call();
    } catch (error) {
      thrown = error;
    }
    nodeAssert(thrown !== undefined, "expected the promise to reject");
    return checkError(thrown, errorClass, messageIncludes);
  },
};

const std = await import("@std/assert")
  .catch(() => standIn) as unknown as Assertions;

export const assert: Assertions["assert"] = std.assert;
export const assertEquals: Assertions["assertEquals"] = std.assertEquals;
export const assertAlmostEquals: Assertions["assertAlmostEquals"] =
  std.assertAlmostEquals;
export const assertThrows: Assertions["assertThrows"] = std.assertThrows;
export const assertRejects: Assertions["assertRejects"] = std.assertRejects;
