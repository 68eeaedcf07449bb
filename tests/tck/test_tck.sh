#!/usr/bin/env bash
# The openCypher TCK: no scenario that passed before may fail. The list of those is passing.txt;
# `bash tests/tck/test_tck.sh --write` writes it anew.
set -u
cd "$(dirname "$0")/../.." || exit 1

tck=../shared/tools/tck.py
stance=build/release/stance
list=tests/tck/passing.txt
claim="every scenario in $list passes with its error type, phase and detail"

if [ ! -f "$tck" ]; then
    echo "skip - $claim: the openCypher TCK is not beside the checkout"
    exit 0
fi
if [ ! -x "$stance" ]; then
    echo "skip - $claim: $stance is not built, and the TCK starts the program some nine thousand times"
    exit 0
fi
command="$stance query --db {db} --format tck-json --params {params_file} --file {query_file} --procs {procs_file}"
if [ "${1:-}" = --write ]; then
    exec python3 "$tck" --cmd "$command" --error-match full --ignored --write-baseline "$list"
fi
if python3 "$tck" --cmd "$command" --error-match full --ignored --baseline "$list"; then
    echo "ok - $claim"
else
    echo "not ok - $claim"
fi
