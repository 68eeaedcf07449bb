#!/usr/bin/env python3
"""Writes tests/unit/extract/actor_cases.txt from actor_claims.txt: puts the annotation that the
program gives now below each claim, so that the tests keep their input when the model changes.

  tests/support/annotate_cases.py build/release/stance tests/unit/extract/actor_claims.txt

A claim file has blocks parted by empty lines: "# claim", lines "= expected" or "! unwanted name",
then the text, a paragraph a line. A case file has, instead of the text, one line per word:
start end UPOS XPOS head deprel features lemma entity (head and entity count from the word itself).
"""
import json
import subprocess
import sys
import tempfile

FEATURES = {"Number=Plur": 1, "Tense=Past": 2, "Tense=Pres": 4, "VerbForm=Part": 16,
            "VerbForm=Ger": 32, "VerbForm=Inf": 64}
stance, claims = sys.argv[1], sys.argv[2]
out = []
for block in open(claims, encoding="utf-8").read().strip().split("\n\n"):
    lines = block.split("\n")
    head = [l for l in lines if l[:2] in ("# ", "= ", "! ")]
    text = "\n\n".join(l for l in lines if l not in head) + "\n"
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as f:
        f.write(text)
        f.flush()
        parsed = json.loads(subprocess.run([stance, "parse", "--format", "jsonl", f.name],
                                           capture_output=True, text=True, check=True).stdout)
    starts = {e["start"]: e for e in parsed["entities"]}
    out += head + ["text " + json.dumps(text, ensure_ascii=False)]
    for sentence in parsed["sentences"]:
        out.append("sentence")
        for number, w in enumerate(sentence["words"], 1):
            bits = sum(FEATURES.get(x, 0) for x in w["feats"].split("|"))
            e = starts.get(w["start"])
            count = sum(1 for s in parsed["sentences"] for v in s["words"]
                        if e and e["start"] <= v["start"] < e["end"])
            entity = "%s:%d:%.2f" % (e["type"], count, e["confidence"]) if e else "_"
            head_offset = w["head"] - number if w["head"] else 0
            out.append("\t".join(map(str, (w["start"], w["end"], w["upos"], w["xpos"], head_offset,
                                           w["deprel"], bits, w["lemma"], entity))))
    out.append("")
print("\n".join(out))
