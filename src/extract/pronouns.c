#include <math.h>
#include <string.h>

#include "pronouns_internal.h"

#define SENTENCES_BACK       4 /* for actors */
#define THING_SENTENCES_BACK 2
#define MENTIONS_BACK        500 /* counted; a bound for files that hold many articles */
#define WORDS_BACK           400 /* no sentences of prose so near are so long */
#define ACTORS_MAX           16
#define THINGS_MAX           14

sg_pronoun_kind sg_pronoun_kind_of(const char *lower)
{
    static const struct {
        const char *word;
        sg_pronoun_kind kind;
    } words[] = {
        { "he", SG_PRONOUN_HE },           { "him", SG_PRONOUN_HE },
        { "his", SG_PRONOUN_HE },          { "himself", SG_PRONOUN_HE },
        { "she", SG_PRONOUN_SHE },         { "her", SG_PRONOUN_SHE },
        { "hers", SG_PRONOUN_SHE },        { "herself", SG_PRONOUN_SHE },
        { "it", SG_PRONOUN_IT },           { "its", SG_PRONOUN_IT },
        { "itself", SG_PRONOUN_IT },       { "they", SG_PRONOUN_THEY },
        { "them", SG_PRONOUN_THEY },       { "their", SG_PRONOUN_THEY },
        { "themselves", SG_PRONOUN_THEY },
    };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(lower, words[i].word) == 0)
            return words[i].kind;
    return SG_NO_PRONOUN;
}

uint8_t *sg_pronoun_find_quoted(const sg_reading *r)
{
    uint8_t *quoted = sg_arena_calloc(r->arena, r->word_count + 1, 1);
    const sg_document *d = r->document;

    for (size_t p = 0; p < d->paragraph_count; p++) {
        bool open = false;

        for (uint32_t s = 0; s < d->paragraphs[p].sentence_count; s++) {
            const sg_sentence *sentence = &d->sentences[d->paragraphs[p].first_sentence + s];

            for (uint32_t i = 0; i < sentence->word_count; i++) {
                uint32_t w = sentence->first_word + i;

                if (strchr(r->lower[w], '"') != NULL)
                    open = !open;
                quoted[w] = open;
            }
        }
    }
    return quoted;
}

/* ---- antecedents ---- */

static bool fits_actor(const sg_actor_draft *actor, sg_pronoun_kind kind)
{
    switch (kind) {
    case SG_PRONOUN_HE:
        return actor->kind == SG_ACTOR_PERSON && actor->gender != SG_GENDER_FEMALE;
    case SG_PRONOUN_SHE:
        return actor->kind == SG_ACTOR_PERSON && actor->gender != SG_GENDER_MALE;
    case SG_PRONOUN_IT:
        return actor->kind == SG_ACTOR_ORGANISATION;
    case SG_PRONOUN_THEY:
        return actor->kind == SG_ACTOR_GROUP || actor->kind == SG_ACTOR_ORGANISATION;
    case SG_NO_PRONOUN:
        break;
    }
    return false;
}

static bool fits_thing(const sg_reading *r, uint32_t w, sg_pronoun_kind kind)
{
    const uint32_t people = SG_CLASS_TITLE | SG_CLASS_ROLE | SG_CLASS_FAMILY | SG_CLASS_PERSON_NOUN;
    bool plural = (r->info[w].features & SG_FEAT_PLURAL) != 0;

    if (!(sg_word_is_upos(r, w, SG_NOUN) || sg_word_is_proper(r, w)) ||
        r->mention_at[w] != SG_NO_MENTION || r->skipped[w] || sg_word_is_rel(r, w, SG_COMPOUND) ||
        sg_word_is_rel(r, w, SG_FLAT))
        return false;
    switch (kind) {
    case SG_PRONOUN_HE:
    case SG_PRONOUN_SHE:
        return !plural && ((r->classes[w] & people) != 0 || sg_word_is_proper(r, w));
    case SG_PRONOUN_IT:
        return !plural;
    case SG_PRONOUN_THEY:
        return plural || (r->classes[w] & SG_CLASS_COLLECTIVE) != 0 ||
               sg_child(r, w, SG_CONJ) != SG_NO_WORD;
    case SG_NO_PRONOUN:
        break;
    }
    return false;
}

static void add_item(sg_pronoun *q, uint32_t actor, uint32_t mention, uint32_t head)
{
    sg_antecedent *item = &q->items[q->count++];

    item->actor = actor;
    item->mention = mention;
    item->head = head;
    item->count = 1;
    item->total = 0;
    item->row_count = 0;
}

