#include "quotations.h"

#include <string.h>

#include "../language/language_internal.h"

#define CONTENT_MIN 3
#define CONTENT_MAX 30
#define SPEAKER_MAX 8
#define EXTRA_WORDS 8 /* quotes, commas, verb, full stop */

/* A subtree that stands together: words first to last (1-based), the head of all is `root`. */
typedef struct piece {
    const sg_tree_sentence *sentence;
    uint32_t first, last, root;
} piece;

typedef struct pieces {
    piece *items;
    size_t count, capacity;
} pieces;

typedef struct pools {
    pieces contents, speakers, verbs;
} pools;

static bool speaks(const sg_tree_word *word)
{
    static const char *const verbs[] = { "say",  "add",  "tell",  "explain", "write", "argue",
                                         "warn", "note", "claim", "insist",  "reply", "state" };

    for (size_t i = 0; i < sizeof verbs / sizeof *verbs && word->lemma != NULL; i++) {
        if (word->upos == SG_VERB && strcmp(word->lemma, verbs[i]) == 0)
            return true;
    }
    return false;
}

static bool is_below(const sg_tree_sentence *sentence, uint32_t word, uint32_t root)
{
    size_t steps = 0;

    while (word != 0 && word != root && steps++ <= sentence->count)
        word = sentence->words[word - 1].head;
    return word == root;
}

/* False if the words under `root` do not stand together. */
static bool piece_of(const sg_tree_sentence *sentence, uint32_t root, piece *out)
{
    uint32_t under = 0;

    *out = (piece){ sentence, root, root, root };
    for (uint32_t i = 1; i <= sentence->count; i++) {
        if (!is_below(sentence, i, root))
            continue;
        under++;
        out->first = i < out->first ? i : out->first;
        out->last = i > out->last ? i : out->last;
    }
    return under == out->last - out->first + 1;
}

static bool has_quotes(const piece *p)
{
    for (uint32_t i = p->first; i <= p->last; i++) {
        if (strpbrk(p->sentence->words[i - 1].form, "\"`") != NULL ||
            strstr(p->sentence->words[i - 1].form, "\xE2\x80\x9C") != NULL ||
            strstr(p->sentence->words[i - 1].form, "\xE2\x80\x9D") != NULL)
            return true;
    }
    return false;
}

static void keep(pieces *list, piece p)
{
    SG_GROW(list->items, list->capacity, list->count + 1);
    list->items[list->count++] = p;
}

/* Without "that" before it and punctuation after it. */
static bool trim_content(piece *p)
{
    const sg_tree_word *words = p->sentence->words;

    if (words[p->first - 1].deprel == SG_MARK)
        p->first++;
    while (p->last > p->first && words[p->last - 1].upos == SG_PUNCT)
        p->last--;
    return p->first <= p->root && p->root <= p->last && p->last - p->first + 1 >= CONTENT_MIN &&
           p->last - p->first < CONTENT_MAX && words[p->first - 1].upos != SG_PUNCT;
}

static void look_at_word(pools *pool, const sg_tree_sentence *sentence, uint32_t i)
{
    const sg_tree_word *word = &sentence->words[i - 1];
    const sg_tree_word *head = word->head > 0 ? &sentence->words[word->head - 1] : NULL;
    piece p;

    if (head == NULL || !speaks(head))
        return;
    if (word->deprel == SG_CCOMP && i > word->head && piece_of(sentence, i, &p) &&
        trim_content(&p) && !has_quotes(&p))
        keep(&pool->contents, p);
    if (word->deprel == SG_NSUBJ && (word->upos == SG_NOUN || word->upos == SG_PROPN) &&
        piece_of(sentence, i, &p) && p.last - p.first < SPEAKER_MAX && !has_quotes(&p) &&
        sentence->words[p.last - 1].upos != SG_PUNCT) {
        keep(&pool->speakers, p);
        if (head->xpos == SG_XPOS_VBD || head->xpos == SG_XPOS_VBZ)
            keep(&pool->verbs, (piece){ sentence, word->head, word->head, word->head });
    }
}

/* ---- putting together ----------------------------------------------------------------------- */

typedef struct builder {
    sg_arena *arena;
    sg_tree_sentence sentence;
} builder;

static uint32_t add_word(builder *b, const char *form, const char *lemma, sg_upos upos,
                         uint8_t xpos)
{
    b->sentence.words[b->sentence.count++] = (sg_tree_word){
        .form = form, .lemma = lemma, .upos = (uint8_t) upos, .xpos = xpos, .deprel = SG_PUNCTREL
    };
    return (uint32_t) b->sentence.count;
}

