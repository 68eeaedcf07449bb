# Aggregations that are fused with the matching below them answer as the plan by rows does. UNWIND
# before MATCH keeps a plan from being fused.
. tests/support/cli.sh

mkdir -p "$WORK/g"
awk 'BEGIN {
    srand(7); dir = ARGV[1]
    print "id,name,party,rank" > (dir "/persons.csv"); print "id,name" > (dir "/organisations.csv")
    print "id,name" > (dir "/positions.csv"); print "person,organisation,since" > (dir "/member_of.csv")
    print "actor,position,stance,date,confidence" > (dir "/stances.csv")
    for (i = 1; i <= 60; i++) printf "%d,P%d,%s,%d\n", i, i % 50, substr("LCR", i % 3 + 1, 1), i > (dir "/persons.csv")
    for (i = 61; i <= 70; i++) printf "%d,O%d\n", i, i > (dir "/organisations.csv")
    for (i = 1; i <= 12; i++) printf "%d,Q%d\n", i, i > (dir "/positions.csv")
    for (i = 1; i <= 60; i++) if (rand() < .7) printf "%d,%d,2019-01-01\n", i, 61 + int(rand() * 10) > (dir "/member_of.csv")
    print ":START_ID(Actor),:END_ID(Actor),:TYPE,since" > (dir "/knows.csv")
    for (i = 1; i <= 600; i++) printf "%d,%d,KNOWS,%s\n", 1 + int(rand() * 40), 1 + int(rand() * 60), i % 3 ? i % 9 : "long" > (dir "/knows.csv")
    for (i = 1; i <= 700; i++) printf "%d,%d,%s,20%d-0%d-11,0.%d\n", 1 + int(rand() * 70), 1 + int(rand() * 12), \
        rand() < .5 ? "SUPPORTS" : "OPPOSES", 15 + int(rand() * 5), 1 + int(rand() * 9), 5 + int(rand() * 5) > (dir "/stances.csv")
}' "$WORK/g"
check "the graph is imported" 0 "$STANCE" import --db "$WORK/g.db" "$WORK/g"

