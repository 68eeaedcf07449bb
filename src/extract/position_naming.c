#include <string.h>

#include "stance/map.h"
#include "stance/utf8.h"

#include "stance_internal.h"

/* Where sentences name positions, and how well. A codebook's patterns are often wider than the
 * name of their position ("tax returns" for the release of tax returns); how much of the name
 * stands in the sentence, by stems, tells a naming from a mere echo, and the word that says what
 * the head of the name says is where attitudes to the position attach. */

#define ANCHOR_STEPS 3 /* up the tree from the matched phrase to the head of the name */

struct name {
    sg_position_name is;
    bool introduced; /* the article names it by more than its kind */
};

struct namer {
    sg_reading *r;
    uint64_t *stems; /* of each word of the article */
    sg_namings *namings;
    struct name *names; /* of the positions; grown while positions are found */
    size_t name_count;
    size_t name_capacity;
};

/* ---- names ---- */

bool sg_is_kind_of_proposal(const char *lemma)
{
    static const char *const list[] = {
        "decision",     "move",     "bill",       "measure",    "law",       "deal",    "plan",
        "ruling",       "proposal", "act",        "action",     "step",      "policy",  "vote",
        "legislation",  "change",   "rule",       "order",      "agreement", "idea",    "offer",
        "announcement", "motion",   "request",    "call",       "demand",    "ban",     "claim",
        "appeal",       "approach", "effort",     "operation",  "issue",     "verdict", "process",
        "resolution",   "strategy", "campaign",   "scheme",     "programme", "program", "reform",
        "lawsuit",      "charge",   "suggestion", "initiative", "position",  "suit",    "judgment",
        "threat",       "bid",      "attempt",    "pledge",     "promise",   "refusal"
    };

    return SG_IS_ONE_OF(lemma, list);
}

static const struct name *name_of(struct namer *n, uint32_t position)
{
    sg_reading *r = n->r;

    while (n->name_count <= position) {
        SG_ARENA_GROW(r->arena, n->names, n->name_capacity, n->name_count + 1);
        n->names[n->name_count] =
            (struct name){ sg_position_name_of(r, (uint32_t) n->name_count), false };
        n->name_count++;
    }
    return &n->names[position];
}

/* How many words of the name stand among the words first..past. */
static size_t count_found(const struct namer *n, const struct name *name, uint32_t first,
                          uint32_t past)
{
    size_t found = 0;

    for (size_t i = 0; i < name->is.count; i++) {
        uint32_t w = first;

        while (w < past && n->stems[w] != name->is.stems[i])
            w++;
        found += w < past;
    }
    return found;
}

static sg_fit fit_of(size_t found, const struct name *name)
{
    return found == 0                        ? SG_FIT_NONE
           : found == name->is.count         ? SG_FIT_ALL
           : 3 * found >= 2 * name->is.count ? SG_FIT_MOST
           : 2 * found >= name->is.count     ? SG_FIT_HALF
                                             : SG_FIT_PART;
}

/* The word with the stem of the name's head: in the phrase, above it or hanging on its head. */
static uint32_t anchor(const struct namer *n, uint64_t head_stem, uint32_t first, uint32_t past)
{
    const sg_reading *r = n->r;
    uint32_t head = sg_span_head(r, first, past);
    uint32_t word = head;

    for (uint32_t w = first; w < past; w++) {
        if (n->stems[w] == head_stem)
            return w;
    }
    for (int step = 0; step < ANCHOR_STEPS; step++) {
        word = r->info[word].head;
        if (word == SG_NO_WORD)
            break;
        if (n->stems[word] == head_stem)
            return word;
    }
    for (uint32_t w = sg_sentence_first(r, head); w < sg_sentence_past(r, head); w++) {
        if (r->info[w].head == head && n->stems[w] == head_stem)
            return w;
    }
    return SG_NO_WORD;
}

/* ---- owners ---- */

