/* way-people-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/way-people-file.h"

#include "ctl/way-csv-file.h"

#include <stdio.h>
#include <string.h>

enum
{
  EMPLOYEE,
  NAME,
  FIRST,
  LAST,
  USERNAME,
  PRINCIPAL,
  GROUP,
  JOB,
  UNIT,
  PRIMARY,
  MANAGER,
  STATUS,
  STARTED,
};

static const WayCsvHeading headings[] = {
  { EMPLOYEE, "employee|employeenumber|assignmentemployeenumber|staffnumber|payrollnumber" },
  { NAME, "name|fullname" },
  { FIRST, "first|firstname|forename|knownas" },
  { LAST, "last|lastname|surname" },
  { USERNAME, "username|login|networkid" },
  { PRINCIPAL, "principal|kerberosprincipal|gssapi|gssapiname|domainlogin|windowslogin" },
  { GROUP, "staffgroup|group" },
  { JOB, "jobrole|job|jobtitle|positiontitle" },
  { UNIT, "unit|unitcode|organisationcode|departmentcode|costcentre" },
  { PRIMARY, "primary|primaryassignment|isprimary" },
  { MANAGER, "manager|manageremployeenumber|supervisor|supervisoremployeenumber" },
  { STATUS, "status|assignmentstatus" },
  { STARTED, "started|start|startdate|hiredate|lateststartdate" },
};

static void
assignment_free (gpointer data)
{
  WayAssignmentRow *self = data;

  g_free (self->unit);
  g_free (self->manager);
  g_free (self);
}

static void
person_row_free (gpointer data)
{
  WayPersonRow *self = data;

  g_free (self->employee);
  g_free (self->username);
  g_free (self->principal);
  g_free (self->name);
  g_free (self->staff_group);
  g_free (self->job);
  g_ptr_array_unref (self->assignments);
  g_free (self);
}

static void
check_columns (const int *columns, gpointer data, GPtrArray *problems)
{
  if (columns[EMPLOYEE] < 0)
    way_csv_add_problem (problems, 1, "there is no column with the employee number");
  if (columns[NAME] < 0 && (columns[FIRST] < 0 || columns[LAST] < 0))
    way_csv_add_problem (problems, 1,
                         "there is no column with the name, nor two with first and last name");
  if (columns[UNIT] < 0)
    way_csv_add_problem (problems, 1, "there is no column with the unit’s code");
  if (columns[GROUP] < 0)
    way_csv_add_problem (problems, 1, "there is no column with the staff group");
}

/* 2026-03-31, 31/03/2026 or 31-MAR-2026. */
static gboolean
read_day (const char *text, gint64 *time)
{
  static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
  g_autoptr (GDateTime) day = NULL;
  g_autofree char *small = g_ascii_strdown (text, -1);
  char name[4] = "";
  int y = 0, m = 0, d = 0;
  int used = 0;

  if (sscanf (small, "%4d-%2d-%2d%n", &y, &m, &d, &used) != 3 || y < 1900)
    {
      used = 0;
      if (sscanf (small, "%2d/%2d/%4d%n", &d, &m, &y, &used) != 3)
        {
          used = 0;
          if (sscanf (small, "%2d-%3[a-z]-%4d%n", &d, name, &y, &used) == 3 && strlen (name) == 3)
            {
              const char *found = strstr (months, name);

              m = found != NULL && (found - months) % 3 == 0 ? (int) (found - months) / 3 + 1 : 0;
            }
        }
    }
  if (used == 0 || small[used] != '\0' || y < 1900)
    return FALSE;
  day = g_date_time_new_utc (y, m, d, 0, 0, 0);
  if (day == NULL)
    return FALSE;
  *time = g_date_time_to_unix (day) * G_USEC_PER_SEC;
  return TRUE;
}

static gboolean
is_word (const char *text, const char *words)
{
  g_autofree char *small = text != NULL ? g_utf8_strdown (text, -1) : g_strdup ("");
  g_auto (GStrv) list = g_strsplit (words, "|", -1);

  return g_strv_contains ((const char *const *) list, small);
}

static char *
dup_name (GPtrArray *fields, const int *columns)
{
  const char *name = way_csv_get (fields, columns, NAME);
  const char *first = way_csv_get (fields, columns, FIRST);
  const char *last = way_csv_get (fields, columns, LAST);

  if (name != NULL)
    return g_strdup (name);
  if (first == NULL || last == NULL)
    return NULL;
  return g_strdup_printf ("%s %s", first, last);
}

/* As it stands in a map of the server: without the realm, and in no need of quoting. */
static char *
read_principal (const char *text, guint line, GPtrArray *problems)
{
  g_autofree char *name = text != NULL ? g_strndup (text, strcspn (text, "@")) : NULL;

  if (name == NULL || g_regex_match_simple ("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", name, 0, 0))
    return g_steal_pointer (&name);
  way_csv_add_problem (problems, line,
                       "“%s” is not a name of a domain such as jsmith or jsmith@EXAMPLE.NHS.UK",
                       text);
  return NULL;
}

