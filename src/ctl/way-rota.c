/* way-rota.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/way-rota.h"

#include <string.h>

#include "ctl/way-csv-file.h"
#include "ctl/way-rota-file.h"
#include "record/way-bodies.h"
#include "store/way-log.h"

/* Who works when, and who has learnt something elsewhere, from files of other systems. The file
 * is the whole of a unit's week: whoever is in the trust's rota of it and not in the file is not
 * there any more. */

/**
 * way_rota_plan_free:
 * @self: (transfer full)
 */
void
way_rota_plan_free (WayRotaPlan *self)
{
  g_ptr_array_unref (self->drafts);
  g_free (self);
}

/* The one text that a question about one or two texts gives; NULL where there is none. */
static gboolean
ask (WayDb *db, const char *sql, const char *first, const char *second, char **text, GError **error)
{
  WayStatement *statement = way_db_prepare (db, sql, error);
  gboolean has_row;

  *text = NULL;
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, first);
  if (second != NULL)
    way_statement_bind_text (statement, 2, second);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *text = g_strdup (way_statement_get_text (statement, 0));
  way_statement_reset (statement);
  return TRUE;
}

#define PERSON                                                                                     \
  "SELECT person FROM person WHERE (employee = CAST($1 AS text) OR username = CAST($1 AS text))"   \
  " AND coalesce (ended, 0) = 0 ORDER BY person LIMIT 1"
#define UNIT "SELECT unit FROM unit WHERE code = CAST($1 AS text) ORDER BY unit LIMIT 1"
#define HOME                                                                                       \
  "SELECT unit FROM membership WHERE person = CAST($1 AS text)"                                    \
  " ORDER BY coalesce (is_primary, 0) DESC, unit LIMIT 1"
/* A module, or a word that an initiative lists as a part of being ready. */
#define MODULE                                                                                     \
  "SELECT ident FROM catalogue WHERE part = 'module' AND ident = CAST($1 AS text)"                 \
  " UNION SELECT CAST($1 AS text) FROM initiative"                                                 \
  " WHERE ' ' || parts || ' ' LIKE '% ' || CAST($1 AS text) || ' %'"
#define LEARNT                                                                                     \
  "SELECT e.id FROM live AS e WHERE e.person = CAST($1 AS text) AND e.kind = 'evidence'"           \
  " AND e.body ->> 'type' = 'elsewhere'"                                                           \
  " AND (e.body ->> 'module') || ' ' || (e.body ->> 'note') = CAST($2 AS text)"                    \
  " ORDER BY e.id LIMIT 1"

static gboolean
find_person (WayDb *db, const WayDutyRow *row, GPtrArray *problems, char **person, GError **error)
{
  if (!ask (db, PERSON, row->who, NULL, person, error))
    return FALSE;
  if (*person == NULL)
    way_csv_add_problem (problems, row->line,
                         "“%s” is no employee number or user name of "
                         "somebody who works here",
                         row->who);
  return TRUE;
}

static gboolean
add_draft (WayRotaPlan *self,
           const char *kind_name,
           gconstpointer body,
           const char *person,
           const char *unit,
           GError **error)
{
  const WayKind *kind = way_kind_find (kind_name);
  g_autofree char *json = way_kind_write (kind, body, error);
  WayEvent *draft;

  if (json == NULL)
    return FALSE;
  draft = way_event_new (kind_name, way_kind_get_version (kind), json);
  draft->subject = g_strdup (person);
  draft->unit = g_strdup (unit);
  g_ptr_array_add (self->drafts, draft);
  return TRUE;
}

static WayRotaPlan *
new_plan (void)
{
  WayRotaPlan *self = g_new0 (WayRotaPlan, 1);

  self->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  return self;
}

/* "PERSON UNIT WEEK" → the shifts of the file. The same duty twice is one duty. */
static gboolean
add_duty (WayDb *db,
          GHashTable *weeks,
          GHashTable *unit_weeks,
          const WayDutyRow *row,
          GPtrArray *problems,
          GError **error)
{
  g_autofree char *person = NULL;
  g_autofree char *unit = NULL;
  g_autofree char *week = way_shift_write_day (way_shift_get_monday (row->day));
  g_autofree char *key = NULL;
  gpointer set = NULL;

  if (!find_person (db, row, problems, &person, error))
    return FALSE;
  if (person == NULL)
    return TRUE;
  if (!ask (db, row->unit != NULL ? UNIT : HOME, row->unit != NULL ? row->unit : person, NULL,
            &unit, error))
    return FALSE;
  if (unit == NULL)
    {
      way_csv_add_problem (problems, row->line, "“%s” is no code of a unit",
                           row->unit != NULL ? row->unit : "");
      return TRUE;
    }
  key = g_strdup_printf ("%s %s %s", person, unit, week);
  set = g_hash_table_lookup (weeks, key);
  g_hash_table_insert (weeks, g_steal_pointer (&key),
                       GUINT_TO_POINTER (GPOINTER_TO_UINT (set) | row->on));
  g_hash_table_add (unit_weeks, g_strdup_printf ("%s %s", unit, week));
  return TRUE;
}

