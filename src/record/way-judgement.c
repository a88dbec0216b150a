/* way-judgement.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-judgement.h"

#include "record/way-pathway.h"

#include <math.h>

/* How the plan and the next step are found
 * -----------------------------------------
 * The plan holds every module of the pack once, in this order of groups:
 *
 *  1. begun and not yet checked: the nearest to its end first. "You have begun this."
 *  2. the check passed, the one thing on shift still to do. "One thing left, on shift."
 *  3. of the person's pathway, in a capability where the role's requirement is not met.
 *     "This is where most is missing." The largest gap first: capabilities that are "not
 *     yet" before those that are "not sure yet", each by the lowest probability that the
 *     requirement is met, and those not measured last.
 *  4. the same, of other pathways and of none.
 *  5. the rest of the pathway. "It belongs to your pathway."
 *  6. what is left.
 *  7. done.
 *
 * A module above the level that the role requires does not close a gap, so it is in
 * group 5 or 6. Within one capability the pathway's own order holds, then the level, then
 * the order of the pack. The pathway is the one named like the person's role; where there
 * is none, it is the pack's first.
 *
 * The next step is, in this order: the self-rating and a first baseline where there is no
 * result yet; a baseline that is open; and then the first of groups 1 to 5. With so many
 * minutes to spare, what fits them goes before what does not, but what has been begun
 * always comes first, since a module can be left after any card; and where nothing fits,
 * the first step stands with its honest minutes. Nothing is left only when the pathway is
 * done and every requirement that a module could help with is met. */

typedef enum
{
  GROUP_BEGUN,
  GROUP_SHIFT,
  GROUP_GAP_ON_PATHWAY,
  GROUP_GAP,
  GROUP_PATHWAY,
  GROUP_REST,
  GROUP_DONE,
} Group;

typedef struct
{
  WayModule *module; /* owned by the pack */
  Group group;
  gboolean is_practised;
  int capability;
  int standing; /* the order of gaps: not yet, not sure, not measured */
  double p_required;
  guint in_pathway; /* position, or G_MAXUINT */
  guint in_pack;
} Candidate;

/* What the steps that are not modules take, in minutes. */
#define MINUTES_RATING 1
#define MINUTES_SHIFT 1
/* The median length of a first baseline, and what a question takes where the pack does
 * not say. */
#define USUAL_QUESTIONS 12
#define USUAL_SECONDS 45

static const WayPathway *
find_pathway (WayPack *pack, const char *role)
{
  GPtrArray *pathways = way_pack_get_pathways (pack);
  GPtrArray *roles = way_pack_get_roles (pack);
  const char *id = role;

  /* A role is known by its id, or by its name as the staff list has it. */
  for (guint i = 0; role != NULL && i < roles->len; i++)
    {
      const WayRole *candidate = g_ptr_array_index (roles, i);

      if (g_str_equal (candidate->id, role) || g_str_equal (candidate->name, role))
        {
          id = candidate->id;
          break;
        }
    }
  for (guint i = 0; id != NULL && i < pathways->len; i++)
    {
      const WayPathway *pathway = g_ptr_array_index (pathways, i);

      if (g_str_equal (pathway->id, id))
        return pathway;
    }
  return pathways->len > 0 ? g_ptr_array_index (pathways, 0) : NULL;
}

/* way_pathway_list_modules:
 * @role: (nullable): id or name; NULL for the first pathway
 *
 * The modules that somebody of this role is to do, in order. */
GPtrArray *
way_pathway_list_modules (WayPack *pack, const char *role)
{
  const WayPathway *pathway;

  g_return_val_if_fail (pack != NULL, NULL);

  pathway = find_pathway (pack, role);
  return pathway != NULL ? pathway->modules : NULL;
}

static guint
find_in_pathway (const WayPathway *pathway, const char *module)
{
  for (guint i = 0; pathway != NULL && i < pathway->modules->len; i++)
    if (g_str_equal (g_ptr_array_index (pathway->modules, i), module))
      return i;
  return G_MAXUINT;
}

static const char *
get_state (const WaySummary *summary, const char *module)
{
  const char *state = NULL;

  if (summary->module_states != NULL)
    state = g_hash_table_lookup (summary->module_states, module);
  return state != NULL ? state : "";
}

static gboolean
is_measured (const WaySummary *summary, int capability)
{
  return !isnan (summary->p_required[capability]);
}

static gboolean
is_gap (const WaySummary *summary, int capability, int level)
{
  if (capability < 0)
    return FALSE;
  if (summary->required[capability] > 0 && level > summary->required[capability])
    return FALSE;
  return !is_measured (summary, capability) || summary->standing[capability] != WAY_STANDING_MET;
}

