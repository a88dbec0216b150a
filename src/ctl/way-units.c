/* way-units.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/way-units.h"

#include <stdlib.h>

#include "ctl/way-csv-file.h"
#include "ctl/way-import.h"
#include "record/way-bodies.h"
#include "store/way-log.h"

/* A list of the places of a trust: its divisions, departments and wards, each below another or
 * at the top. */

/* As deep as the tables look. */
#define MOST_DEPTH 16

enum
{
  CODE,
  NAME,
  TYPE,
  PARENT,
};

static const WayCsvHeading headings[] = {
  { CODE, "code|unit|unitcode|organisationcode|departmentcode|costcentre" },
  { NAME, "name|unitname|organisationname|organisation|departmentname|department" },
  { TYPE, "type|unittype|organisationtype" },
  { PARENT, "parent|parentcode|parentunit|parentunitcode|partof|division|divisioncode" },
};

static const struct
{
  const char *type;
  const char *names;
} types[] = {
  { "trust", "trust|organisation" },
  { "division", "division|directorate|caregroup|clinicalgroup|businessunit" },
  { "ward", "ward|inpatientward" },
  { "department", "department|team|service|clinic|unit" },
};

typedef struct
{
  guint line; /* 0: of the trust alone */
  char *unit; /* (nullable) new: none yet */
  char *code;
  char *name;
  char *type;      /* (nullable) the list does not say */
  char *parent;    /* (nullable) a code */
  gboolean is_top; /* the list says that nothing is above it */
} Row;

static void
row_free (gpointer data)
{
  Row *self = data;

  g_free (self->unit);
  g_free (self->code);
  g_free (self->name);
  g_free (self->type);
  g_free (self->parent);
  g_free (self);
}

static void
check_columns (const int *columns, gpointer data, GPtrArray *problems)
{
  if (columns[CODE] < 0)
    way_csv_add_problem (problems, 1, "there is no column with the code of the unit");
  if (columns[NAME] < 0)
    way_csv_add_problem (problems, 1, "there is no column with the name of the unit");
}

static const char *
find_type (const char *text)
{
  g_autofree char *small = way_csv_simplify (text);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_auto (GStrv) names = g_strsplit (types[i].names, "|", -1);

      if (g_strv_contains ((const char *const *) names, small))
        return types[i].type;
    }
  return NULL;
}

static void
add_row (GPtrArray *fields, const int *columns, guint line, gpointer data, GPtrArray *problems)
{
  const char *code = way_csv_get (fields, columns, CODE);
  const char *name = way_csv_get (fields, columns, NAME);
  const char *type = way_csv_get (fields, columns, TYPE);
  const char *parent = way_csv_get (fields, columns, PARENT);
  const char *known = type != NULL ? find_type (type) : NULL;
  guint n_before = problems->len;
  Row *row;

  if (way_csv_is_total (fields))
    return;
  if (code == NULL)
    way_csv_add_problem (problems, line, "no code");
  if (name == NULL)
    way_csv_add_problem (problems, line, "no name");
  if (type != NULL && known == NULL)
    way_csv_add_problem (problems, line, "“%s” is no type: trust, division, department or ward",
                         type);
  if (problems->len > n_before)
    return;
  row = g_new0 (Row, 1);
  row->line = line;
  row->code = g_strdup (code);
  row->name = g_strdup (name);
  row->type = g_strdup (known);
  row->parent = g_strdup (parent);
  row->is_top = parent == NULL && columns[PARENT] >= 0;
  g_ptr_array_add (data, row);
}

/* way_units_read:
 * @problems: (element-type utf8): gets a sentence with its line for what does not fit
 *
 * Reads a list of units, for way_units_plan().
 *
 * Returns: (transfer full) (nullable): NULL with @error set where the file cannot be read */
GPtrArray *
way_units_read (const char *path, GPtrArray *problems, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);

  if (!way_csv_read_table (path, headings, G_N_ELEMENTS (headings), check_columns, add_row, rows,
                           problems, error))
    return NULL;
  if (rows->len == 0 && problems->len == 0)
    way_csv_add_problem (problems, 1, "there is no unit in this file");
  return g_steal_pointer (&rows);
}

