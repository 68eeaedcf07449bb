# Analysis and full text from Cypher.
. tests/support/cli.sh
db="$WORK/p.db"
check "the demo articles load" 0 "$STANCE" load --quiet --db "$db" --codebook data/codebooks/junior-doctors.csv data/articles/*.txt
check "alliances can be matched further" 0 "$STANCE" query --db "$db" --format csv \
    "CALL stance.alliances() YIELD alliance, actor WITH alliance, count(actor) AS n, collect(actor.name) AS names RETURN alliance, n > 1 AS group ORDER BY alliance LIMIT 1"
has "the first alliance is A" "$WORK/out" '^A,true'
check "centrality takes a measure" 0 "$STANCE" query --db "$db" --format csv \
    "CALL stance.centrality('degree_agree') YIELD actor, value RETURN sum(value) > 0 AS some"
has "and gives values" "$WORK/out" '^true'
check "an unknown measure is refused" 3 "$STANCE" query --db "$db" "CALL stance.centrality('weight') YIELD value RETURN value"
has "and the known ones are listed" "$WORK/err" "pagerank"
check "congruence names pairs" 0 "$STANCE" query --db "$db" --format csv \
    "CALL stance.congruence() YIELD a, b, agree, disagree WHERE agree + disagree > 0 RETURN count(*) > 0 AS some"
has "and there are some" "$WORK/out" '^true'
check "full text finds quotes and articles" 0 "$STANCE" query --db "$db" --format csv \
    "CALL stance.fulltext('judicial review') YIELD article, snippet RETURN DISTINCT article.title AS title"
has "in the right article" "$WORK/out" "judicial review"
check "schema lists labels, types, keys and procedures" 0 "$STANCE" schema --db "$db" --format csv
has "a label" "$WORK/out" '^label,Person,[0-9]+'
has "a relationship type" "$WORK/out" '^relationship,SUPPORTS,[0-9]+'
has "a procedure" "$WORK/out" '^procedure,stance.alliances'