static void
add_assignment (
    WayPersonRow *person, GPtrArray *fields, const int *columns, guint line, GPtrArray *problems)
{
  const char *unit = way_csv_get (fields, columns, UNIT);
  const char *primary = way_csv_get (fields, columns, PRIMARY);
  WayAssignmentRow *row;

  if (unit == NULL)
    {
      way_csv_add_problem (problems, line, "no unit");
      return;
    }
  if (primary != NULL && !is_word (primary, "y|yes|1|true|primary|n|no|0|false|secondary"))
    way_csv_add_problem (problems, line,
                         "“%s” says neither yes nor no to being the primary assignment", primary);
  for (guint i = 0; i < person->assignments->len; i++)
    if (g_str_equal (((WayAssignmentRow *) person->assignments->pdata[i])->unit, unit))
      {
        way_csv_add_problem (problems, line, "employee %s has the unit %s twice", person->employee,
                             unit);
        return;
      }
  row = g_new0 (WayAssignmentRow, 1);
  row->line = line;
  row->unit = g_strdup (unit);
  row->is_primary = is_word (primary, "y|yes|1|true|primary");
  row->manager = g_strdup (way_csv_get (fields, columns, MANAGER));
  g_ptr_array_add (person->assignments, row);
}

/* What was read so far. */
typedef struct
{
  GPtrArray *people; /* of WayPersonRow */
  GHashTable *known; /* employee number → one of them */
} Reading;

static void
add_row (GPtrArray *fields, const int *columns, guint line, gpointer data, GPtrArray *problems)
{
  Reading *reading = data;
  const char *employee = way_csv_get (fields, columns, EMPLOYEE);
  const char *started = way_csv_get (fields, columns, STARTED);
  const char *status = way_csv_get (fields, columns, STATUS);
  const char *group = way_csv_get (fields, columns, GROUP);
  const char *username = way_csv_get (fields, columns, USERNAME);
  g_autofree char *name = dup_name (fields, columns);
  gboolean has_left = is_word (status, "left|leaver|ended|terminated|inactive|ex-employee");
  gint64 time = G_MININT64;
  WayPersonRow *person;

  if (way_csv_is_total (fields))
    {
      way_csv_add_problem (problems, line, "this is a total and not a person: take it out");
      return;
    }
  if (employee == NULL || name == NULL || group == NULL)
    {
      way_csv_add_problem (problems, line, "no %s",
                           employee == NULL ? "employee number"
                           : name == NULL   ? "name"
                                            : "staff group");
      return;
    }
  if (started != NULL && !read_day (started, &time))
    way_csv_add_problem (problems, line, "“%s” is not a date such as 2026-03-31 or 31/03/2026",
                         started);
  person = g_hash_table_lookup (reading->known, employee);
  if (person == NULL)
    {
      person = g_new0 (WayPersonRow, 1);
      person->line = line;
      person->employee = g_strdup (employee);
      person->name = g_strdup (name);
      person->username = g_strdup (username);
      person->principal = read_principal (way_csv_get (fields, columns, PRINCIPAL), line, problems);
      person->staff_group = g_strdup (group);
      person->job = g_strdup (way_csv_get (fields, columns, JOB));
      person->started = time;
      person->has_left = TRUE;
      person->assignments = g_ptr_array_new_with_free_func (assignment_free);
      g_ptr_array_add (reading->people, person);
      g_hash_table_insert (reading->known, person->employee, person);
    }
  else if (!g_str_equal (person->name, name))
    {
      way_csv_add_problem (problems, line, "employee %s is “%s” here and “%s” in line %u", employee,
                           name, person->name, person->line);
    }
  if (has_left)
    return;
  person->has_left = FALSE;
  add_assignment (person, fields, columns, line, problems);
}

static void
check_person (WayPersonRow *person,
              GHashTable *usernames,
              GHashTable *principals,
              GPtrArray *problems)
{
  guint n_primary = 0;

  for (guint i = 0; i < person->assignments->len; i++)
    n_primary += ((WayAssignmentRow *) person->assignments->pdata[i])->is_primary;
  if (n_primary > 1)
    way_csv_add_problem (problems, person->line, "employee %s has %u primary assignments",
                         person->employee, n_primary);
  /* Where there is one it is the primary one; where nothing is said, the first. */
  if (n_primary == 0 && person->assignments->len > 0)
    ((WayAssignmentRow *) person->assignments->pdata[0])->is_primary = TRUE;
  if (person->principal != NULL && !g_hash_table_add (principals, person->principal))
    way_csv_add_problem (problems, person->line, "the domain name %s is that of another person too",
                         person->principal);
  if (person->username == NULL)
    return;
  if (g_hash_table_contains (usernames, person->username))
    way_csv_add_problem (problems, person->line, "the username %s is that of another person too",
                         person->username);
  g_hash_table_add (usernames, person->username);
}

/* way_people_file_read:
 * @problems: (element-type utf8): gets a sentence with its line for each thing that is wrong
 *
 * Reads a list of staff: (element-type WayPersonRow), one for each employee number.
 *
 * Returns: (transfer full) (nullable): NULL with @error set where the file cannot be read */
GPtrArray *
way_people_file_read (const char *path, GPtrArray *problems, GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (person_row_free);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) usernames = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) principals = g_hash_table_new (g_str_hash, g_str_equal);
  Reading reading = { people, known };

  if (!way_csv_read_table (path, headings, G_N_ELEMENTS (headings), check_columns, add_row,
                           &reading, problems, error))
    return NULL;
  for (guint i = 0; i < people->len; i++)
    check_person (people->pdata[i], usernames, principals, problems);
  if (people->len == 0 && problems->len == 0)
    way_csv_add_problem (problems, 1, "there is nobody in this file");
  return g_steal_pointer (&people);
}
