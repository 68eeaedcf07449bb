#include <stdint.h>
#include <string.h>

#include "stance/annotation_io.h"
#include "stance/utf8.h"

#include "language_internal.h"

/* White space in a word or sentence would break the columns. */
static void put_plain(const sg_document *document, uint32_t start, uint32_t end, FILE *stream)
{
    for (uint32_t i = start; i < end; i++) {
        char c = document->text[i];

        (void) fputc(c == '\t' || c == '\n' || c == '\r' || c == '\0' ? ' ' : c, stream);
    }
}

/* ---- CoNLL-U -------------------------------------------------------------------------------- */

/* Features in alphabetical order, as the format asks. */
static const struct {
    uint32_t bit;
    const char *text;
} feature_names[] = {
    { SG_FEAT_COMPARATIVE, "Degree=Cmp" },   { SG_FEAT_SUPERLATIVE, "Degree=Sup" },
    { SG_FEAT_IMPERATIVE, "Mood=Imp" },      { SG_FEAT_PLURAL, "Number=Plur" },
    { SG_FEAT_FIRST, "Person=1" },           { SG_FEAT_SECOND, "Person=2" },
    { SG_FEAT_THIRD, "Person=3" },           { SG_FEAT_POSSESSIVE, "Poss=Yes" },
    { SG_FEAT_PAST, "Tense=Past" },          { SG_FEAT_PRESENT, "Tense=Pres" },
    { SG_FEAT_GERUND, "VerbForm=Ger" },      { SG_FEAT_INFINITIVE, "VerbForm=Inf" },
    { SG_FEAT_PARTICIPLE, "VerbForm=Part" }, { SG_FEAT_PASSIVE, "Voice=Pass" },
};

static void put_features(uint32_t features, FILE *stream)
{
    const char *before = "";

    for (size_t i = 0; i < sizeof feature_names / sizeof *feature_names; i++) {
        if ((features & feature_names[i].bit) == 0)
            continue;
        (void) fprintf(stream, "%s%s", before, feature_names[i].text);
        before = "|";
    }
    if (before[0] == '\0')
        (void) fputc('_', stream);
}

/* Line of a multi-word token that starts at word `w`, if one does. */
static void put_token_range(const sg_annotation *annotation, const sg_sentence *sentence,
                            uint32_t w, FILE *stream)
{
    const sg_word *words = annotation->document->words;
    uint32_t end = sentence->first_word + sentence->word_count;
    uint32_t last = w;

    if (!words[w].joined_next || (w > sentence->first_word && words[w - 1].joined_next))
        return;
    while (last + 1 < end && words[last].joined_next)
        last++;
    (void) fprintf(stream, "%u-%u\t", w - sentence->first_word + 1,
                   last - sentence->first_word + 1);
    put_plain(annotation->document, words[w].start, words[last].end, stream);
    (void) fprintf(stream, "\t_\t_\t_\t_\t_\t_\t_\t%s\n",
                   words[last].space_after ? "_" : "SpaceAfter=No");
}

static void put_word(const sg_annotation *annotation, const sg_sentence *sentence, uint32_t w,
                     FILE *stream)
{
    const sg_word *word = &annotation->document->words[w];
    const sg_word_info *info = &annotation->words[w];
    bool inside = word->joined_next || (w > sentence->first_word && word[-1].joined_next);

    put_token_range(annotation, sentence, w, stream);
    (void) fprintf(stream, "%u\t", w - sentence->first_word + 1);
    put_plain(annotation->document, word->start, word->end, stream);
    (void) fprintf(stream, "\t%s\t%s\t%s\t", info->lemma[0] != '\0' ? info->lemma : "_",
                   sg_upos_name(info->upos), sg_xpos_name(info->xpos));
    put_features(info->features, stream);
    (void) fprintf(stream, "\t%u\t%s\t_\t%s\n",
                   info->head == SG_NO_WORD ? 0 : info->head - sentence->first_word + 1,
                   sg_deprel_name(info->deprel),
                   word->space_after || inside ? "_" : "SpaceAfter=No");
}

void sg_annotation_write_conllu(const sg_annotation *annotation, FILE *stream)
{
    const sg_document *document = annotation->document;

    (void) fprintf(stream, "# newdoc id = %s\n", document->name);
    for (size_t s = 0; s < document->sentence_count; s++) {
        const sg_sentence *sentence = &document->sentences[s];

        if (s == 0 || sentence->paragraph != sentence[-1].paragraph)
            (void) fprintf(stream, "# newpar\n");
        (void) fprintf(stream, "# sent_id = %zu\n# text = ", s + 1);
        put_plain(document, sentence->start, sentence->end, stream);
        (void) fputc('\n', stream);
        for (uint32_t i = 0; i < sentence->word_count; i++)
            put_word(annotation, sentence, sentence->first_word + i, stream);
        (void) fputc('\n', stream);
    }
}

