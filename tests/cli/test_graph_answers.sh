# The standard questions on small graphs: answers of Cypher and of SQL written by hand are equal.
. tests/support/cli.sh

[ -e ../shared/reference/graph-queries.md ] || { skip "Cypher and SQL give the same answers" "no ../shared"; exit 0; }
check "Cypher and SQL give the same answers" 0 python3 tests/support/graph_answers.py "$STANCE" "$WORK"
has "on every question" "$WORK/out" '^[0-9]{3} answers compared, 0 differ$'
