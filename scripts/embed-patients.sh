#!/usr/bin/env bash
# Writes Sources/Demonstration/DemoPatients.swift and DemoResponses.swift from Examples/clinic.
set -euo pipefail
cd "$(dirname "$0")/.."

embed() {
  local file=$1 name=$2
  {
    cat <<SWIFT
/// \`$file\`, so that the program finds it wherever it stands; a test compares.
///
/// Written by scripts/embed-patients.sh.
enum $name {
  static let json = #"""
SWIFT
    sed -e 's/^./    &/' "$file"
    printf '\n    """#\n}\n'
  } > "Sources/Demonstration/$name.swift"
}

embed Examples/clinic/patients.json DemoPatients
embed Examples/clinic/response.json DemoResponses
