/* way-pack.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-pack.h"

#include "content/way-pack-private.h"
#include "content/way-reader.h"

/* Content, read from a folder or a zip and never changed after: whoever opens it owns it,
 * and what it hands out lives as long as it does. */
G_DEFINE_FINAL_TYPE (WayPack, way_pack, G_TYPE_OBJECT)

/**
 * way_pack_error_quark:
 *
 * Returns: the domain of what is wrong with a pack
 */
GQuark
way_pack_error_quark (void)
{
  return g_quark_from_static_string ("way-pack-error-quark");
}

static void
way_pack_finalize (GObject *object)
{
  WayPack *self = WAY_PACK (object);

  g_clear_pointer (&self->loaded, g_hash_table_unref);
  g_clear_pointer (&self->references, g_ptr_array_unref);
  g_clear_pointer (&self->meanings, g_hash_table_unref);
  g_clear_pointer (&self->hrefs, g_hash_table_unref);
  g_clear_pointer (&self->items, g_hash_table_unref);
  for (guint i = 0; i < WAY_N_LEVELS; i++)
    g_free (self->level_names[i]);
  g_clear_pointer (&self->terms, g_ptr_array_unref);
  g_clear_pointer (&self->baseline, g_ptr_array_unref);
  g_clear_pointer (&self->modules, g_ptr_array_unref);
  g_clear_pointer (&self->pathways, g_ptr_array_unref);
  g_clear_pointer (&self->roles, g_ptr_array_unref);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  g_clear_pointer (&self->capabilities, g_ptr_array_unref);
  g_free (self->language);
  g_free (self->title);
  g_free (self->licence);
  g_free (self->id);
  g_free (self->asked_language);
  g_clear_pointer (&self->files, way_pack_files_free);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (way_pack_parent_class)->finalize (object);
}

static void
way_pack_class_init (WayPackClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_pack_finalize;
}

static void
way_pack_init (WayPack *self)
{
  g_mutex_init (&self->lock);
  self->references = g_ptr_array_new_with_free_func ((GDestroyNotify) way_reference_free);
  self->loaded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) way_item_unref);
}

/**
 * way_pack_check_references:
 * @self: a pack
 * @references: of WayReference
 * @outcomes: (nullable): a set of the ids that outcomes may have, or NULL not to judge them
 * @problems: of char*, where problems are added
 *
 * Reports what is named and is not there.
 */
void
way_pack_check_references (WayPack *self,
                           GPtrArray *references,
                           GHashTable *outcomes,
                           GPtrArray *problems)
{
  for (guint i = 0; i < references->len; i++)
    {
      WayReference *reference = g_ptr_array_index (references, i);
      g_autofree char *reason = NULL;

      if (reference->type == WAY_REFERENCE_FILE
          && !way_pack_files_has (self->files, reference->name))
        reason = g_strdup_printf ("there is no file “%s” in the pack", reference->name);
      else if (reference->type == WAY_REFERENCE_OUTCOME && outcomes != NULL
               && !g_hash_table_contains (outcomes, reference->name))
        reason = g_strdup_printf ("outcome “%s” is not one of the module's", reference->name);
      if (reason != NULL)
        way_problems_add (problems, reference->path, reference->line, reason);
    }
}

/**
 * way_pack_read:
 * @files: (transfer full): the files
 * @language: (nullable): the language to prefer
 * @problems: of char*, where problems are added
 *
 * Reads as much of a pack as can be read.
 *
 * Returns: (transfer full): the pack; not to be used when @problems is not empty
 */
WayPack *
way_pack_read (WayPackFiles *files, const char *language, GPtrArray *problems)
{
  WayPack *self = g_object_new (WAY_TYPE_PACK, NULL);
  g_autofree char *path = way_pack_files_dup_translated (files, "pack.xml", language);
  g_autoptr (GBytes) bytes = NULL;

  self->files = files;
  self->asked_language = g_strdup (language);

  bytes = way_pack_files_load (files, path, NULL);
  if (bytes == NULL)
    {
      way_problems_add (problems, path, 1, "the pack has no manifest");
      return self;
    }
  way_pack_read_manifest (self, bytes, path, problems);
  way_pack_check_references (self, self->references, NULL, problems);

  return self;
}

