/* way-practice-files.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-files.h"

#include "practice/way-practice-private.h"

#include <string.h>

#define LOG "#files" /* what was changed last, one on the other: the key, and its record */
#define MADE "made-"
#define MOST_MADE 20

/* --- What is written ---------------------------------------------------------------- */

static gboolean
is_a (const WayDeskRecord *record, const char *type)
{
  return record != NULL && strcmp (record->type, type) == 0;
}

/**
 * way_file_is:
 *
 * Returns: whether the record is a file
 */
gboolean
way_file_is (const WayDeskRecord *record)
{
  return is_a (record, "file");
}

/**
 * way_folder_is:
 *
 * Returns: whether the record is a folder of the desk
 */
gboolean
way_folder_is (const WayDeskRecord *record)
{
  return is_a (record, "folder");
}

/**
 * way_job_is:
 *
 * Returns: whether the record says which file is wanted
 */
gboolean
way_job_is (const WayDeskRecord *record)
{
  return is_a (record, "job");
}

/* --- Where a run stands ------------------------------------------------------------- */

/* Under a name that no record can have. */
static const char *
get_value (WayPractice *self, const char *id, const char *what)
{
  g_autofree char *key = g_strconcat (id, "#", what, NULL);

  return way_practice_get_state_value (self, key);
}

static void
change (WayPractice *self, const WayDeskRecord *record, const char *what, const char *value)
{
  g_autofree char *key = g_strconcat (record->id, "#", what, NULL);

  way_practice_push_state (self, key, what, value);
  way_practice_push_state (self, LOG, key, record->id);
}

/**
 * way_practice_get_folder:
 * @file: a drawn file
 *
 * Returns: (transfer none): the folder in which it lies; valid until the next action
 */
const char *
way_practice_get_folder (WayPractice *self, const WayDeskRecord *file)
{
  const char *folder;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && file != NULL, NULL);

  folder = get_value (self, file->id, "in");

  return folder != NULL ? folder : way_desk_get_field (file, "in");
}

/**
 * way_practice_get_file_name:
 * @file: a drawn file
 *
 * Returns: (transfer none): what it is called now; valid until the next action
 */
const char *
way_practice_get_file_name (WayPractice *self, const WayDeskRecord *file)
{
  const char *name;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && file != NULL, NULL);

  name = get_value (self, file->id, "name");

  return name != NULL ? name : way_desk_get_field (file, "name");
}

/**
 * way_practice_get_version:
 * @file: a drawn file
 *
 * Returns: (nullable) (transfer none): the version that holds now: the first one, until
 *   another is brought back
 */
const WayDeskRecord *
way_practice_get_version (WayPractice *self, const WayDeskRecord *file)
{
  const char *id;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && file != NULL, NULL);

  id = get_value (self, file->id, "version");
  for (guint i = 0; i < file->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (file->parts, i);

      if (is_a (part, "version") && (id == NULL || g_strcmp0 (part->id, id) == 0))
        return part;
    }

  return NULL;
}

/**
 * way_practice_is_final:
 * @file: a drawn file
 *
 * Returns: whether it is marked as the one that counts
 */
gboolean
way_practice_is_final (WayPractice *self, const WayDeskRecord *file)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (self) && file != NULL, FALSE);

  return get_value (self, file->id, "final") != NULL;
}

static char *
make_made (guint i)
{
  return g_strdup_printf (MADE "%u", i + 1);
}

static guint
count_made (WayPractice *self)
{
  guint n = 0;

  while (n < MOST_MADE)
    {
      g_autofree char *id = make_made (n);

      if (get_value (self, id, "made") == NULL)
        break;
      n++;
    }

  return n;
}

