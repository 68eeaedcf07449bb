#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "stance/map.h"
#include "stance/mem.h"

#include "stance_internal.h"
#include "stance_rules.h"

/* The lists of cues, by the first word of the cue and its class; cues with the same first word
 * stand in a chain, longer ones first. Made at the first look-up, kept until the program ends. */

#define STANCE_COLUMNS     6
#define EVALUATION_COLUMNS 4

struct node {
    sg_cue cue;
    struct node *next;
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static sg_arena *arena;
static sg_map *stances;
static sg_map *evaluations;

static int one_of(const char *text, const char *const *words, int count)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(words[i], text) == 0)
            return i;
    }
    return 0;
}

/* "go-ahead to" in the words of the parser: "go - ahead to". */
static const char *words_apart(const char *text)
{
    char *out = sg_arena_alloc(arena, 3 * strlen(text) + 1);
    char *at = out;

    for (; *text != '\0'; text++) {
        bool hyphen = *text == '-';

        if (hyphen)
            *at++ = ' ';
        *at++ = *text;
        if (hyphen)
            *at++ = ' ';
    }
    *at = '\0';
    return out;
}

static void add(sg_map *map, const char *phrase, const sg_cue *cue)
{
    size_t first = strcspn(phrase, " ");
    char *key = sg_arena_printf(arena, "%d%.*s", (int) cue->class, (int) first, phrase);
    uint64_t *slot = sg_map_slot(map, key, strlen(key), 0);
    struct node *node = sg_arena_calloc(arena, 1, sizeof *node);
    struct node *chain = (struct node *) (uintptr_t) *slot;
    struct node *before = NULL;

    node->cue = *cue;
    node->cue.rest = phrase[first] == ' ' ? words_apart(phrase + first + 1) : "";
    while (chain != NULL && strlen(chain->cue.rest) >= strlen(node->cue.rest)) {
        before = chain;
        chain = chain->next;
    }
    node->next = chain;
    if (before != NULL)
        before->next = node;
    else
        *slot = (uint64_t) (uintptr_t) node;
}

static sg_cue cue_of(char **cells, size_t count)
{
    static const char *const classes[] = { "verb", "noun", "adjective" };

    return (sg_cue){ .frames = "",
                     .kind = SG_CUE_EVALUATION,
                     .class = (sg_cue_class) one_of(cells[1], classes, 3),
                     .sign = (cells[2][0] == '+') - (cells[2][0] == '-'),
                     .strength = cells[count - 1][0] - '0' };
}

static void add_stance(char **cells, size_t count)
{
    static const char *const kinds[] = { "attitude", "demand", "act", "blame", "praise" };
    sg_cue cue;

    if (count < STANCE_COLUMNS)
        return;
    cue = cue_of(cells, count);
    cue.frames = cells[3];
    cue.kind = (sg_cue_kind) one_of(cells[4], kinds, 5);
    add(stances, cells[0], &cue);
}

static void add_evaluation(char **cells, size_t count)
{
    sg_cue cue;

    if (count < EVALUATION_COLUMNS)
        return;
    cue = cue_of(cells, count);
    add(evaluations, cells[0], &cue);
}

static void read_lists(void)
{
    arena = sg_arena_new();
    stances = sg_map_new();
    evaluations = sg_map_new();
    sg_lexicon_read_table("stance.csv", STANCE_COLUMNS, arena, add_stance);
    sg_lexicon_read_table("evaluation.csv", EVALUATION_COLUMNS, arena, add_evaluation);
}

/* The "to" of "299 to 207" and "299 votes to 207". */
static bool is_in_count(const sg_reading *r, uint32_t word)
{
    return word > 1 && word + 1 < r->word_count && sg_word_is_upos(r, word + 1, SG_NUM) &&
           (sg_word_is_upos(r, word - 1, SG_NUM) ||
            (sg_word_is_upos(r, word - 1, SG_NOUN) && sg_word_is_upos(r, word - 2, SG_NUM)));
}

