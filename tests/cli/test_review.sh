#!/usr/bin/env bash
# Judging statements, at a terminal and without one.
. tests/support/cli.sh
export STANCE_DB=$WORK/review.db STANCE_USER=anna
fixtures=tests/fixtures/interchange
"$STANCE" import --quiet --articles $fixtures $fixtures/harbour.json
# What a person coded is accepted; for this test it is proposed again.
"$STANCE" export csv --table statements --output "$WORK/s.csv"
sed 's/,accepted,/,proposed,/' "$WORK/s.csv" >"$WORK/p.csv"
check "statements can be proposed again" 0 "$STANCE" import --quiet "$WORK/p.csv"

check "what is left to judge is listed" 0 "$STANCE" review --list --format csv
has "with the words of the article" "$WORK/out" 'Mara Holt,oppose,building of the dam,1.0,2016-02-14,The dam must not be built\.'
ids=($(tail -n +2 "$WORK/out" | cut -d, -f1))
check "statements are accepted by id" 0 "$STANCE" review --accept "${ids[0]}" "st-${ids[1]}"
check "two are left" 0 "$STANCE" review --list --format csv
if [ "$(tail -n +2 "$WORK/out" | wc -l)" -eq 2 ]; then ok "and no more"; else not_ok "and no more"; fi
check "an unknown id is refused and changes nothing" 3 "$STANCE" review --reject "${ids[2]}" 99999
check "undo takes the acceptance back" 0 "$STANCE" undo
check "without a terminal nothing is asked" 2 "$STANCE" review </dev/null
has "and the way without one is told" "$WORK/err" '--accept ID'

check "at the terminal: accept, reject, quit" 0 python3 tests/support/keys.py arq "$STANCE" review --color never
has "the quote is marked in its paragraph" "$WORK/out" '>>The dam must not be built\.<<'
has "the screen says who, how and what" "$WORK/out" '^Mara Holt opposes building of the dam'
has "it counts what is left" "$WORK/out" '^2 statements left to judge'
if python3 -c 'import sys; sys.exit(any(len(l.rstrip("\n").split("\x1b[H")[-1]) > 80 for l in open(sys.argv[1], encoding="utf-8")))' "$WORK/out"; then
    ok "no line is wider than 80 columns"; else not_ok "no line is wider than 80 columns"; fi
check "it resumes: another stance, another actor, then undo" 0 \
    python3 tests/support/keys.py '+cMara Holt\nuq' "$STANCE" review --color never
has "the stance was changed on the screen" "$WORK/out" '^Fishers Union supports building of the dam'
has "the actor too" "$WORK/out" '^Mara Holt supports building of the dam'
has "undo is told" "$WORK/out" '^taken back: log entry'
check "a name that nobody has is told, and the review goes on" 0 \
    python3 tests/support/keys.py 'cNobody\nq' "$STANCE" review --color never
has "in words" "$WORK/out" "no actor is called 'Nobody'"
check "the log holds every step" 0 "$STANCE" log --format csv
has "acceptance" "$WORK/out" ',accept,statement'
has "rejection" "$WORK/out" ',reject,statement'
check "the database is whole" 0 "$STANCE" check --quiet
