/* test-kind.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-bodies.h"
#include "record/way-json.h"

#include <math.h>
#include <string.h>

#define SEED 20261121

/* Texts that are awkward to write down, all of which must come back. */
static const char *const texts[] = {
  "",
  "F1",
  "018bcfe5-687b-774b-b0f1-f2f3f4f5f6f7",
  "\"quoted\" and \\ back",
  "line\nline\r\n\ttab\b\f",
  "\x01\x02\x1f\x7f",
  "é ü 漢字 \U0001f600 e\u0301",
  "</script>&amp;'",
  "{\"a\":1}",
  "\u2028\u2029\ufeff",
  "2,2,2,3,2,2",
};

static const double numbers[] = {
  0,
  1,
  -1,
  0.1,
  1.0 / 3,
  -2.5e-7,
  1e15,
  1e16,
  1e22,
  123456789012345680.0,
  4.35,
  0.5,
  1e-3,
  100000,
  5e-324,
  1.7976931348623157e308,
  2.2250738585072014e-308,
};

static const char *
pick_text (GRand *random, const WayField *field, char **choice)
{
  if (field->choices != NULL)
    {
      g_auto (GStrv) choices = g_strsplit (field->choices, "|", -1);

      *choice = g_strdup (choices[g_rand_int_range (random, 0, (gint32) g_strv_length (choices))]);
      return *choice;
    }
  return texts[g_rand_int_range (random, 0, G_N_ELEMENTS (texts))];
}

static gboolean
is_any (const WayField *field)
{
  return field->least == 0 && field->most == 0;
}

static void
fill_field (GRand *random, const WayField *field, gpointer body)
{
  g_autofree char *choice = NULL;
  double number;

  if (field->is_optional && g_rand_boolean (random))
    return;
  switch (field->type)
    {
    case WAY_FIELD_TEXT:
      G_STRUCT_MEMBER (char *, body, field->offset) = g_strdup (pick_text (random, field, &choice));
      break;
    case WAY_FIELD_INTEGER:
      if (is_any (field))
        G_STRUCT_MEMBER (gint64, body, field->offset) =
            g_rand_boolean (random)
                ? (gint64) g_rand_int (random) * (gint64) g_rand_int_range (random, -99999, 99999)
                : (g_rand_boolean (random) ? G_MAXINT64 : G_MININT64 + 1);
      else
        G_STRUCT_MEMBER (gint64, body, field->offset) =
            (gint64) field->least
            + g_rand_int_range (random, 0, (gint32) MIN (field->most - field->least, 1e9) + 1);
      break;
    case WAY_FIELD_DECIMAL:
      if (field->most == 1)
        number = g_rand_double (random);
      else
        number = g_rand_boolean (random)
                     ? numbers[g_rand_int_range (random, 0, G_N_ELEMENTS (numbers))]
                     : g_rand_double_range (random, -1e3, 1e3);
      G_STRUCT_MEMBER (double, body, field->offset) = is_any (field) ? number : fabs (number);
      break;
    case WAY_FIELD_BOOLEAN:
    default:
      G_STRUCT_MEMBER (gboolean, body, field->offset) = g_rand_boolean (random);
      break;
    }
}

static void
assert_equal_field (const WayField *field, gconstpointer a, gconstpointer b)
{
  double x, y;

  switch (field->type)
    {
    case WAY_FIELD_TEXT:
      g_assert_cmpstr (G_STRUCT_MEMBER (char *, a, field->offset), ==,
                       G_STRUCT_MEMBER (char *, b, field->offset));
      break;
    case WAY_FIELD_INTEGER:
      g_assert_cmpint (G_STRUCT_MEMBER (gint64, a, field->offset), ==,
                       G_STRUCT_MEMBER (gint64, b, field->offset));
      break;
    case WAY_FIELD_DECIMAL:
      x = G_STRUCT_MEMBER (double, a, field->offset);
      y = G_STRUCT_MEMBER (double, b, field->offset);
      g_assert_true (x == y || (isnan (x) && isnan (y)));
      break;
    case WAY_FIELD_BOOLEAN:
    default:
      g_assert_cmpint (G_STRUCT_MEMBER (gboolean, a, field->offset), ==,
                       G_STRUCT_MEMBER (gboolean, b, field->offset));
      break;
    }
}

