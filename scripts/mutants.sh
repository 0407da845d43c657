#!/usr/bin/env bash
# Plants the bugs of scripts/mutants/*.list one by one and says which test finds each.
#
#   scripts/mutants.sh                 all of them
#   scripts/mutants.sh --only ID…      some of them; an ID may be a pattern such as 'lockout-*'
#   scripts/mutants.sh --sample N      N of them, drawn as if at random, always the same
#   scripts/mutants.sh --list          what there is, without a run
#   scripts/mutants.sh --jobs N        N copies of the tree at work at once (default 1)
#   scripts/mutants.sh --table FILE    also write the table as Markdown
#
# Works below .build-mutants. The core and the tests that hold it are built once, optimised, without
# inlining between modules; they must pass without any bug. Each bug is then planted in a copy of its
# module, the module alone is compiled again and linked with the rest, and the tests are run in
# stages, the quick ones first, up to the first that fails. A bug that no test finds survives: the run
# fails, unless scripts/mutants/equivalent.txt says why the bug changes nothing that anyone can see. A
# bug that does not compile, or whose text is not in its file exactly once, is an error of the list. A
# run that was broken off goes on where it stopped, as long as sources, tests and bug are the same.
#
# A list has one block for each bug:
#
#   == ID FILE            the file from Sources/
#   what: one line        what is broken, and which requirements or hazards that touches
#   --- find
#   the text that stands in the file exactly once
#   --- with
#   the text in its place; none to leave it out
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly work=$PWD/.build-mutants lists=scripts/mutants
readonly tree=$work/tree state=$work/state results=$work/results

# Random histories in all; the oracle compares one scenario for 200 of them in each of eight parts.
export CISTERNA_HISTORIES=${CISTERNA_HISTORIES:-4000}

# The tests that take longest: each goes through all of what another looks at in part.
slow='StorePowerCutTests|StoreBitFlipTests|a hundred thousand refused doses'
slow+='|no stroke of a correct controller is refused|what is granted stays under the order'
slow+='|a controller that is written and read goes on|in ten years of weekly programs'
slow+='|a crash forgets time and nothing else|lives with crashes'
slow+='|QuantityText|QuantityPrinting|Campaign|after any two faults'
readonly slow

# The stages: a name, the tests that it runs, and those of them that it leaves out.
readonly stage_names=(golden oracle histories unit slow)
readonly stage_runs=(
  '^PumpScenarioTests\.GoldenTests'
  '^PumpScenarioTests\.OracleCampaign'
  '^PumpCoreTests\.HistoryCampaign|after any two faults|^PumpScenarioTests\.(Examples|PumpRunJSON)'
  '^PumpCoreTests\.|^QuantitiesTests\.'
  "$slow"
)
readonly stage_skips=('' '' 'a bolus never changes basal' "$slow" '')

fail() {
  printf 'mutants: %s\n' "$*" >&2
  exit 1
}

# MARK: The lists

ids=()
declare -A file_of what_of find_of with_of

read_list() {
  local line id='' part='' text=''
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      '== '*)
        keep_part "$id" "$part" "$text"
        read -r _ id file <<<"$line"
        [ -z "${file_of[$id]:-}" ] || fail "$1: $id is there twice"
        ids+=("$id")
        file_of[$id]=Sources/$file
        part='' text=''
        ;;
      'what: '*) what_of[$id]=${line#what: } ;;
      '--- find' | '--- with')
        keep_part "$id" "$part" "$text"
        part=${line#--- } text=''
        ;;
      *) text+=$line$'\n' ;;
    esac
  done <"$1"
  keep_part "$id" "$part" "$text"
}

# Without the empty lines at the end and the last line break.
keep_part() {
  local id=$1 part=$2 text=$3
  while [[ $text == *$'\n' ]]; do text=${text%$'\n'}; done
  case $part in
    find) find_of[$id]=$text ;;
    with) with_of[$id]=$text ;;
  esac
}

