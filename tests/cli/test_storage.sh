#!/usr/bin/env bash
# Disks that are full, files that may not be written, damage, and others at the same database.
. tests/support/cli.sh
fixtures=tests/fixtures/interchange
db=$WORK/s.db
"$STANCE" import --quiet --db "$db" --articles $fixtures $fixtures/harbour.json

check "a missing database is an error with a hint" 4 "$STANCE" info --db "$WORK/none.db"
has "the hint says how to make one" "$WORK/err" 'stance load'
printf 'hello' >"$WORK/text"
check "another kind of file is refused" 4 "$STANCE" import --db "$WORK/text" $fixtures/harbour.json
has "and left alone" "$WORK/text" '^hello$'
python3 -c 'import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute("create table t (x)"); c.commit()' "$WORK/other.db"
check "another program's database is refused" 4 "$STANCE" import --db "$WORK/other.db" $fixtures/harbour.json
has "in words" "$WORK/err" "another program's database"

# A newer schema is refused, not misread.
cp "$db" "$WORK/newer.db"
python3 -c 'import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute("pragma user_version = 999"); c.commit()' "$WORK/newer.db"
check "a database of a newer version is refused" 4 "$STANCE" info --db "$WORK/newer.db"
has "with what to do" "$WORK/err" 'newer'

# Damage is found.
cp "$db" "$WORK/damaged.db"
python3 - "$WORK/damaged.db" <<'PY'
import sys
data = bytearray(open(sys.argv[1], "rb").read())
at = data.find(b"The dam must not be built.")
data[at:at + 7] = b"The DAM"
open(sys.argv[1], "wb").write(data)
PY
check "a changed byte in an article is found" 4 "$STANCE" check --db "$WORK/damaged.db"
has "it names the article" "$WORK/out" 'article [0-9]+ .*the text has changed'
has "and the quote" "$WORK/out" 'statement [0-9]+: the quote is not what was stored'
cp "$db" "$WORK/range.db"
python3 -c 'import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute("update statement set quote_end = 99999 where id = (select min(id) from statement)"); c.commit()' "$WORK/range.db"
check "a range outside the text is found" 4 "$STANCE" check --db "$WORK/range.db"
has "it is named" "$WORK/out" 'are no passage'
head -c 20000 "$db" >"$WORK/half.db"
check "half a file is an error, not a crash" 4 "$STANCE" check --db "$WORK/half.db"

check "a backup is made" 0 "$STANCE" backup --db "$db" "$WORK/copy.db"
check "it is a whole database" 0 "$STANCE" check --quiet --db "$WORK/copy.db"
check "an existing file is not replaced" 3 "$STANCE" backup --db "$db" "$WORK/copy.db"

# Somebody else holds the database: a writer is told who, a reader is not disturbed.
python3 -c '
import sqlite3, sys, time
c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute("begin immediate")
open(sys.argv[2], "w").close(); time.sleep(30)' "$db" "$WORK/held" & holder=$!
for ((i = 0; i < 100; i++)); do [ -e "$WORK/held" ] && break; sleep 0.05; done
check "a second writer gives up after its timeout" 4 "$STANCE" actors alias --timeout 0.2 --db "$db" 'Mara Holt' MH
has "and says who holds the database" "$WORK/err" "process $holder "
check "a reader is not disturbed" 0 "$STANCE" info --db "$db"
kill "$holder"; wait "$holder" 2>/dev/null
check "afterwards it works" 0 "$STANCE" actors alias --db "$db" 'Mara Holt' MH

# Readers see a whole state while somebody writes.
for ((i = 0; i < 20; i++)); do "$STANCE" actors alias --db "$db" 'Mara Holt' "MH$i" 2>>"$WORK/writer"; done & writer=$!
bad=0
for ((i = 0; i < 10; i++)); do "$STANCE" actors list --db "$db" >/dev/null 2>>"$WORK/reader" || bad=$((bad + 1)); done
wait $writer
if [ $bad -eq 0 ] && [ ! -s "$WORK/writer" ]; then ok "readers and a writer go on side by side"; else
    not_ok "readers and a writer go on side by side" "$(head -c 400 "$WORK/reader" "$WORK/writer")"; fi

# A full disk and a read-only place need a file system of their own.
mkdir "$WORK/small"
if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o size=600k tmpfs "$WORK/small" 2>/dev/null; then
    cp "$db" "$WORK/small/s.db" 2>/dev/null
    head -c 550k /dev/zero >"$WORK/small/filler" 2>/dev/null
    printf 'Long\n\n' >"$WORK/long.txt"
    for ((i = 0; i < 4000; i++)); do echo "The harbour is deep and the tide is number $i today."; done >>"$WORK/long.txt"
    check "a full disk is an error" 4 "$STANCE" load --db "$WORK/small/s.db" --extractor 'python3 tests/fixtures/extractor/sample.py' "$WORK/long.txt"
    has "it says so" "$WORK/err" 'disk is full|cannot be (read|written|opened)|disk I/O'
    rm -f "$WORK/small/filler"
    check "the database is whole afterwards" 0 "$STANCE" check --quiet --db "$WORK/small/s.db"
    mount -o remount,ro "$WORK/small"
    check "it can be read on a read-only medium" 0 "$STANCE" info --db "$WORK/small/s.db"
    check "and not written" 4 "$STANCE" actors alias --db "$WORK/small/s.db" 'Mara Holt' X
    umount "$WORK/small"
else
    skip "a full disk is an error" "no right to mount a small file system"
fi
