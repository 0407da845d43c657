#!/usr/bin/env bash
# Kills the clinic's server with SIGKILL at random instants with orders in flight, KILLS times (200) as it is
# and as often with what was not synced thrown away; after each it is looked whether anything is lost, twice
# or told falsely. CISTERNA_SEED for other instants.
set -euo pipefail
cd "$(dirname "$0")/.."
swift=scripts/ensure-swift.sh
flags=(-c release -Xswiftc -enable-testing --scratch-path .build/testing)
"$swift" build "${flags[@]}" --build-tests
CISTERNA_SERVER_KILLS="${KILLS:-200}" \
  "$swift" test --skip-build "${flags[@]}" --filter ServerCrashTests
