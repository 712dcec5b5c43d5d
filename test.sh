#!/usr/bin/env bash
# Builds WallTrack and runs its tests; the last line is "N passed, N failed".
#
#   ./test.sh                      the tests of every day
#   ./test.sh --all                the longer suites too
#   ./test.sh --filter EXPRESSION  only some, as in `dotnet test --filter`
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
exec </dev/null

test_arguments=()
while [ $# -gt 0 ]; do
  case "$1" in
    --all) export WALLTRACK_ALL_TESTS=1 ;;
    --filter) [ $# -ge 2 ] || { echo "--filter needs an expression." >&2; exit 2; }
              test_arguments+=(--filter "$2"); shift ;;
    *) sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
  esac
  shift
done

# No server of the build may outlive it, and no certificate or greeting be made on a first run.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 DOTNET_NOLOGO=1 \
  DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false

# Everything temporary goes into one folder that goes away. NuGet's lock stays where other checkouts look for it,
# because they share the package folder.
export NUGET_SCRATCH="${NUGET_SCRATCH:-${TMPDIR:-/tmp}/NuGetScratch$(id -un)}"
scratch="$(mktemp -d "${TMPDIR:-/tmp}/walltrack-test.XXXXXX")"
chmod 711 "$scratch" # PostgreSQL refuses to run as root, and another user must get through to its folder
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
export TMPDIR="$scratch"

# install PACKAGE… : from the system's own packages; says what it does, and what is missing when it cannot.
install() {
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
  echo "Installing $* for the tests."
  local install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=300
    install --no-install-recommends "$@")
  "${install[@]}" >"$scratch/apt.log" 2>&1 ||
    { "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=300 update >>"$scratch/apt.log" 2>&1 &&
      "${install[@]}" >>"$scratch/apt.log" 2>&1; } ||
    { tail -n 5 "$scratch/apt.log"
      echo "$* could not be installed, so tests that need it will fail: install it by hand."; }
}

install_what_is_missing() {
  [ -x "${WALLTRACK_CHROMIUM:-/usr/bin/chromium}" ] || install chromium fonts-liberation
  # The tests start a server of their own; the package's usual one is not wanted.
  if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    local as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
    [ -e /etc/postgresql-common/createcluster.conf ] ||
      "${as_root[@]}" sh -c 'mkdir -p /etc/postgresql-common && echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf' || true
    install postgresql
  fi
}

build() {
  echo "Building."
  dotnet build WallTrack.sln -nologo -v quiet -nodeReuse:false \
    -p:UseSharedCompilation=false -p:UseRazorBuildServer=false >"$scratch/build.log" 2>&1 ||
    { sort -u "$scratch/build.log"; echo "The build failed, so no test ran."; return 1; }
}

# One build at a time in a checkout: a second run waits here. The lock is on the folder itself: it leaves no file behind,
# and .NET, which honours such locks on every file that it opens, never opens a folder.
exec 9<.
flock 9
{ install_what_is_missing && build; } 9<&- || { echo "0 passed, 0 failed"; exit 1; }
exec 9<&-

echo "Testing."
status=0
dotnet test WallTrack.Tests --no-build -nologo -v quiet "${test_arguments[@]}" --results-directory "$scratch" \
  --logger "trx;LogFileName=results.trx" --logger "console;verbosity=minimal" || status=$?

counters="$(grep -o '<Counters [^>]*>' "$scratch/results.trx" 2>/dev/null || true)"
count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
total="$(count total)" executed="$(count executed)" passed="$(count passed)"
: "${total:=0}" "${executed:=0}" "${passed:=0}"
failed=$((executed - passed)) skipped=$((total - executed))

if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
  echo "The test run broke off; that counts as a failure."
  failed=1
elif [ "$total" -eq 0 ]; then
  echo "No test ran."
  status=1
fi
[ "$failed" -eq 0 ] || status=1

if [ "$skipped" -gt 0 ]; then
  echo "$passed passed, $failed failed, $skipped skipped"
else
  echo "$passed passed, $failed failed"
fi
exit "$status"
