/* way-derived.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/way-derived.h"

#include "way-store-resources.h"

#define PREFIX "/io/github/waymark_skills/Waymark/store/sql/"

typedef enum
{
  KEY_TRUST,  /* one key: the table is small and folded whole */
  KEY_PERSON, /* whom the event is about */
  KEY_AUTHOR,
  KEY_ID,     /* the event itself */
  KEY_REFERS, /* what it points at */
} KeyType;

typedef struct
{
  const char *kind;
  KeyType type;
  gboolean is_late; /* only for an event that comes after what points at it */
} Touch;

typedef struct
{
  const char *name;
  Touch touches[48]; /* one more than there are: the last has no kind */
} Fold;

/* In the order of folding: `level_history`, `progress` and `evidence` read `attempt`, `level`
 * reads `level_history` and `role` reads `champion`, for the same person. All read `live`, so
 * `retracted` is the first. */
static const Fold folds[] = {
  { "retracted",
    {
        { "retraction", KEY_REFERS },       { "self_rating", KEY_ID, TRUE },
        { "feedback", KEY_ID, TRUE },       { "feedback_action", KEY_ID, TRUE },
        { "help_request", KEY_ID, TRUE },   { "help_action", KEY_ID, TRUE },
        { "help_given", KEY_ID, TRUE },     { "evidence", KEY_ID, TRUE },
        { "assignment", KEY_ID, TRUE },     { "assignment_end", KEY_ID, TRUE },
        { "vote", KEY_ID, TRUE },           { "trial", KEY_ID, TRUE },
        { "pulse_answer", KEY_ID, TRUE },   { "organisation", KEY_ID, TRUE },
        { "place", KEY_ID, TRUE },          { "person", KEY_ID, TRUE },
        { "membership", KEY_ID, TRUE },     { "role_grant", KEY_ID, TRUE },
        { "setting", KEY_ID, TRUE },        { "pack_release", KEY_ID, TRUE },
        { "exemption", KEY_ID, TRUE },      { "initiative", KEY_ID, TRUE },
        { "pulse", KEY_ID, TRUE },          { "notice", KEY_ID, TRUE },
        { "session", KEY_ID, TRUE },        { "champion_term", KEY_ID, TRUE },
        { "item_parameter", KEY_ID, TRUE }, { "local_note", KEY_ID, TRUE },
        { "reminder", KEY_ID, TRUE },       { "role_requirement", KEY_ID, TRUE },
        { "help_declined", KEY_ID, TRUE },  { "published", KEY_ID, TRUE },
        { "rota", KEY_ID, TRUE },           { "corner_question", KEY_ID, TRUE },
        { "corner_action", KEY_ID, TRUE },  { "tip", KEY_ID, TRUE },
        { "evidence_file", KEY_ID },
    } },
  { "organisation", { { "organisation", KEY_TRUST } } },
  { "setting", { { "setting", KEY_TRUST } } },
  { "unit", { { "place", KEY_TRUST } } },
  { "catalogue", { { "pack_release", KEY_TRUST }, { "role_requirement", KEY_TRUST } } },
  { "person", { { "person", KEY_PERSON } } },
  { "membership", { { "membership", KEY_PERSON } } },
  { "champion", { { "champion_term", KEY_PERSON } } },
  { "role", { { "role_grant", KEY_PERSON }, { "champion_term", KEY_PERSON } } },
  { "rota", { { "rota", KEY_PERSON } } },
  { "shared", { { "preference", KEY_PERSON } } },
  { "self_rating", { { "self_rating", KEY_PERSON } } },
  { "attempt", { { "attempt", KEY_PERSON }, { "attempt_end", KEY_PERSON } } },
  { "level_history",
    {
        { "attempt", KEY_PERSON },
        { "attempt_end", KEY_PERSON },
        { "estimate", KEY_PERSON },
    } },
  { "level",
    {
        { "attempt", KEY_PERSON },
        { "attempt_end", KEY_PERSON },
        { "estimate", KEY_PERSON },
    } },
  { "progress",
    {
        { "attempt", KEY_PERSON },
        { "attempt_end", KEY_PERSON },
        { "step", KEY_PERSON },
        { "shift_done", KEY_PERSON },
        { "confidence", KEY_PERSON },
        { "evidence", KEY_PERSON },
    } },
  { "evidence",
    {
        { "attempt", KEY_PERSON },
        { "attempt_end", KEY_PERSON },
        { "rule_outcome", KEY_PERSON },
        { "evidence", KEY_PERSON },
        { "evidence_answer", KEY_AUTHOR },
    } },
  { "help", { { "help_request", KEY_ID }, { "help_action", KEY_REFERS } } },
  { "help_given", { { "help_given", KEY_AUTHOR } } },
  { "feedback", { { "feedback", KEY_ID }, { "feedback_action", KEY_REFERS } } },
  { "support", { { "vote", KEY_REFERS } } },
  { "initiative", { { "initiative", KEY_TRUST } } },
  { "initiative_step", { { "initiative", KEY_TRUST } } },
  { "corner", { { "corner_question", KEY_ID }, { "corner_action", KEY_REFERS } } },
  { "corner_answer", { { "corner_question", KEY_ID }, { "corner_action", KEY_REFERS } } },
  { "tip", { { "tip", KEY_REFERS } } },
  { "pulse_count", { { "pulse", KEY_ID }, { "pulse_answer", KEY_REFERS } } },
};

