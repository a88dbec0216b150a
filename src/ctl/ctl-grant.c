/* ctl-grant.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include "record/way-bodies.h"
#include "report/way-csv.h"
#include "store/way-store.h"

/* Who has which role. Training leads are made here: nobody in the application makes one. */

#define HELD                                                                                       \
  "SELECT p.username, r.role, u.code FROM role r JOIN person p ON p.person = r.person "            \
  "LEFT JOIN unit u ON u.unit = r.unit ORDER BY r.role, p.username, u.code"

#define HOLDS                                                                                      \
  "SELECT unit FROM role WHERE person = CAST($1 AS text) AND role = CAST($2 AS text) "             \
  "ORDER BY unit"

static const struct
{
  const char *role;
  gboolean is_local; /* for a place, with what is below it */
} roles[] = {
  { "champion", TRUE }, { "manager", TRUE },  { "lead", FALSE },       { "design", FALSE },
  { "author", FALSE },  { "analyst", FALSE }, { "governance", FALSE },
};

static int
list (WayStore *trust)
{
  g_autoptr (GError) error = NULL;
  WayStatement *statement = way_db_prepare (way_store_get_db (trust), HELD, &error);
  gboolean has_row;

  if (statement == NULL)
    return ctl_fail (error);
  g_print ("username,role,unit\n");
  for (;;)
    {
      g_autoptr (GString) line = g_string_new (NULL);

      if (!way_statement_step (statement, &has_row, &error))
        return ctl_fail (error);
      if (!has_row)
        return CTL_DONE;
      for (int i = 0; i < 3; i++)
        way_csv_append (line, way_statement_get_text (statement, i), i == 0);
      g_print ("%s\n", line->str);
    }
}

/* The first column of the first row of what is asked about one or two words; NULL where there is
 * none. */
static char *
dup_found (WayStore *trust, const char *sql, const char *one, const char *two, GError **error)
{
  WayStatement *statement = way_db_prepare (way_store_get_db (trust), sql, error);
  gboolean has_row;
  char *found;

  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, one);
  if (two != NULL)
    way_statement_bind_text (statement, 2, two);
  if (!way_statement_step (statement, &has_row, error))
    return NULL;
  found = has_row ? g_strdup (way_statement_get_text (statement, 0)) : NULL;
  way_statement_reset (statement);
  return found;
}

static int
check (const char *role, const char *unit)
{
  g_autoptr (GString) known = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_string_append_printf (known, " %s", roles[i].role);
      if (!g_str_equal (roles[i].role, role))
        continue;
      if (roles[i].is_local == (unit != NULL))
        return CTL_DONE;
      return ctl_fail_text (roles[i].is_local
                                ? "the role %s is for a place: --unit CODE"
                                : "the role %s is for the whole trust, not for a unit",
                            role);
    }
  return ctl_fail_text ("there is no role “%s”; there are%s", role, known->str);
}

/**
 * ctl_grant:
 * @username: (nullable): whose role; NULL lists all
 * @unit: (nullable): the code of a place
 * @is_end: whether it ends
 *
 * Gives somebody a role in a trust, or ends it.
 */
int
ctl_grant (
    const char *uri, const char *username, const char *role, const char *unit, gboolean is_end)
{
  const WayKind *kind = way_kind_find ("role_grant");
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = NULL;
  g_autofree char *person = NULL;
  g_autofree char *place = NULL;
  g_autofree char *held = NULL;
  g_autofree char *json = NULL;
  WayRoleGrantBody body = { .role = (char *) role, .ended = is_end };
  int status = username != NULL ? check (role, unit) : CTL_DONE;

  if (status != CTL_DONE)
    return status;
  trust = way_store_open_trust (uri, FALSE, &error);
  if (trust == NULL)
    return ctl_fail (error);
  if (username == NULL)
    return list (trust);
  person = dup_found (trust,
                      "SELECT person FROM person WHERE username = CAST($1 AS text)"
                      " AND coalesce (ended, 0) = 0",
                      username, NULL, &error);
  if (error != NULL)
    return ctl_fail (error);
  if (person == NULL)
    return ctl_fail_text ("the trust has nobody with the username “%s”", username);
  if (unit != NULL)
    {
      place = dup_found (trust, "SELECT unit FROM unit WHERE code = CAST($1 AS text)", unit, NULL,
                         &error);
      if (error != NULL)
        return ctl_fail (error);
      if (place == NULL)
        return ctl_fail_text ("the trust has no unit with the code “%s”", unit);
    }
  held = dup_found (trust, HOLDS, person, role, &error);
  if (error != NULL)
    return ctl_fail (error);
  if (is_end && held == NULL)
    return ctl_fail_text ("%s does not have the role %s", username, role);
  /* What is for the whole trust may have been given for its topmost place: that one ends. */
  if (is_end && place == NULL && *held != '\0')
    place = g_steal_pointer (&held);
  body.person = person;
  body.place = place;
  json = way_kind_write (kind, &body, &error);
  if (json == NULL)
    return ctl_fail (error);
  g_ptr_array_add (drafts, way_event_new ("role_grant", way_kind_get_version (kind), json));
  if (!way_store_append_as (trust, NULL, drafts, &error))
    return ctl_fail (error);
  g_print (is_end ? "%s no longer has the role %s\n" : "%s has the role %s\n", username, role);
  return CTL_DONE;
}