/* The kinds that DESIGN names, all of them, once. */
static void
test_all_kinds (void)
{
  static const char *const names =
      "attempt selection response attempt_end estimate self_rating confidence barrier about_me "
      "preference step note reflection shift_done action rule_outcome evidence "
      "evidence_answer evidence_file help_request "
      "help_action help_declined help_given on_call feedback feedback_action published drop_answer "
      "vote trial champion_term rota "
      "session "
      "attendance thanks corner_question corner_action tip initiative pulse pulse_answer notice "
      "assignment assignment_end exemption "
      "reminder role_requirement organisation place person membership role_grant setting "
      "pack_release item_parameter local_note access retraction erasure_request erasure "
      "certificate";
  g_auto (GStrv) wanted = g_strsplit (names, " ", -1);
  guint n;
  const WayKind *const *kinds = way_kind_list (&n);

  g_assert_cmpuint (n, ==, g_strv_length (wanted));
  for (guint i = 0; wanted[i] != NULL; i++)
    {
      const WayKind *kind = way_kind_find (wanted[i]);

      g_assert_nonnull (kind);
      g_assert_cmpstr (way_kind_get_name (kind), ==, wanted[i]);
      g_assert_cmpint (way_kind_get_version (kind), ==, 1);
    }
  for (guint i = 0; i < n; i++)
    g_assert_true (way_kind_find (way_kind_get_name (kinds[i])) == kinds[i]);
  g_assert_null (way_kind_find ("Attempt"));
  g_assert_null (way_kind_find (""));
  g_assert_null (way_kind_find (NULL));
}

static void
test_round_trip (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  guint n;
  const WayKind *const *kinds = way_kind_list (&n);

  for (guint i = 0; i < n; i++)
    for (guint round = 0; round < 200; round++)
      {
        g_autoptr (GError) error = NULL;
        gpointer body = way_kind_new (kinds[i]);
        gpointer copy;
        guint n_fields;
        const WayField *fields = way_kind_list_fields (kinds[i], &n_fields);
        g_autofree char *json = NULL;
        g_autofree char *again = NULL;

        for (guint j = 0; j < n_fields; j++)
          fill_field (random, &fields[j], body);
        json = way_kind_write (kinds[i], body, &error);
        g_assert_no_error (error);
        g_assert_true (way_body_check (json, -1, &error));
        g_assert_no_error (error);
        copy = way_kind_read (kinds[i], json, &error);
        g_assert_no_error (error);
        for (guint j = 0; j < n_fields; j++)
          assert_equal_field (&fields[j], body, copy);
        again = way_kind_write (kinds[i], copy, &error);
        g_assert_cmpstr (again, ==, json);
        way_kind_free (kinds[i], body);
        way_kind_free (kinds[i], copy);
      }
}

/* The bytes themselves, which digests are made of: they may never change. */
static void
test_bytes (void)
{
  const WayKind *kind = way_kind_find ("estimate");
  WayEstimateBody *body = way_kind_new (kind);
  const WayKind *notice_kind = way_kind_find ("notice");
  WayNoticeBody *notice = way_kind_new (notice_kind);
  g_autofree char *json = NULL;
  g_autofree char *text = NULL;

  body->attempt = g_strdup ("018b");
  body->capability = g_strdup ("F");
  body->mean = -0.25;
  body->sd = 1.0 / 3;
  body->p1 = 1;
  body->p2 = -0.0;
  body->p3 = 0.1;
  body->p4 = 2.5e-7;
  body->items = 3;
  body->provisional = TRUE;
  body->required = 2;
  body->p_required = 0.8;
  body->standing = g_strdup ("met");
  body->parameters = g_strdup ("author-1");
  json = way_kind_write (kind, body, NULL);
  g_assert_cmpstr (json, ==,
                   "{\"attempt\":\"018b\",\"capability\":\"F\",\"mean\":-0.25,"
                   "\"sd\":0.3333333333333333,\"p1\":1,\"p2\":0,\"p3\":0.1,\"p4\":2.5e-07,"
                   "\"items\":3,\"provisional\":1,\"required\":2,\"p_required\":0.8,"
                   "\"standing\":\"met\",\"parameters\":\"author-1\"}");
  way_kind_free (kind, body);

  notice->title = g_strdup ("a\"b\\c/d");
  notice->text = g_strdup ("\b\f\n\r\t\x01\x1f\x7f é");
  text = way_kind_write (notice_kind, notice, NULL);
  g_assert_cmpstr (text, ==,
                   "{\"title\":\"a\\\"b\\\\c/d\","
                   "\"text\":\"\\b\\f\\n\\r\\t\\u0001\\u001f\x7f é\"}");
  way_kind_free (notice_kind, notice);
}

