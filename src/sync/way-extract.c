/* way-extract.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-extract.h"

#include <sys/random.h>

#include "record/way-bodies.h"

/* A trust in a file has no rights to keep, so what postgresql/calibration.sql does there is
 * done here: people are numbered by chance, and rows put in chance order. Only that all is given
 * that is there, not by whole weeks: whoever has the file sees each come. A rapid answer is
 * faster than a tenth of its item's mean time, or than ten seconds. */
#define GIVEN                                                                                      \
  "WITH given AS (SELECT r.person AS who, r.body ->> 'item' AS item,"                              \
  " CAST(r.body ->> 'score' AS double precision) AS score, CAST(r.body ->> 'ms' AS bigint) AS ms," \
  " a.body ->> 'language' AS language, row_number () OVER (PARTITION BY r.person,"                 \
  " r.body ->> 'item' ORDER BY r.effective, r.id) AS age FROM live AS r"                           \
  " JOIN live AS a ON a.id = r.body ->> 'attempt' AND a.kind = 'attempt' AND a.author = r.author"  \
  " WHERE r.kind = 'response' AND a.body ->> 'type' IN ('baseline', 'closer', 'recheck')"          \
  " AND r.body ->> 'item' IS NOT NULL AND r.body ->> 'score' IS NOT NULL)"

static const char answers_sql[] = GIVEN
    ", pace AS (SELECT item, .1 * avg (ms) AS floor FROM given WHERE age = 1 GROUP BY item)"
    " SELECT g.who, g.item, g.score, g.ms, g.language,"
    " CASE WHEN g.ms < CASE WHEN p.floor < 10000 THEN p.floor ELSE 10000 END THEN 1 ELSE 0 END"
    " FROM given AS g JOIN pace AS p ON p.item = g.item WHERE g.age = 1 ORDER BY g.who, g.item";

static const char groups_sql[] = GIVEN
    ", said AS (SELECT e.author AS who, e.body ->> 'key' AS question, e.body ->> 'value' AS answer,"
    " row_number () OVER (PARTITION BY e.author, e.body ->> 'key'"
    " ORDER BY e.effective DESC, e.id DESC) AS age FROM live AS e WHERE e.kind = 'about_me'"
    " AND e.author IN (SELECT who FROM given)"
    " UNION ALL SELECT p.person, 'staff_group', p.staff_group, 1 FROM person AS p"
    " WHERE p.person IN (SELECT who FROM given)),"
    " large AS (SELECT question, answer FROM said WHERE age = 1 AND coalesce (answer, '') <> ''"
    " GROUP BY question, answer HAVING count(*) >= 100)"
    " SELECT s.who, s.question, s.answer FROM said AS s"
    " JOIN large AS l ON l.question = s.question AND l.answer = s.answer"
    " WHERE s.age = 1 ORDER BY s.who, s.question";

static const char postgresql_sql[] =
    "SELECT person, item, score, ms, language, rapid, question, answer FROM api.calibration_v1 ()";

static void
answer_free (gpointer data)
{
  WayExtractAnswer *self = data;

  g_free (self->person);
  g_free (self->item);
  g_free (self->language);
  g_free (self);
}

static void
group_free (gpointer data)
{
  WayExtractGroup *self = data;

  g_free (self->person);
  g_free (self->question);
  g_free (self->answer);
  g_free (self);
}

/**
 * way_extract_free:
 * @self: (transfer full): with its answers and groups
 */
void
way_extract_free (WayExtract *self)
{
  g_ptr_array_unref (self->answers);
  g_ptr_array_unref (self->groups);
  g_free (self);
}

static void
shuffle (GPtrArray *rows)
{
  for (guint i = rows->len; i > 1; i--)
    {
      guint64 random;
      gpointer swap = rows->pdata[i - 1];

      while (getrandom (&random, sizeof random, 0) != sizeof random)
        continue;
      rows->pdata[i - 1] = rows->pdata[random % i];
      rows->pdata[random % i] = swap;
    }
}

static void
add_answer (WayExtract *self, WayStatement *statement)
{
  WayExtractAnswer *answer = g_new0 (WayExtractAnswer, 1);

  answer->person = g_strdup (way_statement_get_text (statement, 0));
  answer->item = g_strdup (way_statement_get_text (statement, 1));
  answer->score = way_statement_get_double (statement, 2);
  answer->ms = way_statement_get_int (statement, 3);
  answer->language = g_strdup (way_statement_get_text (statement, 4));
  answer->is_rapid = way_statement_get_int (statement, 5) == 1;
  g_ptr_array_add (self->answers, answer);
}

