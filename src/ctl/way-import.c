/* way-import.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/way-import.h"

#include <string.h>

#include "ctl/way-people-file.h"
#include "record/way-bodies.h"
#include "store/way-log.h"

#define UNDO "last_import" /* FIRST-LAST of the trust's own stream */

typedef struct
{
  char *person;
  char *username;
  char *name;
  char *staff_group;
  char *job;       /* (nullable) */
  char *principal; /* (nullable) */
  gint64 started;
  gboolean has_left;
  gboolean is_listed;
  GHashTable *units; /* char* → GINT_TO_POINTER (is_primary) */
} Known;

/* The trust as it is. */
typedef struct
{
  WayImport *import;    /* (unowned) */
  GHashTable *people;   /* employee → Known */
  GHashTable *units;    /* code → unit */
  GHashTable *codes;    /* unit → code */
  GHashTable *names;    /* username → person */
  GHashTable *managers; /* "person unit" set */
  GPtrArray *imported;  /* of Manager: those that a list before this one made */
  GHashTable *wanted;   /* "person unit" set: the managers of this one */
  GHashTable *staying;  /* unit → GINT_TO_POINTER (people after) */
  GPtrArray *problems;
} Plan;

typedef struct
{
  char *person;
  char *unit;
} Manager;

static void
manager_free (gpointer data)
{
  Manager *self = data;

  g_free (self->person);
  g_free (self->unit);
  g_free (self);
}

static void
known_free (gpointer data)
{
  Known *self = data;

  g_free (self->person);
  g_free (self->username);
  g_free (self->name);
  g_free (self->staff_group);
  g_free (self->job);
  g_free (self->principal);
  g_hash_table_unref (self->units);
  g_free (self);
}

static void
plan_clear (Plan *self)
{
  g_clear_pointer (&self->people, g_hash_table_unref);
  g_clear_pointer (&self->units, g_hash_table_unref);
  g_clear_pointer (&self->codes, g_hash_table_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->managers, g_hash_table_unref);
  g_clear_pointer (&self->imported, g_ptr_array_unref);
  g_clear_pointer (&self->wanted, g_hash_table_unref);
  g_clear_pointer (&self->staying, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

/**
 * way_import_free:
 * @self: (transfer full)
 */
void
way_import_free (WayImport *self)
{
  g_ptr_array_unref (self->drafts);
  g_ptr_array_unref (self->joiners);
  g_ptr_array_unref (self->movers);
  g_ptr_array_unref (self->leavers);
  g_ptr_array_unref (self->renamed);
  g_ptr_array_unref (self->returners);
  g_ptr_array_unref (self->emptied);
  g_free (self);
}

static GHashTable *
new_texts (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

typedef void (*RowFunc) (Plan *plan, WayStatement *statement, GHashTable *by_person);

static gboolean
each_row (
    WayDb *db, const char *sql, Plan *plan, GHashTable *by_person, RowFunc func, GError **error)
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
      func (plan, statement, by_person);
    }
}

static void
take_unit (Plan *plan, WayStatement *statement, GHashTable *by_person)
{
  g_hash_table_insert (plan->units, g_strdup (way_statement_get_text (statement, 1)),
                       g_strdup (way_statement_get_text (statement, 0)));
  g_hash_table_insert (plan->codes, g_strdup (way_statement_get_text (statement, 0)),
                       g_strdup (way_statement_get_text (statement, 1)));
}

static void
take_person (Plan *plan, WayStatement *statement, GHashTable *by_person)
{
  Known *known = g_new0 (Known, 1);

  known->person = g_strdup (way_statement_get_text (statement, 0));
  known->username = g_strdup (way_statement_get_text (statement, 1));
  known->name = g_strdup (way_statement_get_text (statement, 2));
  known->staff_group = g_strdup (way_statement_get_text (statement, 4));
  known->started = way_statement_is_null (statement, 5) ? G_MININT64
                                                        : way_statement_get_int (statement, 5);
  known->has_left = way_statement_get_int (statement, 6) != 0;
  known->units = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!known->has_left)
    plan->import->n_active++;
  if (known->username != NULL)
    g_hash_table_insert (plan->names, g_strdup (known->username), g_strdup (known->person));
  g_hash_table_insert (by_person, known->person, known);
  g_hash_table_insert (plan->people, g_strdup (way_statement_get_text (statement, 3)), known);
}

