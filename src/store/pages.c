#include "pages.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "stance/mem.h"

#define LOCK_PAGE (0x40000000U / SG_PAGE_SIZE + 1) /* SQLite locks its bytes and never uses it */

enum {
    PAGES_BUFFERED = 256,
    LEAF_HEADER = 8,
    INTERIOR_HEADER = 12,
    TABLE_LEAF = 0x0d,
    TABLE_INTERIOR = 0x05,
    INDEX_LEAF = 0x0a,
    INDEX_INTERIOR = 0x02,
    /* At the most: page number, varint of the rowid, place in the array of cells. */
    TABLE_FAN_OUT = (SG_PAGE_SIZE - INTERIOR_HEADER) / (4 + 9 + 2),
    /* Page number, length, header of four bytes, three integers, place. */
    INDEX_CELL_MOST = 4 + 1 + 4 + 3 * 8 + 2,
    INDEX_FAN_OUT = (SG_PAGE_SIZE - INTERIOR_HEADER) / INDEX_CELL_MOST,
};

struct sg_tree_child {
    int64_t last; /* table: its last id; index: place of the entry behind it */
    uint32_t page;
};

struct sg_index_entry {
    uint64_t key; /* orders as the columns do */
    int64_t id;
};

/* ---- numbers ---- */
static void put_16(unsigned char *at, size_t value)
{
    at[0] = (unsigned char) (value >> 8);
    at[1] = (unsigned char) value;
}

static void put_32(unsigned char *at, uint32_t value)
{
    put_16(at, value >> 16);
    put_16(at + 2, value & 0xffff);
}

static uint32_t get_32(const unsigned char *at)
{
    return (uint32_t) at[0] << 24 | (uint32_t) at[1] << 16 | (uint32_t) at[2] << 8 | at[3];
}

/* Seven bits a byte, the highest first; a ninth byte has eight. */
static size_t put_varint(unsigned char *at, uint64_t value)
{
    unsigned char reversed[10];
    size_t n = 0;

    if (value >> 56 != 0) {
        at[8] = (unsigned char) value;
        value >>= 8;
        for (int i = 7; i >= 0; i--, value >>= 7)
            at[i] = (unsigned char) (value | 0x80);
        return 9;
    }
    do {
        reversed[n++] = (unsigned char) ((value & 0x7f) | 0x80);
        value >>= 7;
    } while (value != 0);
    reversed[0] &= 0x7f;
    for (size_t i = 0; i < n; i++)
        at[i] = reversed[n - 1 - i];
    return n;
}

/* Serial type of an integer and the bytes it takes. */
static unsigned char integer_type(int64_t value, size_t *bytes_out)
{
    static const unsigned char bytes[] = { 1, 2, 3, 4, 6, 8 };
    uint64_t magnitude = value < 0 ? ~(uint64_t) value : (uint64_t) value;
    int i = 0;

    *bytes_out = 0;
    if (value == 0 || value == 1)
        return (unsigned char) (8 + value);
    while (bytes[i] < 8 && magnitude >> (8 * bytes[i] - 1) != 0)
        i++;
    *bytes_out = bytes[i];
    return (unsigned char) (i + 1);
}

static void put_integer(unsigned char *at, int64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        at[i] = (unsigned char) ((uint64_t) value >> (8 * (bytes - 1 - i)));
}

/* ---- the file ---- */
static void write_at(struct sg_pages *pages, uint32_t page, const unsigned char *bytes, size_t size)
{
    uint64_t at = (uint64_t) (page - 1) * SG_PAGE_SIZE;

    while (size > 0 && pages->error == 0) {
        ssize_t n = pwrite(pages->fd, bytes, size, (off_t) at);

        if (n < 0 && errno != EINTR)
            pages->error = errno;
        if (n <= 0)
            continue;
        bytes += n;
        at += (uint64_t) n;
        size -= (size_t) n;
    }
}

static void flush_pages(struct sg_pages *pages)
{
    write_at(pages, pages->first_buffered, pages->buffer, pages->buffered * (size_t) SG_PAGE_SIZE);
    pages->first_buffered += pages->buffered;
    pages->buffered = 0;
}

/* A zeroed new page and its number; valid until the next one. */
static unsigned char *new_page(struct sg_pages *pages, uint32_t *number_out)
{
    unsigned char *page;

    do {
        if (pages->buffered == PAGES_BUFFERED)
            flush_pages(pages);
        page = pages->buffer + pages->buffered++ * (size_t) SG_PAGE_SIZE;
        memset(page, 0, SG_PAGE_SIZE);
        *number_out = pages->next++;
    } while (*number_out == LOCK_PAGE);
    return page;
}

