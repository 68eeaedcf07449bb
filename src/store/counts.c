/* What is in the database, in numbers. */

#include <string.h>
#include <sys/stat.h>

#include "store_internal.h"

sg_status sg_store_count(sg_store *store, sg_store_counts *out, sg_error *err)
{
    const struct {
        int64_t *count;
        const char *sql;
    } counts[] = {
        { &out->nodes, "SELECT count(*) FROM node" },
        { &out->relationships,
          "SELECT (SELECT count(*) FROM rel) + (SELECT count(*) FROM statement)" },
        { &out->articles, "SELECT count(*) FROM article WHERE superseded_by IS NULL" },
        { &out->superseded, "SELECT count(*) FROM article WHERE superseded_by IS NOT NULL" },
        { &out->duplicates, "SELECT count(*) FROM article WHERE duplicate_of IS NOT NULL"
                            " AND superseded_by IS NULL" },
        { &out->persons, "SELECT count(*) FROM node n JOIN label_set l ON l.id = n.label_set"
                         " WHERE l.labels LIKE '%\"Person\"%'" },
        { &out->organisations, "SELECT count(*) FROM node n JOIN label_set l ON l.id = n.label_set"
                               " WHERE l.labels LIKE '%\"Organisation\"%'" },
        { &out->groups, "SELECT count(*) FROM node n JOIN label_set l ON l.id = n.label_set"
                        " WHERE l.labels LIKE '%\"Group\"%'" },
        { &out->positions, "SELECT count(*) FROM node n JOIN label_set l ON l.id = n.label_set"
                           " WHERE l.labels LIKE '%\"Position\"%'" },
        { &out->events, "SELECT count(*) FROM node n JOIN label_set l ON l.id = n.label_set"
                        " WHERE l.labels LIKE '%\"Event\"%'" },
        { &out->statements, "SELECT count(*) FROM statement" },
        { &out->supporting, "SELECT count(*) FROM statement WHERE stance = 1" },
        { &out->opposing, "SELECT count(*) FROM statement WHERE stance = -1" },
        { &out->accepted, "SELECT count(*) FROM statement WHERE status = 1" },
        { &out->rejected, "SELECT count(*) FROM statement WHERE status = 2" },
        { &out->first_day, "SELECT min(day) FROM statement" },
        { &out->last_day, "SELECT max(day) FROM statement" },
    };
    struct stat info;
    sg_status status = SG_OK;

    memset(out, 0, sizeof *out);
    for (size_t i = 0; status == SG_OK && i < sizeof counts / sizeof counts[0]; i++)
        status = sg_sql_number(store, SG_STORE_NO_DAY, counts[i].count, err, counts[i].sql, "");
    if (stat(store->path, &info) == 0)
        out->bytes = (int64_t) info.st_size;
    out->schema = sg_sql_pragma(store, "PRAGMA user_version");
    return status;
}

/* ---- backup ---- */

#define BACKUP_PAGES 1000

sg_status sg_store_backup(sg_store *store, const char *path, sg_error *err)
{
    sqlite3 *to = NULL;
    sqlite3_backup *backup = NULL;
    int code = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    sg_status status = SG_OK;

    if (code == SQLITE_OK)
        backup = sqlite3_backup_init(to, "main", store->db, "main");
    if (backup == NULL) {
        status = sg_error_set(err, SG_ERR_IO, "%s: %s", path, sqlite3_errmsg(to));
    } else {
        do {
            code = sqlite3_backup_step(backup, BACKUP_PAGES);
            if (store->stop != NULL && *store->stop != 0)
                code = SQLITE_INTERRUPT;
        } while (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED);
        (void) sqlite3_backup_finish(backup);
        if (code == SQLITE_INTERRUPT)
            status = sg_error_set(err, SG_ERR_INTERRUPTED, "stopped; %s is not complete", path);
        else if (code != SQLITE_DONE)
            status = sg_error_set(err, SG_ERR_IO, "%s: %s", path, sqlite3_errstr(code));
        /* The copy is one file, complete in itself. */
        if (status == SG_OK &&
            sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) != SQLITE_OK)
            status = sg_error_set(err, SG_ERR_IO, "%s: %s", path, sqlite3_errmsg(to));
    }
    (void) sqlite3_close(to);
    return status;
}
