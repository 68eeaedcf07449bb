#!/usr/bin/env bash
# Articles per second of the whole line, its memory, and what share each stage has.
#   tests/bench/load.sh [BUILD] [ARTICLES]
# Makes ARTICLES (1000) texts of about 3 kB from the demo articles, then times parse (text and language),
# extract (and extraction) and load (and the store) on them: the shares are the differences.
set -eu
build=${1:-build/release} count=${2:-1000}
stance=$build/stance
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 - "$count" "$work" <<'END'
import glob, pathlib, random, sys
count, work = int(sys.argv[1]), pathlib.Path(sys.argv[2])
texts = [pathlib.Path(p).read_text(encoding="utf-8") for p in sorted(glob.glob("data/articles/*.txt"))]
paragraphs = [[p for p in t.split("\n\n") if p.strip()] for t in texts]
random.seed(1)
(work / "in").mkdir()
for i in range(count):
    article = list(paragraphs[i % len(paragraphs)])
    while sum(map(len, article)) < 3000:
        article.insert(random.randrange(2, len(article)), random.choice(random.choice(paragraphs)))
    (work / "in" / f"{i:05d}.txt").write_text("\n\n".join(article) + "\n", encoding="utf-8")
END
bytes=$(cat "$work"/in/*.txt | wc -c)
list=$work/list
find "$work/in" -name '*.txt' | sort >"$list"

# user + system seconds, wall seconds, peak kB of a command
timed() {
    python3 - "$@" <<'END'
import resource, subprocess, sys, time
start = time.monotonic()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
wall = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{used.ru_utime + used.ru_stime:.2f} {wall:.2f} {used.ru_maxrss}")
sys.exit(code)
END
}
mapfile -t files <"$list"
read -r parse_cpu _ _ < <(timed "$stance" parse "${files[@]}")
read -r extract_cpu _ _ < <(timed "$stance" extract --jobs 1 "${files[@]}")
read -r load_cpu load_wall load_peak < <(timed "$stance" load --quiet --jobs 2 --db "$work/a.db" "${files[@]}")
read -r _ _ half_peak < <(timed "$stance" load --quiet --jobs 2 --db "$work/b.db" "${files[@]:0:$((count / 2))}")

python3 - "$count" "$bytes" "$parse_cpu" "$extract_cpu" "$load_cpu" "$load_wall" "$load_peak" "$half_peak" <<'END'
import sys
count, size, parse, extract, load, wall, peak, half = map(float, sys.argv[1:])
print(f"{count:.0f} articles, {size / 1e6:.2f} MB, load --jobs 2: {wall:.2f} s wall, {load:.2f} s CPU, "
      f"{count / wall:.0f} articles/s, {size / 1e6 / wall:.2f} MB/s")
print(f"peak memory {peak / 1024:.0f} MB; with half the articles {half / 1024:.0f} MB")
print(f"share of CPU: text and language {parse / load:.0%}, extraction {(extract - parse) / load:.0%}, "
      f"store {(load - extract) / load:.0%}")
END
