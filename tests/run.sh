#!/usr/bin/env bash
# Runs the test programs and scripts of $BUILD and adds up their counts.
#   tests/run.sh [PATTERN...]    only tests whose path holds one of the patterns
# Unit tests are cmocka programs; tests/*/test_*.sh print "ok - claim", "not ok - claim" or
# "skip - claim: reason" per line (see tests/support/cli.sh).
set -u
: "${BUILD:=build/release}"
export BUILD VARIANT STANCE="$PWD/$BUILD/stance" TRAIN="$PWD/$BUILD/stance-train"
export LC_ALL=C.UTF-8 TZ=UTC NO_COLOR=1
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=1:abort_on_error=0:exitcode=99}"
export LSAN_OPTIONS="suppressions=$PWD/tests/support/lsan.supp:print_suppressions=0"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1:halt_on_error=1}"
passed=0 failed=0 skipped=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

wanted() {
    [ ${#patterns[@]} -eq 0 ] && return 0
    for pattern in "${patterns[@]}"; do case $1 in *$pattern*) return 0 ;; esac; done
    return 1
}
patterns=("$@")

for source in tests/unit/*/test_*.c; do
    [ -e "$source" ] || continue
    wanted "$source" || continue
    program="$BUILD/${source%.c}"
    "$program" >"$log" 2>&1
    code=$?
    p=$(grep -cE '^\[       OK \]' "$log"); f=$(grep -cE '^\[  FAILED  \] [A-Za-z_]' "$log")
    s=$(grep -cE '^\[  SKIPPED \] [A-Za-z_]' "$log")
    bad=$(grep -oE '^\[  PASSED  \] [0-9]+ test' "$log" | grep -oE '[0-9]+' | head -1)
    [ -n "$bad" ] && p=$bad
    f=$(sed -nE 's/^\[  FAILED  \] .*: ([0-9]+) test\(s\).*/\1/p' "$log" | head -1); f=${f:-0}
    s=$(sed -nE 's/^\[  SKIPPED \] .*: ([0-9]+) test\(s\).*/\1/p' "$log" | head -1); s=${s:-0}
    if [ $code -ne 0 ] && [ "$f" -eq 0 ]; then f=1; fi
    if [ $code -ne 0 ] || [ "$f" -gt 0 ]; then
        echo "FAILED $source (exit $code)"; grep -vE '^\[ +(RUN|OK) ' "$log" | head -60
    fi
    passed=$((passed + p)); failed=$((failed + f)); skipped=$((skipped + s))
done

for script in tests/cli/test_*.sh tests/tck/test_*.sh tests/fuzz/test_*.sh; do
    [ -e "$script" ] || continue
    wanted "$script" || continue
    bash "$script" >"$log" 2>&1
    code=$?
    p=$(grep -c '^ok - ' "$log"); f=$(grep -c '^not ok - ' "$log"); s=$(grep -c '^skip - ' "$log")
    if [ $code -ne 0 ] && [ "$f" -eq 0 ]; then f=1; fi
    if [ "$f" -gt 0 ]; then echo "FAILED $script (exit $code)"; grep -v '^ok - ' "$log" | head -80; fi
    [ "$s" -gt 0 ] && grep '^skip - ' "$log"
    passed=$((passed + p)); failed=$((failed + f)); skipped=$((skipped + s))
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
