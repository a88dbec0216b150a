/* test-handout.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-handout.h"

#include "assessment/way-check.h"

#include <string.h>

static WayPack *
open_pack (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  g_autoptr (GError) error = NULL;
  WayPack *pack = way_pack_open (path, NULL, &error);

  g_assert_no_error (error);
  return pack;
}

static gboolean
mark (const WayHandoutQuestion *question, const char *written)
{
  g_autoptr (GError) error = NULL;
  gboolean is_right = FALSE;

  way_handout_question_mark (question, written, &is_right, &error);
  g_assert_no_error (error);
  return is_right;
}

/* Each letter of a key moved on by one: an answer that somebody could write. */
static char *
spoil (const WayHandoutQuestion *question, const char *key)
{
  const WayHandoutPlace *place = g_ptr_array_index (question->places, 0);
  char *spoilt;

  if (question->type == WAY_WRITTEN_WORDS)
    return g_strconcat (key, "7", NULL);
  spoilt = g_strdup (key);
  for (char *c = spoilt; *c != '\0'; c++)
    if (*c >= 'A' && *c <= 'Z')
      *c = (char) ('A' + (*c - 'A' + 1) % (int) place->choices->len);
  return spoilt;
}

static void
assert_outcomes (const WayHandout *handout)
{
  for (guint i = 0; i < handout->module->outcomes->len; i++)
    {
      const WayOutcome *outcome = g_ptr_array_index (handout->module->outcomes, i);
      gboolean is_asked = FALSE;

      for (guint j = 0; j < handout->questions->len; j++)
        {
          const WayHandoutQuestion *question = g_ptr_array_index (handout->questions, j);

          is_asked |= g_str_equal (question->outcome, outcome->id);
        }
      g_assert_true (is_asked);
    }
}

/* Each variant of each module: every outcome is asked, what is right is marked right, and
 * what is not is not. */
static void
test_all (void)
{
  g_autoptr (WayPack) pack = open_pack ();
  GPtrArray *modules = way_pack_get_modules (pack);
  guint n_types[WAY_WRITTEN_WORDS + 1] = { 0 };

  for (guint i = 0; i < modules->len; i++)
    for (guint variant = 1; variant <= WAY_HANDOUT_MOST_VARIANTS; variant += 7)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (WayHandout) handout = way_handout_new (pack, modules->pdata[i], variant, &error);

        g_assert_no_error (error);
        g_assert_cmpuint (handout->questions->len, >=, 5);
        assert_outcomes (handout);
        for (guint j = 0; j < handout->questions->len; j++)
          {
            const WayHandoutQuestion *question = g_ptr_array_index (handout->questions, j);
            g_autofree char *key = way_handout_question_dup_key (question);
            g_autofree char *small = g_ascii_strdown (key, -1);
            g_autofree char *wrong = spoil (question, key);

            n_types[question->type]++;
            g_assert_cmpstr (key, !=, "");
            g_assert_true (mark (question, key));
            g_assert_true (mark (question, small));
            if (mark (question, wrong))
              g_error ("%s takes “%s” for “%s”", question->item->id, wrong, key);
            g_assert_false (mark (question, ""));
          }
      }
  for (guint i = 0; i < G_N_ELEMENTS (n_types); i++)
    g_assert_cmpuint (n_types[i], >, 0);
}

static char *
describe (const WayHandout *handout)
{
  GString *text = g_string_new (handout->number);

  for (guint i = 0; i < handout->questions->len; i++)
    {
      const WayHandoutQuestion *question = g_ptr_array_index (handout->questions, i);
      g_autofree char *key = way_handout_question_dup_key (question);

      g_string_append_printf (text, " %s=%s", question->item->id, key);
    }
  return g_string_free (text, FALSE);
}

/* The number that is printed says which sheet it is, and neighbours cannot copy. */
static void
test_numbers (void)
{
  g_autoptr (WayPack) pack = open_pack ();
  WayModule *module = way_pack_find_module (pack, "F1");
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *old = g_strdup_printf ("F1-%d-07", module->version + 1);
  const char *const wrong[] = { "",       "F1",     "F1-7",     "F1-0-7",  "F1-2-0", "F1-2-100",
                                "F1-x-7", "Z9-1-1", "F1-2-7-9", "F1-2--7", old };

  for (guint variant = 1; variant <= WAY_HANDOUT_MOST_VARIANTS; variant++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WayHandout) handout = way_handout_new (pack, module, variant, &error);
      g_autofree char *loose = g_strdup_printf ("  f1-%d-%u ", module->version, variant);
      g_autoptr (WayHandout) again = way_handout_new_from_number (pack, loose, &error);
      g_autofree char *first = describe (handout);
      g_autofree char *second = describe (again);

      g_assert_no_error (error);
      g_assert_cmpstr (first, ==, second);
      g_assert_true (g_hash_table_add (seen, g_strdup (first + strlen (handout->number))));
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (way_handout_new_from_number (pack, wrong[i], &error));
      g_assert_error (error, WAY_HANDOUT_ERROR, WAY_HANDOUT_ERROR_NUMBER);
    }
}

