#include <string.h>

#include "polarity_internal.h"
#include "stance_internal.h"

/* Holders are the actors that a sentence mentions, those who speak in it, and the subjects of the
 * sentence before. Targets are the positions of the codebook that it names, those that it may refer
 * back to ("the decision", "it"), what the article is mainly about, and the actors. Which of the
 * pairs means anything is for the scorer to say. */

#define HOLDERS_MAX 24
#define TARGETS_MAX 24
#define BACK        8 /* sentences that "the decision" can reach back */
#define NEAR        4 /* sentences that an elided object or a plain clause can */

struct end {
    uint32_t actor; /* or position */
    uint32_t word;
    sg_target_kind kind;
    sg_place place;
    const sg_naming *naming; /* of a position in a sentence; NULL: of none */
    uint32_t agent;          /* word of who does what the position names, or SG_NO_WORD */
};

struct finder {
    sg_reading *r;
    const sg_speech *speech;
    const sg_namings *named; /* by sentence */
    uint32_t *weight;        /* sentences that name the position */
    uint32_t main;           /* position, or SG_NO_POSITION */
    uint32_t main_actor;     /* the person mentioned most, or SG_NO_ACTOR */
    const sg_candidate **rules;
    uint32_t *rule_start;     /* by sentence: its first in `rules` */
    const uint8_t *negations; /* by word: how many hang on it */
};

struct sentence {
    const struct finder *f;
    sg_reading *r;
    uint32_t number;
    uint32_t first;
    uint32_t past;
    struct end holders[HOLDERS_MAX];
    size_t holder_count;
    struct end targets[TARGETS_MAX];
    size_t target_count;
};

static void add_holder(struct sentence *s, uint32_t actor, uint32_t word, sg_place place)
{
    if (actor == SG_NO_ACTOR || s->holder_count == HOLDERS_MAX || s->r->actors[actor].dropped)
        return;
    for (size_t i = 0; i < s->holder_count; i++) {
        if (s->holders[i].actor == actor &&
            (s->holders[i].word == word || place == SG_PLACE_BEFORE))
            return;
    }
    s->holders[s->holder_count++] =
        (struct end){ actor, word, SG_TARGET_ACTOR, place, NULL, SG_NO_WORD };
}

static void add_target(struct sentence *s, const struct end *target)
{
    if (s->target_count == TARGETS_MAX)
        return;
    for (size_t i = 0; i < s->target_count; i++) {
        const struct end *known = &s->targets[i];

        if (known->kind != target->kind || known->actor != target->actor)
            continue;
        if (target->kind == SG_TARGET_ACTOR && known->word != target->word)
            continue;
        return;
    }
    s->targets[s->target_count++] = *target;
}

/* ---- positions ---- */

static void weigh_positions(struct finder *f)
{
    sg_reading *r = f->r;
    const sg_document *d = r->document;

    f->main = SG_NO_POSITION;
    f->weight = sg_arena_calloc(r->arena, r->position_count + 1, sizeof *f->weight);
    for (uint32_t i = 0; i < d->sentence_count; i++) {
        for (size_t k = 0; k < f->named[i].count; k++)
            f->weight[f->named[i].items[k].position]++;
    }
    for (uint32_t p = 0; p < r->position_count; p++) {
        if (f->weight[p] > 1 && (f->main == SG_NO_POSITION || f->weight[p] > f->weight[f->main]))
            f->main = p;
    }
}

static uint32_t rank_of(const struct finder *f, uint32_t position)
{
    uint32_t rank = 0;

    for (uint32_t p = 0; p < f->r->position_count; p++)
        rank += f->weight[p] > f->weight[position];
    return rank;
}

/* ---- the ends of one sentence ---- */

