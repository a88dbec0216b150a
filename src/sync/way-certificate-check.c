/* way-certificate-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-certificate-check.h"

#include "record/way-certificate.h"

/* Whether a certificate holds. A login of a server asks its function; who can read all of a
 * trust anyway, a file's reader or a server's administrator, does what the function does. */

#define GUEST                                                                                      \
  "SELECT state, part, ident, title, pack, pack_version, version, earned, finished, received, "    \
  "name FROM api.certificate_v1 (CAST($1 AS text))"

#define EVERY "SELECT id, digest FROM event WHERE kind = 'certificate' ORDER BY id"

/* $1 is the event: as in sync/postgresql/certificate.sql, which says why. */
#define JUDGE                                                                                      \
  "WITH it AS (SELECT e.author, e.allowed, e.received, e.body ->> 'module' AS module, "            \
  "e.body ->> 'pathway' AS pathway, e.body ->> 'pack' AS pack, "                                   \
  "CAST(e.body ->> 'pack_version' AS bigint) AS pack_version, "                                    \
  "CAST(e.body ->> 'version' AS bigint) AS version, "                                              \
  "CAST(e.body ->> 'earned' AS bigint) AS earned "                                                 \
  "FROM readable AS e WHERE e.id = CAST($1 AS text)), "                                            \
  "release AS (SELECT r.body ->> 'name' AS name, r.body ->> 'required' AS required, "              \
  "row_number () OVER (ORDER BY CASE WHEN CAST(r.body ->> 'version' AS bigint) = i.pack_version "  \
  "THEN 0 ELSE 1 END, r.effective DESC, r.id DESC) AS age "                                        \
  "FROM it AS i JOIN live AS r ON r.kind = 'pack_release' "                                        \
  "AND r.body ->> 'part' = CASE WHEN i.module IS NOT NULL THEN 'module' ELSE 'pathway' END "       \
  "AND r.body ->> 'ident' = coalesce (i.module, i.pathway) AND r.body ->> 'pack' = i.pack), "      \
  "need AS (SELECT i.author, r.name, ',' || CASE WHEN i.module IS NOT NULL THEN i.module "         \
  "ELSE r.required END || ',' AS modules FROM it AS i LEFT JOIN release AS r ON r.age = 1), "      \
  "answered AS (SELECT b.id AS attempt, count(DISTINCT r.body ->> 'item') AS answers, "            \
  "count(DISTINCT CASE WHEN CAST(r.body ->> 'score' AS double precision) > 0 "                     \
  "THEN r.body ->> 'item' END) AS marked "                                                         \
  "FROM it AS i JOIN live AS b ON b.kind = 'attempt' AND b.person = i.author "                     \
  "AND b.author = i.author AND b.body ->> 'type' = 'check' "                                       \
  "JOIN live AS r ON r.kind = 'response' AND r.person = i.author AND r.author = i.author "         \
  "AND r.body ->> 'attempt' = b.id "                                                               \
  "AND replace (' ' || (b.body ->> 'draw') || ' ', ' ' || (r.body ->> 'item') || ' ', '') "        \
  "<> ' ' || (b.body ->> 'draw') || ' ' GROUP BY b.id), "                                          \
  "passed AS (SELECT x.module, min (x.at) AS at FROM need AS n "                                   \
  "JOIN evidence AS x ON x.person = n.author AND x.type = 'check' "                                \
  "AND replace (n.modules, ',' || x.module || ',', ',') <> n.modules "                             \
  "JOIN attempt AS a ON a.attempt = x.source AND a.person = n.author AND a.asked >= 5 "            \
  "AND (a.right_count * 10 >= a.asked * 8 OR a.asked - a.right_count <= 1) "                       \
  "JOIN answered AS w ON w.attempt = a.attempt AND w.answers >= a.asked "                          \
  "AND w.marked >= a.right_count "                                                                 \
  "WHERE EXISTS (SELECT 1 FROM live AS r WHERE r.kind = 'pack_release' "                           \
  "AND r.body ->> 'part' = 'module' AND r.body ->> 'ident' = x.module) GROUP BY x.module), "       \
  "total AS (SELECT count(*) AS modules, max (p.at) AS at FROM passed AS p) "                      \
  "SELECT CASE WHEN i.module IS NULL AND i.pathway IS NULL THEN CASE WHEN EXISTS ("                \
  "SELECT 1 FROM erased AS x WHERE x.target = i.author AND x.what = 'person') "                    \
  "THEN 'erased' ELSE 'withdrawn' END "                                                            \
  "WHEN i.allowed = 1 AND t.modules > 0 AND t.modules = length (n.modules) "                       \
  "- length (replace (n.modules, ',', '')) - 1 THEN 'valid' ELSE 'unproven' END AS state, "        \
  "CASE WHEN i.module IS NOT NULL THEN 'module' WHEN i.pathway IS NOT NULL THEN 'pathway' END, "   \
  "coalesce (i.module, i.pathway), n.name, i.pack, i.pack_version, i.version, i.earned, t.at, "    \
  "i.received, p.name FROM it AS i CROSS JOIN need AS n CROSS JOIN total AS t "                    \
  "LEFT JOIN person AS p ON p.person = i.author"

