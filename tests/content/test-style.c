/* test-style.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-pack.h"
#include "content/way-prose.h"
#include "content/way-style.h"
#include "pack-fixture.h"

#include <string.h>

static void
test_prose_faults (void)
{
  static const struct
  {
    const char *text;
    WayProseFlags flags;
    const char *fault; /* (nullable) how it begins; NULL: none */
  } samples[] = {
    { "Check 2 details. The number is 999 001 0005.", WAY_PROSE_PARAGRAPH, NULL },
    { "One two three four five six seven eight nine ten one two three four five six seven eight "
      "nine ten.",
      WAY_PROSE_PARAGRAPH, NULL },
    { "One two three four five six seven eight nine ten one two three four five six seven eight "
      "nine ten more.",
      WAY_PROSE_PARAGRAPH, "sentence of 21 words" },
    { "One. Two. Three.", WAY_PROSE_PARAGRAPH, NULL },
    { "One. Two. Three. Four.", WAY_PROSE_PARAGRAPH, "paragraph of 4 sentences" },
    { "One. Two. Three. Four.", WAY_PROSE_LABEL, NULL },
    { "She said “Stop.” Then she rang.", WAY_PROSE_PARAGRAPH, NULL },
    { "It is easy.", WAY_PROSE_LABEL, "banned word: easy" },
    { "Please wait.", WAY_PROSE_LABEL, "banned word: Please" },
    { "That is justice.", WAY_PROSE_LABEL, NULL },
    { "Of course it is.", WAY_PROSE_LABEL, "banned word: Of course" },
    { "The color is right.", WAY_PROSE_LABEL, "American spelling: color" },
    { "Organize it.", WAY_PROSE_LABEL, "American spelling: Organize" },
    { "Recognizing it.", WAY_PROSE_LABEL, "American spelling: Recognizing" },
    { "The size of the prize was seized.", WAY_PROSE_LABEL, NULL },
    { "A medium-sized ward.", WAY_PROSE_LABEL, NULL },
    { "Stop!", WAY_PROSE_LABEL, "exclamation mark" },
    { "Stop — then ask.", WAY_PROSE_LABEL, "em dash" },
    { "It is 999 001 0006.", WAY_PROSE_LABEL, "NHS number with a wrong check digit" },
    { "It is 943 476 5919.", WAY_PROSE_LABEL, "NHS number outside" },
    { "Ring 020 7946 0000 now.", WAY_PROSE_LABEL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);

      way_prose_check (samples[i].text, samples[i].flags, faults);
      g_test_message ("%s: %s", samples[i].text,
                      faults->len > 0 ? (const char *) g_ptr_array_index (faults, 0) : "nothing");
      g_assert_cmpuint (faults->len, ==, samples[i].fault != NULL);
      if (samples[i].fault != NULL)
        g_assert_true (g_str_has_prefix (g_ptr_array_index (faults, 0), samples[i].fault));
    }
}

/* Counted by hand. */
static void
test_prose_reading_age (void)
{
  WayProse prose = { 0 };
  double expected;

  g_assert_cmpfloat (way_prose_get_reading_age (&prose), ==, 0);
  way_prose_add (&prose, "The cat sat. A computer makes patients wait for 999 001 0005.");
  g_assert_cmpuint (prose.n_sentences, ==, 2);
  g_assert_cmpuint (prose.n_words, ==, 10);
  /* the cat sat · a com-pu-ter makes pa-tients wait for num-ber */
  g_assert_cmpuint (prose.n_syllables, ==, 14);
  expected = 5 - 15.59 + 0.39 * 10 / 2 + 11.8 * 14 / 10;
  g_assert_cmpfloat_with_epsilon (way_prose_get_reading_age (&prose), expected, 1e-12);

  memset (&prose, 0, sizeof prose);
  way_prose_add (&prose, "Go. Stop. Sit.");
  g_assert_cmpfloat (way_prose_get_reading_age (&prose), ==, 5);
}

