/* way-passport.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-passport.h"

#include <glib/gi18n-lib.h>

#include "session/way-row-builder.h"
#include "session/way-session-private.h"

/* The passport of who is signed in, from their own store: it needs no network. */

/* Somebody who says this much of ten says that they can. */
#define SURE 6

/* What others and the programme have seen is in `evidence`. To it come the two things that a
 * person says for themselves of a whole module: how sure they are now, and that the one thing
 * was done on a shift. */
#define ENTRIES                                                                                    \
  "SELECT e.outcome, e.module, e.type, e.at, coalesce (p.name, w.body ->> 'by') AS by, "           \
  "w.body ->> 'note' AS note, "                                                                    \
  "NULL AS value, e.source, "                                                                      \
  "(SELECT a.purpose FROM attempt a WHERE a.attempt = e.source AND a.person = e.person) AS "       \
  "purpose FROM evidence e LEFT JOIN person p ON p.person = e.author "                             \
  "AND e.author <> e.person LEFT JOIN live w ON w.id = e.source AND w.kind = 'evidence' "          \
  "WHERE e.person = CAST($1 AS text) "                                                             \
  "UNION ALL SELECT '', s.module, 'said', s.at, NULL, NULL, s.value, s.id, NULL FROM ("            \
  "SELECT e.id, e.body ->> 'module' AS module, CAST(e.body ->> 'value' AS integer) AS value, "     \
  "e.effective AS at, row_number () OVER (PARTITION BY e.body ->> 'module' "                       \
  "ORDER BY e.effective DESC, e.id DESC) AS age FROM live e "                                      \
  "WHERE e.kind = 'confidence' AND e.person = CAST($1 AS text)) s "                                \
  "WHERE s.age = 1 AND s.value >= 6 "                                                              \
  "UNION ALL SELECT '', e.body ->> 'module', 'shift', min (e.effective), NULL, NULL, NULL, "       \
  "min (e.id), NULL FROM live e WHERE e.kind = 'shift_done' AND e.person = CAST($1 AS text) "      \
  "GROUP BY e.body ->> 'module'"

G_STATIC_ASSERT (SURE == 6);

static const struct
{
  const char *type;
  WayRung rung;
} types[] = {
  { "said", WAY_RUNG_SAID },
  { "check", WAY_RUNG_KNOWN },
  { "paper", WAY_RUNG_KNOWN },
  { "elsewhere", WAY_RUNG_KNOWN },
  { "practice", WAY_RUNG_PRACTISED },
  { "witnessed", WAY_RUNG_WITNESSED },
  { "signed-off", WAY_RUNG_WITNESSED },
  { "used", WAY_RUNG_USED },
  { "shift", WAY_RUNG_USED },
};

static const char *const names[] = {
  [WAY_RUNG_NONE] = N_ ("Nothing yet"),    [WAY_RUNG_SAID] = N_ ("Said"),
  [WAY_RUNG_KNOWN] = N_ ("Known"),         [WAY_RUNG_PRACTISED] = N_ ("Practised"),
  [WAY_RUNG_WITNESSED] = N_ ("Witnessed"), [WAY_RUNG_USED] = N_ ("Used at work"),
};

/**
 * way_rung_of:
 * @type: of evidence
 *
 * Returns: where on the ladder it stands; WAY_RUNG_NONE for a type that is not known
 */
WayRung
way_rung_of (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (types[i].type, type) == 0)
      return types[i].rung;
  return WAY_RUNG_NONE;
}

/**
 * way_rung_get_name:
 *
 * Returns: (transfer none): the rung in a word or two, translated
 */
const char *
way_rung_get_name (WayRung rung)
{
  return rung < WAY_N_RUNGS ? _ (names[rung]) : "";
}

typedef struct
{
  char *person;
  char *name;
  char *organisation;
  gboolean is_synthetic;
} Ask;

static void
ask_free (Ask *self)
{
  g_free (self->person);
  g_free (self->name);
  g_free (self->organisation);
  g_free (self);
}

/* One thing that speaks for one outcome. */
typedef struct
{
  const char *outcome; /* the pack's */
  WayRung rung;
  gint64 at;
  WayRow *row; /* (owned) */
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->row);
  g_free (entry);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *first = *(const Entry *const *) a, *second = *(const Entry *const *) b;

  if (first->rung != second->rung)
    return first->rung > second->rung ? -1 : 1;
  if (first->at != second->at)
    return first->at > second->at ? -1 : 1;
  return g_strcmp0 (way_row_get_text (first->row, "source"),
                    way_row_get_text (second->row, "source"));
}

