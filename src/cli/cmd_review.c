#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stance/decision.h"
#include "stance/result.h"
#include "stance/rows.h"

#include "cli_internal.h"
#include "review_screen.h"

#define WIDTH_MAX    80
#define ANSWER_SIZE  512
#define MESSAGE_SIZE 600

struct review {
    sg_store *store;
    sg_arena *arena; /* of the statement shown */
    struct sg_screen screen;
    double max_confidence;
    sg_review_item item;
    char message[MESSAGE_SIZE];
};

/* ---- without a terminal ---- */

static sg_status list(const struct sg_cli_args *args, sg_store *store, double max_confidence,
                      sg_error *err)
{
    static const char *const columns[] = { "id",         "actor", "stance", "target",
                                           "confidence", "date",  "quote" };
    static const char *const stances[] = { "oppose", "neutral", "support" };
    struct sg_rows_options rows;
    sg_result *result = sg_result_new(columns, 7);
    sg_arena *arena = sg_arena_new();
    sg_review_item item = { 0 };
    bool found = true;
    sg_status status = sg_cli_rows(args, &rows, err);

    for (size_t n = 0; status == SG_OK && found && (rows.limit == 0 || n < rows.limit); n++) {
        status = sg_review_find(store, item.id, false, max_confidence, arena, &item, &found, err);
        if (status != SG_OK || !found)
            break;
        sg_value cells[] = {
            sg_value_integer(item.id),
            sg_value_text(item.actor_name),
            sg_value_text(stances[item.stance + 1]),
            sg_value_text(item.target_name),
            item.confidence >= 0.0 ? sg_value_float(item.confidence) : sg_value_null(),
            sg_value_text(item.date),
            sg_value_string(item.paragraph + item.quote_start, item.quote_end - item.quote_start),
        };
        sg_result_add(result, cells);
        sg_arena_reset(arena);
    }
    if (status == SG_OK)
        sg_rows_write(result, NULL, &rows, stdout);
    sg_arena_free(arena);
    sg_result_free(result);
    return status;
}

static sg_status judge_operands(const struct sg_cli_args *args, sg_store *store, sg_review verdict,
                                sg_error *err)
{
    size_t count = sg_cli_operand_count(args);
    struct sg_statement_change change = { .status = verdict, .set_status = true };
    int64_t *ids = sg_calloc(count + 1, sizeof *ids);
    sg_status status = SG_OK;

    if (count == 0)
        status = sg_error_set(err, SG_ERR_USAGE, "which statements? give their ids");
    for (size_t i = 0; status == SG_OK && i < count; i++) {
        const char *id = sg_cli_operand(args, i);
        char *end;

        ids[i] = strtoll(strncmp(id, "st-", 3) == 0 ? id + 3 : id, &end, 10);
        if (*end != '\0' || ids[i] <= 0)
            status = sg_error_set(err, SG_ERR_USAGE, "'%s' is no id of a statement", id);
    }
    if (status == SG_OK)
        status = sg_statement_decide(store, ids, count, &change, err);
    sg_free(ids);
    return status;
}

/* ---- at the terminal ---- */

/* What went wrong is shown, and the review goes on. */
static void show_error(struct review *r, const sg_error *err)
{
    (void) snprintf(r->message, sizeof r->message, "%.280s%s%.280s", err->message,
                    err->hint[0] != '\0' ? "; " : "", err->hint);
}

static bool go(struct review *r, int64_t from, bool backwards, sg_error *err)
{
    sg_review_item item;
    bool found = false;

    if (sg_review_find(r->store, from, backwards, r->max_confidence, r->arena, &item, &found,
                       err) != SG_OK)
        return false;
    if (found)
        r->item = item;
    return found;
}

static bool reload(struct review *r, int64_t id, sg_error *err)
{
    bool found = false;
    sg_review_item item;

    sg_arena_reset(r->arena);
    if (sg_review_get(r->store, id, r->arena, &item, &found, err) == SG_OK && found)
        r->item = item;
    return found;
}

static bool change(struct review *r, const struct sg_statement_change *what)
{
    sg_error err = SG_ERROR_INIT;

    if (sg_statement_decide(r->store, &r->item.id, 1, what, &err) == SG_OK)
        return true;
    show_error(r, &err);
    return false;
}

