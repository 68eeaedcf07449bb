#!/usr/bin/env bash
# Installs the Debian packages named as arguments that are not installed yet.
set -u
missing=()
for package in "$@"; do
    state=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null)
    [ "$state" = "install ok installed" ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
    echo "stance: apt-get is not here; install by hand what these Debian packages hold: ${missing[*]}" >&2
    exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "stance: these packages are missing and need root to install: ${missing[*]}" >&2
        echo "  hint: run 'apt-get install ${missing[*]}' as root, then make again" >&2
        exit 1
    fi
    as_root=(sudo)
fi
echo "Installing what the build and its tests need: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${as_root[@]}" apt-get update &&
       "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -5 "$log" >&2
    echo "stance: the packages could not be installed; is there a network, and may you install packages?" >&2
    echo "  hint: by hand: apt-get install ${missing[*]}" >&2
    exit 1
fi
