/* The stage of stances: the scorer of extraction (src/extract/stance_features.c), from hand-coded
 * articles in the interchange JSON and from articles written for training (coded.h).
 *
 * Every pair of a holder and a target in a sentence is an example. It is positive when a coder
 * gave that holder a stance on that target and this sentence as evidence; it is left out when the
 * coder called the stance optional, or gave another sentence as evidence; else it is negative.
 * The threshold is the one with the best F1 over statements when each fifth of the newspaper
 * articles, in the order of their dates, is scored by weights from the others and from the written
 * ones. The weights that are kept know all articles. */

#include <dirent.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stance/codebook.h"
#include "stance/file.h"
#include "stance/map.h"
#include "stance/utf8.h"

#include "../extract/stance_internal.h"
#include "coded.h"
#include "pair_train.h"
#include "stages.h"

#define FOLDS      5
#define EPOCHS     6
#define NEWSPAPER  4  /* an example from a newspaper counts as much as so many of written ones */
#define SEEN_LEAST 4  /* features rarer than this are dropped */
#define REMEMBERED 50 /* articles from one set of weights to the next in the average */
#define EVIDENCES  8
#define THRESHOLDS 17

typedef enum label {
    NONE = -1,
    SUPPORT = SG_STANCE_SUPPORT,
    OPPOSE = SG_STANCE_OPPOSE,
    LEFT_OUT
} label;

typedef struct gold_stance {
    int actor; /* number of the coded entity */
    int sign;
    int target;           /* entity, or -1 */
    const char *position; /* or NULL */
    bool optional;
    sg_slice evidence[EVIDENCES];
    size_t evidence_count;
} gold_stance;

typedef struct example {
    uint32_t pair; /* of the trainer */
    label label;
    /* What statement it would become, for scoring: an index into the article's keys. */
    uint32_t key;
    int rule; /* sg_pair_rule() */
    uint32_t sentence;
} example;

typedef enum source { WIKINEWS, GOLD, WRITTEN, SOURCES } source;

typedef struct article {
    example *examples;
    size_t example_count;
    size_t example_capacity;
    sg_map *keys;           /* "holder|target" */
    signed char *gold_sign; /* per key and class: 1 wanted, 0 wrong, -1 neutral */
    size_t gold_count;      /* stances that are wanted */
    source source;
    size_t fold;
} article;

/* Where the pair of a coded stance was looked for in vain. */
typedef enum cover {
    COVERED,
    PAIR_ELSEWHERE, /* holder and target are paired, but in no sentence of the evidence */
    HOLDER_UNKNOWN, /* no actor of the article is the holder */
    HOLDER_NOT_HERE,
    TARGET_NOT_HERE,
    COVERS
} cover;

typedef struct trainer {
    const sg_train_options *options;
    const sg_model *model;
    sg_arena *arena;
    article *articles;
    size_t count;
    size_t capacity;
    source source;         /* of the articles now read */
    size_t covers[COVERS]; /* wanted stances by what became of their pair */
    sg_pair_trainer *pairs;
} trainer;

/* ---- gold ---- */

static const char *fold(sg_arena *arena, const char *text)
{
    const char *key = sg_utf8_fold(arena, text, strlen(text), NULL);

    return strncmp(key, "the ", 4) == 0 ? key + 4 : key;
}

/* Every name, alternative and mention of the coded entities -> number of the entity. */
static sg_map *gold_entities(json_t *gold, sg_arena *arena)
{
    static const char *const lists[] = { "persons", "organisations", "groups" };
    sg_map *map = sg_map_new();
    uint64_t number = 0;

    for (size_t l = 0; l < 3; l++) {
        json_t *entity;
        size_t i;

        json_array_foreach(json_object_get(gold, lists[l]), i, entity)
        {
            static const char *const forms[] = { "alt", "mentions" };
            const char *name = fold(arena, json_string_value(json_object_get(entity, "name")));

            (void) sg_map_put(map, name, strlen(name), number);
            for (size_t f = 0; f < 2; f++) {
                json_t *form;
                size_t j;

                json_array_foreach(json_object_get(entity, forms[f]), j, form)
                {
                    const char *key = fold(arena, json_string_value(form));

                    (void) sg_map_slot(map, key, strlen(key), number);
                }
            }
            number++;
        }
    }
    return map;
}