static const WayHandoutQuestion *
find (WayPack *pack, WayWrittenType type, WayHandout **handout)
{
  GPtrArray *modules = way_pack_get_modules (pack);

  for (guint i = 0; i < modules->len; i++)
    for (guint variant = 1; variant <= WAY_HANDOUT_MOST_VARIANTS; variant++)
      {
        g_autoptr (GError) error = NULL;

        *handout = way_handout_new (pack, modules->pdata[i], variant, &error);
        g_assert_no_error (error);
        for (guint j = 0; j < (*handout)->questions->len; j++)
          {
            const WayHandoutQuestion *question = g_ptr_array_index ((*handout)->questions, j);

            if (question->type == type && (type != WAY_WRITTEN_PLACES || question->places->len > 2))
              return question;
          }
        way_handout_free (*handout);
      }
  g_assert_not_reached ();
}

static void
test_wrong (void)
{
  static const struct
  {
    WayWrittenType type;
    const char *written;
    const char *message;
  } cases[] = {
    { WAY_WRITTEN_LETTER, "A B", "Only 1 letter*" },
    { WAY_WRITTEN_LETTER, "Z", "“Z” is none of the letters A to *" },
    { WAY_WRITTEN_LETTER, "é", "“é” is none of *" },
    { WAY_WRITTEN_LETTERS, "A, a", "A stands there twice" },
    { WAY_WRITTEN_LETTERS, "1", "“1” is none of *" },
    { WAY_WRITTEN_ORDER, "A B A", "A stands there twice" },
    { WAY_WRITTEN_PLACES, "A", "There are * places*" },
    { WAY_WRITTEN_PLACES, "A B C A B C A B C", "There are * places*" },
  };
  g_autoptr (WayPack) pack = open_pack ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WayHandout) handout = NULL;
      g_autoptr (GError) error = NULL;
      const WayHandoutQuestion *question = find (pack, cases[i].type, &handout);
      gboolean is_right = TRUE;

      g_assert_false (way_handout_question_mark (question, cases[i].written, &is_right, &error));
      g_assert_error (error, WAY_HANDOUT_ERROR, WAY_HANDOUT_ERROR_WRITTEN);
      if (!g_pattern_match_simple (cases[i].message, error->message))
        g_error ("“%s” is not “%s”", error->message, cases[i].message);
    }
}

/* What is left empty in one place does not move the others. */
static void
test_dash (void)
{
  g_autoptr (WayPack) pack = open_pack ();
  g_autoptr (WayHandout) handout = NULL;
  const WayHandoutQuestion *question = find (pack, WAY_WRITTEN_PLACES, &handout);
  g_autofree char *key = way_handout_question_dup_key (question);
  g_autofree char *rest = g_strconcat ("–", key + 1, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) whole = way_handout_question_read (question, key, &error);
  g_autoptr (GHashTable) less = way_handout_question_read (question, rest, &error);
  const WayHandoutPlace *place = g_ptr_array_index (question->places, 0);
  const WayValue *of_whole, *of_less;

  g_assert_no_error (error);
  of_whole = g_hash_table_lookup (whole, place->interaction->response);
  of_less = g_hash_table_lookup (less, place->interaction->response);
  g_assert_cmpuint (of_less->texts->len, ==, of_whole->texts->len - 1);
  for (guint i = 0; i < of_less->texts->len; i++)
    g_assert_cmpstr (of_less->texts->pdata[i], ==, of_whole->texts->pdata[i + 1]);
  g_assert_false (mark (question, rest));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/handout/all", test_all);
  g_test_add_func ("/handout/numbers", test_numbers);
  g_test_add_func ("/handout/wrong", test_wrong);
  g_test_add_func ("/handout/dash", test_dash);
  return g_test_run ();
}
