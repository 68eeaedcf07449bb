#!/usr/bin/env python3
"""The standard questions in SQL written by hand: what a graph in SQLite can do at best without a
graph engine. Tables, covering indices, BFS in Python for the path."""
import csv, json, os, sqlite3, sys, time

SCHEMA = """
CREATE TABLE actor (id INTEGER PRIMARY KEY, kind TEXT, name TEXT, extra TEXT, rank INTEGER);
CREATE TABLE position (id INTEGER PRIMARY KEY, name TEXT, topic TEXT);
CREATE TABLE article (id INTEGER PRIMARY KEY, title TEXT, outlet TEXT, date TEXT);
CREATE TABLE member (person INTEGER, organisation INTEGER, since TEXT);
CREATE TABLE statement (id INTEGER PRIMARY KEY, actor INTEGER, position INTEGER, stance TEXT, date TEXT,
                        article INTEGER, confidence REAL);
"""
INDICES = """
CREATE INDEX actor_name ON actor (name);
CREATE INDEX position_name ON position (name);
CREATE INDEX member_person ON member (person, organisation);
CREATE INDEX member_organisation ON member (organisation, person);
CREATE INDEX statement_actor ON statement (actor, position, stance, date);
CREATE INDEX statement_position ON statement (position, stance, date, actor);
ANALYZE;
"""
# reach3: no relationship comes twice in one match, so the start itself is reached only over two relationships
# between the same nodes, or round a triangle (`back`).
SQL = {
    "nop": "SELECT 1",
    "point": """SELECT p.name, s.stance, s.date FROM actor a JOIN statement s ON s.actor = a.id
        JOIN position p ON p.id = s.position WHERE a.name = :actor AND a.kind = 'Person' ORDER BY s.date, p.name, s.stance""",
    "opposers": """SELECT a.name, count(*) AS n FROM position p JOIN statement s ON s.position = p.id AND s.stance = 'OPPOSES'
        AND s.date BETWEEN :from AND :to JOIN actor a ON a.id = s.actor WHERE p.name = :position
        GROUP BY a.name ORDER BY n DESC, a.name LIMIT 50""",
    "types": """SELECT 'MEMBER_OF', count(*) FROM member UNION ALL
        SELECT stance, count(*) FROM statement GROUP BY stance ORDER BY 1""",
    "top20": """SELECT a.name, t.n FROM (SELECT actor, count(*) AS n FROM statement GROUP BY actor) t
        JOIN actor a ON a.id = t.actor ORDER BY t.n DESC, a.name LIMIT 20""",
    "allies": """WITH mine AS (SELECT DISTINCT s.position, s.stance, s.actor FROM actor a JOIN statement s ON s.actor = a.id
        WHERE a.name = :actor AND a.kind = 'Person')
        SELECT b.name, t.k FROM (SELECT s.actor, count(DISTINCT s.position) AS k FROM mine m
        JOIN statement s ON s.position = m.position AND s.stance = m.stance WHERE s.actor <> m.actor GROUP BY s.actor) t
        JOIN actor b ON b.id = t.actor ORDER BY t.k DESC, b.name LIMIT 20""",
    "coopp": """WITH o AS (SELECT DISTINCT s.actor, s.position FROM actor a JOIN statement s ON s.actor = a.id
        AND s.stance = 'OPPOSES' WHERE a.rank <= 100)
        SELECT x.name, y.name, t.k FROM (SELECT a.actor AS a, b.actor AS b, count(*) AS k FROM o a JOIN o b
        ON b.position = a.position AND a.actor < b.actor GROUP BY 1, 2) t JOIN actor x ON x.id = t.a
        JOIN actor y ON y.id = t.b ORDER BY t.k DESC, x.name, y.name LIMIT 20""",
    "reach3": """WITH s(a) AS (SELECT id FROM actor WHERE name = :quiet_actor AND kind = 'Person'),
        p1 AS (SELECT DISTINCT position AS p FROM statement WHERE actor IN s),
        o1 AS (SELECT organisation AS o FROM member WHERE person IN s UNION SELECT person FROM member WHERE organisation IN s),
        a2 AS (SELECT actor AS a FROM statement WHERE position IN p1 UNION SELECT person FROM member WHERE organisation IN o1
               UNION SELECT organisation FROM member WHERE person IN o1),
        p2 AS (SELECT DISTINCT position AS p FROM statement WHERE actor IN o1),
        p3 AS (SELECT DISTINCT position AS p FROM statement WHERE actor IN a2),
        o3 AS (SELECT organisation AS o FROM member WHERE person IN a2 UNION SELECT person FROM member WHERE organisation IN a2
               UNION SELECT actor FROM statement WHERE position IN p2),
        back(x) AS (SELECT EXISTS (SELECT 1 FROM statement WHERE actor IN s GROUP BY position HAVING count(*) > 1)
               OR EXISTS (SELECT 1 FROM member WHERE person IN s GROUP BY organisation HAVING count(*) > 1)
               OR EXISTS (SELECT 1 FROM member WHERE organisation IN s GROUP BY person HAVING count(*) > 1)
               OR EXISTS (SELECT 1 FROM statement WHERE actor IN o1 AND position IN p1))
        SELECT (SELECT count(*) FROM (SELECT o FROM o1 UNION SELECT a FROM a2 UNION SELECT o FROM o3
                EXCEPT SELECT a FROM s WHERE NOT (SELECT x FROM back)))
             + (SELECT count(*) FROM (SELECT p FROM p1 UNION SELECT p FROM p2 UNION SELECT p FROM p3))""",
    "divided": """WITH pos AS (SELECT id FROM position WHERE name = :position)
        SELECT o.name, count(DISTINCT m.person) AS pro, count(DISTINCT n.person) AS con
        FROM (SELECT DISTINCT actor FROM statement WHERE position IN pos AND stance = 'SUPPORTS') s
        JOIN member m ON m.person = s.actor JOIN member n ON n.organisation = m.organisation
        JOIN (SELECT DISTINCT actor FROM statement WHERE position IN pos AND stance = 'OPPOSES') t ON t.actor = n.person
        JOIN actor o ON o.id = m.organisation GROUP BY o.id ORDER BY pro DESC, con DESC, o.name LIMIT 20""",
    "months": """SELECT substr(date, 1, 7) AS month, count(DISTINCT actor) FROM statement GROUP BY month ORDER BY month""",
}


