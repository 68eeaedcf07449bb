#include "stance/annotation.h"

/* The names of tags and relations, in the order of their numbers, and the way back from names. */

#include <string.h>

#include "language_internal.h"

static const char *const upos_names[SG_UPOS_COUNT] = {
    "ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN", "NUM",
    "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
};

/* Penn Treebank tags as the English Web Treebank writes them. */
static const char *const xpos_names[SG_XPOS_COUNT] = {
    "$",   "''",  ",",    "-LRB-", "-RRB-", ".",   ":",   "ADD", "AFX", "CC",  "CD", "DT",  "EX",
    "FW",  "GW",  "HYPH", "IN",    "JJ",    "JJR", "JJS", "LS",  "MD",  "NFP", "NN", "NNP", "NNPS",
    "NNS", "PDT", "POS",  "PRP",   "PRP$",  "RB",  "RBR", "RBS", "RP",  "SYM", "TO", "UH",  "VB",
    "VBD", "VBG", "VBN",  "VBP",   "VBZ",   "WDT", "WP",  "WP$", "WRB", "XX",  "``",
};

static const char *const deprel_names[SG_DEPREL_COUNT] = {
    "root",       "acl",       "acl:relcl",    "advcl",      "advmod",     "amod",
    "appos",      "aux",       "aux:pass",     "case",       "cc",         "ccomp",
    "clf",        "compound",  "compound:prt", "conj",       "cop",        "csubj",
    "csubj:pass", "dep",       "det",          "discourse",  "dislocated", "expl",
    "fixed",      "flat",      "goeswith",     "iobj",       "list",       "mark",
    "nmod",       "nmod:poss", "nsubj",        "nsubj:pass", "nummod",     "obj",
    "obl",        "obl:agent", "orphan",       "parataxis",  "punct",      "reparandum",
    "vocative",   "xcomp",
};

static const char *const entity_names[] = { "PER", "ORG", "LOC", "EVENT", "MISC" };

const char *sg_upos_name(uint8_t upos)
{
    return upos < SG_UPOS_COUNT ? upos_names[upos] : "X";
}

const char *sg_xpos_name(uint8_t xpos)
{
    return xpos < SG_XPOS_COUNT ? xpos_names[xpos] : "XX";
}

const char *sg_deprel_name(uint8_t deprel)
{
    return deprel < SG_DEPREL_COUNT ? deprel_names[deprel] : "dep";
}

const char *sg_entity_name(sg_entity_type type)
{
    return (size_t) type < sizeof entity_names / sizeof *entity_names ? entity_names[type] : "MISC";
}

static uint8_t find_name(const char *const *names, size_t count, const char *name, uint8_t absent)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0)
            return (uint8_t) i;
    }
    return absent;
}

uint8_t sg_upos_find(const char *name)
{
    return find_name(upos_names, SG_UPOS_COUNT, name, SG_X);
}

uint8_t sg_xpos_find(const char *name)
{
    return find_name(xpos_names, SG_XPOS_COUNT, name, SG_XPOS_XX);
}

uint8_t sg_deprel_find(const char *name)
{
    char base[32];
    size_t len = strcspn(name, ":");
    uint8_t found = find_name(deprel_names, SG_DEPREL_COUNT, name, SG_DEPREL_COUNT);

    if (found < SG_DEPREL_COUNT || len >= sizeof base)
        return found < SG_DEPREL_COUNT ? found : SG_DEP;
    memcpy(base, name, len);
    base[len] = '\0';
    return find_name(deprel_names, SG_DEPREL_COUNT, base, SG_DEP);
}
