// A program for train_interrupt_test.ts that waits for Ctrl-C.
import { onInterrupt } from "../../../lib/commands/train/interrupt.ts";

const { signal, release } = onInterrupt(() => console.log("first"));
if (Deno.args.includes("released")) release();
setInterval(() => {}, 1000);
signal.addEventListener("abort", () => console.log("aborted"));
console.log("ready");
