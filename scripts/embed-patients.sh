#!/usr/bin/env bash
# Writes Sources/Demonstration/DemoPatients.swift from Examples/clinic/patients.json.
set -euo pipefail
cd "$(dirname "$0")/.."
{
  cat <<'SWIFT'
/// `Examples/clinic/patients.json`, so that the program finds it wherever it stands; a test compares.
///
/// Written by scripts/embed-patients.sh.
enum DemoPatients {
  static let json = #"""
SWIFT
  sed -e 's/^./    &/' Examples/clinic/patients.json
  printf '\n    """#\n}\n'
} > Sources/Demonstration/DemoPatients.swift
