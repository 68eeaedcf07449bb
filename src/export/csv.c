#include "stance/csv.h"

#include <stdlib.h>
#include <string.h>

#include <csv.h>

#include "stance/mem.h"

void sg_csv_init(sg_csv *csv, FILE *stream, const struct sg_csv_options *options)
{
    csv->stream = stream;
    csv->options = *options;
    csv->field = 0;
    if (csv->options.delimiter == 0)
        csv->options.delimiter = ',';
    if (csv->options.excel)
        (void) fputs("\xEF\xBB\xBF", stream);
}

/* libcsv quotes every field it writes; quotes are only put where RFC 4180 asks for them. */
static void put(sg_csv *csv, const char *text, size_t len)
{
    bool quoted = false;

    if (csv->field++ > 0)
        (void) fputc(csv->options.delimiter, csv->stream);
    for (size_t i = 0; i < len && !quoted; i++)
        quoted = text[i] == csv->options.delimiter || text[i] == '"' || text[i] == '\n' ||
                 text[i] == '\r';
    if (len > 0 && (text[0] == ' ' || text[len - 1] == ' '))
        quoted = true;
    if (quoted)
        (void) csv_fwrite2(csv->stream, text, len, '"');
    else
        (void) fwrite(text, 1, len, csv->stream);
}

/* Spreadsheets take such text for a formula, full-width forms (U+FF1D, FF0B, FF0D, FF20) too. */
static bool is_formula(const char *text, size_t len)
{
    if (len == 0)
        return false;
    if (strchr("=+-@\t\r", text[0]) != NULL)
        return true;
    return len >= 3 && memcmp(text, "\xEF\xBC", 2) == 0 &&
           strchr("\x9D\x8B\x8D\xA0", text[2]) != NULL;
}

void sg_csv_text(sg_csv *csv, const char *text, size_t len)
{
    char *guarded;

    if (!csv->options.excel || !is_formula(text, len)) {
        put(csv, text, len);
        return;
    }
    guarded = sg_malloc(len + 1);
    guarded[0] = '\'';
    memcpy(guarded + 1, text, len);
    put(csv, guarded, len + 1);
    sg_free(guarded);
}

void sg_csv_string(sg_csv *csv, const char *text)
{
    sg_csv_text(csv, text != NULL ? text : "", text != NULL ? strlen(text) : 0);
}

void sg_csv_plain(sg_csv *csv, const char *text)
{
    put(csv, text, strlen(text));
}

void sg_csv_integer(sg_csv *csv, long long number)
{
    char text[32];
    int n = snprintf(text, sizeof text, "%lld", number);

    put(csv, text, (size_t) n);
}

void sg_csv_end_row(sg_csv *csv)
{
    (void) fputs("\r\n", csv->stream);
    csv->field = 0;
}