static int entity_of(const sg_map *map, sg_arena *arena, const char *name)
{
    const char *key = fold(arena, name);
    uint64_t number;

    return sg_map_find(map, key, strlen(key), &number) ? (int) number : -1;
}

static void add_evidence(gold_stance *stance, const sg_document *document, json_t *text)
{
    const char *quote = json_string_value(text);
    const char *at = quote != NULL ? strstr(document->text, quote) : NULL;

    if (at == NULL || stance->evidence_count == EVIDENCES)
        return;
    stance->evidence[stance->evidence_count++] =
        (sg_slice){ (uint32_t) (at - document->text),
                    (uint32_t) (at - document->text) + (uint32_t) strlen(quote) };
}

static gold_stance *gold_stances(json_t *gold, const sg_map *entities, const sg_document *document,
                                 sg_arena *arena, size_t *count_out)
{
    json_t *list = json_object_get(gold, "stances");
    gold_stance *stances = sg_arena_calloc(arena, json_array_size(list) + 1, sizeof *stances);
    json_t *item;
    size_t i;

    json_array_foreach(list, i, item)
    {
        const char *sign = json_string_value(json_object_get(item, "stance"));
        const char *target = json_string_value(json_object_get(item, "target"));
        const char *type = json_string_value(json_object_get(item, "target_type"));
        json_t *more;
        size_t j;

        stances[i].actor =
            entity_of(entities, arena, json_string_value(json_object_get(item, "actor")));
        stances[i].sign = strcmp(sign, "support") == 0 ? 1 : strcmp(sign, "oppose") == 0 ? -1 : 0;
        stances[i].target = -1;
        if (strcmp(type, "position") == 0)
            stances[i].position = target;
        else
            stances[i].target = entity_of(entities, arena, target);
        stances[i].optional = json_is_true(json_object_get(item, "optional"));
        add_evidence(&stances[i], document, json_object_get(item, "evidence"));
        json_array_foreach(json_object_get(item, "more_evidence"), j, more)
            add_evidence(&stances[i], document, more);
    }
    *count_out = json_array_size(list);
    return stances;
}

/* ---- examples ---- */

/* The coded entity of one of our actors: by its name, else by how the text mentions it. */
static int entity_of_actor(const sg_reading *r, const sg_map *entities, uint32_t actor)
{
    int number = entity_of(entities, r->arena, r->actors[actor].name);

    for (size_t i = 0; number < 0 && i < r->mention_count; i++) {
        const sg_mention *mention = &r->mentions[i];

        if (mention->actor == actor && mention->kind != SG_MENTION_PRONOUN)
            number =
                entity_of(entities, r->arena, sg_words_text(r, mention->first, mention->count));
    }
    return number;
}

static bool concerns(const sg_reading *r, const gold_stance *stance, const sg_pair *pair,
                     const int *entity)
{
    if (stance->actor < 0 || entity[pair->holder] != stance->actor)
        return false;
    if (pair->target_kind == SG_TARGET_POSITION)
        return stance->position != NULL &&
               strcmp(r->positions[pair->target].name, stance->position) == 0;
    return pair->target_kind == SG_TARGET_ACTOR && stance->target >= 0 &&
           entity[pair->target] == stance->target;
}

static bool shows(const sg_reading *r, const gold_stance *stance, uint32_t sentence)
{
    const sg_sentence *s = &r->document->sentences[sentence];

    for (size_t i = 0; i < stance->evidence_count; i++) {
        if (stance->evidence[i].start < s->end && s->start < stance->evidence[i].end)
            return true;
    }
    return false;
}

