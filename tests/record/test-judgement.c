/* test-judgement.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-judgement.h"
#include "../content/pack-fixture.h"

#include <math.h>

/* The core pack with three of its modules: F1, C1 and D3, all of level 1 and 10 minutes or
 * so. Whatever is written besides, the order of these is known. */
#define MODULES                                                                                    \
  "<modules><module href=\"modules/F1/module.xml\"/><module href=\"modules/C1/module.xml\"/>"      \
  "<module href=\"modules/D3/module.xml\"/></modules>"
#define PATHWAY(id, modules)                                                                       \
  "<pathway id=\"" id "\" title=\"" id "\"><description>Some.</description>" modules "</pathway>"
#define M(id) "<module ref=\"" id "\"/>"
#define PATHWAYS                                                                                   \
  "<pathways>" PATHWAY ("everyone", M ("F1") M ("C1") M ("D3"))                                    \
      PATHWAY ("admin", M ("F1") M ("D3") M ("C1"))                                                \
          PATHWAY ("estates", M ("D3") M ("F1")) "</pathways>"

static char *folder; /* (owned) of that pack */

typedef struct
{
  WayPack *pack;
  WaySummary summary;
} Fixture;

static void
replace_section (char **text, const char *pattern, const char *section)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_DOTALL, 0, NULL);
  char *changed = g_regex_replace_literal (regex, *text, -1, 0, section, 0, NULL);

  g_assert_cmpstr (changed, !=, *text);
  g_free (*text);
  *text = changed;
}

static void
make_pack (void)
{
  g_autofree char *core = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  g_autofree char *manifest = NULL;
  g_autofree char *text = NULL;

  folder = g_dir_make_tmp ("way-judgement-XXXXXX", NULL);
  manifest = g_build_filename (folder, "pack.xml", NULL);
  way_fixture_copy_folder (core, folder);
  g_assert_true (g_file_get_contents (manifest, &text, NULL, NULL));
  replace_section (&text, "<modules>.*</modules>", MODULES);
  replace_section (&text, "<pathways>.*</pathways>", PATHWAYS);
  g_assert_true (g_file_set_contents (manifest, text, -1, NULL));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->pack = way_pack_open (folder, "en-GB", &error);
  g_assert_no_error (error);
  self->summary = (WaySummary){ 0 };
  self->summary.has_rated = TRUE;
  self->summary.has_baseline = TRUE;
  self->summary.module_states = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < WAY_MAX_CAPABILITIES; i++)
    {
      self->summary.p_required[i] = NAN;
      self->summary.required[i] = 2;
    }
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_hash_table_unref (self->summary.module_states);
  g_assert_finalize_object (self->pack);
}

static void
measure (Fixture *self, const char *capability, WayStanding standing, double p_required)
{
  int i = way_pack_find_capability (self->pack, capability);

  g_assert_cmpint (i, >=, 0);
  self->summary.standing[i] = standing;
  self->summary.p_required[i] = p_required;
}

static void
put (Fixture *self, const char *module, const char *state)
{
  g_hash_table_insert (self->summary.module_states, (gpointer) module, (gpointer) state);
}

static void
assert_step (Fixture *self, int minutes, WayStepType type, const char *module, const char *why)
{
  g_autoptr (WayNextStep) step = way_next_step_judge (self->pack, &self->summary, minutes);

  g_assert_cmpint (step->type, ==, type);
  g_assert_cmpstr (step->module, ==, module);
  g_assert_cmpstr (step->why, ==, why);
  if (module == NULL)
    g_assert_cmpint (step->capability, ==, -1);
  else
    g_assert_cmpint (step->capability, ==,
                     way_pack_find_capability (
                         self->pack, way_pack_find_module (self->pack, module)->capability));
}

static void
assert_plan (Fixture *self, const char *role, const char *wanted)
{
  g_autoptr (GPtrArray) plan = way_plan_judge (self->pack, &self->summary, role);
  g_autoptr (GString) order = g_string_new (NULL);

  for (guint i = 0; i < plan->len; i++)
    g_string_append_printf (order, "%s%s", i > 0 ? " " : "",
                            ((WayModule *) g_ptr_array_index (plan, i))->id);
  g_assert_cmpstr (order->str, ==, wanted);
}

