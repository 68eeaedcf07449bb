#!/usr/bin/env bash
# Who said what, against annotated news: runs the program on every text of the set, turns its
# attributions into the scorer's input (offsets in code points) and prints the scorer's table.
#   tests/bench/attribution.sh [BUILD]
#   SPEECH=1   only attributions with quotation marks        GOLD=FOLDER   another set
set -u
BUILD=${1:-build/release}
shared=${SHARED:-../shared}
gold=${GOLD:-$shared/eval-only/polnear}
[ -d "$gold" ] || { echo "skip - no annotated attributions beside the checkout"; exit 0; }
work=${WORK:-$(mktemp -d)}
[ -n "${WORK:-}" ] || trap 'rm -rf "$work"' EXIT
mkdir -p "$work"

"$BUILD/stance" extract "$gold"/*.txt > "$work/extracted.jsonl" || exit 1
python3 - "$gold" "$work/extracted.jsonl" > "$work/attributions.jsonl" <<'PYTHON'
import json
import sys

for line in open(sys.argv[2], encoding="utf-8"):
    article = json.loads(line)
    data = open(sys.argv[1] + "/" + article["article"], "rb").read()

    def spans(passages):
        return [[len(data[:p[end]].decode("utf-8")) for end in ("start", "end")] for p in passages if p]

    print(json.dumps({"doc": article["article"].removesuffix(".txt"), "attributions": [
        {"source": spans([a["source"]]), "cue": spans([a["cue"]]), "content": spans(a["content"])}
        for a in article["attributions"]]}))
PYTHON
python3 "$shared/tools/score_attribution.py" "$gold" "$work/attributions.jsonl" ${SPEECH:+--speech}