/* way_units_plan_free: */
void
way_units_plan_free (WayUnitsPlan *self)
{
  g_ptr_array_unref (self->drafts);
  g_ptr_array_unref (self->added);
  g_ptr_array_unref (self->renamed);
  g_ptr_array_unref (self->moved);
  g_ptr_array_unref (self->left_out);
  g_free (self);
}

/* The units that there are: code → Row. */
static GHashTable *
read_known (WayDb *db, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, row_free);
  WayStatement *statement =
      way_db_prepare (db,
                      "SELECT u.unit, u.code, u.name, u.type, p.code FROM unit AS u"
                      " LEFT JOIN unit AS p ON p.unit = u.parent ORDER BY u.code",
                      error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  for (;;)
    {
      Row *row;

      if (!way_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&known);
      row = g_new0 (Row, 1);
      row->unit = g_strdup (way_statement_get_text (statement, 0));
      row->code = g_strdup (way_statement_get_text (statement, 1));
      row->name = g_strdup (way_statement_get_text (statement, 2));
      row->type = g_strdup (way_statement_get_text (statement, 3));
      if (!way_statement_is_null (statement, 4))
        row->parent = g_strdup (way_statement_get_text (statement, 4));
      g_hash_table_replace (known, row->code, row);
    }
}

/* What the list does not say is as it was, or what most are. */
static void
complete (Row *row, const Row *before, GHashTable *parents)
{
  row->unit = before != NULL ? g_strdup (before->unit) : way_log_new_id (g_get_real_time ());
  if (row->parent == NULL && !row->is_top && before != NULL)
    row->parent = g_strdup (before->parent);
  if (row->type == NULL)
    row->type = g_strdup (before != NULL                               ? before->type
                          : g_hash_table_contains (parents, row->code) ? "division"
                                                                       : "department");
}

/* Each has something above it that there is, and nothing is above itself. */
static void
check_tree (GPtrArray *rows, GHashTable *all, GPtrArray *problems)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = rows->pdata[i];
      const Row *above = row;
      guint depth = 1;

      if (row->parent != NULL && !g_hash_table_contains (all, row->parent))
        {
          way_csv_add_problem (problems, row->line,
                               "there is no unit with the code “%s”, here or in the trust",
                               row->parent);
          continue;
        }
      while (above != NULL && above->parent != NULL && depth <= MOST_DEPTH)
        {
          above = g_hash_table_lookup (all, above->parent);
          depth++;
          if (above == row)
            break;
        }
      if (depth > 1 && above == row)
        way_csv_add_problem (problems, row->line, "“%s” would be below itself", row->code);
      else if (depth > MOST_DEPTH)
        way_csv_add_problem (problems, row->line, "“%s” is more than %u units down", row->code,
                             MOST_DEPTH);
    }
}

static gboolean
add_draft (WayUnitsPlan *self, const Row *row, const Row *parent, GError **error)
{
  const WayKind *kind = way_kind_find ("place");
  const WayPlaceBody body = { .place = row->unit,
                              .code = row->code,
                              .name = row->name,
                              .type = row->type,
                              .parent = parent != NULL ? parent->unit : NULL };
  g_autofree char *json = way_kind_write (kind, &body, error);

  if (json == NULL)
    return FALSE;
  g_ptr_array_add (self->drafts, way_event_new ("place", way_kind_get_version (kind), json));
  return TRUE;
}