static void find_actors(struct sentence *s)
{
    sg_reading *r = s->r;
    uint32_t seen = SG_NO_MENTION;

    for (uint32_t w = s->first; w < s->past; w++) {
        uint32_t mention = r->mention_at[w];
        uint32_t meant[SG_PERSONS_MEANT];
        size_t count = sg_word_is_rel(r, w, SG_NSUBJ) ? sg_persons_meant(r, w, meant) : 0;
        uint32_t actor;

        for (size_t i = 0; i < count; i++)
            add_holder(s, meant[i], w, SG_PLACE_HERE);
        if (count > 0)
            continue;

        if (s->f->speech->speaker[w] != SG_NO_ACTOR)
            add_holder(s, s->f->speech->speaker[w], SG_NO_WORD, SG_PLACE_SPEAKS);
        if (mention == SG_NO_MENTION &&
            (sg_word_is_rel(r, w, SG_NSUBJ) || sg_word_is_rel(r, w, SG_OBL_AGENT) ||
             sg_word_is_rel(r, w, SG_NSUBJ_PASS)))
            add_holder(s, sg_actor_or_group_at(r, w), w, SG_PLACE_HERE);
        mention = r->mention_at[w];
        if (mention == SG_NO_MENTION || mention == seen)
            continue;
        seen = mention;
        actor = r->mentions[mention].actor;
        if (actor == SG_NO_ACTOR || r->actors[actor].dropped ||
            sg_is_party_member(r, r->mentions[mention].head))
            continue;
        add_holder(s, actor, r->mentions[mention].head, SG_PLACE_HERE);
        add_target(s, &(struct end){ actor, r->mentions[mention].head, SG_TARGET_ACTOR,
                                     SG_PLACE_HERE, NULL, SG_NO_WORD });
    }
}

static bool is_subject(const sg_reading *r, uint32_t word)
{
    for (int step = 0; step < 4 && word != SG_NO_WORD; step++) {
        if (sg_word_is_rel(r, word, SG_NSUBJ) || sg_word_is_rel(r, word, SG_NSUBJ_PASS))
            return true;
        if (!sg_word_is_rel(r, word, SG_CONJ))
            return false;
        word = r->info[word].head;
    }
    return false;
}

static bool same_paragraph(const sg_reading *r, uint32_t a, uint32_t b)
{
    return r->document->sentences[a].paragraph == r->document->sentences[b].paragraph;
}

/* Subjects and speakers of the sentence before, if it stands in the same paragraph. */
static void find_actors_before(struct sentence *s)
{
    sg_reading *r = s->r;
    uint32_t first;

    if (s->number == 0 || !same_paragraph(r, s->number, s->number - 1))
        return;
    first = r->document->sentences[s->number - 1].first_word;
    for (uint32_t w = first; w < s->first; w++) {
        uint32_t actor = sg_actor_at(r, w);

        if (actor != SG_NO_ACTOR && is_subject(r, w))
            add_holder(s, actor, SG_NO_WORD, SG_PLACE_BEFORE);
    }
}

static uint32_t root_of(const struct sentence *s)
{
    for (uint32_t w = s->first; w < s->past; w++) {
        if (s->r->info[w].head == SG_NO_WORD)
            return w;
    }
    return s->first;
}

static void add_actor_outside(struct sentence *s, uint32_t actor, sg_place place)
{
    for (size_t i = 0; i < s->target_count; i++) {
        if (s->targets[i].kind == SG_TARGET_ACTOR && s->targets[i].actor == actor)
            return;
    }
    add_target(s, &(struct end){ actor, root_of(s), SG_TARGET_ACTOR, place, NULL, SG_NO_WORD });
}

/* Somebody's words, or a sentence without a name, may be about whom the sentence before them is
 * about, or about the main actor of the article. */