#define N_FOLDS G_N_ELEMENTS (folds)

struct _WayTouched
{
  GHashTable *keys[N_FOLDS]; /* char* set */
};

/* The files as read, cut into statements. Made once, never freed. */
typedef struct
{
  const char *names[N_FOLDS + 1];
  char **statements[N_FOLDS];
  char *tables;
  char *digest;
} Files;

/* way_store_load_sql:
 * @name: below sql/
 *
 * The text of one of the room's SQL files. They are compiled in.
 *
 * Returns: (transfer full) */
char *
way_store_load_sql (const char *name)
{
  g_autofree char *path = g_strconcat (PREFIX, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  bytes = g_resource_lookup_data (way_store_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                  &error);
  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* A statement ends at a semicolon at the end of a line. */
static char **
split (const char *sql)
{
  g_auto (GStrv) parts = g_strsplit (sql, ";\n", -1);
  g_autoptr (GPtrArray) statements = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_ptr_array_add (statements, g_strdup (parts[i]));
  g_ptr_array_add (statements, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&statements), FALSE);
}

static const Files *
get_files (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
      g_autofree char *views = way_store_load_sql ("views-trust.sql");
      Files *files = g_new0 (Files, 1);

      files->tables = way_store_load_sql ("derived/tables.sql");
      g_checksum_update (checksum, (const guchar *) files->tables, -1);
      g_checksum_update (checksum, (const guchar *) views, -1);
      for (guint i = 0; i < N_FOLDS; i++)
        {
          g_autofree char *name = g_strconcat ("derived/", folds[i].name, ".sql", NULL);
          g_autofree char *sql = way_store_load_sql (name);

          files->names[i] = folds[i].name;
          files->statements[i] = split (sql);
          g_checksum_update (checksum, (const guchar *) sql, -1);
        }
      files->digest = g_strdup (g_checksum_get_string (checksum));
      g_once_init_leave (&once, (gsize) files);
    }
  return (const Files *) once;
}

/* way_derived_list:
 *
 * The names of the tables, in the order of folding. */
const char *const *
way_derived_list (void)
{
  return get_files ()->names;
}

/* way_derived_get_digest:
 *
 * A digest of all the SQL that makes the tables: where a trust was folded by other text,
 * everything is folded again. */
const char *
way_derived_get_digest (void)
{
  return get_files ()->digest;
}

/* way_touched_new:
 *
 * An empty set of keys.
 *
 * Returns: (transfer full): free with way_touched_free() */