/* "A's resignation" as the name of a position: how many bytes of it name A; 0. */
static size_t owner_of_name(const char *name)
{
    const char *mark = strchr(name, '\'');

    if (mark == NULL)
        mark = strstr(name, "\xE2\x80\x99");
    return mark != NULL && mark > name && name[0] >= 'A' && name[0] <= 'Z' &&
                   memchr(name, ' ', (size_t) (mark - name)) == NULL
               ? (size_t) (mark - name)
               : 0;
}

/* True if the position is somebody's ("A's resignation"), and what the word names another person's:
 * "her resignation", "B resigned". */
static bool is_of_another(const sg_reading *r, uint32_t position, uint32_t word)
{
    const char *name = r->positions[position].name;
    size_t len = owner_of_name(name);
    uint32_t owner;
    uint32_t actor;

    if (len == 0)
        return false;
    owner = sg_child(r, word, sg_word_is_upos(r, word, SG_VERB) ? SG_NSUBJ : SG_NMOD_POSS);
    actor = owner != SG_NO_WORD ? sg_principal_at(r, owner) : SG_NO_ACTOR;
    return actor != SG_NO_ACTOR && r->actors[actor].kind == SG_ACTOR_PERSON &&
           strstr(r->actors[actor].name, sg_arena_strndup(r->arena, name, len)) == NULL;
}

/* ---- namings ---- */

/* "the bill", "this change": no more than what kind of thing it is. */
static bool is_bare_kind(const sg_reading *r, uint32_t first, uint32_t past)
{
    for (uint32_t w = first; w < past; w++) {
        if (!sg_position_filler(r->lower[w], strlen(r->lower[w])) &&
            !sg_is_kind_of_proposal(r->info[w].lemma))
            return false;
    }
    return true;
}

static void add_naming(struct namer *n, uint32_t sentence, uint32_t position, uint32_t first,
                       uint32_t past, bool covered)
{
    sg_namings *list = &n->namings[sentence];
    const struct name *name = name_of(n, position);
    uint32_t word = anchor(n, name->is.head, first, past);
    const sg_sentence *s = &n->r->document->sentences[sentence];
    sg_naming naming = {
        .position = position,
        .word = word != SG_NO_WORD ? word : sg_span_head(n->r, first, past),
        .width = past - first,
        .fit = fit_of(count_found(n, name, s->first_word, s->first_word + s->word_count), name),
        .head = word != SG_NO_WORD,
        .covered = covered
    };

    if (is_of_another(n->r, position, naming.word))
        return;
    if (naming.fit >= SG_FIT_MOST || !is_bare_kind(n->r, first, past))
        n->names[position].introduced = true;
    for (size_t i = 0; i < list->count; i++) {
        sg_naming *known = &list->items[i];

        if (known->position != position)
            continue;
        if (naming.head > known->head ||
            (naming.head == known->head && naming.width < known->width)) {
            naming.covered = naming.covered && known->covered;
            *known = naming;
        }
        return;
    }
    SG_ARENA_GROW(n->r->arena, list->items, list->capacity, list->count + 1);
    list->items[list->count++] = naming;
}

static bool is_covered(const sg_codebook_hit *hits, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (hits[i].position != hits[at].position && hits[i].start < hits[at].end &&
            hits[at].start < hits[i].end)
            return true;
    }
    return false;
}

/* Every place of the sentence where a row of the codebook matches. */
static void name_coded(struct namer *n, uint32_t number)
{
    sg_reading *r = n->r;
    const sg_sentence *sentence = &r->document->sentences[number];
    uint32_t stop = sentence->first_word + sentence->word_count;
    sg_codebook_hit *hits = NULL;
    size_t count = sg_codebook_find(r->options.codebook, r->document->text + sentence->start,
                                    sentence->end - sentence->start, r->arena, &hits);

    for (size_t i = 0; i < count; i++) {
        uint32_t first = sentence->first_word;
        uint32_t past;

        if (is_covered(hits, i))
            continue;
        while (first + 1 < stop && r->document->words[first].end <= sentence->start + hits[i].start)
            first++;
        for (past = first + 1;
             past < stop && r->document->words[past].start < sentence->start + hits[i].end;)
            past++;
        add_naming(n, number, sg_codebook_position_in(r, hits[i].position, first, past), first,
                   past, is_covered(hits, i));
    }
}

