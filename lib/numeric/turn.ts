/** Lets timers, messages and the display have their turn within long work. */
export function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
