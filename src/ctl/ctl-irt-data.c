/* ctl-irt-data.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-irt-private.h"

#include <math.h>
#include <string.h>

/* A cell of the bank as a number; what it is where the column or cell is empty. */
static gboolean
read_optional (const CtlTable *table,
               guint row,
               const char *column,
               double otherwise,
               double *number,
               GError **error)
{
  int at = ctl_table_find (table, column);

  *number = otherwise;
  if (at < 0 || *ctl_table_get (table, row, at) == '\0')
    return TRUE;
  return ctl_table_get_number (table, row, at, number, error);
}

/* "-1 0 1": where each score of a partly right answer begins. */
static gboolean
read_steps (const CtlTable *table, guint row, WayCurve *curve, GError **error)
{
  int at = ctl_table_find (table, "steps");
  g_auto (GStrv) parts = g_strsplit_set (ctl_table_get (table, row, at), " ;", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *end;

      if (*parts[i] == '\0')
        continue;
      if (curve->n_steps >= WAY_MAX_STEPS)
        return ctl_table_fail (table, row, error, "there may be at most %d steps", WAY_MAX_STEPS);
      curve->steps[curve->n_steps] = g_ascii_strtod (parts[i], &end);
      if (*end != '\0' || !isfinite (curve->steps[curve->n_steps]))
        return ctl_table_fail (table, row, error, "the step “%s” is not a number", parts[i]);
      curve->n_steps++;
    }
  return TRUE;
}

static gboolean
read_item (CtlBank *bank, const CtlTable *table, guint row, GError **error)
{
  WayCurve curve = { { 0 } };
  WayParameters *p = &curve.parameters;
  const char *name = ctl_table_get_name (table, row, ctl_table_find (table, "item"), error);
  int capability = ctl_table_find (table, "capability");
  int enemies = ctl_table_find (table, "enemies");
  g_autofree char *reason = NULL;
  double opener;
  double sd_b;
  double share;
  guint number = 0;
  gboolean is_opener;

  if (name == NULL)
    return FALSE;
  if (ctl_names_find (bank->items, name) >= 0)
    return ctl_table_fail (table, row, error, "the item “%s” is there twice", name);
  if (!read_steps (table, row, &curve, error)
      || !ctl_table_get_number (table, row, ctl_table_find (table, "a"), &p->a, error)
      || !read_optional (table, row, "c", 0, &p->c, error)
      || !read_optional (table, row, "d", 1, &p->d, error)
      || !read_optional (table, row, "sd_b", 0, &sd_b, error)
      || !read_optional (table, row, "opener", 0, &opener, error)
      || !read_optional (table, row, "share", 1, &share, error)
      || (curve.n_steps == 0
          && !ctl_table_get_number (table, row, ctl_table_find (table, "b"), &p->b, error)))
    return FALSE;
  if (!way_curve_check (&curve, &reason))
    return ctl_table_fail (table, row, error, "the item “%s” cannot be: %s", name, reason);
  if (sd_b < 0)
    return ctl_table_fail (table, row, error, "the item “%s” cannot be: sd_b is below 0", name);
  if (!(share > 0 && share <= 1))
    return ctl_table_fail (table, row, error,
                           "the item “%s” cannot be: share must be above 0 and at most 1", name);
  if (capability >= 0)
    {
      const char *of = ctl_table_get_name (table, row, capability, error);

      if (of == NULL)
        return FALSE;
      number = ctl_names_take (bank->capabilities, of);
      if (number >= WAY_MAX_CAPABILITIES)
        return ctl_table_fail (table, row, error, "there may be at most %d capabilities",
                               WAY_MAX_CAPABILITIES);
    }
  is_opener = opener != 0;
  ctl_names_take (bank->items, name);
  g_array_append_val (bank->curves, curve);
  g_array_append_val (bank->capability, number);
  g_array_append_val (bank->sd_b, sd_b);
  g_array_append_val (bank->share, share);
  g_array_append_val (bank->is_opener, is_opener);
  g_ptr_array_add (bank->enemies,
                   *ctl_table_get (table, row, enemies) != '\0'
                       ? g_strsplit_set (ctl_table_get (table, row, enemies), " ;", -1)
                       : NULL);
  return TRUE;
}

/**
 * ctl_bank_read:
 * @needs_capability: whether items must have one
 *
 * Reads a bank: item, a, b, and where they are there c, d, capability, steps (of partial
 * credit), sd_b, opener, enemies and share.
 *
 * Returns: (transfer full) (nullable): the bank
 */
CtlBank *
ctl_bank_read (const char *path, gboolean needs_capability, GError **error)
{
  const char *const needed[] = { "item", "a", "b", needs_capability ? "capability" : NULL, NULL };
  g_autoptr (CtlTable) table = ctl_table_read (path, needed, error);
  g_autoptr (CtlBank) bank = NULL;

  if (table == NULL)
    return NULL;
  bank = g_new0 (CtlBank, 1);
  bank->path = g_strdup (path);
  bank->items = ctl_names_new ();
  bank->capabilities = ctl_names_new ();
  bank->curves = g_array_new (FALSE, FALSE, sizeof (WayCurve));
  bank->capability = g_array_new (FALSE, FALSE, sizeof (guint));
  bank->sd_b = g_array_new (FALSE, FALSE, sizeof (double));
  bank->share = g_array_new (FALSE, FALSE, sizeof (double));
  bank->is_opener = g_array_new (FALSE, FALSE, sizeof (gboolean));
  bank->enemies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  bank->has_sd_b = ctl_table_find (table, "sd_b") >= 0;
  for (guint row = 0; row < table->rows->len; row++)
    if (!read_item (bank, table, row, error))
      return NULL;
  return g_steal_pointer (&bank);
}