/* Read, with names in another order, escapes, blanks, and members of a later version. */
static void
test_read_of_others (void)
{
  g_autoptr (GError) error = NULL;
  const WayKind *kind = way_kind_find ("self_rating");
  WaySelfRatingBody *body = way_kind_read (kind,
                                           " {\t\"need\" : 3 , \"later\":{\"x\":[1,[2]]},\r\n"
                                           "\"n\\u006fw\":2,\"capability\":\"\\ud83d\\ude00\\/\","
                                           "\"mood\":null,\"big\":1.5e3} ",
                                           &error);

  g_assert_no_error (error);
  g_assert_cmpint (body->need, ==, 3);
  g_assert_cmpint (body->now, ==, 2);
  g_assert_cmpstr (body->capability, ==, "\U0001f600/");
  way_kind_free (kind, body);
}

static void
test_absent (void)
{
  g_autoptr (GError) error = NULL;
  const WayKind *kind = way_kind_find ("attempt");
  WayAttemptBody *body =
      way_kind_read (kind,
                     "{\"type\":\"baseline\",\"pack\":\"core\",\"pack_version\":1,"
                     "\"parameters\":\"author-1\",\"language\":\"en-GB\","
                     "\"seed\":\"18446744073709551615\"}",
                     &error);

  g_assert_no_error (error);
  g_assert_null (body->required);
  g_assert_true (isnan (body->prior_mean));
  g_assert_cmpint (body->try, ==, WAY_NO_INTEGER);
  way_kind_free (kind, body);
}

static void
test_unknown_kind (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (way_kind_read (way_kind_find ("dream"), "{}", &error));
  g_assert_error (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_UNKNOWN);
}