static uint32_t number_after(uint32_t page)
{
    return page + 1 == LOCK_PAGE ? page + 2 : page + 1;
}

bool sg_pages_open(struct sg_pages *pages, const char *path)
{
    unsigned char header[100];
    bool usable;

    memset(pages, 0, sizeof *pages);
    pages->fd = open(path, O_RDWR | O_CLOEXEC);
    /* The size of pages, none of it reserved, rollback journal, a valid number of pages, no map of
     * pointers as auto-vacuum has it, the newest format of records, UTF-8. */
    usable = pages->fd >= 0 && pread(pages->fd, header, sizeof header, 0) == sizeof header &&
             (size_t) header[16] * 256 + header[17] == SG_PAGE_SIZE && header[18] == 1 &&
             header[20] == 0 && memcmp(header + 24, header + 92, 4) == 0 &&
             get_32(header + 52) == 0 && get_32(header + 44) == 4 && get_32(header + 56) == 1;
    if (usable) {
        pages->next = get_32(header + 28) + 1;
        pages->first_buffered = pages->next;
        pages->buffer = sg_malloc(PAGES_BUFFERED * (size_t) SG_PAGE_SIZE);
    } else {
        sg_pages_clear(pages);
    }
    return usable;
}

void sg_pages_finish(struct sg_pages *pages)
{
    unsigned char count[4];

    flush_pages(pages);
    put_32(count, pages->next - 1);
    if (pages->error == 0 && pwrite(pages->fd, count, sizeof count, 28) != sizeof count)
        pages->error = errno != 0 ? errno : EIO;
    if (close(pages->fd) != 0 && pages->error == 0)
        pages->error = errno;
    pages->fd = -1;
}

void sg_pages_clear(struct sg_pages *pages)
{
    if (pages->fd >= 0)
        (void) close(pages->fd);
    sg_free(pages->buffer);
    memset(pages, 0, sizeof *pages);
    pages->fd = -1;
}

/* ---- records ---- */
static unsigned char *body_room(struct sg_record *record, size_t more)
{
    unsigned char *at;

    SG_GROW(record->body, record->body_room, record->body_len + more);
    at = record->body + record->body_len;
    record->body_len += more;
    return at;
}

void sg_record_reset(struct sg_record *record)
{
    record->types_len = 0;
    record->body_len = 0;
}

void sg_record_clear(struct sg_record *record)
{
    sg_free(record->body);
    memset(record, 0, sizeof *record);
}

void sg_record_add_null(struct sg_record *record)
{
    record->types[record->types_len++] = 0;
}

void sg_record_add_integer(struct sg_record *record, int64_t value)
{
    size_t bytes;

    record->types[record->types_len++] = integer_type(value, &bytes);
    put_integer(body_room(record, bytes), value, bytes);
}

void sg_record_add_float(struct sg_record *record, double value)
{
    int64_t bits;

    memcpy(&bits, &value, sizeof bits);
    record->types[record->types_len++] = 7;
    put_integer(body_room(record, sizeof bits), bits, sizeof bits);
}

void sg_record_add_text(struct sg_record *record, const char *text, size_t len)
{
    if (text == NULL) {
        sg_record_add_null(record);
        return;
    }
    record->types_len += put_varint(record->types + record->types_len, (uint64_t) len * 2 + 13);
    if (len > 0)
        memcpy(body_room(record, len), text, len);
}

/* ---- pages of cells ---- */
typedef struct cell_page {
    unsigned char *bytes;
    size_t header;
    size_t cells;
    size_t content;
} cell_page;

static cell_page cell_page_make(unsigned char *bytes, int kind)
{
    cell_page page = { .bytes = bytes,
                       .header =
                           kind == TABLE_LEAF || kind == INDEX_LEAF ? LEAF_HEADER : INTERIOR_HEADER,
                       .content = SG_PAGE_SIZE };

    memset(bytes, 0, SG_PAGE_SIZE);
    bytes[0] = (unsigned char) kind;
    return page;
}

static bool cell_page_fits(const cell_page *page, size_t size)
{
    return page->header + (page->cells + 1) * 2 + size <= page->content;
}

/* Where the next cell of this size goes. */
static unsigned char *cell_page_add(cell_page *page, size_t size)
{
    page->content -= size;
    put_16(page->bytes + page->header + page->cells++ * 2, page->content);
    return page->bytes + page->content;
}

