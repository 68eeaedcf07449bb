#!/usr/bin/env bash
# The shell: statements from a pipe, dot-commands, and a person at a terminal.
. tests/support/cli.sh
db=$WORK/shell.db
export STANCE_HISTORY=$WORK/history
piped() { # CLAIM EXIT INPUT: runs the shell on the text
    printf "$3" >"$WORK/in"
    check "$1" "$2" bash -c "'$STANCE' shell --db '$db' --format csv <'$WORK/in'"
}

piped "a piped shell writes and reads" 0 "CREATE (:Person:Actor {name: 'Anna Lindqvist'})\n-[:OPPOSES {quote: 'No.', date: '2019-03-12'}]->\n(:Position {name: 'new rotas'});\nMATCH (a)-->(p) RETURN a.name AS who, p.name AS what;\n"
has "the answer is there" "$WORK/out" '^Anna Lindqvist,new rotas'
lacks "without a prompt" "$WORK/out" 'stance>'
piped "several statements stand on a line and one over several" 0 "RETURN 1 AS a; RETURN 2\n AS b;"
has "the second answer is there" "$WORK/out" '^2'
piped "the last statement needs no semicolon" 0 "RETURN 3 AS c"
has "it is run" "$WORK/out" '^3'
piped "a semicolon in a string, a name or a comment ends nothing" 0 "RETURN 'a;b' AS \`x;y\` // ;\n /* ; */ ;\n"
has "the string is whole" "$WORK/out" '^a;b'
piped "the first error ends a piped shell" 3 "RETURN 1 AS one;\nRETURN nope;\nRETURN 3 AS three;\n"
has "with the line" "$WORK/err" 'line 2'
lacks "nothing after it runs" "$WORK/out" 'three'
piped ".mode changes the format" 0 ".mode json\nRETURN 1 AS a;\n"
has "to JSON" "$WORK/out" '"a": ?1'
piped "an unknown dot-command is told" 2 ".shcema\n"
has "with the nearest one" "$WORK/err" "did you mean '.schema'"
piped "EXPLAIN before a statement shows its plan" 0 "EXPLAIN MATCH (n:Person)\nRETURN n.name;\n"
lacks "instead of its answer" "$WORK/out" 'Anna Lindqvist'
piped ".schema lists what is in use" 0 ".schema\n"
has "labels with their numbers" "$WORK/out" '^ +Person +1'
has "relationship types" "$WORK/out" 'OPPOSES +1'
has "properties" "$WORK/out" '^ +quote'
piped ".output writes to a file" 0 ".output $WORK/rows.csv\nRETURN 7 AS n;\n.output\nRETURN 8 AS n;\n"
has "what was asked while it was open" "$WORK/rows.csv" '^7'
lacks "and not what came after" "$WORK/rows.csv" '^8'
echo "RETURN 'from a file' AS x;" >"$WORK/q.cypher"
piped ".read runs a file" 0 ".read $WORK/q.cypher\n"
has "its answer" "$WORK/out" 'from a file'
echo ".read $WORK/loop.cypher" >"$WORK/loop.cypher"
piped "files that read each other end" 1 ".read $WORK/loop.cypher\n"
has "with the reason" "$WORK/err" 'more than 16 deep'
piped ".quit ends at once" 0 ".quit\nRETURN 1 AS a;\n"
lacks "nothing follows" "$WORK/out" '1'
piped "other commands work with a dot" 0 ".who opposes 'new rotas'\n"
has "on the same database" "$WORK/out" 'Anna Lindqvist'
printf "CREATE (:X);\n" >"$WORK/in"
check "--read-only refuses writes" 3 bash -c "'$STANCE' shell --db '$db' --read-only <'$WORK/in'"

if ! command -v python3 >/dev/null; then
    skip "a person at a terminal" "python3 is not installed"
    exit
fi
cat >"$WORK/person.py" <<'END'
"""Types at a shell in a pseudo-terminal: send TEXT, wait for a REGEX."""
import os, pty, re, select, sys, time
def run(command, steps):
    pid, fd = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "xterm"
        os.execvp(command[0], command)
    seen = ""  # what no step has waited for yet
    for text, wanted in steps:
        if text:
            time.sleep(1 if text in "\x03\x04" else 0)  # let the statement start, the prompt stand
            os.write(fd, text.encode())
        end = time.time() + 20
        while time.time() < end and not re.search(wanted, seen):
            if select.select([fd], [], [], 0.2)[0]:
                try:
                    seen += os.read(fd, 4096).decode(errors="replace")
                except OSError:
                    break
        match = re.search(wanted, seen)
        if match is None:
            print("no", repr(wanted), "after", repr(text), "in", repr(seen))
            os.kill(pid, 9)
            sys.exit(1)
        seen = seen[match.end():]
    code = os.waitpid(pid, 0)[1]
    sys.exit(os.waitstatus_to_exitcode(code))
steps = {
    "history": [(None, "stance> "), ("RETURN 40 + 2 AS n;\r", "42"), (None, "1 row"), (None, "stance> "), ("\x04", r"\n")],
    "recall": [(None, "stance> "), ("\x10", r"RETURN 40 \+ 2"), ("\r", "42"), (None, "stance> "), (".quit\r", r"\n")],
    "label": [(None, "stance> "), ("MATCH (p:Per\t", "son"), (") RETURN p.na\t", "me"), ("AS who;\r", "Anna Lindqvist"), (".quit\r", r"\n")],
    "name": [(None, "stance> "), ("MATCH (p {name: 'anna\t", "Lindqvist'"), ("}) RETURN count(p) AS n;\r", "1 row"), (".quit\r", r"\n")],
    "throw": [(None, "stance> "), ("RETURN 'half\r", r"\.\.\.> "), ("\x03", "stance> "), ("RETURN 5 AS five;\r", "five"), (".quit\r", r"\n")],
    "stop": [(None, "stance> "), ("UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a * b AS c WHERE c < 0 RETURN count(c);\r", "\n"), ("\x03", "(?i)interrupt"), (None, "stance> "), ("RETURN 6 AS six;\r", "six"), (".quit\r", r"\n")],
}
run(sys.argv[2:], steps[sys.argv[1]])
END
person() {
    check "$1" 0 python3 "$WORK/person.py" "$2" "$STANCE" shell --db "$db"
    cat "$WORK/out"
}
person "a person gets a prompt and an answer" history
person "the next session remembers it" recall
person "the tab key completes labels and properties" label
person "and names inside quotes, without case" name
person "Ctrl-C throws away half a statement" throw
person "Ctrl-C stops a running statement and the shell goes on" stop
