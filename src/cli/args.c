#include <errno.h>
#include <getopt.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "stance/log.h"
#include "stance/mem.h"
#include "stance/suggest.h"

#include "cli_internal.h"

/* Command lines: one option table per command plus the common tables give getopt_long's tables,
 * the help text and the suggestions. */

struct given {
    const char *name;
    const char *value; /* NULL for a flag */
};

struct sg_cli_args {
    struct given *given;
    size_t given_count;
    size_t given_capacity;
    char **operands;
    size_t operand_count;
};

static const struct sg_cli_option db_options[] = {
    { "db", 0, "FILE", "database (default: $STANCE_DB, else stance.db here)" },
    { NULL, 0, NULL, NULL },
};
static const struct sg_cli_option format_options[] = {
    { "format", 0, "NAME", "table, csv, json or jsonl (default: table)" },
    { "json", 0, NULL, "the same as --format json" },
    { "limit", 0, "N", "at most N rows" },
    { NULL, 0, NULL, NULL },
};
static const struct sg_cli_option output_options[] = {
    { "output", 'o', "FILE", "write to FILE instead of standard output; '-' is standard output" },
    { NULL, 0, NULL, NULL },
};
static const struct sg_cli_option slice_options[] = {
    { "since", 0, "DATE", "only statements of DATE (YYYY-MM-DD) and later" },
    { "until", 0, "DATE", "only statements up to and on DATE" },
    { "actor", 0, "NAME", "only this actor; may be given several times" },
    { "position", 0, "NAME", "only this position; may be given several times" },
    { "type", 0, "TYPE", "only person, organisation or group" },
    { "min-confidence", 0, "X", "only statements with a confidence of X (0 to 1) or more" },
    { "status", 0, "STATUS", "only proposed, accepted or rejected statements" },
    { NULL, 0, NULL, NULL },
};
static const struct sg_cli_option writer_options[] = {
    { "timeout", 0, "SECONDS", "how long to wait for another writer (default 5)" },
    { NULL, 0, NULL, NULL },
};
static const struct sg_cli_option model_options[] = {
    { "model", 0, "FILE",
      "language model (default: $STANCE_MODEL, else the one beside the program)" },
    { NULL, 0, NULL, NULL },
};
static const struct sg_cli_option general_options[] = {
    { "quiet", 'q', NULL, "no warnings and no progress" },
    { "verbose", 'v', NULL, "say more; twice for details" },
    { "color", 0, "WHEN", "auto, always or never" },
    { "help", 'h', NULL, "this text" },
    { "version", 'V', NULL, "the version" },
    { NULL, 0, NULL, NULL },
};

#define TABLES_MAX 8

/* The option tables that apply to a command, general ones last. */
static size_t option_tables(const struct sg_command *command,
                            const struct sg_cli_option *tables[TABLES_MAX])
{
    size_t n = 0;

    if (command->options != NULL)
        tables[n++] = command->options;
    if (command->common & SG_CLI_WRITER)
        tables[n++] = writer_options;
    if (command->common & SG_CLI_SLICE)
        tables[n++] = slice_options;
    if (command->common & SG_CLI_FORMAT)
        tables[n++] = format_options;
    if (command->common & SG_CLI_OUTPUT)
        tables[n++] = output_options;
    if (command->common & SG_CLI_MODEL)
        tables[n++] = model_options;
    if (command->common & SG_CLI_DB)
        tables[n++] = db_options;
    tables[n++] = general_options;
    return n;
}

/* All options of a command as one flat array; *count_out of them. */
static const struct sg_cli_option **flatten(const struct sg_command *command, size_t *count_out)
{
    const struct sg_cli_option *tables[TABLES_MAX];
    const struct sg_cli_option **all = NULL;
    size_t capacity = 0;
    size_t count = 0;
    size_t n = option_tables(command, tables);

    for (size_t t = 0; t < n; t++) {
        for (const struct sg_cli_option *o = tables[t]; o->name != NULL; o++) {
            SG_GROW(all, capacity, count + 1);
            all[count++] = o;
        }
    }
    *count_out = count;
    return all;
}

const char *sg_cli_value_at(const struct sg_cli_args *args, const char *name, size_t i)
{
    for (size_t at = 0; at < args->given_count; at++) {
        if (strcmp(args->given[at].name, name) == 0 && i-- == 0)
            return args->given[at].value;
    }
    return NULL;
}

const char *sg_cli_value(const struct sg_cli_args *args, const char *name)
{
    const char *value = NULL;

    for (size_t at = 0; at < args->given_count; at++) {
        if (strcmp(args->given[at].name, name) == 0)
            value = args->given[at].value;
    }
    return value;
}