static void
test_measure_first (Fixture *self, gconstpointer data)
{
  g_autoptr (WayNextStep) rate = NULL;
  g_autoptr (WayNextStep) begin = NULL;
  g_autoptr (WayNextStep) go_on = NULL;

  /* Nothing that has been begun elsewhere goes before it. */
  put (self, "F1", "started");
  self->summary.has_rated = FALSE;
  self->summary.has_baseline = FALSE;
  rate = way_next_step_judge (self->pack, &self->summary, 2);
  g_assert_cmpint (rate->type, ==, WAY_STEP_RATE);
  g_assert_cmpstr (rate->why, ==, "never-measured");

  self->summary.has_rated = TRUE;
  begin = way_next_step_judge (self->pack, &self->summary, 2);
  g_assert_cmpint (begin->type, ==, WAY_STEP_BASELINE);
  g_assert_cmpstr (begin->why, ==, "never-measured");
  g_assert_cmpint (rate->minutes, ==, begin->minutes + 1);

  self->summary.is_baseline_open = TRUE;
  self->summary.baseline_left = 1;
  go_on = way_next_step_judge (self->pack, &self->summary, 2);
  g_assert_cmpint (go_on->type, ==, WAY_STEP_BASELINE);
  g_assert_cmpstr (go_on->why, ==, "baseline-open");
  g_assert_cmpint (go_on->minutes, >=, 1);
  g_assert_cmpint (go_on->minutes, <, begin->minutes);
}

static void
test_open_baseline_of_one_measured_before (Fixture *self, gconstpointer data)
{
  self->summary.is_baseline_open = TRUE;
  self->summary.baseline_left = 9;
  assert_step (self, 0, WAY_STEP_BASELINE, NULL, "baseline-open");
}

static void
test_largest_gap (Fixture *self, gconstpointer data)
{
  /* "Not yet" goes before "not sure", however the probabilities lie. */
  measure (self, "F", WAY_STANDING_NOT_SURE, 0.21);
  measure (self, "C", WAY_STANDING_NOT_YET, 0.2);
  measure (self, "D", WAY_STANDING_NOT_YET, 0.05);
  assert_step (self, 0, WAY_STEP_MODULE, "D3", "largest-gap");
  assert_plan (self, NULL, "D3 C1 F1");

  measure (self, "D", WAY_STANDING_NOT_SURE, 0.1);
  assert_step (self, 0, WAY_STEP_MODULE, "C1", "largest-gap");
  assert_plan (self, NULL, "C1 D3 F1");

  /* Met needs nothing. */
  measure (self, "C", WAY_STANDING_MET, 0.9);
  assert_step (self, 0, WAY_STEP_MODULE, "D3", "largest-gap");
  assert_plan (self, NULL, "D3 F1 C1");
}

static void
test_not_measured_comes_last_of_gaps (Fixture *self, gconstpointer data)
{
  measure (self, "C", WAY_STANDING_NOT_SURE, 0.79);
  measure (self, "F", WAY_STANDING_MET, 0.99);
  assert_plan (self, NULL, "C1 D3 F1");
}

static void
test_begun_first (Fixture *self, gconstpointer data)
{
  measure (self, "F", WAY_STANDING_NOT_YET, 0.01);
  measure (self, "C", WAY_STANDING_MET, 0.9);
  measure (self, "D", WAY_STANDING_NOT_YET, 0.1);
  put (self, "C1", "started");
  assert_step (self, 0, WAY_STEP_MODULE, "C1", "in-progress");
  /* Even in two minutes: it can be left after any card. */
  assert_step (self, 2, WAY_STEP_MODULE, "C1", "in-progress");
  /* The one nearer to its end goes first, and takes less. */
  put (self, "D3", "practised");
  assert_step (self, 2, WAY_STEP_MODULE, "D3", "in-progress");
  assert_plan (self, NULL, "D3 C1 F1");
  {
    g_autoptr (WayNextStep) step = way_next_step_judge (self->pack, &self->summary, 0);
    const WayModule *module = way_pack_find_module (self->pack, "D3");

    g_assert_cmpint (step->minutes, <, module->minutes);
    g_assert_cmpint (step->minutes, >=, 1);
  }
}

static void
test_shift (Fixture *self, gconstpointer data)
{
  measure (self, "F", WAY_STANDING_NOT_YET, 0.01);
  put (self, "D3", "checked");
  assert_step (self, 0, WAY_STEP_SHIFT, "D3", "in-progress");
  assert_step (self, 30, WAY_STEP_SHIFT, "D3", "in-progress");
  put (self, "C1", "started");
  assert_step (self, 0, WAY_STEP_MODULE, "C1", "in-progress");
  put (self, "C1", "done");
  put (self, "D3", "done");
  assert_step (self, 0, WAY_STEP_MODULE, "F1", "largest-gap");
  assert_plan (self, NULL, "F1 C1 D3");
}

