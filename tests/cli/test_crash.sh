#!/usr/bin/env bash
# A load that is killed at any moment leaves a database that opens, passes check, and is completed
# by the next load.
. tests/support/cli.sh
db=$WORK/crash.db
articles=(data/articles/*.txt)
[ -e "${articles[0]}" ] || { skip "killed loads leave a whole database" "no articles here"; exit 0; }

check "the whole load works" 0 "$STANCE" load --quiet --db "$WORK/whole.db" "${articles[@]}"
broken=0 rounds=12
for ((i = 0; i < rounds; i++)); do
    rm -f "$db" "$db"-*
    "$STANCE" load --quiet --jobs 2 --db "$db" "${articles[@]}" >/dev/null 2>&1 &
    pid=$!
    sleep "$(printf '0.%03d' $((i * i * 6 + 2)))"
    kill -9 "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    [ -e "$db" ] || continue
    # An empty file is a database that nobody has written to yet.
    if [ -s "$db" ] && ! "$STANCE" check --quiet --db "$db" >"$WORK/out" 2>&1; then
        broken=$((broken + 1)); cat "$WORK/out"
    fi
done
[ $broken -eq 0 ] && ok "a killed load leaves a database that passes check" ||
    not_ok "a killed load leaves a database that passes check" "$broken of $rounds rounds"
check "the next load completes it" 0 "$STANCE" load --quiet --db "$db" "${articles[@]}"
check "the completed database passes check" 0 "$STANCE" check --quiet --db "$db"
"$STANCE" info --db "$db" --format csv | grep -vE '^(database|bytes)' >"$WORK/a"
"$STANCE" info --db "$WORK/whole.db" --format csv | grep -vE '^(database|bytes)' >"$WORK/b"
same "it holds what an undisturbed load holds" "$WORK/a" "$WORK/b"

# Loading again changes nothing; two loads at once both succeed.
check "a second load changes nothing" 0 "$STANCE" load --db "$db" "${articles[@]}"
has "it says so" "$WORK/out" '^0 added, [0-9]+ unchanged'
rm -f "$db" "$db"-*
"$STANCE" load --quiet --db "$db" "${articles[@]}" 2>"$WORK/first" & first=$!
"$STANCE" load --quiet --db "$db" "${articles[@]}" 2>"$WORK/second" & second=$!
wait $first; a=$?; wait $second; b=$?
if [ $a -eq 0 ] && [ $b -eq 0 ]; then ok "two loads at once both succeed"; else
    not_ok "two loads at once both succeed" "exit $a and $b" "$(cat "$WORK/first" "$WORK/second")"; fi
"$STANCE" info --db "$db" --format csv | grep -E '^(articles|statements)' >"$WORK/a"
"$STANCE" info --db "$WORK/whole.db" --format csv | grep -E '^(articles|statements)' >"$WORK/b"
same "they store each article once" "$WORK/a" "$WORK/b"
