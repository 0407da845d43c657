#!/usr/bin/env bash
# Kills a serving virtual pump with SIGKILL, again and again while orders come in, and looks at its
# books, orders and receipts after each start. KILLS=1000 by default.
set -euo pipefail
cd "$(dirname "$0")/.."
swift=scripts/ensure-swift.sh
flags=(-c release -Xswiftc -enable-testing --scratch-path .build/testing)
"$swift" build "${flags[@]}" --build-tests
CISTERNA_BINARY="$("$swift" build "${flags[@]}" --show-bin-path)/cisterna" \
CISTERNA_KILLS="${KILLS:-1000}" \
  "$swift" test --skip-build "${flags[@]}" --filter SigkillTests
