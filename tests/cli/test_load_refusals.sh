#!/usr/bin/env bash
# Files that cannot be articles: one clear line each, and the others of the same command are loaded.
. tests/support/cli.sh
db=$WORK/l.db
: >"$WORK/empty.txt"
head -c 3000 /bin/sh >"$WORK/binary.txt"
head -c 52428800 /dev/zero | tr '\0' a >"$WORK/big.txt"
mkdir "$WORK/folder"
printf 'Caf\xe9 plan\n\nThe owner, Ann Lee, said she opposes the plan of the council.\n' >"$WORK/latin.txt"
check "refused files make exit code 1" 1 "$STANCE" load --db "$db" "$WORK"/{empty,binary,big}.txt "$WORK/folder" "$WORK/none.txt" "$WORK/latin.txt"
has "the good one is stored" "$WORK/out" '^1 added, 0 unchanged, 5 refused'
has "an empty file" "$WORK/err" 'empty\.txt: .*empty'
has "a program" "$WORK/err" 'binary\.txt: not text'
has "50 MB" "$WORK/err" 'big\.txt: too large'
has "a folder" "$WORK/err" 'folder: is a directory'
has "a missing file" "$WORK/err" 'none\.txt: No such file'
has "other encodings are read with a warning" "$WORK/err" 'latin\.txt: .*Windows-1252'
check "the database is whole" 0 "$STANCE" check --quiet --db "$db"
check "a changed file is a new version" 0 bash -c 'printf "More.\n" >>"$1" && "$2" load --db "$3" "$1"' _ "$WORK/latin.txt" "$STANCE" "$db"
has "and that is said" "$WORK/err" 'new version'
check "reading again replaces what nobody touched" 0 "$STANCE" load --again --db "$db" "$WORK/latin.txt"
has "and says what changed" "$WORK/out" '1 read again; statements: 0 added'
check "the database is still whole" 0 "$STANCE" check --quiet --db "$db"
