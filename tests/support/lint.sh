#!/usr/bin/env bash
# clang-format on every source, clang-tidy on src/ and the headers it includes; what was clean is
# not read again until it changes (build/lint). Skips with a message where clang is absent.
set -u
for tool in clang-format clang-tidy; do
    command -v $tool >/dev/null || { echo "lint: $tool is not installed, skipped"; exit 0; }
done
failed=0
git ls-files -z '*.c' '*.h' | xargs -0 clang-format --dry-run -Werror || failed=1
MAKEFLAGS= make --no-print-directory --keep-going --output-sync --jobs="$(nproc)" BUILD=build/lint tidy || failed=1
[ $failed -eq 0 ] && echo "lint: clean"
exit $failed
