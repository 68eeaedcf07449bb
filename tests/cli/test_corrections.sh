#!/usr/bin/env bash
# What a person corrects: decisions about names, statements edited in a spreadsheet, undo.
. tests/support/cli.sh
export STANCE_DB=$WORK/corrections.db STANCE_USER=anna SOURCE_DATE_EPOCH=1455340000
fixtures=tests/fixtures/interchange

check "coded statements are imported with their articles" 0 \
    "$STANCE" import --articles $fixtures $fixtures/harbour.json
has "it says how many" "$WORK/out" '^4 added, 0 changed'
check "a second import changes nothing" 0 "$STANCE" import $fixtures/harbour.json
has "it says so" "$WORK/out" '^0 added, 0 changed, 4 unchanged'
check "a quote that is not verbatim is refused with exit code 3" 3 \
    "$STANCE" import $fixtures/not-verbatim.json
has "the reason is given" "$WORK/out" 'not verbatim in the article: "The dam is wonderful'
check "the database is whole" 0 "$STANCE" check --quiet

check "a table of statements is written" 0 "$STANCE" export csv --table statements --output "$WORK/s.csv"
check "importing it unchanged changes nothing" 0 "$STANCE" import "$WORK/s.csv"
has "every row is unchanged" "$WORK/out" '^0 added, 0 changed, 4 unchanged, 0 refused, 0 in conflict'
# A spreadsheet with semicolons and a byte order mark; one stance turned, one date in local form.
python3 - "$WORK/s.csv" "$WORK/edited.csv" <<'PY'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8", newline="")))
rows.sort(key=lambda r: int(r["statement_id"][3:]))
rows[0]["stance"] = "neutral"
rows[1]["date"] = "28/02/2016"
rows[2]["actor"] = "Nobody Known"
rows[3]["quote"] = "words that are not there"
with open(sys.argv[2], "w", encoding="utf-8-sig", newline="") as f:
    w = csv.DictWriter(f, rows[0].keys(), delimiter=";")
    w.writeheader(); w.writerows(rows)
PY
check "a trial run shows what would change, with exit code 3 for refusals" 3 \
    "$STANCE" import --dry-run "$WORK/edited.csv"
cp "$WORK/out" "$WORK/trial"
has "the change of stance is shown" "$WORK/trial" '^st-[0-9]+ stance: oppose → neutral$'
has "an unknown actor is refused with its row" "$WORK/trial" '^row 4, actor: no actor is called'
has "a quote that is not in the article is refused" "$WORK/trial" '^row 5, quote: does not stand'
has "nothing was written" "$WORK/trial" 'nothing was written$'
check "the real run applies the rest" 3 "$STANCE" import "$WORK/edited.csv"
has "two rows changed" "$WORK/out" '^0 added, 2 changed'
check "the log knows who" 0 "$STANCE" log --format csv
has "with name and time" "$WORK/out" '^1,2016-02-13T05:06:40Z,anna,import'
sed 's/,accepted,/,rejected,/' "$WORK/s.csv" >"$WORK/stale.csv"
check "statements changed on both sides are conflicts" 3 "$STANCE" import --dry-run "$WORK/stale.csv"
has "they are counted and not applied" "$WORK/out" '2 in conflict'
check "undo takes it back" 0 "$STANCE" undo
check "the table is as before" 0 "$STANCE" export csv --table statements --output "$WORK/t.csv"
same "byte for byte" "$WORK/t.csv" "$WORK/s.csv"

check "actors are merged" 0 "$STANCE" actors merge 'Harbour Board' 'Fishers Union'
check "the other name leads to the same actor" 0 "$STANCE" actors list --format csv
lacks "one is gone" "$WORK/out" '^[0-9]+,Harbour Board'
check "an unknown name lists what was meant" 3 "$STANCE" actors rename 'Fishers Unoin' X
has "with a suggestion" "$WORK/err" "did you mean"
check "undo brings the other back" 0 "$STANCE" undo
check "both are there" 0 "$STANCE" actors list --format csv
has "the merged one too" "$WORK/out" '^[0-9]+,Harbour Board'
check "there is nothing more to undo" 3 "$STANCE" undo
check "the database is still whole" 0 "$STANCE" check --quiet