static void cell_page_close(cell_page *page)
{
    put_16(page->bytes + 3, page->cells);
    put_16(page->bytes + 5, page->content);
}

static void add_child(struct sg_tree_child **children, size_t *room, size_t *count, int64_t last,
                      uint32_t page)
{
    SG_GROW(*children, *room, *count + 1);
    (*children)[(*count)++] = (struct sg_tree_child){ last, page };
}

/* The bytes of the page that is to be the root, or of a new one. */
static unsigned char *page_or_root(struct sg_pages *pages, bool is_root, unsigned char *root,
                                   uint32_t *number_out)
{
    return is_root ? root : new_page(pages, number_out);
}

/* Number of the first child of part `i` when `count` children are spread over `parts`. */
static size_t part_start(size_t count, size_t parts, size_t i)
{
    return count / parts * i + (i < count % parts ? i : count % parts);
}

/* Writes what lies above a list of children, level by level, up to the root page. `put` enters
 * the cell of a child into a page. */
static void write_levels(struct sg_pages *pages, uint32_t root, int kind, size_t fan_out,
                         struct sg_tree_child *children, size_t count,
                         void (*put)(const void *data, cell_page *page,
                                     const struct sg_tree_child *child),
                         const void *data)
{
    unsigned char *root_bytes = sg_malloc(SG_PAGE_SIZE);

    for (bool done = false; !done;) {
        size_t parts = (count + fan_out - 1) / fan_out;

        done = parts == 1;
        for (size_t i = 0; i < parts; i++) {
            size_t from = part_start(count, parts, i), to = part_start(count, parts, i + 1);
            uint32_t number = root;
            cell_page page = cell_page_make(page_or_root(pages, done, root_bytes, &number), kind);

            for (size_t child = from; child + 1 < to; child++)
                put(data, &page, &children[child]);
            put_32(page.bytes + 8, children[to - 1].page);
            cell_page_close(&page);
            children[i] = (struct sg_tree_child){ children[to - 1].last, number };
        }
        count = parts;
    }
    write_at(pages, root, root_bytes, SG_PAGE_SIZE);
    sg_free(root_bytes);
}

/* ---- tables ---- */
void sg_table_tree_init(struct sg_table_tree *tree, uint32_t root)
{
    memset(tree, 0, sizeof *tree);
    tree->root = root;
    tree->leaf = sg_malloc(SG_PAGE_SIZE);
    tree->content = SG_PAGE_SIZE;
    (void) cell_page_make(tree->leaf, TABLE_LEAF);
}

void sg_table_tree_clear(struct sg_table_tree *tree)
{
    sg_free(tree->leaf);
    sg_free(tree->children);
    memset(tree, 0, sizeof *tree);
}

static cell_page leaf_of(const struct sg_table_tree *tree)
{
    return (cell_page){ tree->leaf, LEAF_HEADER, tree->cells, tree->content };
}

static void close_leaf(struct sg_table_tree *tree, struct sg_pages *pages)
{
    cell_page page = leaf_of(tree);
    uint32_t number;
    unsigned char *bytes = new_page(pages, &number);

    cell_page_close(&page);
    memcpy(bytes, tree->leaf, SG_PAGE_SIZE);
    add_child(&tree->children, &tree->room, &tree->count, tree->last_id, number);
    (void) cell_page_make(tree->leaf, TABLE_LEAF);
    tree->cells = 0;
    tree->content = SG_PAGE_SIZE;
}

/* How much of a record of `size` bytes stays in the leaf (section 1.6, "Cell Payload Overflow"). */
static size_t local_size(size_t size)
{
    enum { MOST = SG_PAGE_SIZE - 35, LEAST = (SG_PAGE_SIZE - 12) * 32 / 255 - 23 };
    size_t fitted = LEAST + (size - LEAST) % (SG_PAGE_SIZE - 4);

    if (size <= MOST)
        return size;
    return fitted <= MOST ? fitted : LEAST;
}

/* Copies bytes [from, from + size) of the record, whose header is `head`. */
static void copy_record(unsigned char *out, const unsigned char *head, size_t head_len,
                        const struct sg_record *record, size_t from, size_t size)
{
    size_t part = from < head_len ? head_len - from : 0;

    part = part > size ? size : part;
    if (part > 0)
        memcpy(out, head + from, part);
    if (size > part)
        memcpy(out + part, record->body + (from + part - head_len), size - part);
}

