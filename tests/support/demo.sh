#!/usr/bin/env bash
# The demo: loads articles, prints a summary, writes tables and pictures.
#   demo.sh PROGRAM ARTICLES DATABASE FOLDER [CODEBOOK]
set -eu
stance=$1 articles=$2 db=$3 folder=$4 codebook=${5:-}
rm -f "$db" "$db"-*
mkdir -p "$(dirname "$db")" "$folder"
# shellcheck disable=SC2086  # the list of articles is a pattern
"$stance" load --quiet --db "$db" ${codebook:+--codebook "$codebook"} $articles
echo
"$stance" info --db "$db"
echo
echo "ALLIANCES: who argues alike (statements with a confidence of 0.4 and more)"
"$stance" alliances --db "$db" --min-confidence 0.5
echo
echo "THE FIVE MOST CENTRAL ACTORS"
"$stance" centrality --db "$db" --min-confidence 0.5 --limit 5
for format in dot svg png; do
    "$stance" export "$format" --db "$db" --min-confidence 0.5 --output "$folder/map.$format"
    "$stance" export "$format" --db "$db" --picture alliances --min-confidence 0.5 --output "$folder/alliances.$format"
done
"$stance" export csv --db "$db" --output "$folder"
echo
echo "Written to $folder: $(cd "$folder" && ls | tr '\n' ' ')"
