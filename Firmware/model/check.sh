#!/usr/bin/env bash
# The patient model as wasm: Pharmacology compiles unchanged as Embedded Swift, links with a heap of a few
# lines and nothing else, and gives the host's values to 1e-12; how long 7 days take in node is printed.
#
# What the clinic's pages run (Prediction.swift) is built beside it, compared with the host likewise, and
# must be what stands embedded in the server; EMBED=yes puts it there instead (scripts/embed-model.sh).
#
# Needs a Swift toolchain in PATH, and node. Everything that it builds is in .build-embedded/model/.
set -euo pipefail

# Paths from the root, so that the same sources give the same bytes wherever they stand.
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
readonly here=Firmware/model
readonly build=.build-embedded/model
readonly cells=${CELLS:-480}

fail() {
  printf 'model as wasm: FAILED: %s\n' "$*" >&2
  exit 1
}

command -v swiftc > /dev/null || fail "swiftc is not in PATH"
readonly tools=$(swiftc -print-target-info |
  sed -n 's/.*"runtimeResourcePath" *: *"\(.*\)".*/\1/p')/../../bin
readonly strict=(-swift-version 6 -warnings-as-errors -strict-memory-safety
  -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault
  -enable-upcoming-feature MemberImportVisibility -wmo -parse-as-library)
readonly wasm=wasm32-unknown-none-wasm
readonly embedded=(-enable-experimental-feature Embedded -O -target $wasm -Xcc -ffreestanding
  -Xcc -msimd128 -Xfrontend -function-sections -Xfrontend -disable-stack-protector)
mapfile -t files < <(find Sources/Pharmacology -name '*.swift' | sort)

# compile FOLDER FLAG…: the module, every file of it, and the case.
compile() {
  local folder=$build/$1
  mkdir -p "$folder"
  swiftc "${strict[@]}" "${@:2}" -module-name Pharmacology -emit-module \
    -emit-module-path "$folder/Pharmacology.swiftmodule" -c "${files[@]}" \
    -o "$folder/Pharmacology.o" || fail "Pharmacology does not compile: $1"
  swiftc "${strict[@]}" "${@:2}" -I "$folder" -module-name ModelCheck -c "$here/Model.swift" \
    -o "$folder/Model.o" || fail "the case does not compile: $1"
  swiftc "${strict[@]}" "${@:2}" -I "$folder" -module-name Prediction -c "$here/Prediction.swift" \
    -o "$folder/Prediction.o" || fail "the prediction does not compile: $1"
}

rm -rf "$build"
compile host -O
compile wasm "${embedded[@]}"
"$tools/clang" -Os -c "$here/host.c" -o "$build/host/host.o"
swiftc "$build"/host/*.o -lm -o "$build/host/model"
"$build/host/model" "$cells" > "$build/host.txt"

bare=(--target=$wasm -O2 -Wall -Wextra -Werror -ffreestanding -fno-builtin -mbulk-memory -c)
for file in "$here/heap.c" "$here/room.c" Firmware/gate/shells/runtime.c; do
  "$tools/clang" "${bare[@]}" "$file" -o "$build/wasm/$(basename "$file" .c).o"
done
link() {
  "$tools/wasm-ld" --no-entry --gc-sections --strip-all --stack-first -z stack-size=1048576 \
    "${@:2}" "$build"/wasm/*.o -o "$build/$1" || fail "the model does not link with its heap alone: $1"
}
link model.wasm --export=model_run --export=model_room
link prediction.wasm --export=prediction_run --export=prediction_input --export=prediction_output \
  --export=prediction_input_room --export=prediction_output_room
echo "Pharmacology compiles unchanged for $wasm; $(stat -c %s "$build/prediction.wasm") bytes"

# The bytes as the server holds them.
embedded() {
  printf '// Written by scripts/embed-model.sh from Firmware/model and Sources/Pharmacology.\n'
  printf '// swift-format-ignore-file\n\n'
  printf '/// The patient model as wasm, which `make model-wasm` builds anew and compares.\n'
  printf 'enum ModelProgram {\n  /// Base64.\n  static let text = """\n'
  base64 -w 2000 "$build/prediction.wasm" | sed -e 's/^/    /' -e 's/$/\\/' -e '$s/\\$//'
  printf '    """\n}\n'
}
readonly program=Sources/Clinic/Model/ModelProgram.swift
if [[ ${EMBED:-} == yes ]]; then
  embedded > "$program"
  echo "written: $program"
elif ! embedded | cmp -s - "$program"; then
  fail "$program is not what the sources give; run scripts/embed-model.sh and look at the change"
fi
if ! command -v node > /dev/null; then
  echo "wasm: skipped: node not found; that it compiles and links stands"
  exit 0
fi
node "$here/check.mjs" "$build/model.wasm" "$build/host.txt" "$cells"
"$build/host/model" prediction < "$here/prediction.txt" > "$build/predicted.txt"
node "$here/predicted.mjs" "$build/prediction.wasm" "$here/prediction.txt" "$build/predicted.txt"