static void
test_refused_fields (void)
{
  static const struct
  {
    const char *kind;
    const char *json;
    const char *field;
  } cases[] = {
    { "self_rating", "{}", "capability" },
    { "self_rating", "{\"capability\":\"F\",\"now\":1}", "need" },
    { "self_rating", "{\"capability\":\"F\",\"now\":0,\"need\":1}", "now" },
    { "self_rating", "{\"capability\":\"F\",\"now\":5,\"need\":1}", "now" },
    { "self_rating", "{\"capability\":\"F\",\"now\":\"1\",\"need\":1}", "now" },
    { "self_rating", "{\"capability\":\"F\",\"now\":1.0,\"need\":1}", "now" },
    { "self_rating", "{\"capability\":\"F\",\"now\":1e0,\"need\":1}", "now" },
    { "self_rating", "{\"capability\":\"F\",\"now\":true,\"need\":1}", "now" },
    { "self_rating", "{\"capability\":\"F\",\"now\":null,\"need\":1}", "now" },
    { "self_rating", "{\"capability\":\"F\",\"now\":[1],\"need\":1}", "now" },
    { "self_rating", "{\"capability\":6,\"now\":1,\"need\":1}", "capability" },
    { "confidence", "{\"module\":\"F1\",\"moment\":\"during\",\"value\":5}", "moment" },
    { "confidence", "{\"module\":\"F1\",\"moment\":\"before|after\",\"value\":5}", "moment" },
    { "confidence", "{\"module\":\"F1\",\"moment\":\"\",\"value\":5}", "moment" },
    { "confidence", "{\"module\":\"F1\",\"moment\":\"after\",\"value\":11}", "value" },
    { "confidence", "{\"module\":\"F1\",\"moment\":\"after\",\"value\":-1}", "value" },
    { "barrier", "{\"barrier\":\"time\",\"value\":-9223372036854775808}", "value" },
    { "organisation", "{\"name\":\"A\",\"ods\":\"B\",\"synthetic\":2}", "synthetic" },
    { "organisation", "{\"name\":\"A\",\"ods\":\"B\",\"synthetic\":true}", "synthetic" },
    { "organisation", "{\"name\":\"A\",\"ods\":\"B\",\"synthetic\":1.0}", "synthetic" },
    { "item_parameter",
      "{\"pack\":\"c\",\"item\":\"i\",\"version\":\"1\",\"a\":1,\"b\":0,\"c\":1.5,\"d\":1,\"sd\":"
      "1}",
      "c" },
    { "item_parameter",
      "{\"pack\":\"c\",\"item\":\"i\",\"version\":\"1\",\"a\":1,\"b\":0,\"c\":0,\"d\":1,\"sd\":-1}",
      "sd" },
    { "item_parameter",
      "{\"pack\":\"c\",\"item\":\"i\",\"version\":\"1\",\"a\":\"1\",\"b\":0,\"c\":0,\"d\":1,\"sd\":"
      "1}",
      "a" },
    { "feedback_action", "{\"feedback\":\"x\",\"action\":\"decided\",\"decision\":\"maybe\"}",
      "decision" },
    { "retraction", "{\"target\":\"x\",\"reason\":7}", "reason" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *named = g_strdup_printf ("%s: “%s”", cases[i].kind, cases[i].field);

      g_assert_null (way_kind_read (way_kind_find (cases[i].kind), cases[i].json, &error));
      g_assert_error (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_FIELD);
      g_assert_true (g_str_has_prefix (error->message, named));
    }
}

static void
test_refused_to_write (void)
{
  const WayKind *kind = way_kind_find ("item_parameter");
  const WayKind *note_kind = way_kind_find ("note");
  WayItemParameterBody *body = way_kind_new (kind);
  WayNoteBody *note = way_kind_new (note_kind);
  static const double wrong[] = { NAN, INFINITY, -INFINITY };
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  g_assert_null (way_kind_write (kind, body, &error));
  g_assert_error (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_FIELD);
  body->pack = g_strdup ("core");
  body->item = g_strdup ("A01");
  body->version = g_strdup ("1");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_clear_error (&error);
      body->a = wrong[i];
      g_assert_null (way_kind_write (kind, body, &error));
      g_assert_error (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_FIELD);
    }
  body->a = 1;
  json = way_kind_write (kind, body, NULL);
  g_assert_nonnull (json);
  body->item[0] = (char) 0xff;
  g_clear_error (&error);
  g_assert_null (way_kind_write (kind, body, &error));
  g_assert_error (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_FIELD);
  way_kind_free (kind, body);

  /* {"module":"","text":"…"} is 23 bytes and the text. */
  note->module = g_strdup ("");
  note->text = g_strnfill (64 * 1024 - 23, 'x');
  g_free (json);
  json = way_kind_write (note_kind, note, NULL);
  g_assert_cmpuint (strlen (json), ==, 64 * 1024);
  g_assert_true (way_body_check (json, -1, NULL));
  g_free (note->text);
  note->text = g_strnfill (64 * 1024 - 22, 'x');
  g_clear_error (&error);
  g_assert_null (way_kind_write (note_kind, note, &error));
  g_assert_error (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_SIZE);
  way_kind_free (note_kind, note);
}

