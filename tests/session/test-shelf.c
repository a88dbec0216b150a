/* test-shelf.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/way-row-builder.h"
#include "session/way-shelf.h"

#include <locale.h>

#define DAY ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)
#define NOW (20000 * DAY)

typedef struct
{
  const char *module;
  int level;
  int minutes_left;
  const char *state;
  gboolean is_gap;
  gboolean is_needed;
  gint64 due; /* days from now; NEVER: not asked for; NO_DAY: by no day */
} Module;

#define NEVER G_MININT
#define NO_DAY G_MAXINT

static WayPack *
open_core (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  g_autoptr (GError) error = NULL;
  WayPack *pack = way_pack_open (path, NULL, &error);

  g_assert_no_error (error);
  return pack;
}

static GListModel *
make_modules (const Module *modules)
{
  static const char *const columns[] = { "module",    "title",        "capability", "level",
                                         "minutes",   "minutes_left", "state",      "is_gap",
                                         "is_needed", "asked",        "due",        NULL };
  g_autoptr (WayRowBuilder) builder = way_row_builder_new (columns);

  for (; modules->module != NULL; modules++)
    {
      char capability[] = { modules->module[0], '\0' };

      way_row_builder_add_text (builder, modules->module);
      way_row_builder_add_text (builder, modules->module);
      way_row_builder_add_text (builder, capability);
      way_row_builder_add_int (builder, modules->level);
      way_row_builder_add_int (builder, 10);
      way_row_builder_add_int (builder, modules->minutes_left);
      way_row_builder_add_text (builder, modules->state);
      way_row_builder_add_int (builder, modules->is_gap);
      way_row_builder_add_int (builder, modules->is_needed);
      way_row_builder_add_text (builder, modules->due != NEVER ? "1" : NULL);
      way_row_builder_add_int (builder, modules->due == NEVER || modules->due == NO_DAY
                                            ? 0
                                            : NOW + modules->due * DAY);
    }
  return G_LIST_MODEL (way_row_builder_end (builder));
}

static GListModel *
make_rounds (guint n)
{
  static const char *const columns[] = { "skill",   "title", "module", "capability",
                                         "minutes", "days",  NULL };
  g_autoptr (WayRowBuilder) builder = way_row_builder_new (columns);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *skill = g_strdup_printf ("F1.s%u", i + 1);

      way_row_builder_add_text (builder, skill);
      way_row_builder_add_text (builder, "A skill");
      way_row_builder_add_text (builder, "F1");
      way_row_builder_add_text (builder, "F");
      way_row_builder_add_int (builder, 2);
      way_row_builder_add_int (builder, i);
    }
  return G_LIST_MODEL (way_row_builder_end (builder));
}

static const Module ordinary[] = {
  { "A2", 1, 10, "", TRUE, TRUE, NEVER },  { "B4", 3, 10, "", TRUE, FALSE, NEVER }, /* above what
                                                                                       the role
                                                                                       needs */
  { "C1", 1, 10, "", FALSE, TRUE, NEVER }, { "D3", 1, 0, "done", FALSE, TRUE, NEVER }, { NULL },
};
static const Module begun[] = {
  { "F1", 1, 4, "started", TRUE, TRUE, NEVER },
  { "F2", 1, 1, "checked", TRUE, TRUE, NEVER },
  { "A2", 1, 10, "", TRUE, TRUE, NEVER },
  { NULL },
};
static const Module asked[] = {
  { "F1", 1, 4, "started", TRUE, TRUE, NEVER },
  { "A2", 1, 10, "", FALSE, FALSE, 30 },
  { "C1", 1, 10, "", FALSE, FALSE, -2 },
  { "C2", 1, 10, "", FALSE, FALSE, NO_DAY },
  { NULL },
};
static const Module done[] = { { "F1", 1, 0, "done", FALSE, TRUE, -3 }, { NULL } };
static const Module high[] = { { "B4", 3, 10, "", TRUE, FALSE, NEVER }, { NULL } };

