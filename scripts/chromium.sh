#!/bin/sh
# Makes sure that the browser tests have a Chromium: an installed one, Debian's, or Playwright's.
set -eu
cd "$(dirname "$0")/.."

works() { [ -x "$1" ] && "$1" --version >/dev/null 2>&1; }

if [ -n "${OKRLAB_CHROMIUM:-}" ]; then
  works "$OKRLAB_CHROMIUM" && exit 0
  echo "okrlab: OKRLAB_CHROMIUM is $OKRLAB_CHROMIUM, which does not start. Unset or mend it." >&2
  exit 2
fi
works /usr/bin/chromium && exit 0

own=$(.venv/bin/python -c '
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)')
works "$own" && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium for the browser tests (once) …"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    chromium fonts-dejavu-core >/dev/null || true
  works /usr/bin/chromium && exit 0
fi
echo "Fetching Chromium for the browser tests (once) …"
.venv/bin/playwright install chromium