static void
test_hostile (void)
{
  static const char *const cases[] = {
    "",
    " ",
    "null",
    "1",
    "\"a\"",
    "[]",
    "[{}]",
    "{",
    "}",
    "{}}",
    "{}{}",
    "{} x",
    "{},",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1,}",
    "{,\"a\":1}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":1;\"b\":2}",
    "{a:1}",
    "{'a':1}",
    "{\"a\":'x'}",
    "{\"a\":1,\"a\":2}",
    "{\"a\":1,\"\\u0061\":2}",
    "{\"x\":{\"a\":1,\"a\":2}}",
    "{\"a\":1/* c */}",
    "{\"a\":1}// c",
    "# c\n{}",
    "{\"a\":nan}",
    "{\"a\":NaN}",
    "{\"a\":Infinity}",
    "{\"a\":-Infinity}",
    "{\"a\":inf}",
    "{\"a\":True}",
    "{\"a\":tru}",
    "{\"a\":nul}",
    "{\"a\":undefined}",
    "{\"a\":01}",
    "{\"a\":-01}",
    "{\"a\":+1}",
    "{\"a\":-}",
    "{\"a\":.5}",
    "{\"a\":5.}",
    "{\"a\":1.e3}",
    "{\"a\":1e}",
    "{\"a\":1e+}",
    "{\"a\":1,5}",
    "{\"a\":0x10}",
    "{\"a\":1_000}",
    "{\"a\":1e999}",
    "{\"a\":-1e999}",
    "{\"a\":1e-999}",
    "{\"a\":9223372036854775808}",
    "{\"a\":-9223372036854775809}",
    "{\"a\":99999999999999999999999999999999}",
    "{\"a\":\"\\u0000\"}",
    "{\"\\u0000\":1}",
    "{\"a\":\"\\u00\"}",
    "{\"a\":\"\\u00g0\"}",
    "{\"a\":\"\\ud800\"}",
    "{\"a\":\"\\ud800x\"}",
    "{\"a\":\"\\ud800\\n\"}",
    "{\"a\":\"\\ud800\\u0041\"}",
    "{\"a\":\"\\udc00\"}",
    "{\"a\":\"\\udc00\\ud800\"}",
    "{\"a\":\"\\x41\"}",
    "{\"a\":\"\\'\"}",
    "{\"a\":\"\\",
    "{\"a\":\"\\u12",
    "{\"a\":\"\n\"}",
    "{\"a\":\"\t\"}",
    "{\"a\":\"\x01\"}",
    "{\"a\":\"open}",
    "{\"a\":[1,]}",
    "{\"a\":[,1]}",
    "{\"a\":[1}",
    "{\"a\":[1]]}",
    "{\"a\":{\"b\":1]}",
    "\xef\xbb\xbf{}",
    "{\"a\":\"\xff\"}",
    "{\"a\":\"\xc0\x80\"}",
    "{\"a\":\"\xed\xa0\x80\"}",
    "{\"a\":\"\xf4\x90\x80\x80\"}",
    "{\"a\":\"\xe2\x82\"}",
    "{\"a\":1}\x0b",
    "{\xc2\xa0\"a\":1}",
  };

  g_assert_cmpuint (G_N_ELEMENTS (cases), >=, 40);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      if (way_body_check (cases[i], -1, &error))
        g_error ("accepted: %s", cases[i]);
      g_assert_error (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_SYNTAX);
      g_assert_null (way_kind_read (way_kind_find ("thanks"), cases[i], NULL));
    }
}

static void
test_accepted (void)
{
  static const char *const cases[] = {
    "{}",
    " \t\r\n{ } \n",
    "{\"\":0}",
    "{\"a\":-0,\"b\":-0.0,\"c\":0e0,\"d\":1E+2,\"e\":1e-7,\"f\":5e-324}",
    "{\"a\":9223372036854775807,\"b\":-9223372036854775808}",
    "{\"a\":true,\"b\":false,\"c\":null}",
    "{\"a\":{\"b\":{\"c\":{\"d\":1}}}}",
    "{\"a\":[[[]]],\"b\":[{\"a\":[]}]}",
    "{\"a\":{\"a\":1},\"b\":{\"a\":1}}",
    "{\"a\":\"\\ud83d\\ude00 \\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9 \x7f é\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (way_body_check (cases[i], -1, &error));
      g_assert_no_error (error);
    }
}

static void
test_length (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *big = g_strnfill (64 * 1024 + 1, ' ');

  /* The length counts, not a zero; and a zero inside is refused. */
  g_assert_true (way_body_check ("{}garbage", 2, NULL));
  g_assert_false (way_body_check ("{}\0", 3, NULL));
  g_assert_false (way_body_check ("{\"a\":\"\0\"}", 9, NULL));
  g_assert_false (way_body_check ("{\"a\":1", 6, NULL));

  big[0] = '{';
  big[1] = '}';
  g_assert_true (way_body_check (big, 64 * 1024, NULL));
  g_assert_false (way_body_check (big, 64 * 1024 + 1, &error));
  g_assert_error (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_SIZE);
}

static void
test_deep (void)
{
  static const char *const opens[] = { "[", "{\"a\":", "[{\"a\":" };

  g_assert_false (way_body_check ("{\"a\":{\"b\":{\"c\":{\"d\":{}}}}}", -1, NULL));
  g_assert_false (way_body_check ("{\"a\":[[[[]]]]}", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (opens); i++)
    for (guint depth = 10; depth <= 100000; depth *= 100)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (GString) json = g_string_new ("{\"a\":");

        for (guint j = 0; j < depth; j++)
          g_string_append (json, opens[i]);
        g_assert_false (way_body_check (json->str, -1, &error));
        g_assert_error (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_SIZE);
        g_assert_null (way_kind_read (way_kind_find ("thanks"), json->str, NULL));
      }
}