static label label_of(const sg_reading *r, const gold_stance *stances, size_t count,
                      const sg_pair *pair, const int *entity)
{
    label found = NONE;

    for (size_t i = 0; i < count; i++) {
        if (!concerns(r, &stances[i], pair, entity))
            continue;
        if (stances[i].optional || stances[i].sign == 0 || !shows(r, &stances[i], pair->sentence)) {
            if (found == NONE)
                found = LEFT_OUT;
            continue;
        }
        return stances[i].sign > 0 ? SUPPORT : OPPOSE;
    }
    return found;
}

static void key_text(const sg_reading *r, const sg_pair *pair, const int *entity, char key[256])
{
    const char *position =
        pair->target_kind == SG_TARGET_POSITION ? r->positions[pair->target].name : "";

    (void) snprintf(key, 256, "%d.%u|%d.%u|%s", entity[pair->holder],
                    entity[pair->holder] < 0 ? pair->holder : 0,
                    *position != '\0' ? 0 : entity[pair->target],
                    *position != '\0' || entity[pair->target] >= 0 ? 0 : pair->target, position);
}

static void add_example(trainer *t, article *a, const sg_reading *r, const sg_speech *speech,
                        const sg_pairs *pairs, const sg_pair *pair, label found, const int *entity)
{
    sg_pair_features features;
    char key[256];
    example *e;

    SG_GROW(a->examples, a->example_capacity, a->example_count + 1);
    e = &a->examples[a->example_count++];
    sg_stance_features(r, speech, pairs, pair, &features);
    if (t->source == WRITTEN)
        features.count = features.shared;
    e->pair = sg_pair_trainer_add(t->pairs, &features);
    e->rule = sg_pair_rule(pair);
    e->sentence = pair->sentence;
    e->label = found;
    key_text(r, pair, entity, key);
    e->key = (uint32_t) *sg_map_slot(a->keys, key, strlen(key), sg_map_size(a->keys));
}

/* What a statement for each key and sign would count in the score. */
static void grade_keys(article *a, const sg_reading *r, const sg_pairs *pairs,
                       const gold_stance *stances, size_t count, const int *entity)
{
    size_t keys = sg_map_size(a->keys);

    a->gold_sign = sg_calloc(keys * SG_STANCE_CLASSES + 1, 1);
    for (size_t i = 0; i < count; i++)
        a->gold_count += !stances[i].optional && stances[i].sign != 0;
    for (size_t p = 0; p < pairs->count; p++) {
        char key[256];
        uint64_t at;

        if (pairs->items[p].target_kind == SG_TARGET_EVENT)
            continue;
        key_text(r, &pairs->items[p], entity, key);
        if (!sg_map_find(a->keys, key, strlen(key), &at))
            continue;
        for (size_t i = 0; i < count; i++) {
            signed char *grade;

            if (stances[i].sign == 0 || !concerns(r, &stances[i], &pairs->items[p], entity))
                continue;
            grade = &a->gold_sign[at * SG_STANCE_CLASSES +
                                  (stances[i].sign > 0 ? SG_STANCE_SUPPORT : SG_STANCE_OPPOSE)];
            if (!stances[i].optional)
                *grade = 1;
            else if (*grade == 0)
                *grade = -1;
        }
    }
}

static bool is_target(const sg_reading *r, const gold_stance *stance, const sg_pair *pair,
                      const int *entity)
{
    if (pair->target_kind == SG_TARGET_POSITION)
        return stance->position != NULL &&
               strcmp(r->positions[pair->target].name, stance->position) == 0;
    return stance->target >= 0 && entity[pair->target] == stance->target;
}

static cover cover_of(const sg_reading *r, const sg_pairs *pairs, const gold_stance *stance,
                      const int *entity)
{
    bool known = false;
    bool holder = false;
    bool target = false;
    bool elsewhere = false;

    for (uint32_t i = 0; i < r->actor_count; i++)
        known = known || (stance->actor >= 0 && entity[i] == stance->actor);
    for (size_t i = 0; i < pairs->count; i++) {
        const sg_pair *pair = &pairs->items[i];
        bool here = shows(r, stance, pair->sentence);

        if (concerns(r, stance, pair, entity)) {
            if (here)
                return COVERED;
            elsewhere = true;
        }
        holder = holder || (here && stance->actor >= 0 && entity[pair->holder] == stance->actor);
        target = target || (here && is_target(r, stance, pair, entity));
    }
    if (elsewhere)
        return PAIR_ELSEWHERE;
    if (!known)
        return HOLDER_UNKNOWN;
    return holder || !target ? TARGET_NOT_HERE : HOLDER_NOT_HERE;
}

