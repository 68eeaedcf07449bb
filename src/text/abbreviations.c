/* Words that are usually written with a full stop. General English; from the style guides' lists
 * of titles, months, states, company forms and Latin abbreviations. Sorted, looked up by bisection.
 */

#include <stdlib.h>
#include <string.h>

#include "text_internal.h"

/* Capital: counts only with a capital letter ("Mass." but not "mass."); the rest in any case. */
enum { TITLE = 1, CAPITAL = 2 };

struct abbreviation {
    const char *word;
    unsigned flags;
};

static const struct abbreviation abbreviations[] = {
    { "abbr", 0 },
    { "adj", 0 },
    { "adm", TITLE },
    { "al", 0 },
    { "ala", CAPITAL },
    { "apr", CAPITAL },
    { "approx", 0 },
    { "apt", 0 },
    { "ariz", CAPITAL },
    { "ark", CAPITAL },
    { "arr", 0 },
    { "arrv", 0 },
    { "assoc", 0 },
    { "asst", 0 },
    { "attn", 0 },
    { "aug", CAPITAL },
    { "ave", 0 },
    { "avg", 0 },
    { "bldg", 0 },
    { "blvd", 0 },
    { "brig", TITLE },
    { "bros", 0 },
    { "ca", 0 },
    { "calif", CAPITAL },
    { "capt", TITLE },
    { "cf", 0 },
    { "cllr", TITLE },
    { "cmdr", TITLE },
    { "co", CAPITAL },
    { "col", TITLE },
    { "colo", CAPITAL },
    { "comdr", TITLE },
    { "conn", CAPITAL },
    { "corp", 0 },
    { "cpl", TITLE },
    { "dec", CAPITAL },
    { "del", CAPITAL },
    { "dept", 0 },
    { "dist", 0 },
    { "div", 0 },
    { "dr", TITLE },
    { "drs", TITLE },
    { "ed", CAPITAL },
    { "eds", 0 },
    { "esp", 0 },
    { "esq", 0 },
    { "est", 0 },
    { "etc", 0 },
    { "ext", 0 },
    { "feb", CAPITAL },
    { "fig", 0 },
    { "figs", 0 },
    { "fla", CAPITAL },
    { "fr", TITLE | CAPITAL },
    { "fri", CAPITAL },
    { "ft", 0 },
    { "ga", CAPITAL },
    { "gen", TITLE | CAPITAL },
    { "gov", TITLE | CAPITAL },
    { "govt", 0 },
    { "hon", TITLE | CAPITAL },
    { "hrs", 0 },
    { "hwy", 0 },
    { "ill", CAPITAL },
    { "inc", 0 },
    { "incl", 0 },
    { "ind", CAPITAL },
    { "insp", TITLE },
    { "intl", 0 },
    { "jan", CAPITAL },
    { "jr", 0 },
    { "kan", CAPITAL },
    { "kans", CAPITAL },
    { "ky", CAPITAL },
    { "la", CAPITAL },
    { "lbs", 0 },
    { "lt", TITLE },
    { "ltd", 0 },
    { "maj", TITLE },
    { "mar", CAPITAL },
    { "mass", CAPITAL },
    { "max", CAPITAL },
    { "md", CAPITAL },
    { "messrs", TITLE },
    { "mich", CAPITAL },
    { "minn", CAPITAL },
    { "misc", 0 },
    { "miss", CAPITAL },
    { "mlle", TITLE },
    { "mme", TITLE },
    { "mo", CAPITAL },
    { "mon", CAPITAL },
    { "mont", CAPITAL },
    { "mr", TITLE },
    { "mrs", TITLE },
    { "ms", TITLE },
    { "msgr", TITLE },
    { "mt", 0 },
    { "neb", CAPITAL },
    { "nev", CAPITAL },
    { "no", CAPITAL },
    { "nos", CAPITAL },
    { "nov", CAPITAL },
    { "oct", CAPITAL },
    { "okla", CAPITAL },
    { "ore", CAPITAL },
    { "pa", CAPITAL },
    { "penn", CAPITAL },
    { "pp", 0 },
    { "pres", TITLE | CAPITAL },
    { "prof", TITLE },
    { "pvt", TITLE },
    { "rd", 0 },
    { "rep", TITLE | CAPITAL },
    { "reps", TITLE | CAPITAL },
    { "ret", 0 },
    { "rev", TITLE },
    { "rt", 0 },
    { "sat", CAPITAL },
    { "sen", TITLE },
    { "sens", TITLE },
    { "sept", CAPITAL },
    { "sgt", TITLE },
    { "sr", 0 },
    { "st", 0 },
    { "ste", 0 },
    { "sun", CAPITAL },
    { "supt", TITLE },
    { "tel", 0 },
    { "tenn", CAPITAL },
    { "tex", CAPITAL },
    { "thu", CAPITAL },
    { "thur", CAPITAL },
    { "thurs", CAPITAL },
    { "tue", CAPITAL },
    { "tues", CAPITAL },
    { "univ", 0 },
    { "va", CAPITAL },
    { "viz", 0 },
    { "vol", 0 },
    { "vols", 0 },
    { "vs", 0 },
    { "vt", CAPITAL },
    { "wash", CAPITAL },
    { "wed", CAPITAL },
    { "wis", CAPITAL },
    { "wyo", CAPITAL },
};

#define LONGEST 6

static int compare(const void *key, const void *entry)
{
    return strcmp(key, ((const struct abbreviation *) entry)->word);
}

sg_abbreviation sg_abbreviation_find(const char *text, size_t len)
{
    char lower[LONGEST + 1];
    const struct abbreviation *found;

    if (len == 0 || len > LONGEST)
        return SG_ABBREVIATION_NONE;
    for (size_t i = 0; i < len; i++)
        lower[i] = sg_ascii_lower(text[i]);
    lower[len] = '\0';
    found = bsearch(lower, abbreviations, sizeof abbreviations / sizeof abbreviations[0],
                    sizeof abbreviations[0], compare);
    if (found == NULL || ((found->flags & CAPITAL) != 0 && !sg_ascii_is_upper(text[0])))
        return SG_ABBREVIATION_NONE;
    return (found->flags & TITLE) != 0 ? SG_ABBREVIATION_TITLE : SG_ABBREVIATION_OTHER;
}