static const char *with_case(sg_arena *arena, const char *form, bool capital)
{
    char *copy = sg_arena_strdup(arena, form);

    if (capital && copy[0] >= 'a' && copy[0] <= 'z')
        copy[0] = (char) (copy[0] - 32);
    else if (!capital && copy[0] >= 'A' && copy[0] <= 'Z' && copy[1] >= 'a' && copy[1] <= 'z')
        copy[0] = (char) (copy[0] + 32);
    return copy;
}

/* Copies a piece with its tree; returns its root. */
static uint32_t add_piece(builder *b, const piece *p, bool capital)
{
    uint32_t before = (uint32_t) b->sentence.count;

    for (uint32_t i = p->first; i <= p->last; i++) {
        sg_tree_word word = p->sentence->words[i - 1];

        word.head = word.head - p->first + 1 + before;
        if (i == p->first && capital)
            word.form = with_case(b->arena, word.form, true);
        else if (i == p->first && i == 1 && word.upos != SG_PROPN)
            word.form = with_case(b->arena, word.form, false); /* it stood first */
        b->sentence.words[b->sentence.count++] = word;
    }
    return p->root - p->first + 1 + before;
}

static void attach(builder *b, uint32_t word, uint32_t head, sg_deprel relation)
{
    if (word == 0)
        return;
    b->sentence.words[word - 1].head = head;
    b->sentence.words[word - 1].deprel = (uint8_t) relation;
}

static const piece *choose(const pieces *list, sg_random *random)
{
    return &list->items[sg_random_below(random, (uint32_t) list->count)];
}

static sg_tree_sentence make(const pools *pool, sg_arena *arena, sg_random *random)
{
    const piece *content = choose(&pool->contents, random);
    const piece *speaker = choose(&pool->speakers, random);
    const piece *verb = choose(&pool->verbs, random);
    bool quoted = sg_random_below(random, 4) != 0;
    bool curly = sg_random_below(random, 2) != 0;
    bool verb_first = sg_random_below(random, 4) != 0;
    size_t room = content->last - content->first + speaker->last - speaker->first + 2 + EXTRA_WORDS;
    builder b = { arena, { sg_arena_calloc(arena, room, sizeof(sg_tree_word)), 0 } };
    uint32_t open = 0, close = 0, comma, root, said, who, stop;

    if (quoted)
        open = add_word(&b, curly ? "\xE2\x80\x9C" : "\"", "\"", SG_PUNCT, sg_xpos_find("``"));
    root = add_piece(&b, content, true);
    comma = add_word(&b, ",", ",", SG_PUNCT, sg_xpos_find(","));
    if (quoted)
        close = add_word(&b, curly ? "\xE2\x80\x9D" : "\"", "\"", SG_PUNCT, sg_xpos_find("''"));
    said = verb_first ? add_piece(&b, verb, false) : 0;
    who = add_piece(&b, speaker, false);
    if (said == 0)
        said = add_piece(&b, verb, false);
    stop = add_word(&b, ".", ".", SG_PUNCT, sg_xpos_find("."));
    attach(&b, open, root, SG_PUNCTREL);
    attach(&b, comma, root, SG_PUNCTREL);
    attach(&b, close, root, SG_PUNCTREL);
    attach(&b, root, said, SG_CCOMP);
    attach(&b, who, said, SG_NSUBJ);
    attach(&b, said, 0, SG_ROOT);
    attach(&b, stop, said, SG_PUNCTREL);
    return b.sentence;
}

void sg_quotations_add(sg_treebank *bank, size_t count, sg_arena *arena, sg_random *random)
{
    pools pool = { { NULL, 0, 0 }, { NULL, 0, 0 }, { NULL, 0, 0 } };

    for (size_t s = 0; s < bank->count; s++) {
        for (uint32_t i = 1; i <= bank->sentences[s].count; i++)
            look_at_word(&pool, &bank->sentences[s], i);
    }
    for (size_t i = 0;
         i < count && pool.contents.count > 0 && pool.speakers.count > 0 && pool.verbs.count > 0;
         i++) {
        sg_tree_sentence made = make(&pool, arena, random);

        SG_ARENA_GROW(arena, bank->sentences, bank->capacity, bank->count + 1);
        bank->sentences[bank->count++] = made;
        bank->word_count += made.count;
    }
    sg_free(pool.contents.items);
    sg_free(pool.speakers.items);
    sg_free(pool.verbs.items);
}