/* They are in no table: the trust's own map of logins wants the one, a person's own desktop the
 * other. */
static void
take_principal (Plan *plan, WayStatement *statement, GHashTable *by_person)
{
  Known *known = g_hash_table_lookup (by_person, way_statement_get_text (statement, 0));

  if (known == NULL)
    return;
  if (!way_statement_is_null (statement, 1))
    known->principal = g_strdup (way_statement_get_text (statement, 1));
  if (!way_statement_is_null (statement, 2))
    known->job = g_strdup (way_statement_get_text (statement, 2));
}

static void
take_membership (Plan *plan, WayStatement *statement, GHashTable *by_person)
{
  Known *known = g_hash_table_lookup (by_person, way_statement_get_text (statement, 0));

  if (known != NULL)
    g_hash_table_insert (known->units, g_strdup (way_statement_get_text (statement, 1)),
                         GINT_TO_POINTER (way_statement_get_int (statement, 2) != 0));
}

static void
take_manager (Plan *plan, WayStatement *statement, GHashTable *by_person)
{
  g_hash_table_add (plan->managers, g_strdup_printf ("%s %s", way_statement_get_text (statement, 0),
                                                     way_statement_get_text (statement, 1)));
}

static void
take_imported (Plan *plan, WayStatement *statement, GHashTable *by_person)
{
  Manager *manager = g_new0 (Manager, 1);

  manager->person = g_strdup (way_statement_get_text (statement, 0));
  manager->unit = g_strdup (way_statement_get_text (statement, 1));
  g_ptr_array_add (plan->imported, manager);
}

/* Whoever has no employee number was put there by hand, and stays out of this. */
static gboolean
read_trust (Plan *plan, WayDb *db, GError **error)
{
  g_autoptr (GHashTable) by_person = g_hash_table_new (g_str_hash, g_str_equal);

  return each_row (db, "SELECT unit, code FROM unit WHERE code IS NOT NULL", plan, by_person,
                   take_unit, error)
         && each_row (db,
                      "SELECT person, username, name, employee, staff_group, started, ended"
                      " FROM person WHERE employee IS NOT NULL ORDER BY ended DESC, person",
                      plan, by_person, take_person, error)
         && each_row (db,
                      "SELECT p.person, p.principal, p.job FROM (SELECT e.person,"
                      " e.body ->> 'principal' AS principal, e.body ->> 'job' AS job,"
                      " row_number () OVER"
                      " (PARTITION BY e.person ORDER BY e.effective DESC, e.id DESC) AS age"
                      " FROM live AS e WHERE e.kind = 'person') AS p"
                      " WHERE p.age = 1 AND (p.principal IS NOT NULL OR p.job IS NOT NULL)",
                      plan, by_person, take_principal, error)
         && each_row (db, "SELECT person, unit, is_primary FROM membership", plan, by_person,
                      take_membership, error)
         && each_row (db, "SELECT person, unit FROM role WHERE role = 'manager'", plan, by_person,
                      take_manager, error)
         && each_row (db,
                      "SELECT g.person, g.unit FROM (SELECT e.person,"
                      " coalesce (e.body ->> 'place', '') AS unit, e.body ->> 'source' AS source,"
                      " CAST(e.body ->> 'ended' AS integer) AS ended, row_number () OVER"
                      " (PARTITION BY e.person, coalesce (e.body ->> 'place', '')"
                      " ORDER BY e.effective DESC, e.id DESC) AS age FROM live AS e"
                      " WHERE e.kind = 'role_grant' AND e.body ->> 'role' = 'manager') AS g"
                      " WHERE g.age = 1 AND g.ended = 0 AND g.source = 'import'"
                      " ORDER BY g.person, g.unit",
                      plan, by_person, take_imported, error);
}

