/* way-help.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-help-private.h"

#include "record/way-desk-hours.h"
#include "session/way-row-builder.h"
#include "session/way-session-private.h"

/* Whom a request is sent to, worked out from what this computer has: who is a champion of
 * which place and when, which everybody knows, the request and what was done about it, and
 * the time. It is never stored, and works with no network. How much a champion has open is
 * known to champions alone, so who asks is told a name only where there is no choice. */

/* Who has not renewed what they said of themselves for so long is not asked any more. */
#define GOOD_DAYS 60
#define DAY ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)

/* $1: the path of a place; $2: from when on. Who looks after it, the nearest first; then everybody
 * else. */
#define CHAMPIONS                                                                                  \
  "SELECT c.person, coalesce (u.path, '') AS path, c.name, c.shifts, c.systems, "                  \
  "CASE WHEN c.unit IS NULL OR substr (CAST($1 AS text), 1, length (u.path)) = u.path THEN 1 "     \
  "ELSE 0 END AS is_near FROM ("                                                                   \
  "SELECT e.person, e.unit AS unit, e.body ->> 'name' AS name, "                                   \
  "e.body ->> 'shifts' AS shifts, e.body ->> 'systems' AS systems, e.effective AS at, "            \
  "coalesce (CAST(e.body ->> 'ended' AS text), '0') AS ended, row_number () OVER (PARTITION BY "   \
  "e.person, "                                                                                     \
  "e.unit ORDER BY e.effective DESC, e.id DESC) AS age FROM live e WHERE e.kind = 'on_call') c "   \
  "LEFT JOIN unit u ON u.unit = c.unit WHERE c.age = 1 AND c.ended = '0' AND c.name IS NOT NULL "  \
  "AND c.at >= CAST($2 AS bigint) AND (c.unit IS NULL OR u.path IS NOT NULL) "                     \
  "ORDER BY is_near DESC, length (coalesce (u.path, '')) DESC, c.person, c.unit"

#define PASSES                                                                                     \
  "SELECT e.effective AS at, e.author AS person, e.body ->> 'to' AS next FROM live e "             \
  "WHERE e.kind = 'help_action' AND e.refers = CAST($1 AS text) "                                  \
  "AND e.body ->> 'action' = 'passed' AND e.effective >= CAST($2 AS bigint) "                      \
  "ORDER BY e.effective, e.id"

#define ONE_REQUEST                                                                                \
  "SELECT h.request, h.person, h.opened, h.system, h.called, coalesce (u.path, '') AS path "       \
  "FROM help h LEFT JOIN unit u ON u.unit = h.unit WHERE h.request = CAST($1 AS text)"

/* What $1 had taken and not finished at $2, but for the request $3; and when they last took one. */
#define LOAD                                                                                       \
  "SELECT count (CASE WHEN h.ended IS NULL OR h.ended > CAST($2 AS bigint) THEN 1 END) AS "        \
  "n_open, "                                                                                       \
  "max (h.taken) AS last_taken FROM help h WHERE h.taken_by = CAST($1 AS text) "                   \
  "AND h.taken <= CAST($2 AS bigint) AND h.request <> CAST($3 AS text)"

/* The last year of it. */
#define RECEIVED                                                                                   \
  "SELECT h.id, h.champion, h.topic, h.minutes, h.at, "                                            \
  "(SELECT e.body ->> 'by' FROM live e WHERE e.id = h.id) AS by, "                                 \
  "CASE WHEN EXISTS (SELECT 1 FROM live t WHERE t.kind = 'thanks' AND t.author = CAST($1 AS "      \
  "text) "                                                                                         \
  "AND t.body ->> 'about' = h.id) THEN 1 ELSE 0 END AS thanked "                                   \
  "FROM help_given h WHERE h.person = CAST($1 AS text) AND h.at >= CAST($2 AS bigint) "            \
  "ORDER BY h.at DESC, h.id LIMIT 20"

#define PLACE "SELECT path FROM unit WHERE unit = CAST($1 AS text)"
#define SETTING "SELECT value FROM setting WHERE key = CAST($1 AS text)"

