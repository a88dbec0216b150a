/* way-pack-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-pack-private.h"
#include "content/way-reader.h"
#include "content/way-grammar.h"

#include <stdlib.h>
#include <string.h>

/* What a file of the pack is, by who names it. */
typedef enum
{
  FILE_PACK,
  FILE_MODULE,
  FILE_ITEM,
  FILE_DESK,
} FileType;

static const char *const schemas[] = {
  [FILE_PACK] = "pack",
  [FILE_MODULE] = "module",
  [FILE_ITEM] = NULL, /* QTI is checked by its reader, which names what it does not support */
  [FILE_DESK] = "desk",
};

/* What a translation must have in common with its original: the elements that carry
 * identifiers or decide something, with what they say. */
static const char *const skeleton_attributes[] = {
  "id",          "identifier", "href",         "ref",       "at",
  "n",           "level",      "draw",         "outcome",   "outcomes",
  "capability",  "app",        "after",        "data-desk", "version",
  "each",        "group",      "points",       "template",  "response-identifier",
  "cardinality", "base-type",  "mapped-value", "match-max", "max-choices",
  "enemies",     "opener",     "seconds",      "share",
};

static void
append_skeleton (xmlNode *element, gboolean has_words, GPtrArray *marks, GArray *lines)
{
  g_autoptr (GString) mark = g_string_new ((const char *) element->name);
  gboolean has_attribute = FALSE;
  int line = (int) xmlGetLineNo (element);
  g_autofree char *base_type = way_xml_get (element, "base-type");

  if (base_type != NULL)
    has_words = g_str_equal (base_type, "string");

  for (guint i = 0; i < G_N_ELEMENTS (skeleton_attributes); i++)
    {
      g_autofree char *value = way_xml_get (element, skeleton_attributes[i]);

      if (value == NULL)
        continue;
      has_attribute = TRUE;
      g_string_append_printf (mark, " %s=\"%s\"", skeleton_attributes[i], value);
    }
  /* Which answers are right is the same in every language, unless they are words. */
  if (way_xml_is (element, "qti-value") && !has_words)
    {
      xmlChar *text = xmlNodeGetContent (element);

      g_string_append_printf (mark, " “%s”", (const char *) text);
      xmlFree (text);
      has_attribute = TRUE;
    }
  if (has_attribute && !way_xml_is (element, "qti-map-entry"))
    {
      g_ptr_array_add (marks, g_string_free (g_steal_pointer (&mark), FALSE));
      g_array_append_val (lines, line);
    }

  for (xmlNode *child = xmlFirstElementChild (element); child != NULL;
       child = xmlNextElementSibling (child))
    append_skeleton (child, has_words, marks, lines);
}

static void
compare_skeletons (WayXml *original, WayXml *translation)
{
  g_autoptr (GPtrArray) expected = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) expected_lines = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GArray) found_lines = g_array_new (FALSE, FALSE, sizeof (int));
  xmlNode *root = xmlDocGetRootElement (translation->doc);
  guint i;

  append_skeleton (xmlDocGetRootElement (original->doc), FALSE, expected, expected_lines);
  append_skeleton (root, FALSE, found, found_lines);

  for (i = 0; i < expected->len && i < found->len; i++)
    {
      if (!g_str_equal (g_ptr_array_index (expected, i), g_ptr_array_index (found, i)))
        break;
    }
  if (i < found->len)
    {
      g_autofree char *reason = g_strdup_printf (
          "the translation has <%s> where %s has <%s>", (char *) g_ptr_array_index (found, i),
          original->path, i < expected->len ? (char *) g_ptr_array_index (expected, i) : "nothing");

      way_problems_add (translation->problems, translation->path,
                        g_array_index (found_lines, int, i), reason);
    }
  else if (i < expected->len)
    {
      way_xml_report (translation, root, "the translation lacks <%s> of %s:%d",
                      (char *) g_ptr_array_index (expected, i), original->path,
                      g_array_index (expected_lines, int, i));
    }
}

/* Everything a file says by itself; what it names goes to @references. The manifest in the
 * first language has been read already, and so have its modules. */
static void
read_file (WayPack *self,
           FileType type,
           const char *path,
           GBytes *bytes,
           const char *expected,
           gboolean is_translation,
           GPtrArray *problems,
           GPtrArray *references)
{
  g_autoptr (WayModule) module = NULL;
  g_autoptr (WayItem) item = NULL;
  g_autoptr (WayDesk) desk = NULL;

  switch (type)
    {
    case FILE_MODULE:
      if (is_translation)
        module = way_module_read (bytes, path, problems, references);
      break;
    case FILE_ITEM:
      item = way_item_read (bytes, path, expected, problems, references);
      way_pack_check_adaptive (self, item, path, problems);
      break;
    case FILE_DESK:
      desk = way_desk_read (bytes, path, problems, references);
      break;
    case FILE_PACK:
    default:
      break;
    }
}