static void find_targets_before(struct sentence *s)
{
    sg_reading *r = s->r;

    if (s->number > 0) {
        uint32_t first = r->document->sentences[s->number - 1].first_word;

        for (uint32_t w = first; w < s->first; w++) {
            uint32_t actor = sg_actor_at(r, w);

            if (actor != SG_NO_ACTOR && r->mentions[r->mention_at[w]].head == w &&
                (is_subject(r, w) || sg_word_is_rel(r, w, SG_OBJ)))
                add_actor_outside(s, actor, SG_PLACE_BEFORE);
        }
    }
    if (s->f->main_actor != SG_NO_ACTOR)
        add_actor_outside(s, s->f->main_actor, SG_PLACE_MAIN);
}

static uint32_t find_main_actor(const sg_reading *r)
{
    uint32_t *counts = sg_arena_calloc(r->arena, r->actor_count + 1, sizeof *counts);
    uint32_t best = SG_NO_ACTOR;

    for (size_t i = 0; i < r->mention_count; i++) {
        uint32_t actor = r->mentions[i].actor;

        counts[actor]++;
        if (!r->actors[actor].dropped && r->actors[actor].kind == SG_ACTOR_PERSON &&
            (best == SG_NO_ACTOR || counts[actor] > counts[best]))
            best = actor;
    }
    return best;
}

/* ---- agents ---- */

/* "A, B and C said": where A stands. */
uint32_t sg_first_joined(const sg_reading *r, uint32_t word)
{
    for (int step = 0; step < 12 && word != SG_NO_WORD && sg_word_is_rel(r, word, SG_CONJ);
         step++) {
        if (r->info[word].head == SG_NO_WORD || sg_word_is_upos(r, r->info[word].head, SG_VERB))
            break;
        word = r->info[word].head;
    }
    return word;
}

/* Whose act a noun names: "her plan", "the withholding by X". */
static uint32_t agent_of_noun(const sg_reading *r, uint32_t noun)
{
    for (uint32_t w = sg_sentence_first(r, noun); w < sg_sentence_past(r, noun); w++) {
        uint32_t preposition = SG_NO_WORD;

        if (sg_principal_at(r, w) == SG_NO_ACTOR || !sg_is_below(r, w, noun))
            continue;
        if (r->info[w].head == noun &&
            (sg_word_is_rel(r, w, SG_NMOD_POSS) || sg_word_is_rel(r, w, SG_COMPOUND)))
            return w;
        preposition = sg_child(r, w, SG_CASE);
        if (w > noun && preposition != SG_NO_WORD && sg_word_is(r, preposition, "by"))
            return w;
    }
    return SG_NO_WORD;
}

/* The noun of "plan to close"; trees often hang the verb elsewhere. */
static uint32_t noun_before_infinitive(const sg_reading *r, uint32_t verb)
{
    if (verb < sg_sentence_first(r, verb) + 2 || !sg_word_is(r, verb - 1, "to") ||
        !sg_is_kind_of_proposal(r->info[verb - 2].lemma))
        return SG_NO_WORD;
    return verb - 2;
}

/* Who does what the word names: its subject, or the one whose threat, plan or decision it is. */
static uint32_t agent_of(const sg_reading *r, uint32_t word)
{
    uint32_t agent = SG_NO_WORD;

    for (int step = 0; step < 3 && word != SG_NO_WORD && agent == SG_NO_WORD; step++) {
        bool verb = sg_word_is_upos(r, word, SG_VERB);
        uint32_t noun = verb ? noun_before_infinitive(r, word) : SG_NO_WORD;

        if (noun != SG_NO_WORD) {
            word = noun;
            continue;
        }
        agent = verb ? sg_subject_of(r, word) : agent_of_noun(r, word);
        if (agent != SG_NO_WORD && sg_principal_at(r, agent) != SG_NO_ACTOR)
            return agent;
        agent = SG_NO_WORD;
        if (!sg_word_is_rel(r, word, SG_ACL) && !sg_word_is_rel(r, word, SG_XCOMP) &&
            !sg_word_is_rel(r, word, SG_NMOD))
            break;
        word = r->info[word].head;
    }
    return SG_NO_WORD;
}