static void count_covers(trainer *t, const sg_reading *r, const sg_pairs *pairs,
                         const gold_stance *stances, size_t count, const int *entity)
{
    for (size_t i = 0; i < count; i++) {
        if (!stances[i].optional && stances[i].sign != 0)
            t->covers[cover_of(r, pairs, &stances[i], entity)]++;
    }
}

static sg_status read_article(trainer *t, const char *name, const char *text,
                              const sg_codebook *codebook, json_t *gold, sg_error *err)
{
    struct sg_extract_options options = { .codebook = codebook };
    sg_arena *arena = sg_arena_new();
    sg_document *document = NULL;
    sg_annotation *annotation = NULL;
    sg_status status = sg_document_read(name, text, strlen(text), arena, &document, err);

    if (status == SG_OK)
        status = sg_annotate(t->model, document, arena, &annotation, err);
    if (status == SG_OK) {
        sg_pairs pairs = { 0 };
        sg_speech *speech = NULL;
        sg_reading *r = sg_read_article(annotation, &options, arena, &speech, &pairs);
        sg_map *entities = gold_entities(gold, arena);
        size_t stance_count;
        gold_stance *stances = gold_stances(gold, entities, document, arena, &stance_count);
        int *entity = sg_arena_calloc(arena, r->actor_count + 1, sizeof *entity);
        article *a;

        SG_GROW(t->articles, t->capacity, t->count + 1);
        a = &t->articles[t->count++];
        memset(a, 0, sizeof *a);
        a->keys = sg_map_new();
        a->source = t->source;
        for (uint32_t i = 0; i < r->actor_count; i++)
            entity[i] = entity_of_actor(r, entities, i);
        for (size_t i = 0; i < pairs.count; i++) {
            if (pairs.items[i].target_kind != SG_TARGET_EVENT)
                add_example(t, a, r, speech, &pairs, &pairs.items[i],
                            label_of(r, stances, stance_count, &pairs.items[i], entity), entity);
        }
        grade_keys(a, r, &pairs, stances, stance_count, entity);
        count_covers(t, r, &pairs, stances, stance_count, entity);
        sg_map_free(entities);
    }
    sg_arena_free(arena);
    return status;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *) a, *(char *const *) b);
}

/* Names of the files of a folder that end in `ending`, without it, in order; in the arena. */
static sg_status list_folder(trainer *t, const char *path, const char *ending, char ***names_out,
                             size_t *count_out, sg_error *err)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    char **names = NULL;
    size_t capacity = 0;
    size_t count = 0;

    if (folder == NULL)
        return sg_error_set(err, SG_ERR_IO, "%s: cannot be read", path);
    while ((entry = readdir(folder)) != NULL) {
        size_t n = strlen(entry->d_name);

        if (n <= strlen(ending) || strcmp(entry->d_name + n - strlen(ending), ending) != 0)
            continue;
        SG_ARENA_GROW(t->arena, names, capacity, count + 1);
        names[count++] = sg_arena_strndup(t->arena, entry->d_name, n - strlen(ending));
    }
    (void) closedir(folder);
    if (count > 0)
        qsort(names, count, sizeof *names, by_name);
    *names_out = names;
    *count_out = count;
    return SG_OK;
}

