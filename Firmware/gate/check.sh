#!/usr/bin/env bash
# Holds: SR-075, SR-077
#
# The pump as firmware: Quantities, PumpCore and PumpLink compile unchanged as Embedded Swift for ARM and for
# wasm; a control loop that reaches all of the pump links without an allocator; and the same loop
# gives the same trace on the host, as wasm and on ARM. See README.md beside this file.
#
# Needs a Swift toolchain in PATH. Runs the traces where node and qemu-system-arm are there, and
# installs nothing. Everything that it builds is in .build-embedded/.
set -euo pipefail

readonly gate=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly root=$(cd "$gate/../.." && pwd)
readonly build=$root/.build-embedded
readonly state_max=8192 days_min=14 commands_min=2000

fail() {
  printf 'embedded gate: FAILED: %s\n' "$*" >&2
  exit 1
}

# The toolchain's own clang, linkers and binary tools; Linux distributions name theirs otherwise.
command -v swiftc > /dev/null || fail "swiftc is not in PATH"
readonly tools=$(swiftc -print-target-info |
  sed -n 's/.*"runtimeResourcePath" *: *"\(.*\)".*/\1/p')/../../bin
for tool in clang ld.lld wasm-ld llvm-nm llvm-objdump; do
  [ -x "$tools/$tool" ] || fail "the toolchain has no $tool in $tools"
done

# As in Package.swift.
readonly strict=(-swift-version 6 -warnings-as-errors -strict-memory-safety
  -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault
  -enable-upcoming-feature MemberImportVisibility -wmo -parse-as-library)
readonly embedded=(-enable-experimental-feature Embedded -Osize -Xcc -ffreestanding
  -Xfrontend -function-sections -Xfrontend -disable-stack-protector)
readonly arm=armv7em-none-none-eabi wasm=wasm32-unknown-none-wasm
readonly exports=(gate_begin gate_run_day gate_figure gate_hash)
readonly machines=(host arm wasm)

swift_flags() {
  case $1 in
    host) flags=("${strict[@]}" -O) ;;
    arm) flags=("${strict[@]}" "${embedded[@]}" -target $arm) ;;
    wasm) flags=("${strict[@]}" "${embedded[@]}" -target $wasm) ;;
  esac
  flags+=(-I "$build/$1")
}

# compile_pump MACHINE: the three modules, every file of them, as they are.
compile_pump() {
  local flags module files
  swift_flags "$1"
  mkdir -p "$build/$1"
  for module in Quantities PumpCore PumpLink; do
    mapfile -t files < <(find "$root/Sources/$module" -name '*.swift' | sort)
    swiftc "${flags[@]}" -module-name $module -emit-module \
      -emit-module-path "$build/$1/$module.swiftmodule" \
      -c "${files[@]}" -o "$build/$1/$module.o" ||
      fail "$module does not compile for $1"
  done
}

