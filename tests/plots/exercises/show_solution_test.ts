import { showSolution } from "../../../lib/plots/exercises/show_solution.ts";
import { assertEquals } from "../../assert.ts";
import { fakeNotebook } from "../notebook/fake_notebook.ts";

Deno.test("showSolution() shows Markdown in an element that is closed", async () => {
  const notebook = fakeNotebook();
  await showSolution("P < K", "\n$B = P \\cdot K$\n", notebook);
  assertEquals(
    notebook.displayed[0]!.bundle["text/markdown"],
    [
      "<details>",
      "<summary>P &lt; K</summary>",
      "",
      "$B = P \\cdot K$",
      "",
      "</details>",
    ].join("\n"),
  );
});