static gboolean
draft (Plan *plan, const char *name, gconstpointer body, GError **error)
{
  const WayKind *kind = way_kind_find (name);
  g_autofree char *json = way_kind_write (kind, body, error);

  if (json == NULL)
    return FALSE;
  g_ptr_array_add (plan->import->drafts, way_event_new (name, way_kind_get_version (kind), json));
  return TRUE;
}

static gboolean
draft_person (Plan *plan,
              const char *person,
              const char *username,
              const WayPersonRow *row,
              const char *principal,
              gint64 started,
              gboolean has_left,
              GError **error)
{
  WayPersonBody body = { .person = (char *) person,
                         .username = (char *) username,
                         .name = row->name,
                         .employee = row->employee,
                         .staff_group = row->staff_group,
                         .started = started,
                         .ended = has_left,
                         .principal = (char *) principal,
                         .job = row->job };

  return draft (plan, "person", &body, error);
}

static gboolean
draft_membership (Plan *plan,
                  const char *person,
                  const char *unit,
                  gboolean is_primary,
                  gboolean has_ended,
                  GError **error)
{
  WayMembershipBody body = {
    .person = (char *) person, .place = (char *) unit, .is_primary = is_primary, .ended = has_ended
  };

  return draft (plan, "membership", &body, error);
}

static void
count_staying (Plan *plan, const char *unit, int change)
{
  int n = GPOINTER_TO_INT (g_hash_table_lookup (plan->staying, unit));

  g_hash_table_insert (plan->staying, g_strdup (unit), GINT_TO_POINTER (n + change));
}

static gboolean
draft_units (Plan *plan,
             Known *known,
             const char *person,
             const WayPersonRow *row,
             gboolean *has_moved,
             GError **error)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer unit, is_primary;

  *has_moved = FALSE;
  for (guint i = 0; i < row->assignments->len; i++)
    {
      const WayAssignmentRow *assignment = row->assignments->pdata[i];
      const char *there = g_hash_table_lookup (plan->units, assignment->unit);
      gpointer before = NULL;

      if (there == NULL)
        {
          g_ptr_array_add (plan->problems,
                           g_strdup_printf ("line %u: there is no unit with the code “%s”",
                                            assignment->line, assignment->unit));
          continue;
        }
      g_hash_table_add (wanted, (gpointer) there);
      count_staying (plan, there, 1);
      if (known != NULL && g_hash_table_lookup_extended (known->units, there, NULL, &before)
          && GPOINTER_TO_INT (before) == assignment->is_primary)
        continue;
      *has_moved = TRUE;
      if (!draft_membership (plan, person, there, assignment->is_primary, FALSE, error))
        return FALSE;
    }
  if (known == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, known->units);
  while (g_hash_table_iter_next (&iter, &unit, &is_primary))
    {
      if (g_hash_table_contains (wanted, unit))
        continue;
      *has_moved = TRUE;
      if (!draft_membership (plan, person, unit, GPOINTER_TO_INT (is_primary), TRUE, error))
        return FALSE;
    }
  return TRUE;
}

static char *
describe (const WayPersonRow *row)
{
  const WayAssignmentRow *first = row->assignments->len > 0 ? row->assignments->pdata[0] : NULL;

  return g_strdup_printf ("%s  %s  %s", row->employee, row->name, first != NULL ? first->unit : "");
}

static gboolean
plan_joiner (Plan *plan, const WayPersonRow *row, GError **error)
{
  g_autofree char *person = NULL;
  gboolean has_moved;
  Known *made;

  if (row->has_left)
    return TRUE;
  if (row->username == NULL)
    {
      g_ptr_array_add (plan->problems, g_strdup_printf ("line %u: %s is new and has no username",
                                                        row->line, row->name));
      return TRUE;
    }
  if (g_hash_table_contains (plan->names, row->username))
    {
      g_ptr_array_add (plan->problems,
                       g_strdup_printf ("line %u: the username %s is that of somebody else",
                                        row->line, row->username));
      return TRUE;
    }
  person = way_log_new_id (g_get_real_time ());
  g_ptr_array_add (plan->import->joiners, describe (row));
  made = g_new0 (Known, 1);
  made->person = g_strdup (person);
  made->is_listed = TRUE;
  made->units = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_insert (plan->people, g_strdup (row->employee), made);
  return draft_person (plan, person, row->username, row, row->principal,
                       row->started != G_MININT64 ? row->started : g_get_real_time (), FALSE, error)
         && draft_units (plan, NULL, person, row, &has_moved, error);
}