void
ctl_bank_free (CtlBank *bank)
{
  g_free (bank->path);
  ctl_names_free (bank->items);
  ctl_names_free (bank->capabilities);
  g_array_unref (bank->curves);
  g_array_unref (bank->capability);
  g_array_unref (bank->sd_b);
  g_array_unref (bank->share);
  g_array_unref (bank->is_opener);
  g_ptr_array_unref (bank->enemies);
  g_free (bank);
}

/* Whether an item of the bank, or any item of right and wrong, can have this score. */
static gboolean
check_score (
    const CtlTable *table, guint row, const CtlBank *bank, guint item, double score, GError **error)
{
  guint most = bank != NULL ? way_curve_get_most (&g_array_index (bank->curves, WayCurve, item))
                            : 1;

  if (score == rint (score) && score >= 0 && score <= most)
    return TRUE;
  if (bank == NULL && score == rint (score) && score > 1)
    return ctl_table_fail (table, row, error,
                           "the score is %g, where only 0 and 1 can be; --bank says which items "
                           "are worth points",
                           score);
  if (most == 1)
    return ctl_table_fail (table, row, error, "the score is %g, where only 0 and 1 can be", score);
  return ctl_table_fail (table, row, error,
                         "the score is %g, where only whole numbers from 0 to %u can be", score,
                         most);
}

static CtlResponses *
read_responses (const char *path, const CtlBank *bank, GHashTable *left_out, GError **error)
{
  const char *const needed[] = { "person", "item", "score", NULL };
  g_autoptr (CtlTable) table = ctl_table_read (path, needed, error);
  g_autoptr (CtlResponses) responses = NULL;
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (WaySheetEntry));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  if (table == NULL)
    return NULL;
  responses = g_new0 (CtlResponses, 1);
  responses->people = ctl_names_new ();
  responses->items = ctl_names_new ();
  for (guint i = 0; bank != NULL && left_out == NULL && i < bank->items->names->len; i++)
    ctl_names_take (responses->items, ctl_names_get (bank->items, i));

  for (guint row = 0; row < table->rows->len; row++)
    {
      const char *person = ctl_table_get_name (table, row, ctl_table_find (table, "person"), error);
      const char *item = person != NULL ? ctl_table_get_name (table, row,
                                                              ctl_table_find (table, "item"), error)
                                        : NULL;
      WaySheetEntry entry;
      gint64 key;
      gpointer before;

      /* Nobody has read what they answered so fast: it counts as missing. */
      if (item != NULL
          && g_str_equal (ctl_table_get (table, row, ctl_table_find (table, "rapid")), "1"))
        continue;
      if (item == NULL
          || !ctl_table_get_number (table, row, ctl_table_find (table, "score"), &entry.score,
                                    error))
        return NULL;
      if (bank != NULL && ctl_names_find (bank->items, item) < 0)
        {
          ctl_table_fail (table, row, error, "the item “%s” is not in %s", item, bank->path);
          return NULL;
        }
      if (!check_score (table, row, bank, bank != NULL ? ctl_names_find (bank->items, item) : 0,
                        entry.score, error))
        return NULL;
      if (left_out != NULL
          && g_array_index (bank->curves, WayCurve, ctl_names_find (bank->items, item)).n_steps > 0)
        {
          g_hash_table_add (left_out, g_strdup (item));
          continue;
        }
      entry.person = ctl_names_take (responses->people, person);
      entry.item = ctl_names_take (responses->items, item);
      key = (gint64) entry.person << 32 | entry.item;
      before = g_hash_table_lookup (seen, &key);
      if (before != NULL)
        {
          ctl_table_fail (table, row, error, "“%s” has answered “%s” before, in line %u", person,
                          item, GPOINTER_TO_UINT (before));
          return NULL;
        }
      g_hash_table_insert (seen, g_memdup2 (&key, sizeof key),
                           GUINT_TO_POINTER (g_array_index (table->lines, guint, row)));
      g_array_append_val (entries, entry);
    }
  responses->sheet = way_sheet_new (responses->people->names->len, responses->items->names->len,
                                    (WaySheetEntry *) entries->data, entries->len);
  return g_steal_pointer (&responses);
}

/**
 * ctl_responses_read:
 * @bank: (nullable): the items that can be answered; NULL for any
 *
 * Reads answers: person, item, score; those that are marked in a column rapid are left out.
 *
 * Returns: (transfer full) (nullable): the answers
 */
CtlResponses *
ctl_responses_read (const char *path, const CtlBank *bank, GError **error)
{
  return read_responses (path, bank, NULL, error);
}

/**
 * ctl_responses_read_right_or_wrong:
 * @bank: the items that can be answered
 * @left_out: (element-type utf8): takes the names of items that are worth points, whose answers
 *   are left out
 *
 * Reads answers for what measures only items that are right or wrong.
 *
 * Returns: (transfer full) (nullable): the other answers
 */
CtlResponses *
ctl_responses_read_right_or_wrong (const char *path,
                                   const CtlBank *bank,
                                   GHashTable *left_out,
                                   GError **error)
{
  return read_responses (path, bank, left_out, error);
}

void
ctl_responses_free (CtlResponses *responses)
{
  g_clear_pointer (&responses->people, ctl_names_free);
  g_clear_pointer (&responses->items, ctl_names_free);
  g_clear_pointer (&responses->sheet, way_sheet_free);
  g_free (responses);
}
