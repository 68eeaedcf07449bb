# Sourced by tests/cli/test_*.sh. Gives a scratch folder ($WORK, removed at the end) and checks that
# print one line per claim.
#   check CLAIM EXPECTED_EXIT COMMAND...      stdout in $WORK/out, stderr in $WORK/err
#   has CLAIM FILE REGEX                      the file has a line that matches
#   lacks CLAIM FILE REGEX
#   same CLAIM FILE GOLDEN                    byte-equal; UPDATE=1 rewrites the golden file
#   skip CLAIM REASON
set -u
ROOT=$PWD
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
: "${STANCE:=$ROOT/build/release/stance}"
ok() { echo "ok - $1"; }
not_ok() { echo "not ok - $1"; shift; printf '    %s\n' "$@"; }
skip() { echo "skip - $1: $2"; }
check() {
    local claim=$1 expected=$2 code; shift 2
    "$@" >"$WORK/out" 2>"$WORK/err"
    code=$?
    if [ "$code" -eq "$expected" ]; then ok "$claim"; else
        not_ok "$claim" "exit $code, expected $expected: $*" "$(head -c 600 "$WORK/err")"; fi
}
has() { if grep -qE -- "$3" "$2"; then ok "$1"; else not_ok "$1" "no line matches: $3" "$(head -c 600 "$2")"; fi; }
lacks() { if grep -qE -- "$3" "$2"; then not_ok "$1" "a line matches: $3" "$(grep -E -- "$3" "$2" | head -3)"; else ok "$1"; fi; }
same() {
    [ -n "${UPDATE:-}" ] && cp "$2" "$3"
    if cmp -s "$2" "$3"; then ok "$1"; else not_ok "$1" "$(diff "$3" "$2" | head -20)"; fi
}
