#!/usr/bin/env bash
# A small simulated clinic: once as it is, which must agree in all, and once with each fault planted, which the
# checks must find. An exit status says which: 0 all agrees, 5 something does not (docs/simulate.md).
# Usage: simulate.sh PROGRAM [PLANT…]; without a plant all of them. CISTERNA_PORT: of the server, 7480.
set -euo pipefail

program=$1
shift
plants=("$@")
[ ${#plants[@]} -gt 0 ] || plants=(order fill stroke act leak)
port=${CISTERNA_PORT:-7480}
log=$(mktemp)
trap 'rm -f "$log"' EXIT

run() {
  local name=$1 expected=$2 start=$SECONDS status=0
  shift 2
  "$program" clinic simulate --patients 5 --days 60 --seed 1 --port "$port" "$@" >"$log" 2>&1 || status=$?
  if [ "$status" -ne "$expected" ]; then
    cat "$log" >&2
    printf '%s: status %d, expected %d\n' "$name" "$status" "$expected" >&2
    exit 1
  fi
  printf '%s: status %d after %d s: %s\n' "$name" "$status" $((SECONDS - start)) \
    "$(grep -A1 -E 'do not agree:|All agree' "$log" | tail -1 | sed 's/^ *//')"
}

run clean 0
for plant in "${plants[@]}"; do run "plant $plant" 5 --plant "$plant"; done