static const char *const states[] = {
  [WAY_CERTIFICATE_MISTYPED] = "mistyped",   [WAY_CERTIFICATE_UNKNOWN] = "unknown",
  [WAY_CERTIFICATE_VALID] = "valid",         [WAY_CERTIFICATE_UNPROVEN] = "unproven",
  [WAY_CERTIFICATE_WITHDRAWN] = "withdrawn", [WAY_CERTIFICATE_ERASED] = "erased",
};

/**
 * way_certificate_state_to_string:
 *
 * Returns: (transfer none): its name in files
 */
const char *
way_certificate_state_to_string (WayCertificateState state)
{
  return states[state];
}

/* The event that a code stands for: *id is NULL where there is none. */
static gboolean
find_event (WayDb *db, const char *proof, char **id, GError **error)
{
  WayStatement *statement = way_db_prepare (db, EVERY, error);
  gboolean has_row;

  *id = NULL;
  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      g_autofree char *made = NULL;

      if (!way_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      made = way_certificate_make_proof (way_statement_get_text (statement, 0),
                                         way_statement_get_text (statement, 1));
      if (g_str_equal (made, proof))
        {
          *id = g_strdup (way_statement_get_text (statement, 0));
          way_statement_reset (statement);
          return TRUE;
        }
    }
}

static void
read_answer (WayStatement *statement, WayCertificateAnswer *answer)
{
  const char *state = way_statement_get_text (statement, 0);

  answer->state = WAY_CERTIFICATE_UNPROVEN; /* also what a newer trust may say */
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (state, states[i]) == 0)
      answer->state = i;
  answer->part = g_strdup (way_statement_get_text (statement, 1));
  answer->ident = g_strdup (way_statement_get_text (statement, 2));
  answer->title = g_strdup (way_statement_get_text (statement, 3));
  answer->pack = g_strdup (way_statement_get_text (statement, 4));
  answer->pack_version = way_statement_get_int (statement, 5);
  answer->version = way_statement_get_int (statement, 6);
  answer->earned = way_statement_get_int (statement, 7);
  answer->finished = way_statement_get_int (statement, 8);
  answer->received = way_statement_get_int (statement, 9);
  answer->name = g_strdup (way_statement_get_text (statement, 10));
}

/**
 * way_certificate_check:
 * @trust: as whoever asks sees it
 * @code: as it was typed
 * @error: why the trust cannot say; not that a certificate does not hold
 *
 * Asks a trust about one certificate.
 *
 * Returns: (transfer full) (nullable): what the trust says
 */
WayCertificateAnswer *
way_certificate_check (WayStore *trust, const char *code, GError **error)
{
  g_autoptr (WayCertificateAnswer) answer = g_new0 (WayCertificateAnswer, 1);
  g_autofree char *proof = NULL;
  g_autofree char *id = NULL;
  WayDb *db;
  WayStatement *statement;
  gboolean has_row;

  g_return_val_if_fail (WAY_IS_STORE (trust) && code != NULL, NULL);

  proof = way_certificate_read_code (code);
  if (proof == NULL)
    return g_steal_pointer (&answer);
  db = way_store_get_db (trust);
  answer->state = WAY_CERTIFICATE_UNKNOWN;
  answer->code = way_certificate_make_code (proof);
  if (!way_store_is_guest (trust))
    {
      if (!find_event (db, proof, &id, error))
        return NULL;
      if (id == NULL)
        return g_steal_pointer (&answer);
    }
  statement = way_db_prepare (db, id != NULL ? JUDGE : GUEST, error);
  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, id != NULL ? id : proof);
  if (!way_statement_step (statement, &has_row, error))
    return NULL;
  if (has_row)
    read_answer (statement, answer);
  way_statement_reset (statement);
  return g_steal_pointer (&answer);
}

/**
 * way_certificate_answer_free:
 *
 * Frees what way_certificate_check() gave.
 */
void
way_certificate_answer_free (WayCertificateAnswer *self)
{
  g_free (self->code);
  g_free (self->part);
  g_free (self->ident);
  g_free (self->title);
  g_free (self->pack);
  g_free (self->name);
  g_free (self);
}
