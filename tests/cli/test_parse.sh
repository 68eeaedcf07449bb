#!/usr/bin/env bash
# stance parse and stance-train, as a user meets them.
. tests/support/cli.sh

printf 'The council rejected the plan.\n\n"It would ruin the valley," said Jane Miller of the Green Union.\n' >"$WORK/a.txt"
check "parse prints CoNLL-U by default" 0 "$STANCE" parse "$WORK/a.txt"
has "a verb has its lemma, tags and place in the tree" "$WORK/out" $'^3\trejected\treject\tVERB\tVBD\tTense=Past\t0\troot\t_\t_$'
has "a plain object is found" "$WORK/out" $'^5\tplan\tplan\tNOUN\tNN\t_\t3\tobj\t'
check "parse prints names as IOB2" 0 "$STANCE" parse --format iob2 "$WORK/a.txt"
has "a person begins" "$WORK/out" $'^Jane\tB-PER$'
has "a person goes on" "$WORK/out" $'^Miller\tI-PER$'
check "parse prints one JSON object a file" 0 "$STANCE" parse --format jsonl "$WORK/a.txt" "$WORK/a.txt"
has "the object names the file and its names" "$WORK/out" '^\{"doc":".*a.txt","entities":\[\{"start":[0-9]+,"end":[0-9]+,"type":"PER"'
if [ "$(wc -l <"$WORK/out")" -eq 2 ] && python3 -c 'import json, sys
for line in open(sys.argv[1]): json.loads(line)' "$WORK/out"; then
    ok "each line is JSON"
else
    not_ok "each line is JSON"
fi
printf 'Cats\nsleep\n.\n' >"$WORK/tokens"
check "given words are kept" 0 "$STANCE" parse --gold-tokens "$WORK/tokens"
has "the words stand as given" "$WORK/out" $'^2\tsleep\tsleep\tVERB\t'
printf 'The minister rebuked them.\nShe postponed it.\nThey are condoning it.\nHe vetoes it.\n' >"$WORK/verbs.txt"
check "verbs that treebanks do not show are parsed" 0 "$STANCE" parse "$WORK/verbs.txt"
for forms in rebuked/rebuke postponed/postpone condoning/condone vetoes/veto; do
    has "the lemma of ${forms%/*} is ${forms#*/}" "$WORK/out" $'\t'"${forms%/*}"$'\t'"${forms#*/}"$'\tVERB\t'
done
check "standard input is read for -" 0 sh -c "printf 'It rains.' | '$STANCE' parse -"
check "an unknown format is a wrong command line" 2 "$STANCE" parse --format xml "$WORK/a.txt"
check "an absent file is a failure" 1 "$STANCE" parse "$WORK/none.txt"
check "an absent model is a failure" 1 "$STANCE" parse --model "$WORK/none.model" "$WORK/a.txt"
head -c 100000 data/models/en.model >"$WORK/cut.model"
check "a truncated model is refused" 3 "$STANCE" parse --model "$WORK/cut.model" "$WORK/a.txt"
has "and the reason is given" "$WORK/err" 'cut.model: is truncated'
check "text is no model" 3 env STANCE_MODEL="$WORK/a.txt" "$STANCE" parse "$WORK/a.txt"

: "${TRAIN:=$BUILD/stance-train}"
check "stance-train explains itself" 0 "$TRAIN" --help
has "its stages are listed" "$WORK/out" '^  syntax '
check "an unknown stage is a wrong command line" 2 "$TRAIN" --output "$WORK/x.model" nonsense
check "absent corpora are a failure" 1 "$TRAIN" --corpora "$WORK" --output "$WORK/x.model" lemmas
if [ -d ../shared/corpora/ud ]; then
    check "lemmas can be trained by themselves" 0 "$TRAIN" --output "$WORK/one.model" lemmas
    check "and again" 0 "$TRAIN" --output "$WORK/two.model" lemmas
    if cmp -s "$WORK/one.model" "$WORK/two.model"; then ok "the same corpora give the same bytes"; else not_ok "the same corpora give the same bytes"; fi
else
    skip "lemmas can be trained by themselves" "no ../shared/corpora"
fi