static sg_antecedent *find_actor(sg_pronoun *q, uint32_t actor)
{
    for (size_t i = 0; i < q->count; i++)
        if (q->items[i].actor == actor)
            return &q->items[i];
    return NULL;
}

static void find_actors(sg_pronoun *q, const uint32_t *recent, size_t recent_count)
{
    const sg_reading *r = q->reading;

    for (size_t i = recent_count; i-- > 0 && q->count < ACTORS_MAX;) {
        const sg_mention *m = &r->mentions[recent[i]];
        const sg_actor_draft *actor = &r->actors[m->actor];
        sg_antecedent *known;

        if (q->word > m->head + WORDS_BACK ||
            r->sentence_of[q->word] > r->sentence_of[m->head] + SENTENCES_BACK)
            break;
        if (actor->dropped || !fits_actor(actor, q->kind))
            continue;
        known = find_actor(q, m->actor);
        if (known != NULL)
            known->count++;
        else
            add_item(q, m->actor, recent[i], m->head);
    }
    for (size_t i = recent_count > MENTIONS_BACK ? recent_count - MENTIONS_BACK : 0;
         i < recent_count; i++) {
        sg_antecedent *known = find_actor(q, r->mentions[recent[i]].actor);

        if (known != NULL)
            known->total++;
    }
}

/* The same noun twice is one thing. */
static bool is_known_thing(sg_pronoun *q, uint32_t word)
{
    const sg_reading *r = q->reading;

    for (size_t i = 0; i < q->count; i++) {
        if (q->items[i].actor == SG_NO_ACTOR &&
            strcmp(r->info[q->items[i].head].lemma, r->info[word].lemma) == 0) {
            q->items[i].count++;
            return true;
        }
    }
    return false;
}

static void find_things(sg_pronoun *q)
{
    const sg_reading *r = q->reading;
    size_t actors = q->count;

    for (uint32_t w = q->word; w-- > 0 && q->count < actors + THINGS_MAX;) {
        if (q->word - w > WORDS_BACK ||
            r->sentence_of[q->word] > r->sentence_of[w] + THING_SENTENCES_BACK)
            break;
        if (fits_thing(r, w, q->kind) && !is_known_thing(q, w))
            add_item(q, SG_NO_ACTOR, SG_NO_MENTION, w);
    }
}

void sg_pronoun_find_antecedents(sg_pronoun *question, const uint32_t *recent, size_t recent_count)
{
    question->count = 0;
    find_actors(question, recent, recent_count);
    find_things(question);
    add_item(question, SG_NO_ACTOR, SG_NO_MENTION, SG_NO_WORD);
    sg_pronoun_features_of(question);
}

/* ---- the answer ---- */

void sg_pronoun_softmax(float *scores, size_t count)
{
    float best = scores[0];
    float sum = 0;

    for (size_t i = 1; i < count; i++)
        best = fmaxf(best, scores[i]);
    for (size_t i = 0; i < count; i++) {
        scores[i] = expf(scores[i] - best);
        sum += scores[i];
    }
    for (size_t i = 0; i < count; i++)
        scores[i] /= sum;
}

uint32_t sg_pronoun_decide(const sg_pronoun *q, const float *probabilities, float threshold)
{
    uint32_t actor = SG_NO_ACTOR;
    float best = threshold;

    for (size_t i = 0; i < q->count; i++) {
        if (q->items[i].actor != SG_NO_ACTOR && probabilities[i] >= best) {
            best = probabilities[i];
            actor = q->items[i].actor;
        }
    }
    return actor;
}

uint32_t sg_pronoun_resolve(const sg_pronoun_model *model, const sg_pronoun *q)
{
    float scores[SG_ANTECEDENTS_MAX] = { 0 };

    for (size_t i = 0; i < q->count; i++) {
        float sum = 0;

        for (size_t k = 0; k < q->items[i].row_count; k++)
            sum += (float) model->rows[q->items[i].rows[k]];
        scores[i] = sum * model->scale;
    }
    sg_pronoun_softmax(scores, q->count);
    return sg_pronoun_decide(q, scores, model->threshold);
}

const sg_pronoun_model *sg_pronoun_model_of(const sg_model *model)
{
    size_t size = 0;
    const void *bytes = model != NULL ? sg_model_section(model, SG_PRONOUN_SECTION, &size) : NULL;

    return size == sizeof(sg_pronoun_model) ? bytes : NULL;
}