static void
add_folders (WayPractice *self, const char *parent, GPtrArray *folders)
{
  GPtrArray *records = way_practice_get_records (self);
  guint n_made = count_made (self);

  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (records, i);

      if (!way_folder_is (record) || !way_practice_has_arrived (self, record)
          || g_strcmp0 (way_desk_get_field (record, "in"), parent) != 0)
        continue;
      g_ptr_array_add (folders, g_strdup (record->id));
      add_folders (self, record->id, folders);
    }
  for (guint i = 0; parent != NULL && i < n_made; i++)
    {
      g_autofree char *id = make_made (i);

      if (g_strcmp0 (way_practice_get_folder_parent (self, id), parent) == 0)
        g_ptr_array_add (folders, g_steal_pointer (&id));
    }
}

/**
 * way_practice_dup_folders:
 *
 * Returns: (transfer full) (element-type utf8): every folder, each before those in it, and
 *   the bin last
 */
GPtrArray *
way_practice_dup_folders (WayPractice *self)
{
  GPtrArray *folders;

  g_return_val_if_fail (WAY_IS_PRACTICE (self), NULL);

  folders = g_ptr_array_new_with_free_func (g_free);
  add_folders (self, NULL, folders);
  g_ptr_array_add (folders, g_strdup (WAY_FILES_BIN));

  return folders;
}

/**
 * way_practice_get_folder_name:
 * @folder: one of way_practice_dup_folders()
 *
 * Returns: (nullable) (transfer none): what it is called; %NULL for the bin, whose name is
 *   for whoever shows it
 */
const char *
way_practice_get_folder_name (WayPractice *self, const char *folder)
{
  const WayDeskRecord *record;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && folder != NULL, NULL);

  record = way_practice_find_record (self, folder);
  if (record != NULL)
    return way_desk_get_field (record, "name");

  return get_value (self, folder, "made");
}

/**
 * way_practice_get_folder_parent:
 * @folder: one of way_practice_dup_folders()
 *
 * Returns: (nullable) (transfer none): the folder in which it lies
 */
const char *
way_practice_get_folder_parent (WayPractice *self, const char *folder)
{
  const WayDeskRecord *record;
  g_autofree char *key = NULL;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && folder != NULL, NULL);

  record = way_practice_find_record (self, folder);
  if (record != NULL)
    return way_desk_get_field (record, "in");
  key = g_strconcat (folder, "#made", NULL);

  return way_practice_get_state (self, key);
}

/**
 * way_practice_get_last_filed:
 *
 * Returns: (nullable) (transfer none): the record with which the last change was made that
 *   can be taken back
 */
const WayDeskRecord *
way_practice_get_last_filed (WayPractice *self)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (self), NULL);

  return way_practice_find_record (self, way_practice_get_state_value (self, LOG));
}

/* --- What can be done --------------------------------------------------------------- */

static gboolean
is_open_job (WayPractice *self, const WayDeskRecord *record)
{
  return way_job_is (record) && way_practice_get_state (self, record->id) == NULL;
}

static gboolean
can_take (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_open_job (self, target) && value == NULL
         && way_practice_get_current_in (self, "files") != target;
}

static void
take (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  way_practice_hold (self, target);
}

static gboolean
can_search (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return way_folder_is (target) && value != NULL && value[0] != '\0'
         && g_utf8_validate (value, -1, NULL) && g_utf8_strlen (value, -1) <= WAY_FILES_MAX_NAME;
}

static gboolean
can_open (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return way_file_is (target) && value == NULL;
}

static gboolean
can_look_version (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return way_file_is (target) && way_practice_find_part (target, "version", value) != NULL;
}

static gboolean
is_folder_id (WayPractice *self, const char *id)
{
  g_autoptr (GPtrArray) folders = way_practice_dup_folders (self);

  return id != NULL && g_ptr_array_find_with_equal_func (folders, id, g_str_equal, NULL);
}

static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);

  return g_utf8_casefold (normal != NULL ? normal : "", -1);
}

