/* way-session-ready.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-initiatives.h"

#include "record/way-coverage.h"
#include "session/way-row-builder.h"
#include "session/way-session-private.h"

#include <glib/gi18n-lib.h>

/* Who is ready for the day on which a technology comes. The trust is asked for the people whom it
 * touches and what each has done; way_readiness_judge() counts them. */

/* $1 units, $2 staff groups, $3 parts, all by spaces, the first two empty for all; $4 the Monday of
 * the week. A place has those below it. A rota is the whole of its unit and week: who belongs to a
 * unit that has one, and is not in it, is not there. */
#define PEOPLE                                                                                     \
  "WITH touched AS (SELECT DISTINCT p.person FROM person p "                                       \
  "JOIN membership m ON m.person = p.person JOIN unit u ON u.unit = m.unit "                       \
  "WHERE coalesce (p.ended, 0) = 0 "                                                               \
  "AND (CAST($1 AS text) = '' OR EXISTS (SELECT 1 FROM unit top "                                  \
  "WHERE ' ' || CAST($1 AS text) || ' ' LIKE '% ' || top.unit || ' %' "                            \
  "AND substr (u.path, 1, length (top.path)) = top.path)) "                                        \
  "AND (CAST($2 AS text) = '' OR ' ' || CAST($2 AS text) || ' ' "                                  \
  "LIKE '% ' || p.staff_group || ' %')) "                                                          \
  "SELECT t.person, 'a' AS what, '' AS value FROM touched t "                                      \
  "UNION SELECT t.person, 'covered', '' FROM touched t JOIN membership m ON m.person = t.person "  \
  "WHERE EXISTS (SELECT 1 FROM rota r WHERE r.unit = m.unit AND r.week = CAST($4 AS text)) "       \
  "UNION SELECT t.person, 'rota', r.shifts FROM touched t JOIN rota r ON r.person = t.person "     \
  "WHERE r.week = CAST($4 AS text) "                                                               \
  "UNION SELECT t.person, 'done', g.module FROM touched t "                                        \
  "JOIN progress g ON g.person = t.person WHERE g.state IN ('checked', 'done') "                   \
  "AND ' ' || CAST($3 AS text) || ' ' LIKE '% ' || g.module || ' %' "                              \
  "UNION SELECT t.person, 'done', v.module FROM touched t "                                        \
  "JOIN evidence v ON v.person = t.person WHERE v.type = 'elsewhere' AND v.outcome = '' "          \
  "AND ' ' || CAST($3 AS text) || ' ' LIKE '% ' || v.module || ' %' "                              \
  "ORDER BY 1, 2, 3"

/* The same of a server for the design office, which reads of people only what it counts. */
#define PEOPLE_COUNTED                                                                             \
  "SELECT person, what, value FROM api.readiness_v1 (CAST($1 AS text), CAST($2 AS text), "         \
  "CAST($3 AS text), CAST($4 AS text)) ORDER BY 1, 2, 3"

static const char *const COLUMNS[] = { "module",  "title",   "passed", "people",
                                       "touched", "unknown", "away",   NULL };

typedef struct
{
  char *uri;     /* (owned) */
  char **values; /* (owned) */
  char **parts;  /* (owned) */
  guint n_modules;
  gboolean is_lead;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_free (self->uri);
  g_strfreev (self->values);
  g_strfreev (self->parts);
  g_free (self);
}

/* What a part is called that is no module: the usual two, or the trust's own word. */
static const char *
get_part_name (const char *part)
{
  if (g_str_equal (part, "classroom"))
    return _ ("Classroom training");
  if (g_str_equal (part, "access"))
    return _ ("Access issued");
  return part;
}

static int
find_part (Job *job, const char *part)
{
  for (int i = 0; job->parts[i] != NULL; i++)
    if (g_str_equal (job->parts[i], part))
      return i;
  return -1;
}

