# The committed example of what the demo writes is what the program writes today.
. tests/support/cli.sh
program=$ROOT/build/release/stance
[ -x "$program" ] || program=$STANCE
check "the demo runs" 0 bash tests/support/demo.sh "$program" 'data/articles/*.txt' "$WORK/demo.db" "$WORK/demo" data/codebooks/junior-doctors.csv
has "and prints alliances" "$WORK/out" '^A  [0-9]+ actors'
for file in map.dot alliances.dot statements.csv actors.csv positions.csv affiliations.csv alliances.csv centrality.csv; do
    same "$file is as committed" "$WORK/demo/$file" "exports/demo/$file"
done
# Coordinates depend on the very font files: those of the packages that `make deps` installs.
regular=$(fc-match -f '%{file}' 'Liberation Sans' 2>/dev/null)
if [ "$regular" = /usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf ] && fc-list | grep -q DejaVuSans.ttf; then
    for file in map.svg alliances.svg; do same "$file is as committed" "$WORK/demo/$file" "exports/demo/$file"; done
else
    skip "the SVG files are as committed" "another version of the font Liberation Sans is installed"
fi
check "every quote is verbatim" 0 "$program" check --db "$WORK/demo.db"
