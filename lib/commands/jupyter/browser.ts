import { CommandError } from "../arguments/command.ts";
import { capture } from "../system/process.ts";
import { temporaryFolder } from "../system/project.ts";

/** How long a page may take, in milliseconds. */
const patience = 120_000;

const usual = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * Finds a Chromium, Chrome or the like: the one that the variable CHROME
 * names, or one that is installed.
 *
 * @param action What it is needed for, as its absence is told.
 * @throws {CommandError} If there is none: says what to install.
 */
export async function findBrowser(
  candidates: readonly string[] = named() ?? usual,
  action = "draw pictures of the figures",
): Promise<string> {
  for (const candidate of candidates) {
    const ended = await capture(candidate, ["--version"]);
    if (ended?.code === 0) return candidate;
  }
  throw new CommandError(
    `Cannot ${action}: expected Chromium or Chrome as ${
      candidates.join(", ")
    }, found none.\nInstall it (Debian: sudo apt install chromium), or set CHROME to its path.`,
  );
}

/**
 * Opens a page, without a window, until the result that it brings about is
 * there.
 *
 * @throws {CommandError} If that takes more than two minutes or the browser
 * ends by itself.
 */
export async function openUntil<T>(
  browser: string,
  address: string,
  result: Promise<T>,
): Promise<T> {
  const profile = await temporaryFolder();
  const signal = AbortSignal.timeout(patience);
  const process = new Deno.Command(browser, {
    args: [
      "--headless=new",
      "--no-sandbox", // root has none to offer; the page is our own
      "--no-first-run",
      "--disable-extensions",
      "--disable-background-networking",
      "--enable-unsafe-swiftshader", // 3-D without a graphics card
      `--user-data-dir=${profile}`,
      address,
    ],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
    signal,
  }).spawn();
  const said = process.stderr.text();
  const failed = process.status.then(async () => {
    throw new CommandError(
      `Cannot draw pictures of the figures: expected an answer of ${browser} within ${
        patience / 1000
      } s, got ${signal.aborted ? "none" : "its end"}\n${await said}`,
    );
  });
  try {
    return await Promise.race([result, failed]);
  } finally {
    await stop(process);
    await said; // Until then some of its processes still write to the profile.
    await Deno.remove(profile, { recursive: true }).catch(() => {});
  }
}

function named(): string[] | undefined {
  const path = Deno.env.get("CHROME");
  return path ? [path] : undefined;
}

async function stop(process: Deno.ChildProcess): Promise<void> {
  try {
    process.kill();
  } catch {
    // It has ended by itself.
  }
  await process.status;
}
