/* ctl-demo.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include <stdio.h>

#include "ctl/way-demo.h"
#include "sync/way-postgresql-peer.h"

static gboolean
parse_day (const char *text, gint64 *time)
{
  int year, month, day;
  g_autoptr (GDateTime) start = NULL;

  if (sscanf (text, "%4d-%2d-%2d", &year, &month, &day) != 3)
    return FALSE;
  start = g_date_time_new_utc (year, month, day, 0, 0, 0);
  if (start == NULL)
    return FALSE;
  *time = g_date_time_to_unix (start) * G_USEC_PER_SEC;
  return TRUE;
}

static char *
dup_person (WayStore *trust, const char *username, GError **error)
{
  WayStatement *statement =
      way_db_prepare (way_store_get_db (trust),
                      "SELECT person FROM person WHERE username = CAST($1 AS text)", error);
  gboolean has_row;
  char *person = NULL;

  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, username);
  if (way_statement_step (statement, &has_row, error))
    {
      if (has_row)
        person = g_strdup (way_statement_get_text (statement, 0));
      else
        g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_PERSON,
                     "the trust knows nobody with the username “%s”", username);
    }
  way_statement_reset (statement);
  return person;
}

/* Fills a device store of one person with a load: many answers. */
static int
device (int argc, char **argv)
{
  g_autofree char *store_path = NULL;
  g_autofree char *trust_uri = NULL;
  g_autofree char *username = NULL;
  int n_events = 0;
  gint64 seed = 1;
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &store_path, NULL, NULL },
    { "trust", 0, 0, G_OPTION_ARG_STRING, &trust_uri, NULL, NULL },
    { "person", 0, 0, G_OPTION_ARG_STRING, &username, NULL, NULL },
    { "events", 0, 0, G_OPTION_ARG_INT, &n_events, NULL, NULL },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, NULL, NULL },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = NULL;
  g_autoptr (WayStore) store = NULL;
  g_autofree char *person = NULL;
  g_autofree char *attempt = NULL;
  WayRandom random;

  if (!ctl_parse (&argc, &argv, entries))
    return CTL_USAGE;
  if (store_path == NULL || trust_uri == NULL || username == NULL || n_events < 1)
    return ctl_usage ();
  trust = way_store_open_trust (trust_uri, TRUE, &error);
  if (trust != NULL)
    person = dup_person (trust, username, &error);
  if (person != NULL)
    store = way_store_open_device (store_path, person, &error);
  if (store == NULL)
    return ctl_fail (error);

  way_random_init (&random, seed, 0);
  for (int done = 0; done < n_events;)
    {
      g_autoptr (GPtrArray)
          drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
      int batch = MIN (500, n_events - done);

      if (attempt == NULL)
        {
          const WayKind *kind = way_kind_find ("attempt");
          WayAttemptBody *body = way_kind_new (kind);
          g_autofree char *json = NULL;

          body->type = g_strdup ("practice");
          body->pack = g_strdup ("core");
          body->pack_version = 1;
          body->parameters = g_strdup ("");
          body->language = g_strdup ("en-GB");
          body->seed = g_strdup_printf ("%" G_GINT64_FORMAT, seed);
          json = way_kind_write (kind, body, &error);
          way_kind_free (kind, body);
          if (json == NULL)
            return ctl_fail (error);
          g_ptr_array_add (drafts, way_event_new ("attempt", way_kind_get_version (kind), json));
          batch = 1;
        }
      for (int i = 0; attempt != NULL && i < batch; i++)
        {
          g_autofree char *target = g_strdup_printf ("m%u", way_random_range (&random, 20));
          WayActionBody body = {
            .attempt = attempt, .ordinal = done + i, .action = (char *) "open", .target = target
          };

          way_demo_add (drafts, "action", &body, 0, 0);
        }
      if (!way_store_append (store, drafts, &error))
        return ctl_fail (error);
      if (attempt == NULL)
        attempt = g_strdup (((WayEvent *) drafts->pdata[0])->id);
      done += batch;
    }
  way_store_close (store);
  g_print ("%d events in %s\n", n_events, store_path);
  return CTL_DONE;
}

/**
 * ctl_demo:
 *
 * Makes a synthetic trust with a year of history.
 */
int
ctl_demo (int argc, char **argv)
{
  g_autofree char *trust_uri = NULL;
  g_autofree char *pack_path = NULL;
  g_autofree char *until = NULL;
  int n_people = 400;
  gint64 seed = 1;
  gint64 end = g_get_real_time ();
  const GOptionEntry entries[] = {
    { "trust", 0, 0, G_OPTION_ARG_STRING, &trust_uri, NULL, NULL },
    { "people", 0, 0, G_OPTION_ARG_INT, &n_people, NULL, NULL },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, NULL, NULL },
    { "pack", 0, 0, G_OPTION_ARG_FILENAME, &pack_path, NULL, NULL },
    { "until", 0, 0, G_OPTION_ARG_STRING, &until, NULL, NULL },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPack) pack = NULL;
  g_autoptr (WayStore) trust = NULL;

  if (argc > 1 && g_str_equal (argv[1], "device"))
    return device (argc - 1, argv + 1);
  if (!ctl_parse (&argc, &argv, entries))
    return CTL_USAGE;
  if (trust_uri == NULL || argc > 1 || n_people < 1 || n_people > 100000)
    return ctl_usage ();
  if (until != NULL && !parse_day (until, &end))
    {
      g_printerr ("waymarkctl: “%s” is not a date such as 2026-03-31\n", until);
      return CTL_USAGE;
    }
  if (pack_path == NULL)
    pack_path = ctl_dup_pack_path ();

  pack = way_pack_open (pack_path, NULL, &error);
  if (pack != NULL)
    trust = way_store_create_trust (trust_uri, "Fernhill Practice Trust", "ZZ9", TRUE, &error);
  if (pack != NULL && trust == NULL)
    g_prefix_error (&error, "%s: ", trust_uri);
  if (trust == NULL || !way_postgresql_install (trust, &error)
      || !way_demo_run (trust, pack, n_people, seed, end, &error))
    return ctl_fail (error);
  way_store_close (trust);
  g_print ("%s: %d made-up people with a year of history (seed %" G_GINT64_FORMAT ")\n", trust_uri,
           n_people, seed);
  return CTL_DONE;
}
