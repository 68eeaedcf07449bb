#!/usr/bin/env bash
# Extraction against hand-coded articles: runs the program on each set, every article with the
# codebook that its gold file names, and prints the scorer's table.
#   tests/bench/extract.sh [BUILD] [SET...]      sets: gold train eval (default: all)
#   PLAIN=1   without codebooks        ERRORS=1   list every error        ONLY=TEXT  some articles
set -u
BUILD=${1:-build/release}
[ $# -gt 0 ] && shift
sets=("$@")
[ ${#sets[@]} -eq 0 ] && sets=(gold train eval)
shared=${SHARED:-../shared}
[ -d "$shared/gold" ] || { echo "skip - no hand-coded articles beside the checkout"; exit 0; }
work=${WORK:-$(mktemp -d)}
[ -n "${WORK:-}" ] || trap 'rm -rf "$work"' EXIT
mkdir -p "$work"

for set in "${sets[@]}"; do
    case $set in
        gold) gold=$shared/gold articles=$shared/articles ;;
        train) gold=$shared/train/wikinews/gold articles=$shared/train/wikinews/articles ;;
        eval) gold=$shared/eval-only/stances/gold articles=$shared/eval-only/stances/articles ;;
        *) echo "unknown set $set" >&2; exit 2 ;;
    esac
    out=$work/$set
    rm -rf "$out"
    mkdir -p "$out"
    for key in $(sed -nE 's/^ *"codebook": *"([^"]*)".*/\1/p' "$gold"/*.json | sort -u); do
        files=()
        for json in $(grep -lE "\"codebook\": *\"$key\"" "$gold"/*.json); do
            name=$(basename "$json" .json)
            case $name in *${ONLY:-}*) [ -e "$articles/$name.txt" ] && files+=("$articles/$name.txt") ;; esac
        done
        [ ${#files[@]} -eq 0 ] && continue
        codebook=(--codebook "$gold/codebook-$key.csv")
        [ -n "${PLAIN:-}" ] && codebook=()
        "$BUILD/stance" extract "${codebook[@]}" --output "$out" "${files[@]}" || exit 1
    done
    echo "== $set"
    python3 "$shared/tools/score_extraction.py" "$gold" "$out" --articles "$articles" \
        ${ERRORS:+--errors} ${ONLY:+--only "$ONLY"}
done
