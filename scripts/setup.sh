#!/bin/sh
# Leaves a ready .venv in the checkout. "setup.sh dev" adds what tests and checks need.
set -eu
cd "$(dirname "$0")/.."
kind=${1:-course}

say() { printf '%s\n' "$*"; }
fail() {
  say "okrlab: $*" >&2
  exit 2
}

# --- Nothing to do? -------------------------------------------------------------------------

state() {
  { find pyproject.toml uv.lock scripts/setup.sh okrlab/labextension -type f | LC_ALL=C sort |
    while read -r file; do cksum "$file"; done; pwd; } | cksum
}

stamp=.venv/.okrlab-$kind
now=$(state)
if [ -x .venv/bin/okrlab ] && .venv/bin/python -c '' 2>/dev/null; then
  for mark in "$stamp" .venv/.okrlab-dev; do
    if [ "$(cat "$mark" 2>/dev/null)" = "$now" ]; then exit 0; fi
  done
fi

# --- Python ---------------------------------------------------------------------------------

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
python=
found=
for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
  if "$name" -c '' 2>/dev/null; then
    if "$name" -c "$new_enough" 2>/dev/null; then
      python=$("$name" -c 'import sys; print(sys.executable)')
      break
    fi
    found=${found:-$("$name" --version 2>&1)}
  fi
done
if [ -z "$python" ]; then
  fail "Python 3.11 or newer is needed, and ${found:-no Python} was found.
Install a newer Python (from python.org, or with your system's software manager) and run this again.
If it is installed in an unusual place: make lab PYTHON=/path/to/python3"
fi

# --- uv -------------------------------------------------------------------------------------

fresh_uv() { # 0.6 and later read the lock file
  "$1" --version 2>/dev/null |
    "$python" -c 'import re, sys
numbers = re.search(r"uv (\d+)\.(\d+)", sys.stdin.read())
sys.exit(not numbers or tuple(map(int, numbers.groups())) < (0, 6))'
}

bootstrap_uv() {
  say "Fetching uv, which installs the course's parts, into .uv (once) …"
  if ! "$python" -m venv .uv >/dev/null 2>&1; then
    rm -rf .uv
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      apt-get update -qq
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
    fi
    "$python" -m venv .uv >/dev/null 2>&1 || fail "$python cannot make a virtual environment.
On Debian and Ubuntu: sudo apt install python3-venv. Then run this again."
  fi
  .uv/bin/python -m pip install --quiet --disable-pip-version-check uv ||
    fail "uv could not be fetched. Is this computer online, and does pip work on it?
Run this again when it is."
}

if command -v uv >/dev/null && fresh_uv uv; then
  uv=uv
else
  fresh_uv .uv/bin/uv || bootstrap_uv
  uv=.uv/bin/uv
fi

# --- The environment ------------------------------------------------------------------------

if [ "$kind" = dev ]; then groups="--group dev"; else groups="--no-dev --inexact"; fi
say "Setting up okrlab in .venv (a minute the first time) …"
unset VIRTUAL_ENV
export UV_PROJECT_ENVIRONMENT=.venv UV_PYTHON_DOWNLOADS=never
# shellcheck disable=SC2086 # two words on purpose
"$uv" sync --quiet --frozen --compile-bytecode --python "$python" --reinstall-package okrlab \
  $groups || fail "The course's parts could not be installed; the reason stands above.
Is this computer online, and is the disk not full? Run this again when it is."
state >"$stamp"
