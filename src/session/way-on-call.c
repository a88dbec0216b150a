/* way-on-call.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-help-private.h"

#include "session/way-help.h"
#include "session/way-row-builder.h"
#include "session/way-session-private.h"

#include <string.h>

/* A champion's own computer tells everybody for which places and when they can be asked, as
 * their term has it: once, again when it has changed, and from time to time, since who has
 * not been here for long is not asked any more. Nobody else can say it for them, but that the trust
 * says when it is over. */

#define RENEW_DAYS 20
#define DAY ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)

/* What should stand: the places of the person $1, and what their term says of each. */
#define WANTED                                                                                     \
  "SELECT r.unit, "                                                                                \
  "(SELECT e.body ->> 'shifts' FROM live e WHERE e.kind = 'champion_term' "                        \
  "AND e.person = r.person AND coalesce (e.unit, '') = r.unit AND e.body ->> 'shifts' IS NOT "     \
  "NULL "                                                                                          \
  "ORDER BY e.effective DESC, e.id DESC LIMIT 1) AS shifts, "                                      \
  "(SELECT e.body ->> 'systems' FROM live e WHERE e.kind = 'champion_term' "                       \
  "AND e.person = r.person AND coalesce (e.unit, '') = r.unit "                                    \
  "AND e.body ->> 'systems' IS NOT NULL ORDER BY e.effective DESC, e.id DESC LIMIT 1) AS systems " \
  "FROM role r WHERE r.person = CAST($1 AS text) AND r.role = 'champion' ORDER BY r.unit"

/* What stands, and since when. */
#define STANDING                                                                                   \
  "SELECT c.unit, c.name, c.shifts, c.systems, c.at FROM (SELECT coalesce (e.unit, '') AS unit, "  \
  "e.body ->> 'name' AS name, e.body ->> 'shifts' AS shifts, e.body ->> 'systems' AS systems, "    \
  "e.effective AS at, coalesce (CAST(e.body ->> 'ended' AS text), '0') AS ended, row_number () "   \
  "OVER ("                                                                                         \
  "PARTITION BY e.unit ORDER BY e.effective DESC, e.id DESC) AS age FROM live e "                  \
  "WHERE e.kind = 'on_call' AND e.person = CAST($1 AS text)) c "                                   \
  "WHERE c.age = 1 AND c.ended = '0' ORDER BY c.unit"

/* What champions say that they know, and what the last question of the person $1 was about. */
#define SYSTEMS                                                                                    \
  "SELECT c.systems, c.person FROM (SELECT e.person, e.body ->> 'systems' AS systems, "            \
  "coalesce (CAST(e.body ->> 'ended' AS text), '0') AS ended, row_number () OVER ("                \
  "PARTITION BY e.person, e.unit ORDER BY e.effective DESC, e.id DESC) AS age FROM live e "        \
  "WHERE e.kind = 'on_call') c WHERE c.age = 1 AND c.ended = '0' AND c.systems IS NOT NULL "       \
  "ORDER BY c.person, c.systems"
#define LAST_SYSTEM                                                                                \
  "SELECT e.body ->> 'system' AS system FROM live e WHERE e.author = CAST($1 AS text) "            \
  "AND e.kind IN ('help_request', 'feedback') ORDER BY e.effective DESC, e.id DESC LIMIT 1"
#define MOST_SYSTEMS 12

static WayRow *
find_unit (GListStore *rows, const char *unit)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);

      if (g_str_equal (way_row_get_text (row, "unit"), unit))
        return g_steal_pointer (&row);
    }
  return NULL;
}

/* What a term does not say stays as it was. */
static gboolean
is_as_wanted (WayRow *wanted, WayRow *standing, const char *column)
{
  const char *text = way_row_get_text (wanted, column);

  return *text == '\0' || g_str_equal (way_row_get_text (standing, column), text);
}

static gboolean
says_the_same (WayRow *wanted, WayRow *standing, const char *name, gint64 now)
{
  return g_str_equal (way_row_get_text (standing, "name"), name)
         && is_as_wanted (wanted, standing, "shifts") && is_as_wanted (wanted, standing, "systems")
         && now - way_row_get_int (standing, "at") < RENEW_DAYS * DAY;
}

static char *
dup_text (WayRow *row, const char *column)
{
  const char *text = row != NULL ? way_row_get_text (row, column) : "";

  return *text != '\0' ? g_strdup (text) : NULL;
}

static void
add (GPtrArray *drafts, WayRow *row, WayRow *standing, const char *name, gboolean ended)
{
  WayRow *of_shifts = way_row_has (row, "shifts") ? row : standing;
  WayRow *of_systems = way_row_has (row, "systems") ? row : standing;
  g_autofree char *shifts = dup_text (of_shifts, "shifts");
  g_autofree char *systems = dup_text (of_systems, "systems");
  WayOnCallBody body = { (char *) name, shifts, systems, ended };
  WayEvent *draft = way_session_draft ("on_call", &body, NULL);

  draft->unit = dup_text (row, "unit");
  g_ptr_array_add (drafts, draft);
}

