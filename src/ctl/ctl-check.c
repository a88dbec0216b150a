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
  " FROM attempt AS a WHERE a.stands = 1"                                                          \
  " AND EXISTS (SELECT 1 FROM live AS e WHERE e.person = a.person AND e.kind = 'estimate'"         \
  " AND e.body ->> 'attempt' = a.attempt)"

#define CHECKS " FROM attempt AS a WHERE a.type IN ('check', 'refresher') AND a.ended IS NOT NULL"

#define OF_PACK                                                                                    \
  " AND a.pack = CAST($1 AS text) AND CAST(a.pack_version AS text) = CAST($2 AS text)"             \
  " ORDER BY a.received DESC, a.attempt"

/* What another pack asked cannot be worked out from this one. */
#define OF_OTHERS                                                                                  \
  " AND NOT (COALESCE(a.pack, '') = CAST($1 AS text)"                                              \
  " AND COALESCE(CAST(a.pack_version AS text), '') = CAST($2 AS text))"                            \
  " GROUP BY a.pack, a.pack_version ORDER BY a.pack, a.pack_version"

/* The first difference of an attempt in words, or NULL; @is_erased where its answers are gone. */
typedef char *(*Judge) (
    WayStore *trust, const char *attempt, WayPack *pack, gboolean *is_erased, GError **error);

typedef struct
{
  const char *which; /* SQL: the attempts of this kind */
  Judge judge;
  const char *one; /* in a sentence */
  const char *done;
  const char *left;
  guint n_done;
  guint n_older; /* than the newest */
  guint n_erased;
  GListStore *others; /* (nullable) (owned): of WayRow: pack, version, how many */
} Kind;

/* An estimate of somebody who was erased went with their answers. */
static char *
judge_estimates (
    WayStore *trust, const char *attempt, WayPack *pack, gboolean *is_erased, GError **error)
{
  *is_erased = FALSE;
  return ctl_irt_judge_estimates (trust, attempt, pack, error);
}

static gboolean
judge_attempts (WayStore *trust,
                WayPack *pack,
                Kind *kind,
                gboolean is_all,
                GPtrArray *problems,
                GError **error)
{
  g_autoptr (GListStore) rows = NULL;
  g_autofree char *version = g_strdup_printf ("%d", way_pack_get_version (pack));
  const char *values[] = { way_pack_get_id (pack), version, NULL };
  g_autofree char *sql = g_strconcat ("SELECT a.attempt", kind->which, OF_PACK, NULL);
  guint n;

  rows = way_row_query (way_store_get_db (trust), sql, values, error);
  if (rows == NULL)
    return FALSE;
  n = g_list_model_get_n_items (G_LIST_MODEL (rows));
  if (!is_all && n > NEWEST)
    {
      kind->n_older = n - NEWEST;
      n = NEWEST;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);
      g_autoptr (GError) local = NULL;
      gboolean is_erased;
      char *difference;

      difference = kind->judge (trust, way_row_get_text (row, "attempt"), pack, &is_erased, &local);
      /* One that cannot be read says of itself why. */
      if (difference == NULL && local != NULL)
        difference = g_strdup_printf ("%s %s cannot be replayed: %s", kind->one,
                                      way_row_get_text (row, "attempt"), local->message);
      if (difference != NULL)
        {
          g_ptr_array_add (problems, difference);
          return TRUE;
        }
      if (is_erased)
        kind->n_erased++;
      else
        kind->n_done++;
    }
  return TRUE;
}

/* Counts what no answer of @pack can judge: all there is where there is no pack. */
static gboolean
count_others (WayStore *trust, WayPack *pack, Kind *kind, GError **error)
{
  g_autofree char *version = pack != NULL ? g_strdup_printf ("%d", way_pack_get_version (pack))
                                          : g_strdup ("");
  const char *values[] = { pack != NULL ? way_pack_get_id (pack) : "", version, NULL };
  g_autofree char *sql = g_strconcat ("SELECT COALESCE(a.pack, '') AS pack,"
                                      " COALESCE(CAST(a.pack_version AS text), '') AS version,"
                                      " count(*) AS n",
                                      kind->which, OF_OTHERS, NULL);

  kind->others = way_row_query (way_store_get_db (trust), sql, values, error);
  return kind->others != NULL;
}

static void
print_kind (const Kind *kind)
{
  if (kind->n_done > 0)
    g_print ("%s: %u\n", kind->done, kind->n_done);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (kind->others)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (kind->others), i);

      g_print ("%s: %" G_GINT64_FORMAT " of another pack, %s version %s (--pack opens it)\n",
               kind->left, way_row_get_int (row, "n"), way_row_get_text (row, "pack"),
               way_row_get_text (row, "version"));
    }
  if (kind->n_older > 0)
    g_print ("%s: %u before the newest %d (--all takes them)\n", kind->left, kind->n_older, NEWEST);
  if (kind->n_erased > 0)
    g_print ("%s: %u with answers that were erased\n", kind->left, kind->n_erased);
}

/* Judges what @pack can judge, and counts the rest. */
static gboolean
judge (WayStore *trust,
       WayPack *pack,
       gboolean is_all,
       Kind *kinds,
       guint n_kinds,
       GPtrArray *problems,
       GError **error)
{
  for (guint i = 0; i < n_kinds && problems->len == 0; i++)
    if ((pack != NULL && !judge_attempts (trust, pack, &kinds[i], is_all, problems, error))
        || !count_others (trust, pack, &kinds[i], error))
      return FALSE;
  return TRUE;
}

/**
 * ctl_check:
 * @pack_path: (nullable): whose sittings and checks are replayed; NULL for the one that is
 * installed
 * @is_all: every sitting, and not the newest alone
 *
 * Names the first differences, and says how many sittings and checks were judged, and how many
 * were not and why.
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
  g_autoptr (WayPack) pack = NULL;
  Kind kinds[] = {
    { SITTINGS, judge_estimates, "Sitting", "sittings replayed", "sittings not replayed" },
    { CHECKS, ctl_judge_marks, "Check", "checks marked again", "checks not marked again" },
  };
  gboolean is_judged;

  if (trust == NULL)
    return ctl_fail (error);
  if (!way_store_check (trust, problems, &error) && problems->len == 0)
    return ctl_fail (error);
  pack = way_pack_open (pack_path != NULL ? pack_path : installed, NULL, &error);
  if (pack == NULL && pack_path != NULL)
    return ctl_fail (error);
  /* A server that only keeps the trust has no pack. */
  if (pack == NULL)
    g_printerr ("waymarkctl: no sitting or check was replayed: %s\n", error->message);
  g_clear_error (&error);
  is_judged = judge (trust, pack, is_all, kinds, G_N_ELEMENTS (kinds), problems, &error);
  for (guint i = 0; i < problems->len; i++)
    g_printerr ("%s\n", (const char *) problems->pdata[i]);
  if (is_judged && problems->len == 0)
    {
      g_print ("%s: nothing wrong\n", uri);
      for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
        print_kind (&kinds[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_clear_object (&kinds[i].others);
  if (!is_judged)
    return ctl_fail (error);
  if (problems->len > 0)
    return ctl_fail_text ("%s is not as it should be", uri);
  return CTL_DONE;
}