static void
test_minutes (Fixture *self, gconstpointer data)
{
  WayModule *large = way_pack_find_module (self->pack, "F1");
  WayModule *small = way_pack_find_module (self->pack, "C1");

  measure (self, "F", WAY_STANDING_NOT_YET, 0.01);
  measure (self, "C", WAY_STANDING_NOT_SURE, 0.5);
  measure (self, "D", WAY_STANDING_MET, 0.9);
  large->minutes = 12;
  small->minutes = 4;
  assert_step (self, 0, WAY_STEP_MODULE, "F1", "largest-gap");
  assert_step (self, 12, WAY_STEP_MODULE, "F1", "largest-gap");
  assert_step (self, 11, WAY_STEP_MODULE, "C1", "largest-gap");
  assert_step (self, 4, WAY_STEP_MODULE, "C1", "largest-gap");
  /* Where nothing fits, the first stands with its own minutes. */
  assert_step (self, 2, WAY_STEP_MODULE, "F1", "largest-gap");
  {
    g_autoptr (WayNextStep) step = way_next_step_judge (self->pack, &self->summary, 2);

    g_assert_cmpint (step->minutes, ==, 12);
  }
}

static void
test_pathway (Fixture *self, gconstpointer data)
{
  measure (self, "F", WAY_STANDING_MET, 0.9);
  measure (self, "C", WAY_STANDING_MET, 0.85);
  measure (self, "D", WAY_STANDING_MET, 0.95);
  assert_step (self, 0, WAY_STEP_MODULE, "F1", "pathway");
  assert_plan (self, NULL, "F1 C1 D3");
  assert_plan (self, "admin", "F1 D3 C1");
  assert_plan (self, "Administrative and Clerical", "F1 D3 C1");
  /* C1 is not on the pathway of Estates and is not missing: it is there, last. */
  assert_plan (self, "estates", "D3 F1 C1");
  assert_plan (self, "no such role", "F1 C1 D3");

  self->summary.role = "Estates and Ancillary";
  assert_plan (self, NULL, "D3 F1 C1");
  assert_step (self, 0, WAY_STEP_MODULE, "D3", "pathway");
  put (self, "D3", "done");
  put (self, "F1", "done");
  assert_step (self, 0, WAY_STEP_NOTHING, NULL, "done");
  assert_plan (self, NULL, "C1 D3 F1");
}

static void
test_pathway_before_other_gaps (Fixture *self, gconstpointer data)
{
  measure (self, "C", WAY_STANDING_NOT_YET, 0.01);
  measure (self, "D", WAY_STANDING_NOT_SURE, 0.7);
  measure (self, "F", WAY_STANDING_MET, 0.9);
  assert_plan (self, "estates", "D3 C1 F1");
  self->summary.role = "estates";
  put (self, "D3", "done");
  assert_step (self, 0, WAY_STEP_MODULE, "C1", "largest-gap");
}

static void
test_above_the_requirement (Fixture *self, gconstpointer data)
{
  /* A module above what the role needs closes no gap. */
  way_pack_find_module (self->pack, "C1")->level = 3;
  measure (self, "C", WAY_STANDING_NOT_YET, 0.01);
  measure (self, "D", WAY_STANDING_NOT_SURE, 0.7);
  measure (self, "F", WAY_STANDING_MET, 0.9);
  assert_step (self, 0, WAY_STEP_MODULE, "D3", "largest-gap");
  assert_plan (self, NULL, "D3 F1 C1");
  self->summary.required[way_pack_find_capability (self->pack, "C")] = 3;
  assert_plan (self, NULL, "C1 D3 F1");
}

static void
test_all_done (Fixture *self, gconstpointer data)
{
  measure (self, "F", WAY_STANDING_NOT_YET, 0.01);
  put (self, "F1", "done");
  put (self, "C1", "done");
  put (self, "D3", "done");
  assert_step (self, 0, WAY_STEP_NOTHING, NULL, "done");
  assert_step (self, 2, WAY_STEP_NOTHING, NULL, "done");
  way_next_step_free (NULL);
}

static void
test_no_states (Fixture *self, gconstpointer data)
{
  GHashTable *states = g_steal_pointer (&self->summary.module_states);

  assert_plan (self, NULL, "F1 C1 D3");
  self->summary.module_states = states;
}

/* A job asks for what its group does but where it says so; a trust's own word goes first, a job's
 * before its group's. */