/* What stands in the plan: the types and the modules or skills, in their order. */
static void
test_plan (void)
{
  static const struct
  {
    const char *what;
    const Module *modules;
    guint rounds;
    int minutes;
    const char *plan;
  } cases[] = {
    { "one card in two minutes", ordinary, 0, 2, "card A2 2" },
    { "one card in four", ordinary, 0, 4, "card A2 2" },
    { "a module in ten", ordinary, 0, 10, "module A2 10" },
    { "as many as fit, and what lacks first", ordinary, 0, 30, "module A2 10, module C1 10" },
    { "a round and no card", ordinary, 1, 2, "round F1.s1 2" },
    { "two rounds", ordinary, 5, 4, "round F1.s1 2, round F1.s2 2" },
    { "a round and a card", ordinary, 1, 4, "round F1.s1 2, card A2 2" },
    { "three rounds at most", ordinary, 5, 10,
      "round F1.s1 2, round F1.s2 2, round F1.s3 2, card A2 2" },
    { "what is left of a module counts", begun, 0, 4, "module F1 4" },
    { "a card of what is begun", begun, 0, 3, "shift F2 1, card F1 2" },
    { "two that fit", begun, 0, 10, "module F1 4, shift F2 1" },
    { "all", begun, 1, 30, "round F1.s1 2, module F1 4, shift F2 1, module A2 10" },
    { "what is late goes first", asked, 1, 10, "module C1 10" },
    { "asked for before begun", asked, 1, 30,
      "module C1 10, round F1.s1 2, module A2 10, module F1 4" },
    { "done is done", done, 0, 30, "" },
    { "nothing at the person’s level", high, 0, 30, "" },
    { "no minutes", ordinary, 3, 0, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GListModel) modules = make_modules (cases[i].modules);
      g_autoptr (GListModel) rounds = make_rounds (cases[i].rounds);
      g_autoptr (GListStore) plan = way_shelf_plan (modules, rounds, cases[i].minutes, NOW);
      g_autoptr (GString) text = g_string_new (NULL);
      int sum = 0;

      for (guint k = 0; k < g_list_model_get_n_items (G_LIST_MODEL (plan)); k++)
        {
          g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (plan), k);
          gboolean is_round = g_str_equal (way_row_get_text (row, "type"), "round");

          g_string_append_printf (text, "%s%s %s %s", k > 0 ? ", " : "",
                                  way_row_get_text (row, "type"),
                                  way_row_get_text (row, is_round ? "skill" : "module"),
                                  way_row_get_text (row, "minutes"));
          sum += (int) way_row_get_int (row, "minutes");
          g_assert_true (
              g_str_has_prefix (way_row_get_text (row, "reason"), "Recommended because"));
        }
      if (!g_str_equal (text->str, cases[i].plan))
        g_error ("%s: “%s” and not “%s”", cases[i].what, text->str, cases[i].plan);
      g_assert_cmpint (sum, <=, cases[i].minutes);
    }
}

