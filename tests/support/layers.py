#!/usr/bin/env python3
"""Checks that includes go only up the data flow: a folder of src/ may use the public headers of
folders before it in LAYERS, its own, and its own internal header; third-party headers stay in the
folders named in BRIDGES."""
import pathlib
import re
import sys

LAYERS = ["base", "text", "language", "extract", "store", "graph", "query", "analysis", "export",
          "ingest", "cli", "train"]

# public header -> folder that offers it; a header not listed here belongs to base
OFFERS = {
    "document": "text", "article": "text",
    "annotation": "language", "annotation_io": "language", "model": "language", "word_vectors": "language",
    "extraction": "extract", "codebook": "extract", "actor_list": "extract", "lexicon": "extract", "pronoun": "extract",
    "store": "store", "search": "store", "decision": "store",
    "function": "query",
    "graph": "graph", "entity_writer": "graph", "chains": "graph", "name_lookup": "graph",
    "query": "query", "procedure": "query",
    "analysis": "analysis", "camps": "analysis", "discourse": "analysis", "selection": "analysis", "slice": "analysis",
    "export": "export", "rows": "export", "csv": "export",
    "ingest": "ingest", "interchange": "ingest", "import": "ingest", "ingest_graph": "ingest",
}
ALSO = {"train": {"base", "text", "language", "extract"}}  # the second program

BRIDGES = {
    "sqlite3.h": {"store"}, "igraph": {"analysis"}, "graphviz": {"export"}, "cgraph.h": {"export"},
    "gvc.h": {"export"}, "csv.h": {"base", "export", "extract", "ingest", "store", "text", "graph"},
    "libxml": {"text"}, "utf8proc.h": {"base"}, "editline": {"cli"}, "histedit.h": {"cli"},
    "pcre2.h": {"base", "query", "extract", "text"}, "nettle": {"base"},
}

def main():
    problems = []
    for path in sorted(pathlib.Path("src").rglob("*.[ch]")):
        folder = path.parts[1]
        if folder not in LAYERS:
            problems.append(f"{path}: folder '{folder}' is not in the data flow")
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = re.match(r'\s*#\s*include\s+([<"])([^>"]+)[>"]', line)
            if not match:
                continue
            name = match.group(2)
            where = f"{path}:{number}"
            if name.startswith("stance/"):
                stem = name[len("stance/"):-2]
                offered = OFFERS.get(stem, "base")
                if LAYERS.index(offered) > LAYERS.index(folder):
                    problems.append(f"{where}: {folder} includes {name}, which {offered} offers")
                if folder in ALSO and offered not in ALSO[folder]:
                    problems.append(f"{where}: {folder} may not include {name}")
            elif match.group(1) == '"' and (path.parent / name).exists():
                owner = (path.parent / name).resolve().relative_to(pathlib.Path("src").resolve()).parts[0]
                if owner != folder and owner not in ALSO.get(folder, ()):
                    problems.append(f"{where}: {folder} includes {name}, which belongs to {owner}")
            else:
                for key, owners in BRIDGES.items():
                    if name == key or name.startswith(key + "/"):
                        if folder not in owners:
                            problems.append(f"{where}: {folder} includes {name}; that is for {sorted(owners)}")
    for problem in problems:
        print(problem)
    if problems:
        sys.exit(1)
    print("layers: includes go up the data flow only")

main()