agree() {
    "$STANCE" query --db "$WORK/g.db" --format csv "$1" >"$WORK/fused" 2>&1
    "$STANCE" query --db "$WORK/g.db" --format csv "UNWIND [1] AS one $1" >"$WORK/rows" 2>&1
    if [ "$(wc -l <"$WORK/rows")" -gt 1 ] && cmp -s "$WORK/fused" "$WORK/rows"; then ok "same answer: $1"; else
        not_ok "same answer: $1" "$(diff "$WORK/fused" "$WORK/rows" | head -6)"; fi
}
both() {
    agree "MATCH (a:Person {name: 'P7'})-[r:SUPPORTS|OPPOSES]->(p:Position) WITH DISTINCT a, p, type(r) AS st MATCH (b)-[s:SUPPORTS|OPPOSES]->(p) WHERE type(s) = st AND b.id <> a.id RETURN b.name AS ally, count(DISTINCT p.id) AS k ORDER BY k DESC, ally"
    agree "MATCH (a)-[:OPPOSES]->(p:Position) WHERE a.rank <= 20 WITH DISTINCT a, p MATCH (b)-[:OPPOSES]->(p) WHERE b.rank <= 20 AND a.id < b.id WITH DISTINCT a, b, p RETURN a.name AS x, b.name AS y, count(*) AS k ORDER BY k DESC, x, y"
    agree "MATCH (o:Organisation)<-[:MEMBER_OF]-(a:Person)-[:SUPPORTS]->(p:Position {name: 'Q3'}) MATCH (o)<-[:MEMBER_OF]-(b:Person)-[:OPPOSES]->(p) RETURN o.name AS org, count(DISTINCT a.id) AS pro, count(DISTINCT b.id) AS con, count(*) AS n ORDER BY org"
    agree "MATCH (a:Person {name: 'P9'})-[*1..3]-(x) RETURN labels(x) AS l, count(DISTINCT x) AS n ORDER BY l"
    agree "MATCH (a:Person)-[*0..2]->(x) RETURN a.party AS p, count(DISTINCT x) AS n ORDER BY p"
    agree "MATCH (a:Person)-[s:SUPPORTS]->(p)<-[t:SUPPORTS]-(b:Person) WHERE s.date > '2017' RETURN a.party AS x, b.party AS y, count(*) AS n, sum(a.rank) AS r, collect(DISTINCT p.name)[0] IS NOT NULL AS c ORDER BY x, y"
    agree "MATCH (a:Person)-[s:SUPPORTS|OPPOSES]->(p)<-[t]-(b) RETURN type(s) AS s, type(t) AS t, count(b.rank) AS n, avg(t.confidence) > 0 AS c ORDER BY s, t"
    agree "MATCH (a:Person)-[s:SUPPORTS]->(p) WITH DISTINCT a, p MATCH (a)-[t:OPPOSES]->(p) RETURN a.name AS a, count(t) AS n, min(t.date) AS d ORDER BY a"
    # Ranges of a column's codes, and comparisons that no value passes.
    for test in "s.date >= '2016' AND '2018-05' > s.date" "s.date = '2017-03-11'" "'2017-03-11' <= s.date" "s.confidence > 0.65" \
        "s.date > 5" "s.date > null" "s.date < '2019' AND s.date < '2016'" "s.date <> '2017-03-11'" "s.confidence >= 0.0/0.0" "s.nothing > 1"; do
        agree "MATCH (a)-[s:SUPPORTS|OPPOSES]->(p:Position) WHERE $test RETURN count(*) AS n, count(DISTINCT a) AS k"
    done
    for test in "s.since > 4" "s.since >= 'a'" "s.since = 7" "s.since <= 2.5"; do
        agree "MATCH (a:Person)-[s:KNOWS]->(b) WHERE $test RETURN count(*) AS n, count(DISTINCT b) AS k"
    done
    # Counts that the image has: relationships of each node.
    agree "MATCH (a)-[s:SUPPORTS|OPPOSES]->(p:Position) RETURN a.name AS a, count(*) AS n ORDER BY n DESC, a LIMIT 20"
    agree "MATCH (a:Person)-[s:SUPPORTS|OPPOSES]->(p) RETURN p.name AS p, count(s) AS n ORDER BY p"
    agree "MATCH (a:Person)-[s:KNOWS]->(b) RETURN b.name AS b, count(*) AS n ORDER BY b"
    agree "MATCH (a:Person)<-[s:KNOWS]-(b) RETURN a.party AS a, count(*) AS n ORDER BY a"
    agree "MATCH (a:Person)-[s:KNOWS]-(b:Person) RETURN b.name AS b, count(*) AS n ORDER BY b"
    agree "MATCH (a:Organisation)-[s]-(b) RETURN labels(b) AS b, count(*) AS n ORDER BY b"
    # Within reach: searches that look back from the nodes that are left, circles through the start.
    agree "MATCH (a:Person)-[:KNOWS*1..3]->(x) RETURN a.name AS a, count(DISTINCT x) AS n ORDER BY a"
    agree "MATCH (a:Person)<-[:KNOWS*1..2]-(x) RETURN a.name AS a, count(DISTINCT x) AS n ORDER BY a"
    agree "MATCH (a:Person {name: 'P45'})<-[:KNOWS*..4]-(x) RETURN count(DISTINCT x) AS n"
    agree "MATCH (a)-[:SUPPORTS*1..3]-(x) RETURN a.name AS a, count(DISTINCT x) AS n ORDER BY a"
    agree "MATCH (a:Person {name: 'P9'})-[:SUPPORTS|MEMBER_OF*1..3]-(x) RETURN labels(x) AS l, count(DISTINCT x) AS n ORDER BY l"
}
both
# The same with changes laid over the image.
"$STANCE" query --db "$WORK/g.db" "MATCH (a:Person {name: 'P7'}), (p:Position {name: 'Q3'}) CREATE (a)-[:OPPOSES {date: '2018-01-01', confidence: 0.5}]->(p), (:Person {name: 'New', id: 99, rank: 1})-[:SUPPORTS {date: '2019-01-01'}]->(p)" >/dev/null
"$STANCE" query --db "$WORK/g.db" "MATCH (:Person {name: 'P9'})-[r:SUPPORTS]->() DELETE r" >/dev/null
both