/* What is said of a module as a whole speaks for each of its outcomes. */
static gboolean
speaks_for (WayRow *row, const WayModule *module, const WayOutcome *outcome)
{
  const char *of = way_row_has (row, "outcome") ? way_row_get_text (row, "outcome") : "";

  if (*of != '\0')
    return g_str_equal (of, outcome->id);
  return way_row_has (row, "module") && g_str_equal (way_row_get_text (row, "module"), module->id);
}

static char *
explain (WayRow *row, const WayModule *module)
{
  const char *type = way_row_get_text (row, "type");
  const char *by = way_row_has (row, "by") ? way_row_get_text (row, "by")
                                           : _ ("a champion or manager");

  if (g_str_equal (type, "check") && way_row_has (row, "purpose"))
    /* Translators: %s is the title of a module. */
    return g_strdup_printf (_ ("The check of “%s” was passed without the lesson."), module->title);
  if (g_str_equal (type, "check"))
    /* Translators: in each of these %s is the title of a module, or whoever did it. */
    return g_strdup_printf (_ ("The check of “%s” was passed."), module->title);
  if (g_str_equal (type, "practice"))
    return g_strdup_printf (_ ("In a practice of “%s” all that belongs to it went right."),
                            module->title);
  if (g_str_equal (type, "witnessed"))
    return g_strdup_printf (_ ("Seen at work by %s; both have said so."), by);
  if (g_str_equal (type, "signed-off"))
    return g_strdup_printf (_ ("Signed off by %s."), by);
  if (g_str_equal (type, "paper"))
    return g_strdup_printf (_ ("A check on paper, entered by %s."), by);
  if (g_str_equal (type, "elsewhere"))
    return g_strdup_printf (_ ("Shown elsewhere, entered by %s."), by);
  if (g_str_equal (type, "shift"))
    return g_strdup_printf (_ ("The one thing of “%s” was done on a shift, as the person says."),
                            module->title);
  if (g_str_equal (type, "used"))
    return g_strdup (_ ("Used at work, as the person says."));
  return g_strdup_printf (_ ("Rated %d of 10 in “%s”, as the person says."),
                          (int) way_row_get_int (row, "value"), module->title);
}

static void
add_entries (WayRowBuilder *builder, GPtrArray *entries, const WayModule *module)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (entries, i);
      g_autofree char *how = explain (entry->row, module);

      way_row_builder_add_text (builder, entry->outcome);
      way_row_builder_add_int (builder, entry->rung);
      way_row_builder_add_text (builder, way_row_get_text (entry->row, "type"));
      way_row_builder_add_int (builder, entry->at);
      way_row_builder_add_text (builder, how);
      way_row_builder_add_text (builder, way_row_has (entry->row, "note")
                                             ? way_row_get_text (entry->row, "note")
                                             : NULL);
    }
}

static GPtrArray *
collect (GListStore *rows, const WayModule *module, const WayOutcome *outcome)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);
      WayRung rung = way_rung_of (way_row_get_text (row, "type"));
      Entry *entry;

      if (rung == WAY_RUNG_NONE || !speaks_for (row, module, outcome))
        continue;
      entry = g_new0 (Entry, 1);
      entry->outcome = outcome->id;
      entry->rung = rung;
      entry->at = way_row_get_int (row, "at");
      entry->row = g_steal_pointer (&row);
      g_ptr_array_add (entries, entry);
    }
  g_ptr_array_sort (entries, compare_entries);
  return entries;
}

