/* The schema and its migrations. `user_version` counts the migrations that a file has seen;
 * they only go forward, each in one transaction with the new number.
 *
 * Rows are kept small because statements come by the million: numbers for everything that repeats,
 * the quote as a byte range of the article's text, and an index only where a look-up needs one.
 * Questions are answered from the graph image; the views are for people with an SQLite client.
 * Text of articles is a BLOB, so that substr() counts bytes as the ranges do. */

#include "store_internal.h"

/* Of several strings, because C promises only 4095 characters for one. */
static const char *const schema_1[] = {
    "CREATE TABLE state ("
    "  id INTEGER PRIMARY KEY CHECK (id = 1),"
    "  change_seq INTEGER NOT NULL,"   /* committed write transactions */
    "  change_hash INTEGER NOT NULL,"  /* chained over everything written */
    "  change_floor INTEGER NOT NULL," /* the table `change` is complete after this one */
    "  next_node INTEGER NOT NULL,"
    "  next_rel INTEGER NOT NULL"
    ") STRICT;"
    "INSERT INTO state VALUES (1, 0, 0, 0, 1, 1);"
    "CREATE TABLE change ("
    "  n INTEGER PRIMARY KEY, seq INTEGER NOT NULL, kind INTEGER NOT NULL, id INTEGER NOT NULL"
    ") STRICT;"

    "CREATE TABLE label_set (id INTEGER PRIMARY KEY, labels TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE rel_type (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE origin (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"

    "CREATE TABLE node ("
    "  id INTEGER PRIMARY KEY,"
    "  label_set INTEGER NOT NULL REFERENCES label_set (id),"
    "  name TEXT,"
    "  props TEXT NOT NULL"
    ") STRICT;"
    "CREATE TABLE rel ("
    "  id INTEGER PRIMARY KEY,"
    "  type INTEGER NOT NULL REFERENCES rel_type (id),"
    "  source INTEGER NOT NULL REFERENCES node (id),"
    "  target INTEGER NOT NULL REFERENCES node (id),"
    "  props TEXT NOT NULL"
    ") STRICT;"
    "CREATE INDEX rel_source ON rel (source, target);"
    "CREATE INDEX rel_target ON rel (target);"

    /* `key` is the Article's property `id`. Rows without a name were not loaded from a file. */
    "CREATE TABLE article ("
    "  id INTEGER PRIMARY KEY REFERENCES node (id),"
    "  key INTEGER,"
    "  name TEXT,"
    "  sha256 TEXT,"
    "  version INTEGER,"
    "  superseded_by INTEGER,"
    "  duplicate_of INTEGER,"
    "  encoding TEXT,"
    "  day INTEGER,"
    "  signature BLOB" /* for near-duplicates, see duplicate.c */
    ") STRICT;"
    "CREATE INDEX article_key ON article (key);"
    "CREATE INDEX article_name ON article (name) WHERE name IS NOT NULL;"
    "CREATE INDEX article_sha256 ON article (sha256) WHERE sha256 IS NOT NULL;",
    "CREATE TABLE article_text ("
    "  id INTEGER PRIMARY KEY REFERENCES article (id), title TEXT, body BLOB NOT NULL"
    ") STRICT;"
    "CREATE TABLE article_band (" /* bands of the signature: equal ones are worth comparing */
    "  hash INTEGER NOT NULL, article INTEGER NOT NULL REFERENCES article (id),"
    "  PRIMARY KEY (hash, article)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX article_band_article ON article_band (article);"
    "CREATE VIRTUAL TABLE article_search USING fts5 (title, body, content = 'article_text',"
    "  content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');"

    "CREATE TABLE statement ("
    "  id INTEGER PRIMARY KEY,"
    "  actor INTEGER NOT NULL REFERENCES node (id),"
    "  target INTEGER NOT NULL REFERENCES node (id),"
    "  stance INTEGER NOT NULL CHECK (stance BETWEEN -1 AND 1),"
    "  article INTEGER REFERENCES article (id),"
    "  day INTEGER,"
    "  quote_start INTEGER,"
    "  quote_end INTEGER CHECK (quote_end >= quote_start),"
    "  mode INTEGER CHECK (mode BETWEEN 0 AND 2),"
    "  certainty INTEGER CHECK (certainty BETWEEN 0 AND 1),"
    "  confidence REAL,"
    "  origin INTEGER REFERENCES origin (id),"
    "  status INTEGER CHECK (status BETWEEN 0 AND 2),"
    "  touched INTEGER,"    /* 1: a person decided something about it */
    "  quote_hash INTEGER," /* of the quoted bytes, so that a wrong range is noticed */
    "  extra TEXT"
    ") STRICT;"
    "CREATE INDEX statement_actor ON statement (actor);"
    "CREATE INDEX statement_target ON statement (target);"
    "CREATE INDEX statement_article ON statement (article) WHERE quote_start IS NOT NULL;"
    "CREATE VIEW statement_quote AS"
    "  SELECT s.id AS id, CAST(substr(t.body, s.quote_start + 1, s.quote_end - s.quote_start)"
    "    AS TEXT) AS quote"
    "  FROM statement s JOIN article_text t ON t.id = s.article WHERE s.quote_start IS NOT NULL;"
    "CREATE VIRTUAL TABLE statement_search USING fts5 (quote, content = 'statement_quote',"
    "  content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');"

    /* Passages beyond the first, and the passages of relationships that several articles give. */
    "CREATE TABLE evidence ("
    "  id INTEGER PRIMARY KEY,"
    "  rel INTEGER NOT NULL,"
    "  article INTEGER NOT NULL REFERENCES article (id),"
    "  quote_start INTEGER NOT NULL,"
    "  quote_end INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX evidence_rel ON evidence (rel);"
    "CREATE INDEX evidence_article ON evidence (article);"
    "CREATE TABLE mention ("
    "  id INTEGER PRIMARY KEY,"
    "  article INTEGER NOT NULL REFERENCES article (id),"
    "  node INTEGER NOT NULL REFERENCES node (id),"
    "  quote_start INTEGER NOT NULL,"
    "  quote_end INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX mention_article ON mention (article);"
    "CREATE INDEX mention_node ON mention (node, article);"

    ,
    /* `joins`: the same name in another article means the same node. `decided`: a person said so;
     * this wins over everything that articles suggest. */
    "CREATE TABLE alias ("
    "  id INTEGER PRIMARY KEY,"
    "  fold TEXT NOT NULL,"
    "  node INTEGER NOT NULL REFERENCES node (id),"
    "  kind INTEGER NOT NULL,"
    "  form TEXT NOT NULL,"
    "  joins INTEGER NOT NULL,"
    "  decided INTEGER NOT NULL,"
    "  UNIQUE (fold, node)"
    ") STRICT;"
    "CREATE INDEX alias_node ON alias (node);"

    "CREATE TABLE log ("
    "  id INTEGER PRIMARY KEY,"
    "  at TEXT NOT NULL,"
    "  who TEXT NOT NULL,"
    "  action TEXT NOT NULL,"
    "  detail TEXT NOT NULL,"
    "  undone_by INTEGER"
    ") STRICT;"
    /* What an entry touched, and how it was before; no row before means it was not there. */
    "CREATE TABLE log_touch ("
    "  log INTEGER NOT NULL REFERENCES log (id), kind INTEGER NOT NULL, id INTEGER NOT NULL,"
    "  PRIMARY KEY (kind, id, log)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX log_touch_log ON log_touch (log);"
    "CREATE TABLE log_node AS SELECT 0 AS log, * FROM node WHERE 0;"
    "CREATE TABLE log_rel AS SELECT 0 AS log, * FROM rel WHERE 0;"
    "CREATE TABLE log_statement AS SELECT 0 AS log, * FROM statement WHERE 0;"
    "CREATE TABLE log_alias AS SELECT 0 AS log, * FROM alias WHERE 0;"
    "CREATE TABLE log_mention AS SELECT 0 AS log, * FROM mention WHERE 0;"
    "CREATE TABLE log_evidence AS SELECT 0 AS log, * FROM evidence WHERE 0;"
    "CREATE INDEX log_node_log ON log_node (log);"
    "CREATE INDEX log_rel_log ON log_rel (log);"
    "CREATE INDEX log_statement_log ON log_statement (log);"
    "CREATE INDEX log_alias_log ON log_alias (log);"
    "CREATE INDEX log_mention_log ON log_mention (log);"
    "CREATE INDEX log_evidence_log ON log_evidence (log);"

    ,
    "CREATE VIEW v_actor AS"
    "  SELECT n.id AS actor_id, n.name AS name,"
    "    CASE WHEN l.labels LIKE '%\"Person\"%' THEN 'person'"
    "         WHEN l.labels LIKE '%\"Organisation\"%' THEN 'organisation'"
    "         WHEN l.labels LIKE '%\"Group\"%' THEN 'group' END AS type,"
    "    json_extract(n.props, '$.acronym') AS acronym, json_extract(n.props, '$.role') AS role,"
    "    json_extract(n.props, '$.aliases') AS aliases,"
    "    (SELECT count(*) FROM statement s WHERE s.actor = n.id AND coalesce(s.status, 0) < 2)"
    "      AS statements"
    "  FROM node n JOIN label_set l ON l.id = n.label_set WHERE l.labels LIKE '%\"Actor\"%';"
    "CREATE VIEW v_position AS"
    "  SELECT n.id AS position_id, n.name AS name,"
    "    json_extract(n.props, '$.description') AS description,"
    "    (SELECT count(DISTINCT s.actor) FROM statement s WHERE s.target = n.id AND s.stance = 1"
    "      AND coalesce(s.status, 0) < 2) AS supporters,"
    "    (SELECT count(DISTINCT s.actor) FROM statement s WHERE s.target = n.id AND s.stance = -1"
    "      AND coalesce(s.status, 0) < 2) AS opponents"
    "  FROM node n JOIN label_set l ON l.id = n.label_set WHERE l.labels LIKE '%\"Position\"%';"
    "CREATE VIEW v_event AS"
    "  SELECT n.id AS event_id, n.name AS name, json_extract(n.props, '$.kind') AS kind,"
    "    json_extract(n.props, '$.date') AS date"
    "  FROM node n JOIN label_set l ON l.id = n.label_set WHERE l.labels LIKE '%\"Event\"%';"
    "CREATE VIEW v_article AS"
    "  SELECT n.id AS article_id, json_extract(n.props, '$.title') AS title,"
    "    json_extract(n.props, '$.source') AS source, json_extract(n.props, '$.author') AS author,"
    "    json_extract(n.props, '$.date') AS date, json_extract(n.props, '$.uri') AS uri,"
    "    a.name AS file, a.version AS version, a.superseded_by AS superseded_by,"
    "    a.duplicate_of AS duplicate_of, a.encoding AS encoding, a.sha256 AS sha256,"
    "    CAST(t.body AS TEXT) AS text"
    "  FROM node n JOIN article a ON a.id = n.id LEFT JOIN article_text t ON t.id = n.id;",
    "CREATE VIEW v_statement AS"
    "  SELECT s.id AS statement_id, s.actor AS actor_id, a.name AS actor,"
    "    CASE s.stance WHEN 1 THEN 'support' WHEN -1 THEN 'oppose' ELSE 'neutral' END AS stance,"
    "    s.target AS target_id, p.name AS target, date(s.day * 86400, 'unixepoch') AS date,"
    "    s.article AS article_id, json_extract(n.props, '$.title') AS article_title,"
    "    json_extract(n.props, '$.source') AS source,"
    "    (SELECT q.quote FROM statement_quote q WHERE q.id = s.id) AS quote,"
    "    s.quote_start AS quote_start, s.quote_end AS quote_end,"
    "    CASE s.mode WHEN 0 THEN 'direct-quote' WHEN 1 THEN 'indirect-speech'"
    "      WHEN 2 THEN 'narrated-act' END AS mode,"
    "    CASE s.certainty WHEN 0 THEN 'explicit' WHEN 1 THEN 'implied' END AS certainty,"
    "    s.confidence AS confidence, o.name AS origin,"
    "    CASE s.status WHEN 0 THEN 'proposed' WHEN 1 THEN 'accepted' WHEN 2 THEN 'rejected' END"
    "      AS status"
    "  FROM statement s JOIN node a ON a.id = s.actor JOIN node p ON p.id = s.target"
    "  LEFT JOIN node n ON n.id = s.article LEFT JOIN origin o ON o.id = s.origin;"
    "CREATE VIEW v_affiliation AS"
    "  SELECT r.id AS affiliation_id, r.source AS actor_id, a.name AS actor,"
    "    r.target AS organisation_id, o.name AS organisation, t.name AS type,"
    "    json_extract(r.props, '$.role') AS role, json_extract(r.props, '$.first') AS first,"
    "    json_extract(r.props, '$.last') AS last, json_extract(r.props, '$.article') AS article,"
    "    json_extract(r.props, '$.quote') AS quote"
    "  FROM rel r JOIN rel_type t ON t.id = r.type AND t.name IN ('AFFILIATED_WITH', 'PART_OF')"
    "  JOIN node a ON a.id = r.source JOIN node o ON o.id = r.target;",
    NULL
};

