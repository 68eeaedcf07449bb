/* Near-duplicates: the same agency copy in several papers. The text stage makes MinHash signatures;
 * here bands of four minima find candidates without comparing all pairs (locality-sensitive
 * hashing): two texts that share 0.6 of their wording meet in one of sixteen bands with
 * probability 0.89, and the signatures then decide. */

#include <string.h>

#include "store_internal.h"

#define BAND_COUNT   16
#define BAND_ROWS    (SG_SIGNATURE_SIZE / BAND_COUNT)
#define SAME_SHARE   0.5
#define COMPARED_MAX 32  /* of one band, the oldest: a text that everybody copies is among them */
#define BYTES_NEEDED 300 /* shorter texts share their wording by chance */

static int64_t band_hash(const uint32_t *signature, size_t band)
{
    return (int64_t) sg_hash_bytes(signature + band * BAND_ROWS, BAND_ROWS * sizeof *signature,
                                   band);
}

static bool alike(const uint32_t *a, const void *b, size_t size)
{
    uint32_t other[SG_SIGNATURE_SIZE];

    if (size != sizeof other)
        return false;
    memcpy(other, b, sizeof other);
    return sg_article_similarity(a, other) > SAME_SHARE;
}

/* Oldest current article of one band that is alike. */
static sg_status search_band(sg_store *store, int64_t article, const uint32_t *signature,
                             size_t band, int64_t *original, sg_error *err)
{
    sqlite3_stmt *rows = NULL;
    bool row = false;
    sg_status status =
        sg_sql_query(store, &rows, err,
                     "SELECT a.signature, coalesce(a.duplicate_of, a.id) FROM article_band b"
                     " JOIN article a ON a.id = b.article"
                     " WHERE b.hash = ?1 AND a.id <> ?2 AND a.superseded_by IS NULL"
                     " ORDER BY b.article LIMIT ?3",
                     "iii", band_hash(signature, band), article, (int64_t) COMPARED_MAX);

    while (status == SG_OK) {
        status = sg_sql_step(store, rows, &row, err);
        if (status != SG_OK || !row)
            break;
        int64_t found = sqlite3_column_int64(rows, 1);
        if ((*original == 0 || found < *original) && found != article &&
            alike(signature, sqlite3_column_blob(rows, 0), (size_t) sqlite3_column_bytes(rows, 0)))
            *original = found;
    }
    sg_sql_done(rows);
    return status;
}

sg_status sg_duplicate_note(sg_store *store, int64_t article, const sg_document *document,
                            int64_t *original_out, sg_error *err)
{
    uint32_t signature[SG_SIGNATURE_SIZE];
    sg_status status = SG_OK;

    *original_out = 0;
    if (document->len < BYTES_NEEDED)
        return SG_OK;
    sg_article_signature(document, signature);
    for (size_t band = 0; status == SG_OK && band < BAND_COUNT; band++) {
        status = search_band(store, article, signature, band, original_out, err);
        if (status == SG_OK)
            status = sg_sql_run(
                store, err, "INSERT OR IGNORE INTO article_band (hash, article) VALUES (?1, ?2)",
                "ii", band_hash(signature, band), article);
    }
    if (status == SG_OK)
        status = sg_sql_run(
            store, err, "UPDATE article SET signature = ?2, duplicate_of = ?3 WHERE id = ?1", "ibI",
            article, signature, sizeof signature, *original_out != 0 ? *original_out : INT64_MIN);
    return status;
}