/* What a route is worked out from; the texts are the rows'. */
typedef struct
{
  GListStore *cards; /* (owned) */
  GArray *champions; /* (owned) of WayRouteChampion */
  GPtrArray *names;  /* (owned) of the same places, borrowed */
  guint n_near;      /* of them: who look after the place; they come first */
  GTimeZone *zone;   /* (owned) */
  WayRouteSettings settings;
} Known;

static void
known_free (Known *self)
{
  g_clear_object (&self->cards);
  g_clear_pointer (&self->champions, g_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Known, known_free)

/* The value of one column of the first row: (nullable). */
static char *
dup_first (WayDb *db, const char *sql, const char *value, const char *column)
{
  const char *values[] = { value, NULL };
  g_autoptr (GListStore) rows = way_row_query (db, sql, values, NULL);
  g_autoptr (WayRow) row = rows != NULL ? g_list_model_get_item (G_LIST_MODEL (rows), 0) : NULL;

  return row != NULL && way_row_has (row, column) ? g_strdup (way_row_get_text (row, column))
                                                  : NULL;
}

static gboolean
has_person (const Known *self, const char *person)
{
  for (guint i = 0; i < self->champions->len; i++)
    if (g_str_equal (g_array_index (self->champions, WayRouteChampion, i).person, person))
      return TRUE;
  return FALSE;
}

/* Who looks after a place, who else may be asked, and the trust's settings.
 * @called: (nullable): champions of other places, by spaces; NULL: all whose shifts are known */
static Known *
load_known (WayDb *db, const char *path, const char *called, gint64 now, GError **error)
{
  g_auto (GStrv) others = g_strsplit (called != NULL ? called : "", " ", -1);
  g_autofree char *since = g_strdup_printf ("%" G_GINT64_FORMAT, now - GOOD_DAYS * DAY);
  const char *values[] = { path, since, NULL };
  g_autoptr (Known) self = g_new0 (Known, 1);
  g_autofree char *minutes = NULL;
  g_autofree char *times = NULL;

  self->zone = way_shift_dup_zone ();
  self->champions = g_array_new (FALSE, TRUE, sizeof (WayRouteChampion));
  self->names = g_ptr_array_new ();
  way_route_settings_init (&self->settings, self->zone);
  minutes = dup_first (db, SETTING, WAY_HELP_MINUTES_SETTING, "value");
  times = dup_first (db, SETTING, WAY_SHIFT_SETTING, "value");
  way_shift_times_read (times, &self->settings.times, NULL);
  if (minutes != NULL && atoi (minutes) > 0)
    self->settings.patience = atoi (minutes) * 60 * (gint64) G_USEC_PER_SEC;
  self->cards = way_row_query (db, CHAMPIONS, values, error);
  if (self->cards == NULL)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->cards)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (self->cards), i);
      WayRouteChampion champion = { .person = way_row_get_text (row, "person"),
                                    .path = way_row_get_text (row, "path"),
                                    .systems = way_row_get_text (row, "systems"),
                                    .is_active = TRUE };

      /* Of somebody with two places the nearest counts. */
      if (has_person (self, champion.person))
        continue;
      way_shift_set_read (way_row_get_text (row, "shifts"), &champion.shifts, NULL);
      if (way_row_get_int (row, "is_near") != 0)
        self->n_near++;
      else if (called == NULL ? champion.shifts == 0
                              : !g_strv_contains ((const char *const *) others, champion.person))
        continue;
      g_array_append_val (self->champions, champion);
      g_ptr_array_add (self->names, (char *) way_row_get_text (row, "name"));
    }
  return g_steal_pointer (&self);
}

/* How much each has to do, where the requests of their places are known. */
static gboolean
load_loads (Known *self, WayDb *team, const char *request, gint64 at, GError **error)
{
  g_autofree char *when = g_strdup_printf ("%" G_GINT64_FORMAT, at);

  for (guint i = 0; i < self->champions->len; i++)
    {
      WayRouteChampion *champion = &g_array_index (self->champions, WayRouteChampion, i);
      const char *values[] = { champion->person, when, request, NULL };
      g_autoptr (GListStore) rows = way_row_query (team, LOAD, values, error);
      g_autoptr (WayRow) row = NULL;

      if (rows == NULL)
        return FALSE;
      row = g_list_model_get_item (G_LIST_MODEL (rows), 0);
      champion->n_open = (guint) way_row_get_int (row, "n_open");
      champion->last_taken = way_row_get_int (row, "last_taken");
    }
  return TRUE;
}

