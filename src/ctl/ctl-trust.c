/* ctl-trust.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include "ctl/way-pack-judge.h"
#include "ctl/way-publish.h"
#include "store/way-store.h"

#define USAGE                                                                                      \
  "trust create URI --organisation NAME --ods CODE, trust check|rebuild|status URI, or trust "     \
  "publish URI PACK"

static int
create (const char *uri, const char *organisation, const char *ods)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = NULL;

  if (!g_regex_match_simple ("^[A-Z0-9]{3,8}$", ods, 0, 0))
    return ctl_fail_text ("“%s” is not an ODS code: three to eight capital letters and digits",
                          ods);
  trust = way_store_create_trust (uri, organisation, ods, FALSE, &error);
  if (trust == NULL)
    return ctl_fail (error);
  way_store_close (trust);
  g_print ("%s\n", uri);
  return CTL_DONE;
}

static int
examine (const char *uri, gboolean is_rebuild)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayStore) trust = way_store_open_trust (uri, !is_rebuild, &error);
  gboolean is_done;

  if (trust == NULL)
    return ctl_fail (error);
  is_done = is_rebuild ? way_store_rebuild (trust, problems, &error)
                       : way_store_check (trust, problems, &error);
  if (!is_done && problems->len == 0)
    return ctl_fail (error);
  for (guint i = 0; i < problems->len; i++)
    g_printerr ("%s\n", (const char *) problems->pdata[i]);
  if (problems->len > 0 && !is_rebuild)
    return ctl_fail_text ("%s is not as it should be", uri);
  g_print ("%s: %s\n", uri,
           is_rebuild ? problems->len > 0 ? "rebuilt; it differed" : "rebuilt to the same content"
                      : "nothing wrong");
  return CTL_DONE;
}

static int
status (const char *uri)
{
  static const struct
  {
    const char *name;
    const char *sql;
  } figures[] = {
    { "people", "SELECT count(*) FROM person WHERE ended = 0" },
    { "units", "SELECT count(*) FROM unit" },
    { "events", "SELECT count(*) FROM event" },
    { "streams", "SELECT count(*) FROM stream" },
    { "quarantined", "SELECT count(*) FROM quarantine" },
    { "measured", "SELECT count(DISTINCT person) FROM level" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (uri, TRUE, &error);
  g_autofree char *organisation = NULL;

  if (trust == NULL)
    return ctl_fail (error);
  organisation = way_db_dup_text (way_store_get_db (trust), "SELECT name FROM organisation", NULL);
  g_print ("organisation: %s\n", organisation != NULL ? organisation : "");
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      gint64 value = 0;

      if (!way_db_get_int (way_store_get_db (trust), figures[i].sql, &value, &error))
        return ctl_fail (error);
      g_print ("%s: %" G_GINT64_FORMAT "\n", figures[i].name, value);
    }
  return CTL_DONE;
}

static int
publish (const char *uri, const char *pack_path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayPack) pack = NULL;
  g_autoptr (WayStore) trust = NULL;

  if (!way_pack_judge (pack_path, problems, NULL, &error) || problems->len > 0)
    {
      for (guint i = 0; i < problems->len; i++)
        g_printerr ("%s\n", (const char *) problems->pdata[i]);
      return problems->len > 0 ? ctl_fail_text ("%s is not published", pack_path)
                               : ctl_fail (error);
    }
  pack = way_pack_open (pack_path, NULL, &error);
  if (pack != NULL)
    trust = way_store_open_trust (uri, FALSE, &error);
  if (trust == NULL || !way_publish_catalogue (trust, pack, 0, &error))
    return ctl_fail (error);
  way_store_close (trust);
  g_print ("%s %d is published\n", way_pack_get_id (pack), way_pack_get_version (pack));
  return CTL_DONE;
}

/**
 * ctl_trust:
 *
 * Administers a trust.
 */
int
ctl_trust (int argc, char **argv)
{
  g_autofree char *organisation = NULL;
  g_autofree char *ods = NULL;
  const GOptionEntry entries[] = {
    { "organisation", 0, 0, G_OPTION_ARG_STRING, &organisation, NULL, NULL },
    { "ods", 0, 0, G_OPTION_ARG_STRING, &ods, NULL, NULL },
    { NULL },
  };

  if (!ctl_parse (&argc, &argv, entries, USAGE))
    return CTL_USAGE;
  if (argc == 3 && g_str_equal (argv[1], "create") && organisation != NULL && ods != NULL)
    return create (argv[2], organisation, ods);
  if (argc == 3 && g_str_equal (argv[1], "check"))
    return examine (argv[2], FALSE);
  if (argc == 3 && g_str_equal (argv[1], "rebuild"))
    return examine (argv[2], TRUE);
  if (argc == 3 && g_str_equal (argv[1], "status"))
    return status (argv[2]);
  if (argc == 4 && g_str_equal (argv[1], "publish"))
    return publish (argv[2], argv[3]);
  return ctl_usage (USAGE);
}
