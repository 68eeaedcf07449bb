#include <stddef.h>

#include "cli_internal.h"

sg_status sg_cli_rows(const struct sg_cli_args *args, struct sg_rows_options *rows_out,
                      sg_error *err)
{
    const char *format = sg_cli_flag(args, "json") ? "json" : sg_cli_value(args, "format");
    long limit = 0;
    sg_status status = sg_cli_integer(args, "limit", 1, 1000000000, &limit, err);

    *rows_out = (struct sg_rows_options) SG_ROWS_OPTIONS_INIT;
    rows_out->width = sg_cli_width();
    rows_out->color = sg_cli_color(args);
    rows_out->limit = (size_t) limit;
    if (status == SG_OK && format != NULL)
        status = sg_rows_format_find(format, &rows_out->format, err);
    return status;
}