/* All articles of a folder with gold and codebooks in one folder, texts in the other. */
static sg_status read_folder(trainer *t, const char *gold_folder, const char *article_folder,
                             sg_error *err)
{
    char **names;
    size_t count = 0;
    sg_status status = list_folder(t, gold_folder, ".json", &names, &count, err);

    for (size_t i = 0; i < count && status == SG_OK; i++) {
        char *gold_path = sg_arena_printf(t->arena, "%s/%s.json", gold_folder, names[i]);
        char *text_path = sg_arena_printf(t->arena, "%s/%s.txt", article_folder, names[i]);
        json_t *gold = json_load_file(gold_path, 0, NULL);
        const char *name = json_string_value(json_object_get(gold, "codebook"));
        sg_codebook *codebook = NULL;
        sg_strbuf text = SG_STRBUF_INIT;

        status = gold != NULL ? sg_file_read(text_path, 0, &text, err)
                              : sg_error_set(err, SG_ERR_INPUT, "%s: is no JSON", gold_path);
        if (status == SG_OK && name != NULL)
            status = sg_codebook_read(
                sg_arena_printf(t->arena, "%s/codebook-%s.csv", gold_folder, name), &codebook, err);
        if (status == SG_OK)
            status = read_article(t, text_path, sg_strbuf_text(&text), codebook, gold, err);
        sg_codebook_free(codebook);
        sg_strbuf_clear(&text);
        json_decref(gold);
    }
    return status;
}

static sg_status take_coded(const char *path, const sg_coded *coded, void *context, sg_error *err)
{
    return read_article(context, path, coded->text, coded->codebook, coded->gold, err);
}

/* ---- learning ---- */

/* Articles written for training are never left out and never scored. */
static bool is_in_fold(const article *a, size_t fold)
{
    return a->source != WRITTEN && a->fold == fold;
}

/* Of the pairs of written articles that say nothing, every other one is enough. */
static void learn_article(trainer *t, const article *a, size_t epoch)
{
    for (size_t i = 0; i < a->example_count; i++) {
        const example *e = &a->examples[i];

        if (e->label == LEFT_OUT ||
            (a->source == WRITTEN && e->label == NONE && (i + epoch) % 2 == 0))
            continue;
        sg_pair_trainer_learn(t->pairs, e->pair,
                              e->label == SUPPORT  ? 1
                              : e->label == OPPOSE ? -1
                                                   : 0,
                              a->source == WRITTEN ? 1.0F : (float) NEWSPAPER);
    }
}

/* Learns from all articles but those of `fold` (FOLDS: from all). */
static void learn(trainer *t, size_t fold_left_out)
{
    int epochs = t->options->epochs > 0 ? t->options->epochs : EPOCHS;
    size_t *order = sg_malloc((t->count + 1) * sizeof *order);

    sg_pair_trainer_start(t->pairs);
    for (int epoch = 0; epoch < epochs; epoch++) {
        sg_pair_trainer_shuffle(t->pairs, order, t->count);
        for (size_t i = 0; i < t->count; i++) {
            const article *a = &t->articles[order[i]];

            if (is_in_fold(a, fold_left_out))
                continue;
            learn_article(t, a, (size_t) epoch);
            if (epoch > 0 && i % REMEMBERED == 0)
                sg_pair_trainer_remember(t->pairs);
        }
    }
    sg_pair_trainer_settle(t->pairs);
    sg_free(order);
}

typedef struct tally {
    size_t right;
    size_t wrong;
    size_t turned; /* of the wrong: the coder has the other sign */
    size_t wanted;
} tally;

static float threshold_at(int i)
{
    return 0.10F + 0.04F * (float) i;
}

