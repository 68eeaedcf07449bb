# Help, usage errors and exit codes, the same for every command.
. tests/support/cli.sh

check "no command is wrong usage" 2 "$STANCE"
check "help exits with 0" 0 "$STANCE" help
has "help lists commands" "$WORK/out" '^  load '
for command in $("$STANCE" help | sed -nE '/^commands:/,/^$/s/^  ([a-z]+) .*/\1/p'); do
    check "$command --help exits with 0" 0 "$STANCE" "$command" --help
    has "$command --help has a synopsis" "$WORK/out" "^  stance $command"
    has "$command --help tells exit codes" "$WORK/out" '^exit codes: 0 done'
    examples=$(sed -n '/^examples:/,/^options:/p' "$WORK/out" | grep -c "^  .*stance $command")
    [ "$examples" -ge 2 ] && ok "$command --help has two examples" || not_ok "$command --help has two examples" "$examples"
    cp "$WORK/out" "$WORK/help"
    check "help $command says the same" 0 "$STANCE" help "$command"
    same "help $command and --help agree" "$WORK/out" "$WORK/help"
    check "$command refuses an unknown option" 2 "$STANCE" "$command" --no-such-option
    has "$command points to its help" "$WORK/err" "stance help $command|did you mean"
done
check "an unknown command is wrong usage" 2 "$STANCE" laod
has "and the nearest one is named" "$WORK/err" "did you mean 'stance load'"
check "a misspelt option is wrong usage" 2 "$STANCE" load --codebok x
has "and the nearest one is named" "$WORK/err" "did you mean '--codebook'"
check "version" 0 "$STANCE" --version
has "version is a number" "$WORK/out" '^stance [0-9]+\.[0-9]+\.[0-9]+$'
if [ -e /dev/full ]; then
    "$STANCE" help >/dev/full 2>"$WORK/err"
    [ $? -eq 1 ] && ok "a full disk is a failure" || not_ok "a full disk is a failure"
    has "and it says so" "$WORK/err" "cannot write to standard output"
fi
for n in 1 2 3 4 5 6 7 8; do cat data/articles/*.txt; done > "$WORK/long.txt"
"$STANCE" parse "$WORK/long.txt" 2> "$WORK/err" | head -1 > "$WORK/out"
has "what was read of it is there" "$WORK/out" '^# newdoc'
lacks "a reader who has seen enough is told nothing" "$WORK/err" .