/* Two of a name in one folder would be one too many. */
static gboolean
is_free (WayPractice *self, const WayDeskRecord *file, const char *folder, const char *name)
{
  GPtrArray *records = way_practice_get_records (self);
  g_autofree char *wanted = fold (name);

  if (strcmp (folder, WAY_FILES_BIN) == 0)
    return TRUE;
  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *other = g_ptr_array_index (records, i);
      g_autofree char *taken = NULL;

      if (other == file || !way_file_is (other)
          || g_strcmp0 (way_practice_get_folder (self, other), folder) != 0)
        continue;
      taken = fold (way_practice_get_file_name (self, other));
      if (strcmp (taken, wanted) == 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
can_move (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return way_file_is (target) && is_folder_id (self, value)
         && g_strcmp0 (way_practice_get_folder (self, target), value) != 0
         && is_free (self, target, value, way_practice_get_file_name (self, target));
}

static void
move (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  change (self, target, "in", value);
}

/* No longer than a list can show, and nothing that a folder would take for a way. */
static gboolean
is_name (const char *name)
{
  g_autofree char *bare = NULL;

  if (name == NULL || !g_utf8_validate (name, -1, NULL)
      || g_utf8_strlen (name, -1) > WAY_FILES_MAX_NAME || strpbrk (name, "/\\\n") != NULL)
    return FALSE;
  bare = g_strstrip (g_strdup (name));

  return bare[0] != '\0' && strcmp (bare, name) == 0;
}

static gboolean
can_rename (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return way_file_is (target) && is_name (value)
         && strcmp (way_practice_get_file_name (self, target), value) != 0
         && is_free (self, target, way_practice_get_folder (self, target), value);
}

static void
rename_file (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  change (self, target, "name", value);
}

static gboolean
can_restore (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const WayDeskRecord *version;

  if (!can_look_version (self, target, value))
    return FALSE;
  version = way_practice_get_version (self, target);

  return version != NULL && g_strcmp0 (version->id, value) != 0;
}

static void
restore (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  change (self, target, "version", value);
}

static gboolean
can_mark (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return way_file_is (target) && value == NULL && !way_practice_is_final (self, target);
}

static void
mark (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  change (self, target, "final", "yes");
}

static gboolean
can_make (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  g_autoptr (GPtrArray) folders = NULL;
  g_autofree char *wanted = NULL;

  if (!way_folder_is (target) || !is_name (value) || count_made (self) >= MOST_MADE)
    return FALSE;
  wanted = fold (value);
  folders = way_practice_dup_folders (self);
  for (guint i = 0; i < folders->len; i++)
    {
      const char *name = way_practice_get_folder_name (self, folders->pdata[i]);
      g_autofree char *taken = name != NULL ? fold (name) : NULL;

      if (g_strcmp0 (taken, wanted) == 0
          && g_strcmp0 (way_practice_get_folder_parent (self, folders->pdata[i]), target->id) == 0)
        return FALSE;
    }

  return TRUE;
}

static void
make (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  g_autofree char *id = make_made (count_made (self));
  g_autofree char *key = g_strconcat (id, "#made", NULL);

  way_practice_push_state (self, key, target->id, value);
  way_practice_push_state (self, LOG, key, target->id);
}

/* Only what was looked into. */
static gboolean
can_pick (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const WayDeskRecord *file = way_practice_find_record (self, value);

  return is_open_job (self, target) && way_file_is (file)
         && way_practice_was_done (self, "open", file->id, NULL);
}

static void
pick (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  way_practice_push_state (self, LOG, target->id, target->id);
  way_practice_let_go (self, target);
}

/* The last change of all, and only with the record that it was made with. */
static gboolean
can_undo (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return value == NULL && way_practice_get_last_filed (self) == target;
}

static void
undo (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  g_autofree char *key = g_strdup (way_practice_get_state (self, LOG));

  way_practice_pop_state (self, LOG);
  way_practice_pop_state (self, key);
  if (way_job_is (target))
    way_practice_hold (self, target);
}

static const WayVerb verbs[] = {
  { "take", can_take, NULL, take },          { "search", can_search, NULL, NULL },
  { "open", can_open, NULL, NULL },          { "look-version", can_look_version, NULL, NULL },
  { "move", can_move, NULL, move },          { "rename", can_rename, NULL, rename_file },
  { "restore", can_restore, NULL, restore }, { "mark-final", can_mark, NULL, mark },
  { "make-folder", can_make, NULL, make },   { "pick", can_pick, "picked", pick },
  { "undo", can_undo, NULL, undo },          { NULL },
};

/* --- Rules -------------------------------------------------------------------------- */

static gboolean
holds (const char *text, char **words, gboolean wanted)
{
  g_autofree char *folded = fold (text != NULL ? text : "");

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      g_autofree char *word = fold (words[i]);

      if ((strstr (folded, word) != NULL) != wanted)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_in_one (const char *folder, char **folders)
{
  if (folders == NULL)
    return TRUE;

  return g_strv_contains ((const char *const *) folders, folder)
         || (g_str_has_prefix (folder, MADE)
             && g_strv_contains ((const char *const *) folders, "made"));
}

/* Where a file lies in the end, and what it is called; each file that is named. */
gboolean
way_practice_evaluate_filed (WayPractice *self, const WayDeskTest *test, const WayDeskRecord *bound)
{
  g_auto (GStrv) targets = way_practice_expand (test, "target", bound);
  g_auto (GStrv) folders = way_practice_expand (test, "in", bound);
  g_auto (GStrv) has = way_practice_expand (test, "has", bound);
  g_auto (GStrv) lacks = way_practice_expand (test, "lacks", bound);
  g_auto (GStrv) folder_has = way_practice_expand (test, "folder-has", bound);
  g_auto (GStrv) versions = way_practice_expand (test, "version", bound);
  const char *final = g_hash_table_lookup (test->attributes, "final");
  gboolean is_there = FALSE;

  for (guint i = 0; targets != NULL && targets[i] != NULL; i++)
    {
      const WayDeskRecord *file = way_practice_find_record (self, targets[i]);
      const WayDeskRecord *version;
      const char *folder;

      if (!way_file_is (file))
        return FALSE;
      is_there = TRUE;
      folder = way_practice_get_folder (self, file);
      version = way_practice_get_version (self, file);
      if (!is_in_one (folder, folders)
          || !holds (way_practice_get_file_name (self, file), has, TRUE)
          || !holds (way_practice_get_file_name (self, file), lacks, FALSE)
          || !holds (way_practice_get_folder_name (self, folder), folder_has, TRUE)
          || (versions != NULL
              && (version == NULL
                  || !g_strv_contains ((const char *const *) versions, version->id)))
          || (final != NULL && (strcmp (final, "yes") == 0) != way_practice_is_final (self, file)))
        return FALSE;
    }

  return is_there;
}

static const WayDeskRecord *
find (const WayDesk *desk, const char *id, const char *type)
{
  for (guint i = 0; id != NULL && i < desk->records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (desk->records, i);

      if (strcmp (record->id, id) == 0 && strcmp (record->type, type) == 0)
        return record;
    }

  return NULL;
}

static gboolean
is_version (const WayDesk *desk, const char *id)
{
  for (guint i = 0; i < desk->records->len; i++)
    if (way_practice_find_part (desk->records->pdata[i], "version", id) != NULL)
      return TRUE;

  return FALSE;
}

/**
 * way_practice_check_filed:
 *
 * Whether a test of where a file lies names folders and versions that there are.
 *
 * Returns: FALSE with @error set to the line and what is wrong
 */
gboolean
way_practice_check_filed (const WayDesk *desk, const WayDeskTest *test, GError **error)
{
  const char *in = g_hash_table_lookup (test->attributes, "in");
  const char *version = g_hash_table_lookup (test->attributes, "version");
  const char *final = g_hash_table_lookup (test->attributes, "final");
  g_auto (GStrv) folders = g_strsplit (in != NULL ? in : "", " ", -1);
  g_auto (GStrv) versions = g_strsplit (version != NULL ? version : "", " ", -1);

  if (strcmp (test->name, "filed") != 0)
    return TRUE;
  for (guint i = 0; folders[i] != NULL; i++)
    if (folders[i][0] != '$' && strcmp (folders[i], WAY_FILES_BIN) != 0
        && strcmp (folders[i], "made") != 0 && find (desk, folders[i], "folder") == NULL)
      return way_practice_fail (desk, test->line, error, "there is no folder “%s”", folders[i]);
  for (guint i = 0; versions[i] != NULL; i++)
    if (versions[i][0] != '$' && !is_version (desk, versions[i]))
      return way_practice_fail (desk, test->line, error, "there is no version “%s”", versions[i]);
  if (final != NULL && strcmp (final, "yes") != 0 && strcmp (final, "no") != 0)
    return way_practice_fail (desk, test->line, error, "“final” is yes or no");

  return TRUE;
}

/* --- The record --------------------------------------------------------------------- */

static gboolean
is_below_itself (const WayDesk *desk, const WayDeskRecord *folder)
{
  const WayDeskRecord *above = folder;

  for (guint i = 0; above != NULL && i <= desk->records->len; i++)
    above = find (desk, way_desk_get_field (above, "in"), "folder");

  return above != NULL;
}

static gboolean
check_names (const WayDesk *desk, const WayDeskRecord *record, GError **error)
{
  for (guint i = 0; i < desk->records->len; i++)
    {
      const WayDeskRecord *other = g_ptr_array_index (desk->records, i);

      if (other != record && strcmp (other->type, record->type) == 0
          && g_strcmp0 (way_desk_get_field (other, "in"), way_desk_get_field (record, "in")) == 0
          && g_strcmp0 (way_desk_get_field (other, "name"), way_desk_get_field (record, "name"))
                 == 0)
        return way_practice_fail (desk, record->line, error, "“%s” is there twice",
                                  way_desk_get_field (record, "name"));
    }

  return TRUE;
}

static gboolean
check (const WayDesk *desk, const WayDeskRecord *record, GError **error)
{
  const char *in = way_desk_get_field (record, "in");

  if (way_job_is (record))
    return way_desk_get_field (record, "title") != NULL
           || way_practice_fail (desk, record->line, error, "a job needs a title");
  if (!is_name (way_desk_get_field (record, "name")))
    return way_practice_fail (desk, record->line, error, "a <%s> needs a name", record->type);
  if (g_str_has_prefix (record->id, MADE) || strcmp (record->id, WAY_FILES_BIN) == 0)
    return way_practice_fail (desk, record->line, error, "“%s” is what the app itself uses",
                              record->id);
  if ((way_file_is (record) || in != NULL) && find (desk, in, "folder") == NULL)
    return way_practice_fail (desk, record->line, error, "“%s” lies in no folder", record->id);
  if (way_folder_is (record) && is_below_itself (desk, record))
    return way_practice_fail (desk, record->line, error, "“%s” lies in itself", record->id);
  for (guint i = 0; i < record->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (record->parts, i);

      if (!is_a (part, "version") || part->id == NULL
          || way_desk_get_field (part, "changed") == NULL)
        return way_practice_fail (desk, part->line, error,
                                  "a file has versions, each with an id and when it was changed");
    }

  return check_names (desk, record, error);
}

/* Folders and files are in order of their names; what is wanted stands as it was drawn. */
static int
compare (gconstpointer a, gconstpointer b)
{
  static const char *const types[] = { "job", "folder", "file" };
  const WayDeskRecord *left = *(WayDeskRecord *const *) a;
  const WayDeskRecord *right = *(WayDeskRecord *const *) b;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (is_a (left, types[i]) != is_a (right, types[i]))
      return is_a (left, types[i]) ? -1 : 1;

  return way_job_is (left)
             ? 0
             : g_strcmp0 (way_desk_get_field (left, "name"), way_desk_get_field (right, "name"));
}

const WayPracticeApp way_practice_files_app = {
  .name = "files",
  .tasks = "job",
  .lookups = "folder file",
  .verbs = verbs,
  .compare = compare,
  .is_one_by_one = TRUE,
  .check = check,
};