/**
 * way_pack_open:
 * @path: a folder, or a zip made by way_pack_build()
 * @language: (nullable): the language to prefer, such as "cy" or "cy-GB"
 * @error: return location
 *
 * Opens a pack: reads its files once, compares a zip with its digests, and reads manifest
 * and modules. Questions and desks are read when asked for. RELAX NG is left to
 * way_pack_check().
 *
 * Returns: (transfer full): the pack, or NULL with a %WAY_PACK_ERROR
 */
WayPack *
way_pack_open (const char *path, const char *language, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayPack) self = NULL;
  WayPackFiles *files;

  g_return_val_if_fail (path != NULL, NULL);

  files = way_pack_files_open (path, error);
  if (files == NULL)
    return NULL;

  self = way_pack_read (files, language, problems);
  if (!way_problems_fail (problems, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * way_pack_get_id:
 * @self: a pack
 *
 * Returns: (transfer none): its id
 */
const char *
way_pack_get_id (WayPack *self)
{
  g_return_val_if_fail (WAY_IS_PACK (self), NULL);

  return self->id;
}

/**
 * way_pack_get_version:
 * @self: a pack
 *
 * Returns: its version, which grows with every release
 */
int
way_pack_get_version (WayPack *self)
{
  g_return_val_if_fail (WAY_IS_PACK (self), 0);

  return self->version;
}

/**
 * way_pack_get_digest:
 * @self: a pack
 *
 * Returns: (transfer none): a SHA-256 of all its files, in every language; the same for a
 *   folder and the zip built from it
 */
const char *
way_pack_get_digest (WayPack *self)
{
  g_return_val_if_fail (WAY_IS_PACK (self), NULL);

  return way_pack_files_get_digest (self->files);
}

/**
 * way_pack_get_licence:
 * @self: a pack
 *
 * Returns: (transfer none): how others may use it; "" where it does not say
 */
const char *
way_pack_get_licence (WayPack *self)
{
  g_return_val_if_fail (WAY_IS_PACK (self), NULL);

  return self->licence != NULL ? self->licence : "";
}

/**
 * way_pack_get_title:
 * @self: a pack
 *
 * Returns: (transfer none): its title
 */
const char *
way_pack_get_title (WayPack *self)
{
  g_return_val_if_fail (WAY_IS_PACK (self), NULL);

  return self->title;
}

/**
 * way_pack_get_language:
 * @self: a pack
 *
 * Returns: (transfer none): the language of the manifest that was read; a module or question
 *   without a translation is in the pack's first language all the same
 */
const char *
way_pack_get_language (WayPack *self)
{
  g_return_val_if_fail (WAY_IS_PACK (self), NULL);

  return self->language;
}

/**
 * way_pack_get_capabilities:
 * @self: a pack
 *
 * Returns: (transfer none): of WayCapability, in the pack's order
 */
GPtrArray *
way_pack_get_capabilities (WayPack *self)
{
  g_return_val_if_fail (WAY_IS_PACK (self), NULL);

  return self->capabilities;
}

/**
 * way_pack_get_level_names:
 * @self: a pack
 *
 * Returns: (transfer none): %WAY_N_LEVELS names, lowest first, and NULL
 */
const char *const *
way_pack_get_level_names (WayPack *self)
{
  g_return_val_if_fail (WAY_IS_PACK (self), NULL);

  return (const char *const *) self->level_names;
}

/**
 * way_pack_get_cuts:
 * @self: a pack
 *
 * Returns: (transfer none): where levels 2, 3 and 4 begin, increasing
 */
const double *
way_pack_get_cuts (WayPack *self)
{
  g_return_val_if_fail (WAY_IS_PACK (self), NULL);

  return self->cuts;
}

/**
 * way_pack_get_roles:
 * @self: a pack
 *
 * Returns: (transfer none): of WayRole
 */
GPtrArray *
way_pack_get_roles (WayPack *self)
{
  g_return_val_if_fail (WAY_IS_PACK (self), NULL);

  return self->roles;
}

/**
 * way_pack_get_pathways:
 * @self: a pack
 *
 * Returns: (transfer none): of WayPathway
 */
GPtrArray *
way_pack_get_pathways (WayPack *self)
{
  g_return_val_if_fail (WAY_IS_PACK (self), NULL);

  return self->pathways;
}

/**
 * way_pack_get_modules:
 * @self: a pack
 *
 * Returns: (transfer none): of WayModule
 */
GPtrArray *
way_pack_get_modules (WayPack *self)
{
  g_return_val_if_fail (WAY_IS_PACK (self), NULL);

  return self->modules;
}

/**
 * way_pack_get_baseline:
 * @self: a pack
 *
 * Returns: (transfer none): of WayBaselineItem
 */
GPtrArray *
way_pack_get_baseline (WayPack *self)
{
  g_return_val_if_fail (WAY_IS_PACK (self), NULL);

  return self->baseline;
}

/**
 * way_pack_get_terms:
 * @self: a pack
 *
 * Returns: (transfer none): of WayTerm
 */
GPtrArray *
way_pack_get_terms (WayPack *self)
{
  g_return_val_if_fail (WAY_IS_PACK (self), NULL);

  return self->terms;
}

/**
 * way_pack_find_capability:
 * @self: a pack
 * @id: an id
 *
 * Returns: its place in the pack's order, or -1
 */
int
way_pack_find_capability (WayPack *self, const char *id)
{
  g_return_val_if_fail (WAY_IS_PACK (self), -1);
  g_return_val_if_fail (id != NULL, -1);

  for (guint i = 0; i < self->capabilities->len; i++)
    {
      WayCapability *capability = g_ptr_array_index (self->capabilities, i);

      if (g_str_equal (capability->id, id))
        return (int) i;
    }

  return -1;
}

/**
 * way_pack_get_jobs:
 *
 * Returns: (transfer none) (element-type WayJob): the job roles, of all staff groups
 */
GPtrArray *
way_pack_get_jobs (WayPack *self)
{
  g_return_val_if_fail (WAY_IS_PACK (self), NULL);

  return self->jobs;
}

/**
 * way_pack_find_job:
 * @text: an id, or a job's name as a staff list has it, in capitals or not
 *
 * Returns: (transfer none) (nullable): the job role
 */
const WayJob *
way_pack_find_job (WayPack *self, const char *text)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (WAY_IS_PACK (self) && text != NULL, NULL);

  folded = g_utf8_casefold (text, -1);
  for (guint i = 0; i < self->jobs->len; i++)
    {
      const WayJob *job = g_ptr_array_index (self->jobs, i);
      g_autofree char *name = g_utf8_casefold (job->name, -1);

      if (g_str_equal (job->id, text) || g_str_equal (name, folded))
        return job;
    }
  return NULL;
}

/**
 * way_pack_find_role:
 * @self: a pack
 * @id: an id
 *
 * Returns: (transfer none) (nullable): the role
 */
const WayRole *
way_pack_find_role (WayPack *self, const char *id)
{
  g_return_val_if_fail (WAY_IS_PACK (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < self->roles->len; i++)
    {
      const WayRole *role = g_ptr_array_index (self->roles, i);

      if (g_str_equal (role->id, id))
        return role;
    }

  return NULL;
}

/**
 * way_pack_find_module:
 * @self: a pack
 * @id: an id
 *
 * Returns: (transfer none) (nullable): the module
 */
WayModule *
way_pack_find_module (WayPack *self, const char *id)
{
  g_return_val_if_fail (WAY_IS_PACK (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < self->modules->len; i++)
    {
      WayModule *module = g_ptr_array_index (self->modules, i);

      if (g_str_equal (module->id, id))
        return module;
    }

  return NULL;
}

/**
 * way_pack_find_baseline_item:
 * @self: a pack
 * @id: an id
 *
 * Returns: (transfer none) (nullable): the item of the baseline
 */
const WayBaselineItem *
way_pack_find_baseline_item (WayPack *self, const char *id)
{
  g_return_val_if_fail (WAY_IS_PACK (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < self->baseline->len; i++)
    {
      const WayBaselineItem *item = g_ptr_array_index (self->baseline, i);

      if (g_str_equal (item->id, id))
        return item;
    }

  return NULL;
}

/**
 * way_pack_explain:
 * @self: a pack
 * @word: a word of the glossary, in any case
 *
 * Returns: (transfer none) (nullable): what it means
 */
const char *
way_pack_explain (WayPack *self, const char *word)
{
  g_autofree char *folded = NULL;
  const WayTerm *term;

  g_return_val_if_fail (WAY_IS_PACK (self), NULL);
  g_return_val_if_fail (word != NULL, NULL);

  folded = g_utf8_casefold (word, -1);
  term = g_hash_table_lookup (self->meanings, folded);

  return term != NULL ? term->meaning : NULL;
}

/**
 * way_pack_load_item:
 * @self: a pack
 * @id: the id of a question of the baseline or of a module's check
 * @error: return location
 *
 * Reads a question, in the language asked for where there is a translation. May be called
 * from any thread.
 *
 * Returns: (transfer full): the item, or NULL with a %WAY_PACK_ERROR
 */
WayItem *
way_pack_load_item (WayPack *self, const char *id, GError **error)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) references = NULL;
  g_autoptr (GMutexLocker) locker = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (WayItem) item = NULL;
  g_autofree char *path = NULL;
  const WayPackItem *named;
  WayItem *loaded;

  g_return_val_if_fail (WAY_IS_PACK (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  named = g_hash_table_lookup (self->items, id);
  if (named == NULL)
    {
      g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_NOT_FOUND, "there is no item “%s”", id);
      return NULL;
    }

  locker = g_mutex_locker_new (&self->lock);
  loaded = g_hash_table_lookup (self->loaded, id);
  if (loaded != NULL)
    return way_item_ref (loaded);

  path = way_pack_files_dup_translated (self->files, named->href, self->asked_language);
  bytes = way_pack_files_load (self->files, path, error);
  if (bytes == NULL)
    return NULL;

  problems = g_ptr_array_new_with_free_func (g_free);
  references = g_ptr_array_new_with_free_func ((GDestroyNotify) way_reference_free);
  item = way_item_read (bytes, path, id, problems, references);
  way_pack_check_references (self, references, NULL, problems);
  way_pack_check_adaptive (self, item, path, problems);
  if (!way_problems_fail (problems, error))
    return NULL;

  g_hash_table_insert (self->loaded, g_strdup (id), way_item_ref (item));

  return g_steal_pointer (&item);
}

/**
 * way_pack_forget_items:
 * @self: a pack
 *
 * Lets go of the questions that were loaded, which are read again when they are asked for. Whoever
 * has one keeps it.
 */
void
way_pack_forget_items (WayPack *self)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_if_fail (WAY_IS_PACK (self));

  locker = g_mutex_locker_new (&self->lock);
  g_hash_table_remove_all (self->loaded);
}

/* private: each question of a baseline is answered once */
void
way_pack_check_adaptive (WayPack *self, const WayItem *item, const char *path, GPtrArray *problems)
{
  if (item != NULL && item->is_adaptive && item->id != NULL
      && way_pack_find_baseline_item (self, item->id) != NULL)
    way_problems_add (problems, path, 1, WAY_ITEM_NOT_ONCE);
}

/**
 * way_pack_load_desk:
 * @self: a pack
 * @href: the path of a practice desk, as a module names it
 * @error: return location
 *
 * Reads a practice desk, in the language asked for where there is a translation.
 *
 * Returns: (transfer full): the desk, or NULL with a %WAY_PACK_ERROR
 */
WayDesk *
way_pack_load_desk (WayPack *self, const char *href, GError **error)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) references = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (WayDesk) desk = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (WAY_IS_PACK (self), NULL);
  g_return_val_if_fail (href != NULL, NULL);

  path = way_pack_files_dup_translated (self->files, href, self->asked_language);
  bytes = way_pack_files_load (self->files, path, error);
  if (bytes == NULL)
    return NULL;

  problems = g_ptr_array_new_with_free_func (g_free);
  references = g_ptr_array_new_with_free_func ((GDestroyNotify) way_reference_free);
  desk = way_desk_read (bytes, path, problems, references);
  way_pack_check_references (self, references, NULL, problems);
  if (!way_problems_fail (problems, error))
    return NULL;

  return g_steal_pointer (&desk);
}

/**
 * way_pack_load_file:
 * @self: a pack
 * @path: a path inside the pack, such as a picture's
 * @error: return location
 *
 * Returns: (transfer full): what the file held when the pack was opened, or NULL with a
 *   %WAY_PACK_ERROR
 */
GBytes *
way_pack_load_file (WayPack *self, const char *path, GError **error)
{
  g_return_val_if_fail (WAY_IS_PACK (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  return way_pack_files_load (self->files, path, error);
}