bool sg_cli_flag(const struct sg_cli_args *args, const char *name)
{
    for (size_t at = 0; at < args->given_count; at++) {
        if (strcmp(args->given[at].name, name) == 0)
            return true;
    }
    return false;
}

sg_status sg_cli_integer(const struct sg_cli_args *args, const char *name, long min, long max,
                         long *value_out, sg_error *err)
{
    const char *text = sg_cli_value(args, name);
    char *end = NULL;
    long value;

    if (text == NULL)
        return SG_OK;
    errno = 0;
    value = strtol(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0 || value < min || value > max)
        return sg_error_set(err, SG_ERR_USAGE,
                            "--%s wants a whole number from %ld to %ld, not '%s'", name, min, max,
                            text);
    *value_out = value;
    return SG_OK;
}

sg_status sg_cli_number(const struct sg_cli_args *args, const char *name, double min, double max,
                        double *value_out, sg_error *err)
{
    const char *text = sg_cli_value(args, name);
    char *end = NULL;
    double value;

    if (text == NULL)
        return SG_OK;
    value = strtod(text, &end);
    if (end == text || *end != '\0' || !(value >= min && value <= max))
        return sg_error_set(err, SG_ERR_USAGE, "--%s wants a number from %g to %g, not '%s'", name,
                            min, max, text);
    *value_out = value;
    return SG_OK;
}

size_t sg_cli_operand_count(const struct sg_cli_args *args)
{
    return args->operand_count;
}

const char *sg_cli_operand(const struct sg_cli_args *args, size_t i)
{
    return args->operands[i];
}

char **sg_cli_operands(const struct sg_cli_args *args)
{
    return args->operands;
}

const char *sg_cli_database(const struct sg_cli_args *args)
{
    const char *path = sg_cli_value(args, "db");

    if (path == NULL)
        path = getenv("STANCE_DB");
    return path != NULL && path[0] != '\0' ? path : "stance.db";
}

bool sg_cli_is_terminal(void)
{
    return isatty(STDOUT_FILENO) == 1;
}

