#!/usr/bin/env bash
# Other programs as extractors: the protocol, and that a bad one does no harm.
. tests/support/cli.sh
sample="python3 tests/fixtures/extractor/sample.py"
printf 'Two views\n\nThe Port Council is for the dam. The Fishers Union is against the dam.\n' >"$WORK/a.txt"
printf 'One view\n\nThe Lake Society is against the dam.\n' >"$WORK/b.txt"
load() { check "$1" "$2" "$STANCE" load --db "$WORK/$3.db" --extractor "$sample $3" --extractor-timeout 2 "${@:4}" "$WORK/a.txt" "$WORK/b.txt"; }

load "a program reads the articles" 0 good
has "its statements are stored" "$WORK/out" '^2 added, 0 unchanged; statements: 3 added'
check "they are found by what they are about" 0 "$STANCE" review --list --db "$WORK/good.db" --format csv
has "with stance and words" "$WORK/out" 'Fishers Union,oppose,the dam,0.9,,The Fishers Union is against the dam\.'
check "the database is whole" 0 "$STANCE" check --quiet --db "$WORK/good.db"
load "several at a time are read the same" 0 good2 --jobs 4
has "all of them" "$WORK/out" 'statements: 3 added'

load "an invented quote is refused, the article is stored" 0 invent
has "with the reason" "$WORK/err" 'evidence is not verbatim'
has "no statement is stored" "$WORK/out" '^2 added, 0 unchanged; statements: 0 added'
load "a program that does not answer is stopped in time" 1 slow
has "and that is said" "$WORK/err" 'took longer than 2 s'
load "a program that ends is an error of the article" 1 die
has "and that is said" "$WORK/err" 'ended without an answer'
load "what is no JSON is an error of the article" 1 garbage
has "and that is said" "$WORK/err" 'JSON, line 1'
load "a program that wants too much memory gets none" 1 greedy --extractor-memory 256
has "it ended" "$WORK/err" 'ended without an answer'
check "a command that is not there is an error" 1 "$STANCE" load --db "$WORK/none.db" --extractor "$WORK/none" "$WORK/a.txt"
check "the database is whole all the same" 0 "$STANCE" check --quiet --db "$WORK/slow.db"