static gboolean
plan_row (WayUnitsPlan *self, const Row *row, const Row *before, GHashTable *all, GError **error)
{
  const Row *parent = row->parent != NULL ? g_hash_table_lookup (all, row->parent) : NULL;
  gboolean is_named = before != NULL && g_str_equal (before->name, row->name);
  gboolean is_there = before != NULL && g_strcmp0 (before->parent, row->parent) == 0
                      && g_str_equal (before->type, row->type);

  if (is_named && is_there)
    {
      self->n_same++;
      return TRUE;
    }
  if (before == NULL)
    g_ptr_array_add (self->added, g_strdup_printf ("%s  %s (%s)", row->code, row->name, row->type));
  if (before != NULL && !is_named)
    g_ptr_array_add (self->renamed,
                     g_strdup_printf ("%s  %s → %s", row->code, before->name, row->name));
  if (before != NULL && !is_there)
    g_ptr_array_add (self->moved,
                     g_strdup_printf ("%s  %s: %s of %s → %s of %s", row->code, row->name,
                                      before->type, before->parent != NULL ? before->parent : "–",
                                      row->type, row->parent != NULL ? row->parent : "–"));
  return add_draft (self, row, parent, error);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static WayUnitsPlan *
new_plan (void)
{
  WayUnitsPlan *self = g_new0 (WayUnitsPlan, 1);

  self->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  self->added = g_ptr_array_new_with_free_func (g_free);
  self->renamed = g_ptr_array_new_with_free_func (g_free);
  self->moved = g_ptr_array_new_with_free_func (g_free);
  self->left_out = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/* way_units_plan:
 * @rows: of way_units_read(); changed
 * @problems: (element-type utf8): gets a sentence with its line for what does not fit
 *
 * Works out what a list of units changes. Nothing is written. Units that it has not got stay as
 * they are: people were there, and reports of then name them.
 *
 * Returns: (transfer full) (nullable): NULL with @error set where the trust cannot be read */
WayUnitsPlan *
way_units_plan (WayStore *trust, GPtrArray *rows, GPtrArray *problems, GError **error)
{
  g_autoptr (WayUnitsPlan) self = new_plan ();
  g_autoptr (GHashTable) known = read_known (way_store_get_db (trust), error);
  g_autoptr (GHashTable) all = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) parents = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer code, row;

  if (known == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      Row *said = rows->pdata[i];
      const Row *other = g_hash_table_lookup (all, said->code);

      if (other != NULL)
        way_csv_add_problem (problems, said->line, "“%s” is in line %u too", said->code,
                             other->line);
      else
        g_hash_table_insert (all, said->code, said);
      if (said->parent != NULL)
        g_hash_table_add (parents, said->parent);
    }
  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, &code, &row))
    if (!g_hash_table_contains (all, code))
      {
        g_ptr_array_add (self->left_out,
                         g_strdup_printf ("%s  %s", (char *) code, ((const Row *) row)->name));
        g_hash_table_insert (all, code, row);
      }
  g_ptr_array_sort (self->left_out, compare_texts);
  for (guint i = 0; i < rows->len; i++)
    complete (rows->pdata[i], g_hash_table_lookup (known, ((Row *) rows->pdata[i])->code), parents);
  check_tree (rows, all, problems);
  for (guint i = 0; i < rows->len && problems->len == 0; i++)
    if (!plan_row (self, rows->pdata[i],
                   g_hash_table_lookup (known, ((Row *) rows->pdata[i])->code), all, error))
      return NULL;
  return g_steal_pointer (&self);
}

/* How many units would go in which people are. */
static gboolean
count_peopled (WayStore *trust, gint64 *n_units, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *range = way_store_get_meta (trust, WAY_UNITS_UNDO, &local);
  const char *last = range != NULL ? strchr (range, '-') : NULL;
  g_autofree char *sql = NULL;

  *n_units = 0;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (last == NULL)
    return TRUE;
  sql = g_strdup_printf (
      "SELECT count(DISTINCT m.unit) FROM membership AS m JOIN live AS e"
      " ON e.kind = 'place' AND e.body ->> 'place' = m.unit"
      " WHERE e.stream = '%s' AND e.seq BETWEEN %" G_GINT64_FORMAT " AND %" G_GINT64_FORMAT
      " AND NOT EXISTS (SELECT 1 FROM live AS b WHERE b.kind = 'place'"
      " AND b.body ->> 'place' = m.unit AND (b.stream <> e.stream OR b.seq < e.seq))",
      way_store_get_stream (trust), (gint64) g_ascii_strtoll (range, NULL, 10),
      (gint64) g_ascii_strtoll (last + 1, NULL, 10));
  return way_db_get_int (way_store_get_db (trust), sql, n_units, error);
}

/* way_units_take_back:
 * @n_events: (out): how many were withdrawn
 *
 * Takes the last import of units back. WAY_STORE_ERROR_WRONG where there is none, or where people
 * are in units that would be no more. */
gboolean
way_units_take_back (WayStore *trust, guint *n_events, GError **error)
{
  gint64 n_units;

  *n_events = 0;
  if (!count_peopled (trust, &n_units, error))
    return FALSE;
  if (n_units > 0)
    {
      g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_WRONG,
                   "People are in %" G_GINT64_FORMAT " of the units that would be no more: take "
                   "their import back first",
                   n_units);
      return FALSE;
    }
  return way_import_take_back (trust, WAY_UNITS_UNDO, n_events, error);
}