/* The words of `rest` follow `word`: particles and prepositions as dependents or right behind it
 * (an object of a word or two may stand between: "take Mr X to task"), others in a row; the last of
 * them may be the head ("power grab"). */
static bool rest_follows(const sg_reading *r, uint32_t word, const char *rest)
{
    uint32_t at = word + 1;
    uint32_t past = sg_sentence_past(r, word);
    int skipped = 0;

    if (strncmp(rest, "to ", 3) == 0 && (at >= past || !sg_word_is(r, at, "to")))
        return false; /* "fought efforts to end it" is no "fight to end" */
    while (*rest != '\0') {
        size_t n = strcspn(rest, " ");

        while (at < past && skipped < 3 &&
               (strlen(r->info[at].lemma) != n || memcmp(r->info[at].lemma, rest, n) != 0 ||
                is_in_count(r, at))) {
            if (sg_word_is_upos(r, at, SG_PUNCT) || sg_word_is_upos(r, at, SG_VERB))
                return false;
            if (!sg_word_is_proper(r, at) && !sg_word_is_upos(r, at, SG_PART))
                skipped++; /* "gave Ellen Moss's plan the cold shoulder" */
            at++;
        }
        if (at >= past || skipped >= 3)
            return false;
        if (rest[n] == '\0' && !sg_is_below(r, at, word) && !sg_is_below(r, word, at))
            return false;
        at++;
        rest += n + (rest[n] == ' ');
    }
    return true;
}

/* "Voted by 61 to 19 against closing it": a preposition that is far, but hangs on the word, or on
 * the verb whose object it is. Where it stands, or SG_NO_WORD. */
static uint32_t hangs_at(const sg_reading *r, uint32_t word, const char *rest)
{
    for (uint32_t w = word + 1; w < sg_sentence_past(r, word); w++) {
        uint32_t above = r->info[w].head;

        if ((sg_word_is_rel(r, w, SG_CASE) || sg_word_is_rel(r, w, SG_MARK)) &&
            sg_word_is(r, w, rest) && above != SG_NO_WORD && !sg_is_time_unit(r, above) &&
            !is_in_count(r, w) &&
            (r->info[above].head == word ||
             (w > word && sg_word_is_rel(r, word, SG_OBJ) && sg_word_is_upos(r, word, SG_NOUN) &&
              r->info[above].head == r->info[word].head)))
            return w;
    }
    return SG_NO_WORD;
}

static bool hangs_in_phrase(const sg_reading *r, uint32_t word, uint32_t top)
{
    for (int step = 0; step < 4 && word != top && word != SG_NO_WORD; step++) {
        if (!sg_word_is_rel(r, word, SG_NMOD) && !sg_word_is_rel(r, word, SG_OBL) &&
            !sg_word_is_rel(r, word, SG_OBJ))
            return false;
        word = r->info[word].head;
    }
    return word == top;
}

/* "Put the introduction of the contract on hold": the two words of `rest`, far, but as one
 * dependent of the word, or of its object, where trees put it too. */
static bool hangs_below(const sg_reading *r, uint32_t word, const char *rest)
{
    const char *noun = strchr(rest, ' ');

    if (noun == NULL || strchr(noun + 1, ' ') != NULL)
        return false;
    for (uint32_t w = word + 2; w < sg_sentence_past(r, word); w++) {
        uint32_t marker = strcmp(r->info[w].lemma, noun + 1) == 0 && hangs_in_phrase(r, w, word)
                              ? sg_child(r, w, SG_CASE)
                              : SG_NO_WORD;

        if (marker != SG_NO_WORD && strlen(r->lower[marker]) == (size_t) (noun - rest) &&
            memcmp(r->lower[marker], rest, (size_t) (noun - rest)) == 0)
            return true;
    }
    return false;
}

