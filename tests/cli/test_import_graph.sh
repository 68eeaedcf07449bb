# stance import DIR: whole graphs from CSV files, plain and in Neo4j's header convention.
. tests/support/cli.sh

mkdir -p "$WORK/plain" "$WORK/neo4j" "$WORK/none"
printf 'id,name,party\n1,Ada Example,Left\n2,"Boole, ""George""",Right\n' >"$WORK/plain/persons.csv"
printf 'id,name\n3,Example Union\n' >"$WORK/plain/organisations.csv"
printf 'id,name\n1,build the bridge\n' >"$WORK/plain/positions.csv"
printf 'id,title,date\n1,First report,2019-05-01\n' >"$WORK/plain/articles.csv"
printf 'person,organisation,since\n1,3,2018-01-01\n' >"$WORK/plain/member_of.csv"
printf 'id,actor,actor_kind,position,stance,date,article,confidence\n1,1,Person,1,SUPPORTS,2019-05-01,1,0.75\n2,2,Person,1,OPPOSES,2019-05-01,1,0.5\n' >"$WORK/plain/stances.csv"
cp "$WORK/plain/stances.csv" "$WORK/stances.csv"
printf 'actor,position,date,article,confidence\n1,1,2019-05-01,1,0.75\n' >"$WORK/plain/supports_person.csv"
check "a plain folder is imported" 0 "$STANCE" import --db "$WORK/plain.db" "$WORK/plain"
has "files that repeat statements are not read twice" "$WORK/out" '^5 nodes and 3 relationships from 6 files$'

printf 'actorId:ID(Actor),name:string,born:date,score:double,tags:string[],:LABEL,junk:IGNORE\na,Ada,1815-12-10,1.5,x;y,Person;Writer,1\nb,Bea,,,,Person,2\n' >"$WORK/neo4j/nodes.csv"
printf ':START_ID(Actor),:END_ID(Actor),:TYPE,since:int\na,b,KNOWS,1830\nb,a,SUPPORTS,\n' >"$WORK/neo4j/rels.csv"
check "Neo4j's header convention is understood" 0 "$STANCE" import --db "$WORK/neo4j.db" "$WORK/neo4j"
has "and everything is counted" "$WORK/out" '^2 nodes and 2 relationships from 2 files$'

check "a folder without a graph is refused" 3 "$STANCE" import --db "$WORK/none.db" "$WORK/none"
has "and the error says what is wanted" "$WORK/err" "hint: nodes need a column 'id'"
check "a file of no known format is refused" 3 "$STANCE" import --db "$WORK/none.db" "$WORK/plain/persons.csv.missing"

printf '9,7,Person,1,SUPPORTS,2019-05-01,1,0.5\n' >>"$WORK/plain/stances.csv"
check "a reference to nobody is refused" 3 "$STANCE" import --db "$WORK/refused.db" "$WORK/plain"
has "with file, line and id" "$WORK/err" "stances.csv, line 4: there is no Actor node with the id '7'"
cp "$WORK/stances.csv" "$WORK/plain/stances.csv"
check "and nothing was stored" 0 "$STANCE" import --db "$WORK/refused.db" "$WORK/plain"
printf '9,1,Person,1,LIKES,2019-05-01,1,0.5\n' >>"$WORK/plain/stances.csv"
check "an unknown stance is refused" 3 "$STANCE" import --db "$WORK/stance.db" "$WORK/plain"
has "with the word" "$WORK/err" "'LIKES' is not a stance"
cp "$WORK/stances.csv" "$WORK/plain/stances.csv"
printf '9,1,"Person\n' >>"$WORK/plain/stances.csv"
check "a quote that is not closed is refused" 3 "$STANCE" import --db "$WORK/stance.db" "$WORK/plain"
printf 'a,Ada twice,,,,Person,3\n' >>"$WORK/neo4j/nodes.csv"
check "an id that comes twice is refused" 3 "$STANCE" import --db "$WORK/twice.db" "$WORK/neo4j"
has "with the id" "$WORK/err" "nodes.csv, line 4: the id 'a' comes twice"
