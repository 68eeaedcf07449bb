#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stance/temporal.h"
#include "stance/value_ops.h"

static sg_arena *arena;

static int set_up(void **state)
{
    (void) state;
    arena = sg_arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void) state;
    sg_arena_free(arena);
    return 0;
}

static sg_value parsed(sg_type type, const char *text)
{
    sg_value v;

    assert_true(sg_temporal_parse(arena, type, text, strlen(text), &v));
    return v;
}

static sg_value list_of(sg_value a, sg_value b)
{
    return sg_value_list(arena, (sg_value[]){ a, b }, 2);
}

static sg_value map_of(const char *key, sg_value v)
{
    sg_value name = sg_value_text(key);

    return sg_value_map(arena, &name, &v, 1);
}

static void order_of_types_is_that_of_the_specification(void **state)
{
    uint32_t node = 0;
    sg_path path = { 0, &node, NULL };
    sg_value ordered[] = {
        map_of("a", sg_value_integer(1)),
        sg_value_node(0),
        sg_value_relationship(0),
        list_of(sg_value_integer(1), sg_value_null()),
        { .type = SG_PATH, .as.path = &path },
        parsed(SG_DATETIME, "2016-01-12T09:30Z"),
        parsed(SG_LOCAL_DATETIME, "2016-01-12T09:30"),
        parsed(SG_DATE, "2016-01-12"),
        parsed(SG_TIME, "09:30Z"),
        parsed(SG_LOCAL_TIME, "09:30"),
        parsed(SG_DURATION, "P1D"),
        sg_value_text("text"),
        sg_value_boolean(false),
        sg_value_boolean(true),
        sg_value_float(-INFINITY),
        sg_value_integer(1),
        sg_value_float(1.5),
        sg_value_float(NAN),
        sg_value_null(),
    };
    size_t count = sizeof ordered / sizeof *ordered;

    (void) state;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            assert_int_equal(sg_value_order(ordered[i], ordered[j]), i < j ? -1 : i > j);
}

static void same_values_have_the_same_hash(void **state)
{
    sg_value keys[] = { sg_value_text("a"), sg_value_text("b") };
    sg_value swapped[] = { sg_value_text("b"), sg_value_text("a") };
    sg_value one_two[] = { sg_value_integer(1), sg_value_integer(2) };
    sg_value two_one[] = { sg_value_float(2), sg_value_float(1) };
    struct {
        sg_value a, b;
    } pairs[] = {
        { sg_value_integer(1), sg_value_float(1) },
        { sg_value_float(0.0), sg_value_float(-0.0) },
        { sg_value_float(NAN), sg_value_float(-NAN) },
        { sg_value_null(), sg_value_null() },
        { sg_value_text("ab"), sg_value_string("abc", 2) },
        { list_of(sg_value_integer(1), sg_value_null()),
          list_of(sg_value_float(1), sg_value_null()) },
        { sg_value_map(arena, keys, one_two, 2), sg_value_map(arena, swapped, two_one, 2) },
        { parsed(SG_DATETIME, "2016-01-12T12:00+01:00"), parsed(SG_DATETIME, "2016-01-12T11:00Z") },
        { parsed(SG_DURATION, "PT60M"), parsed(SG_DURATION, "PT1H") },
    };

    (void) state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_true(sg_value_same(pairs[i].a, pairs[i].b));
        assert_true(sg_value_hash(pairs[i].a, 7) == sg_value_hash(pairs[i].b, 7));
    }
    assert_false(sg_value_same(sg_value_text("1"), sg_value_integer(1)));
    assert_false(sg_value_same(parsed(SG_DURATION, "P1D"), parsed(SG_DURATION, "PT24H")));
}

static void in_is_unknown_when_only_a_null_could_match(void **state)
{
    sg_value list = list_of(sg_value_integer(1), sg_value_null());

    (void) state;
    assert_int_equal(sg_value_in(sg_value_integer(1), list), SG_TRUE);
    assert_int_equal(sg_value_in(sg_value_integer(2), list), SG_UNKNOWN);
    assert_int_equal(sg_value_in(sg_value_null(), sg_value_list(arena, NULL, 0)), SG_FALSE);
    assert_int_equal(sg_value_in(sg_value_integer(2), sg_value_null()), SG_UNKNOWN);
}

static void slices_clamp_to_the_list(void **state)
{
    sg_value list = list_of(sg_value_integer(1), sg_value_integer(2)), out;
    sg_value one = sg_value_integer(1), far = sg_value_integer(INT64_MAX);
    sg_value low = sg_value_integer(INT64_MIN), null = sg_value_null();
    sg_fault fault = { NULL, NULL };
    sg_error err = SG_ERROR_INIT;

    (void) state;
    assert_int_equal(sg_value_slice(arena, list, &one, &far, &out, &fault, &err), SG_OK);
    assert_int_equal(out.as.list->count, 1);
    assert_int_equal(sg_value_slice(arena, list, &low, NULL, &out, &fault, &err), SG_OK);
    assert_int_equal(out.as.list->count, 2);
    assert_int_equal(sg_value_slice(arena, list, &far, &low, &out, &fault, &err), SG_OK);
    assert_int_equal(out.as.list->count, 0);
    assert_int_equal(sg_value_slice(arena, list, &null, NULL, &out, &fault, &err), SG_OK);
    assert_int_equal(out.type, SG_NULL);
}