/* Of what is not done nobody is the agent. */
static uint32_t agent_of_named(const struct sentence *s, uint32_t word)
{
    return s->f->negations[word] % 2 == 1 ? SG_NO_WORD : agent_of(s->r, word);
}

/* ---- the positions of one sentence ---- */

static void add_named_of(struct sentence *s, uint32_t number, uint32_t word, sg_place place)
{
    const sg_namings *named = &s->f->named[number];

    for (size_t i = 0; i < named->count; i++) {
        const sg_naming *naming = &named->items[i];
        bool here = place == SG_PLACE_HERE;

        add_target(s, &(struct end){ naming->position, here ? naming->word : word,
                                     SG_TARGET_POSITION, place, naming,
                                     here ? agent_of_named(s, naming->word) : SG_NO_WORD });
    }
}

/* What the nearest of the sentences before names. */
static void add_named_before(struct sentence *s, uint32_t word, uint32_t reach, sg_place place)
{
    for (uint32_t n = s->number; n-- > 0 && n + reach >= s->number;) {
        if (s->f->named[n].count > 0) {
            add_named_of(s, n, word, place);
            return;
        }
    }
}

/* True if the cue lists found a stance on what word `reference` refers to. */
static bool has_rule(const struct finder *f, uint32_t sentence, uint32_t reference)
{
    for (uint32_t i = f->rule_start[sentence]; i < f->rule_start[sentence + 1]; i++) {
        if (f->rules[i]->target_kind == SG_TARGET_POSITION &&
            f->rules[i]->target == SG_NO_POSITION && f->rules[i]->reference == reference)
            return true;
    }
    return false;
}

static size_t count_positions(const struct sentence *s, sg_place place)
{
    size_t count = 0;

    for (size_t i = 0; i < s->target_count; i++)
        count += s->targets[i].place == place && s->targets[i].kind == SG_TARGET_POSITION;
    return count;
}

static void find_positions(struct sentence *s)
{
    const sg_reading *r = s->r;
    uint32_t back = SG_NO_WORD;

    add_named_of(s, s->number, SG_NO_WORD, SG_PLACE_HERE);
    for (uint32_t w = s->first; w < s->past && back == SG_NO_WORD; w++) {
        if (sg_refers_back(r, w) && has_rule(s->f, s->number, w))
            back = w;
    }
    for (uint32_t w = s->first; w < s->past && back == SG_NO_WORD; w++) {
        if (sg_refers_back(r, w))
            back = w;
    }
    if (back != SG_NO_WORD) {
        add_named_before(s, back, BACK, SG_PLACE_BACK);
    } else {
        add_named_before(s, root_of(s), NEAR, SG_PLACE_BEFORE);
    }
    if (s->f->main != SG_NO_POSITION)
        add_target(s, &(struct end){ s->f->main, back != SG_NO_WORD ? back : root_of(s),
                                     SG_TARGET_POSITION, SG_PLACE_MAIN, NULL, SG_NO_WORD });
}

/* ---- pairs ---- */

static sg_agent agent_for(const sg_reading *r, const sg_pair *pair, uint32_t agent)
{
    if (agent == SG_NO_WORD)
        return SG_AGENT_NONE;
    return agent == sg_first_joined(r, pair->holder_word) ||
                   sg_principal_at(r, agent) == pair->holder
               ? SG_AGENT_SELF
               : SG_AGENT_OTHER;
}

static void add_pair(sg_reading *r, sg_pairs *out, const sg_pair *pair)
{
    SG_ARENA_GROW(r->arena, out->items, out->capacity, out->count + 1);
    out->items[out->count++] = *pair;
}

/* A position that no sentence names (position_naming.c). */
static bool is_about_stranger(const struct finder *f, const sg_candidate *rule)
{
    return rule->target_kind == SG_TARGET_POSITION && rule->target != SG_NO_POSITION &&
           f->weight[rule->target] == 0;
}

