#!/usr/bin/env bash
# Builds the fuzz targets with clang's libFuzzer and runs each for SECONDS on a copy of its corpus.
#   tests/fuzz/run.sh SECONDS
set -eu
seconds=$1
build=build/fuzz
command -v clang >/dev/null || { echo "fuzz: needs clang" >&2; exit 1; }
make --no-print-directory CC=clang VARIANT=asan BUILD=$build CFLAGS=-fsanitize=fuzzer-no-link $build/libstance.a
libs=$(pkg-config --libs sqlite3 libcgraph jansson libpcre2-8 libutf8proc nettle libedit)
for source in tests/fuzz/fuzz_*.c; do
    name=$(basename "$source" .c)
    mkdir -p "$build/corpus/$name"
    if [ -d "tests/fuzz/corpus/${name#fuzz_}" ]; then cp tests/fuzz/corpus/"${name#fuzz_}"/* "$build/corpus/$name/"; fi
    # shellcheck disable=SC2086
    clang -g -O1 -std=c11 -D_POSIX_C_SOURCE=200809L -Iinclude -Isrc -fsanitize=fuzzer,address,undefined \
        -o "$build/$name" "$source" $build/libstance.a $libs -lcsv -lpthread -ldl -lm
    "$build/$name" -max_total_time="$seconds" -timeout=10 -print_final_stats=1 "$build/corpus/$name"
done
