#!/usr/bin/env bash
# Full-text search over articles and quotes.
. tests/support/cli.sh
db=$WORK/find.db
mkdir "$WORK/articles"
cat >"$WORK/articles/a.txt" <<'END'
Ferry workers vote to strike

12 March 2019

Workers at the Élan ferry company have voted to strike over new rotas.

Anna Lindqvist, the union's secretary, said: "We oppose the new rotas because they are unsafe."
END
cat >"$WORK/articles/b.txt" <<'END'
Harbour bridge reopens

14 March 2019

The harbour bridge has reopened after repairs.
END
check "articles load" 0 "$STANCE" load --quiet --db "$db" "$WORK/articles/a.txt" "$WORK/articles/b.txt"
check "a word of an article is found" 0 "$STANCE" find --db "$db" --articles bridge
has "the match stands between stars" "$WORK/out" '\*bridge\*'
has "the article's date and title come with it" "$WORK/out" '^2019-03-14  Harbour bridge reopens'
lacks "other articles do not" "$WORK/out" 'Ferry'
check "accents and case do not matter" 0 "$STANCE" find --db "$db" --articles ELAN
has "the accented word is found" "$WORK/out" 'Élan'
check "all words must occur" 0 "$STANCE" find --db "$db" --articles bridge rotas
has "and it is said when nothing matches" "$WORK/err" "nothing matches 'bridge rotas'"
check "a phrase keeps its order" 0 "$STANCE" find --db "$db" --articles --format csv '"ferry company"'
has "the phrase is found" "$WORK/out" '^article,2019-03-12,'
check "a phrase in another order" 0 "$STANCE" find --db "$db" --articles '"company ferry"'
has "is not" "$WORK/err" 'nothing matches'
check "a word may be cut with a star" 0 "$STANCE" find --db "$db" --articles 'harb*'
has "the longer word is found" "$WORK/out" 'Harbour'
check "a word can be excluded" 0 "$STANCE" find --db "$db" --articles -- new -ferry
has "what has the excluded word is left out" "$WORK/err" 'nothing matches'
check "operators of the search engine are plain words" 0 "$STANCE" find --db "$db" --articles 'NEAR(bridge' 'OR' 'title:x)'
check "no word at all is refused" 3 "$STANCE" find --db "$db" '***'
has "with the reason" "$WORK/err" 'no word to search for'
check "a period leaves out other days" 0 "$STANCE" find --db "$db" --articles --until 2019-03-13 harbour
has "nothing of a later day" "$WORK/err" 'nothing matches'
check "JSON has no marks" 0 "$STANCE" find --db "$db" --articles --format json bridge
lacks "neither stars nor control characters" "$WORK/out" '\*|\\u0001'
check "a missing database is told" 4 "$STANCE" find --db "$WORK/none.db" x