/* The steps of one request: (nullable) where it is not here. */
static GArray *
find_steps (WayDb *db,
            WayDb *own,
            const char *request,
            gboolean is_team,
            gint64 now,
            Known **known,
            GError **error)
{
  const char *values[] = { request, NULL };
  g_autoptr (GListStore) rows = way_row_query (db, ONE_REQUEST, values, error);
  g_autoptr (WayRow) row = NULL;
  g_autoptr (GListStore) passed = NULL;
  g_autoptr (GArray) passes = g_array_new (FALSE, FALSE, sizeof (WayRoutePass));
  g_autofree char *opened = NULL;
  WayRouteRequest asked;

  if (rows == NULL)
    return NULL;
  row = g_list_model_get_item (G_LIST_MODEL (rows), 0);
  if (row == NULL)
    return NULL;
  asked = (WayRouteRequest){ .id = request,
                             .person = way_row_get_text (row, "person"),
                             .path = way_row_get_text (row, "path"),
                             .system = way_row_get_text (row, "system"),
                             .at = way_row_get_int (row, "opened") };
  *known = load_known (own, asked.path, way_row_get_text (row, "called"), now, error);
  if (*known == NULL || (is_team && !load_loads (*known, db, request, asked.at, error)))
    return NULL;
  opened = g_strdup_printf ("%" G_GINT64_FORMAT, asked.at);
  {
    const char *of_it[] = { request, opened, NULL };

    passed = way_row_query (db, PASSES, of_it, error);
  }
  if (passed == NULL)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (passed)); i++)
    {
      g_autoptr (WayRow) one = g_list_model_get_item (G_LIST_MODEL (passed), i);
      WayRoutePass pass = { way_row_get_int (one, "at"), way_row_get_text (one, "person"),
                            way_row_has (one, "next") ? way_row_get_text (one, "next") : NULL };

      g_array_append_val (passes, pass);
    }
  return way_route_help (&asked, (const WayRouteChampion *) (*known)->champions->data,
                         (*known)->champions->len, (const WayRoutePass *) passes->data, passes->len,
                         &(*known)->settings);
}

/* Of the first @n of those who are known. */
static guint
count_on_shift (const Known *known,
                guint n_champions,
                const char *person,
                gint64 now,
                guint *n_maybe,
                guint *first)
{
  WayShift shift;
  guint n = 0;

  *n_maybe = 0;
  if (!way_shift_find (&known->settings.times, known->zone, now, &shift))
    return 0;
  for (guint i = 0; i < n_champions; i++)
    {
      const WayRouteChampion *champion = &g_array_index (known->champions, WayRouteChampion, i);

      if (g_strcmp0 (champion->person, person) == 0)
        continue;
      if (champion->shifts == 0)
        (*n_maybe)++;
      else if (way_shift_set_has (champion->shifts, shift) && n++ == 0)
        *first = i;
    }
  return n;
}

static const char *const ROUTE_COLUMNS[] = { "route",      "route_person",
                                             "route_name", "route_until",
                                             "route_next", "route_next_at",
                                             "route_more", NULL };