size_t sg_cli_width(void)
{
    struct winsize size;

    if (!sg_cli_is_terminal())
        return 0;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

bool sg_cli_color(const struct sg_cli_args *args)
{
    const char *when = sg_cli_value(args, "color");
    const char *terminal = getenv("TERM");

    if (when != NULL && strcmp(when, "always") == 0)
        return true;
    if (when != NULL && strcmp(when, "never") == 0)
        return false;
    return sg_cli_is_terminal() && getenv("NO_COLOR") == NULL &&
           !(terminal != NULL && strcmp(terminal, "dumb") == 0);
}

static void write_lines(FILE *stream, const char *text)
{
    while (text != NULL && *text != '\0') {
        size_t n = strcspn(text, "\n");

        (void) fprintf(stream, "  %.*s\n", (int) n, text);
        text += n + (text[n] == '\n');
    }
}

void sg_command_write_help(const struct sg_command *command, FILE *stream)
{
    size_t count;
    const struct sg_cli_option **all = flatten(command, &count);

    (void) fprintf(stream, "stance %s: %s\n\nusage:\n", command->name, command->summary);
    write_lines(stream, command->synopsis);
    if (command->description != NULL)
        (void) fprintf(stream, "\n%s\n", command->description);
    (void) fprintf(stream, "\nexamples:\n");
    write_lines(stream, command->examples);
    (void) fprintf(stream, "\noptions:\n");
    for (size_t i = 0; i < count; i++) {
        char left[64];

        (void) snprintf(left, sizeof left, "%s%c%s--%s%s%s", all[i]->letter != 0 ? "-" : "  ",
                        all[i]->letter != 0 ? all[i]->letter : ' ',
                        all[i]->letter != 0 ? ", " : " ", all[i]->name,
                        all[i]->argument != NULL ? " " : "",
                        all[i]->argument != NULL ? all[i]->argument : "");
        (void) fprintf(stream, "  %-26s %s\n", left, all[i]->help);
    }
    (void) fprintf(stream,
                   "\nexit codes: 0 done; 1 failed; 2 wrong usage; 3 input or query refused; "
                   "4 database unusable; 130 interrupted\n");
    sg_free(all);
}

int sg_exit_code(sg_status status)
{
    switch (status) {
    case SG_OK:
        return 0;
    case SG_ERR_USAGE:
        return 2;
    case SG_ERR_INPUT:
    case SG_ERR_QUERY:
        return 3;
    case SG_ERR_DATABASE:
        return 4;
    case SG_ERR_INTERRUPTED:
        return 130;
    default:
        return 1;
    }
}

void sg_cli_print_error(const sg_error *err)
{
    const char *hint = err->hint;

    if (err->message[0] == '\0')
        return;
    (void) fflush(stdout);
    (void) fprintf(stderr, "stance: %s\n", err->message);
    while (*hint != '\0') {
        size_t n = strcspn(hint, "\n");

        (void) fprintf(stderr, "  %s%.*s\n", hint == err->hint ? "hint: " : "", (int) n, hint);
        hint += n + (hint[n] == '\n');
    }
}

static sg_status unknown_option(const struct sg_cli_option *const *all, size_t count,
                                const char *word, sg_error *err)
{
    const char **names = sg_malloc((count + 1) * sizeof *names);
    const char *nearest;
    sg_status status = sg_error_set(err, SG_ERR_USAGE, "unknown option '%s'", word);

    for (size_t i = 0; i < count; i++)
        names[i] = all[i]->name;
    nearest = sg_suggest(word + strspn(word, "-"), names, count);
    if (nearest != NULL)
        sg_error_hint(err, "did you mean '--%s'?", nearest);
    sg_free(names);
    return status;
}

static void remember(struct sg_cli_args *args, const char *name, const char *value)
{
    SG_GROW(args->given, args->given_capacity, args->given_count + 1);
    args->given[args->given_count].name = name;
    args->given[args->given_count++].value = value;
}

static sg_status read_options(const struct sg_cli_option *const *all, size_t count,
                              struct sg_cli_args *args, int argc, char **argv, sg_error *err)
{
    struct option *longs = sg_calloc(count + 1, sizeof *longs);
    char *shorts = sg_calloc(2 * count + 3, 1);
    char *s = shorts;
    sg_status status = SG_OK;
    int found = 0;

    *s++ = ':'; /* a missing argument is told apart from an unknown option */
    for (size_t i = 0; i < count; i++) {
        longs[i].name = all[i]->name;
        longs[i].has_arg = all[i]->argument != NULL ? required_argument : no_argument;
        longs[i].val = 256 + (int) i;
        if (all[i]->letter != 0) {
            *s++ = all[i]->letter;
            if (all[i]->argument != NULL)
                *s++ = ':';
        }
    }
    optind = 0;
    opterr = 0;
    while (status == SG_OK && (found = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        const struct sg_cli_option *option = NULL;

        if (found == '?') {
            status = unknown_option(all, count, argv[optind - 1], err);
            break;
        }
        if (found == ':') {
            status =
                sg_error_set(err, SG_ERR_USAGE, "option '%s' wants an argument", argv[optind - 1]);
            break;
        }
        for (size_t i = 0; i < count && option == NULL; i++) {
            if (found == 256 + (int) i || (found < 256 && all[i]->letter == (char) found))
                option = all[i];
        }
        if (option != NULL)
            remember(args, option->name, option->argument != NULL ? optarg : NULL);
    }
    args->operands = argv + optind;
    args->operand_count = (size_t) (argc - optind);
    sg_free(longs);
    sg_free(shorts);
    return status;
}

static void apply_verbosity(const struct sg_cli_args *args)
{
    int level = SG_LOG_WARN;

    for (size_t i = 0; i < args->given_count; i++)
        level += strcmp(args->given[i].name, "verbose") == 0;
    if (sg_cli_flag(args, "quiet"))
        level = SG_LOG_QUIET;
    sg_log_set_level(level > SG_LOG_DEBUG ? SG_LOG_DEBUG : (sg_log_level) level);
}

static sg_status check_operands(const struct sg_command *command, const struct sg_cli_args *args,
                                sg_error *err)
{
    if (args->operand_count < command->min_operands)
        return sg_error_set(err, SG_ERR_USAGE, "%s: too few operands", command->name);
    if (args->operand_count > command->max_operands)
        return sg_error_set(err, SG_ERR_USAGE, "%s: unexpected operand '%s'", command->name,
                            args->operands[command->max_operands]);
    return SG_OK;
}

int sg_command_run(const struct sg_command *command, int argc, char **argv)
{
    struct sg_cli_args args = { 0 };
    sg_error err = SG_ERROR_INIT;
    size_t count;
    const struct sg_cli_option **all = flatten(command, &count);
    sg_status status = read_options(all, count, &args, argc, argv, &err);

    if (status == SG_OK && sg_cli_flag(&args, "help")) {
        sg_command_write_help(command, stdout);
    } else {
        apply_verbosity(&args);
        if (status == SG_OK)
            status = check_operands(command, &args, &err);
        if (status == SG_ERR_USAGE)
            sg_error_hint(&err, "'stance help %s' shows how", command->name);
        if (status == SG_OK)
            status = command->run(&args, &err);
    }
    if (status != SG_OK)
        sg_cli_print_error(&err);
    sg_free(args.given);
    sg_free(all);
    return sg_exit_code(status);
}