/* migrations[i] takes a file from version i to i + 1. */
static const char *const *const migrations[] = { schema_1 };

#define VERSION ((int) (sizeof migrations / sizeof migrations[0]))

static sg_status migrate_one(sg_store *store, int to, sg_error *err)
{
    char set_version[48];
    sg_status status = sg_sql_script(store, "BEGIN IMMEDIATE", err);

    if (status != SG_OK)
        return status;
    /* Another process may have migrated while this one waited. */
    int found = sg_sql_pragma(store, "PRAGMA user_version");
    if (found < to) {
        (void) snprintf(set_version, sizeof set_version, "PRAGMA user_version = %d", to);
        for (size_t i = 0; status == SG_OK && migrations[to - 1][i] != NULL; i++)
            status = sg_sql_script(store, migrations[to - 1][i], err);
        if (status == SG_OK)
            status = sg_sql_script(store, set_version, err);
    }
    if (status == SG_OK)
        status = sg_sql_script(store, "COMMIT", err);
    if (status != SG_OK)
        sg_sql_try(store, "ROLLBACK");
    return status;
}

sg_status sg_schema_migrate(sg_store *store, sg_error *err)
{
    int version = sg_sql_pragma(store, "PRAGMA user_version");

    if (version > VERSION) {
        sg_error_hint(err, "use the version of stance that wrote it, or a newer one");
        return sg_error_set(err, SG_ERR_DATABASE,
                            "%s: written by a newer stance (schema %d, this program knows %d)",
                            store->path, version, VERSION);
    }
    if (version == VERSION)
        return SG_OK;
    if (!store->writable) {
        sg_error_hint(err, "any command that writes brings it up to date, such as 'stance load'");
        return sg_error_set(err, SG_ERR_DATABASE, "%s: has an older schema (%d, now %d)",
                            store->path, version, VERSION);
    }
    for (int to = version + 1; to <= VERSION; to++) {
        sg_status status = migrate_one(store, to, err);

        if (status != SG_OK)
            return status;
    }
    return SG_OK;
}