static gboolean
plan_known (Plan *plan, Known *known, const WayPersonRow *row, GError **error)
{
  const char *username = row->username != NULL ? row->username : known->username;
  const char *principal = row->principal != NULL ? row->principal : known->principal;
  gint64 started = row->started != G_MININT64 ? row->started : known->started;
  const char *owner = g_hash_table_lookup (plan->names, username);
  gboolean has_moved;

  if (row->has_left)
    return TRUE;
  known->is_listed = TRUE;
  if (owner != NULL && !g_str_equal (owner, known->person))
    {
      g_ptr_array_add (plan->problems,
                       g_strdup_printf ("line %u: the username %s is that of somebody else",
                                        row->line, username));
      return TRUE;
    }
  if (known->has_left)
    g_ptr_array_add (plan->import->returners, describe (row));
  else if (g_strcmp0 (known->name, row->name) != 0)
    g_ptr_array_add (plan->import->renamed,
                     g_strdup_printf ("%s  %s → %s", row->employee, known->name, row->name));
  if ((known->has_left || g_strcmp0 (known->name, row->name) != 0
       || g_strcmp0 (known->username, username) != 0 || g_strcmp0 (known->principal, principal) != 0
       || g_strcmp0 (known->staff_group, row->staff_group) != 0
       || g_strcmp0 (known->job, row->job) != 0 || known->started != started)
      && !draft_person (plan, known->person, username, row, principal,
                        started != G_MININT64 ? started : g_get_real_time (), FALSE, error))
    return FALSE;
  if (!draft_units (plan, known, known->person, row, &has_moved, error))
    return FALSE;
  if (has_moved && !known->has_left)
    g_ptr_array_add (plan->import->movers, describe (row));
  return TRUE;
}

/* Whoever the file no longer has, or says so of. Who has left keeps no place. */
static gboolean
plan_leaver (Plan *plan, const char *employee, Known *known, GError **error)
{
  WayPersonBody body = { .person = known->person,
                         .username = known->username,
                         .name = known->name,
                         .employee = (char *) employee,
                         .staff_group = known->staff_group,
                         .started = known->started != G_MININT64 ? known->started : 0,
                         .ended = TRUE,
                         .principal = known->principal,
                         .job = known->job };
  GHashTableIter iter;
  gpointer unit, is_primary;

  g_ptr_array_add (plan->import->leavers, g_strdup_printf ("%s  %s", employee, known->name));
  if (!draft (plan, "person", &body, error))
    return FALSE;
  g_hash_table_iter_init (&iter, known->units);
  while (g_hash_table_iter_next (&iter, &unit, &is_primary))
    if (!draft_membership (plan, known->person, unit, GPOINTER_TO_INT (is_primary), TRUE, error))
      return FALSE;
  return TRUE;
}

/* A person's manager is manager of the unit that the person is in. */
static gboolean
plan_managers (Plan *plan, const WayPersonRow *row, GError **error)
{
  for (guint i = 0; i < row->assignments->len; i++)
    {
      const WayAssignmentRow *assignment = row->assignments->pdata[i];
      const char *unit = g_hash_table_lookup (plan->units, assignment->unit);
      const Known *manager;
      g_autofree char *key = NULL;

      if (assignment->manager == NULL || unit == NULL)
        continue;
      manager = g_hash_table_lookup (plan->people, assignment->manager);
      if (manager == NULL || !manager->is_listed)
        {
          g_ptr_array_add (plan->problems,
                           g_strdup_printf ("line %u: nobody has the manager’s employee number %s",
                                            assignment->line, assignment->manager));
          continue;
        }
      key = g_strdup_printf ("%s %s", manager->person, unit);
      g_hash_table_add (plan->wanted, g_strdup (key));
      if (g_hash_table_contains (plan->managers, key))
        continue;
      g_hash_table_add (plan->managers, g_steal_pointer (&key));
      {
        WayRoleGrantBody body = { .person = manager->person,
                                  .role = (char *) "manager",
                                  .place = (char *) unit,
                                  .source = (char *) "import" };

        if (!draft (plan, "role_grant", &body, error))
          return FALSE;
      }
    }
  return TRUE;
}

