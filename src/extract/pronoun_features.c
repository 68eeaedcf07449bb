/* What the ranker of antecedents sees: how far back one was named, as what part of its sentence and
 * as what part of which verb, what kind of thing it is, whether it was just spoken of by the same
 * pronoun, who is quoted, and what the pronoun does. Most of it is the classical list (Lappin and
 * Leass 1994; Ng and Cardie 2002). Names are never features. Each feature stands once for all
 * pronouns and once for those of one kind. */

#include <string.h>

#include "stance/map.h"

#include "pronouns_internal.h"
#include "speech_internal.h"

/* Numbers of the templates; they only have to differ. */
enum {
    F_NOTHING = 1,
    F_FORM,
    F_RELATION,
    F_VERB,
    F_VERB_FORM,
    F_NEXT,
    F_BEFORE,
    F_FIRST,
    F_CLAUSE,
    F_QUOTED,
    F_ACTORS,
    F_THINGS,
    F_NEAREST,
    F_TYPE,
    F_TYPE_FORM,
    F_TYPE_DISTANCE,
    F_RANK,
    F_FELLOW_RANK,
    F_WORDS,
    F_ROLE,
    F_ROLE_DISTANCE,
    F_ROLES,
    F_MENTION,
    F_LAST,
    F_SAME_PRONOUN,
    F_COUNT,
    F_BEGINS,
    F_FELLOW_ARGUMENT,
    F_ABOVE,
    F_OVER,
    F_QUOTES,
    F_SPEAKERS,
    F_CLASS,
    F_LEMMA,
    F_VERB_TYPE,
    F_VERB_CLASS,
    F_PARAGRAPHS,
    F_SAME_VERB,
    F_SUBJECTS_BETWEEN,
    F_TOPIC,
    F_TOPMOST,
    F_RIVAL,
    F_CLAUSE_UNDER,
    F_RELATIVE,
};

typedef struct maker {
    const sg_pronoun *q;
    const sg_reading *r;
    sg_antecedent *out;
    uint32_t verb; /* that the pronoun hangs on, or SG_NO_WORD */
} maker;

/* ---- putting ---- */

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9e3779b97f4a7c15U;
    return hash ^ (hash >> 29);
}

static void put_row(sg_antecedent *out, uint64_t hash)
{
    if (out->row_count < SG_PRONOUN_ROWS_MAX)
        out->rows[out->row_count++] =
            (uint32_t) ((hash * 0xbf58476d1ce4e5b9U) >> (64 - SG_PRONOUN_BITS));
}

static void put(maker *m, uint64_t template, uint64_t a, uint64_t b)
{
    uint64_t hash = mix(mix(mix(0x70726f, template), a), b);

    put_row(m->out, hash);
    put_row(m->out, mix(hash, m->q->kind));
}

static uint64_t text_key(const char *text)
{
    return sg_hash_bytes(text, strlen(text), 11);
}