static void
add_outcome (WayRowBuilder *outcomes,
             WayPack *pack,
             const WayModule *module,
             const WayOutcome *outcome,
             GPtrArray *entries)
{
  const Entry *best = entries->len > 0 ? g_ptr_array_index (entries, 0) : NULL;
  int index = way_pack_find_capability (pack, module->capability);
  const WayCapability *capability = index >= 0
                                        ? g_ptr_array_index (way_pack_get_capabilities (pack),
                                                             (guint) index)
                                        : NULL;

  way_row_builder_add_text (outcomes, outcome->id);
  way_row_builder_add_text (outcomes, outcome->text);
  way_row_builder_add_text (outcomes, module->capability);
  way_row_builder_add_text (outcomes,
                            capability != NULL ? capability->short_name : module->capability);
  way_row_builder_add_text (outcomes, module->id);
  way_row_builder_add_text (outcomes, module->title);
  way_row_builder_add_int (outcomes, best != NULL ? best->rung : WAY_RUNG_NONE);
  way_row_builder_add_int (outcomes, best != NULL ? best->at : 0);
  way_row_builder_add_int (outcomes, entries->len);
}

/* By capability, and in each by the order of the pack. */
static WayPassport *
put_together (WaySession *self, const Ask *ask, GListStore *rows)
{
  static const char *const outcome_columns[] = { "outcome", "text", "capability", "area", "module",
                                                 "title",   "rung", "at",         "n",    NULL };
  static const char *const entry_columns[] = {
    "outcome", "rung", "type", "at", "how", "note", NULL
  };
  g_autoptr (WayRowBuilder) outcomes = way_row_builder_new (outcome_columns);
  g_autoptr (WayRowBuilder) entries = way_row_builder_new (entry_columns);
  GPtrArray *capabilities = way_pack_get_capabilities (self->pack);
  GPtrArray *modules = way_pack_get_modules (self->pack);
  WayPassport *passport = g_new0 (WayPassport, 1);

  for (guint c = 0; c < capabilities->len; c++)
    for (guint m = 0; m < modules->len; m++)
      {
        const WayCapability *capability = g_ptr_array_index (capabilities, c);
        const WayModule *module = g_ptr_array_index (modules, m);

        if (!g_str_equal (module->capability, capability->id))
          continue;
        for (guint o = 0; o < module->outcomes->len; o++)
          {
            const WayOutcome *outcome = g_ptr_array_index (module->outcomes, o);
            g_autoptr (GPtrArray) found = collect (rows, module, outcome);

            passport->n_shown += found->len > 0;
            add_outcome (outcomes, self->pack, module, outcome, found);
            add_entries (entries, found, module);
          }
      }
  passport->name = g_strdup (ask->name);
  passport->organisation = g_strdup (ask->organisation);
  passport->language = g_strdup (way_pack_get_language (self->pack));
  passport->is_synthetic = ask->is_synthetic;
  passport->made = g_get_real_time ();
  passport->outcomes = G_LIST_MODEL (way_row_builder_end (outcomes));
  passport->entries = G_LIST_MODEL (way_row_builder_end (entries));
  return passport;
}

static void
load_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Ask *ask = task_data;
  const char *values[] = { ask->person, NULL };
  g_autoptr (GError) error = NULL;
  WayDb *db = way_session_get_db (source, &error);
  g_autoptr (GListStore) rows = db != NULL ? way_row_query (db, ENTRIES, values, &error) : NULL;

  if (rows == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, put_together (source, ask, rows),
                           (GDestroyNotify) way_passport_free);
}

/**
 * way_session_load_passport_async:
 *
 * Each outcome that is taught, with the strongest evidence of it.
 */
void
way_session_load_passport_async (WaySession *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Ask *ask;

  g_return_if_fail (WAY_IS_SESSION (self));

  task = way_session_begin (self, self, way_session_load_passport_async, cancellable, callback,
                            user_data);
  if (way_session_refuse_signed_out (self, task))
    return;
  ask = g_new0 (Ask, 1);
  ask->person = g_strdup (self->person);
  ask->name = g_strdup (self->person_name != NULL ? self->person_name : self->username);
  ask->organisation = g_strdup (self->organisation != NULL ? self->organisation : "");
  ask->is_synthetic = self->is_synthetic;
  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);
  way_worker_run (self->store_worker, task, load_thread);
}

/**
 * way_session_load_passport_finish:
 *
 * Returns: (transfer full) (nullable): the passport
 */
WayPassport *
way_session_load_passport_finish (WaySession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * way_passport_free:
 *
 * Frees what way_session_load_passport_finish() gave.
 */
void
way_passport_free (WayPassport *self)
{
  g_free (self->name);
  g_free (self->organisation);
  g_free (self->language);
  g_clear_object (&self->outcomes);
  g_clear_object (&self->entries);
  g_free (self);
}