static void
test_prose_compare (void)
{
  g_autofree char *a = way_prose_dup_key ("Which  message can you trust? It’s from Sam.");
  g_autofree char *b = way_prose_dup_key ("which message can you trust, its from Sam");

  g_assert_cmpstr (a, ==, "which message can you trust its from sam");
  g_assert_cmpstr (a, ==, b);
  g_assert_cmpfloat (way_prose_compare ("one two three", "two three four"), ==, .5);
  g_assert_cmpfloat (way_prose_compare ("one", "two"), ==, 0);
}

/* The shipped pack with one thing changed, and what is then said. */
typedef struct
{
  const char *name;
  const char *file;
  const char *old; /* the first of these */
  const char *new;
  const char *problem;
} Change;

static const Change changes[] = {
  { "nothing", NULL, NULL, NULL, NULL },
  { "word", "modules/F1/module.xml", "<summary>", "<summary>It is easy. ",
    "modules/F1/module.xml:5: banned word: easy" },
  { "label", "modules/F1/module.xml", " alt=\"", " alt=\"Simply ",
    "modules/F1/module.xml:15: banned word: Simply" },
  { "alternative", "modules/F1/module.xml", " alt=\"", " alt=\"Picture of ",
    "modules/F1/module.xml:15: alternative text that begins with" },
  { "glossary", "modules/F1/module.xml", "<dfn>phishing</dfn>", "<dfn>widget</dfn>",
    "modules/F1/module.xml:16: no glossary entry for: widget" },
  { "question", "modules/F1/items/F1-q01.xml", "<qti-item-body>", "<qti-item-body><p>Stop!</p>",
    "modules/F1/items/F1-q01.xml:" },
  { "desk-task", "desks/f1-inbox.xml", "<task>", "<task><p>It is easy.</p>",
    "desks/f1-inbox.xml:" },
  { "outcome-asked", "modules/F1/module.xml", "id=\"F1-q01\" outcome=\"F1.sender\"",
    "id=\"F1-q01\" outcome=\"F1.link\"", "modules/F1/module.xml:1: outcome F1.sender has 3 " },
  { "enemy", "pack.xml", "enemies=\"A09\"", "enemies=\"A08\"",
    "pack.xml:1: A07 has an enemy A08 that does not name it" },
  { "rationale", "baseline/A/A01.xml", "<p>An opener:", "<p id=\"z\">An opener:",
    "baseline/A/A01.xml:1: no rationale says why it is asked" },
  { "explanation", "baseline/A/A01.xml", "<p id=\"a\">", "<p id=\"z\">",
    "baseline/A/A01.xml:1: nothing explains the choice “a”" },
  { "catch-all", "baseline/A/A01.xml", "<qti-simple-choice identifier=\"a\">",
    "<qti-simple-choice identifier=\"a\">All of the above ",
    "baseline/A/A01.xml:1: a choice that stands for the others" },
};

/* Nothing here outlives the test, so nothing waits for the disk. */
static void
write_changed (const char *path, const char *text)
{
  g_unlink (path);
  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static char *
copy_core (void)
{
  g_autofree char *core = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  char *copy = g_dir_make_tmp ("way-style-XXXXXX", NULL);

  way_fixture_copy_folder (core, copy);

  return copy;
}

static GPtrArray *
check (const char *path)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  WayStyle style;

  way_style_check (path, problems, &style, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (style.n_words, >, 0);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (problems, i));

  return g_steal_pointer (&problems);
}

static gboolean
has_problem (GPtrArray *problems, const char *part)
{
  for (guint i = 0; i < problems->len; i++)
    if (strstr (g_ptr_array_index (problems, i), part) != NULL)
      return TRUE;

  return FALSE;
}

static void
test_style_changes (void)
{
  g_autofree char *folder = copy_core ();

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      const Change *change = &changes[i];
      g_autofree char *path = NULL;
      g_autofree char *text = NULL;
      g_autoptr (GString) changed = NULL;
      g_autoptr (GPtrArray) problems = NULL;

      g_test_message ("%s", change->name);
      if (change->file != NULL)
        {
          path = g_build_filename (folder, change->file, NULL);
          g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
          changed = g_string_new (text);
          g_assert_cmpuint (g_string_replace (changed, change->old, change->new, 1), ==, 1);
          write_changed (path, changed->str);
        }
      problems = check (folder);
      if (change->problem != NULL)
        g_assert_true (has_problem (problems, change->problem));
      else
        g_assert_cmpuint (problems->len, ==, 0);
      if (path != NULL)
        write_changed (path, text);
    }
  way_fixture_remove_folder (folder);
}