/* Writes the rest of a record into its own pages and returns the first. */
static uint32_t write_overflow(struct sg_pages *pages, const unsigned char *head, size_t head_len,
                               const struct sg_record *record, size_t from)
{
    size_t size = head_len + record->body_len;
    uint32_t first = 0;

    while (from < size) {
        size_t part = size - from < SG_PAGE_SIZE - 4 ? size - from : SG_PAGE_SIZE - 4;
        uint32_t number;
        unsigned char *page = new_page(pages, &number);

        first = first == 0 ? number : first;
        put_32(page, from + part < size ? number_after(number) : 0);
        copy_record(page + 4, head, head_len, record, from, part);
        from += part;
    }
    return first;
}

void sg_table_tree_add(struct sg_table_tree *tree, struct sg_pages *pages, int64_t id,
                       const struct sg_record *record)
{
    unsigned char head[128], prefix[20];
    size_t head_len = record->types_len + 1; /* below 128: one byte for itself */
    size_t size = head_len + record->body_len;
    size_t local = local_size(size);
    size_t prefix_len = put_varint(prefix, size);
    cell_page page = leaf_of(tree);
    unsigned char *at;
    size_t cell;

    head[0] = (unsigned char) head_len;
    memcpy(head + 1, record->types, record->types_len);
    prefix_len += put_varint(prefix + prefix_len, (uint64_t) id);
    cell = prefix_len + local + (local < size ? 4 : 0);
    if (!cell_page_fits(&page, cell)) {
        close_leaf(tree, pages);
        page = leaf_of(tree);
    }
    at = cell_page_add(&page, cell);
    memcpy(at, prefix, prefix_len);
    copy_record(at + prefix_len, head, head_len, record, 0, local);
    if (local < size)
        put_32(at + prefix_len + local, write_overflow(pages, head, head_len, record, local));
    tree->cells = page.cells;
    tree->content = page.content;
    tree->last_id = id;
}

static void put_table_cell(const void *data, cell_page *page, const struct sg_tree_child *child)
{
    unsigned char cell[16];
    size_t size;

    (void) data;
    put_32(cell, child->page);
    size = 4 + put_varint(cell + 4, (uint64_t) child->last);
    memcpy(cell_page_add(page, size), cell, size);
}

void sg_table_tree_finish(struct sg_table_tree *tree, struct sg_pages *pages)
{
    cell_page page = leaf_of(tree);

    if (tree->count == 0) {
        cell_page_close(&page);
        write_at(pages, tree->root, tree->leaf, SG_PAGE_SIZE);
        return;
    }
    close_leaf(tree, pages);
    write_levels(pages, tree->root, TABLE_INTERIOR, TABLE_FAN_OUT, tree->children, tree->count,
                 put_table_cell, NULL);
}

/* ---- indices ---- */
#define SIGN (UINT64_C(1) << 63)

void sg_index_tree_init(struct sg_index_tree *tree, uint32_t root, int columns)
{
    memset(tree, 0, sizeof *tree);
    tree->root = root;
    tree->columns = columns;
}

void sg_index_tree_clear(struct sg_index_tree *tree)
{
    sg_free(tree->entries);
    sg_free(tree->null_ids);
    memset(tree, 0, sizeof *tree);
}

static void add_entry(struct sg_index_tree *tree, uint64_t key, int64_t id)
{
    SG_GROW(tree->entries, tree->room, tree->count + 1);
    tree->entries[tree->count++] = (struct sg_index_entry){ key, id };
}

void sg_index_tree_add(struct sg_index_tree *tree, int64_t key, int64_t id)
{
    add_entry(tree, (uint64_t) key ^ SIGN, id);
}

void sg_index_tree_add_pair(struct sg_index_tree *tree, int64_t first, int64_t second, int64_t id)
{
    add_entry(tree, (uint64_t) first << 32 | (uint64_t) second, id);
}

void sg_index_tree_add_null(struct sg_index_tree *tree, int64_t id)
{
    SG_GROW(tree->null_ids, tree->nulls_room, tree->nulls + 1);
    tree->null_ids[tree->nulls++] = id;
}

/* By the lowest digit first, each pass keeping the order of the one before; digits that are the
 * same in all keys are passed over. */
