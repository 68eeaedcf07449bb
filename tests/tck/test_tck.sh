#!/bin/bash
# The openCypher TCK: no scenario that passed before may fail. The list of those is passing.txt;
# `bash tests/tck/test_tck.sh --write` writes it anew.
set -euo pipefail
cd "$(dirname "$0")/../.."

tck=../shared/tools/tck.py
stance=build/release/stance
list=tests/tck/passing.txt

if [ ! -f "$tck" ]; then
    echo "skipped: the openCypher TCK is not beside the checkout ($tck)"
    exit 0
fi
if [ ! -x "$stance" ]; then
    echo "skipped: $stance is not built; the TCK starts it some nine thousand times"
    exit 0
fi
command="$stance query --db {db} --format tck-json --params {params_file} --file {query_file} --procs {procs_file}"
if [ "${1:-}" = --write ]; then
    exec python3 "$tck" --cmd "$command" --error-match full --write-baseline "$list"
fi
python3 "$tck" --cmd "$command" --error-match full --baseline "$list" |
    grep -E '^(REGRESSED|errors:|[0-9]+ passed)'
exit "${PIPESTATUS[0]}"
