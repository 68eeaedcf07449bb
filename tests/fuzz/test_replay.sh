#!/usr/bin/env bash
# Replays the kept inputs of each fuzz target: tests/fuzz/corpus/<target>/*.
. tests/support/cli.sh
for source in tests/fuzz/fuzz_*.c; do
    name=$(basename "$source" .c)
    corpus=tests/fuzz/corpus/${name#fuzz_}
    if [ -d "$corpus" ]; then
        check "$name survives its corpus" 0 "$BUILD/tests/fuzz/$name" "$corpus"/*
    else
        skip "$name survives its corpus" "no corpus"
    fi
done