# Whether the text of each bug stands in its file exactly once.
check_list() {
  local id text rest faults=0
  for id in "${ids[@]}"; do
    if [ -z "${what_of[$id]:-}" ] || [ -z "${find_of[$id]:-}" ] || [ -z "${with_of[$id]+is}" ]; then
      printf 'mutants: %s lacks what, find or with\n' "$id" >&2
      faults=$((faults + 1))
      continue
    fi
    if [ ! -f "${file_of[$id]}" ]; then
      printf 'mutants: %s: there is no %s\n' "$id" "${file_of[$id]}" >&2
      faults=$((faults + 1))
      continue
    fi
    text=$(<"${file_of[$id]}")
    rest=${text//"${find_of[$id]}"/}
    if [ $((${#text} - ${#rest})) -ne ${#find_of[$id]} ]; then
      printf 'mutants: %s: its text is in %s %d times, not once\n' "$id" "${file_of[$id]}" \
        $(((${#text} - ${#rest}) / ${#find_of[$id]})) >&2
      faults=$((faults + 1))
    fi
    if [ "${find_of[$id]}" = "${with_of[$id]}" ]; then
      printf 'mutants: %s changes nothing\n' "$id" >&2
      faults=$((faults + 1))
    fi
  done
  [ "$faults" -eq 0 ] || fail "$faults faults in $lists"
}

declare -A reason_of
read_equivalent() {
  local id reason
  [ -f "$lists/equivalent.txt" ] || return 0
  while read -r id reason; do
    case $id in '' | '#'*) continue ;; esac
    [ -n "${file_of[$id]:-}" ] || fail "$lists/equivalent.txt: there is no bug $id"
    [ -n "$reason" ] || fail "$lists/equivalent.txt: $id has no reason"
    reason_of[$id]=$reason
  done <"$lists/equivalent.txt"
}

# MARK: Building

# Takes down the tree as it is now, so that it may change during the run. Nothing is inlined over a
# module's border there, or a bug would not reach those who inlined the sound text before.
take_tree() {
  local path
  rm -rf "$tree.new"
  mkdir -p "$tree.new" "$tree"
  tar -cf - Sources/{Quantities,PumpCore,JSONText,PumpScenario} Examples \
    Tests/{Golden,PumpTesting,PumpOracle,QuantitiesTests,PumpCoreTests,PumpScenarioTests} \
    | tar -xf - -C "$tree.new"
  cp "$lists/Package.swift" "$tree.new/Package.swift"
  sed -i 's/@inlinable *//' "$tree.new"/Sources/{Quantities,PumpCore}/*.swift
  # What is equal stays untouched, so that a build knows.
  while IFS= read -r -d '' path; do
    if ! cmp -s "$tree.new/$path" "$tree/$path"; then
      mkdir -p "$(dirname "$tree/$path")"
      cp "$tree.new/$path" "$tree/$path"
    fi
  done < <(cd "$tree.new" && find . -type f -print0)
  while IFS= read -r -d '' path; do
    [ -e "$tree.new/$path" ] || rm -f "$tree/$path"
  done < <(cd "$tree" && find . -type d -name '.build*' -prune -o -type f -print0)
  rm -rf "$tree.new"
}

build_tree() {
  local flags=(--build-tests -c release -Xswiftc -enable-testing -Xswiftc -disable-cmo)
  (cd "$tree" && "$swift" build "${flags[@]}") >"$state/build.log" 2>&1 && return
  if grep -q 'module cache path' "$state/build.log"; then
    rm -rf "$tree/.build"
    (cd "$tree" && "$swift" build "${flags[@]}") >"$state/build.log" 2>&1 && return
  fi
  grep -A 4 -m 5 'error:' "$state/build.log" >&2 || tail -n 30 "$state/build.log" >&2
  fail 'the tree does not build'
}

# Compiles one module of a job and links the tests with it.
build_module() {
  local job=$1 module=$2 log=$3 release
  release=$(cd "$tree/.build/release" && pwd -P)
  {
    "${swift}c" -O -wmo -swift-version 6 -enable-testing -parse-as-library -disable-cmo \
      -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault \
      -enable-upcoming-feature MemberImportVisibility \
      -module-name "$module" -I "$release/Modules" -c "$job/$module"/*.swift -o "$job/$module.o" \
      && grep -v "/$module.build/" "$release/mutantsPackageTests.product/Objects.LinkFileList" \
        >"$job/objects" \
      && echo "$job/$module.o" >>"$job/objects" \
      && "${swift}c" -L "$release" -o "$job/tests.xctest" -module-name mutantsPackageTests \
        -emit-executable -Xlinker --gc-sections "@$job/objects"
  } >"$log" 2>&1
}

# MARK: Running tests

# Runs a stage of a test binary, up to its first failure: passed, failed, trapped or time-out.
run_stage() {
  local tests=$1 stage=$2 log=$3 limit=$4 pid status started=$SECONDS
  local arguments=(--testing-library swift-testing --no-parallel --filter "${stage_runs[$stage]}")
  : >"$log"
  if [ -n "${stage_skips[$stage]}" ]; then arguments+=(--skip "${stage_skips[$stage]}"); fi
  (
    cd "$tree"
    exec setsid "$tests" "${arguments[@]}"
  ) >"$log" 2>&1 &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    if grep -q ' recorded an issue' "$log"; then
      end_group "$pid"
      echo failed
      return
    fi
    if [ $((SECONDS - started)) -ge "$limit" ]; then
      end_group "$pid"
      echo time-out
      return
    fi
    sleep 0.1
  done
  status=0
  wait "$pid" || status=$?
  if grep -q ' recorded an issue' "$log"; then
    echo failed
  elif [ "$status" -ge 128 ]; then
    echo trapped
  elif [ "$status" -ne 0 ]; then
    echo failed
  else
    grep -q 'Test run with [1-9]' "$log" && echo passed || echo failed
  fi
}

end_group() {
  { kill -KILL -- "-$1" || kill -KILL "$1"; } 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

# The name of the first test that failed, or what the trap said.
killer() {
  local outcome=$1 log=$2 text
  case $outcome in
    trapped)
      text=$(grep -m 1 -oE '(Fatal|Precondition|Assertion) [^\n]*' "$log" | cut -c 1-120) || true
      printf 'trap: %s\n' "${text:-a signal}"
      ;;
    *)
      text=$(grep -m 1 ' recorded an issue' "$log" || grep -m 1 '^.\{0,4\}Test .* failed' "$log" || true)
      sed -E 's/^[^T]*Test (case [^"]* to )?//; s/ (recorded an issue|failed after).*//; s/ with [0-9]+ test cases//; s/^"(.*)"$/\1/' \
        <<<"${text:-no name}"
      ;;
  esac
}

# The tests without any bug: must pass; notes how long each stage may take.
run_unchanged() {
  local tests=$tree/.build/release/mutantsPackageTests.xctest stage started outcome
  for stage in "${!stage_names[@]}"; do
    started=$SECONDS
    outcome=$(run_stage "$tests" "$stage" "$state/${stage_names[$stage]}.log" 1200)
    if [ "$outcome" != passed ]; then
      tail -n 20 "$state/${stage_names[$stage]}.log" >&2
      fail "without any bug the ${stage_names[$stage]} tests: $outcome," \
        "$(killer "$outcome" "$state/${stage_names[$stage]}.log")"
    fi
    echo $((30 + 5 * (SECONDS - started))) >"$state/limit.$stage"
    printf 'without any bug: %s passed in %d s (%s)\n' "${stage_names[$stage]}" \
      $((SECONDS - started)) \
      "$(grep -oE 'Test run with [0-9]+ tests?' "$state/${stage_names[$stage]}.log" | tail -n 1)"
  done
}

# Plants one bug in a job's copy of its module, runs the tests and takes it out again. Writes outcome,
# time and killer.
try_bug() {
  local job=$1 id=$2 path=${file_of[$2]} text stage outcome=survived by='' started=$SECONDS
  local log=$job/log module copy
  module=$(cut -d / -f 2 <<<"$path")
  copy=$job/$module/$(basename "$path")
  text=$(
    cat "$tree/$path"
    echo .
  )
  text=${text%.}
  printf '%s' "${text/"${find_of[$id]}"/"${with_of[$id]}"}" >"$copy"
  if ! build_module "$job" "$module" "$log"; then
    outcome=error
    by=$(grep -m 1 'error:' "$log" | cut -c 1-160 || true)
  else
    for stage in "${!stage_names[@]}"; do
      outcome=$(run_stage "$job/tests.xctest" "$stage" "$log" "$(<"$state/limit.$stage")")
      case $outcome in
        passed) outcome=survived ;;
        *)
          by="$(killer "$outcome" "$log")"
          break
          ;;
      esac
    done
  fi
  if [ "$outcome" = time-out ]; then by="time-out of ${stage_names[$stage]}"; fi
  cp "$tree/$path" "$copy"
  printf '%s\t%s\t%s\n' "$outcome" $((SECONDS - started)) "$by" >"$results/$(key "$id").new"
  mv "$results/$(key "$id").new" "$results/$(key "$id")"
}

# Where the result of a bug stands: the same only for the same bug.
key() {
  printf '%s.%s' "$1" \
    "$(printf '%s\n' "${file_of[$1]}" "${find_of[$1]}" "${with_of[$1]}" | sha256sum | cut -c 1-12)"
}

# Takes bugs that nobody has taken yet, until there are none.
work_through() {
  local job=$1 id outcome seconds by
  rm -rf "$job"
  mkdir -p "$job"
  cp -r "$tree"/Sources/{Quantities,PumpCore} "$job/"
  for id in "${chosen[@]}"; do
    [ ! -e "$results/$(key "$id")" ] || continue
    mkdir "$state/taken.$id" 2>/dev/null || continue
    try_bug "$job" "$id"
    IFS=$'\t' read -r outcome seconds by <"$results/$(key "$id")"
    printf '%4d/%d  %-9s %3d s  %-32s %s\n' "$(find "$results" -name '*.????????????' | wc -l)" \
      ${#chosen[@]} "$outcome" "$seconds" "$id" "$by"
  done
}

# MARK: The end

print_table() {
  local id outcome seconds by
  printf '\n%-34s %-9s %5s  %s\n' BUG OUTCOME TIME 'WHAT | FOUND BY'
  for id in "${chosen[@]}"; do
    IFS=$'\t' read -r outcome seconds by <"$results/$(key "$id")"
    case $outcome in
      survived) by=${reason_of[$id]:+equivalent: ${reason_of[$id]}} ;;
      failed | trapped) outcome=found ;;
    esac
    [ "$outcome" != survived ] || outcome=SURVIVED
    printf '%-34s %-9s %3d s  %s | %s\n' "$id" "$outcome" "$seconds" "${what_of[$id]}" "$by"
  done
}

write_markdown() {
  local id outcome seconds by
  printf '| Bug | What is broken | Found by | s |\n|---|---|---|---|\n'
  for id in "${chosen[@]}"; do
    IFS=$'\t' read -r outcome seconds by <"$results/$(key "$id")"
    if [ "$outcome" = survived ]; then by="**survived**${reason_of[$id]:+: ${reason_of[$id]}}"; fi
    printf '| `%s` | %s | %s | %d |\n' "$id" "${what_of[$id]//|/\\|}" "${by//|/\\|}" "$seconds"
  done
}

# MARK: Arguments

only=() jobs=1 list_only=no table='' sample=0
while [ $# -gt 0 ]; do
  case $1 in
    --only)
      shift
      while [ $# -gt 0 ] && [[ $1 != --* ]]; do
        only+=("$1")
        shift
      done
      [ ${#only[@]} -gt 0 ] || fail '--only needs an ID'
      ;;
    --sample)
      sample=${2:-}
      [[ $sample =~ ^[1-9][0-9]{0,3}$ ]] || fail '--sample needs a number'
      shift 2
      ;;
    --list)
      list_only=yes
      shift
      ;;
    --jobs)
      jobs=${2:-}
      [[ $jobs =~ ^[1-9][0-9]?$ ]] || fail '--jobs needs a number'
      shift 2
      ;;
    --table)
      table=${2:-}
      [ -n "$table" ] || fail '--table needs a file'
      shift 2
      ;;
    -h | --help)
      sed -n '2,/^set /{/^set /!s/^# \{0,1\}//p}' "$0"
      exit 0
      ;;
    *) fail "unknown argument $1; see --help" ;;
  esac
done

for list in "$lists"/*.list; do read_list "$list"; done
read_equivalent

chosen=()
for id in "${ids[@]}"; do
  if [ ${#only[@]} -eq 0 ]; then
    chosen+=("$id")
  else
    for pattern in "${only[@]}"; do
      # shellcheck disable=SC2053
      if [[ $id == $pattern ]]; then
        chosen+=("$id")
        break
      fi
    done
  fi
done
[ ${#chosen[@]} -gt 0 ] || fail 'no bug has such an ID; see --list'
if [ "$sample" -gt 0 ]; then
  mapfile -t chosen < <(
    for id in "${chosen[@]}"; do printf '%s %s\n' "$(sha256sum <<<"$id")" "$id"; done \
      | sort | head -n "$sample" | awk '{ print $NF }'
  )
fi

if [ "$list_only" = yes ]; then
  check_list
  for id in "${chosen[@]}"; do printf '%-34s %-44s %s\n' "$id" "${file_of[$id]}" "${what_of[$id]}"; done
  exit 0
fi

swift=$(command -v swift || scripts/ensure-swift.sh)
readonly swift
rm -rf "$state"
mkdir -p "$state"
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT

began=$SECONDS
printf '%d bugs, %d at a time, %s\n' ${#chosen[@]} "$jobs" "$("$swift" --version 2>/dev/null | grep -m 1 -o 'Swift version [^ ]*')"
printf 'commit %s, CISTERNA_HISTORIES=%s\n' \
  "$(git rev-parse --short HEAD 2>/dev/null || echo unknown)" "$CISTERNA_HISTORIES"
check_list
take_tree
# Results of other sources or tests say nothing about these.
tree_hash=$(cd "$tree" && find . -type d -name '.build*' -prune -o -type f -print0 | sort -z \
  | xargs -0 sha256sum | sha256sum)
if [ "$tree_hash" != "$(cat "$work/results.tree" 2>/dev/null)" ]; then rm -rf "$results"; fi
mkdir -p "$results"
echo "$tree_hash" >"$work/results.tree"
build_tree
run_unchanged
for ((job = 1; job <= jobs; job++)); do work_through "$work/job-$job" & done
wait

print_table
if [ -n "$table" ]; then write_markdown >"$table"; fi

count() {
  local id
  for id in "${chosen[@]}"; do cat "$results/$(key "$id")"; done | grep -c "^$1" || true
}
survivors=() stale=()
for id in "${chosen[@]}"; do
  IFS=$'\t' read -r outcome _ <"$results/$(key "$id")"
  if [ "$outcome" = survived ]; then
    [ -n "${reason_of[$id]:-}" ] || survivors+=("$id")
  elif [ -n "${reason_of[$id]:-}" ]; then
    stale+=("$id")
  fi
done
errors=$(count error)
printf '\n%d bugs: %d found by a failed test, %d by a trap, %d by a time-out; %d survived' \
  ${#chosen[@]} "$(count failed)" "$(count trapped)" "$(count time-out)" "$(count survived)"
printf ' (%d of them listed as equivalent); %d do not compile; %d s\n' \
  $(($(count survived) - ${#survivors[@]})) "$errors" $((SECONDS - began))
if [ ${#survivors[@]} -gt 0 ]; then printf 'SURVIVED: %s\n' "${survivors[@]}"; fi
if [ ${#stale[@]} -gt 0 ]; then printf 'found, so not equivalent: %s\n' "${stale[@]}"; fi
[ ${#survivors[@]} -eq 0 ] && [ ${#stale[@]} -eq 0 ] && [ "$errors" -eq 0 ]
