#!/usr/bin/env bash
# The standard questions on the standard graph: stance beside SQLite with hand-written SQL and,
# when npm is there, Kuzu; answers compared, times as ratios of one run.
#   bash tests/bench/graph.sh BUILD      STATEMENTS=1000000 (default), RUNS=5, KUZU=0 leaves Kuzu out
#   GRAPH_DIR=DIR keeps the generated files there for the next run
set -u
BUILD=${1:-build/release}
STATEMENTS=${STATEMENTS:-1000000}
generator=../shared/tools/gen_corpus_graph.py
if [ ! -f "$generator" ]; then
    echo "skip - graph benchmark: $generator is not beside the checkout"
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
csv=${GRAPH_DIR:-$work}/csv-$STATEMENTS
[ -f "$csv/probe.json" ] || python3 "$generator" --out "$csv" --statements "$STATEMENTS" || exit 1
kuzu=
if [ "${KUZU:-1}" = 1 ] && command -v npm >/dev/null && command -v node >/dev/null; then
    mkdir -p "$work/kuzu" && cp tests/bench/graph_kuzu.js "$work/kuzu" &&
        (cd "$work/kuzu" && npm install --silent kuzu >/dev/null 2>&1 && node -e 'require("kuzu")' 2>/dev/null) &&
        kuzu=$work/kuzu/graph_kuzu.js
    [ -n "$kuzu" ] || echo "Kuzu is not to be had from npm here: left out"
fi
python3 tests/bench/graph.py --stance "$BUILD/stance" --csv "$csv" --work "$work" --runs "${RUNS:-5}" ${kuzu:+--kuzu "$kuzu"}