/* "Sued the agency for failing": the agency is what "sue" takes, whatever follows. */
static bool takes_object(const sg_cue *plain, const sg_cue *nearest, const sg_reading *r,
                         uint32_t word)
{
    uint32_t object = sg_child(r, word, SG_OBJ);

    return plain->class == SG_CUE_VERB && strncmp(plain->frames, "obj", 3) == 0 &&
           plain->sign * nearest->sign != 0 && object != SG_NO_WORD &&
           (plain->sign == nearest->sign || r->mention_at[object] != SG_NO_MENTION);
}

/* "Called them names for it" is no call for it, "the pact that they agreed with her" no agreement
 * with her. */
static bool is_naming(const sg_reading *r, uint32_t word, uint32_t preposition)
{
    uint32_t object = sg_child(r, word, SG_OBJ);

    uint32_t when = r->info[preposition].head;

    if (sg_is_time_unit(r, when) ||
        (when != SG_NO_WORD && (r->classes[when] & SG_CLASS_CALENDAR) != 0))
        return true; /* "fought it for months", "voted in May" */
    if (strcmp(r->info[word].lemma, "agree") == 0 &&
        (object != SG_NO_WORD ||
         (sg_word_is_rel(r, word, SG_ACL) && sg_child(r, word, SG_NSUBJ) != SG_NO_WORD)))
        return true;
    return strcmp(r->info[word].lemma, "call") == 0 && object != SG_NO_WORD && object > word &&
           object < preposition;
}

/* "Fought efforts to repeal it" is no "fight to". */
static bool is_of_object(const sg_reading *r, uint32_t word, uint32_t to)
{
    uint32_t clause = r->info[to].head;
    uint32_t noun = clause != SG_NO_WORD ? r->info[clause].head : SG_NO_WORD;

    return sg_word_is_rel(r, to, SG_MARK) && sg_word_is(r, to, "to") && noun != SG_NO_WORD &&
           sg_word_is_rel(r, clause, SG_ACL) && sg_word_is_rel(r, noun, SG_OBJ) &&
           r->info[noun].head == word;
}

static uint32_t next_lemma(const sg_reading *r, uint32_t word, const char *lemma)
{
    uint32_t w = word + 1;

    while (w + 1 < sg_sentence_past(r, word) && strcmp(r->info[w].lemma, lemma) != 0)
        w++;
    return w;
}

/* Of entries with one preposition ("vote for", "vote against") the first that stands there, of
 * others the longest that fits. The chain has the longest first. */
static const sg_cue *choose(const struct node *chain, const sg_reading *r, uint32_t word)
{
    const sg_cue *nearest = NULL;
    uint32_t nearest_at = SG_NO_WORD;

    for (const struct node *node = chain; node != NULL; node = node->next) {
        const char *rest = node->cue.rest;
        uint32_t at;

        if (strchr(rest, ' ') != NULL || *rest == '\0') {
            if (rest_follows(r, word, rest) || hangs_below(r, word, rest))
                return nearest == NULL || takes_object(&node->cue, nearest, r, word) ? &node->cue
                                                                                     : nearest;
            continue;
        }
        at = hangs_at(r, word, rest);
        if (at == SG_NO_WORD && rest_follows(r, word, rest))
            at = next_lemma(r, word, rest);
        if (at != SG_NO_WORD && (is_naming(r, word, at) || is_of_object(r, word, at)))
            continue;
        if (at != SG_NO_WORD &&
            (nearest == NULL || (strcmp(nearest->rest, "with") == 0 && strcmp(rest, "to") == 0) ||
             (at < nearest_at &&
              !(strcmp(nearest->rest, "to") == 0 && strcmp(rest, "with") == 0)))) {
            nearest = &node->cue;
            nearest_at = at;
        }
    }
    return nearest;
}

/* The longest cue of a class that begins with words first..past, hyphens among them, of which the
 * last is taken as `last`. */
