#ifndef STANCE_CLI_REVIEW_SCREEN_H
#define STANCE_CLI_REVIEW_SCREEN_H

/* The screen of `stance review`: one statement, its paragraph with the quote marked, one line of
 * keys. Keys come one at a time; answers to questions are typed as lines. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/decision.h"
#include "stance/strbuf.h"

struct sg_screen {
    size_t width; /* columns used: those of the terminal, 80 at most */
    bool color;
    int64_t left; /* proposed statements not judged yet */
};

/* Lines of the paragraph broken at spaces to `width` columns; the quote between `on` and `off`. */
void sg_screen_wrap(const char *text, size_t len, size_t mark_start, size_t mark_end, size_t width,
                    const char *on, const char *off, sg_strbuf *out);
void sg_screen_draw(const struct sg_screen *screen, const sg_review_item *item,
                    const char *message);
/* Switches the terminal to single keys and back. */
bool sg_screen_raw(bool on);
/* One key, or -1 at the end of the input or on Ctrl-C. */
int sg_screen_key(void);
/* Asks for a line; false when it is empty. */
bool sg_screen_ask(const char *question, char *answer, size_t size);

#endif
