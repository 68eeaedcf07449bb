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

# Killed at any moment, an import leaves a database that opens and passes check, with everything
# in it or nothing, and the next import goes through.
mkdir -p "$WORK/many"
python3 - "$WORK/many" <<'PY'
import sys
folder = sys.argv[1]
with open(folder + "/persons.csv", "w") as f:
    f.write("id,name\n" + "".join("%d,Person %d\n" % (i, i) for i in range(2000)))
with open(folder + "/positions.csv", "w") as f:
    f.write("id,name\n" + "".join("%d,Position %d\n" % (i, i) for i in range(50)))
with open(folder + "/articles.csv", "w") as f:
    f.write("id,title\n" + "".join("%d,Report %d\n" % (i, i) for i in range(3000)))
with open(folder + "/stances.csv", "w") as f:
    f.write("id,actor,actor_kind,position,stance,date,article,confidence\n")
    for i in range(60000):
        f.write("%d,%d,Person,%d,%s,2019-05-%02d,%d,0.%d\n" % (i, i * 7 % 2000, i % 50,
                ("SUPPORTS", "OPPOSES")[i % 3 == 0], i % 28 + 1, i * 11 % 3000, i % 9 + 1))
PY
check "a larger folder is imported" 0 "$STANCE" import --db "$WORK/whole.db" "$WORK/many"
check "what was imported passes check" 0 "$STANCE" check --quiet --db "$WORK/whole.db"
# The image that was made beside the import is the one that is made from the store.
tail -c +257 "$WORK/whole.db-image" >"$WORK/followed"
rm "$WORK/whole.db-image"
check "without its image it is read anew" 0 "$STANCE" query --db "$WORK/whole.db" "MATCH ()-[s]->() RETURN count(*)"
tail -c +257 "$WORK/whole.db-image" >"$WORK/read"
same "the image of an import is that of the store" "$WORK/followed" "$WORK/read"
"$STANCE" info --db "$WORK/whole.db" --format csv | grep -vE '^(database|bytes)' >"$WORK/expected"
broken=0 whole=0 rounds=14 db=$WORK/killed.db
for ((i = 0; i < rounds; i++)); do
    rm -f "$db" "$db"-wal "$db"-shm "$db"-journal "$db"-image
    "$STANCE" import --db "$db" "$WORK/many" >/dev/null 2>&1 &
    pid=$!
    sleep "$(printf '0.%03d' $((i * i * 2 + 2)))"
    kill -9 "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    [ -s "$db" ] || continue
    "$STANCE" check --quiet --db "$db" >"$WORK/out" 2>&1 || { broken=$((broken + 1)); cat "$WORK/out"; }
    "$STANCE" info --db "$db" --format csv | grep -vE '^(database|bytes)' >"$WORK/got"
    if cmp -s "$WORK/got" "$WORK/expected"; then whole=$((whole + 1))
    elif ! grep -qE '^nodes,0.?$' "$WORK/got"; then broken=$((broken + 1)); cat "$WORK/got"; fi
done
[ $broken -eq 0 ] && ok "a killed import leaves all or nothing, and it passes check" ||
    not_ok "a killed import leaves all or nothing, and it passes check" "$broken of $rounds rounds"
rm -f "$db" "$db"-wal "$db"-shm "$db"-journal "$db"-image
check "the next import is not disturbed by what is left" 0 "$STANCE" import --db "$db" "$WORK/many"
check "what it wrote passes check" 0 "$STANCE" check --quiet --db "$db"
[ -e "$db-import" ] && not_ok "nothing is left beside it" "$db-import" || ok "nothing is left beside it"
"$STANCE" import --db "$WORK/two.db" "$WORK/plain" >"$WORK/first" 2>&1 & first=$!
"$STANCE" import --db "$WORK/two.db" "$WORK/many" >"$WORK/second" 2>&1 & second=$!
wait $first; a=$?; wait $second; b=$?
# The plain folder has a broken file by now.
[ $b -eq 0 ] && [ $a -ne 0 ] && ok "two imports into one new database wait for each other" ||
    not_ok "two imports into one new database wait for each other" "exit $a and $b" "$(cat "$WORK/first" "$WORK/second")"
