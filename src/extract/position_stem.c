#include <string.h>

#include "stance/codebook.h"

/* Derivation by endings: the longest that leaves four letters goes. Enough to bring "impose",
 * "imposing" and "imposition" together; words that change their stem stay apart. */

size_t sg_position_stem(const char *word, size_t len)
{
    static const char *const endings[] = {
        "isations", "izations", "isation", "ization", "itions", "ations", "ition", "ation", "ments",
        "sions",    "tions",    "ances",   "ences",   "ment",   "sion",   "tion",  "ance",  "ence",
        "ings",     "als",      "ing",     "ers",     "ies",    "ion",    "ures",  "ure",   "al",
        "er",       "ed",       "es",      "e",       "s",      "y",
    };

    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t n = strlen(endings[i]);

        if (len < n + 4 || memcmp(word + len - n, endings[i], n) != 0)
            continue;
        len -= n;
        /* "cutting" */
        if (endings[i][0] != 's' && word[len - 1] == word[len - 2] &&
            strchr("bdgmnprt", word[len - 1]) != NULL)
            len--;
        return len;
    }
    return len;
}
