#!/usr/bin/env bash
# Who stands where, in plain sentences about an invented town; and the codebook that is suggested for it.
. tests/support/cli.sh

model=${STANCE_MODEL:-data/models/en.model}
export STANCE_MODEL=$model
if [ ! -e "$model" ]; then
    skip "extract finds stances" "no language model"
    exit 0
fi

printf 'position,pattern\nclosure of the library,clos* + library\nnew bus lane,bus lane\nhigher parking fees,parking fee\n' > "$WORK/town.csv"

find_stances() {
    printf 'News of the town\n\n%s\n' "$1" > "$WORK/s.txt"
    "$STANCE" extract --codebook "$WORK/town.csv" "$WORK/s.txt" > "$WORK/json" 2> "$WORK/err"
    python3 -c 'import json, sys
for s in json.load(open(sys.argv[1]))["stances"]: print("|".join((s["actor"], s["stance"], s["target"])))' \
        "$WORK/json" > "$WORK/found"
}

# stance_is CLAIM SENTENCE REGEX: one line "actor|stance|target" of what is found matches.
stance_is() {
    find_stances "$2"
    has "$1" "$WORK/found" "$3"
}

stance_is "the subject of a verb against something is against it" \
    "Mayor Anna Berg opposes the closure of the library." '^Anna Berg\|oppose\|closure of the library$'
stance_is "in the passive, the one behind \"by\" is against it" \
    "The closure of the library was condemned by the Harbour Residents Association." \
    '^Harbour Residents Association\|oppose\|closure of the library$'
stance_is "who urges another to drop something is against it" \
    "Mayor Anna Berg urged the Harbour Council to drop the bus lane." '^Anna Berg\|oppose\|new bus lane$'
stance_is "two verbs of one subject keep their own objects: for" \
    "Anna Berg welcomed the bus lane and criticised the parking fees." '^Anna Berg\|support\|new bus lane$'
has "two verbs of one subject keep their own objects: against" "$WORK/found" '^Anna Berg\|oppose\|higher parking fees$'
stance_is "what is excepted from support is opposed" \
    "Mayor Anna Berg backed the bus lane but not the higher parking fees." '^Anna Berg\|oppose\|higher parking fees$'
has "and the rest is supported" "$WORK/found" '^Anna Berg\|support\|new bus lane$'
stance_is "to refuse to support is to oppose" \
    "Mayor Anna Berg refused to support the closure of the library." '^Anna Berg\|oppose\|closure of the library$'
stance_is "a member of a party is a person" \
    "Anna Berg, an outspoken Democrat, will support the bus lane." '^Anna Berg\|support\|new bus lane$'
lacks "and not the party" "$WORK/found" 'Party'
find_stances 'NBC reporter Tom Hall spoke to the mayor. "Do you want the closure of the library?" Hall asked.'
lacks "a journalist who asks takes no side" "$WORK/found" 'Hall'
find_stances "\"Anna Berg was betrayed,\" Tom Hall said."
lacks "what was done to somebody is not said against her" "$WORK/found" 'Tom Hall.oppose.Anna Berg'
find_stances "Anna Berg visited the library on Monday."
lacks "a visit is no stance" "$WORK/found" 'library'

printf 'News of the town\n\nAnna Berg opposes the closure of the library. Tom Hall supported closing the library.\n' > "$WORK/s.txt"
check "codebook suggest prints a codebook" 0 "$STANCE" codebook suggest "$WORK/s.txt"
has "its first line names the columns" "$WORK/out" '^position,pattern$'
has "a position is suggested with the stems of its words" "$WORK/out" '^closure of the library,clos\* \+ librar\*$'
cp "$WORK/out" "$WORK/suggested.csv"
check "what is suggested can be used" 0 "$STANCE" extract --codebook "$WORK/suggested.csv" "$WORK/s.txt"
check "another action is wrong usage" 2 "$STANCE" codebook improve "$WORK/s.txt"

printf 'News of the town\n\nMayor Anna Berg criticised the tolls that nobody in the town had wanted. Tom Hall backed the six-week closure but not the fees. Carol West welcomed the repairs planned for Tuesday.\n' > "$WORK/n.txt"
check "names are found without a codebook" 0 "$STANCE" codebook suggest "$WORK/n.txt"
has "a name ends before a clause about it" "$WORK/out" '^tolls,'
has "and before what is excepted, and keeps its hyphen" "$WORK/out" '^six-week closure,'
has "and before what is planned for it" "$WORK/out" '^repairs,'

printf 'News of the town\n\nMayor Anna Berg opposed people. Tom Hall criticised Tuesday'"'"'s tariff plan. Carol West welcomed the Karnivala dam. Ann Lee rejected the dam. Ian Reid backed fitting the "party cameras". Helen Marsh praised many voters. Peter Gray backed a no-deal exit. Paul Dunn opposed part of the levy.\n' > "$WORK/n.txt"
check "names are found again" 0 "$STANCE" codebook suggest "$WORK/n.txt"
lacks "people are no position" "$WORK/out" '^(people|voters|many voters),'
has "a day is no part of a name" "$WORK/out" '^tariff plan,'
has "a name keeps its capitals" "$WORK/out" '^Karnivala dam,karnivala\* \+ dam'
lacks "the dam is the one named before" "$WORK/out" '^dam,'
has "verbs are doubled and marks left out" "$WORK/out" '^fitting the party cameras,'
has "a negation joined by a hyphen stays" "$WORK/out" '^no-deal exit,'
has "a part of a thing is about the thing" "$WORK/out" '^levy,'
