import type { Executed } from "../../../../lib/commands/jupyter/execute.ts";
import { skippedFailures } from "../../../../lib/commands/jupyter/reruns/skipped_failures.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { makeNotebook, thrown } from "../make_notebook.ts";

function failures(
  message: string,
  left: number,
  end: Executed["end"] = "raised",
) {
  const notebook = makeNotebook(
    { code: "1;" },
    { code: "await f(a);", outputs: message ? [thrown(message)] : [] },
  );
  const executed = { end, started: 2, notebook, log: "" };
  return skippedFailures(executed, left, 60, (n) => `cell [${n + 1}]`);
}

Deno.test("skippedFailures() takes an error that says which cell is missing", () => {
  assertEquals(failures("Cannot use `a`: run cell [2] first, which …", 2), []);
  assertEquals(failures("show is not defined", 1), []);
  assertEquals(failures("", 2, "finished"), []);
});

Deno.test("skippedFailures() does not take another error", () => {
  for (
    const message of ["a is not defined", "Cannot use `a`: run cell [20] first"]
  ) {
    const [failure = "", ...others] = failures(message, 2);
    assertEquals(others, []);
    const expected =
      "without cell [2], expected an error that says to run it, got an error in cell [3]:";
    assert(failure.startsWith(expected), failure);
  }
  assert(failures("", 2, "late")[0]!.includes("did not end within 60 s"));
});