static Group
find_group (const Candidate *candidate, const WaySummary *summary)
{
  const char *state = get_state (summary, candidate->module->id);
  gboolean is_on_pathway = candidate->in_pathway != G_MAXUINT;

  if (g_str_equal (state, "started") || g_str_equal (state, "practised"))
    return GROUP_BEGUN;
  if (g_str_equal (state, "checked"))
    return GROUP_SHIFT;
  if (g_str_equal (state, "done"))
    return GROUP_DONE;
  if (is_gap (summary, candidate->capability, candidate->module->level))
    return is_on_pathway ? GROUP_GAP_ON_PATHWAY : GROUP_GAP;
  return is_on_pathway ? GROUP_PATHWAY : GROUP_REST;
}

static int
compare (int a, int b)
{
  return (a > b) - (a < b);
}

static int
compare_candidates (gconstpointer first, gconstpointer second)
{
  const Candidate *a = first;
  const Candidate *b = second;
  int order = compare (a->group, b->group);

  if (order == 0 && a->group == GROUP_BEGUN)
    order = compare (b->is_practised, a->is_practised);
  if (order == 0 && (a->group == GROUP_GAP_ON_PATHWAY || a->group == GROUP_GAP))
    {
      order = compare (a->standing, b->standing);
      if (order == 0)
        order = (a->p_required > b->p_required) - (a->p_required < b->p_required);
    }
  if (order == 0 && a->in_pathway != b->in_pathway)
    order = a->in_pathway < b->in_pathway ? -1 : 1;
  if (order == 0)
    order = compare (a->module->level, b->module->level);
  return order != 0 ? order : compare ((int) a->in_pack, (int) b->in_pack);
}

static GArray *
list_candidates (WayPack *pack, const WaySummary *summary, const char *role)
{
  GPtrArray *modules = way_pack_get_modules (pack);
  const WayPathway *pathway = find_pathway (pack, role);
  GArray *candidates = g_array_new (FALSE, TRUE, sizeof (Candidate));

  for (guint i = 0; i < modules->len; i++)
    {
      Candidate candidate = { g_ptr_array_index (modules, i) };
      int capability = way_pack_find_capability (pack, candidate.module->capability);

      if (capability >= WAY_MAX_CAPABILITIES)
        capability = -1;
      candidate.capability = capability;
      candidate.in_pack = i;
      candidate.in_pathway = find_in_pathway (pathway, candidate.module->id);
      candidate.is_practised = g_str_equal (get_state (summary, candidate.module->id), "practised");
      if (capability < 0 || !is_measured (summary, capability))
        candidate.standing = 2;
      else
        {
          candidate.standing = summary->standing[capability] == WAY_STANDING_NOT_YET ? 0 : 1;
          candidate.p_required = summary->p_required[capability];
        }
      candidate.group = find_group (&candidate, summary);
      g_array_append_val (candidates, candidate);
    }
  g_array_sort (candidates, compare_candidates);
  return candidates;
}

static int
estimate_minutes (WayPack *pack, guint n_questions)
{
  GPtrArray *items = way_pack_get_baseline (pack);
  double seconds = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const WayBaselineItem *item = g_ptr_array_index (items, i);

      seconds += item->seconds > 0 ? item->seconds : USUAL_SECONDS;
    }
  seconds = items->len > 0 ? seconds / items->len : USUAL_SECONDS;
  return MAX (1, (int) ceil (n_questions * seconds / 60));
}

static WayNextStep *
next_step_new (WayStepType type, int minutes, const char *why)
{
  WayNextStep *self = g_new0 (WayNextStep, 1);

  self->type = type;
  self->capability = -1;
  self->minutes = minutes;
  self->why = why;
  return self;
}

static int
get_minutes (const Candidate *candidate)
{
  if (candidate->group == GROUP_SHIFT)
    return MINUTES_SHIFT;
  /* The lesson and the practice are behind; the check is left. */
  if (candidate->is_practised)
    return MAX (1, (candidate->module->minutes + 1) / 2);
  return candidate->module->minutes;
}

static WayNextStep *
next_step_new_for (const Candidate *candidate)
{
  static const char *const why[] = {
    [GROUP_BEGUN] = "in-progress",
    [GROUP_SHIFT] = "in-progress",
    [GROUP_GAP_ON_PATHWAY] = "largest-gap",
    [GROUP_GAP] = "largest-gap",
    [GROUP_PATHWAY] = "pathway",
  };
  WayNextStep *self = next_step_new (candidate->group == GROUP_SHIFT ? WAY_STEP_SHIFT
                                                                     : WAY_STEP_MODULE,
                                     get_minutes (candidate), why[candidate->group]);

  self->module = g_strdup (candidate->module->id);
  self->capability = candidate->capability;
  return self;
}

/* way_next_step_judge:
 * @minutes_available: what the person has; 0 or less for as long as it takes
 *
 * The one next thing, why it, and about how many minutes it takes; the rule is above. */