static void
on_call_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  char **job = task_data;
  const char *values[] = { job[0], NULL };
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GListStore) wanted = NULL;
  g_autoptr (GListStore) standing = NULL;
  g_autoptr (GError) error = NULL;
  gint64 now = g_get_real_time ();
  WayDb *db = way_session_get_db (self, &error);

  /* Somebody else may have signed in meanwhile. */
  if (db != NULL && g_strcmp0 (way_store_get_person (self->store), job[0]) == 0)
    {
      wanted = way_row_query (db, WANTED, values, &error);
      standing = wanted != NULL ? way_row_query (db, STANDING, values, &error) : NULL;
    }
  if (standing == NULL)
    {
      g_task_return_boolean (task, FALSE);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (wanted)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (wanted), i);
      g_autoptr (WayRow) now_standing = find_unit (standing, way_row_get_text (row, "unit"));

      if (now_standing == NULL || !says_the_same (row, now_standing, job[1], now))
        add (drafts, row, now_standing, job[1], FALSE);
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (standing)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (standing), i);
      g_autoptr (WayRow) still = find_unit (wanted, way_row_get_text (row, "unit"));

      if (still == NULL)
        add (drafts, row, NULL, job[1], TRUE);
    }
  /* It is no answer of anybody's: where the disk is full it is said the next time. */
  g_task_return_boolean (task, drafts->len > 0 && way_session_append (self, drafts, &error));
}

static void
told_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WaySession *self = WAY_SESSION (object);

  if (g_task_propagate_boolean (G_TASK (result), NULL) && self->person != NULL)
    way_session_schedule_sync (self, 3);
}

/**
 * way_session_tell_on_call:
 *
 * Tells everybody when the champion who is signed in can be asked, where that is not known yet.
 * Main thread; nobody waits for it.
 */
void
way_session_tell_on_call (WaySession *self)
{
  const char *job[] = { self->person, self->person_name, NULL };
  g_autoptr (GTask) task = NULL;

  if (self->person == NULL)
    return;
  task = way_session_begin (self, self, way_session_tell_on_call, NULL, told_cb, NULL);
  g_task_set_task_data (task, g_strdupv ((char **) job), (GDestroyNotify) g_strfreev);
  way_worker_run (self->store_worker, task, on_call_thread);
}

typedef struct
{
  char *system;
  guint champions;
} System;

static void
system_free (gpointer data)
{
  System *self = data;

  g_free (self->system);
  g_free (self);
}

static gint
compare_known (gconstpointer a, gconstpointer b)
{
  const System *one = *(const System *const *) a;
  const System *two = *(const System *const *) b;

  if (one->champions != two->champions)
    return one->champions > two->champions ? -1 : 1;
  return strcmp (one->system, two->system);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate ((*(const System *const *) a)->system,
                         (*(const System *const *) b)->system);
}

/* Every word once, with how many say it. */
static GPtrArray *
count_systems (GListModel *rows)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *systems = g_ptr_array_new_with_free_func (system_free);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);
      g_auto (GStrv) words = g_strsplit (way_row_get_text (row, "systems"), " ", -1);

      for (guint w = 0; words[w] != NULL; w++)
        {
          System *found = g_hash_table_lookup (known, words[w]);

          if (*words[w] == '\0')
            continue;
          if (found == NULL)
            {
              found = g_new0 (System, 1);
              found->system = g_strdup (words[w]);
              g_ptr_array_add (systems, found);
              g_hash_table_insert (known, found->system, found);
            }
          found->champions++;
        }
    }
  /* Those that most know, by their names. */
  g_ptr_array_sort (systems, compare_known);
  if (systems->len > MOST_SYSTEMS)
    g_ptr_array_set_size (systems, MOST_SYSTEMS);
  g_ptr_array_sort (systems, compare_names);
  return systems;
}

static void
systems_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  static const char *const columns[] = { "system", "last", NULL };
  const char *values[] = { task_data, NULL };
  g_autoptr (WayRowBuilder) builder = way_row_builder_new (columns);
  g_autoptr (GError) error = NULL;
  g_autoptr (GListStore) rows = NULL;
  g_autoptr (GListStore) last = NULL;
  g_autoptr (WayRow) mine = NULL;
  g_autoptr (GPtrArray) systems = NULL;
  WayDb *db = way_session_get_db (source, &error);

  if (db != NULL)
    rows = way_row_query (db, SYSTEMS, NULL, &error);
  if (rows != NULL)
    last = way_row_query (db, LAST_SYSTEM, values, &error);
  if (last == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  mine = g_list_model_get_item (G_LIST_MODEL (last), 0);
  systems = count_systems (G_LIST_MODEL (rows));
  for (guint i = 0; i < systems->len; i++)
    {
      const System *system = g_ptr_array_index (systems, i);

      way_row_builder_add_text (builder, system->system);
      way_row_builder_add_int (builder, mine != NULL
                                            && g_str_equal (way_row_get_text (mine, "system"),
                                                            system->system));
    }
  g_task_return_pointer (task, way_row_builder_end (builder), g_object_unref);
}

/**
 * way_help_load_systems_async:
 *
 * What a question can be about. This device knows it, since everybody may know what champions know
 * well; where nobody has said it, there is nothing to choose.
 */
void
way_help_load_systems_async (WaySession *session,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WAY_IS_SESSION (session));

  task = way_session_begin (session, session, way_help_load_systems_async, cancellable, callback,
                            user_data);
  g_task_set_task_data (task, g_strdup (session->person != NULL ? session->person : ""), g_free);
  way_worker_run (session->store_worker, task, systems_thread);
}