static const sg_cue *look_up(const sg_map *map, sg_cue_class class, const sg_reading *r,
                             uint32_t first, uint32_t past, const char *last)
{
    char key[64] = { (char) ('0' + (int) class) };
    size_t n = 1;
    uint64_t chain = 0;

    for (uint32_t w = first; w < past; w++) {
        for (const char *c = w + 1 == past ? last : r->lower[w]; *c != '\0'; c++) {
            if (n == sizeof key)
                return NULL;
            key[n++] = *c >= 'A' && *c <= 'Z' ? (char) (*c + 32) : *c;
        }
    }
    if (!sg_map_find(map, key, n, &chain))
        return NULL;
    return choose((const struct node *) (uintptr_t) chain, r, past - 1);
}

bool sg_is_hyphen(const sg_reading *r, uint32_t word)
{
    return word < r->word_count && sg_word_is(r, word, "-") &&
           !r->document->words[word - 1].space_after && !r->document->words[word].space_after;
}

/* "Hard-won" is three words to the parser and one in the lists. The cue of the hyphened words that
 * `word` heads, as they are written or with the lemma of the last ("witch-hunts"); what the parser
 * calls the last word of them ("won" a verb, "off" of "rip-off" an adverb) says little of the
 * whole, so the class of the tag is only the first that is tried. */
static const sg_cue *find_hyphened(const sg_map *map, sg_cue_class class, const sg_reading *r,
                                   uint32_t word)
{
    uint32_t first = word;
    uint32_t past = word + 1;
    const sg_cue *cue = NULL;

    while (first >= sg_sentence_first(r, word) + 2 && sg_is_hyphen(r, first - 1))
        first -= 2;
    while (past + 1 < sg_sentence_past(r, word) && sg_is_hyphen(r, past))
        past += 2;
    if (past - first == 1 || sg_span_head(r, first, past) != word)
        return NULL;
    for (int i = 0; i < 3 && cue == NULL; i++) {
        sg_cue_class tried = (sg_cue_class) (((int) class + i) % 3);

        cue = look_up(map, tried, r, first, past, r->lower[past - 1]);
        if (cue == NULL)
            cue = look_up(map, tried, r, first, past, r->info[past - 1].lemma);
    }
    return cue;
}

/* "Is opposed to", "pleased with": a participle with what the adjective takes, right behind it. */
static const sg_cue *find_participle(const sg_map *map, const sg_reading *r, uint32_t word)
{
    uint32_t features = SG_FEAT_PARTICIPLE | SG_FEAT_PAST;
    const char *next = word + 1 < sg_sentence_past(r, word) ? r->lower[word + 1] : "";
    const sg_cue *cue;

    if ((r->info[word].features & features) != features || sg_child(r, word, SG_OBJ) != SG_NO_WORD)
        return NULL;
    cue = look_up(map, SG_CUE_ADJECTIVE, r, word, word + 1, r->lower[word]);
    if (cue != NULL && *cue->frames == '\0' && sg_child(r, word, SG_OBL_AGENT) == SG_NO_WORD &&
        (sg_child(r, word, SG_AUX_PASS) != SG_NO_WORD || sg_word_is_rel(r, word, SG_XCOMP) ||
         sg_word_is_rel(r, word, SG_AMOD)))
        return cue; /* a judgement: "is flawed", "calls it flawed", "a flawed plan" */
    for (const char *frame = cue != NULL ? cue->frames : ""; *frame != '\0';) {
        size_t n = strcspn(frame, "|");

        if ((strlen(next) == n && memcmp(frame, next, n) == 0) ||
            (n == 4 && memcmp(frame, "comp", n) == 0 && strcmp(next, "that") == 0))
            return cue;
        frame += n + (frame[n] == '|');
    }
    return NULL;
}

/* "Scoffs", "stabs", "endangered", whose lemma is that of another tag: the form with another
 * ending. Short stems say too little: "bared" is not "bar". */