static void
check_one (WayPack *self,
           FileType type,
           const char *path,
           const char *original,
           const char *expected,
           GHashTable *outcomes,
           GPtrArray *problems)
{
  g_autoptr (GPtrArray)
      references = g_ptr_array_new_with_free_func ((GDestroyNotify) way_reference_free);
  g_autoptr (GPtrArray) parse_problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes) bytes = way_pack_files_load (self->files, path, NULL);
  g_autoptr (WayXml) xml = NULL;

  /* A file that is not there is reported where it is named. */
  if (bytes == NULL)
    return;

  read_file (self, type, path, bytes, expected, original != NULL, problems, references);
  way_pack_check_references (self, references, outcomes, problems);

  /* What cannot be parsed has been reported by the reader. */
  xml = way_xml_new (bytes, path, parse_problems, NULL);
  if (xml == NULL)
    {
      if (type == FILE_PACK && original != NULL)
        g_ptr_array_extend_and_steal (problems, g_steal_pointer (&parse_problems));
      return;
    }
  g_ptr_array_unref (xml->problems);
  xml->problems = g_ptr_array_ref (problems);
  if (schemas[type] != NULL)
    way_grammar_check (xml, schemas[type]);

  if (original != NULL)
    {
      g_autoptr (GBytes) original_bytes = way_pack_files_load (self->files, original, NULL);
      g_autoptr (WayXml) original_xml = NULL;

      original_xml = way_xml_new (original_bytes, original, parse_problems, NULL);
      if (original_xml != NULL)
        compare_skeletons (original_xml, xml);
    }
}

static void
check_file (WayPack *self,
            FileType type,
            const char *path,
            const char *expected,
            GHashTable *outcomes,
            GPtrArray *problems)
{
  g_autoptr (GPtrArray) translations = way_pack_files_list_translations (self->files, path);

  check_one (self, type, path, NULL, expected, outcomes, problems);
  for (guint i = 0; i < translations->len; i++)
    check_one (self, type, g_ptr_array_index (translations, i), path, expected, outcomes, problems);
}

static void
check_module (WayPack *self, WayModule *module, GPtrArray *problems)
{
  g_autoptr (GHashTable) outcomes = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < module->outcomes->len; i++)
    {
      WayOutcome *outcome = g_ptr_array_index (module->outcomes, i);

      g_hash_table_add (outcomes, outcome->id);
    }

  check_file (self, FILE_MODULE, g_hash_table_lookup (self->hrefs, module->id), NULL, NULL,
              problems);
  for (guint i = 0; i < module->desks->len; i++)
    check_file (self, FILE_DESK, g_ptr_array_index (module->desks, i), NULL, outcomes, problems);
}

/* The desk that a question names; where the question cannot be read, that is said already. */
static void
check_item_desk (WayPack *self, const WayPackItem *entry, GPtrArray *problems)
{
  g_autoptr (WayItem) item = way_pack_load_item (self, entry->id, NULL);
  const char *path = item != NULL ? way_item_get_desk (item) : NULL;

  if (path != NULL && *path != '\0')
    check_file (self, FILE_DESK, path, NULL, NULL, problems);
}

static void
check_files (WayPack *self, GPtrArray *problems)
{
  GHashTableIter iter;
  gpointer value;

  check_file (self, FILE_PACK, "pack.xml", NULL, NULL, problems);
  if (self->modules == NULL)
    return;

  for (guint i = 0; i < self->modules->len; i++)
    check_module (self, g_ptr_array_index (self->modules, i), problems);

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const WayPackItem *item = value;

      check_file (self, FILE_ITEM, item->href, item->id, NULL, problems);
      check_item_desk (self, item, problems);
    }
}

/**
 * way_pack_check:
 * @path: a folder or a zip
 * @problems: of char*, where problems are added as "file:line: reason", sorted
 * @error: return location
 *
 * Checks everything about a pack: RELAX NG, every question, desk and translation, and that
 * all that is named is there.
 *
 * Returns: TRUE when the pack could be looked at, whatever was found: it is good when
 *   @problems is empty; FALSE with a %WAY_PACK_ERROR when there is no pack, it is too large,
 *   or a zip is not what it was built from
 */
gboolean
way_pack_check (const char *path, GPtrArray *problems, GError **error)
{
  g_autoptr (WayPack) self = NULL;
  WayPackFiles *files;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (problems != NULL, FALSE);

  files = way_pack_files_open (path, error);
  if (files == NULL)
    return FALSE;

  self = way_pack_read (files, NULL, problems);
  check_files (self, problems);
  way_problems_sort (problems);

  return TRUE;
}

/**
 * way_pack_build:
 * @folder: a pack
 * @zip: the file to write
 * @error: return location
 *
 * Checks a pack and writes it as a zip with the SHA-256 of each file. The same folder always
 * gives the same bytes.
 *
 * Returns: whether it is written; %WAY_PACK_ERROR_INVALID names the first problem
 */
gboolean
way_pack_build (const char *folder, const char *zip, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayPackFiles) files = NULL;

  g_return_val_if_fail (folder != NULL, FALSE);
  g_return_val_if_fail (zip != NULL, FALSE);

  if (!way_pack_check (folder, problems, error) || !way_problems_fail (problems, error))
    return FALSE;

  files = way_pack_files_open (folder, error);

  return files != NULL && way_pack_files_write_zip (files, zip, error);
}