/* One person for each run of rows: see PEOPLE. */
static GArray *
read_people (Job *job, GListStore *rows)
{
  GArray *people = g_array_new (FALSE, TRUE, sizeof (WayReadyPerson));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);
      const char *what = way_row_get_text (row, "what");
      const char *value = way_row_get_text (row, "value");
      WayReadyPerson *person;

      if (g_str_equal (what, "a"))
        g_array_set_size (people, people->len + 1);
      if (people->len == 0)
        continue;
      person = &g_array_index (people, WayReadyPerson, people->len - 1);
      if (g_str_equal (what, "covered"))
        person->has_rota = TRUE;
      else if (g_str_equal (what, "rota"))
        {
          WayShiftSet set = 0;

          /* Somebody may work in two units in a week. */
          if (way_shift_set_read (value, &set, NULL))
            person->rota |= set;
          person->has_rota = TRUE;
        }
      else if (g_str_equal (what, "done") && find_part (job, value) >= 0)
        person->done |= (guint32) 1 << find_part (job, value);
    }
  return people;
}

static GListStore *
count (WaySession *self, Job *job, GArray *people)
{
  g_autoptr (WayRowBuilder) rows = way_row_builder_new (COLUMNS);
  guint n_parts = g_strv_length (job->parts);
  WayReadiness readiness;
  gboolean is_known = FALSE;

  for (guint i = 0; i < people->len; i++)
    is_known |= g_array_index (people, WayReadyPerson, i).has_rota;
  /* Without any rota of that week everybody counts, and it is said that it is so. */
  for (guint i = 0; !is_known && i < people->len; i++)
    {
      WayReadyPerson *person = &g_array_index (people, WayReadyPerson, i);

      person->has_pattern = TRUE;
      person->pattern = 1;
    }
  way_readiness_judge ((const WayReadyPerson *) (gpointer) people->data, people->len, n_parts,
                       &readiness);
  for (int part = -1; part < (int) n_parts; part++)
    {
      const WayModule *module = part >= 0 && part < (int) job->n_modules
                                    ? way_pack_find_module (self->pack, job->parts[part])
                                    : NULL;

      way_row_builder_add_text (rows, part >= 0 ? job->parts[part] : "");
      way_row_builder_add_text (rows, part < 0         ? ""
                                      : module != NULL ? module->title
                                                       : get_part_name (job->parts[part]));
      way_row_builder_add_int (rows, part >= 0 ? readiness.done[part] : readiness.all);
      way_row_builder_add_int (rows, readiness.base);
      way_row_builder_add_int (rows, people->len);
      way_row_builder_add_int (rows, is_known ? readiness.unknown : people->len);
      way_row_builder_add_int (rows, readiness.away);
    }
  return way_row_builder_end (rows);
}

static void
ready_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr (GError) error = NULL;
  WayStore *trust = way_session_get_trust (source, job->uri, &error);
  g_autoptr (GListStore) rows = NULL;
  g_autoptr (GArray) people = NULL;

  if (trust != NULL)
    rows = way_row_query (way_store_get_db (trust),
                          !job->is_lead && way_store_is_guest (trust) ? PEOPLE_COUNTED : PEOPLE,
                          (const char *const *) job->values, &error);
  if (rows == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  people = read_people (job, rows);
  g_task_return_pointer (task, count (source, job, people), g_object_unref);
}

/* A staff list may have a staff group's name in the place of its id. */
static char *
dup_roles (WaySession *self, const char *ids)
{
  GPtrArray *roles = way_pack_get_roles (self->pack);
  g_auto (GStrv) parts = g_strsplit (ids, " ", -1);
  GString *all = g_string_new (ids);

  for (guint i = 0; i < roles->len; i++)
    {
      const WayRole *role = g_ptr_array_index (roles, i);

      if (g_strv_contains ((const char *const *) parts, role->id))
        g_string_append_printf (all, " %s", role->name);
    }
  return g_string_free (all, FALSE);
}

