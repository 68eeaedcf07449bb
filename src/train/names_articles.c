#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance/file.h"
#include "stance/utf8.h"

#include "../extract/lexicon_internal.h"
#include "coded.h"
#include "names_train.h"

/* Articles whose persons and organisations were listed by hand with every form of their names, as
 * weak training data: a form found in the text is a name of that kind; every other capitalised
 * word is no person, no organisation and, where places are listed too, no place. Countries that act
 * are organisations there but places here, so either will do. */

#define BITS_OF_TYPE(type) (0xFU << (1 + 4 * (type)))
#define ANY                UINT32_MAX

enum mention_kind {
    MENTION_PERSON,
    MENTION_BODY,
    MENTION_PLACE,
    MENTION_OTHER, /* a name of something else: conventions differ */
    MENTION_UNSURE
};
#define OTHER_LABELS (BITS_OF_TYPE(SG_ENTITY_EVENT) | BITS_OF_TYPE(SG_ENTITY_OTHER))

typedef struct mention {
    const char *form;
    size_t len;
    enum mention_kind kind;
} mention;

typedef struct mentions {
    mention *items;
    size_t count;
    size_t capacity;
} mentions;

static bool starts_upper(const char *form, size_t len)
{
    uint32_t c = 0;

    if (len > 0)
        sg_utf8_decode(form, len, &c);
    return sg_utf8_is_upper(c);
}

/* Classes of the word or phrase at `form`, which ends at a space; a dot at its end is left out. */
static uint32_t classes_of(const char *form, size_t len)
{
    char lower[64];

    if (len > 0 && form[len - 1] == '.')
        len--;
    if (len >= sizeof lower)
        return 0;
    for (size_t i = 0; i < len; i++)
        lower[i] = (char) (form[i] >= 'A' && form[i] <= 'Z' ? form[i] + 32 : form[i]);
    return sg_lexicon_classes(lower, len);
}

/* Length of the honorific or title of up to three words at the start, with the space; 0 if none. */
static size_t title_len(const char *form, size_t len)
{
    size_t found = 0;
    int words = 0;

    for (size_t i = 0; i < len && words < 3; i++) {
        if (form[i] != ' ')
            continue;
        words++;
        if ((classes_of(form, i) & (SG_CLASS_HONORIFIC | SG_CLASS_TITLE)) != 0)
            found = i + 1;
    }
    return found;
}

/* Without "the", and persons without titles: conventions for names leave them out. */
static void strip_lead(mention *m)
{
    if (m->len > 4 && (m->form[0] == 't' || m->form[0] == 'T') &&
        memcmp(m->form + 1, "he ", 3) == 0) {
        m->form += 4;
        m->len -= 4;
    }
    if (m->kind != MENTION_PERSON)
        return;
    for (size_t n = title_len(m->form, m->len); n > 0; n = title_len(m->form, m->len)) {
        m->form += n;
        m->len -= n;
    }
}

static void add_form(mentions *list, const json_t *form, enum mention_kind kind)
{
    mention m = { json_string_value(form), json_string_length(form), kind };

    if (m.form == NULL || m.len < 2)
        return;
    if (kind != MENTION_UNSURE)
        strip_lead(&m);
    if (!starts_upper(m.form, m.len))
        m.kind = MENTION_UNSURE;
    SG_GROW(list->items, list->capacity, list->count + 1);
    list->items[list->count++] = m;
}

/* Entries are names, or objects with a list of mentions. */
static void add_forms(mentions *list, const json_t *entries, enum mention_kind kind)
{
    size_t i;
    size_t j;
    json_t *entry;
    json_t *form;

    json_array_foreach(entries, i, entry)
    {
        if (json_is_string(entry))
            add_form(list, entry, kind);
        json_array_foreach(json_object_get(entry, "mentions"), j, form) add_form(list, form, kind);
    }
}

static int longest_first(const void *a, const void *b)
{
    const mention *const x = a;
    const mention *const y = b;

    if (x->len != y->len)
        return x->len < y->len ? 1 : -1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return strcmp(x->form, y->form);
}

/* Number of the word that starts (or ends, if `end`) at byte `at`; SIZE_MAX if none. */
static size_t word_at(const sg_document *document, size_t at, bool end)
{
    size_t low = 0;
    size_t high = document->word_count;

    while (low < high) {
        const size_t middle = (low + high) / 2;
        const size_t here = end ? document->words[middle].end : document->words[middle].start;

        if (here == at)
            return middle;
        if (here < at)
            low = middle + 1;
        else
            high = middle;
    }
    return SIZE_MAX;
}

