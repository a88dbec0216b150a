/* ctl-irt-publish.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-irt-private.h"

#include <math.h>
#include <string.h>

#include "content/way-pack.h"
#include "record/way-bodies.h"
#include "store/way-item-parameters.h"
#include "store/way-store.h"

#define MOST_NOTE 500

static gboolean
read_cell (const CtlTable *table,
           guint row,
           const char *column,
           double otherwise,
           double *number,
           GError **error)
{
  int at = ctl_table_find (table, column);

  *number = otherwise;
  return at < 0 || *ctl_table_get (table, row, at) == '\0'
         || ctl_table_get_number (table, row, at, number, error);
}

/* What `irt calibrate` writes under its items. */
static gboolean
is_total (const CtlTable *table, guint row)
{
  static const char *const names[] = { "log-likelihood", "mean", "variance", NULL };

  return *ctl_table_get (table, row, ctl_table_find (table, "b")) == '\0'
         && g_strv_contains (names, ctl_table_get (table, row, ctl_table_find (table, "item")));
}

static gboolean
read_row (
    const CtlTable *table, guint row, WayPack *pack, WayItemParameterBody *body, GError **error)
{
  const char *steps = ctl_table_get (table, row, ctl_table_find (table, "steps"));
  g_autofree char *reason = NULL;
  WayCurve curve = { { 0 } };

  body->item = (char *) ctl_table_get_name (table, row, ctl_table_find (table, "item"), error);
  if (body->item == NULL)
    return FALSE;
  if (way_pack_find_baseline_item (pack, body->item) == NULL)
    return ctl_table_fail (table, row, error, "the pack %s has no item “%s”",
                           way_pack_get_id (pack), body->item);
  if (!ctl_table_get_number (table, row, ctl_table_find (table, "a"), &body->a, error)
      || !read_cell (table, row, "b", 0, &body->b, error)
      || !read_cell (table, row, "c", 0, &body->c, error)
      || !read_cell (table, row, "d", 1, &body->d, error)
      || !read_cell (table, row, ctl_table_find (table, "sd_b") >= 0 ? "sd_b" : "se_b", NAN,
                     &body->sd, error))
    return FALSE;
  if (!read_cell (table, row, "seconds", NAN, &body->seconds, error)
      || !read_cell (table, row, "exposure", NAN, &body->exposure, error))
    return FALSE;
  if (body->seconds <= 0)
    return ctl_table_fail (table, row, error, "the seconds of “%s” must be above 0", body->item);
  if (body->exposure < 0 || body->exposure > 1)
    return ctl_table_fail (table, row, error, "the exposure of “%s” must be from 0 to 1",
                           body->item);
  if (!isfinite (body->sd) || body->sd < 0)
    return ctl_table_fail (table, row, error, "how sure b of “%s” is (se_b) must be 0 or more",
                           body->item);
  body->steps = *steps != '\0' ? (char *) steps : NULL;
  if (body->steps == NULL && *ctl_table_get (table, row, ctl_table_find (table, "b")) == '\0')
    return ctl_table_fail (table, row, error, "“%s” has no b", body->item);
  curve.parameters = (WayParameters){ .a = body->a, .b = body->b, .c = body->c, .d = body->d };
  if (body->steps != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (body->steps, " ", -1);

      for (guint i = 0; parts[i] != NULL; i++)
        {
          char *end = parts[i];

          if (curve.n_steps < WAY_MAX_STEPS)
            curve.steps[curve.n_steps++] = g_ascii_strtod (parts[i], &end);
          if (end == parts[i] || *end != '\0')
            return ctl_table_fail (table, row, error,
                                   "the steps of “%s” are not at most %d numbers with blanks "
                                   "between",
                                   body->item, WAY_MAX_STEPS);
        }
    }
  if (!way_curve_check (&curve, &reason))
    return ctl_table_fail (table, row, error, "the item “%s” cannot be: %s", body->item, reason);
  return TRUE;
}

/* The items of the version in force that @table does not name: a version is whole, and what is not
 * measured anew stays as it was, rather than as its author once judged it. */
static GPtrArray *
list_kept (const CtlTable *table, WayPack *pack, const WayItemParameters *before)
{
  GPtrArray *kept = g_ptr_array_new ();
  int column = ctl_table_find (table, "item");

  for (guint i = 0; before != NULL && i < before->items->len; i++)
    {
      const WayItemParameter *item = before->items->pdata[i];
      gboolean is_named = FALSE;

      for (guint row = 0; row < table->rows->len && !is_named; row++)
        is_named = g_str_equal (ctl_table_get (table, row, column), item->item);
      if (!is_named && way_pack_find_baseline_item (pack, item->item) != NULL)
        g_ptr_array_add (kept, (gpointer) item);
    }
  return kept;
}

static gboolean
add_draft (GPtrArray *drafts, const WayItemParameterBody *body, GError **error)
{
  const WayKind *kind = way_kind_find ("item_parameter");
  g_autofree char *json = way_kind_write (kind, body, error);

  if (json == NULL)
    return FALSE;
  g_ptr_array_add (drafts, way_event_new ("item_parameter", way_kind_get_version (kind), json));
  return TRUE;
}

