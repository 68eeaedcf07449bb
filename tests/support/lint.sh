#!/usr/bin/env bash
# clang-format on every source, clang-tidy on src/. Skips with a message where clang is absent.
set -u
command -v clang-format >/dev/null && command -v clang-tidy >/dev/null || {
    echo "lint: clang-format and clang-tidy are not installed, skipped"; exit 0; }
failed=0
mapfile -t files < <(git ls-files '*.c' '*.h')
clang-format --dry-run -Werror "${files[@]}" || failed=1
flags="-std=c11 -D_POSIX_C_SOURCE=200809L -Iinclude $(pkg-config --cflags sqlite3 libcgraph libgvc igraph jansson libpcre2-8 libutf8proc nettle libedit libxml-2.0 | sed 's/-I/-isystem /g')"
git ls-files 'src/*.c' | xargs -P "$(nproc)" -n 4 sh -c 'clang-tidy --quiet "$@" -- '"$flags"' 2>/dev/null' sh || failed=1
[ $failed -eq 0 ] && echo "lint: clean"
exit $failed