static void mark(sg_names_text *text, const mention *m, size_t first, size_t last, bool *taken)
{
    static const unsigned types[] = { [MENTION_PERSON] = SG_ENTITY_PERSON,
                                      [MENTION_BODY] = SG_ENTITY_ORGANISATION,
                                      [MENTION_PLACE] = SG_ENTITY_LOCATION };

    for (size_t i = first; i <= last; i++)
        if (taken[i])
            return;
    for (size_t i = first; i <= last; i++) {
        const unsigned place = first == last ? SG_NAMES_UNIT
                               : i == first  ? SG_NAMES_BEGIN
                               : i == last   ? SG_NAMES_LAST
                                             : SG_NAMES_INSIDE;

        taken[i] = true;
        if (m->kind >= MENTION_OTHER) {
            text->allowed[i] =
                m->kind == MENTION_UNSURE ? ANY : 1U << SG_NAMES_OUTSIDE | OTHER_LABELS;
            continue;
        }
        text->labels[i] = sg_names_label(types[m->kind], place);
        text->allowed[i] = 1U << text->labels[i];
        if (m->kind == MENTION_BODY)
            text->allowed[i] |= 1U << sg_names_label(SG_ENTITY_LOCATION, place);
    }
}

static void mark_all(sg_names_text *text, const mention *m, bool *taken)
{
    const sg_document *const document = &text->document;

    for (size_t at = 0; at + m->len <= document->len; at++) {
        size_t first;
        size_t last;

        if (document->text[at] != m->form[0] || memcmp(document->text + at, m->form, m->len) != 0)
            continue;
        first = word_at(document, at, false);
        last = word_at(document, at + m->len, true);
        if (first != SIZE_MAX && last != SIZE_MAX && first <= last)
            mark(text, m, first, last, taken);
    }
}

/* Somewhere in the text the word stands after "in" or "from": a state that acts, a city council
 * that is called by the name of its city. */
static bool is_place_too(const sg_document *document, const sg_word *word)
{
    const size_t len = word->end - word->start;

    for (size_t i = 1; i < document->word_count; i++) {
        const sg_word *const other = &document->words[i];
        const sg_word *const before = &document->words[i - 1];
        const char *const text = document->text + before->start;
        const size_t n = before->end - before->start;

        if (other->end - other->start == len &&
            memcmp(document->text + other->start, document->text + word->start, len) == 0 &&
            ((n == 2 && memcmp(text, "in", 2) == 0) || (n == 4 && memcmp(text, "from", 4) == 0)))
            return true;
    }
    return false;
}

/* Bodies that are listed as countries or cities stay open; other bodies are organisations. */
static void close_bodies(sg_names_text *text, const sg_names_lexicon *lexicon)
{
    const sg_document *const document = &text->document;

    for (size_t i = 0; i < document->word_count; i++) {
        const unsigned label = text->labels[i];
        const sg_word *const word = &document->words[i];
        char lower[64];
        size_t n = 0;

        if (label == SG_NAMES_OUTSIDE || sg_names_label_type(label) != SG_ENTITY_ORGANISATION)
            continue;
        for (; n < sizeof lower && n < word->end - word->start; n++) {
            const char c = document->text[word->start + n];

            lower[n] = (char) (c >= 'A' && c <= 'Z' ? c + 32 : c);
        }
        if (sg_names_label_place(label) != SG_NAMES_UNIT ||
            ((sg_names_lexicon_word(lexicon, sg_names_hash(0, lower, n)).flags &
              (SG_NAMES_COUNTRY | SG_NAMES_CITY | SG_NAMES_KNOWN_PLACE)) == 0 &&
             !is_place_too(document, word)))
            text->allowed[i] = 1U << label;
    }
}

/* `others`: labels that capitals and numbers may have which no list names. */
static void open_words(sg_names_text *text, uint32_t others)
{
    const sg_document *const document = &text->document;

    for (size_t i = 0; i < document->word_count; i++) {
        const sg_word *const word = &document->words[i];
        const size_t len = word->end - word->start;
        uint32_t c = 0;

        sg_utf8_decode(document->text + word->start, len, &c);
        text->labels[i] = SG_NAMES_OUTSIDE;
        text->allowed[i] = 1U << SG_NAMES_OUTSIDE;
        if (sg_utf8_is_upper(c) || sg_utf8_is_digit(c) || len <= 3)
            text->allowed[i] |= others;
    }
}

/* What labels an article and how its lists are to be read. */
typedef struct listing {
    const json_t *gold;
    bool places; /* they are listed too */
    const sg_names_lexicon *lexicon;
    float weight;
} listing;