static const sg_cue *find_inflected(const sg_map *map, const sg_reading *r, uint32_t word)
{
    static const struct {
        const char *ending, *instead;
        size_t least;
    } ways[] = {
        { "ed", "", 4 }, { "d", "", 3 }, { "ing", "", 4 }, { "ing", "e", 2 }, { "s", "", 3 },
    };
    const char *form = r->lower[word];
    size_t len = strlen(form);

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        size_t n = strlen(ways[i].ending);
        const sg_cue *cue;

        if (len < n + ways[i].least || strcmp(form + len - n, ways[i].ending) != 0)
            continue;
        if (n == 1 && *ways[i].ending == 'd' && form[len - 2] != 'e')
            continue; /* "band" */
        cue = look_up(map, SG_CUE_VERB, r, word, word + 1,
                      sg_arena_printf(r->arena, "%.*s%s", (int) (len - n), form, ways[i].instead));
        if (cue != NULL)
            return cue;
    }
    return NULL;
}

static const sg_cue *find(const sg_map *map, const sg_reading *r, uint32_t word)
{
    sg_cue_class class = SG_CUE_ADJECTIVE;
    bool classed = true;
    const sg_cue *cue;

    switch (r->info[word].upos) {
    case SG_VERB:
        class = SG_CUE_VERB;
        break;
    case SG_NOUN:
    case SG_PROPN:
        class = SG_CUE_NOUN;
        break;
    case SG_ADJ:
        break;
    default:
        classed = false;
    }
    if (!classed && (sg_child_is(r, word, SG_MARK, "to") || sg_is_misread_verb(r, word))) {
        class = SG_CUE_VERB; /* "urged them to back it", read as an adverb */
        classed = true;
    }
    cue = find_hyphened(map, class, r, word);
    if (cue == NULL && class == SG_CUE_VERB)
        cue = find_participle(map, r, word);
    if (cue == NULL && classed)
        cue = look_up(map, class, r, word, word + 1, r->info[word].lemma);
    if (cue == NULL && class == SG_CUE_VERB && classed)
        cue = find_inflected(map, r, word);
    if (cue == NULL && class != SG_CUE_VERB && classed) /* "shambles", "embarrassed" */
        cue = look_up(map, class, r, word, word + 1, r->lower[word]);
    if (cue == NULL && class == SG_CUE_VERB && sg_child(r, word, SG_COP) != SG_NO_WORD)
        cue = look_up(map, SG_CUE_ADJECTIVE, r, word, word + 1, r->lower[word]); /* "is not fit" */
    if (cue == NULL && class == SG_CUE_ADJECTIVE && classed) {
        cue = look_up(map, SG_CUE_NOUN, r, word, word + 1, r->info[word].lemma);
        if (cue != NULL && *cue->rest == '\0')
            return NULL; /* else "dead end", "own goal" */
    }
    return cue;
}

/* Each word is looked up once: features ask for the same cues again and again. */
static const sg_cue *known(const sg_cue **at, const sg_map *map, const sg_reading *r, uint32_t word)
{
    static const sg_cue none = { .frames = "" };

    if (at[word] == NULL) {
        at[word] = find(map, r, word);
        if (at[word] == NULL)
            at[word] = &none;
    }
    return at[word] == &none ? NULL : at[word];
}

bool sg_is_opposing(const char *lemma)
{
    char key[64];
    uint64_t chain = 0;
    int n = snprintf(key, sizeof key, "%d%s", (int) SG_CUE_NOUN, lemma);

    (void) pthread_once(&once, read_lists);
    if (n < 0 || (size_t) n >= sizeof key || !sg_map_find(stances, key, (size_t) n, &chain))
        return false;
    for (const struct node *node = (const struct node *) (uintptr_t) chain; node != NULL;
         node = node->next) {
        if (node->cue.sign < 0 && node->cue.strength > 1)
            return true;
    }
    return false;
}

const sg_cue *sg_stance_cue(const sg_reading *reading, uint32_t word)
{
    (void) pthread_once(&once, read_lists);
    return known(reading->stance_cue_at, stances, reading, word);
}

const sg_cue *sg_evaluation_cue(const sg_reading *reading, uint32_t word)
{
    (void) pthread_once(&once, read_lists);
    return known(reading->evaluation_cue_at, evaluations, reading, word);
}