/* What the cue lists found, sentence by sentence: those of sentence i are rules[rule_start[i]] up
 * to rules[rule_start[i + 1]]. */
static void group_rules(struct finder *f, const sg_candidates *candidates)
{
    const sg_reading *r = f->r;
    size_t sentences = r->document->sentence_count;
    uint32_t *next = sg_arena_calloc(r->arena, sentences + 2, sizeof *next);

    f->rule_start = sg_arena_calloc(r->arena, sentences + 2, sizeof *f->rule_start);
    f->rules = sg_arena_calloc(r->arena, candidates->count + 1, sizeof *f->rules);
    for (size_t i = 0; i < candidates->count; i++)
        f->rule_start[r->sentence_of[candidates->items[i].word] + 1] +=
            !is_about_stranger(f, &candidates->items[i]);
    for (size_t i = 0; i < sentences; i++)
        f->rule_start[i + 1] += f->rule_start[i];
    memcpy(next, f->rule_start, (sentences + 1) * sizeof *next);
    for (size_t i = 0; i < candidates->count; i++) {
        if (!is_about_stranger(f, &candidates->items[i]))
            f->rules[next[r->sentence_of[candidates->items[i].word]]++] = &candidates->items[i];
    }
}

/* A word that refers back is about what the nearest sentence names, if that is one thing: its own
 * ("called the plan a mistake and vowed to stop it") or one before. */
static bool is_about(const sg_candidate *rule, const sg_pair *pair)
{
    if (rule->holder != pair->holder || rule->target_kind != pair->target_kind)
        return false;
    if (rule->target == pair->target)
        return true;
    if (rule->target != SG_NO_POSITION || !pair->alone)
        return false;
    return pair->target_place == SG_PLACE_HERE
               ? pair->target_word < rule->reference
               : pair->target_place == SG_PLACE_BACK && rule->reference == pair->target_word;
}

static const sg_candidate *rule_for(const struct finder *f, const sg_pair *pair)
{
    const sg_candidate *best = NULL;

    for (uint32_t i = f->rule_start[pair->sentence]; i < f->rule_start[pair->sentence + 1]; i++) {
        const sg_candidate *c = f->rules[i];

        if (is_about(c, pair) && (best == NULL || c->confidence > best->confidence))
            best = c;
    }
    return best;
}

/* What the lists found with a holder or target outside the sentence's own. */
static void add_rules(const struct finder *f, uint32_t sentence, size_t first_pair, sg_pairs *out)
{
    for (uint32_t i = f->rule_start[sentence]; i < f->rule_start[sentence + 1]; i++) {
        const sg_candidate *c = f->rules[i];
        bool known = c->target_kind == SG_TARGET_POSITION && c->target == SG_NO_POSITION;

        for (size_t p = first_pair; p < out->count && !known; p++)
            known = is_about(c, &out->items[p]);
        if (!known)
            add_pair(f->r, out,
                     &(sg_pair){ .holder = c->holder,
                                 .holder_word = SG_NO_WORD,
                                 .holder_place = SG_PLACE_BEFORE,
                                 .target_kind = c->target_kind,
                                 .target = c->target,
                                 .target_word = c->word,
                                 .sentence = sentence,
                                 .rule = c });
    }
}

/* Somebody's words may be about an actor whom the sentence does not mention; what a subject does,
 * only where it mentions nobody else. */
static bool may_mean_outside(const struct sentence *s, const sg_pair *pair)
{
    if (pair->holder_place == SG_PLACE_SPEAKS)
        return true;
    if (!is_subject(s->r, pair->holder_word))
        return false;
    for (size_t i = 0; i < s->target_count; i++) {
        if (s->targets[i].kind == SG_TARGET_ACTOR && s->targets[i].place == SG_PLACE_HERE &&
            s->targets[i].actor != pair->holder)
            return false;
    }
    return true;
}

