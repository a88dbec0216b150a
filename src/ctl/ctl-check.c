/* ctl-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-irt-private.h"

#include "session/way-row.h"

/* Whether a trust is as its log says: chains, gaps, tables, and whether what was measured is
 * what the answers give. Push does not judge the last: it would have to score there as the
 * program does here, to the last digit. */

/* Sittings that are replayed unless all are asked for. */
#define NEWEST 200

#define SITTINGS                                                                                   \
  "SELECT a.attempt FROM attempt AS a WHERE a.stands = 1 AND a.pack = CAST($1 AS text)"            \
  " AND CAST(a.pack_version AS text) = CAST($2 AS text)"                                           \
  " AND EXISTS (SELECT 1 FROM live AS e WHERE e.person = a.person AND e.kind = 'estimate'"         \
  " AND e.body ->> 'attempt' = a.attempt)"                                                         \
  " ORDER BY a.received DESC, a.attempt"

static gboolean
judge_sittings (WayStore *trust,
                const char *pack_path,
                gboolean is_all,
                GPtrArray *problems,
                guint *n_replayed,
                GError **error)
{
  g_autoptr (WayPack) pack = way_pack_open (pack_path, NULL, error);
  g_autoptr (GListStore) rows = NULL;
  g_autofree char *version = NULL;
  const char *values[] = { NULL, NULL, NULL };

  *n_replayed = 0;
  if (pack == NULL)
    return FALSE;
  version = g_strdup_printf ("%d", way_pack_get_version (pack));
  values[0] = way_pack_get_id (pack);
  values[1] = version;
  rows = way_row_query (way_store_get_db (trust), SITTINGS, values, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);
      g_autoptr (GError) local = NULL;
      char *difference;

      if (!is_all && i >= NEWEST)
        break;
      difference = ctl_irt_judge_estimates (trust, way_row_get_text (row, "attempt"), pack, &local);
      /* A sitting that cannot be read says of itself why. */
      if (difference == NULL && local != NULL)
        difference = g_strdup_printf ("Sitting %s cannot be replayed: %s",
                                      way_row_get_text (row, "attempt"), local->message);
      if (difference != NULL)
        {
          g_ptr_array_add (problems, difference);
          return TRUE;
        }
      (*n_replayed)++;
    }
  return TRUE;
}

/**
 * ctl_check:
 * @pack_path: (nullable): whose sittings are replayed; NULL for the one that is installed
 * @is_all: every sitting, and not the newest alone
 *
 * Names the first differences.
 *
 * Returns: the exit code
 */
int
ctl_check (const char *uri, const char *pack_path, gboolean is_all)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayStore) trust = way_store_open_trust (uri, TRUE, &error);
  g_autofree char *installed = ctl_dup_pack_path ();
  guint n_replayed = 0;

  if (trust == NULL)
    return ctl_fail (error);
  if (!way_store_check (trust, problems, &error) && problems->len == 0)
    return ctl_fail (error);
  if (problems->len == 0
      && !judge_sittings (trust, pack_path != NULL ? pack_path : installed, is_all, problems,
                          &n_replayed, &error))
    {
      /* A server that only keeps the trust has no pack. */
      if (pack_path != NULL)
        return ctl_fail (error);
      g_printerr ("waymarkctl: no sitting was replayed: %s\n", error->message);
    }
  for (guint i = 0; i < problems->len; i++)
    g_printerr ("%s\n", (const char *) problems->pdata[i]);
  if (problems->len > 0)
    return ctl_fail_text ("%s is not as it should be", uri);
  g_print ("%s: nothing wrong\n", uri);
  if (n_replayed > 0)
    g_print ("sittings replayed: %u\n", n_replayed);
  return CTL_DONE;
}