# compile_loop MACHINE NAME FLAG…
compile_loop() {
  local flags
  swift_flags "$1"
  swiftc "${flags[@]}" "${@:3}" -module-name Gate -c "$gate"/Sources/*.swift \
    -o "$build/$1/$2.o" || fail "the control loop does not compile for $1"
}

compile_shells() {
  local bare=(-Os -Wall -Wextra -Werror -ffreestanding -fno-builtin -ffunction-sections -c)
  local file
  for file in arm runtime; do
    "$tools/clang" --target=$arm -mcpu=cortex-m4 -mfloat-abi=soft "${bare[@]}" \
      "$gate/shells/$file.c" -o "$build/arm/$file.o"
  done
  "$tools/clang" --target=$wasm "${bare[@]}" "$gate/shells/runtime.c" -o "$build/wasm/runtime.o"
  "$tools/clang" -Os -Wall -Wextra -Werror -c "$gate/shells/host.c" -o "$build/host/host.o"
}

# link MACHINE NAME: of the pump, the loop of that name and the shell, into MACHINE/NAME.
link() {
  local folder=$build/$1
  local objects=("$folder/$2.o" "$folder/PumpCore.o" "$folder/Quantities.o")
  case $1 in
    host) swiftc "${objects[@]}" "$folder/host.o" -o "$folder/$2" ;;
    arm)
      "$tools/ld.lld" -T "$gate/shells/arm.ld" --gc-sections "${objects[@]}" \
        "$folder/arm.o" "$folder/runtime.o" -o "$folder/$2"
      ;;
    wasm)
      "$tools/wasm-ld" --no-entry --gc-sections --stack-first -z stack-size=524288 \
        "${exports[@]/#/--export=}" "${objects[@]}" "$folder/runtime.o" \
        -Map="$folder/$2.map" -o "$folder/$2"
      ;;
  esac
}

# ---------------------------------------------------------------------------------------------

check_links_without_allocator() {
  local machine
  for machine in arm wasm; do
    link $machine loop || fail "the control loop reaches an allocation, or else does not link"
    if "$tools/llvm-nm" "$build/$machine/loop" |
      grep -E ' (malloc|calloc|realloc|free|posix_memalign|aligned_alloc)$'; then
      fail "an allocator is linked for $machine, so the link proves nothing"
    fi
    compile_loop $machine planted -DPLANT_ALLOCATION
    if link $machine planted 2> "$build/$machine/planted.txt"; then
      fail "a planted allocation links for $machine: the gate is blind"
    fi
    grep -q 'undefined symbol: posix_memalign' "$build/$machine/planted.txt" ||
      fail "a planted allocation fails for another reason: $(head -1 "$build/$machine/planted.txt")"
    echo "$machine: links without an allocator; a planted allocation does not"
  done
}

# arm_section NAME, wasm_section NAME: bytes.
arm_section() {
  echo $((16#$("$tools/llvm-objdump" -h "$build/arm/loop" | awk -v n="$1" '$2 == n { print $3 }')))
}
wasm_section() {
  echo $((16#$(awk -v n="$1" '$NF == n && NF == 4 { print $3; exit }' "$build/wasm/loop.map")))
}
# pump_text MACHINE: bytes of code in symbols of the pump's modules and their specialisations.
pump_text() {
  "$tools/llvm-nm" --radix=d --print-size "$build/$1/loop" |
    awk '$3 ~ /^[tT]$/ && /[$]e(8PumpCore|10Quantities)/ { sum += $2 } END { print sum + 0 }'
}

print_sections() {
  echo
  echo "The linked loop, bytes (the simulated board's 47,360 B of memory are in bss):"
  printf '  %-28s %10s %10s\n' "" ARM wasm
  printf '  %-28s %10d %10d\n' "text" "$(arm_section .text)" "$(wasm_section CODE)"
  printf '  %-28s %10d %10s\n' "  with PumpCore in its name" "$(pump_text arm)" "-"
  printf '  %-28s %10d %10d\n' "rodata" "$(arm_section .rodata)" "$(wasm_section .rodata)"
  printf '  %-28s %10d %10d\n' "data" "$(arm_section .data)" "$(wasm_section .data)"
  printf '  %-28s %10d %10d\n' "bss" "$(arm_section .bss)" "$(wasm_section .bss)"
}

# The constants that the functions of Sizes.swift return, as the compiler folded them.
size_of() {
  awk -v name="@gate_size_$2(" '
    index($0, name) && /^define/ { inside = 1 }
    inside && $1 == "ret" { print $3; exit }
  ' "$build/$1/sizes.ll"
}

check_sizes() {
  local machine flags type size
  for machine in "${machines[@]}"; do
    swift_flags $machine
    swiftc "${flags[@]}" -module-name Sizes -emit-ir "$gate/Sources/Sizes.swift" \
      -o "$build/$machine/sizes.ll"
  done
  echo
  echo "Static memory, bytes (the controller's state may have $state_max):"
  printf '  %-28s %10s %10s %10s\n' "" host ARM wasm
  for type in Controller Program Supervisor Pump; do
    printf '  %-28s' $type
    for machine in "${machines[@]}"; do
      size=$(size_of $machine $type)
      [[ $size =~ ^[0-9]+$ ]] || fail "no size of $type for $machine"
      printf ' %10d' "$size"
      if [ $type = Controller ] && [ "$size" -gt $state_max ]; then
        fail "the controller's state is over $state_max bytes for $machine"
      fi
    done
    echo
  done
}

# ---------------------------------------------------------------------------------------------

run_host() { "$build/host/$1" > "$build/host/$1.txt"; }

run_wasm() { node "$gate/shells/wasm.mjs" "$build/wasm/loop" > "$build/wasm/loop.txt"; }

run_arm() {
  # A QEMU that hangs ignores anything but KILL.
  timeout -s KILL 600 qemu-system-arm -M mps2-an386 -kernel "$build/arm/loop" \
    -display none -monitor none -serial none -chardev "file,id=out,path=$build/arm/output.txt" \
    -semihosting-config enable=on,target=native,chardev=out < /dev/null || {
    tail -3 "$build/arm/output.txt" >&2
    return 1
  }
  grep '^day' "$build/arm/output.txt" > "$build/arm/loop.txt"
  awk '/^stack/ { print "arm: the stack reached " $2 " bytes" }' "$build/arm/output.txt"
}

# agrees FILE: whether a trace is the host's, to the last checkpoint.
agrees() {
  local first
  cmp -s "$build/host/loop.txt" "$1" && return 0
  first=$(awk 'NR == FNR { want[FNR] = $0; next } want[FNR] != $0 { print FNR; exit }' \
    "$build/host/loop.txt" "$1")
  echo "  differs from the host's from day ${first:-1 on, or ends early}"
  return 1
}

# The scenario has to stay long and wild enough, whatever the controller becomes.
check_scenario() {
  local day commands missing
  read -r day commands missing < <(awk 'END { print $2, $4, $10 }' "$build/host/loop.txt")
  [ "$day" -ge $days_min ] || fail "only $day days"
  [ "$commands" -ge $commands_min ] || fail "only $commands commands"
  [ "$missing" -eq 0 ] || fail "$missing kinds of event, stroke, basal or recovery never come"
}

check_traces() {
  local machine tool
  compile_loop host loop
  link host loop
  run_host loop
  echo
  echo "The trace on the host:"
  sed 's/^/  /' "$build/host/loop.txt"
  check_scenario

  compile_loop host different -DPLANT_DIFFERENCE
  link host different
  run_host different
  if agrees "$build/host/different.txt" > "$build/host/different.said"; then
    fail "a planted difference of 1 nL in a dose is not seen: the comparison is blind"
  fi
  echo "host: a planted difference of 1 nL in the patient's dose is seen:" \
    "$(sed 's/^ *//' "$build/host/different.said")"

  for machine in wasm arm; do
    tool=node
    if [ $machine = arm ]; then tool=qemu-system-arm; fi
    if ! command -v $tool > /dev/null; then
      echo "$machine: skipped: $tool not found; that it compiles and links stands"
      continue
    fi
    run_$machine || fail "the trace does not run to its end: $machine"
    agrees "$build/$machine/loop.txt" || fail "the traces of host and $machine differ"
    echo "$machine: all $(wc -l < "$build/host/loop.txt") checkpoints agree with the host's"
  done
}

rm -rf "$build"
for machine in "${machines[@]}"; do compile_pump "$machine"; done
echo "Quantities, PumpCore and PumpLink compile unchanged for $arm and $wasm"
compile_shells
for machine in arm wasm; do compile_loop $machine loop; done
check_links_without_allocator
print_sections
check_sizes
check_traces
echo
echo "embedded gate: passed in $SECONDS s"
