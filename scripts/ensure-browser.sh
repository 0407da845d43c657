#!/usr/bin/env bash
# Finds what the tests in a browser need, or installs it: python3, Debian's chromium, and Playwright and axe
# for Python, of versions that are written down here, in a virtual environment below .build.
#
#   scripts/ensure-browser.sh     prints the python3 to run them with; nothing where something is missing
#
# Packages come by apt-get where that is allowed, Python's from its index with pip; no browser is downloaded.
# What is missing in the end is said by name and is no failure: the tests that need it are skipped and say so.
set -uo pipefail
cd "$(dirname "$0")/.."

readonly playwright=1.65.2 axe=0.1.8
readonly place=$PWD/.build/browser
readonly chromium=${CHROMIUM:-/usr/bin/chromium}

say() { printf 'ensure-browser: %s\n' "$*" >&2; }

install_packages() {
  local apt=(apt-get)
  if ! command -v apt-get >/dev/null; then
    say "no apt-get here; not installed: $*"
    return 1
  fi
  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
      apt=(sudo apt-get)
    else
      say "not root; to have the tests in a browser too: apt-get install $*"
      return 1
    fi
  fi
  say "installing $*"
  export DEBIAN_FRONTEND=noninteractive
  { "${apt[@]}" update -qq && "${apt[@]}" install -y -qq --no-install-recommends "$@"; } >&2 \
    || {
      say "apt-get could not install: $*"
      return 1
    }
}

has_modules() { "$1" -B -c 'import playwright, axe_playwright_python' 2>/dev/null; }

# A python3 that can make a virtual environment: python3 alone is not enough on Debian.
can_make() { command -v python3 >/dev/null && python3 -B -c 'import venv, ensurepip' 2>/dev/null; }

make_environment() {
  say "installing playwright $playwright and axe-playwright-python $axe below .build/browser"
  rm -rf "$place.new"
  # Without the variable Playwright's own scripts might fetch a browser.
  if PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 python3 -m venv "$place.new" >&2 \
    && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 "$place.new/bin/python3" -m pip install --quiet \
      "playwright==$playwright" "axe-playwright-python==$axe" >&2 \
    && has_modules "$place.new/bin/python3"; then
    rm -rf "$place"
    mv "$place.new" "$place"
  else
    rm -rf "$place.new"
    say "missing: Playwright and axe for Python (pip could not install them)"
    return 1
  fi
}

wanted=()
can_make || has_modules python3 || wanted+=(python3 python3-venv)
[ -x "$chromium" ] || wanted+=(chromium)
if [ "${#wanted[@]}" -gt 0 ]; then install_packages "${wanted[@]}" || true; fi

if [ ! -x "$chromium" ]; then
  say "missing: chromium ($chromium). The tests in a browser are skipped."
  exit 0
fi
if [ -x "$place/bin/python3" ] && has_modules "$place/bin/python3"; then
  printf '%s\n' "$place/bin/python3"
elif command -v python3 >/dev/null && has_modules python3; then
  command -v python3
elif can_make && make_environment; then
  printf '%s\n' "$place/bin/python3"
else
  can_make || say "missing: python3 with venv. The tests in a browser are skipped."
fi
exit 0