static void
test_requirement (Fixture *self, gconstpointer data)
{
  g_autoptr (GHashTable) changes = g_hash_table_new (g_str_hash, g_str_equal);
  const int a = way_pack_find_capability (self->pack, "A");
  const int c = way_pack_find_capability (self->pack, "C");
  const WayRole *nursing = way_pack_find_role (self->pack, "nursing");
  int required[WAY_MAX_CAPABILITIES];

  way_requirement_judge (self->pack, NULL, NULL, NULL, required);
  g_assert_cmpint (required[a], ==, 2);
  way_requirement_judge (self->pack, "nursing", NULL, NULL, required);
  g_assert_cmpint (required[a], ==, nursing->required[a]);
  way_requirement_judge (self->pack, "nursing", "no such job", changes, required);
  g_assert_cmpint (required[c], ==, nursing->required[c]);
  way_requirement_judge (self->pack, "nursing", "COMMUNITY nurse", changes, required);
  g_assert_cmpint (required[a], ==, 3);
  g_assert_cmpint (required[c], ==, nursing->required[c]);

  g_hash_table_insert (changes, (char *) "nursing A", GINT_TO_POINTER (4));
  g_hash_table_insert (changes, (char *) "nursing C", GINT_TO_POINTER (1));
  way_requirement_judge (self->pack, "nursing", NULL, changes, required);
  g_assert_cmpint (required[a], ==, 4);
  g_assert_cmpint (required[c], ==, 1);
  way_requirement_judge (self->pack, "nursing", "community-nurse", changes, required);
  g_assert_cmpint (required[a], ==, 3);
  g_assert_cmpint (required[c], ==, 1);
  g_hash_table_insert (changes, (char *) "community-nurse A", GINT_TO_POINTER (1));
  way_requirement_judge (self->pack, "nursing", "community-nurse", changes, required);
  g_assert_cmpint (required[a], ==, 1);
  way_requirement_judge (self->pack, "admin", NULL, changes, required);
  g_assert_cmpint (required[a], ==, way_pack_find_role (self->pack, "admin")->required[a]);
}

static gboolean
is_unserved (Fixture *self, const char *capability)
{
  g_autoptr (GArray) unserved = way_plan_list_unserved (self->pack, &self->summary);
  int place = way_pack_find_capability (self->pack, capability);

  for (guint i = 0; i < unserved->len; i++)
    if (g_array_index (unserved, int, i) == place)
      return TRUE;
  return FALSE;
}

/* The pack has one module each for C, D and F, and none for the others. */
static void
test_unserved (Fixture *self, gconstpointer data)
{
  const int c = way_pack_find_capability (self->pack, "C");
  const int e = way_pack_find_capability (self->pack, "E");

  g_assert_false (is_unserved (self, "C"));
  g_assert_true (is_unserved (self, "E"));
  /* Met, nothing is missing. */
  self->summary.p_required[e] = .95;
  self->summary.standing[e] = WAY_STANDING_MET;
  g_assert_false (is_unserved (self, "E"));
  /* Done, and not met: no more is there at this level. */
  g_hash_table_insert (self->summary.module_states, (char *) "C1", (char *) "done");
  g_assert_true (is_unserved (self, "C"));
  self->summary.p_required[c] = .1;
  self->summary.standing[c] = WAY_STANDING_NOT_YET;
  g_assert_true (is_unserved (self, "C"));
  g_hash_table_insert (self->summary.module_states, (char *) "C1", (char *) "started");
  g_assert_false (is_unserved (self, "C"));
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/record/judgement/measure-first", test_measure_first },
    { "/record/judgement/open-baseline-of-one-measured-before",
      test_open_baseline_of_one_measured_before },
    { "/record/judgement/largest-gap", test_largest_gap },
    { "/record/judgement/not-measured-comes-last-of-gaps", test_not_measured_comes_last_of_gaps },
    { "/record/judgement/begun-first", test_begun_first },
    { "/record/judgement/shift", test_shift },
    { "/record/judgement/minutes", test_minutes },
    { "/record/judgement/pathway", test_pathway },
    { "/record/judgement/pathway-before-other-gaps", test_pathway_before_other_gaps },
    { "/record/judgement/above-the-requirement", test_above_the_requirement },
    { "/record/judgement/all-done", test_all_done },
    { "/record/judgement/no-states", test_no_states },
    { "/record/judgement/requirement", test_requirement },
    { "/record/judgement/unserved", test_unserved },
  };

  int status;

  g_test_init (&argc, &argv, NULL);
  make_pack ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  status = g_test_run ();
  way_fixture_remove_folder (folder);
  g_free (folder);

  return status;
}
