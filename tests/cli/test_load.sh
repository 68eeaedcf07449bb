# Loading: what is stored, what is refused, and that nothing is lost by either.
. tests/support/cli.sh
db="$WORK/l.db"
mkdir "$WORK/in"
printf 'Minister backs plan\n\n12 March 2016\n\nThe minister, Anna Berg, supported the plan. The Harbour Union opposed it.\n' >"$WORK/in/good.txt"
printf 'Price rise\n\nThe mayor, Jos\xe9 Lima, said the rise was \x93unfair\x94.\n' >"$WORK/in/windows.txt"
: >"$WORK/in/empty.txt"
printf '\x7fELF\x02\x01\x00\x00\x00\x00binary\x00\x00\x00' >"$WORK/in/binary.txt"
head -c 50000000 /dev/zero | tr '\0' 'a' >"$WORK/in/huge.txt"
mkdir "$WORK/in/folder.txt"

check "one bad file among good ones ends in 1" 1 "$STANCE" load --db "$db" "$WORK/in/empty.txt" "$WORK/in/good.txt" \
    "$WORK/in/binary.txt" "$WORK/in/huge.txt" "$WORK/in/missing.txt" "$WORK/in/windows.txt"
has "an empty file is named" "$WORK/err" "empty.txt.*empty"
has "a binary file is named" "$WORK/err" "binary.txt"
has "a huge file is named" "$WORK/err" "huge.txt"
has "a missing file is named" "$WORK/err" "missing.txt.*No such file"
has "the encoding of another is told" "$WORK/err" "windows.txt.*[Ww]indows-1252"
check "the good ones are there" 0 "$STANCE" info --db "$db" --format csv
has "both of them" "$WORK/out" '^articles,2'
check "what is stored is whole" 0 "$STANCE" check --db "$db"
if [ "$(id -u)" -ne 0 ]; then
    chmod 000 "$WORK/in/good.txt"
    check "an unreadable file is an error" 1 "$STANCE" load --db "$WORK/u.db" "$WORK/in/good.txt"
    chmod 644 "$WORK/in/good.txt"
else
    skip "an unreadable file is an error" "root reads everything"
fi

check "the same again changes nothing" 0 "$STANCE" load --db "$db" "$WORK/in/good.txt"
has "and says so" "$WORK/out" '1 unchanged'
printf 'It will cost more, she added.\n' >>"$WORK/in/good.txt"
check "a changed file is a new version" 0 "$STANCE" load --db "$db" "$WORK/in/good.txt"
has "and it says so" "$WORK/err" 'new version'
check "the older version is kept" 0 "$STANCE" info --db "$db" --format csv
has "as an older one" "$WORK/out" '^older versions,1'
check "and the database is whole" 0 "$STANCE" check --db "$db"

# The same content whatever the number of threads.
check "one at a time" 0 "$STANCE" load --quiet --jobs 1 --db "$WORK/j1.db" data/articles/*.txt
check "four at a time" 0 "$STANCE" load --quiet --jobs 4 --db "$WORK/j4.db" data/articles/*.txt
"$STANCE" export csv --db "$WORK/j1.db" --output "$WORK/t1" && "$STANCE" export csv --db "$WORK/j4.db" --output "$WORK/t4"
if diff -r "$WORK/t1" "$WORK/t4" >/dev/null; then ok "give the same tables"; else not_ok "give the same tables"; fi
check "standard input is an article too" 0 sh -c "'$STANCE' load --db '$WORK/s.db' - <data/articles/2016-02-11-imposition-announced.txt"

# A no-break space stays one, and quotes stay verbatim.
printf 'Dispute\n\nThe union said it\302\240rejected the\302\240offer of the ministry.\n' >"$WORK/in/nbsp.txt"
check "no-break spaces load" 0 "$STANCE" load --db "$WORK/n.db" "$WORK/in/nbsp.txt"
check "and the quotes are verbatim" 0 "$STANCE" check --db "$WORK/n.db"

# Places that cannot be written.
check "a folder that does not exist is refused" 4 "$STANCE" load --db "$WORK/no/such/folder.db" data/articles/2016-02-11*.txt
cp /bin/true "$WORK/not.db"
check "a file that is no database is refused" 4 "$STANCE" load --db "$WORK/not.db" data/articles/2016-02-11*.txt
cmp -s /bin/true "$WORK/not.db" && ok "and left alone" || not_ok "and left alone"
mkdir "$WORK/small"
if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o size=600k tmpfs "$WORK/small" 2>/dev/null; then
    "$STANCE" load --quiet --db "$WORK/small/d.db" data/articles/*.txt >"$WORK/out" 2>"$WORK/err"
    [ $? -ne 0 ] && ok "a full disk is an error" || not_ok "a full disk is an error"
    has "and it says so" "$WORK/err" 'full|space|disk'
    cp "$WORK/small/d.db"* "$WORK/" 2>/dev/null
    check "what was stored before is whole" 0 "$STANCE" check --db "$WORK/d.db"
    umount "$WORK/small"
else
    skip "a full disk is an error" "no small file system can be mounted here"
fi
