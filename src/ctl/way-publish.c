/* way-publish.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/way-publish.h"

#include <glib/gstdio.h>

#include "record/way-bodies.h"
#include "sync/way-pack-chunks.h"

static void
add (GPtrArray *drafts, WayPack *pack, gint64 at, WayPackReleaseBody body)
{
  const WayKind *kind = way_kind_find ("pack_release");
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;
  WayEvent *draft;

  body.pack = (char *) way_pack_get_id (pack);
  body.version = way_pack_get_version (pack);
  if (body.level == 0)
    body.level = WAY_NO_INTEGER;
  if (body.minutes == 0)
    body.minutes = WAY_NO_INTEGER;
  json = way_kind_write (kind, &body, &error);
  if (json == NULL)
    g_error ("The catalogue could not be written: %s", error->message);
  draft = way_event_new ("pack_release", way_kind_get_version (kind), json);
  draft->at = at;
  draft->received = at;
  g_ptr_array_add (drafts, draft);
}

static void
add_outcomes (GPtrArray *drafts, WayPack *pack, gint64 at, const WayModule *module)
{
  for (guint i = 0; i < module->outcomes->len; i++)
    {
      const WayOutcome *outcome = g_ptr_array_index (module->outcomes, i);

      add (drafts, pack, at,
           (WayPackReleaseBody){ .part = (char *) "outcome",
                                 .ident = outcome->id,
                                 .name = outcome->text,
                                 .capability = module->capability,
                                 .level = module->level,
                                 .required = module->id,
                                 .position = i + 1 });
    }
}

/* What a pathway asks for is what it is certified by. */
static void
add_pathways (GPtrArray *drafts, WayPack *pack, gint64 at)
{
  GPtrArray *pathways = way_pack_get_pathways (pack);

  for (guint i = 0; i < pathways->len; i++)
    {
      const WayPathway *pathway = g_ptr_array_index (pathways, i);
      g_autoptr (GString) modules = g_string_new (NULL);

      for (guint m = 0; m < pathway->modules->len; m++)
        g_string_append_printf (modules, "%s%s", m == 0 ? "" : ",",
                                (char *) g_ptr_array_index (pathway->modules, m));
      add (drafts, pack, at,
           (WayPackReleaseBody){ .part = (char *) "pathway",
                                 .ident = pathway->id,
                                 .name = pathway->title,
                                 .required = modules->str,
                                 .position = i + 1 });
    }
}

/* A staff group or a job role, with a level for each capability; 0 where a job asks for what its
 * group does. */
static void
add_asking (GPtrArray *drafts,
            WayPack *pack,
            gint64 at,
            const char *part,
            const char *ident,
            const char *name,
            const int *levels,
            guint position)
{
  g_autoptr (GString) required = g_string_new (NULL);

  for (guint c = 0; c < way_pack_get_capabilities (pack)->len; c++)
    g_string_append_printf (required, "%s%d", c == 0 ? "" : ",", levels[c]);
  add (drafts, pack, at,
       (WayPackReleaseBody){ .part = (char *) part,
                             .ident = (char *) ident,
                             .name = (char *) name,
                             .required = required->str,
                             .position = position });
}

/**
 * way_publish_catalogue:
 * @trust: open for writing
 * @pack: what is published
 * @at: when, for a synthetic trust's history; 0 for now
 *
 * Writes the pack's catalogue (levels, capabilities, modules with their outcomes, pathways,
 * roles, jobs) as events of the trust, so that report SQL needs no XML.
 *
 * Returns: TRUE, or FALSE with @error set
 */
gboolean
way_publish_catalogue (WayStore *trust, WayPack *pack, gint64 at, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  GPtrArray *capabilities = way_pack_get_capabilities (pack);
  GPtrArray *modules = way_pack_get_modules (pack);
  GPtrArray *roles = way_pack_get_roles (pack);
  GPtrArray *jobs = way_pack_get_jobs (pack);
  const char *const *levels = way_pack_get_level_names (pack);

  add (drafts, pack, at,
       (WayPackReleaseBody){ .part = (char *) "pack",
                             .ident = (char *) way_pack_get_id (pack),
                             .name = (char *) way_pack_get_title (pack),
                             .digest = (char *) way_pack_get_digest (pack),
                             .position = 1 });
  for (int i = 0; i < WAY_N_LEVELS; i++)
    {
      char ident[2] = { '1' + i, '\0' };

      add (drafts, pack, at,
           (WayPackReleaseBody){ .part = (char *) "level",
                                 .ident = ident,
                                 .name = (char *) levels[i],
                                 .level = i + 1,
                                 .position = i + 1 });
    }
  for (guint i = 0; i < capabilities->len; i++)
    {
      const WayCapability *capability = g_ptr_array_index (capabilities, i);

      add (drafts, pack, at,
           (WayPackReleaseBody){ .part = (char *) "capability",
                                 .ident = capability->id,
                                 .name = capability->name,
                                 .short_name = capability->short_name,
                                 .position = i + 1 });
    }
  for (guint i = 0; i < modules->len; i++)
    {
      const WayModule *module = g_ptr_array_index (modules, i);

      add (drafts, pack, at,
           (WayPackReleaseBody){ .part = (char *) "module",
                                 .ident = module->id,
                                 .name = module->title,
                                 .capability = module->capability,
                                 .level = module->level,
                                 .minutes = module->minutes,
                                 .position = i + 1 });
      add_outcomes (drafts, pack, at, module);
    }
  add_pathways (drafts, pack, at);
  for (guint i = 0; i < roles->len; i++)
    {
      const WayRole *role = g_ptr_array_index (roles, i);

      add_asking (drafts, pack, at, "role", role->id, role->name, role->required, i + 1);
    }
  for (guint i = 0; i < jobs->len; i++)
    {
      const WayJob *job = g_ptr_array_index (jobs, i);

      add_asking (drafts, pack, at, "job", job->id, job->name, job->required, i + 1);
    }
  return way_store_append_as (trust, NULL, drafts, error);
}

/* The zip of a pack that lies in a folder or is one. */
static GBytes *
load_file (const char *path, GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *built = NULL;
  char *bytes = NULL;
  gsize size;
  gboolean is_done;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return g_file_get_contents (path, &bytes, &size, error) ? g_bytes_new_take (bytes, size) : NULL;
  folder = g_dir_make_tmp ("waymark-publish-XXXXXX", error);
  if (folder == NULL)
    return NULL;
  built = g_build_filename (folder, "pack.zip", NULL);
  is_done = way_pack_build (path, built, error)
            && g_file_get_contents (built, &bytes, &size, error);
  g_unlink (built);
  g_rmdir (folder);
  return is_done ? g_bytes_new_take (bytes, size) : NULL;
}

/**
 * way_publish_pack:
 * @trust: open for its administrator
 * @pack: what is published, judged before
 * @path: where it lies: a folder or a zip
 *
 * Gives the trust the pack's file, for devices to fetch, and then says in its catalogue that
 * it is there. Publishing it again changes nothing that a device would fetch again.
 *
 * Returns: TRUE, or FALSE with @error set
 */
gboolean
way_publish_pack (WayStore *trust, WayPack *pack, const char *path, GError **error)
{
  g_autoptr (GBytes) file = load_file (path, error);

  return file != NULL && way_pack_chunks_publish (trust, way_pack_get_digest (pack), file, error)
         && way_publish_catalogue (trust, pack, 0, error);
}