WayTouched *
way_touched_new (void)
{
  WayTouched *self = g_new0 (WayTouched, 1);

  for (guint i = 0; i < N_FOLDS; i++)
    self->keys[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * way_touched_free:
 * @self: (transfer full)
 */
void
way_touched_free (WayTouched *self)
{
  for (guint i = 0; i < N_FOLDS; i++)
    g_hash_table_unref (self->keys[i]);
  g_free (self);
}

static void
add_key (WayTouched *self, guint fold, const char *key)
{
  if (key != NULL && *key != '\0')
    g_hash_table_add (self->keys[fold], g_strdup (key));
}

/* The texts that one question about one event gives, so that no statement is left open. */
static GPtrArray *
ask (WayDb *db, const char *sql, const char *first, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  WayStatement *statement = way_db_prepare (db, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, first);
  for (;;)
    {
      if (!way_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&texts);
      for (int i = 0; i < way_statement_get_n_columns (statement); i++)
        g_ptr_array_add (texts, g_strdup (way_statement_get_text (statement, i)));
    }
}

static gboolean
add_of_kind (WayTouched *self,
             WayDb *db,
             const char *kind,
             const char *id,
             const char *person,
             const char *author,
             GError **error)
{
  for (guint i = 0; i < N_FOLDS; i++)
    for (const Touch *touch = folds[i].touches; touch->kind != NULL; touch++)
      {
        g_autoptr (GPtrArray) texts = NULL;

        if (!g_str_equal (touch->kind, kind))
          continue;
        switch (touch->type)
          {
          case KEY_TRUST:
            add_key (self, i, "trust");
            break;
          case KEY_PERSON:
            add_key (self, i, person);
            break;
          case KEY_AUTHOR:
            add_key (self, i, author);
            break;
          case KEY_ID:
            add_key (self, i, id);
            break;
          case KEY_REFERS:
          default:
            texts = ask (db, "SELECT refers FROM readable WHERE id = $1", id, error);
            if (texts == NULL)
              return FALSE;
            if (texts->len > 0)
              add_key (self, i, texts->pdata[0]);
            break;
          }
      }
  return TRUE;
}

/* Withdrawing touches whatever the withdrawn event touched. */
static gboolean
add_target (WayTouched *self, WayDb *db, const char *retraction, GError **error)
{
  g_autoptr (GPtrArray) texts = NULL;

  texts = ask (db,
               "SELECT t.kind, t.id, t.person, t.author FROM readable AS r"
               " JOIN readable AS t ON t.id = r.refers WHERE r.id = $1",
               retraction, error);
  if (texts == NULL)
    return FALSE;
  if (texts->len == 0 || g_str_equal (texts->pdata[0], "retraction"))
    return TRUE;
  return add_of_kind (self, db, texts->pdata[0], texts->pdata[1], texts->pdata[2], texts->pdata[3],
                      error);
}

/* With evidence go the pieces of its file. */
static gboolean
add_pieces (WayTouched *self, WayDb *db, const char *retraction, GError **error)
{
  g_autoptr (GPtrArray) texts = NULL;

  texts = ask (db,
               "SELECT f.id FROM readable AS r JOIN readable AS f ON f.refers = r.refers"
               " WHERE r.id = $1 AND f.kind = 'evidence_file'",
               retraction, error);
  if (texts == NULL)
    return FALSE;
  for (guint i = 0; i < texts->len; i++)
    add_key (self, 0, texts->pdata[i]);
  return TRUE;
}

/* Until when an answer may be withdrawn is known only when the pulse has come. */
static gboolean
add_answers (WayTouched *self, WayDb *db, const char *pulse, GError **error)
{
  g_autoptr (GPtrArray) texts = NULL;

  texts = ask (db,
               "SELECT t.id FROM readable AS r JOIN readable AS t ON t.id = r.refers"
               " WHERE r.kind = 'retraction' AND t.kind = 'pulse_answer'"
               " AND t.body ->> 'pulse' = $1",
               pulse, error);
  if (texts == NULL)
    return FALSE;
  for (guint i = 0; i < texts->len; i++)
    add_key (self, 0, texts->pdata[i]);
  return TRUE;
}

/* way_touched_add:
 * @event: in the log of @db, its author known
 *
 * Adds the keys of all tables that this event may change. */
gboolean
way_touched_add (WayTouched *self, WayDb *db, const WayEvent *event, GError **error)
{
  const char *person = event->subject != NULL ? event->subject : event->author;

  if (!add_of_kind (self, db, event->kind, event->id, person, event->author, error))
    return FALSE;
  if (g_str_equal (event->kind, "retraction"))
    return add_target (self, db, event->id, error) && add_pieces (self, db, event->id, error);
  if (g_str_equal (event->kind, "pulse"))
    return add_answers (self, db, event->id, error);
  return TRUE;
}

/* way_derived_create:
 * @is_temporary: on this connection only, hiding tables of the same names
 *
 * Makes the tables, empty. */
gboolean
way_derived_create (WayDb *db, gboolean is_temporary, GError **error)
{
  g_autoptr (GString) sql = g_string_new (get_files ()->tables);

  if (is_temporary)
    g_string_replace (sql, "CREATE TABLE ", "CREATE TEMP TABLE ", 0);
  return way_db_exec (db, sql->str, error);
}

/* way_derived_drop:
 * @schema: `main`, or that of temporary tables
 *
 * Removes the tables, in whatever form they are there. */
gboolean
way_derived_drop (WayDb *db, const char *schema, GError **error)
{
  /* There the views that people ask go with them; who makes the tables makes them again. */
  const char *cascade = way_db_is_postgresql (db) ? " CASCADE" : "";

  for (guint i = 0; i < N_FOLDS; i++)
    {
      g_autofree char *sql = g_strdup_printf ("DROP TABLE IF EXISTS %s.%s%s", schema, folds[i].name,
                                              cascade);

      if (!way_db_exec (db, sql, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
install_function (
    WayDb *db, const char *name, gboolean is_here, char *const *statements, GError **error)
{
  const char *where = is_here ? "here_" : "";
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql,
                   "CREATE OR REPLACE FUNCTION main.fold_%s%s (text) RETURNS void"
                   " LANGUAGE plpgsql%s AS $fold$\nBEGIN\n",
                   where, name, is_here ? "" : " SECURITY DEFINER SET search_path = main, pg_temp");
  for (char *const *statement = statements; *statement != NULL; statement++)
    g_string_append_printf (sql, "%s;\n", *statement);
  g_string_append_printf (sql,
                          "END\n$fold$;"
                          "REVOKE ALL ON FUNCTION main.fold_%s%s (text) FROM PUBLIC;"
                          "ALTER FUNCTION main.fold_%s%s (text) OWNER TO waymark_folder",
                          where, name, where, name);
  return way_db_exec (db, sql->str, error);
}

/* way_derived_install:
 *
 * Gives a PostgreSQL trust the same files as functions, so that push can fold by itself,
 * and the table of which event touches what. */
gboolean
way_derived_install (WayDb *db, GError **error)
{
  static const char *const keys[] = { [KEY_TRUST] = "trust",
                                      [KEY_PERSON] = "person",
                                      [KEY_AUTHOR] = "author",
                                      [KEY_ID] = "id",
                                      [KEY_REFERS] = "refers" };
  WayStatement *statement;

  if (!way_db_exec (db, "DELETE FROM touch", error))
    return FALSE;
  statement = way_db_prepare (db,
                              "INSERT INTO touch (position, fold, kind, key, late)"
                              " VALUES ($1, $2, $3, $4, $5)",
                              error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < N_FOLDS; i++)
    {
      /* Once on the tables that there are, once on whichever its caller has made. */
      if (!install_function (db, folds[i].name, FALSE, get_files ()->statements[i], error)
          || !install_function (db, folds[i].name, TRUE, get_files ()->statements[i], error))
        return FALSE;
      for (const Touch *touch = folds[i].touches; touch->kind != NULL; touch++)
        {
          way_statement_bind_int (statement, 1, i + 1);
          way_statement_bind_text (statement, 2, folds[i].name);
          way_statement_bind_text (statement, 3, touch->kind);
          way_statement_bind_text (statement, 4, keys[touch->type]);
          way_statement_bind_int (statement, 5, touch->is_late);
          if (!way_statement_run (statement, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
lock_key (WayDb *db, const char *fold, const char *key, GError **error)
{
  WayStatement *statement;

  statement = way_db_prepare (db,
                              "INSERT INTO fold_key (fold, key, folded) VALUES ($1, $2, $3)"
                              " ON CONFLICT (fold, key) DO UPDATE SET folded = excluded.folded",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, fold);
  way_statement_bind_text (statement, 2, key);
  way_statement_bind_int (statement, 3, g_get_real_time ());
  return way_statement_run (statement, error);
}

static gboolean
fold_key (WayDb *db, guint fold, const char *key, gboolean keep_keys, GError **error)
{
  if (keep_keys && !lock_key (db, folds[fold].name, key, error))
    return FALSE;
  for (char **sql = get_files ()->statements[fold]; *sql != NULL; sql++)
    {
      WayStatement *statement = way_db_prepare (db, *sql, error);

      if (statement == NULL)
        return FALSE;
      way_statement_bind_text (statement, 1, key);
      if (!way_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* way_derived_fold:
 * @touched: emptied
 *
 * Folds each key again, table by table, the keys of a table in order. The caller has
 * begun the transaction. */
gboolean
way_derived_fold (WayDb *db, WayTouched *touched, gboolean keep_keys, GError **error)
{
  for (guint i = 0; i < N_FOLDS; i++)
    {
      guint n_keys;
      g_autofree const char **keys = NULL;

      if (g_hash_table_size (touched->keys[i]) == 0)
        continue;
      keys = (const char **) g_hash_table_get_keys_as_array (touched->keys[i], &n_keys);
      qsort (keys, n_keys, sizeof *keys, compare_keys);
      for (guint j = 0; j < n_keys; j++)
        if (!fold_key (db, i, keys[j], keep_keys, error))
          {
            g_prefix_error (error, "folding %s for %s: ", folds[i].name, keys[j]);
            return FALSE;
          }
      g_hash_table_remove_all (touched->keys[i]);
    }
  return TRUE;
}

static gboolean
add_all_keys (WayTouched *self, WayDb *db, guint fold, GError **error)
{
  for (const Touch *touch = folds[fold].touches; touch->kind != NULL; touch++)
    {
      static const char *const questions[] = {
        [KEY_PERSON] = "SELECT DISTINCT person FROM readable WHERE kind = $1",
        [KEY_AUTHOR] = "SELECT DISTINCT author FROM readable WHERE kind = $1",
        [KEY_ID] = "SELECT id FROM readable WHERE kind = $1",
        [KEY_REFERS] = "SELECT DISTINCT refers FROM readable WHERE kind = $1",
      };
      g_autoptr (GPtrArray) keys = NULL;

      if (touch->is_late)
        continue;
      if (touch->type == KEY_TRUST)
        {
          add_key (self, fold, "trust");
          continue;
        }
      keys = ask (db, questions[touch->type], touch->kind, error);
      if (keys == NULL)
        return FALSE;
      for (guint i = 0; i < keys->len; i++)
        add_key (self, fold, keys->pdata[i]);
    }
  return TRUE;
}

/* way_derived_rebuild:
 *
 * Throws away what the tables hold and folds every key that the log has. The caller has
 * begun the transaction. */
gboolean
way_derived_rebuild (WayDb *db, gboolean keep_keys, GError **error)
{
  g_autoptr (WayTouched) touched = way_touched_new ();

  if (keep_keys && !way_db_exec (db, "DELETE FROM fold_key", error))
    return FALSE;
  for (guint i = 0; i < N_FOLDS; i++)
    {
      g_autofree char *sql = g_strdup_printf ("DELETE FROM %s", folds[i].name);

      if (!way_db_exec (db, sql, error) || !add_all_keys (touched, db, i, error))
        return FALSE;
    }
  return way_derived_fold (db, touched, keep_keys, error);
}

static char *
describe_row (WayDb *db, const char *sql, GError **error)
{
  g_autoptr (GPtrArray) texts = ask (db, sql, NULL, error);
  GString *row;

  if (texts == NULL || texts->len == 0)
    return NULL;
  row = g_string_new (NULL);
  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (row, "%s%s", i > 0 ? " | " : "",
                            texts->pdata[i] != NULL ? (char *) texts->pdata[i] : "–");
  return g_string_free (row, FALSE);
}

/* way_derived_compare:
 * @stands: what goes before the name of a table for what is there, such as `main.`
 * @should: the same for what should be there
 * @problems: (element-type utf8): gets a sentence for each table that differs
 *
 * Compares the tables row by row. */
gboolean
way_derived_compare (
    WayDb *db, const char *stands, const char *should, GPtrArray *problems, GError **error)
{
  for (guint i = 0; i < N_FOLDS; i++)
    {
      const char *name = folds[i].name;
      const char *sides[] = { stands, should };

      for (guint side = 0; side < 2; side++)
        {
          g_autofree char *sql = NULL;
          g_autofree char *row = NULL;
          g_autoptr (GError) local = NULL;

          sql = g_strdup_printf ("SELECT * FROM (SELECT * FROM %s%s EXCEPT SELECT * FROM %s%s) AS d"
                                 " ORDER BY 1 LIMIT 1",
                                 sides[side], name, sides[1 - side], name);
          row = describe_row (db, sql, &local);
          if (local != NULL)
            {
              g_propagate_error (error, g_steal_pointer (&local));
              return FALSE;
            }
          if (row != NULL)
            g_ptr_array_add (problems,
                             g_strdup_printf ("Table %s %s: %s", name,
                                              side == 0 ? "holds a row that the log does not give"
                                                        : "lacks a row that the log gives",
                                              row));
        }
    }
  return TRUE;
}