static uint64_t least(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* ---- words ---- */

static bool is_subject(const sg_reading *r, uint32_t w)
{
    return sg_word_is_rel(r, w, SG_NSUBJ) || sg_word_is_rel(r, w, SG_NSUBJ_PASS);
}

/* What the word hangs on, past the nouns that it is only a part of. */
static uint32_t verb_over(const sg_reading *r, uint32_t w)
{
    for (int steps = 0; steps < 6; steps++) {
        bool argument = is_subject(r, w) || sg_word_is_rel(r, w, SG_OBJ);

        if (r->info[w].head == SG_NO_WORD)
            return SG_NO_WORD;
        w = r->info[w].head;
        if (argument || sg_word_is_upos(r, w, SG_VERB))
            return w;
    }
    return w;
}

static bool is_speaker(const sg_reading *r, uint32_t w)
{
    uint32_t verb = r->info[w].head;

    return verb != SG_NO_WORD && sg_word_is_rel(r, w, SG_NSUBJ) && sg_is_speech_verb(r, verb);
}

static uint64_t length_class(uint64_t n)
{
    uint64_t c = 0;

    for (; n > 0; n >>= 1)
        c++;
    return c;
}

/* ---- nothing that was named ---- */

/* "it is clear that ..": relation of the clause after the pronoun that it may stand for. */
static uint64_t clause_after(const sg_reading *r, uint32_t w, uint32_t verb)
{
    static const sg_deprel clauses[] = { SG_CSUBJ, SG_CCOMP, SG_XCOMP,
                                         SG_ADVCL, SG_ACL,   SG_ACL_RELCL };
    uint64_t found = 0;

    for (size_t i = 0; verb != SG_NO_WORD && i < sizeof clauses / sizeof clauses[0]; i++) {
        uint32_t child = sg_child(r, verb, clauses[i]);

        if (child != SG_NO_WORD && child > w)
            found |= (uint64_t) 1 << i;
    }
    return found;
}

static void put_nothing(maker *m, size_t actors, size_t things)
{
    const sg_reading *r = m->r;
    uint32_t w = m->q->word;
    uint32_t verb = m->verb;
    uint64_t relation = r->info[w].deprel;
    uint64_t upos = verb != SG_NO_WORD ? r->info[verb].upos : SG_UPOS_COUNT;
    uint64_t lemma = verb != SG_NO_WORD ? text_key(r->info[verb].lemma) : 0;

    put(m, F_NOTHING, 0, 0);
    put(m, F_FORM, text_key(r->lower[w]), 0);
    put(m, F_RELATION, relation, upos);
    put(m, F_VERB, lemma, 0);
    put(m, F_VERB_FORM, lemma, relation);
    put(m, F_CLAUSE, clause_after(r, w, verb), upos);
    put(m, F_CLAUSE, clause_after(r, w, verb) + 64, lemma);
    put(m, F_FIRST, w == sg_sentence_first(r, w), 0);
    put(m, F_QUOTED, m->q->quoted[w], 0);
    if (w + 1 < r->word_count)
        put(m, F_NEXT, text_key(r->lower[w + 1]), 0);
    if (w > sg_sentence_first(r, w))
        put(m, F_BEFORE, text_key(r->lower[w - 1]), 0);
    put(m, F_ACTORS, least(actors, 5), 0);
    put(m, F_THINGS, least(things, 5), 0);
    if (actors > 0)
        put(m, F_NEAREST, r->sentence_of[w] - r->sentence_of[m->q->items[0].head], 0);
}

/* ---- an antecedent ---- */

static uint64_t type_of(const maker *m)
{
    const sg_reading *r = m->r;
    uint32_t w = m->out->head;
    const sg_actor_draft *actor;

    if (m->out->actor == SG_NO_ACTOR)
        return 100 + (sg_word_is_proper(r, w) ? 1U : 0U) +
               ((r->info[w].features & SG_FEAT_PLURAL) ? 2U : 0U);
    actor = &r->actors[m->out->actor];
    return (uint64_t) actor->kind * 8 + (actor->gender != SG_GENDER_UNKNOWN ? 4U : 0U) +
           (actor->plural ? 2U : 0U) + (actor->is_place ? 1U : 0U);
}

static void put_type(maker *m, uint64_t type, size_t rank, size_t fellow_rank)
{
    const sg_reading *r = m->r;
    uint32_t w = m->q->word;
    uint32_t head = m->out->head;
    uint64_t thing = m->out->actor == SG_NO_ACTOR;
    uint64_t form = text_key(r->lower[w]);
    uint64_t distance = r->sentence_of[w] - r->sentence_of[head];
    uint32_t classes = thing ? r->classes[head] : r->actors[m->out->actor].classes;

    put(m, F_TYPE, type, 0);
    put(m, F_TYPE_FORM, type, form);
    put(m, F_TYPE_DISTANCE, type, distance);
    put(m, F_RANK, least(rank, 8), thing);
    put(m, F_FELLOW_RANK, least(fellow_rank, 6), thing);
    put(m, F_FELLOW_RANK, least(fellow_rank, 6) + 16, thing * 8 + distance);
    put(m, F_WORDS, length_class(w - head), thing);
    for (uint64_t bit = 0; bit < 31; bit++)
        if (classes >> bit & 1)
            put(m, F_CLASS, bit, thing);
    if (thing && !sg_word_is_proper(r, head))
        put(m, F_LEMMA, text_key(r->info[head].lemma), 0);
    if (m->verb != SG_NO_WORD) {
        uint64_t verb = text_key(r->info[m->verb].lemma);

        put(m, F_VERB_TYPE, mix(verb, r->info[w].deprel), thing);
        put(m, F_VERB_CLASS,
            (r->classes[m->verb] & (SG_CLASS_SPEECH | SG_CLASS_ACT)) + r->info[w].deprel, type);
    }
}

static void put_roles(maker *m)
{
    const sg_reading *r = m->r;
    uint32_t w = m->q->word;
    uint32_t head = m->out->head;
    uint64_t role = r->info[head].deprel;
    uint64_t thing = m->out->actor == SG_NO_ACTOR;
    uint64_t distance = r->sentence_of[w] - r->sentence_of[head];
    uint64_t own = r->info[w].deprel;
    uint32_t verb = verb_over(r, head);
    uint64_t fellows = 0;

    put(m, F_ROLE, role, thing);
    put(m, F_ROLE_DISTANCE, role * 8 + distance, thing);
    put(m, F_ROLES, role * 64 + own, least(distance, 2));
    put(m, F_BEGINS, head < sg_sentence_first(r, head) + 3, thing);
    if (r->info[head].head == r->info[w].head && r->info[w].head != SG_NO_WORD)
        put(m, F_FELLOW_ARGUMENT, own, strstr(r->lower[w], "sel") != NULL);
    if (sg_is_below(r, w, head))
        put(m, F_ABOVE, own, r->info[w].head == head);
    if (verb != SG_NO_WORD && distance == 0) {
        put(m, F_OVER, (sg_is_below(r, w, verb) ? 1U : 0U) + (verb == m->verb ? 2U : 0U), role);
        put(m, F_OVER, (sg_is_speech_verb(r, verb) ? 2U : 0U) + 64, sg_is_below(r, w, verb));
    }
    if (distance > 0 && verb != SG_NO_WORD && m->verb != SG_NO_WORD)
        put(m, F_SAME_VERB, strcmp(r->info[verb].lemma, r->info[m->verb].lemma) == 0,
            is_subject(r, head) && is_subject(r, w));
    if (m->verb != SG_NO_WORD && verb != SG_NO_WORD && r->info[m->verb].head == verb)
        put(m, F_CLAUSE_UNDER, r->info[m->verb].deprel, role * 64 + own);
    if (m->verb != SG_NO_WORD && r->info[m->verb].head == head)
        put(m, F_RELATIVE, r->info[m->verb].deprel, own);
    for (uint32_t i = head + 1; i < w; i++)
        fellows += is_subject(r, i);
    put(m, F_SUBJECTS_BETWEEN, least(fellows, 5), is_subject(r, head));
}

/* How much of the article so far is about the actor. */
static void put_topic(maker *m)
{
    const sg_pronoun *q = m->q;
    const sg_actor_draft *actors = m->r->actors;
    uint32_t most = 0;
    bool rival = false;

    for (size_t i = 0; i < q->count; i++) {
        const sg_antecedent *other = &q->items[i];

        if (other->actor == SG_NO_ACTOR || other == m->out)
            continue;
        most = other->total > most ? other->total : most;
        rival = rival || actors[other->actor].gender != SG_GENDER_UNKNOWN;
    }
    put(m, F_TOPIC, length_class(m->out->total), 0);
    put(m, F_TOPMOST, m->out->total > most, least(length_class(m->out->total), 3));
    put(m, F_RIVAL, actors[m->out->actor].gender != SG_GENDER_UNKNOWN, rival);
}

static void put_discourse(maker *m)
{
    const sg_reading *r = m->r;
    const sg_pronoun *q = m->q;
    uint32_t w = q->word;
    uint32_t head = m->out->head;
    uint64_t thing = m->out->actor == SG_NO_ACTOR;
    uint64_t same = r->sentence_of[w] == r->sentence_of[head];
    uint64_t quotes = (q->quoted[w] ? 2U : 0U) + (q->quoted[head] ? 1U : 0U);

    put(m, F_COUNT, least(m->out->count, 5), thing);
    put(m, F_QUOTES, quotes * 2 + same, thing);
    put(m, F_SPEAKERS, (is_speaker(r, head) ? 1U : 0U) + (is_speaker(r, w) ? 2U : 0U),
        quotes * 2 + same);
    put(m, F_PARAGRAPHS,
        r->document->sentences[r->sentence_of[w]].paragraph ==
            r->document->sentences[r->sentence_of[head]].paragraph,
        thing);
    if (thing)
        return;
    put_topic(m);
    put(m, F_LAST, q->last_actor == SG_NO_ACTOR ? 2U : q->last_actor == m->out->actor, 0);
    put(m, F_MENTION, r->mentions[m->out->mention].kind, r->info[head].deprel);
    if (r->mentions[m->out->mention].kind == SG_MENTION_PRONOUN) {
        put(m, F_SAME_PRONOUN, sg_pronoun_kind_of(r->lower[head]) == q->kind, 0);
        put(m, F_SAME_PRONOUN, strcmp(r->lower[head], r->lower[w]) == 0, 1 + same);
    }
}

void sg_pronoun_features_of(sg_pronoun *q)
{
    maker m = { q, q->reading, NULL, verb_over(q->reading, q->word) };
    size_t actors = 0;
    size_t things = 0;

    for (size_t i = 0; i + 1 < q->count; i++) {
        const sg_antecedent *item = &q->items[i];
        size_t rank = 0;

        m.out = &q->items[i];
        for (size_t k = 0; k + 1 < q->count; k++)
            rank += q->items[k].head > item->head;
        put_type(&m, type_of(&m), rank, item->actor != SG_NO_ACTOR ? actors : things);
        put_roles(&m);
        put_discourse(&m);
        if (item->actor != SG_NO_ACTOR)
            actors++;
        else
            things++;
    }
    m.out = &q->items[q->count - 1];
    put_nothing(&m, actors, things);
}