/* Who is manager because an earlier list said so, and is not in this one, is it no longer. A
 * list that names no manager at all says nothing of them; a role that was given by hand stays. */
static gboolean
plan_former_managers (Plan *plan, GError **error)
{
  if (g_hash_table_size (plan->wanted) == 0)
    return TRUE;
  for (guint i = 0; i < plan->imported->len; i++)
    {
      const Manager *manager = plan->imported->pdata[i];
      g_autofree char *key = g_strdup_printf ("%s %s", manager->person, manager->unit);
      WayRoleGrantBody body = { .person = manager->person,
                                .role = (char *) "manager",
                                .place = manager->unit,
                                .ended = TRUE,
                                .source = (char *) "import" };

      if (!g_hash_table_contains (plan->wanted, key) && !draft (plan, "role_grant", &body, error))
        return FALSE;
    }
  return TRUE;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
plan_leavers (Plan *plan, GError **error)
{
  g_autoptr (GPtrArray) employees = g_ptr_array_new ();
  g_autoptr (GHashTable) before = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer key, value, unit;

  g_hash_table_iter_init (&iter, plan->people);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const Known *known = value;
      GHashTableIter units;

      if (!known->has_left && !known->is_listed)
        g_ptr_array_add (employees, key);
      g_hash_table_iter_init (&units, known->units);
      while (!known->has_left && g_hash_table_iter_next (&units, &unit, NULL))
        g_hash_table_add (before, unit);
    }
  g_ptr_array_sort (employees, compare_texts);
  for (guint i = 0; i < employees->len; i++)
    if (!plan_leaver (plan, employees->pdata[i],
                      g_hash_table_lookup (plan->people, employees->pdata[i]), error))
      return FALSE;
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &unit, NULL))
    if (GPOINTER_TO_INT (g_hash_table_lookup (plan->staying, unit)) == 0)
      {
        const char *code = g_hash_table_lookup (plan->codes, unit);

        g_ptr_array_add (plan->import->emptied, g_strdup (code != NULL ? code : unit));
      }
  g_ptr_array_sort (plan->import->emptied, compare_texts);
  return TRUE;
}

/* way_import_plan:
 * @people: (element-type WayPersonRow)
 * @problems: (element-type utf8): gets a sentence with its line for what does not fit
 *
 * Works out what a list changes. Nothing is written.
 *
 * Returns: (transfer full) (nullable): NULL with @error set where the trust cannot be read */