static void score_article(trainer *t, const article *a, tally tallies[THRESHOLDS])
{
    size_t keys = sg_map_size(a->keys) * SG_STANCE_CLASSES;
    float *best = sg_calloc(keys + 1, sizeof *best);
    float(*passages)[SG_STANCE_CLASSES] = sg_calloc(a->example_count + 1, sizeof *passages);
    uint32_t *statement_of = sg_calloc(a->example_count + 1, sizeof *statement_of);

    for (size_t e = 0; e < a->example_count; e++) {
        float scores[SG_PAIR_SIGNS];
        float p[SG_PAIR_CLASSES];

        sg_pair_trainer_scores(t->pairs, a->examples[e].pair, scores);
        sg_pair_softmax(scores, p);
        memcpy(passages[e], p, sizeof passages[e]);
        sg_stance_follow_rule(a->examples[e].rule, passages[e]);
        statement_of[e] = a->examples[e].key;
    }
    for (size_t first = 0, past = 0; first < a->example_count; first = past) {
        while (past < a->example_count && a->examples[past].sentence == a->examples[first].sentence)
            past++;
        sg_stance_take_sides(passages + first, statement_of + first, past - first);
    }
    for (size_t e = 0; e < a->example_count; e++)
        sg_stance_join(&best[(size_t) a->examples[e].key * SG_STANCE_CLASSES], passages[e]);
    for (size_t k = 0; k < keys; k += SG_STANCE_CLASSES)
        sg_stance_decide(&best[k]);
    for (int i = 0; i < THRESHOLDS; i++) {
        tallies[i].wanted += a->gold_count;
        for (size_t k = 0; k < keys; k++) {
            if (best[k] < threshold_at(i))
                continue;
            tallies[i].right += a->gold_sign[k] > 0;
            tallies[i].wrong += a->gold_sign[k] == 0;
            tallies[i].turned += a->gold_sign[k] == 0 && a->gold_sign[k ^ 1] > 0;
        }
    }
    sg_free(passages);
    sg_free(statement_of);
    sg_free(best);
}

static double f1(const tally *t)
{
    double found = (double) t->right + (double) t->wrong;

    return found + (double) t->wanted > 0 ? 2.0 * (double) t->right / (found + (double) t->wanted)
                                          : 0.0;
}

static void report_tally(const char *what, int i, const tally *t)
{
    sg_train_report("stance: %s, threshold %.2f  P %.3f R %.3f F1 %.3f, sign %.3f", what,
                    (double) threshold_at(i),
                    (double) t->right / ((double) t->right + (double) t->wrong + 1e-9),
                    (double) t->right / ((double) t->wanted + 1e-9), f1(t),
                    (double) t->right / ((double) t->right + (double) t->turned + 1e-9));
}

/* Neighbours are as good by chance: the threshold in the middle of good ones is the best. */
static double f1_around(const tally tallies[THRESHOLDS], int i)
{
    int first = i > 2 ? i - 2 : 0;
    int past = i + 3 < THRESHOLDS ? i + 3 : THRESHOLDS;
    double sum = 0;

    for (int k = first; k < past; k++)
        sum += f1(&tallies[k]);
    return sum / (past - first);
}

/* A statement that is not so costs a reader more than one that is missing: of thresholds whose F1
 * differs by no more than this, which two trainings do too, the highest. */
#define AS_GOOD 0.005

/* Articles about one dispute follow one another (files are named after their dates, and each folder
 * has its own): a fold is a run of articles, for what is read later is of other disputes. */
static void deal_folds(trainer *t)
{
    size_t newspapers = 0, dealt = 0;

    for (size_t i = 0; i < t->count; i++)
        newspapers += t->articles[i].source != WRITTEN;
    for (size_t i = 0; i < t->count; i++) {
        if (t->articles[i].source != WRITTEN)
            t->articles[i].fold = dealt++ * FOLDS / newspapers;
    }
}

static float cross_validate(trainer *t, sg_strbuf *about)
{
    static const char *const names[] = { "Wikinews", "gold" };
    tally tallies[WRITTEN][THRESHOLDS] = { 0 };
    tally both[THRESHOLDS] = { 0 };
    int best = 0;

    deal_folds(t);
    for (size_t fold = 0; fold < FOLDS; fold++) {
        learn(t, fold);
        for (size_t i = 0; i < t->count; i++) {
            if (is_in_fold(&t->articles[i], fold))
                score_article(t, &t->articles[i], tallies[t->articles[i].source]);
        }
    }
    for (int i = 0; i < THRESHOLDS; i++) {
        for (int s = 0; s < WRITTEN; s++) {
            both[i].right += tallies[s][i].right;
            both[i].wrong += tallies[s][i].wrong;
            both[i].turned += tallies[s][i].turned;
            both[i].wanted += tallies[s][i].wanted;
        }
        report_tally("all", i, &both[i]);
    }
    for (int i = 1; i < THRESHOLDS; i++) {
        if (f1_around(both, i) > f1_around(both, best))
            best = i;
    }
    for (int i = THRESHOLDS; --i > best;) {
        if (f1_around(both, i) > f1_around(both, best) - AS_GOOD)
            best = i;
    }
    for (int s = 0; s < WRITTEN; s++)
        report_tally(names[s], best, &tallies[s][best]);
    sg_strbuf_printf(
        about,
        "Learned from hand-coded news articles (Wikinews, CC BY 2.5, and others) and "
        "from articles written for training; on the former, five-fold cross-validated, "
        "F1 over statements %.3f at threshold %.2f.",
        f1(&both[best]), (double) threshold_at(best));
    return threshold_at(best);
}

