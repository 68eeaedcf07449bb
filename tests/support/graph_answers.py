#!/usr/bin/env python3
"""Asks the standard questions of a small graph and compares the answers with SQL written by hand.
    graph_answers.py STANCE WORK-FOLDER
The graph has what the large one has by chance: several statements of one actor about one position, double
memberships, organisations that say what their members say, actors who say nothing, a path to oneself."""
import csv, io, json, os, random, subprocess, sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "bench"))
import graph, graph_sqlite

PERSONS, ORGANISATIONS, POSITIONS, ARTICLES = 30, 6, 12, 40
STATEMENTS = [60, 160, 1200]  # of each graph


def write(folder, name, header, rows):
    with open(os.path.join(folder, name), "w", newline="") as f:
        csv.writer(f, lineterminator="\n").writerows([header] + rows)


def generate(folder, seed, statements):
    r = random.Random(seed)
    date = lambda: "20%02d-%02d-%02d" % (r.randint(18, 20), r.randint(1, 12), r.randint(1, 28))
    actors = list(range(1, PERSONS + ORGANISATIONS + 1))
    write(folder, "persons.csv", ["id", "name", "party", "rank"], [[i, "Person %d" % i, "Left", i * 5] for i in actors[:PERSONS]])
    write(folder, "organisations.csv", ["id", "name", "kind", "rank"],
          [[i, "Organisation %d" % i, "Union", i * 5] for i in actors[PERSONS:]])
    write(folder, "positions.csv", ["id", "name", "topic"], [[i, "Position %d" % i, "Energy"] for i in range(1, POSITIONS + 1)])
    write(folder, "articles.csv", ["id", "title", "outlet", "date"],
          [[i, "Report %d" % i, "Herald", date()] for i in range(1, ARTICLES + 1)])
    write(folder, "member_of.csv", ["person", "organisation", "since"],
          [[r.randint(1, PERSONS - 3), PERSONS + r.randint(1, ORGANISATIONS), date()] for _ in range(25)])
    write(folder, "stances.csv", ["id", "actor", "actor_kind", "position", "stance", "date", "article", "confidence"],
          [[i, a, "Person" if a <= PERSONS else "Organisation", r.randint(1, POSITIONS),
            r.choice(["SUPPORTS", "OPPOSES"]), date(), r.randint(1, ARTICLES), "0.%02d" % r.randint(1, 99)]
           for i, a in ((i, r.choice(actors[:-1] + actors[:4])) for i in range(1, statements + 1))])


def probes():
    for i in range(1, PERSONS + 1):
        name = "Person %d" % i
        yield {"actor": name, "quiet_actor": name, "path_from": name, "path_to": "Person %d" % (i * 7 % PERSONS + 1),
               "position": "Position %d" % (i % POSITIONS + 1), "from": "2019-01-01", "to": "2019-%02d-28" % (i % 12 + 1)}


def main():
    program, work = sys.argv[1:]
    wrong = asked = 0
    for seed, statements in enumerate(STATEMENTS):
        folder = os.path.join(work, "graph%d" % seed)
        os.mkdir(folder)
        generate(folder, seed, statements)
        subprocess.run([program, "import", "--db", folder + "/stance.db", folder], check=True, stdout=subprocess.DEVNULL)
        graph_sqlite.load(folder + "/sqlite.db", folder)
        db = graph_sqlite.sqlite3.connect(folder + "/sqlite.db")
        for number, parameters in enumerate(probes()):
            json.dump(parameters, open(folder + "/parameters.json", "w"))
            for question, query in graph.questions().items():
                if number > 0 and "$" not in query:
                    continue
                got = subprocess.run([program, "query", "--db", folder + "/stance.db", "--params", folder + "/parameters.json",
                                      "--format", "csv", query], check=True, stdout=subprocess.PIPE).stdout.decode()
                rows = [tuple(row) for row in csv.reader(io.StringIO(got))][1:]
                expected = [tuple(str(c) for c in row) for row in graph_sqlite.ask(db, question, parameters)]
                asked += 1
                if rows != expected:
                    wrong += 1
                    print("graph %d, %s, %s:\n  stance %s\n  SQL    %s" % (seed, question, parameters, rows[:5], expected[:5]))
    print("%d answers compared, %d differ" % (asked, wrong))
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main())