static GPtrArray *
read_drafts (const char *path,
             WayPack *pack,
             const WayItemParameters *before,
             const char *version,
             const char *note,
             guint *n_kept,
             GError **error)
{
  const char *const needed[] = { "item", "a", "b", NULL };
  g_autoptr (CtlTable) table = ctl_table_read (path, needed, error);
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) kept = NULL;
  guint of = 0;

  if (table == NULL)
    return NULL;
  drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  for (guint row = 0; row < table->rows->len; row++)
    of += !is_total (table, row);
  if (of == 0)
    {
      ctl_table_fail (table, 0, error, "there is no item in it, only what calibrate adds below");
      return NULL;
    }
  kept = list_kept (table, pack, before);
  of += *n_kept = kept->len;
  for (guint row = 0; row < table->rows->len; row++)
    {
      WayItemParameterBody body = { .pack = (char *) way_pack_get_id (pack),
                                    .version = (char *) version,
                                    .of = of,
                                    .note = (char *) note };

      if (is_total (table, row))
        continue;
      if (!read_row (table, row, pack, &body, error))
        return NULL;
      if (!g_hash_table_add (seen, body.item))
        {
          ctl_table_fail (table, row, error, "the item “%s” is there twice", body.item);
          return NULL;
        }
      if (!add_draft (drafts, &body, error))
        return NULL;
    }
  for (guint i = 0; i < kept->len; i++)
    {
      const WayItemParameter *item = kept->pdata[i];
      const WayItemParameterBody body = { .pack = (char *) way_pack_get_id (pack),
                                          .item = item->item,
                                          .version = (char *) version,
                                          .a = item->a,
                                          .b = item->b,
                                          .c = item->c,
                                          .d = item->d,
                                          .sd = item->sd,
                                          .steps = item->steps,
                                          .of = of,
                                          .note = (char *) note,
                                          .seconds = item->seconds,
                                          .exposure = item->exposure };

      if (!add_draft (drafts, &body, error))
        return NULL;
    }
  return g_steal_pointer (&drafts);
}

/* "calibrated-3": one more than have been, also of those that were withdrawn. */
static char *
make_version (WayStore *trust, const char *pack, GError **error)
{
  WayStatement *statement;
  gboolean has_row;
  gint64 n = 0;

  statement = way_db_prepare (way_store_get_db (trust),
                              "SELECT count(DISTINCT body ->> 'version') FROM readable"
                              " WHERE kind = 'item_parameter'"
                              " AND body ->> 'pack' = CAST($1 AS text)",
                              error);
  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, pack);
  if (!way_statement_step (statement, &has_row, error))
    return NULL;
  if (has_row)
    n = way_statement_get_int (statement, 0);
  way_statement_reset (statement);
  return g_strdup_printf ("calibrated-%" G_GINT64_FORMAT, n + 1);
}

/**
 * ctl_irt_publish:
 *
 * Publishes how hard items are: new sittings take it, those that were stay as they were.
 */
int
ctl_irt_publish (int argc, char **argv)
{
  g_autofree char *uri = NULL;
  g_autofree char *path = NULL;
  g_autofree char *note = NULL;
  g_autofree char *pack_path = NULL;
  const GOptionEntry entries[] = {
    { "trust", 0, 0, G_OPTION_ARG_STRING, &uri, NULL, NULL },
    { "parameters", 0, 0, G_OPTION_ARG_FILENAME, &path, NULL, NULL },
    { "note", 0, 0, G_OPTION_ARG_STRING, &note, NULL, NULL },
    { "pack", 0, 0, G_OPTION_ARG_FILENAME, &pack_path, NULL, NULL },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPack) pack = NULL;
  g_autoptr (WayStore) trust = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (WayItemParameters) before = NULL;
  g_autofree char *version = NULL;
  guint n_kept = 0;

  if (!ctl_parse (&argc, &argv, entries))
    return CTL_USAGE;
  if (argc > 1 || uri == NULL || path == NULL || note == NULL || *note == '\0'
      || strlen (note) > MOST_NOTE)
    return ctl_usage ();
  if (pack_path == NULL)
    pack_path = ctl_dup_pack_path ();
  pack = way_pack_open (pack_path, NULL, &error);
  if (pack != NULL)
    trust = way_store_open_trust (uri, FALSE, &error);
  if (trust != NULL)
    version = make_version (trust, way_pack_get_id (pack), &error);
  if (version != NULL
      && way_item_parameters_read (trust, way_pack_get_id (pack), NULL, &before, &error))
    drafts = read_drafts (path, pack, before, version, note, &n_kept, &error);
  if (drafts == NULL || !way_store_append_as (trust, NULL, drafts, &error))
    return ctl_fail (error);
  way_store_close (trust);
  if (n_kept > 0)
    g_print ("%s: %u items of %s, %u of them as they were\n", version, drafts->len,
             way_pack_get_id (pack), n_kept);
  else
    g_print ("%s: %u items of %s\n", version, drafts->len, way_pack_get_id (pack));
  return CTL_DONE;
}

/**
 * ctl_irt_publish_setting:
 *
 * Sets what sittings from now on go by. Those that were keep what they were begun with.
 */
gboolean
ctl_irt_publish_setting (const char *uri, const char *key, const char *value, GError **error)
{
  const WayKind *kind = way_kind_find ("setting");
  WaySettingBody body = { .key = (char *) key, .value = (char *) value };
  g_autofree char *json = way_kind_write (kind, &body, error);
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (WayStore) trust = json != NULL ? way_store_open_trust (uri, FALSE, error) : NULL;
  gboolean is_done;

  if (trust == NULL)
    return FALSE;
  g_ptr_array_add (drafts, way_event_new ("setting", way_kind_get_version (kind), json));
  is_done = way_store_append_as (trust, NULL, drafts, error);
  way_store_close (trust);
  return is_done;
}