/* Bytes at random, and good bodies with bytes changed: never a crash, and what is let
 * through can be read again. */
static void
test_mutations (void)
{
  static const char seed_body[] = "{\"title\":\"a\\u00e9\\ud83d\\ude00\",\"text\":\"b\\n\","
                                  "\"until\":-12,\"x\":[1.5e-3,{\"y\":true}]}";
  static const char alphabet[] = "{}[]\":,\\u0dDe+-.19 tfn\x01\x80\xff";
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  guint n_good = 0;

  for (guint i = 0; i < 50000; i++)
    {
      char body[sizeof seed_body];
      guint n = (guint) g_rand_int_range (random, 1, 4);

      memcpy (body, seed_body, sizeof body);
      for (guint j = 0; j < n; j++)
        body[g_rand_int_range (random, 0, sizeof body - 1)] =
            alphabet[g_rand_int_range (random, 0, sizeof alphabet - 1)];
      if (way_body_check (body, sizeof body - 1, NULL))
        n_good++;
      way_body_check (body, g_rand_int_range (random, 0, sizeof body - 1), NULL);
    }
  g_assert_cmpuint (n_good, >, 100);
  g_assert_cmpuint (n_good, <, 40000);
}

/* The expectations are Python's repr(), which is the shortest, but for how an exponent
 * begins and a bare ".0". */
static void
test_shortest_decimals (void)
{
  static const struct
  {
    double number;
    const char *text;
  } cases[] = {
    { 0.0, "0" },
    { -0.0, "0" },
    { 1.0, "1" },
    { -1.0, "-1" },
    { 0.1, "0.1" },
    { 1.0 / 3, "0.3333333333333333" },
    { 0.1 + 0.2, "0.30000000000000004" },
    { 4.35, "4.35" },
    { 100000.0, "100000" },
    { 1e15, "1e+15" },
    { 1e22, "1e+22" },
    { 123456789012345680.0, "1.2345678901234568e+17" },
    { 9007199254740992.0, "9007199254740992" },
    { -2.5e-7, "-2.5e-07" },
    { 5e-324, "5e-324" },
    { 2.2250738585072014e-308, "2.2250738585072014e-308" },
    { 1.7976931348623157e308, "1.7976931348623157e+308" },
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      way_json_append_decimal (text, cases[i].number);
      g_assert_cmpstr (text->str, ==, cases[i].text);
    }
  /* Any bits at all: the same number back, and no shorter text would do. */
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint64 bits = (guint64) g_rand_int (random) << 32 | g_rand_int (random);
      guint digits = 0;
      char shorter[64];
      char format[8];
      double number;

      memcpy (&number, &bits, sizeof number);
      if (!isfinite (number))
        continue;
      way_json_append_decimal (text, number);
      g_assert_true (g_ascii_strtod (text->str, NULL) == number);
      for (const char *at = text->str; *at != '\0' && *at != 'e'; at++)
        digits += g_ascii_isdigit (*at) && (digits > 0 || *at != '0') ? 1 : 0;
      if (digits <= 1)
        continue;
      g_snprintf (format, sizeof format, "%%.%ug", digits - 1);
      g_ascii_formatd (shorter, sizeof shorter, format, number);
      g_assert_true (g_ascii_strtod (shorter, NULL) != number);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/kind/all-kinds", test_all_kinds);
  g_test_add_func ("/record/kind/round-trip", test_round_trip);
  g_test_add_func ("/record/kind/bytes", test_bytes);
  g_test_add_func ("/record/kind/read-of-others", test_read_of_others);
  g_test_add_func ("/record/kind/absent", test_absent);
  g_test_add_func ("/record/kind/unknown-kind", test_unknown_kind);
  g_test_add_func ("/record/kind/refused-fields", test_refused_fields);
  g_test_add_func ("/record/kind/refused-to-write", test_refused_to_write);
  g_test_add_func ("/record/kind/hostile", test_hostile);
  g_test_add_func ("/record/kind/accepted", test_accepted);
  g_test_add_func ("/record/kind/length", test_length);
  g_test_add_func ("/record/kind/deep", test_deep);
  g_test_add_func ("/record/kind/mutations", test_mutations);
  g_test_add_func ("/record/kind/shortest-decimals", test_shortest_decimals);
  return g_test_run ();
}
