/** What a stand-in for Python does; it answers as the real one by default. */
export interface Behaviour {
  /** The version that it says it has. */
  version?: string;
  /** A module that it lacks. */
  lacks?: string;
  /** Whether making an environment stops halfway. */
  breaks?: boolean;
  /** Whether what it makes does not work. */
  faulty?: boolean;
}

/**
 * Writes a program into a folder that behaves like Python where an environment
 * is made: it installs nothing, and copies itself into the environment.
 */
export async function fakePython(
  folder: string,
  { version = "3.12", lacks = "", breaks = false, faulty = false }: Behaviour =
    {},
): Promise<string> {
  const path = `${folder}/python-${crypto.randomUUID()}`;
  const script = `#!/bin/sh
case "$*" in
  *ensurepip*)
    echo ${version}
    [ -z "${lacks}" ] && exit
    echo "ModuleNotFoundError: No module named '${lacks}'" >&2
    exit 1 ;;
  *" -m venv "*)
    for folder; do :; done
    mkdir -p "$folder/bin"
    ${breaks ? "echo 'the disk is full' >&2; exit 1" : ""}
    cp "$0" "$folder/bin/python" ;;
  *" -m pip "*) echo "$*" >> "$0.installed" ;;
  *proof.py*)
    ${faulty ? "" : '[ -e "$0.installed" ] && exit'}
    echo "jupyterlab is missing" >&2
    exit 1 ;;
esac
`;
  await Deno.writeTextFile(path, script, { mode: 0o755 });
  return path;
}
