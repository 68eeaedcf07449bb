#!/usr/bin/env bash
# stance extract: articles to interchange JSON.
. tests/support/cli.sh

model=${STANCE_MODEL:-data/models/en.model}
export STANCE_MODEL=$model
if [ ! -e "$model" ]; then
    skip "extract reads articles" "no language model"
    exit 0
fi

cat > "$WORK/a.txt" <<'TEXT'
Teachers reject new timetable

Tuesday, March 3, 2020

The National Teachers Union (NTU) rejected the new timetable on Monday. Education Secretary Anna Fielding said it would be introduced in September.

"We will not accept it," said Tom Barker, general secretary of the NTU. Ms Fielding called the vote a mistake.
TEXT
cp "$WORK/a.txt" "$WORK/b.txt"
printf 'name,type,alias,organisation\nFielding (Anna),person,Anna Fielding,Ministry of Education\n' > "$WORK/actors.csv"
printf 'position,pattern\nnew timetable,timetable\n' > "$WORK/codebook-school.csv"

check "extract prints one line of JSON per article" 0 "$STANCE" extract "$WORK/a.txt" "$WORK/b.txt"
if [ "$(wc -l < "$WORK/out")" -eq 2 ]; then ok "two articles are two lines"; else not_ok "two articles are two lines"; fi
check "each line is JSON" 0 python3 -c 'import json, sys; [json.loads(l) for l in open(sys.argv[1])]' "$WORK/out"
check "extract reads standard input" 0 sh -c "'$STANCE' extract - < '$WORK/a.txt'"
has "a person has name, role and mentions" "$WORK/out" '"name": "Anna Fielding", "mentions": \["Anna Fielding", "Ms Fielding"\], "roles": \["Education Secretary"\]'
has "a body has its acronym" "$WORK/out" '"name": "National Teachers Union", .*"acronym": "NTU"'
has "an office is an affiliation" "$WORK/out" '"name": "Tom Barker".*"affiliations": \["National Teachers Union"\]'
has "what is said has its speaker, cue and place" "$WORK/out" '"speaker": "Tom Barker", "source": \{"text": "Tom Barker, [^}]*\}, "cue": \{"text": "said", [^}]*\}, "content": \[\{"text": "We will not accept it", "start": [0-9]+, "end": [0-9]+\}\], "mode": "direct-quote"'
has "the date line is the date" "$WORK/out" '"date": "2020-03-03"'
check "extract writes a folder" 0 "$STANCE" extract --codebook "$WORK/codebook-school.csv" --output "$WORK/coded" "$WORK/a.txt"
has "the codebook is named" "$WORK/coded/a.json" '"codebook": "school"'
check "an actor list is used" 0 "$STANCE" extract --actors "$WORK/actors.csv" "$WORK/a.txt"
has "the list names the person" "$WORK/out" '"name": "Fielding \(Anna\)".*"affiliations": \["Ministry of Education"\]'
check "the order of the command line is kept with several jobs" 0 "$STANCE" extract --jobs 4 "$WORK/b.txt" "$WORK/a.txt" "$WORK/b.txt"
if [ "$(grep -o '"article": "[ab].txt"' "$WORK/out" | tr -d '\n')" = '"article": "b.txt""article": "a.txt""article": "b.txt"' ]; then
    ok "order kept"; else not_ok "order kept"; fi
check "a missing article fails and the others are printed" 1 "$STANCE" extract "$WORK/none.txt" "$WORK/a.txt"
has "the missing one is named" "$WORK/err" 'none.txt'
has "the other is there" "$WORK/out" '"article": "a.txt"'
check "a codebook without the right columns is refused" 3 "$STANCE" extract --codebook "$WORK/actors.csv" "$WORK/a.txt"
"$STANCE" extract "$WORK/a.txt" > "$WORK/one"; "$STANCE" extract "$WORK/a.txt" > "$WORK/two"
same "the same article gives the same bytes" "$WORK/one" "$WORK/two"
