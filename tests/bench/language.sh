#!/usr/bin/env bash
# Words per second of each language stage on one core, and peak memory; beside wink-nlp (npm) when
# npm can fetch it. Reads the articles of ../shared, or those of data/articles.
#   tests/bench/language.sh [BUILD]
set -u
build=${1:-build/release}
articles=(../shared/articles/*.txt ../shared/train/*/articles/*.txt)
[ -e "${articles[0]}" ] || articles=(data/articles/*.txt)
files=()
for file in "${articles[@]}"; do [ -e "$file" ] && files+=("$file"); done
if [ ${#files[@]} -eq 0 ]; then
    echo "skipped: no articles in ../shared or data/articles"
    exit 0
fi

mkdir -p "$build/bench"
# shellcheck disable=SC2046
${CC:-cc} -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -Iinclude -Isrc -o "$build/bench/language_stages" \
    tests/bench/language_stages.c "$build/libstance.a" \
    $(pkg-config --libs sqlite3 libcgraph jansson libpcre2-8 libutf8proc nettle libedit) \
    -lcsv -lpthread -ldl -lm || exit 1
export STANCE_MODEL=${STANCE_MODEL:-data/models/en.model}
echo "stance, ${#files[@]} articles"
"$build/bench/language_stages" "${files[@]}" || exit 1

if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
    echo "wink-nlp: skipped, npm is not here"
    exit 0
fi
wink="$build/bench/wink"
mkdir -p "$wink"
if [ ! -d "$wink/node_modules/wink-nlp" ] &&
    ! (cd "$wink" && npm install --silent --no-fund --no-audit wink-nlp@2.4.0 \
        wink-eng-lite-web-model@1.8.1 >/dev/null 2>&1); then
    echo "wink-nlp: skipped, npm could not fetch it"
    exit 0
fi
cat >"$wink/bench.js" <<'JS'
const fs = require('fs');
const nlp = require('wink-nlp')(require('wink-eng-lite-web-model'), ['sbd', 'pos']);
const texts = process.argv.slice(2).map((f) => fs.readFileSync(f, 'utf8'));
let words = 0;
for (const t of texts) nlp.readDoc(t).tokens().out(); // warm
const start = process.cpuUsage();
for (let round = 0; round < 20; round++)
  for (const t of texts) words += nlp.readDoc(t).tokens().length();
const used = process.cpuUsage(start);
const seconds = (used.user + used.system) / 1e6;
console.log('wink-nlp: words, sentences, tags      ' + Math.round(words / seconds) + ' words/s, ' +
  (process.memoryUsage().rss / 1048576).toFixed(1) + ' MB');
JS
node "$wink/bench.js" "${files[@]}"
