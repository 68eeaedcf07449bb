#include <pthread.h>
#include <string.h>

#include "stance/map.h"
#include "stance/mem.h"

#include "event_internal.h"

/* data/lexicons/events.csv: nouns and verbs that say that something happens. */

#define COLUMNS 5

static pthread_once_t once = PTHREAD_ONCE_INIT;
static sg_arena *arena;
static sg_map *words; /* 'n' or 'v' and the word -> sg_event_word * */

static void add_word(char **cells, size_t count)
{
    sg_event_word *word = sg_arena_alloc(arena, sizeof *word);
    char *key;

    if (count < COLUMNS)
        return;
    word->text = cells[0];
    word->kind = cells[2];
    word->name = cells[3];
    word->alone = cells[4][0] == 'y';
    key = sg_arena_printf(arena, "%c%s", cells[1][0], cells[0]);
    (void) sg_map_put(words, key, strlen(key), (uint64_t) (uintptr_t) word);
}

static void read_list(void)
{
    arena = sg_arena_new();
    words = sg_map_new();
    sg_lexicon_read_table("events.csv", COLUMNS, arena, add_word);
}

/* The entry for the texts, one after the other, in lower case. */
static const sg_event_word *look_up(char class, const char *const *texts, size_t count)
{
    char key[64] = { class };
    size_t n = 1;
    uint64_t found = 0;

    for (size_t i = 0; i < count; i++) {
        for (const char *c = texts[i]; *c != '\0'; c++) {
            if (n == sizeof key)
                return NULL;
            key[n++] = *c >= 'A' && *c <= 'Z' ? (char) (*c + 32) : *c;
        }
    }
    return sg_map_find(words, key, n, &found) ? (const sg_event_word *) (uintptr_t) found : NULL;
}

/* "call off", "drop out", "call for". */
static const sg_event_word *with_particle(const sg_reading *r, uint32_t verb)
{
    uint32_t particle = sg_child(r, verb, SG_COMPOUND_PRT);

    if (particle == SG_NO_WORD)
        particle = verb + 1;
    if (particle >= sg_sentence_past(r, verb))
        return NULL;
    return look_up('v', (const char *[]){ r->info[verb].lemma, " ", r->lower[particle] }, 3);
}

/* "phone call", "sit-in" (three words to the parser). */
static const sg_event_word *with_neighbour(const sg_reading *r, uint32_t noun)
{
    const sg_event_word *found = NULL;

    if (noun > sg_sentence_first(r, noun))
        found = look_up('n', (const char *[]){ r->lower[noun - 1], " ", r->info[noun].lemma }, 3);
    if (found == NULL && noun + 2 < sg_sentence_past(r, noun) && sg_word_is(r, noun + 1, "-"))
        found = look_up('n', (const char *[]){ r->lower[noun], "-", r->lower[noun + 2] }, 3);
    return found;
}

const sg_event_word *sg_event_word_at(const sg_reading *r, uint32_t word)
{
    const sg_event_word *found;
    char class;

    (void) pthread_once(&once, read_list);
    if (sg_word_is_upos(r, word, SG_VERB)) {
        class = 'v';
        found = with_particle(r, word);
    } else if (sg_word_is_upos(r, word, SG_NOUN) || sg_word_is_upos(r, word, SG_PROPN)) {
        class = 'n';
        found = with_neighbour(r, word);
    } else {
        return NULL;
    }
    if (found == NULL)
        found = look_up(class, &r->info[word].lemma, 1);
    if (found == NULL)
        found = look_up(class, &r->lower[word], 1);
    return found;
}
