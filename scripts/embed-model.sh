#!/usr/bin/env bash
# Writes the patient model as wasm into Sources/Clinic/Model/ModelProgram.swift, from which the server
# gives it to browsers. Run it after each change of Sources/Pharmacology; `make model-wasm` compares.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$(dirname "$(scripts/ensure-swift.sh)"):$PATH" EMBED=yes Firmware/model/check.sh