/* The Monday of the week of a day, as a rota has it; "" where there is no day. */
static char *
dup_week (const char *day)
{
  guint32 number;

  return way_shift_read_day (day, &number) ? way_shift_write_day (way_shift_get_monday (number))
                                           : g_strdup ("");
}

/* The words of two lists, at most as many as can be counted. Gives how many the first has. */
static char **
split_parts (const char *modules, const char *parts, guint *n_modules)
{
  const char *const lists[] = { modules, parts };
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  guint n = 0;

  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    {
      g_auto (GStrv) words = g_strsplit (lists[l], " ", -1);

      for (guint i = 0; words[i] != NULL; i++)
        if (*words[i] != '\0' && n < WAY_MOST_PARTS)
          {
            g_strv_builder_add (all, words[i]);
            n++;
          }
      if (l == 0)
        *n_modules = n;
    }
  return g_strv_builder_end (all);
}

/**
 * way_session_load_readiness_async:
 * @units: ids of places by spaces, "" for the whole trust
 * @roles: staff groups by spaces, "" for all
 * @modules: ids by spaces
 * @parts: what being ready means beside the modules, as words by spaces; training elsewhere that
 *   was recorded under such a word is it
 * @go_live: a day as 2027-03-01; "" where there is none yet
 *
 * How many of the people whom something touches, and who work in the week of that day, have done
 * each part. A lead or the design office asks the trust, which tells the latter nothing of fewer
 * than eight.
 */
void
way_session_load_readiness_async (WaySession *self,
                                  const char *units,
                                  const char *roles,
                                  const char *modules,
                                  const char *parts,
                                  const char *go_live,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *groups = NULL;
  g_autofree char *week = NULL;
  g_autofree char *words = NULL;
  Job *job;

  g_return_if_fail (WAY_IS_SESSION (self));
  g_return_if_fail (units != NULL && roles != NULL && modules != NULL && parts != NULL
                    && go_live != NULL);

  task = way_session_begin (self, self, way_session_load_readiness_async, cancellable, callback,
                            user_data);
  if (way_session_refuse_others (self, task, WAY_ROLES_OF_VOICES))
    return;
  job = g_new0 (Job, 1);
  job->uri = g_strdup (self->trust_uri);
  job->is_lead = (self->roles & WAY_ROLE_LEAD) != 0;
  job->parts = split_parts (modules, parts, &job->n_modules);
  groups = dup_roles (self, roles);
  week = dup_week (go_live);
  words = g_strjoinv (" ", job->parts);
  {
    const char *values[] = { units, groups, words, week, NULL };

    job->values = g_strdupv ((char **) values);
  }
  g_task_set_task_data (task, job, job_free);
  way_worker_run (self->read_worker, task, ready_thread);
}

/**
 * way_initiative_describe_base:
 * @readiness: as the trust answered
 *
 * Returns: (transfer full): a sentence on who is counted; "" where nothing is known
 */
char *
way_initiative_describe_base (GListModel *readiness)
{
  g_autoptr (WayRow) all = g_list_model_get_item (readiness, 0);
  guint people = all != NULL ? (guint) way_row_get_int (all, "people") : 0;
  guint touched = all != NULL ? (guint) way_row_get_int (all, "touched") : 0;
  guint unknown = all != NULL ? (guint) way_row_get_int (all, "unknown") : 0;

  if (all == NULL)
    return g_strdup ("");
  if (touched == 0)
    return g_strdup (_ ("There is nobody to count there. The design office is told from 8 people "
                        "on."));
  if (unknown == touched)
    return g_strdup (_ ("There is no rota of that week: everybody in the places that it touches is "
                        "counted."));
  if (unknown > 0)
    return g_strdup_printf (_ ("Counted are the %u people who are on the rota of that week. Of %u "
                               "more there is no rota."),
                            people, unknown);
  return g_strdup_printf (ngettext ("Counted is the %u person who is on the rota of that week.",
                                    "Counted are the %u people who are on the rota of that week.",
                                    people),
                          people);
}