/* ---- IOB2 ----------------------------------------------------------------------------------- */

void sg_annotation_write_iob2(const sg_annotation *annotation, FILE *stream)
{
    const sg_document *document = annotation->document;
    size_t e = 0;

    for (size_t s = 0; s < document->sentence_count; s++) {
        const sg_sentence *sentence = &document->sentences[s];

        for (uint32_t w = sentence->first_word; w < sentence->first_word + sentence->word_count;
             w++) {
            const sg_entity *entity;

            while (e < annotation->entity_count &&
                   annotation->entities[e].first_word + annotation->entities[e].word_count <= w)
                e++;
            entity = e < annotation->entity_count ? &annotation->entities[e] : NULL;
            put_plain(document, document->words[w].start, document->words[w].end, stream);
            if (entity == NULL || entity->first_word > w)
                (void) fputs("\tO\n", stream);
            else
                (void) fprintf(stream, "\t%s-%s\n", entity->first_word == w ? "B" : "I",
                               sg_entity_name(entity->type));
        }
        (void) fputc('\n', stream);
    }
}

/* ---- JSON ----------------------------------------------------------------------------------- */

static void put_string(const char *text, size_t len, FILE *stream)
{
    (void) fputc('"', stream);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char) text[i];

        if (c == '"' || c == '\\')
            (void) fprintf(stream, "\\%c", c);
        else if (c < 0x20)
            (void) fprintf(stream, "\\u%04x", (unsigned) c);
        else
            (void) fputc(c, stream);
    }
    (void) fputc('"', stream);
}

/* Code points before a byte offset; offsets asked for must not fall. */
typedef struct position {
    const sg_document *document;
    uint32_t byte;
    size_t character;
} position;

static size_t characters_before(position *at, uint32_t byte)
{
    while (at->byte < byte) {
        at->character += ((unsigned char) at->document->text[at->byte] & 0xC0) != 0x80;
        at->byte++;
    }
    return at->character;
}

static void put_entities(const sg_annotation *annotation, FILE *stream)
{
    const sg_document *document = annotation->document;
    position at = { document, 0, 0 };

    for (size_t e = 0; e < annotation->entity_count; e++) {
        const sg_entity *entity = &annotation->entities[e];
        const sg_word *first = &document->words[entity->first_word];
        const sg_word *last = first + entity->word_count - 1;
        size_t start = characters_before(&at, first->start);

        (void) fprintf(stream, "%s{\"start\":%zu,\"end\":%zu,\"type\":\"%s\",\"confidence\":%.3f}",
                       e > 0 ? "," : "", start, characters_before(&at, last->end),
                       sg_entity_name(entity->type), (double) entity->confidence);
    }
}

static void put_json_word(const sg_annotation *annotation, const sg_sentence *sentence, uint32_t w,
                          position *at, FILE *stream)
{
    const sg_word *word = &annotation->document->words[w];
    const sg_word_info *info = &annotation->words[w];
    size_t start = characters_before(at, word->start);

    (void) fprintf(stream, "{\"start\":%zu,\"end\":%zu,\"form\":", start,
                   characters_before(at, word->end));
    put_string(annotation->document->text + word->start, word->end - word->start, stream);
    (void) fputs(",\"lemma\":", stream);
    put_string(info->lemma, strlen(info->lemma), stream);
    (void) fprintf(stream, ",\"upos\":\"%s\",\"xpos\":\"%s\",\"feats\":\"",
                   sg_upos_name(info->upos), sg_xpos_name(info->xpos));
    put_features(info->features, stream);
    (void) fprintf(stream, "\",\"head\":%u,\"deprel\":\"%s\",\"confidence\":%.3f}",
                   info->head == SG_NO_WORD ? 0 : info->head - sentence->first_word + 1,
                   sg_deprel_name(info->deprel), info->confidence / 255.0);
}

void sg_annotation_write_json(const sg_annotation *annotation, FILE *stream)
{
    const sg_document *document = annotation->document;
    position at = { document, 0, 0 };

    (void) fputs("{\"doc\":", stream);
    put_string(document->name, strlen(document->name), stream);
    (void) fputs(",\"entities\":[", stream);
    put_entities(annotation, stream);
    (void) fputs("],\"sentences\":[", stream);
    for (size_t s = 0; s < document->sentence_count; s++) {
        const sg_sentence *sentence = &document->sentences[s];
        position end;
        size_t start = characters_before(&at, sentence->start);

        end = at;
        (void) fprintf(stream, "%s{\"start\":%zu,\"end\":%zu,\"words\":[", s > 0 ? "," : "", start,
                       characters_before(&end, sentence->end));
        for (uint32_t i = 0; i < sentence->word_count; i++) {
            if (i > 0)
                (void) fputc(',', stream);
            put_json_word(annotation, sentence, sentence->first_word + i, &at, stream);
        }
        (void) fputs("]}", stream);
    }
    (void) fputs("]}\n", stream);
}