static void sort_entries(struct sg_index_entry *entries, size_t n)
{
    enum { BITS = 11, DIGITS = 6, BUCKETS = 1 << BITS };
    struct sg_index_entry *from = entries, *to, *spare;
    size_t(*counts)[BUCKETS];

    if (n < 2)
        return;
    counts = sg_calloc(DIGITS, sizeof *counts);
    spare = to = sg_reallocarray(NULL, n, sizeof *to);
    for (size_t i = 0; i < n; i++)
        for (int d = 0; d < DIGITS; d++)
            counts[d][from[i].key >> (d * BITS) & (BUCKETS - 1)]++;
    for (int d = 0; d < DIGITS; d++) {
        struct sg_index_entry *swap = from;
        size_t sum = 0;

        if (counts[d][from[0].key >> (d * BITS) & (BUCKETS - 1)] == n)
            continue;
        for (size_t i = 0; i < BUCKETS; i++) {
            size_t here = counts[d][i];

            counts[d][i] = sum;
            sum += here;
        }
        for (size_t i = 0; i < n; i++)
            to[counts[d][from[i].key >> (d * BITS) & (BUCKETS - 1)]++] = from[i];
        from = to;
        to = swap;
    }
    if (from == spare)
        memcpy(entries, from, n * sizeof *from);
    sg_free(spare);
    sg_free(counts);
}

void sg_index_tree_sort(struct sg_index_tree *tree)
{
    size_t n = tree->count;

    sort_entries(tree->entries, n);
    if (tree->nulls == 0)
        return;
    SG_GROW(tree->entries, tree->room, n + tree->nulls);
    memmove(tree->entries + tree->nulls, tree->entries, n * sizeof *tree->entries);
    for (size_t i = 0; i < tree->nulls; i++)
        tree->entries[i] = (struct sg_index_entry){ 0, tree->null_ids[i] };
    tree->count += tree->nulls;
}

/* The record of an entry behind its length; returns the size of both. */
static size_t put_entry(const struct sg_index_tree *tree, size_t place, unsigned char *out)
{
    const struct sg_index_entry *entry = &tree->entries[place];
    int64_t values[3] = { (int64_t) (entry->key ^ SIGN) };
    int count = 0;
    unsigned char *body;

    if (tree->columns == 2) {
        values[count++] = (int64_t) (entry->key >> 32);
        values[count++] = (int64_t) (entry->key & UINT32_MAX);
    } else {
        count = 1;
    }
    values[count++] = entry->id;
    body = out + 2 + count;
    for (int i = 0; i < count; i++) {
        size_t bytes = 0;

        out[2 + i] = i == 0 && place < tree->nulls ? 0 : integer_type(values[i], &bytes);
        put_integer(body, values[i], bytes);
        body += bytes;
    }
    out[1] = (unsigned char) (count + 1);
    out[0] = (unsigned char) (body - out - 1);
    return (size_t) (body - out);
}

static void put_index_cell(const void *data, cell_page *page, const struct sg_tree_child *child)
{
    unsigned char cell[INDEX_CELL_MOST];
    size_t size;

    put_32(cell, child->page);
    size = 4 + put_entry(data, (size_t) child->last, cell + 4);
    memcpy(cell_page_add(page, size), cell, size);
}

void sg_index_tree_finish(struct sg_index_tree *tree, struct sg_pages *pages)
{
    struct sg_tree_child *children = NULL;
    unsigned char *leaf = sg_malloc(SG_PAGE_SIZE);
    cell_page page = cell_page_make(leaf, INDEX_LEAF);
    size_t count = 0, room = 0;

    for (size_t i = 0; i < tree->count; i++) {
        unsigned char cell[INDEX_CELL_MOST];
        size_t size = put_entry(tree, i, cell);
        uint32_t number;
        unsigned char *bytes;

        if (cell_page_fits(&page, size)) {
            memcpy(cell_page_add(&page, size), cell, size);
            continue;
        }
        /* The entry goes above, between this leaf and the next, which must not stay empty. */
        if (i + 1 == tree->count) {
            i--;
            page.cells--;
            page.content += put_entry(tree, i, cell);
        }
        cell_page_close(&page);
        bytes = new_page(pages, &number);
        memcpy(bytes, leaf, SG_PAGE_SIZE);
        add_child(&children, &room, &count, (int64_t) i, number);
        page = cell_page_make(leaf, INDEX_LEAF);
    }
    cell_page_close(&page);
    if (count == 0) {
        write_at(pages, tree->root, leaf, SG_PAGE_SIZE);
    } else {
        uint32_t number;
        unsigned char *bytes = new_page(pages, &number);

        memcpy(bytes, leaf, SG_PAGE_SIZE);
        add_child(&children, &room, &count, -1, number);
        write_levels(pages, tree->root, INDEX_INTERIOR, INDEX_FAN_OUT, children, count,
                     put_index_cell, tree);
    }
    sg_free(children);
    sg_free(leaf);
}
