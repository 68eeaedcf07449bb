#!/usr/bin/env bash
# stance query: answers, parameters, limits, plans, refusals.
. tests/support/cli.sh
db=$WORK/q.db
q() { "$STANCE" query --db "$db" "$@"; }

check "a query that writes makes the database" 0 q "CREATE (a:Person {name: 'Ann'})-[:KNOWS {since: 2001}]->(:Person {name: 'Bob'})"
has "what was changed is told on standard error" "$WORK/err" '^2 nodes created, 1 relationships created'
check "rows are printed as a table" 0 q "MATCH (a)-[r:KNOWS]->(b) RETURN a.name AS a, b.name AS b, r.since AS since"
has "with its values" "$WORK/out" '^Ann +Bob +2001'
check "a parameter is JSON" 0 q --format csv --param 'year=2001' 'MATCH ()-[r {since: $year}]->() RETURN count(*) AS n'
has "and is found" "$WORK/out" '^1'
check "or else a string" 0 q --format csv --param 'who=Ann' 'MATCH (a {name: $who}) RETURN a.name AS n'
has "and is found, too" "$WORK/out" '^Ann'
echo 'RETURN $a + $b AS c' >"$WORK/q.cypher"
echo '{"a": 1, "b": 2.5}' >"$WORK/p.json"
check "query and parameters come from files" 0 q --format jsonl --file "$WORK/q.cypher" --params "$WORK/p.json"
has "numbers keep their type" "$WORK/out" '"c": ?3\.5'

check "a wrong query is refused with exit code 3" 3 q "MATCH (n) RETRN n"
has "with its place" "$WORK/err" 'line 1, column 11'
has "and a caret under it" "$WORK/err" '^ {12}\^'
check "a missing parameter is named" 3 q 'RETURN $gone'
has "by its name" "$WORK/err" '\$gone'
check "an unknown function is refused" 3 q "RETURN toUper('a')"
has "with the nearest known one" "$WORK/err" "did you mean 'toUpper'"
check "an empty answer is an answer" 0 q "MATCH (n:Persn) RETURN n"
has "that tells of the unknown label" "$WORK/err" "did you mean 'Person'"
check "a read-only query cannot write" 3 q --read-only "CREATE (n)"
check "a failing query changes nothing" 3 q "MATCH (n) SET n.gone = 1 WITH n RETURN 1 / 0"
check "which can be seen afterwards" 0 q --format csv "MATCH (n) WHERE n.gone = 1 RETURN count(*) AS n"
has "nothing was set" "$WORK/out" '^0'
check "a node with relationships cannot be deleted" 3 q "MATCH (n {name: 'Ann'}) DELETE n"
has "and the way out is told" "$WORK/err" 'DETACH DELETE'
check "reading an absent database is a mistake" 4 "$STANCE" query --db "$WORK/none.db" "MATCH (n) RETURN n"

check "a long query is stopped" 1 q --timeout 100 "UNWIND range(1, 100000000) AS a UNWIND range(1, 1000) AS b RETURN count(*)"
has "and says so" "$WORK/err" 'longer than 100 ms'
check "a large query is stopped" 1 q --max-memory 8M "UNWIND range(1, 10000000) AS a RETURN collect(a) AS l"
has "and says why" "$WORK/err" 'more than 8 MB'
check "the answer can be cut" 0 q --format csv --limit 2 "UNWIND [1, 2, 3] AS a RETURN a"
lacks "to the rows wanted" "$WORK/out" '^3'

check "the plan is shown" 0 q --explain "MATCH (a:Person {name: 'Ann'})-->(b) RETURN b"
has "with its operators" "$WORK/out" 'NodeLookup'
check "a profile counts rows" 0 q --profile "MATCH (a:Person) RETURN a"
has "for each operator" "$WORK/out" 'NodeScan +\(a:Person\) +2 +2'
check "tokens are shown" 0 q --dump=tokens "RETURN 1"
has "one a line" "$WORK/out" 'word.RETURN'
check "the tree is shown" 0 q --dump=ast "RETURN 1 + x"
has "as nested lists" "$WORK/out" '\(\+ \(literal 1\) \(variable x\)\)'