WayNextStep *
way_next_step_judge (WayPack *pack, const WaySummary *summary, int minutes_available)
{
  g_autoptr (GArray) candidates = NULL;
  const Candidate *first = NULL;

  g_return_val_if_fail (WAY_IS_PACK (pack) && summary != NULL, NULL);

  if (summary->is_baseline_open)
    return next_step_new (WAY_STEP_BASELINE, estimate_minutes (pack, summary->baseline_left),
                          "baseline-open");
  if (!summary->has_baseline)
    {
      int minutes = estimate_minutes (pack, USUAL_QUESTIONS);

      if (summary->has_rated)
        return next_step_new (WAY_STEP_BASELINE, minutes, "never-measured");
      return next_step_new (WAY_STEP_RATE, MINUTES_RATING + minutes, "never-measured");
    }

  candidates = list_candidates (pack, summary, summary->role);
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);

      if (candidate->group > GROUP_PATHWAY)
        break;
      if (first == NULL)
        first = candidate;
      if (candidate->group == GROUP_BEGUN || minutes_available <= 0
          || get_minutes (candidate) <= minutes_available)
        return next_step_new_for (candidate);
    }
  if (first != NULL)
    return next_step_new_for (first);
  return next_step_new (WAY_STEP_NOTHING, 0, "done");
}

/* way_next_step_free:
 *
 * Frees a step; NULL is allowed. */
void
way_next_step_free (WayNextStep *self)
{
  if (self == NULL)
    return;
  g_free (self->module);
  g_free (self);
}

/* way_plan_judge:
 * @role: (nullable): the id of a role of the pack, or its name as the staff list has it
 *
 * Every module of the pack in the order in which this person should meet them; the rule
 * is above. Returns: (transfer container) (element-type WayModule) */
GPtrArray *
way_plan_judge (WayPack *pack, const WaySummary *summary, const char *role)
{
  g_autoptr (GArray) candidates = NULL;
  GPtrArray *plan;

  g_return_val_if_fail (WAY_IS_PACK (pack) && summary != NULL, NULL);

  candidates = list_candidates (pack, summary, role != NULL ? role : summary->role);
  plan = g_ptr_array_new ();
  for (guint i = 0; i < candidates->len; i++)
    g_ptr_array_add (plan, g_array_index (candidates, Candidate, i).module);
  return plan;
}

static int
find_change (GHashTable *changes, const char *role, const char *capability)
{
  g_autofree char *key = NULL;

  if (changes == NULL || role == NULL)
    return 0;
  key = g_strdup_printf ("%s %s", role, capability);
  return GPOINTER_TO_INT (g_hash_table_lookup (changes, key));
}

/* way_requirement_judge:
 * @role: (nullable): the id of a role of the pack: the staff group
 * @job: (nullable): a job role, by id or name
 * @required: (out): a level 1 to 4 for each capability; Everyday where nothing says otherwise */
void
way_requirement_judge (WayPack *pack,
                       const char *role,
                       const char *job,
                       GHashTable *changes,
                       int required[WAY_MAX_CAPABILITIES])
{
  const WayRole *group = role != NULL ? way_pack_find_role (pack, role) : NULL;
  const WayJob *own = job != NULL ? way_pack_find_job (pack, job) : NULL;
  GPtrArray *capabilities = way_pack_get_capabilities (pack);

  for (guint i = 0; i < WAY_MAX_CAPABILITIES; i++)
    {
      const char *id = i < capabilities->len ? ((WayCapability *) capabilities->pdata[i])->id
                                             : NULL;
      int level = 0;

      if (id != NULL && own != NULL)
        level = find_change (changes, own->id, id);
      if (id != NULL && own != NULL && level == 0)
        level = own->required[i];
      if (id != NULL && level == 0)
        level = find_change (changes, role, id);
      if (id != NULL && level == 0 && group != NULL)
        level = group->required[i];
      required[i] = level > 0 ? level : 2;
    }
}

/* way_plan_list_unserved:
 *
 * Where nothing is at the person's level yet: what the role requires is not met, or was never
 * measured, and every module up to that level is done, or there is none.
 *
 * Returns: (transfer full) (element-type int): places of capabilities, in the pack's order */
GArray *
way_plan_list_unserved (WayPack *pack, const WaySummary *summary)
{
  GPtrArray *modules = way_pack_get_modules (pack);
  guint n = MIN (way_pack_get_capabilities (pack)->len, WAY_MAX_CAPABILITIES);
  GArray *unserved = g_array_new (FALSE, FALSE, sizeof (int));

  g_return_val_if_fail (summary != NULL, unserved);

  for (int c = 0; c < (int) n; c++)
    {
      gboolean is_served = is_measured (summary, c) && summary->standing[c] == WAY_STANDING_MET;

      for (guint i = 0; i < modules->len && !is_served; i++)
        {
          const WayModule *module = modules->pdata[i];

          is_served = way_pack_find_capability (pack, module->capability) == c
                      && (summary->required[c] <= 0 || module->level <= summary->required[c])
                      && !g_str_equal (get_state (summary, module->id), "done");
        }
      if (!is_served)
        g_array_append_val (unserved, c);
    }
  return unserved;
}
