#!/usr/bin/env bash
# Writes the files of Sources/Formulary/Data into Swift literals, so that a program finds them
# wherever it is moved to. Run it after each change of a file there; a test compares the two.
set -euo pipefail
cd "$(dirname "$0")/.."

data=Sources/Formulary/Data
out=Sources/Formulary/Embedded
mkdir -p "$out"
rm -f "$out"/DrugText*.swift

header() {
  printf '// Written by scripts/embed-formulary.sh; edit the files of %s instead.\n' "$data"
  printf '// swift-format-ignore-file\n\n'
}

names=()
for file in "$data"/*.json; do
  name=$(basename "$file" .json)
  names+=("$name")
  if grep -q '"""#' "$file"; then
    echo "$file holds the end of a Swift literal" >&2
    exit 1
  fi
  {
    header
    printf 'extension DrugText {\n  static let %s = #"""\n' "$name"
    cat "$file"
    printf '"""#\n}\n'
  } > "$out/DrugText+$name.swift"
done

{
  header
  printf '/// The files of the formulary as they stand in the repository.\nenum DrugText {\n'
  printf '  /// Each file without its ending, and its text but for the last line break.\n'
  printf '  static let files: [(name: String, text: String)] = [\n'
  for name in "${names[@]}"; do printf '    ("%s", %s),\n' "$name" "$name"; done
  printf '  ]\n}\n'
} > "$out/DrugText.swift"