def path_length(db, parameters):
    """Breadth first from both ends over the indices. No path leads from a node to itself, as in Kuzu and Neo4j."""
    def start(name):
        return db.execute("SELECT id FROM actor WHERE name = ? AND kind = 'Person'", (name,)).fetchone()[0]

    def neighbours(node):
        kind, i = node
        if kind == "p":
            return {("a", r[0]) for r in db.execute("SELECT DISTINCT actor FROM statement WHERE position = ?", (i,))}
        found = {("p", r[0]) for r in db.execute("SELECT DISTINCT position FROM statement WHERE actor = ?", (i,))}
        found |= {("a", r[0]) for r in db.execute("SELECT organisation FROM member WHERE person = ?", (i,))}
        return found | {("a", r[0]) for r in db.execute("SELECT person FROM member WHERE organisation = ?", (i,))}

    if parameters["path_from"] == parameters["path_to"]:
        return []
    sides = [{("a", start(parameters["path_from"]))}, {("a", start(parameters["path_to"]))}]
    seen = [set(sides[0]), set(sides[1])]
    for length in range(1, 9):
        turn = 0 if len(sides[0]) <= len(sides[1]) else 1
        sides[turn] = set().union(*(neighbours(n) for n in sides[turn])) - seen[turn]
        seen[turn] |= sides[turn]
        if sides[turn] & seen[1 - turn]:
            return [(length,)]
    return []


def ask(db, question, parameters):
    if question == "path":
        return path_length(db, parameters)
    return db.execute(SQL[question], parameters).fetchall()


def load(path, folder):
    def rows(name):
        with open(os.path.join(folder, name), encoding="utf-8", newline="") as f:
            reader = csv.reader(f)
            next(reader)
            yield from reader

    db = sqlite3.connect(path)
    db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA)
    db.execute("BEGIN")
    for kind, name in (("Person", "persons.csv"), ("Organisation", "organisations.csv")):
        db.executemany("INSERT INTO actor VALUES (?, ?, ?, ?, ?)", ((r[0], kind, r[1], r[2], r[3]) for r in rows(name)))
    db.executemany("INSERT INTO position VALUES (?, ?, ?)", rows("positions.csv"))
    db.executemany("INSERT INTO article VALUES (?, ?, ?, ?)", rows("articles.csv"))
    db.executemany("INSERT INTO member VALUES (?, ?, ?)", rows("member_of.csv"))
    db.executemany("INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?, ?)",
                   ((r[0], r[1], r[3], r[4], r[5], r[6], r[7]) for r in rows("stances.csv")))
    db.execute("COMMIT")
    db.executescript(INDICES)
    db.close()


class Sqlite:
    name = "SQLite"

    def __init__(self, folder, work, run):
        self.folder, self.db, self.run = folder, work + "/sqlite.db", run

    def _self(self, *arguments):
        return self.run([sys.executable, os.path.abspath(__file__), self.db, self.folder, *arguments], timeout=3600)

    def load(self):
        return self._self("load")

    def size(self):
        return os.path.getsize(self.db)

    def cold(self, question):
        """The shell where it can, so that Python's start does not count."""
        parameters = json.load(open(self.folder + "/probe.json"))
        if question == "path":
            got = self._self("ask", question, "1")
            got["rows"] = [tuple(r) for r in json.loads(got["out"])["rows"]]
            return got
        setup = "".join(".parameter set :%s \"'%s'\"\n" % (k, v) for k, v in parameters.items() if isinstance(v, str))
        got = self.run(["sqlite3", "-batch", "-csv", "-header", "-cmd", setup.strip() or ".mode csv", self.db, SQL[question]]) \
            if not setup else self._script(setup, question)
        import io
        got["rows"] = [tuple(r) for r in csv.reader(io.StringIO(got["out"].decode()))]
        return got

    def _script(self, setup, question):
        path = self.db + ".sql"
        open(path, "w").write(".mode csv\n" + (setup if ":" in SQL[question] else "") + SQL[question].strip() + ";\n")
        return self.run(["sqlite3", "-batch", self.db], stdin=open(path))

    def warm(self, question, runs):
        got = self._self("ask", question, str(runs + 1))
        return json.loads(got["out"])["ms"][1:], got["rss"]


def main():
    path, folder, what = sys.argv[1:4]
    if what == "load":
        load(path, folder)
        return
    parameters = json.load(open(folder + "/probe.json"))
    db = sqlite3.connect(path)
    times = []
    for _ in range(int(sys.argv[5])):
        start = time.perf_counter()
        answer = ask(db, sys.argv[4], parameters)
        times.append((time.perf_counter() - start) * 1e3)
    json.dump({"ms": times, "rows": answer}, sys.stdout)


if __name__ == "__main__":
    main()