static WayRow *
add_route (WaySession *self,
           WayRow *row,
           WayDb *db,
           WayDb *own,
           const char *request,
           gboolean is_team,
           gint64 now,
           GError **error)
{
  static const char *const words[] = { "asked", "maybe", "passed", "nobody", "desk" };
  g_autoptr (Known) known = NULL;
  g_autoptr (GArray) steps = find_steps (db, own, request, is_team, now, &known, error);
  g_autofree char *until = NULL;
  g_autofree char *next_at = NULL;
  g_autofree char *more = NULL;
  const char *values[G_N_ELEMENTS (ROUTE_COLUMNS)] = { NULL };
  const WayRouteStep *step, *next;
  guint n_maybe, first = 0;

  if (steps == NULL)
    return NULL;
  step = way_route_find (steps, now);
  next = way_route_find_next_champion (steps, now);
  values[0] = words[step->why];
  if (step->champion >= 0)
    {
      values[1] = g_array_index (known->champions, WayRouteChampion, step->champion).person;
      values[2] = g_ptr_array_index (known->names, step->champion);
    }
  if (step->until < G_MAXINT64)
    values[3] = until = g_strdup_printf ("%" G_GINT64_FORMAT, step->until);
  if (next != NULL)
    {
      values[4] = g_ptr_array_index (known->names, next->champion);
      values[5] = next_at = g_strdup_printf ("%" G_GINT64_FORMAT, next->from);
    }
  values[6] = more = g_strdup_printf ("%u",
                                      count_on_shift (known, known->champions->len,
                                                      is_team ? ""
                                                              : way_row_get_text (row, "person"),
                                                      now, &n_maybe, &first));
  return way_row_new_with (row, ROUTE_COLUMNS, values);
}

/**
 * way_session_add_routes:
 * @rows: of WayRow, requests for help
 * @request_column: the column with a request's id; "request" for those of a champion's people
 * @now: µs
 *
 * Adds to each open request whom it is sent to now: the columns are in way-help-private.h. Store
 * thread.
 *
 * Returns: (transfer full) (nullable): of WayRow; NULL with @error set
 */
GListStore *
way_session_add_routes (
    WaySession *self, GListStore *rows, const char *request_column, gint64 now, GError **error)
{
  g_autoptr (GListStore) list = g_list_store_new (WAY_TYPE_ROW);
  gboolean is_team = g_str_equal (request_column, "request");
  WayDb *own = way_session_get_db (self, error);
  WayDb *db = own != NULL && is_team ? way_session_get_team_db (self, error) : own;

  if (db == NULL)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);
      g_autoptr (WayRow) longer = NULL;
      g_autoptr (GError) local = NULL;
      const char *state = way_row_get_text (row, is_team ? "request_state" : "state");

      if (way_row_has (row, request_column) && g_str_equal (state, "open"))
        longer = add_route (self, row, db, own, way_row_get_text (row, request_column), is_team,
                            now, &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      g_list_store_append (list, longer != NULL ? longer : row);
    }
  return g_steal_pointer (&list);
}

static gboolean
is_elsewhere (const Known *known, const WayRouteStep *step)
{
  return step->champion >= (int) known->n_near;
}

static void
read_desk (WayDb *db, const Known *known, gint64 now, WayHelpReach *reach)
{
  g_autofree char *hours = dup_first (db, SETTING, WAY_DESK_HOURS_SETTING, "value");
  WayDeskHours open;

  reach->desk_name = dup_first (db, SETTING, WAY_DESK_NAME_SETTING, "value");
  reach->desk_number = dup_first (db, SETTING, WAY_DESK_NUMBER_SETTING, "value");
  reach->has_hours = hours != NULL && way_desk_hours_read (hours, &open, NULL);
  if (reach->has_hours)
    {
      reach->is_desk_open = way_desk_hours_is_open (&open, known->zone, now);
      reach->desk_change = way_desk_hours_find_change (&open, known->zone, now);
      if (reach->desk_change == G_MAXINT64)
        reach->desk_change = 0;
    }
}

static void
reach_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  char **job = task_data;
  gint64 now = g_get_real_time ();
  g_autoptr (GError) error = NULL;
  g_autoptr (Known) known = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GArray) steps = NULL;
  const WayRouteStep *next;
  WayRouteRequest asked = { .id = "", .person = job[0], .at = now };
  WayHelpReach *reach;
  guint first = 0;
  WayDb *db = way_session_get_db (self, &error);

  if (db != NULL)
    {
      path = dup_first (db, PLACE, job[1], "path");
      known = load_known (db, path != NULL ? path : "", NULL, now, &error);
    }
  if (known == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  reach = g_new0 (WayHelpReach, 1);
  reach->minutes = (int) (known->settings.patience / 60 / G_USEC_PER_SEC);
  reach->n_on_shift = count_on_shift (known, known->n_near, job[0], now, &reach->n_maybe, &first);
  if (reach->n_on_shift == 1)
    reach->name = g_strdup (g_ptr_array_index (known->names, first));
  asked.path = path != NULL ? path : "";
  steps = way_route_help (&asked, (const WayRouteChampion *) known->champions->data,
                          known->champions->len, NULL, 0, &known->settings);
  reach->is_elsewhere = is_elsewhere (known, &g_array_index (steps, WayRouteStep, 0));
  next = way_route_find_next_champion (steps, now);
  if (reach->n_on_shift == 0 && next != NULL)
    {
      reach->next_name = g_strdup (g_ptr_array_index (known->names, next->champion));
      reach->next_at = next->from;
    }
  read_desk (db, known, now, reach);
  g_task_return_pointer (task, reach, (GDestroyNotify) way_help_reach_free);
}