static void a_map_keeps_the_last_of_two_equal_keys(void **state)
{
    sg_value keys[] = { sg_value_text("a"), sg_value_text("b"), sg_value_text("a") };
    sg_value values[] = { sg_value_integer(1), sg_value_integer(2), sg_value_integer(3) };
    sg_value map = sg_value_map(arena, keys, values, 3);

    (void) state;
    assert_int_equal(map.as.map->count, 2);
    assert_int_equal(sg_value_map_find(map, "a", 1)->as.integer, 3);
    assert_null(sg_value_map_find(map, "c", 1));
}

static void json_that_is_none_is_refused(void **state)
{
    static const char *const texts[] = {
        "", "{", "[1,]", "nul", "{\"a\" 1}", "99999999999999999999"
    };

    (void) state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        sg_error err = SG_ERROR_INIT;
        sg_value out;

        assert_int_equal(sg_value_read_json(arena, texts[i], strlen(texts[i]), &out, &err),
                         SG_ERR_INPUT);
    }
}

static void json_says_null_for_numbers_it_has_no_word_for(void **state)
{
    sg_value list = list_of(sg_value_float(NAN), parsed(SG_DATE, "2016-01-12"));
    sg_strbuf out = SG_STRBUF_INIT;

    (void) state;
    sg_value_write_json(&out, list, NULL);
    assert_string_equal(out.data, "[null, \"2016-01-12\"]");
    sg_strbuf_clear(&out);
}

static void json_keeps_integers_and_floats_apart(void **state)
{
    static const char text[] = "{\"a\": 1, \"b\": 1.0, \"c\": [1e2, null, \"x\"]}";
    sg_strbuf out = SG_STRBUF_INIT;
    sg_error err = SG_ERROR_INIT;
    sg_value v;

    (void) state;
    assert_int_equal(sg_value_read_json(arena, text, sizeof text - 1, &v, &err), SG_OK);
    assert_int_equal(sg_value_map_find(v, "a", 1)->type, SG_INTEGER);
    assert_int_equal(sg_value_map_find(v, "b", 1)->type, SG_FLOAT);
    sg_value_write_json(&out, v, NULL);
    assert_string_equal(out.data, "{\"a\": 1, \"b\": 1.0, \"c\": [100.0, null, \"x\"]}");
    sg_strbuf_clear(&out);
}

static void json_strings_hold_only_valid_utf8(void **state)
{
    sg_strbuf out = SG_STRBUF_INIT;

    (void) state;
    sg_json_write_string(&out, "a\xff\x1fz", 4);
    assert_string_equal(out.data, "\"a\xef\xbf\xbd\\u001fz\"");
    sg_strbuf_clear(&out);
}

static void names_are_quoted_when_they_must_be(void **state)
{
    static const struct {
        const char *name, *written;
    } cases[] = {
        { "Person", "Person" }, { "_x1", "_x1" },
        { "1st", "`1st`" },     { "two words", "`two words`" },
        { "a`b", "`a``b`" },    { "Élu", "Élu" },
        { "", "``" },
    };

    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sg_strbuf out = SG_STRBUF_INIT;

        sg_name_write_cypher(&out, cases[i].name, strlen(cases[i].name));
        assert_string_equal(out.data, cases[i].written);
        sg_strbuf_clear(&out);
    }
}

static void only_scalars_and_flat_lists_are_properties(void **state)
{
    (void) state;
    assert_true(sg_value_is_storable(parsed(SG_DURATION, "P1D")));
    assert_true(sg_value_is_storable(list_of(sg_value_integer(1), sg_value_integer(2))));
    assert_false(sg_value_is_storable(list_of(sg_value_integer(1), sg_value_null())));
    assert_false(sg_value_is_storable(map_of("a", sg_value_integer(1))));
    assert_false(sg_value_is_storable(sg_value_node(1)));
}

static void civil_dates_and_days_agree_over_eight_centuries(void **state)
{
    int64_t year;
    int month, day;

    (void) state;
    for (int64_t days = sg_days_from_civil(1600, 1, 1), n = 0; n < 292194; n++, days++) {
        sg_civil_from_days(days, &year, &month, &day);
        assert_true(sg_days_from_civil(year, month, day) == days);
        assert_in_range(day, 1, (uintmax_t) sg_month_days(year, month));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_of_types_is_that_of_the_specification),
        cmocka_unit_test(same_values_have_the_same_hash),
        cmocka_unit_test(in_is_unknown_when_only_a_null_could_match),
        cmocka_unit_test(slices_clamp_to_the_list),
        cmocka_unit_test(a_map_keeps_the_last_of_two_equal_keys),
        cmocka_unit_test(json_that_is_none_is_refused),
        cmocka_unit_test(json_says_null_for_numbers_it_has_no_word_for),
        cmocka_unit_test(json_keeps_integers_and_floats_apart),
        cmocka_unit_test(json_strings_hold_only_valid_utf8),
        cmocka_unit_test(names_are_quoted_when_they_must_be),
        cmocka_unit_test(only_scalars_and_flat_lists_are_properties),
        cmocka_unit_test(civil_dates_and_days_agree_over_eight_centuries),
    };

    return cmocka_run_group_tests_name("base/value_ops", tests, set_up, tear_down);
}