static void pair_up(struct sentence *s, sg_pairs *out)
{
    bool alone_back = count_positions(s, SG_PLACE_BACK) == 1;
    bool alone_here = count_positions(s, SG_PLACE_HERE) == 1;

    for (size_t h = 0; h < s->holder_count; h++) {
        for (size_t t = 0; t < s->target_count; t++) {
            const struct end *holder = &s->holders[h];
            const struct end *target = &s->targets[t];
            sg_pair pair = { .holder = holder->actor,
                             .holder_word = holder->word,
                             .holder_place = holder->place,
                             .target_kind = target->kind,
                             .target = target->actor,
                             .target_word = target->word,
                             .target_place = target->place,
                             .naming = target->naming,
                             .sentence = s->number,
                             .alone = target->place == SG_PLACE_HERE ? alone_here : alone_back };

            if (pair.target_kind == SG_TARGET_ACTOR &&
                (pair.target == pair.holder || pair.holder_place == SG_PLACE_BEFORE ||
                 (pair.target_place != SG_PLACE_HERE && !may_mean_outside(s, &pair))))
                continue;
            if (pair.holder_place == SG_PLACE_BEFORE && pair.target_place != SG_PLACE_HERE)
                continue;
            if (pair.target_kind == SG_TARGET_POSITION) {
                pair.target_weight = s->f->weight[pair.target];
                pair.rank = rank_of(s->f, pair.target);
            }
            pair.rule = rule_for(s->f, &pair);
            pair.agent = agent_for(s->r, &pair, target->agent);
            add_pair(s->r, out, &pair);
        }
    }
}

static uint8_t *count_negations(const sg_reading *r)
{
    static const char *const negators[] = { "not",  "n't",     "never",  "no",     "nobody",
                                            "none", "without", "rather", "instead" };
    uint8_t *counts = sg_arena_calloc(r->arena, r->word_count + 1, sizeof *counts);

    for (uint32_t w = 0; w < r->word_count; w++) {
        uint32_t head = r->info[w].head;

        if (head != SG_NO_WORD && counts[head] < UINT8_MAX && SG_IS_ONE_OF(r->lower[w], negators) &&
            !sg_word_is_rel(r, w, SG_DISCOURSE))
            counts[head]++;
    }
    return counts;
}

/* What the polarity network thinks of the speaker's attitude to each target, whoever speaks. */
static void judge_spoken(const sg_reading *r, sg_pairs *out)
{
    out->spoken = sg_arena_calloc(r->arena, r->word_count + 1, sizeof *out->spoken);
    for (size_t i = 0; i < out->count; i++) {
        uint32_t word = out->items[i].target_word;

        if (out->spoken[word][SG_PAIR_NEUTRAL] == 0)
            (void) sg_polarity(r, r->polarity, SG_NO_WORD, word, out->spoken[word]);
    }
}

void sg_find_pairs(sg_reading *r, const sg_speech *speech, const sg_candidates *candidates,
                   sg_pairs *out)
{
    struct finder f = { .r = r, .speech = speech };

    f.negations = out->negations = count_negations(r);
    f.named = sg_find_namings(r);
    weigh_positions(&f);
    group_rules(&f, candidates);
    f.main_actor = find_main_actor(r);
    for (uint32_t i = 0; i < r->document->sentence_count; i++) {
        const sg_sentence *sentence = &r->document->sentences[i];
        struct sentence s = { .f = &f, .r = r, .number = i };
        size_t first_pair = out->count;

        s.first = sentence->first_word;
        s.past = sentence->first_word + sentence->word_count;
        if (sentence->word_count == 0 || r->skipped[s.first])
            continue;
        find_actors(&s);
        find_actors_before(&s);
        if (s.holder_count > 0)
            find_targets_before(&s);
        if (s.holder_count > 0)
            find_positions(&s);
        pair_up(&s, out);
        add_rules(&f, i, first_pair, out);
    }
    judge_spoken(r, out);
}