/* Rewrites every single choice of the baseline. */
static void
rewrite_choices (const char *folder, const char *pattern, const char *replacement)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_DOTALL, 0, NULL);
  g_autofree char *baseline = g_build_filename (folder, "baseline", NULL);
  g_autoptr (GDir) dir = g_dir_open (baseline, 0, NULL);
  const char *capability;

  while ((capability = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inside = g_build_filename (baseline, capability, NULL);
      g_autoptr (GDir) items = g_dir_open (inside, 0, NULL);
      const char *name;

      while ((name = g_dir_read_name (items)) != NULL)
        {
          g_autofree char *path = g_build_filename (inside, name, NULL);
          g_autofree char *text = NULL;
          g_autofree char *changed = NULL;

          g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
          if (strstr (text, "max-choices=\"1\"") == NULL)
            continue;
          changed = g_regex_replace (regex, text, -1, 0, replacement, 0, NULL);
          write_changed (path, changed);
        }
    }
}

#define RIGHT_IS "(<qti-correct-response>\\s*<qti-value>)([a-z])(</qti-value>.*?)"

static void
test_style_habits (void)
{
  g_autofree char *longest = copy_core ();
  g_autofree char *first = copy_core ();
  g_autoptr (GPtrArray) problems = NULL;

  /* The right one goes on. */
  rewrite_choices (longest, RIGHT_IS "(identifier=\"\\2\"[^>]*>)",
                   "\\1\\2\\3\\4And this goes on and on until it is longer than all the others ");
  problems = check (longest);
  g_assert_true (has_problem (problems, "the right choice is the longest in "));
  g_clear_pointer (&problems, g_ptr_array_unref);

  /* The first one is right. */
  rewrite_choices (first, RIGHT_IS "(<qti-simple-choice identifier=\")([a-z])\"",
                   "\\1\\5\\3\\4\\5\"");
  problems = check (first);
  g_assert_true (has_problem (problems, "place 1 holds the right choice in "));

  way_fixture_remove_folder (longest);
  way_fixture_remove_folder (first);
}

/* One question again under another name. */
static void
test_style_same (void)
{
  g_autofree char *folder = copy_core ();
  g_autofree char *from = g_build_filename (folder, "baseline", "A", "A05.xml", NULL);
  g_autofree char *to = g_build_filename (folder, "baseline", "A", "A06.xml", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  g_assert_true (g_file_get_contents (from, &text, NULL, NULL));
  changed = g_string_new (text);
  g_string_replace (changed, "identifier=\"A05\"", "identifier=\"A06\"", 1);
  g_string_replace (changed, "busy ward", "quiet ward", 1);
  write_changed (to, changed->str);
  problems = check (folder);
  g_assert_true (
      has_problem (problems, "baseline/A/A06.xml:1: asks the same as baseline/A/A05.xml"));

  way_fixture_remove_folder (folder);
}

static void
test_style_bank (void)
{
  g_autofree char *folder = copy_core ();
  g_autofree char *path = g_build_filename (folder, "pack.xml", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_string_new (text);
  g_string_replace (changed, " opener=\"1\"", "", 0);
  g_string_replace (changed, "capability=\"E\" level=\"4\"", "capability=\"E\" level=\"3\"", 0);
  write_changed (path, changed->str);
  problems = check (folder);
  g_assert_true (has_problem (problems, "capability A has 0 openers"));
  g_assert_true (has_problem (problems, "capability E has no question of level 4"));

  way_fixture_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/content/prose/faults", test_prose_faults);
  g_test_add_func ("/content/prose/reading-age", test_prose_reading_age);
  g_test_add_func ("/content/prose/compare", test_prose_compare);
  g_test_add_func ("/content/style/changes", test_style_changes);
  g_test_add_func ("/content/style/habits", test_style_habits);
  g_test_add_func ("/content/style/bank", test_style_bank);
  g_test_add_func ("/content/style/same", test_style_same);

  return g_test_run ();
}
