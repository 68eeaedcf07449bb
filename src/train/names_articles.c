#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance/file.h"
#include "stance/utf8.h"

#include "names_train.h"

/* Articles whose persons and organisations were listed by hand with every form of their names, as
 * weak training data: a form found in the text is a name of that kind; every other capitalised
 * word is no person and no organisation. Countries that act are organisations there but places
 * here, so either will do. */

#define BITS_OF_TYPE(type) (0xFU << (1 + 4 * (type)))
#define ANY                UINT32_MAX

enum mention_kind { MENTION_PERSON, MENTION_BODY, MENTION_UNSURE };

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

/* Without "the" or a courtesy title: conventions for names leave them out. */
static void strip_lead(const char **form, size_t *len)
{
    static const char *const leads[] = { "the ",  "The ",  "Mr ",        "Mr. ",     "Mrs ",
                                         "Mrs. ", "Ms ",   "Ms. ",       "Dr ",      "Dr. ",
                                         "Sir ",  "Lord ", "President ", "Senator ", "Professor " };

    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        const size_t n = strlen(leads[i]);

        if (*len > n && memcmp(*form, leads[i], n) == 0) {
            *form += n;
            *len -= n;
        }
    }
}

static void add_forms(mentions *list, const json_t *entries, enum mention_kind kind)
{
    size_t i;
    size_t j;
    json_t *entry;
    json_t *form;

    json_array_foreach(entries, i, entry)
    {
        json_t *const forms = json_is_string(entry) ? NULL : json_object_get(entry, "mentions");

        if (json_is_string(entry)) {
            SG_GROW(list->items, list->capacity, list->count + 1);
            list->items[list->count++] =
                (mention){ json_string_value(entry), json_string_length(entry), MENTION_UNSURE };
        }
        json_array_foreach(forms, j, form)
        {
            mention m = { json_string_value(form), json_string_length(form), kind };

            if (m.form == NULL || m.len < 2)
                continue;
            if (kind != MENTION_UNSURE)
                strip_lead(&m.form, &m.len);
            if (!starts_upper(m.form, m.len))
                m.kind = MENTION_UNSURE;
            SG_GROW(list->items, list->capacity, list->count + 1);
            list->items[list->count++] = m;
        }
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
    for (size_t i = first; i <= last; i++)
        if (taken[i])
            return;
    for (size_t i = first; i <= last; i++) {
        const unsigned place = first == last ? SG_NAMES_UNIT
                               : i == first  ? SG_NAMES_BEGIN
                               : i == last   ? SG_NAMES_LAST
                                             : SG_NAMES_INSIDE;

        taken[i] = true;
        if (m->kind == MENTION_UNSURE) {
            text->allowed[i] = ANY;
            continue;
        }
        text->labels[i] = sg_names_label(
            m->kind == MENTION_PERSON ? SG_ENTITY_PERSON : SG_ENTITY_ORGANISATION, place);
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
            (sg_names_lexicon_word(lexicon, sg_names_hash(0, lower, n)).flags &
             (SG_NAMES_COUNTRY | SG_NAMES_CITY | SG_NAMES_KNOWN_PLACE)) == 0)
            text->allowed[i] = 1U << label;
    }
}

static void open_words(sg_names_text *text)
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
            text->allowed[i] |= BITS_OF_TYPE(SG_ENTITY_LOCATION) | BITS_OF_TYPE(SG_ENTITY_EVENT) |
                                BITS_OF_TYPE(SG_ENTITY_OTHER);
    }
}

static sg_status read_article(sg_names_corpus *corpus, const char *text_path, const json_t *gold,
                              const sg_names_lexicon *lexicon, float weight, sg_error *err)
{
    sg_strbuf bytes = SG_STRBUF_INIT;
    sg_document *document = NULL;
    mentions list = { NULL, 0, 0 };
    sg_names_text *text;
    bool *taken;
    sg_status status = sg_file_read(text_path, 0, &bytes, err);

    if (status == SG_OK)
        status = sg_document_read(text_path, bytes.data, bytes.len, corpus->arena, &document, err);
    sg_strbuf_clear(&bytes);
    if (status != SG_OK)
        return status;
    SG_GROW(corpus->texts, corpus->capacity, corpus->count + 1);
    text = &corpus->texts[corpus->count++];
    memset(text, 0, sizeof *text);
    text->document = *document;
    text->name = sg_arena_strdup(corpus->arena, text_path);
    text->scheme = SG_NAMES_ACTORS;
    text->weight = weight;
    text->labels = sg_arena_calloc(corpus->arena, document->word_count + 1, 1);
    text->allowed = sg_arena_calloc(corpus->arena, document->word_count + 1, sizeof(uint32_t));
    taken = sg_arena_calloc(corpus->arena, document->word_count + 1, sizeof *taken);
    add_forms(&list, json_object_get(gold, "persons"), MENTION_PERSON);
    add_forms(&list, json_object_get(gold, "organisations"), MENTION_BODY);
    add_forms(&list, json_object_get(gold, "groups"), MENTION_UNSURE);
    add_forms(&list, json_object_get(gold, "events"), MENTION_UNSURE);
    add_forms(&list, json_object_get(json_object_get(gold, "ignore"), "persons"), MENTION_UNSURE);
    add_forms(&list, json_object_get(json_object_get(gold, "ignore"), "organisations"),
              MENTION_UNSURE);
    if (list.count > 0)
        qsort(list.items, list.count, sizeof *list.items, longest_first);
    open_words(text);
    for (size_t i = 0; i < list.count; i++)
        mark_all(text, &list.items[i], taken);
    close_bodies(text, lexicon);
    sg_free(list.items);
    return SG_OK;
}

/* ---- a folder ------------------------------------------------------------------------------- */

static int is_gold(const struct dirent *entry)
{
    const size_t len = strlen(entry->d_name);

    return len > 5 && strcmp(entry->d_name + len - 5, ".json") == 0;
}

sg_status sg_names_corpus_read_articles(sg_names_corpus *corpus, const char *folder,
                                        sg_names_part part, const sg_names_lexicon *lexicon,
                                        float weight, sg_error *err)
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
        json_t *gold;

        if (status == SG_OK && (part == SG_NAMES_ALL || (part == SG_NAMES_EVEN) == (i % 2 == 0))) {
            sg_strbuf_reset(&path);
            sg_strbuf_printf(&path, "%s/gold/%s", folder, entries[i]->d_name);
            gold = json_load_file(path.data, 0, NULL);
            sg_strbuf_reset(&path);
            sg_strbuf_printf(&path, "%s/articles/%.*s.txt", folder,
                             (int) strlen(entries[i]->d_name) - 5, entries[i]->d_name);
            if (gold == NULL)
                status = sg_error_set(err, SG_ERR_INPUT, "'%s' has no readable gold", path.data);
            else
                status = read_article(corpus, path.data, gold, lexicon, weight, err);
            json_decref(gold);
        }
        free(entries[i]);
    }
    free(entries);
    sg_strbuf_clear(&path);
    return status;
}