WayImport *
way_import_plan (WayStore *trust, GPtrArray *people, GPtrArray *problems, GError **error)
{
  g_autoptr (WayImport) self = g_new0 (WayImport, 1);
  g_auto (Plan) plan = { .import = self, .problems = problems };

  self->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  self->joiners = g_ptr_array_new_with_free_func (g_free);
  self->movers = g_ptr_array_new_with_free_func (g_free);
  self->leavers = g_ptr_array_new_with_free_func (g_free);
  self->renamed = g_ptr_array_new_with_free_func (g_free);
  self->returners = g_ptr_array_new_with_free_func (g_free);
  self->emptied = g_ptr_array_new_with_free_func (g_free);
  plan.people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, known_free);
  plan.units = new_texts ();
  plan.codes = new_texts ();
  plan.names = new_texts ();
  plan.managers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  plan.imported = g_ptr_array_new_with_free_func (manager_free);
  plan.wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  plan.staying = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!read_trust (&plan, way_store_get_db (trust), error))
    return NULL;
  for (guint i = 0; i < people->len; i++)
    {
      const WayPersonRow *row = people->pdata[i];
      Known *known = g_hash_table_lookup (plan.people, row->employee);

      if (known != NULL ? !plan_known (&plan, known, row, error) : !plan_joiner (&plan, row, error))
        return NULL;
    }
  for (guint i = 0; i < people->len; i++)
    if (!plan_managers (&plan, people->pdata[i], error))
      return NULL;
  if (!plan_former_managers (&plan, error) || !plan_leavers (&plan, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* way_import_is_large:
 *
 * Whether so many would leave that the file may be only part of one. */
gboolean
way_import_is_large (const WayImport *self)
{
  return self->leavers->len * 20 > self->n_active || self->emptied->len > 0;
}

/* way_import_write:
 * @drafts: (element-type WayEvent)
 * @key: where it is remembered which events they became
 *
 * Writes what an import says: all of it or nothing. The next way_import_take_back() of that key
 * takes it back. */
gboolean
way_import_write (WayStore *trust, GPtrArray *drafts, const char *key, GError **error)
{
  g_autoptr (WayBatch) batch = NULL;
  g_autofree char *range = NULL;
  const WayEvent *first, *last;

  if (drafts->len == 0)
    return TRUE;
  batch = way_batch_begin (trust, error);
  if (batch == NULL || !way_batch_append (batch, NULL, drafts, error))
    return FALSE;
  first = drafts->pdata[0];
  last = drafts->pdata[drafts->len - 1];
  range = g_strdup_printf ("%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, first->seq, last->seq);
  return way_store_set_meta (trust, key, range, error) && way_batch_commit (batch, error);
}

/* way_import_apply:
 *
 * Writes the plan. The next way_import_undo() takes it back. */
gboolean
way_import_apply (WayImport *self, WayStore *trust, GError **error)
{
  return way_import_write (trust, self->drafts, UNDO, error);
}

/* way_import_undo:
 *
 * Takes the last import of people back. */
gboolean
way_import_undo (WayStore *trust, guint *n_events, GError **error)
{
  return way_import_take_back (trust, UNDO, n_events, error);
}

/* way_import_take_back:
 * @key: of way_import_write()
 * @n_events: (out): how many were withdrawn
 *
 * Takes the last import back: everything it said is withdrawn, and stands in the log as
 * withdrawn. WAY_STORE_ERROR_WRONG where there is none. */
gboolean
way_import_take_back (WayStore *trust, const char *key, guint *n_events, GError **error)
{
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (WayBatch) batch = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *range = way_store_get_meta (trust, key, &local);
  const WayKind *kind = way_kind_find ("retraction");
  gint64 first, last;
  char *end;

  *n_events = 0;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (range == NULL)
    {
      g_set_error_literal (error, WAY_STORE_ERROR, WAY_STORE_ERROR_WRONG,
                           "There is no import to take back");
      return FALSE;
    }
  first = g_ascii_strtoll (range, &end, 10);
  last = *end == '-' ? g_ascii_strtoll (end + 1, NULL, 10) : 0;
  events = way_log_read_stream (trust, way_store_get_stream (trust), first,
                                (guint) MAX (0, last - first + 1), error);
  if (events == NULL)
    return FALSE;
  drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  for (guint i = 0; i < events->len; i++)
    {
      const WayEvent *event = events->pdata[i];
      WayRetractionBody body = { .target = event->id, .reason = (char *) "import taken back" };
      g_autofree char *json = way_kind_write (kind, &body, error);
      WayEvent *retraction;

      if (json == NULL)
        return FALSE;
      retraction = way_event_new ("retraction", way_kind_get_version (kind), json);
      retraction->subject = g_strdup (event->subject);
      retraction->unit = g_strdup (event->unit);
      g_ptr_array_add (drafts, retraction);
    }
  batch = way_batch_begin (trust, error);
  if (batch == NULL || !way_batch_append (batch, NULL, drafts, error)
      || !way_store_set_meta (trust, key, NULL, error) || !way_batch_commit (batch, error))
    return FALSE;
  *n_events = events->len;
  return TRUE;
}
