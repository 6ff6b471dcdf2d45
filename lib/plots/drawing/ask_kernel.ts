import type { PadQuestion, PadReply } from "./pad_in_page.ts";

/**
 * A function that asks the Jupyter kernel. This runs in the page, not here: its source
 * is what the output holds, so it uses nothing from outside of it.
 *
 * @param address Where the kernel listens.
 */
export function askKernel(
  address: string,
): (question: PadQuestion) => Promise<PadReply> {
  return async (question) => {
    const body = JSON.stringify(question);
    const response = await fetch(address, { method: "POST", body });
    return await response.json();
  };
}