/* Of the champions of other places only those whose turn would come are told of a question. */
static char *
dup_called (WayDb *db, const WayRouteRequest *asked)
{
  g_autoptr (Known) known = load_known (db, asked->path, NULL, asked->at, NULL);
  g_autoptr (GString) called = g_string_new (NULL);
  g_autoptr (GArray) steps = NULL;

  if (known == NULL)
    return NULL;
  steps = way_route_help (asked, (const WayRouteChampion *) known->champions->data,
                          known->champions->len, NULL, 0, &known->settings);
  for (guint i = 0; i < steps->len; i++)
    {
      const WayRouteStep *step = &g_array_index (steps, WayRouteStep, i);

      if (is_elsewhere (known, step))
        g_string_append_printf (
            called, "%s%s", called->len > 0 ? " " : "",
            g_array_index (known->champions, WayRouteChampion, step->champion).person);
    }
  return called->len > 0 ? g_string_free (g_steal_pointer (&called), FALSE) : NULL;
}

typedef struct
{
  WayHelpRequestBody *body; /* (owned) */
  char *person;             /* (owned) */
  char *name;               /* (owned) */
  char *unit;               /* (owned) (nullable) */
} Ask;

static void
ask_free (gpointer data)
{
  Ask *self = data;

  way_kind_free (way_kind_find ("help_request"), self->body);
  g_free (self->person);
  g_free (self->name);
  g_free (self->unit);
  g_free (self);
}