static void
add_group (WayExtract *self, WayStatement *statement, int question)
{
  WayExtractGroup *group = g_new0 (WayExtractGroup, 1);

  group->person = g_strdup (way_statement_get_text (statement, 0));
  group->question = g_strdup (way_statement_get_text (statement, question));
  group->answer = g_strdup (way_statement_get_text (statement, question + 1));
  g_ptr_array_add (self->groups, group);
}

static gboolean
ask (WayExtract *self, WayDb *db, const char *sql, gboolean is_groups, GError **error)
{
  WayStatement *statement = way_db_prepare (db, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      if (!way_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      if (sql == postgresql_sql && !way_statement_is_null (statement, 6))
        add_group (self, statement, 6);
      else if (is_groups)
        add_group (self, statement, 1);
      else
        add_answer (self, statement);
    }
}

/* Gives everybody a number by chance and forgets who they are. */
static void
rename_people (WayExtract *self)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) people = g_ptr_array_new ();

  for (guint i = 0; i < self->answers->len; i++)
    {
      const WayExtractAnswer *answer = self->answers->pdata[i];

      if (!g_hash_table_contains (numbers, answer->person))
        {
          char *person = g_strdup (answer->person);

          g_hash_table_insert (numbers, person, NULL);
          g_ptr_array_add (people, person);
        }
    }
  shuffle (people);
  for (guint i = 0; i < people->len; i++)
    g_hash_table_replace (numbers, g_strdup (people->pdata[i]), GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < self->answers->len + self->groups->len; i++)
    {
      char **person =
          i < self->answers->len
              ? &((WayExtractAnswer *) self->answers->pdata[i])->person
              : &((WayExtractGroup *) self->groups->pdata[i - self->answers->len])->person;
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, *person));

      g_free (*person);
      *person = g_strdup_printf ("P%u", number);
    }
  shuffle (self->answers);
  shuffle (self->groups);
}

static gboolean
check_analyst (WayDb *db, const char *person, GError **error)
{
  WayStatement *statement;
  gboolean has_row;

  statement = way_db_prepare (db, "SELECT 1 FROM role WHERE person = $1 AND role = 'analyst'",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, person);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  way_statement_reset (statement);
  if (!has_row)
    g_set_error_literal (error, WAY_DB_ERROR, WAY_DB_ERROR_DENIED,
                         "Only an analyst of the trust asks for the extract");
  return has_row;
}

/* That somebody has looked. */
static gboolean
write_access (WayStore *trust, const char *person, GError **error)
{
  const WayKind *kind = way_kind_find ("access");
  WayAccessBody body = { .what = (char *) "calibration" };
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autofree char *json = way_kind_write (kind, &body, error);

  if (json == NULL)
    return FALSE;
  g_ptr_array_add (drafts, way_event_new ("access", way_kind_get_version (kind), json));
  return way_store_append_as (trust, person, drafts, error);
}

/* way_extract_run:
 * @trust: open, and not read-only: that somebody has read is written down. On PostgreSQL
 *   as the analyst; their login decides
 * @person: (nullable): of a trust in a file: who asks; NULL for whoever has the file
 *
 * The analyst's extract, all of it in memory: some hundred bytes an answer.
 * WAY_DB_ERROR_DENIED: whoever asks is no analyst of the trust. */
WayExtract *
way_extract_run (WayStore *trust, const char *person, GError **error)
{
  g_autoptr (WayExtract) self = NULL;
  WayDb *db;

  g_return_val_if_fail (WAY_IS_STORE (trust), NULL);
  g_return_val_if_fail (way_store_get_role (trust) == WAY_STORE_TRUST, NULL);

  db = way_store_get_db (trust);
  self = g_new0 (WayExtract, 1);
  self->answers = g_ptr_array_new_with_free_func (answer_free);
  self->groups = g_ptr_array_new_with_free_func (group_free);
  if (way_db_is_postgresql (db))
    return way_db_exec (db, "SELECT api.calibration_access_v1 ()", error)
                   && ask (self, db, postgresql_sql, FALSE, error)
               ? g_steal_pointer (&self)
               : NULL;
  if ((person != NULL && !check_analyst (db, person, error)) || !write_access (trust, person, error)
      || !ask (self, db, answers_sql, FALSE, error) || !ask (self, db, groups_sql, TRUE, error))
    return NULL;
  rename_people (self);
  return g_steal_pointer (&self);
}
