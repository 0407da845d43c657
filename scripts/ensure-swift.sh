#!/usr/bin/env bash
# Finds a Swift toolchain that can build Cisterna and the system packages that it needs.
#
#   scripts/ensure-swift.sh                prints the path of swift
#   scripts/ensure-swift.sh build -c …     runs that swift with these arguments
#
# SWIFT=/path/to/swift chooses one. Where there is none, the toolchain for this Debian is fetched from
# swift.org, its signature is checked, and it is unpacked below ~/.local/share/cisterna. Packages are
# installed with apt-get, and only those that are missing; where that is not possible, the error says
# what to install.
set -euo pipefail

readonly wanted_major=6 wanted_minor=3 fetched_version=6.3.1
readonly fetched=${HOME:-/root}/.local/share/cisterna/swift-$fetched_version
readonly mirror=${SWIFT_MIRROR:-https://download.swift.org}
readonly keys=${SWIFT_KEYS:-https://swift.org/keys/all-keys.asc}

say() { printf 'ensure-swift: %s\n' "$*" >&2; }
fail() {
  say "$@"
  exit 1
}

candidates() {
  if [ -n "${SWIFT:-}" ]; then
    command -v "$SWIFT" || fail "SWIFT=$SWIFT is not there"
    return
  fi
  type -aP swift || true
  local place
  for place in /opt/swift/usr/bin /usr/local/swift/usr/bin /usr/libexec/swift/bin \
    "${SWIFTLY_BIN_DIR:-${HOME:-/root}/.local/share/swiftly/bin}" "$fetched/usr/bin"; do
    if [ -x "$place/swift" ]; then printf '%s\n' "$place/swift"; fi
  done
}

# The shared libraries that the toolchain's own programs do not find.
missing_libraries() {
  local folder program
  folder=$(dirname "$(readlink -f "$1")")
  for program in swift-driver swift-frontend swift-package swift-build-tool clang; do
    if [ -x "$folder/$program" ]; then ldd "$folder/$program" 2>/dev/null || true; fi
  done | awk '/not found/ { print $1 }' | sort -u
}

package_of() {
  case $1 in
    libcurl.so.4) echo libcurl4 ;;
    libedit.so.2) echo libedit2 ;;
    libgcc_s.so.1) echo libgcc-s1 ;;
    libncurses.so.6) echo libncurses6 ;;
    libpython3*) echo "${1%%.so*}" ;;
    libsqlite3.so.0) echo libsqlite3-0 ;;
    libstdc++.so.6) echo libstdc++6 ;;
    libtinfo.so.6) echo libtinfo6 ;;
    libuuid.so.1) echo libuuid1 ;;
    libxml2.so.2) echo libxml2 ;;
    libz.so.1) echo zlib1g ;;
    *) fail "the toolchain needs $1, and this script does not know its package" ;;
  esac
}

missing_packages() {
  local library
  for library in $(missing_libraries "$1"); do package_of "$library"; done
  command -v ld >/dev/null || echo binutils
  command -v git >/dev/null || echo git
  compgen -G '/etc/ssl/certs/*' >/dev/null || echo ca-certificates
  compgen -G '/usr/include/stdio.h' >/dev/null || echo libc6-dev
  # The ledger is kept in the system's SQLite.
  compgen -G '/usr/include/sqlite3.h' >/dev/null || echo libsqlite3-dev
  compgen -G '/usr/lib/gcc/*/*/libstdc++.so' >/dev/null || echo g++
  [ -e /usr/share/zoneinfo/UTC ] || echo tzdata
}

install_packages() {
  local apt=(apt-get)
  command -v apt-get >/dev/null \
    || fail "missing (by their Debian names): $*. Install them with your system's own packages."
  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
      apt=(sudo apt-get)
    else
      fail "missing packages; as root: apt-get install $*"
    fi
  fi
  say "installing $*"
  export DEBIAN_FRONTEND=noninteractive
  {
    "${apt[@]}" update -qq
    "${apt[@]}" install -y -qq --no-install-recommends "$@"
  } >&2 || fail "apt-get could not install: $*"
}