/* The next one to judge, or the first again when some were passed over; false at the end. */
static bool move_on(struct review *r, sg_error *err)
{
    int64_t from = r->item.id;

    sg_arena_reset(r->arena);
    return go(r, from, false, err) || (err->status == SG_OK && go(r, 0, false, err));
}

static bool judge(struct review *r, sg_review verdict, sg_error *err)
{
    struct sg_statement_change what = { .status = verdict, .set_status = true };

    return !change(r, &what) || move_on(r, err);
}

static void set_stance(struct review *r, int stance, sg_error *err)
{
    struct sg_statement_change what = { .set_stance = true, .stance = stance };

    if (change(r, &what))
        (void) reload(r, r->item.id, err);
}

static bool ask_name(struct review *r, sg_named what, const char *question, int64_t *id_out)
{
    char answer[ANSWER_SIZE];
    sg_error err = SG_ERROR_INIT;

    if (!sg_screen_ask(question, answer, sizeof answer))
        return false;
    if (sg_named_find(r->store, what, answer, id_out, &err) == SG_OK)
        return true;
    show_error(r, &err);
    return false;
}

static void change_actor(struct review *r, sg_error *err)
{
    struct sg_statement_change what = { .actor = 0 };

    if (ask_name(r, SG_NAMED_ACTOR, "Whose stance is it?", &what.actor) && change(r, &what))
        (void) reload(r, r->item.id, err);
}

static void change_target(struct review *r, sg_error *err)
{
    struct sg_statement_change what = { .target = 0 };

    if (ask_name(r, SG_NAMED_POSITION, "On which position?", &what.target) && change(r, &what))
        (void) reload(r, r->item.id, err);
}

static void merge(struct review *r, sg_named what, int64_t from, sg_error *err)
{
    sg_error own = SG_ERROR_INIT;
    int64_t into = 0;

    if (!ask_name(r, what, "Into which one?", &into))
        return;
    if (sg_named_merge(r->store, what, from, into, &own) != SG_OK)
        show_error(r, &own);
    (void) reload(r, r->item.id, err);
}

static void undo(struct review *r, sg_error *err)
{
    sg_error own = SG_ERROR_INIT;
    int64_t entry = 0;

    if (sg_store_undo(r->store, 0, &entry, &own) != SG_OK) {
        show_error(r, &own);
        return;
    }
    (void) snprintf(r->message, sizeof r->message, "taken back: log entry %lld", (long long) entry);
    /* What was judged last stands before the statement that is shown. */
    int64_t shown = r->item.id;
    sg_arena_reset(r->arena);
    if (!go(r, shown, true, err))
        (void) reload(r, shown, err);
}

/* False when the review is over. */
static bool act(struct review *r, int key, sg_error *err)
{
    r->message[0] = '\0';
    switch (key) {
    case 'a':
        return judge(r, SG_REVIEW_ACCEPTED, err);
    case 'r':
        return judge(r, SG_REVIEW_REJECTED, err);
    case 'n':
    case ' ':
        return move_on(r, err);
    case 'b':
        if (!go(r, r->item.id, true, err))
            (void) snprintf(r->message, sizeof r->message, "this is the first one");
        return true;
    case '+':
        set_stance(r, 1, err);
        return true;
    case '-':
        set_stance(r, -1, err);
        return true;
    case '0':
        set_stance(r, 0, err);
        return true;
    case 'c':
        change_actor(r, err);
        return true;
    case 'p':
        change_target(r, err);
        return true;
    case 'm':
        merge(r, SG_NAMED_ACTOR, r->item.actor, err);
        return true;
    case 't':
        if (r->item.target_is_position)
            merge(r, SG_NAMED_POSITION, r->item.target, err);
        else
            (void) snprintf(r->message, sizeof r->message, "the target is no position");
        return true;
    case 'u':
        undo(r, err);
        return true;
    case 'q':
    case -1:
        return false;
    default:
        (void) snprintf(r->message, sizeof r->message, "this key means nothing here");
        return true;
    }
}