/* The word at byte `start`. */
static uint32_t word_at(const sg_reading *r, uint32_t start)
{
    size_t low = 0;
    size_t high = r->word_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (r->document->words[middle].end <= start)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t) low;
}

static void name_induced(struct namer *n)
{
    sg_reading *r = n->r;

    for (uint32_t p = 0; p < r->position_count; p++) {
        for (size_t i = 0; i < r->positions[p].mention_count; i++) {
            sg_slice mention = r->positions[p].mentions[i];
            uint32_t first = word_at(r, mention.start);
            uint32_t past = first;

            while (past < r->word_count && r->document->words[past].start < mention.end)
                past++;
            if (first < past)
                add_naming(n, r->sentence_of[first], p, first, past, false);
        }
    }
}

/* A codebook may list "the bill" and "deal" for what an article has named before. Where it never
 * does, they are somebody else's bill and another deal. */
static void drop_strangers(struct namer *n)
{
    for (size_t s = 0; s < n->r->document->sentence_count; s++) {
        sg_namings *list = &n->namings[s];
        size_t kept = 0;

        for (size_t i = 0; i < list->count; i++) {
            if (name_of(n, list->items[i].position)->introduced)
                list->items[kept++] = list->items[i];
        }
        list->count = kept;
    }
}

static void introduce_by_words(struct namer *n)
{
    for (size_t p = 0; p < n->name_count; p++) {
        struct name *name = &n->names[p];
        size_t found = count_found(n, name, 0, (uint32_t) n->r->word_count);

        if (found > 1 && fit_of(found, name) >= SG_FIT_MOST)
            name->introduced = true;
    }
}

const sg_namings *sg_find_namings(sg_reading *r)
{
    const sg_document *d = r->document;
    struct namer n = { .r = r };

    n.namings = sg_arena_calloc(r->arena, d->sentence_count + 1, sizeof *n.namings);
    n.stems = sg_arena_alloc(r->arena, (r->word_count + 1) * sizeof *n.stems);
    for (uint32_t w = 0; w < r->word_count; w++)
        n.stems[w] = sg_position_stem_hash(r->lower[w], strlen(r->lower[w]));
    if (r->options.codebook == NULL)
        name_induced(&n);
    for (uint32_t i = 0; i < d->sentence_count && r->options.codebook != NULL; i++) {
        if (d->sentences[i].word_count > 0 && !r->skipped[d->sentences[i].first_word])
            name_coded(&n, i);
    }
    if (r->options.codebook != NULL) {
        introduce_by_words(&n);
        drop_strangers(&n);
    }
    return n.namings;
}

/* ---- words that refer back to what was named ---- */

static bool is_definite(const sg_reading *r, uint32_t noun)
{
    static const char *const articles[] = { "the", "this", "that", "these", "those", "such" };

    for (uint32_t w = noun; w-- > sg_sentence_first(r, noun) && w + 4 > noun;) {
        if (SG_IS_ONE_OF(r->lower[w], articles))
            return r->info[w].head == noun;
    }
    return false;
}

bool sg_refers_back(const sg_reading *r, uint32_t word)
{
    static const char *const pronouns[] = { "it", "this", "that" };

    if (sg_word_is_upos(r, word, SG_PRON))
        return !sg_word_is_rel(r, word, SG_EXPL) && SG_IS_ONE_OF(r->lower[word], pronouns);
    return sg_word_is_upos(r, word, SG_NOUN) && is_definite(r, word) &&
           sg_is_kind_of_proposal(r->info[word].lemma);
}