static sg_status read_article(sg_names_corpus *corpus, const char *name, const char *bytes,
                              size_t len, const listing *from, sg_error *err)
{
    const uint32_t others = OTHER_LABELS | (from->places ? 0 : BITS_OF_TYPE(SG_ENTITY_LOCATION));
    const json_t *const ignored = json_object_get(from->gold, "ignore");
    sg_document *document = NULL;
    mentions list = { NULL, 0, 0 };
    sg_names_text *text;
    bool *taken;
    const sg_status status = sg_document_read(name, bytes, len, corpus->arena, &document, err);

    if (status != SG_OK)
        return status;
    SG_GROW(corpus->texts, corpus->capacity, corpus->count + 1);
    text = &corpus->texts[corpus->count++];
    memset(text, 0, sizeof *text);
    text->document = *document;
    text->name = sg_arena_strdup(corpus->arena, name);
    text->scheme = SG_NAMES_ACTORS;
    text->weight = from->weight;
    text->labels = sg_arena_calloc(corpus->arena, document->word_count + 1, 1);
    text->allowed = sg_arena_calloc(corpus->arena, document->word_count + 1, sizeof(uint32_t));
    taken = sg_arena_calloc(corpus->arena, document->word_count + 1, sizeof *taken);
    add_forms(&list, json_object_get(from->gold, "persons"), MENTION_PERSON);
    add_forms(&list, json_object_get(from->gold, "organisations"), MENTION_BODY);
    add_forms(&list, json_object_get(from->gold, "groups"), MENTION_UNSURE);
    add_forms(&list, json_object_get(from->gold, "events"),
              from->places ? MENTION_OTHER : MENTION_UNSURE);
    add_forms(&list, json_object_get(from->gold, "other_persons"), MENTION_PERSON);
    add_forms(&list, json_object_get(from->gold, "other_organisations"), MENTION_BODY);
    add_forms(&list, json_object_get(from->gold, "places"), MENTION_PLACE);
    add_forms(&list, json_object_get(from->gold, "other_names"), MENTION_OTHER);
    add_forms(&list, json_object_get(ignored, "persons"), MENTION_UNSURE);
    add_forms(&list, json_object_get(ignored, "organisations"), MENTION_UNSURE);
    if (list.count > 0)
        qsort(list.items, list.count, sizeof *list.items, longest_first);
    open_words(text, others);
    for (size_t i = 0; i < list.count; i++)
        mark_all(text, &list.items[i], taken);
    close_bodies(text, from->lexicon);
    sg_free(list.items);
    return SG_OK;
}

/* ---- folders -------------------------------------------------------------------------------- */

static int is_gold(const struct dirent *entry)
{
    const size_t len = strlen(entry->d_name);

    return len > 5 && strcmp(entry->d_name + len - 5, ".json") == 0;
}

static sg_status read_pair(sg_names_corpus *corpus, const char *folder, const char *file,
                           const sg_names_lexicon *lexicon, float weight, sg_error *err)
{
    sg_strbuf path = SG_STRBUF_INIT;
    sg_strbuf bytes = SG_STRBUF_INIT;
    json_t *gold;
    sg_status status;

    sg_strbuf_printf(&path, "%s/gold/%s", folder, file);
    gold = json_load_file(path.data, 0, NULL);
    sg_strbuf_reset(&path);
    sg_strbuf_printf(&path, "%s/articles/%.*s.txt", folder, (int) strlen(file) - 5, file);
    status = gold != NULL ? sg_file_read(path.data, 0, &bytes, err)
                          : sg_error_set(err, SG_ERR_INPUT, "'%s' has no readable gold", path.data);
    if (status == SG_OK)
        status = read_article(corpus, path.data, sg_strbuf_text(&bytes), bytes.len,
                              &(listing){ gold, false, lexicon, weight }, err);
    json_decref(gold);
    sg_strbuf_clear(&bytes);
    sg_strbuf_clear(&path);
    return status;
}

sg_status sg_names_corpus_read_articles(sg_names_corpus *corpus, const char *folder,
                                        const sg_names_lexicon *lexicon, float weight,
                                        sg_error *err)
{
    sg_strbuf path = SG_STRBUF_INIT;
    struct dirent **entries = NULL;
    sg_status status = SG_OK;
    int count;

    sg_strbuf_printf(&path, "%s/gold", folder);
    count = scandir(path.data, &entries, is_gold, alphasort);
    if (count < 0)
        status = sg_error_set(err, SG_ERR_IO, "cannot read the folder '%s'", path.data);
    for (int i = 0; i < count; i++) {
        if (status == SG_OK)
            status = read_pair(corpus, folder, entries[i]->d_name, lexicon, weight, err);
        free(entries[i]);
    }
    free(entries);
    sg_strbuf_clear(&path);
    return status;
}

struct coded_listing {
    sg_names_corpus *corpus;
    listing from;
};

static sg_status read_coded(const char *path, const sg_coded *coded, void *context, sg_error *err)
{
    struct coded_listing *const to = context;

    to->from.gold = coded->gold;
    return read_article(to->corpus, path, coded->text, strlen(coded->text), &to->from, err);
}

sg_status sg_names_corpus_read_coded(sg_names_corpus *corpus, const char *folder,
                                     const sg_names_lexicon *lexicon, float weight, sg_error *err)
{
    struct coded_listing to = { corpus, { NULL, true, lexicon, weight } };

    return sg_coded_read_folder(folder, read_coded, &to, err);
}