static void
test_explain (void)
{
  static const struct
  {
    Module module;
    const char *reason;
  } cases[] = {
    { { "A2", 1, 10, "", TRUE, TRUE, NEVER },
      "Recommended because something is missing here for your role." },
    { { "A2", 1, 10, "", FALSE, TRUE, NEVER },
      "Recommended because your role asks for this level." },
    { { "A2", 1, 10, "", FALSE, TRUE, NO_DAY }, "Recommended because your trust asks for it." },
    { { "A2", 1, 10, "", FALSE, FALSE, 3 },
      "Recommended because your trust asks for it by 7 October." },
    { { "A2", 1, 10, "started", FALSE, FALSE, -3 },
      "Recommended because your trust asked for it by 1 October." },
    { { "A2", 1, 4, "practised", TRUE, TRUE, NEVER },
      "Recommended because you have begun it. It goes on where you were." },
    { { "A2", 1, 1, "checked", TRUE, TRUE, NEVER },
      "Recommended because one thing is left, on your shift." },
    { { "A2", 1, 0, "done", TRUE, TRUE, -3 }, NULL },
    { { "A2", 4, 10, "", TRUE, FALSE, NEVER }, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Module list[] = { cases[i].module, { NULL } };
      g_autoptr (GListModel) modules = make_modules (list);
      g_autoptr (WayRow) row = g_list_model_get_item (modules, 0);
      g_autofree char *reason = way_shelf_explain (row, NOW);

      g_assert_cmpstr (reason, ==, cases[i].reason);
    }
}

static const Module shelf[] = {
  { "F1", 1, 4, "started", TRUE, TRUE, NEVER }, { "B4", 3, 10, "", FALSE, FALSE, NEVER },
  { "F2", 1, 10, "", TRUE, TRUE, NEVER },       { "C1", 1, 0, "done", FALSE, TRUE, NEVER },
  { "B5", 3, 10, "", FALSE, FALSE, NEVER },     { NULL },
};

static void
test_list (void)
{
  static const struct
  {
    WayShelfFilter filter;
    const char *text;
    const char *list;
    const char *nothing; /* (nullable) what is said when it is empty */
  } cases[] = {
    { { NULL }, NULL, "F1 B4 F2 C1 B5", NULL },
    { { NULL }, "  ", "F1 B4 F2 C1 B5", NULL },
    { { .capability = "F" }, NULL, "F1 F2", NULL },
    { { .level = 3 }, NULL, "B4 B5", NULL },
    { { .minutes = 4 }, NULL, "F1", NULL },
    { { .minutes = 10 }, NULL, "F1 B4 F2 C1 B5", NULL },
    { { .is_needed = TRUE }, NULL, "F1 F2 C1", NULL },
    { { .pathway = "champion" }, NULL, "B4 B5", NULL },
    { { .pathway = "nobody" }, NULL, "", "No module fits all of this." },
    { { .capability = "B", .level = 3 }, NULL, "B4 B5", NULL },
    { { NULL }, "floorwalkng", "B5", NULL },
    { { .level = 1 }, "phish", "F1", NULL },
    { { .level = 3 }, "phish", "", "No module about “phish” is left by the filters." },
    { { NULL }, "zebra", "", "No module is about “zebra”. A shorter word may find more." },
    { { .capability = "E" }, NULL, "", "There is nothing for “Making and improving” yet." },
    { { .level = 4 }, NULL, "", "There is nothing at the level “Lead” here yet." },
    { { .level = 4, .capability = "F" },
      NULL,
      "",
      "There is nothing at the level “Lead” for “Staying safe” yet." },
    { { .is_needed = TRUE, .capability = "B" },
      NULL,
      "",
      "There is nothing at the level that your role needs here yet." },
  };
  g_autoptr (WayPack) pack = open_core ();
  g_autoptr (WayLibrary) library = way_library_new (pack);
  g_autoptr (GListModel) modules = make_modules (shelf);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GListStore)
          list = way_shelf_list (pack, library, modules, &cases[i].filter, cases[i].text);
      g_autofree char *nothing = way_shelf_describe_nothing (pack, &cases[i].filter, cases[i].text);
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint k = 0; k < g_list_model_get_n_items (G_LIST_MODEL (list)); k++)
        {
          g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (list), k);

          g_string_append_printf (text, "%s%s", k > 0 ? " " : "", way_row_get_text (row, "module"));
        }
      if (!g_str_equal (text->str, cases[i].list))
        g_error ("case %u: “%s” and not “%s”", i, text->str, cases[i].list);
      if (cases[i].nothing != NULL)
        g_assert_cmpstr (nothing, ==, cases[i].nothing);
    }
}

/* B5 has 4 cards: with why, practice, check and shift 8 steps. */
static void
test_minutes (void)
{
  static const struct
  {
    const char *state;
    int steps;
    int minutes;
  } cases[] = {
    { NULL, 0, 10 },       { "", 0, 10 },        { "started", 1, 9 },   { "started", 4, 5 },
    { "started", 8, 2 },   { "started", 99, 2 }, { "started", -1, 10 }, { "practised", 0, 5 },
    { "practised", 6, 3 }, { "checked", 0, 1 },  { "done", 0, 0 },
  };
  g_autoptr (WayPack) pack = open_core ();
  const WayModule *module = way_pack_find_module (pack, "B5");

  g_assert_cmpuint (module->cards->len, ==, 4);
  g_assert_cmpint (module->minutes, ==, 10);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (way_shelf_count_minutes (module, cases[i].state, cases[i].steps), ==,
                     cases[i].minutes);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/shelf/plan", test_plan);
  g_test_add_func ("/session/shelf/explain", test_explain);
  g_test_add_func ("/session/shelf/list", test_list);
  g_test_add_func ("/session/shelf/minutes", test_minutes);
  return g_test_run ();
}
