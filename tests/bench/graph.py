#!/usr/bin/env python3
"""Asks every engine the standard questions, cold (a new process for each) and warm (again and again
in one process), compares the answers and prints tables. Called by graph.sh."""
import argparse, json, os, re, resource, statistics, subprocess, sys, threading, time

import graph_sqlite

QUESTIONS = "../shared/reference/graph-queries.md"


def questions():
    found = {}
    for line in open(QUESTIONS, encoding="utf-8"):
        if line.startswith("| ") and "`" in line and not line.startswith("| name"):
            found[line.split("|")[1].strip()] = line.split("`")[1].replace("\\|", "|")
    return found


def with_literals(query, parameters):
    """The shell takes no parameters: put them into the text."""
    return re.sub(r"\$(\w+)", lambda m: "'" + parameters[m.group(1)].replace("'", "\\'") + "'", query)


def run(command, timeout=300, **more):
    """Wall and CPU milliseconds, peak memory in MB, output of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
    killer = threading.Timer(timeout, process.kill)
    killer.start()
    errors = []
    reader = threading.Thread(target=lambda: errors.append(process.stderr.read()))
    reader.start()
    out = process.stdout.read()
    reader.join()
    _, status, usage = os.wait4(process.pid, 0)
    killer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return {"wall": (time.perf_counter() - start) * 1e3, "cpu": (usage.ru_utime + usage.ru_stime) * 1e3,
            "rss": usage.ru_maxrss / 1024, "code": process.returncode, "out": out, "err": b"".join(errors)}


def rows_of_csv(data):
    import csv, io
    return [tuple(r) for r in csv.reader(io.StringIO(data.decode()))][1:]


class Stance:
    name = "stance"

    def __init__(self, program, csv, work):
        self.program, self.csv, self.db = program, csv, work + "/stance.db"
        self.queries = questions()
        probe = json.load(open(csv + "/probe.json"))
        self.parameters = {k: v for k, v in probe.items() if isinstance(v, str)}
        self.parameter_file = work + "/parameters.json"
        json.dump(self.parameters, open(self.parameter_file, "w"))

    def load(self):
        return run([self.program, "import", "--db", self.db, self.csv], timeout=3600)

    def size(self):
        return os.path.getsize(self.db) + os.path.getsize(self.db + "-image")

    def cold(self, question):
        got = run([self.program, "query", "--db", self.db, "--params", self.parameter_file, "--format", "csv",
                   self.queries[question]])
        got["rows"] = rows_of_csv(got["out"]) if got["code"] == 0 else None
        return got

    def warm(self, question, runs):
        text = with_literals(self.queries[question], self.parameters) + ";\n"
        got = run([self.program, "shell", "--db", self.db, "--format", "csv"],
                  stdin=self._script(".timer on\n" + text * (runs + 1)))
        return [float(t) for t in re.findall(r"^([0-9.]+) ms$", got["err"].decode(), re.M)][1:], got["rss"]

    def _script(self, text):
        path = self.db + ".script"
        open(path, "w").write(text)
        return open(path)


class Kuzu:
    name = "Kuzu"

    def __init__(self, script, csv, work):
        self.script, self.csv, self.db, self.work = script, csv, work + "/kuzu.db", work

    def _run(self, *arguments):
        return run(["node", self.script, self.db, self.csv, *arguments], cwd=os.path.dirname(self.script),
                   timeout=3600 if arguments[0] == "load" else 120)

    def load(self):
        return self._run("load")

    def size(self):
        if os.path.isfile(self.db):
            return os.path.getsize(self.db)
        return sum(os.path.getsize(os.path.join(d, f)) for d, _, fs in os.walk(self.db) for f in fs)

    def cold(self, question):
        got = self._run("ask", question, "1")
        got["rows"] = [tuple(r) for r in json.loads(got["out"])["rows"]] if got["code"] == 0 else None
        return got

    def warm(self, question, runs):
        got = self._run("ask", question, str(runs + 1))
        return (json.loads(got["out"])["ms"][1:] if got["code"] == 0 else []), got["rss"]


def same(a, b):
    def plain(rows):
        return [tuple(str(c) for c in r) for r in rows]
    return a is not None and b is not None and plain(a) == plain(b)


def ratio(ours, theirs):
    return "%.2f" % (ours / theirs) if theirs > 0 else "-"


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--stance", required=True)
    ap.add_argument("--csv", required=True)
    ap.add_argument("--work", required=True)
    ap.add_argument("--runs", type=int, default=5)
    ap.add_argument("--kuzu")
    a = ap.parse_args()
    a.csv, a.work, a.stance = os.path.abspath(a.csv), os.path.abspath(a.work), os.path.abspath(a.stance)
    engines = [Stance(a.stance, a.csv, a.work), graph_sqlite.Sqlite(a.csv, a.work, run)]
    if a.kuzu:
        engines.append(Kuzu(a.kuzu, a.csv, a.work))

    print("| load | wall s | CPU s | peak MB | on disk MB |\n|---|---|---|---|---|")
    for e in list(engines):
        got = e.load()
        if got["code"] != 0:
            print("| %s | failed: %s |" % (e.name, got["err"].decode()[-200:].strip()))
            engines.remove(e)
            continue
        print("| %s | %.2f | %.2f | %.0f | %.1f |" % (e.name, got["wall"] / 1e3, got["cpu"] / 1e3, got["rss"], e.size() / 1e6))
        sys.stdout.flush()

    names = [e.name for e in engines]
    print("\nCPU ms cold (best of %d), ms warm (median, best), peak MB cold; ratio: stance to the best other\n" % min(a.runs, 3))
    print("| question | " + " | ".join("%s cold" % n for n in names) + " | ratio | " +
          " | ".join("%s warm" % n for n in names) + " | ratio | stance MB | same |")
    print("|" + "---|" * (len(names) * 2 + 5))
    wrong = 0
    for question in questions():
        cold, warm, answers, peak = [], [], [], 0
        for e in engines:
            tries = [e.cold(question) for _ in range(min(a.runs, 3))]
            cold.append(min(t["cpu"] for t in tries) if tries[0]["rows"] is not None else float("nan"))
            answers.append(tries[0]["rows"])
            times, rss = e.warm(question, a.runs)
            warm.append((statistics.median(times), min(times)) if times else (float("nan"),) * 2)
            if e is engines[0]:
                peak = max(t["rss"] for t in tries)
        agree = [n for n, r in zip(names[1:], answers[1:]) if r is not None]
        ok = all(same(answers[0], r) for r in answers[1:] if r is not None)
        wrong += not ok
        others = [c for c in cold[1:] if c == c]
        other_warm = [w[1] for w in warm[1:] if w[1] == w[1]]
        print("| %s | " % question + " | ".join("%.1f" % c for c in cold) + " | %s | " % ratio(cold[0], min(others)) +
              " | ".join("%.2f (%.2f)" % w for w in warm) + " | %s | %.0f | %s |" %
              (ratio(warm[0][1], min(other_warm)), peak, "with " + ", ".join(agree) if ok else "DIFFERENT"))
        sys.stdout.flush()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