static gboolean
plan_week (WayRotaPlan *self, const char *key, WayShiftSet set, GHashTable *known, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (key, " ", 3);
  g_autofree char *shifts = way_shift_set_write (set);
  const char *before = g_hash_table_lookup (known, key);
  WayRotaBody body = { .week = parts[2], .shifts = shifts };

  if (g_strcmp0 (before != NULL ? before : "", shifts) == 0)
    {
      self->n_same++;
      return TRUE;
    }
  if (before == NULL)
    self->n_new++;
  else if (set == 0)
    self->n_gone++;
  else
    self->n_changed++;
  return add_draft (self, "rota", &body, parts[0], parts[1], error);
}

static gboolean
read_known (WayDb *db, GHashTable *known, GError **error)
{
  WayStatement *statement = way_db_prepare (
      db, "SELECT person, unit, week, shifts FROM rota ORDER BY person, unit, week", error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      WayShiftSet set;

      if (!way_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      way_shift_set_read (way_statement_get_text (statement, 3), &set, NULL);
      g_hash_table_insert (known,
                           g_strdup_printf ("%s %s %s", way_statement_get_text (statement, 0),
                                            way_statement_get_text (statement, 1),
                                            way_statement_get_text (statement, 2)),
                           way_shift_set_write (set));
    }
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_keys (GHashTable *table)
{
  GPtrArray *keys = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (keys, key);
  g_ptr_array_sort (keys, compare_texts);
  return keys;
}

/* way_rota_plan:
 * @rows: (element-type WayDutyRow)
 *
 * Works out what a rota changes. Nothing is written.
 *
 * Returns: (transfer full) (nullable): NULL with @error set where the trust cannot be read */
WayRotaPlan *
way_rota_plan (WayStore *trust, GPtrArray *rows, GPtrArray *problems, GError **error)
{
  WayDb *db = way_store_get_db (trust);
  g_autoptr (WayRotaPlan) self = new_plan ();
  g_autoptr (GHashTable) weeks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) unit_weeks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) said = NULL;
  g_autoptr (GPtrArray) stood = NULL;

  for (guint i = 0; i < rows->len; i++)
    if (!add_duty (db, weeks, unit_weeks, rows->pdata[i], problems, error))
      return NULL;
  if (!read_known (db, known, error))
    return NULL;
  said = list_keys (weeks);
  for (guint i = 0; i < said->len; i++)
    if (!plan_week (self, said->pdata[i],
                    GPOINTER_TO_UINT (g_hash_table_lookup (weeks, said->pdata[i])), known, error))
      return NULL;
  stood = list_keys (known);
  for (guint i = 0; i < stood->len; i++)
    {
      const char *unit_week = strchr (stood->pdata[i], ' ') + 1;

      if (!g_hash_table_contains (weeks, stood->pdata[i])
          && g_hash_table_contains (unit_weeks, unit_week)
          && !plan_week (self, stood->pdata[i], 0, known, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

static gboolean
plan_training (WayRotaPlan *self,
               WayDb *db,
               const WayDutyRow *row,
               const char *module,
               const char *source,
               guint32 day,
               GHashTable *seen,
               GPtrArray *problems,
               GError **error)
{
  g_autofree char *person = NULL;
  g_autofree char *known = NULL;
  g_autofree char *before = NULL;
  g_autofree char *date = way_shift_write_day (row->day != 0 ? row->day : day);
  const char *what = row->module != NULL ? row->module : module;
  const char *where = row->source != NULL ? row->source : source;
  g_autofree char *note = NULL;
  g_autofree char *said = NULL;
  WayEvidenceBody body = { .outcome = (char *) "", .type = (char *) "elsewhere" };

  if (what == NULL || where == NULL || *date == '\0')
    {
      way_csv_add_problem (problems, row->line, "no %s, neither here nor for the whole file",
                           what == NULL    ? "module"
                           : where == NULL ? "source"
                                           : "date");
      return TRUE;
    }
  if (!find_person (db, row, problems, &person, error)
      || !ask (db, MODULE, what, NULL, &known, error))
    return FALSE;
  if (known == NULL)
    way_csv_add_problem (problems, row->line,
                         "“%s” is no module that is taught here, and no part of an initiative",
                         what);
  if (person == NULL || known == NULL)
    return TRUE;
  note = g_strdup_printf ("%s, %s", where, date);
  said = g_strdup_printf ("%s %s", what, note);
  if (!ask (db, LEARNT, person, said, &before, error))
    return FALSE;
  if (before != NULL || !g_hash_table_add (seen, g_strdup_printf ("%s %s", person, said)))
    {
      self->n_same++;
      return TRUE;
    }
  self->n_new++;
  body.module = (char *) what;
  body.note = note;
  return add_draft (self, "evidence", &body, person, NULL, error);
}

/* way_training_plan:
 * @module: (nullable): of what the file does not say; so of @source, and of @day, 0 for none
 *
 * Works out what a list of people who learnt something elsewhere adds. Nothing is written.
 *
 * Returns: (transfer full) (nullable): NULL with @error set where the trust cannot be read */
WayRotaPlan *
way_training_plan (WayStore *trust,
                   GPtrArray *rows,
                   const char *module,
                   const char *source,
                   guint32 day,
                   GPtrArray *problems,
                   GError **error)
{
  g_autoptr (WayRotaPlan) self = new_plan ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < rows->len; i++)
    if (!plan_training (self, way_store_get_db (trust), rows->pdata[i], module, source, day, seen,
                        problems, error))
      return NULL;
  return g_steal_pointer (&self);
}
