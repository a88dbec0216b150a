/* ctl-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-irt-private.h"

#include "session/way-row.h"

/* Whether a trust is as its log says: chains, gaps, tables, and whether what was measured is
 * what the answers give. Push does not judge the last: it would have to score there as the
 * program does here, to the last digit. */

/* Sittings, and checks, that are replayed unless all are asked for. */
#define NEWEST 200

#define SITTINGS                                                                                   \
  "SELECT a.attempt FROM attempt AS a WHERE a.stands = 1 AND a.pack = CAST($1 AS text)"            \
  " AND CAST(a.pack_version AS text) = CAST($2 AS text)"                                           \
  " AND EXISTS (SELECT 1 FROM live AS e WHERE e.person = a.person AND e.kind = 'estimate'"         \
  " AND e.body ->> 'attempt' = a.attempt)"                                                         \
  " ORDER BY a.received DESC, a.attempt"

#define CHECKS                                                                                     \
  "SELECT a.attempt FROM attempt AS a WHERE a.type IN ('check', 'refresher')"                      \
  " AND a.ended IS NOT NULL AND a.pack = CAST($1 AS text)"                                         \
  " AND CAST(a.pack_version AS text) = CAST($2 AS text) ORDER BY a.received DESC, a.attempt"

/* The first difference of an attempt in words, or NULL. */
typedef char *(*Judge) (WayStore *trust, const char *attempt, WayPack *pack, GError **error);

static gboolean
judge_attempts (WayStore *trust,
                WayPack *pack,
                const char *sql,
                Judge judge,
                gboolean is_all,
                GPtrArray *problems,
                guint *n_judged,
                GError **error)
{
  g_autoptr (GListStore) rows = NULL;
  g_autofree char *version = g_strdup_printf ("%d", way_pack_get_version (pack));
  const char *values[] = { way_pack_get_id (pack), version, NULL };

  rows = way_row_query (way_store_get_db (trust), sql, values, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);
      g_autoptr (GError) local = NULL;
      char *difference;

      if (!is_all && i >= NEWEST)
        break;
      difference = judge (trust, way_row_get_text (row, "attempt"), pack, &local);
      /* One that cannot be read says of itself why. */
      if (difference == NULL && local != NULL)
        difference = g_strdup_printf ("%s %s cannot be replayed: %s",
                                      judge == ctl_judge_marks ? "Check" : "Sitting",
                                      way_row_get_text (row, "attempt"), local->message);
      if (difference != NULL)
        {
          g_ptr_array_add (problems, difference);
          return TRUE;
        }
      (*n_judged)++;
    }
  return TRUE;
}

static gboolean
judge (WayStore *trust,
       const char *pack_path,
       gboolean is_all,
       GPtrArray *problems,
       guint *n_sittings,
       guint *n_checks,
       GError **error)
{
  g_autoptr (WayPack) pack = way_pack_open (pack_path, NULL, error);

  return pack != NULL
         && judge_attempts (trust, pack, SITTINGS, ctl_irt_judge_estimates, is_all, problems,
                            n_sittings, error)
         && judge_attempts (trust, pack, CHECKS, ctl_judge_marks, is_all, problems, n_checks,
                            error);
}

/**
 * ctl_check:
 * @pack_path: (nullable): whose sittings and checks are replayed; NULL for the one that is
 * installed
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
  guint n_sittings = 0, n_checks = 0;

  if (trust == NULL)
    return ctl_fail (error);
  if (!way_store_check (trust, problems, &error) && problems->len == 0)
    return ctl_fail (error);
  if (problems->len == 0
      && !judge (trust, pack_path != NULL ? pack_path : installed, is_all, problems, &n_sittings,
                 &n_checks, &error))
    {
      /* A server that only keeps the trust has no pack. */
      if (pack_path != NULL)
        return ctl_fail (error);
      g_printerr ("waymarkctl: no sitting or check was replayed: %s\n", error->message);
    }
  for (guint i = 0; i < problems->len; i++)
    g_printerr ("%s\n", (const char *) problems->pdata[i]);
  if (problems->len > 0)
    return ctl_fail_text ("%s is not as it should be", uri);
  g_print ("%s: nothing wrong\n", uri);
  if (n_sittings > 0)
    g_print ("sittings replayed: %u\n", n_sittings);
  if (n_checks > 0)
    g_print ("checks marked again: %u\n", n_checks);
  return CTL_DONE;
}
