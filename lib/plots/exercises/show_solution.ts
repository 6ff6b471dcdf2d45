import { escapeHtml } from "../encode/escape.ts";
import { currentNotebook, type Notebook } from "../notebook/output.ts";
import { show } from "../notebook/show.ts";

/**
 * Shows the solution of an exercise below the cell, closed until it is
 * clicked on.
 *
 * It is Markdown, formulas included, in the element `<details>`, which JupyterLab,
 * VS Code and GitHub leave as it is.
 *
 * @param title What can be read while it is closed, such as "Exercise 1".
 * @param markdown The solution.
 * @param notebook Where to show it; the one whose kernel runs this by default.
 *
 * @example
 * ```ts
 * const batch = 4 * 3;
 * await showSolution("Exercise 1", `$B = P \\cdot K = ${batch}$ images`);
 * ```
 */
export async function showSolution(
  title: string,
  markdown: string,
  notebook: Notebook | undefined = currentNotebook(),
): Promise<void> {
  // Markdown begins again after an empty line.
  await show(
    `<details>\n<summary>${
      escapeHtml(title)
    }</summary>\n\n${markdown.trim()}\n\n</details>`,
    notebook,
  );
}