# Succeeds for a version that is new enough; prints the version either way.
version_of() {
  local text version major minor
  text=$("$1" --version 2>/dev/null) || return 1
  version=$(sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' <<<"$text" | head -n 1)
  printf '%s\n' "${version:-unknown}"
  IFS=. read -r major minor _ <<<"$version"
  [ "${major:-0}" -gt "$wanted_major" ] \
    || { [ "${major:-0}" -eq "$wanted_major" ] && [ "${minor:-0}" -ge "$wanted_minor" ]; }
}

# The name that swift.org has for this system; nothing where it has no toolchain for it.
platform() {
  local name=''
  # shellcheck disable=SC1091
  . /etc/os-release 2>/dev/null || return 0
  case ${ID:-}:${VERSION_ID:-} in
    debian:12 | debian:13) name=debian12 ;;
    ubuntu:22.04 | ubuntu:24.04) name=ubuntu$VERSION_ID ;;
    *) return 0 ;;
  esac
  case $(uname -m) in
    x86_64) echo "$name" ;;
    aarch64) echo "$name-aarch64" ;;
  esac
}

# Takes what is signed by one of swift.org's keys, or nothing.
fetch_toolchain() {
  local name=$1 release file folder wanted=()
  command -v curl >/dev/null || wanted+=(curl)
  command -v gpg >/dev/null || wanted+=(gnupg)
  compgen -G '/etc/ssl/certs/*' >/dev/null || wanted+=(ca-certificates)
  if [ "${#wanted[@]}" -gt 0 ]; then install_packages "${wanted[@]}"; fi
  release=swift-$fetched_version-RELEASE file=$release-$name.tar.gz
  folder=$(mktemp -d)
  # shellcheck disable=SC2064
  trap "rm -rf '$folder'" RETURN
  say "fetching Swift $fetched_version for $name (about 1 GB) from $mirror"
  local from=$mirror/swift-$fetched_version-release/${name//./}/$release/$file
  curl -fL --retry 3 --progress-bar -o "$folder/$file" "$from" \
    && curl -fsSL -o "$folder/$file.sig" "$from.sig" \
    && curl -fsSL -o "$folder/keys.asc" "$keys" || {
    say "swift.org could not be reached"
    return 1
  }
  mkdir -m 700 "$folder/gpg"
  gpg --homedir "$folder/gpg" --batch --quiet --import "$folder/keys.asc" 2>/dev/null || true
  gpg --homedir "$folder/gpg" --batch --verify "$folder/$file.sig" "$folder/$file" 2>/dev/null \
    || fail "the signature of $file is not by a key of swift.org: nothing was installed"
  rm -rf "$fetched.new"
  mkdir -p "$fetched.new"
  tar -xzf "$folder/$file" --strip-components=1 -C "$fetched.new"
  rm -rf "$fetched"
  mv "$fetched.new" "$fetched"
  say "unpacked to $fetched"
}

if [ -z "${SWIFT:-}" ] && [ -z "$(candidates)" ]; then
  name=$(platform)
  if [ -n "$name" ]; then fetch_toolchain "$name" || true; fi
fi

swift='' rejected=''
while read -r candidate; do
  mapfile -t packages < <(missing_packages "$candidate" | sort -u)
  if [ "${#packages[@]}" -gt 0 ]; then install_packages "${packages[@]}"; fi
  if version=$(version_of "$candidate"); then
    swift=$candidate
    break
  fi
  rejected+=" $candidate is ${version:-not able to start};"
done < <(candidates)

[ -n "$swift" ] || fail "Swift $wanted_major.$wanted_minor or newer is needed.$rejected" \
  "Install the toolchain for Debian from swift.org, unpack it to /opt/swift so that" \
  "/opt/swift/usr/bin/swift exists (or put it on PATH), and run this again."

if [ "$#" -eq 0 ]; then
  printf '%s\n' "$swift"
else
  # The toolchain's own clang and lld are found beside it.
  PATH="$(dirname "$swift"):$PATH" exec "$swift" "$@"
fi