static void
ask_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  Ask *ask = task_data;
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;
  WayDb *db = way_session_get_db (self, &error);
  WayEvent *draft;

  if (db != NULL)
    {
      g_autofree char *path = ask->unit != NULL ? dup_first (db, PLACE, ask->unit, "path") : NULL;
      WayRouteRequest asked = { .id = "",
                                .person = ask->person,
                                .path = path,
                                .system = ask->body->system,
                                .at = g_get_real_time () };

      if (path != NULL)
        ask->body->called = dup_called (db, &asked);
      if (ask->body->called != NULL)
        ask->body->by = g_strdup (ask->name);
      draft = way_session_draft ("help_request", ask->body, &error);
    }
  if (db == NULL || draft == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  draft->unit = g_strdup (ask->unit);
  g_ptr_array_add (drafts, draft);
  if (!way_session_append (self, drafts, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_strdup (draft->id), g_free);
}

/**
 * way_session_ask_help_async:
 * @page: where in Waymark the person was
 * @module: (nullable): in which module
 * @item: (nullable): at which question
 * @text: in their words; never about a patient
 * @topic: (nullable): the English word of what it is about, as of help that was given
 * @system: (nullable): a word of those that champions know, where it is about one
 * @is_urgent: whether it stops them working
 *
 * Asks the champions of the person's unit; and, where none of them is on shift or they are few,
 * those of other places who are, by name. Finish with way_session_write_finish().
 */
void
way_session_ask_help_async (WaySession *self,
                            const char *page,
                            const char *module,
                            const char *item,
                            const char *text,
                            const char *topic,
                            const char *system,
                            gboolean is_urgent,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Ask *ask;

  g_return_if_fail (WAY_IS_SESSION (self));

  task = way_session_begin (self, self, way_session_ask_help_async, cancellable, callback,
                            user_data);
  ask = g_new0 (Ask, 1);
  ask->body = way_kind_new (way_kind_find ("help_request"));
  ask->body->page = g_strdup (page);
  ask->body->module = g_strdup (module);
  ask->body->item = g_strdup (item);
  ask->body->text = g_strdup (text);
  ask->body->topic = g_strdup (topic);
  ask->body->system = g_strdup (system);
  ask->body->urgent = is_urgent;
  ask->person = g_strdup (self->person != NULL ? self->person : "");
  ask->name = g_strdup (self->person_name);
  ask->unit = g_strdup (self->home_unit);
  g_task_set_task_data (task, ask, ask_free);
  way_worker_run (self->store_worker, task, ask_thread);
  way_session_schedule_sync (self, 3);
}

static void
run (WaySession *self,
     gpointer tag,
     const char *third,
     GTaskThreadFunc func,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  const char *job[] = { self->person, self->home_unit != NULL ? self->home_unit : "", third, NULL };

  way_session_query (self, tag, func, job, cancellable, callback, user_data);
}

/**
 * way_session_load_help_reach_async:
 *
 * Who would be asked now, and the service desk: from this computer alone.
 */
void
way_session_load_help_reach_async (WaySession *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  run (self, way_session_load_help_reach_async, NULL, reach_thread, cancellable, callback,
       user_data);
}

/**
 * way_session_load_help_reach_finish:
 *
 * Returns: (transfer full) (nullable): free with way_help_reach_free()
 */
WayHelpReach *
way_session_load_help_reach_finish (WaySession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * way_help_reach_free:
 *
 * Frees what way_session_load_help_reach_finish() gave.
 */
void
way_help_reach_free (WayHelpReach *self)
{
  g_free (self->desk_name);
  g_free (self->desk_number);
  g_free (self->name);
  g_free (self->next_name);
  g_free (self);
}

static void
helpers_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  static const char *const columns[] = { "person", "name", "is_on_shift", NULL };
  WaySession *self = source;
  char **job = task_data;
  gint64 now = g_get_real_time ();
  g_autoptr (GError) error = NULL;
  g_autoptr (Known) known = NULL;
  g_autoptr (WayRowBuilder) rows = NULL;
  g_autoptr (GArray) steps = NULL;
  WayShift shift = { 0 };
  WayDb *own = way_session_get_db (self, &error);
  WayDb *team = own != NULL ? way_session_get_team_db (self, &error) : NULL;

  if (team != NULL)
    steps = find_steps (team, own, job[2], FALSE, now, &known, &error);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  rows = way_row_builder_new (columns);
  if (known != NULL)
    way_shift_find (&known->settings.times, known->zone, now, &shift);
  for (guint i = 0; known != NULL && i < known->champions->len; i++)
    {
      const WayRouteChampion *champion = &g_array_index (known->champions, WayRouteChampion, i);

      if (g_str_equal (champion->person, job[0]))
        continue;
      way_row_builder_add_text (rows, champion->person);
      way_row_builder_add_text (rows, g_ptr_array_index (known->names, i));
      way_row_builder_add_int (rows, champion->shifts != 0
                                         && way_shift_set_has (champion->shifts, shift));
    }
  g_task_return_pointer (task, way_row_builder_end (rows), g_object_unref);
}

/**
 * way_session_load_helpers_async:
 * @request: what was asked
 *
 * The champions who look after the place that asked, but for oneself. Finish with
 * way_session_list_finish().
 */
void
way_session_load_helpers_async (WaySession *self,
                                const char *request,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self) && request != NULL);

  run (self, way_session_load_helpers_async, request, helpers_thread, cancellable, callback,
       user_data);
}

static void
received_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  char **job = task_data;
  g_autofree char *since = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () - 365 * DAY);
  const char *values[] = { job[0], since, NULL };
  g_autoptr (GError) error = NULL;
  WayDb *db = way_session_get_db (source, &error);
  GListStore *rows = db != NULL ? way_row_query (db, RECEIVED, values, &error) : NULL;

  if (rows == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, rows, g_object_unref);
}

/**
 * way_session_load_help_received_async:
 *
 * The help that champions noted down with this person's name. Finish with
 * way_session_list_finish().
 */
void
way_session_load_help_received_async (WaySession *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  run (self, way_session_load_help_received_async, NULL, received_thread, cancellable, callback,
       user_data);
}