static void count_examples(const trainer *t)
{
    size_t counts[4] = { 0 };
    size_t reachable = 0;
    size_t wanted = 0;

    for (size_t i = 0; i < t->count; i++) {
        const article *a = &t->articles[i];

        wanted += a->gold_count;
        for (size_t k = 0; k < sg_map_size(a->keys) * SG_STANCE_CLASSES; k++)
            reachable += a->gold_sign[k] > 0;
        for (size_t e = 0; e < a->example_count; e++)
            counts[a->examples[e].label + 1]++;
    }
    sg_train_report(
        "stance: %zu articles; examples: %zu none, %zu support, %zu oppose, %zu left out; "
        "%zu of %zu coded stances have a pair",
        t->count, counts[0], counts[1], counts[2], counts[3], reachable, wanted);
    sg_train_report("stance: in the sentences of their evidence %zu; not: %zu paired only in "
                    "others, %zu holder unknown, %zu holder not there, %zu target not there",
                    t->covers[COVERED], t->covers[PAIR_ELSEWHERE], t->covers[HOLDER_UNKNOWN],
                    t->covers[HOLDER_NOT_HERE], t->covers[TARGET_NOT_HERE]);
}

sg_status sg_train_stance(const sg_train_options *options, sg_model_writer *writer, sg_error *err)
{
    static const sg_pair_rates rates = { .rows = 0.01F, .dense = 0.01F, .l2 = 1e-3F, .kept = 0.7F };
    trainer t = { .options = options, .arena = sg_arena_new() };
    sg_model *model = NULL;
    sg_strbuf about = SG_STRBUF_INIT;
    const char *corpora = options->corpora;
    float threshold = 0;
    sg_status status = sg_model_writer_open(writer, &model, err);

    t.model = model;
    t.pairs = sg_pair_trainer_new(sg_word_vectors_new(model, t.arena), &rates, options->seed);
    if (status == SG_OK)
        status =
            read_folder(&t, sg_arena_printf(t.arena, "%s/../train/wikinews/gold", corpora),
                        sg_arena_printf(t.arena, "%s/../train/wikinews/articles", corpora), err);
    t.source = GOLD;
    if (status == SG_OK)
        status = read_folder(&t, sg_arena_printf(t.arena, "%s/../gold", corpora),
                             sg_arena_printf(t.arena, "%s/../articles", corpora), err);
    t.source = WRITTEN;
    if (status == SG_OK)
        status = sg_coded_read_folder(options->coded, take_coded, &t, err);
    if (status == SG_OK) {
        count_examples(&t);
        sg_pair_trainer_drop_rare(t.pairs, SEEN_LEAST);
        threshold = cross_validate(&t, &about);
        learn(&t, FOLDS);
        sg_pair_trainer_put(t.pairs, threshold, SG_STANCE_SECTION, writer);
        sg_model_writer_describe(writer, "stance", sg_strbuf_text(&about));
        sg_train_report("%s", sg_strbuf_text(&about));
    }
    for (size_t i = 0; i < t.count; i++) {
        sg_free(t.articles[i].examples);
        sg_map_free(t.articles[i].keys);
        sg_free(t.articles[i].gold_sign);
    }
    sg_free(t.articles);
    sg_pair_trainer_free(t.pairs);
    sg_strbuf_clear(&about);
    sg_model_close(model);
    sg_arena_free(t.arena);
    return status;
}
