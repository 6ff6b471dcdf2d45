import { CommandError } from "../arguments/command.ts";
import { capture } from "../system/process.ts";
import { lastLine, noOtherName } from "./sealed.ts";

/** JupyterLab 4.6 asks for this one or a newer one. */
const oldest = [3, 10] as const;

// Debian ships venv's helper ensurepip apart from Python: import it to see.
const probe = `
import sys
print("%d.%d" % sys.version_info[:2])
import venv, ensurepip
`;

const cures = `
  Debian, Ubuntu   sudo apt install python3 python3-venv
  Fedora           sudo dnf install python3
  macOS            brew install python
  Windows          winget install Python.Python.3.13`;

/**
 * Finds a Python that can make a private environment.
 *
 * @param candidates Programs to try, the best first.
 * @throws {CommandError} If there is none: says what each candidate lacks and
 * what to install.
 */
export async function findPython(
  candidates = ["python3", "python", "py"],
): Promise<string> {
  const tried: string[] = [];
  for (const candidate of candidates) {
    const problem = await problemOf(candidate);
    if (!problem) return candidate;
    tried.push(`  ${candidate.padEnd(16)} ${problem}`);
  }
  throw new CommandError(
    `Cannot make the private environment for JupyterLab: expected Python ${
      oldest.join(".")
    } or newer with its module venv, got\n${
      tried.join("\n")
    }\nInstall it, then run this command again:${cures}`,
  );
}

async function problemOf(candidate: string): Promise<string | undefined> {
  // Without variables such as PYTHONHOME; Python 2 knows these options too.
  const ended = await capture(candidate, ["-E", "-s", "-c", probe], {
    env: noOtherName,
  });
  if (!ended) return "not found";
  const version = ended.stdout.trim();
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < oldest[0] || major === oldest[0] && minor < oldest[1]) {
    return version
      ? `is Python ${version}`
      : `does not run: ${lastLine(ended)}`;
  }
  if (ended.code === 0) return undefined;
  const missing = /No module named '?([\w.]+)/.exec(ended.stderr)?.[1];
  return missing
    ? `is Python ${version} without its module ${missing}`
    : `is Python ${version} and fails: ${ended.stderr.trim()}`;
}
