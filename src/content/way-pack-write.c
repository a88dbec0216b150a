/* way-pack-write.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-pack-write.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "content/way-folder.h"
#include "content/way-pack-files.h"
#include "content/way-reader.h"

static void
set_text (xmlNode *element, const char *text)
{
  xmlNodeSetContent (element, NULL);
  xmlAddChild (element, xmlNewDocText (element->doc, (const xmlChar *) text));
}

static void
drop (xmlNode *node)
{
  xmlUnlinkNode (node);
  xmlFreeNode (node);
}

/**
 * way_pack_copy_framework:
 * @framework: a pack whose levels, cuts, capabilities and roles the new one has
 * @head: what the new one says of itself
 * @error: %WAY_PACK_ERROR
 *
 * Returns: (transfer full) (nullable): the pack.xml of a pack with nothing to learn in it yet
 */
WayXml *
way_pack_copy_framework (const char *framework, const WayPackHead *head, GError **error)
{
  static const char *const left_out[] = { "modules", "pathways", "baseline", "glossary", NULL };
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayPackFiles) files = way_pack_files_open (framework, error);
  g_autoptr (GBytes) bytes = files != NULL ? way_pack_files_load (files, "pack.xml", error) : NULL;
  g_autoptr (WayXml) xml = NULL;
  xmlNode *root;

  if (bytes == NULL)
    return NULL;
  xml = way_xml_new (bytes, "pack.xml", problems, NULL);
  root = xml != NULL ? way_xml_get_root (xml, WAY_NS_PACK, "pack") : NULL;
  if (!way_problems_fail (problems, error))
    return NULL;

  for (xmlNode *child = root->children; child != NULL;)
    {
      xmlNode *next = child->next;

      if (child->type == XML_ELEMENT_NODE && g_strv_contains (left_out, (const char *) child->name))
        {
          /* With the blank before it, which would stand there as an empty line. */
          if (child->prev != NULL && xmlIsBlankNode (child->prev))
            drop (child->prev);
          drop (child);
        }
      else if (child->type == XML_ELEMENT_NODE && way_xml_is (child, "title"))
        set_text (child, head->title);
      else if (child->type == XML_ELEMENT_NODE && way_xml_is (child, "owner"))
        set_text (child, head->owner);
      else if (child->type == XML_ELEMENT_NODE && way_xml_is (child, "licence"))
        set_text (child, head->licence);
      child = next;
    }
  xmlSetProp (root, (const xmlChar *) "id", (const xmlChar *) head->id);
  xmlSetProp (root, (const xmlChar *) "version", (const xmlChar *) "1");

  return g_steal_pointer (&xml);
}

/**
 * way_xml_dup_bytes:
 * @xml: a file, changed or not
 *
 * Returns: (transfer full): the file as it is written
 */
GBytes *
way_xml_dup_bytes (WayXml *xml)
{
  xmlChar *text = NULL;
  int length = 0;
  GBytes *bytes;

  xmlDocDumpMemoryEnc (xml->doc, &text, &length, "UTF-8");
  bytes = g_bytes_new (text, (gsize) length);
  xmlFree (text);

  return bytes;
}

static gboolean
make_folder (const char *path, GError **error)
{
  int code;

  if (g_mkdir_with_parents (path, 0755) == 0)
    return TRUE;
  code = errno;
  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (code), "%s cannot be made: %s",
               path, g_strerror (code));

  return FALSE;
}

/**
 * way_pack_write_files:
 * @made: (element-type utf8 GBytes): paths inside the pack and what lies there
 * @folder: of the pack; made where it is not there
 * @error: %G_FILE_ERROR
 *
 * Writes files; what is there is replaced.
 *
 * Returns: whether all are written
 */
gboolean
way_pack_write_files (GHashTable *made, const char *folder, GError **error)
{
  GHashTableIter iter;
  gpointer path;
  gpointer bytes;

  g_hash_table_iter_init (&iter, made);
  while (g_hash_table_iter_next (&iter, &path, &bytes))
    {
      g_autofree char *file = g_build_filename (folder, path, NULL);
      g_autofree char *above = g_path_get_dirname (file);
      gsize size;
      const char *data = g_bytes_get_data (bytes, &size);

      if (!make_folder (above, error) || !g_file_set_contents (file, data, (gssize) size, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * way_pack_write_out:
 * @made: (element-type utf8 GBytes): paths inside the pack and what lies there
 * @out: the pack to make, a folder or *.zip; must not be there
 * @error: %G_FILE_ERROR, %WAY_PACK_ERROR
 *
 * Makes a pack: all of it is there, or nothing.
 *
 * Returns: whether it is made
 */
gboolean
way_pack_write_out (GHashTable *made, const char *out, GError **error)
{
  g_autofree char *folder = g_strconcat (out, ".XXXXXX", NULL);
  gboolean is_done;

  if (g_mkdtemp_full (folder, 0755) == NULL)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s cannot be made", out);
      return FALSE;
    }
  is_done = way_pack_write_files (made, folder, error);
  if (is_done && g_str_has_suffix (out, ".zip"))
    is_done = way_pack_build (folder, out, error);
  else if (is_done && g_rename (folder, out) != 0)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s cannot be made", out);
      is_done = FALSE;
    }
  way_folder_remove (folder);

  return is_done;
}