static sg_status review_all(struct review *r, sg_error *err)
{
    bool more = go(r, 0, false, err);

    if (!sg_screen_raw(true))
        return sg_error_set(err, SG_ERR_UNSUPPORTED, "the terminal gives no single keys");
    while (more && err->status == SG_OK) {
        if (sg_review_count(r->store, r->max_confidence, &r->screen.left, err) != SG_OK)
            break;
        sg_screen_draw(&r->screen, &r->item, r->message);
        more = act(r, sg_screen_key(), err);
    }
    (void) sg_screen_raw(false);
    if (err->status != SG_OK)
        return err->status;
    if (sg_review_count(r->store, r->max_confidence, &r->screen.left, err) != SG_OK)
        return err->status;
    (void) printf("\n%lld statement%s left to judge\n", (long long) r->screen.left,
                  r->screen.left == 1 ? "" : "s");
    return SG_OK;
}

static sg_status review_at_terminal(const struct sg_cli_args *args, sg_store *store,
                                    double max_confidence, sg_error *err)
{
    struct review r = { .store = store, .max_confidence = max_confidence };
    sg_status status;

    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        sg_error_hint(err, "without one: --list, --accept ID..., --reject ID...");
        return sg_error_set(err, SG_ERR_USAGE, "review needs a terminal");
    }
    r.screen.width = sg_cli_width();
    if (r.screen.width == 0 || r.screen.width > WIDTH_MAX)
        r.screen.width = WIDTH_MAX;
    r.screen.color = sg_cli_color(args);
    r.arena = sg_arena_new();
    status = review_all(&r, err);
    sg_arena_free(r.arena);
    return status;
}

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    bool accept = sg_cli_flag(args, "accept");
    bool reject = sg_cli_flag(args, "reject");
    bool listing = sg_cli_flag(args, "list");
    double max_confidence = 1.0;
    sg_store *store = NULL;
    sg_status status = sg_cli_number(args, "max-confidence", 0.0, 1.0, &max_confidence, err);

    if (status == SG_OK && accept + reject + listing > 1)
        status = sg_error_set(err, SG_ERR_USAGE, "one of --list, --accept and --reject");
    if (status == SG_OK && !accept && !reject && sg_cli_operand_count(args) > 0)
        status = sg_error_set(err, SG_ERR_USAGE, "ids go with --accept or --reject");
    if (status == SG_OK)
        status = sg_store_open(sg_cli_database(args), listing ? SG_STORE_READ : SG_STORE_WRITE,
                               &store, err);
    if (status == SG_OK)
        status = sg_cli_set_timeout(args, store, err);
    if (status == SG_OK && listing)
        status = list(args, store, max_confidence, err);
    else if (status == SG_OK && (accept || reject))
        status = judge_operands(args, store, accept ? SG_REVIEW_ACCEPTED : SG_REVIEW_REJECTED, err);
    else if (status == SG_OK)
        status = review_at_terminal(args, store, max_confidence, err);
    sg_store_close(store);
    return status;
}

static const struct sg_cli_option options[] = {
    { "accept", 0, NULL, "accept the statements with these ids" },
    { "reject", 0, NULL, "reject the statements with these ids" },
    { "list", 0, NULL, "list what is still to be judged" },
    { "max-confidence", 0, "P", "only statements the program was at most so sure of (0 to 1)" },
    { NULL, 0, NULL, NULL },
};

const struct sg_command sg_cmd_review = {
    .name = "review",
    .summary = "judge what the program read, statement by statement",
    .synopsis = "stance review [--max-confidence P]\n"
                "stance review --accept|--reject ID...\n"
                "stance review --list [--format FORMAT]",
    .description =
        "Shows each proposed statement with its paragraph, the quote marked. One key each: "
        "accept,\n"
        "reject, change stance, actor or target, merge, undo, next, back, quit. Everything is\n"
        "stored at once, so a review can be left and resumed at any time; what was judged is "
        "never\n"
        "overwritten by loading articles again.",
    .examples = "stance review --max-confidence 0.6\n"
                "stance review --reject 17 23",
    .options = options,
    .common = SG_CLI_DB | SG_CLI_FORMAT | SG_CLI_WRITER,
    .min_operands = 0,
    .max_operands = SIZE_MAX,
    .run = run,
};
