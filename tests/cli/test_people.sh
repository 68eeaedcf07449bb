#!/usr/bin/env bash
# who, show and path: questions about people, positions and events by name.
. tests/support/cli.sh
db=$WORK/people.db
cat >"$WORK/graph.cypher" <<'END'
CREATE (ann:Actor:Person {name: 'Ann Bergström', aliases: ['Dr Bergström'], role: 'mayor'}),
  (ben:Actor:Person {name: 'Ben Ito'}), (bob:Actor:Person {name: 'Bob Ito'}),
  (ferry:Actor:Organisation {name: 'Ferry Union', acronym: 'FU'}),
  (rotas:Position {name: 'new rotas'}), (bridge:Position {name: 'second bridge'}),
  (strike:Event {name: 'the strike', kind: 'strike'}),
  (art:Article {id: 77, title: 'Rotas dispute', date: '2019-03-12'}),
  (ann)-[:SUPPORTS {quote: 'The rotas are fair.', date: '2019-03-12', confidence: 0.9, article: 77, status: 'proposed'}]->(rotas),
  (ann)-[:SUPPORTS {quote: 'I stand by them.', date: '2019-04-01', confidence: 0.5, status: 'proposed'}]->(rotas),
  (ferry)-[:OPPOSES {quote: 'The rotas are unsafe.', date: '2019-03-14', confidence: 0.8, status: 'accepted'}]->(rotas),
  (ben)-[:OPPOSES {quote: 'Never.', date: '2019-03-15', confidence: 0.8, status: 'rejected'}]->(rotas),
  (ferry)-[:SUPPORTS {quote: 'We strike.', date: '2019-03-16', confidence: 0.8, status: 'proposed'}]->(strike),
  (ben)-[:AFFILIATED_WITH {role: 'driver', article: 77}]->(ferry),
  (ann)-[:MENTIONED_IN {count: 2}]->(art), (bob)-[:MENTIONED_IN {count: 1}]->(art);
END
check "a graph is made" 0 bash -c "'$STANCE' shell --db '$db' <'$WORK/graph.cypher'"

check "who supports a position" 0 "$STANCE" who --db "$db" --format csv supports new rotas
has "one row per actor with the surest quote" "$WORK/out" '^Ann Bergström,2,2019-03-12,2019-04-01,The rotas are fair\.'
check "who opposes it" 0 "$STANCE" who --db "$db" --format csv opposes 'The NEW rotas'
has "accepted statements count" "$WORK/out" '^Ferry Union,1'
lacks "rejected ones do not" "$WORK/out" 'Ben Ito'
check "unless they are asked for" 0 "$STANCE" who --db "$db" --format csv --status rejected opposes 'new rotas'
has "then they do" "$WORK/out" '^Ben Ito,1'
check "a slice of time" 0 "$STANCE" who --db "$db" --format csv --since 2019-03-20 supports 'new rotas'
has "counts what was said in it" "$WORK/out" '^Ann Bergström,1,2019-04-01'
check "a kind of actor" 0 "$STANCE" who --db "$db" --type person opposes 'new rotas'
has "leaves out the others and says how many there are" "$WORK/out" '^new rotas: opposed by 0 actors'
check "an event can be asked about" 0 "$STANCE" who --db "$db" supports 'the strike'
has "by its name" "$WORK/out" '^Ferry Union'
check "an unknown stance is wrong usage" 2 "$STANCE" who --db "$db" suports 'new rotas'
has "with the nearest" "$WORK/err" "'supports'"
check "an unknown name is refused" 3 "$STANCE" who --db "$db" opposes 'new rotos'
has "with the nearest" "$WORK/err" "new rotas"

check "show knows an alias without accents or title" 0 "$STANCE" show --db "$db" bergstrom
has "name and kind" "$WORK/out" '^Ann Bergström \(Actor, Person\)'
has "properties" "$WORK/out" 'role: mayor'
has "stances with quotes" "$WORK/out" 'supports +new rotas +2019-03-12 +The rotas are fair'
has "the article of a statement" "$WORK/out" 'Rotas dispute'
check "an acronym is a name" 0 "$STANCE" show --db "$db" fu
has "who belongs to it, with the role" "$WORK/out" 'belongs to it\) +Ben Ito +driver'
check "a position shows both sides" 0 "$STANCE" show --db "$db" --format jsonl 'new rotas'
has "one" "$WORK/out" 'Ann Bergström.*supports'
has "the other" "$WORK/out" 'Ferry Union.*opposes'
check "an ambiguous name is refused" 3 "$STANCE" show --db "$db" ito
has "with the candidates and their numbers" "$WORK/err" 'Ben Ito \(Person #[0-9]+\); Bob Ito \(Person #[0-9]+\)'
number=$(sed -nE 's/.*Bob Ito \(Person (#[0-9]+)\).*/\1/p' "$WORK/err")
check "a number is a name" 0 "$STANCE" show --db "$db" "$number"
has "of that node" "$WORK/out" '^Bob Ito'
check "JSON is one object" 0 "$STANCE" show --db "$db" --format json 'Ann Bergström'
cp "$WORK/out" "$WORK/card.json"
if command -v python3 >/dev/null; then
    check "that a JSON reader takes" 0 python3 -c "import json,sys; d=json.load(open('$WORK/card.json')); assert len(d['stances'])==2 and d['node']['properties']['role']=='mayor'"
fi

check "a path in words" 0 "$STANCE" path --db "$db" bergstrom 'Ben Ito'
has "both directions are told" "$WORK/out" '^Ann Bergström — supports → new rotas ← opposes — Ferry Union ← belongs to — Ben Ito$'
check "with the words that were said" 0 "$STANCE" path --db "$db" --quotes bergstrom 'Ferry Union'
has "who, when, what" "$WORK/out" '^ +Ferry Union, 2019-03-14: The rotas are unsafe\.'
check "parallel statements are one chain" 0 "$STANCE" path --db "$db" --format csv bergstrom 'Ferry Union'
has "with its length" "$WORK/out" '^2,'
check "an article that mentions both joins nobody" 3 "$STANCE" path --db "$db" 'Ann Bergström' 'Bob Ito'
has "and it is said" "$WORK/err" 'no chain joins'
check "statements outside the slice join nobody" 3 "$STANCE" path --db "$db" --until 2019-03-13 bergstrom FU
check "two names are needed" 2 "$STANCE" path --db "$db" bergstrom
