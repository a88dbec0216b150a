/* way-qti-import.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-qti-import.h"

#include <string.h>

#include "content/way-pack-files.h"
#include "content/way-pack-write.h"
#include "content/way-reader.h"

/* What pictures, sounds and films may be, by the end of their names. */
static const char *const media_ends[] = { ".svg", ".png",  ".jpg", ".jpeg", ".ogg", ".opus",
                                          ".mp3", ".webm", ".mp4", ".wav",  NULL };

typedef struct
{
  const WayQtiImport *options;
  WayPackFiles *files; /* (owned) */
  GHashTable *made;    /* (owned) char* → GBytes: the files of the new pack */
  GPtrArray *ids;      /* (owned) of char*: the questions taken */
  GPtrArray *report;
  const char *folder; /* of the question at hand, inside the source */
} Importer;

static void
importer_clear (Importer *self)
{
  g_clear_pointer (&self->files, way_pack_files_free);
  g_clear_pointer (&self->made, g_hash_table_unref);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Importer, importer_clear)

static gboolean
is_media (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; media_ends[i] != NULL; i++)
    if (g_str_has_suffix (lower, media_ends[i]))
      return TRUE;

  return FALSE;
}

/* Where @path, as a question names it, lies in the source; NULL outside of it. */
static char *
resolve (const char *folder, const char *path)
{
  g_autofree char *plain = g_uri_unescape_string (path, NULL);
  g_auto (GStrv) parts = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autofree char *whole = NULL;

  if (plain == NULL || strstr (plain, "://") != NULL || plain[0] == '/')
    return NULL;

  whole = folder[0] != '\0' ? g_strconcat (folder, "/", plain, NULL) : g_strdup (plain);
  parts = g_strsplit (whole, "/", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (parts[i][0] == '\0' || g_str_equal (parts[i], "."))
        continue;
      if (!g_str_equal (parts[i], ".."))
        g_ptr_array_add (found, parts[i]);
      else if (found->len > 0)
        g_ptr_array_remove_index (found, found->len - 1);
      else
        return NULL;
    }
  g_ptr_array_add (found, NULL);

  return g_strjoinv ("/", (char **) found->pdata);
}

/* Takes a file that a question names into the new pack. */
static char *
take_file (const char *path, gpointer data)
{
  Importer *self = data;
  g_autofree char *inside = resolve (self->folder, path);
  g_autoptr (GBytes) bytes = NULL;
  char *taken;

  if (inside == NULL || !is_media (inside) || !way_pack_files_has (self->files, inside))
    return NULL;
  bytes = way_pack_files_load (self->files, inside, NULL);
  if (bytes == NULL)
    return NULL;

  /* All lie in one folder; where they came from stays in the name. */
  taken = g_strconcat ("media/", inside, NULL);
  g_strdelimit (taken + strlen ("media/"), "/", '-');
  if (!way_path_is_safe (taken))
    {
      g_free (taken);
      return NULL;
    }
  g_hash_table_replace (self->made, g_strdup (taken), g_steal_pointer (&bytes));

  return taken;
}

static void
add_all (GPtrArray *to, GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (to, g_strdup (g_ptr_array_index (from, i)));
}

/* Reads the question as a pack does; its problems say why it is not one. */
static void
judge (WayXml *xml, xmlNode *root)
{
  g_autoptr (GPtrArray) notes = g_steal_pointer (&xml->notes);
  g_autoptr (WayItem) item = way_item_read_tree (xml, root);

  if (item->processing == NULL)
    way_xml_report (xml, root, "it has no response processing, and no score");
  if (item->is_adaptive)
    way_xml_report (xml, root, WAY_ITEM_NOT_ONCE);
  xml->notes = g_steal_pointer (&notes);
}

/* One file of XML: taken, left with its reasons, or no question at all. */
static gboolean
import_file (Importer *self, const char *path, guint *n_left)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes) source = way_pack_files_load (self->files, path, NULL);
  g_autoptr (WayXml) xml = source != NULL ? way_xml_new (source, path, problems, NULL) : NULL;
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *id = NULL;
  g_autofree char *file = NULL;
  xmlNode *root = NULL;

  if (xml != NULL)
    {
      xmlNode *top = xmlDocGetRootElement (xml->doc);

      if (!way_xml_is (top, "qti-assessment-item") && !way_xml_is (top, "assessmentItem"))
        {
          if (!way_xml_is (top, "manifest"))
            {
              g_autofree char *reason = g_strdup_printf ("<%s> is not a question, and not taken",
                                                         (const char *) top->name);

              way_problems_add (self->report, path, 1, reason);
            }
          return FALSE;
        }
      self->folder = g_str_equal (folder, ".") ? "" : folder;
      xml->notes = g_ptr_array_ref (notes);
      root = way_qti_adapt (xml, take_file, self);
    }
  if (root != NULL)
    {
      id = way_xml_require_id (xml, root, "identifier");
      judge (xml, root);
      bytes = way_xml_dup_bytes (xml);
      if (problems->len == 0)
        file = g_strconcat ("baseline/", id, ".xml", NULL);
    }
  if (file != NULL && g_hash_table_contains (self->made, file))
    way_problems_add (problems, path, 1, "there is another question of this identifier");

  add_all (self->report, notes);
  if (problems->len > 0 || file == NULL)
    {
      add_all (self->report, problems);
      way_problems_add (self->report, path, 1, "the question is not taken");
      (*n_left)++;
      return FALSE;
    }

  g_hash_table_replace (self->made, g_steal_pointer (&file), g_steal_pointer (&bytes));
  g_ptr_array_add (self->ids, g_steal_pointer (&id));

  return TRUE;
}

/* pack.xml: the framework as it stands, and the questions. */
static GBytes *
write_pack (Importer *self, const char *name, GError **error)
{
  g_autofree char *id = g_strcanon (g_strdup (name), G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS, '-');
  /* Whose the questions are is for whoever publishes them to say. */
  const WayPackHead head = { g_ascii_isalpha (id[0]) ? id : "imported", name, "unknown",
                             "unknown" };
  g_autoptr (WayXml) xml = way_pack_copy_framework (self->options->framework, &head, error);
  xmlNode *root;
  xmlNode *baseline;

  if (xml == NULL)
    return NULL;
  root = xmlDocGetRootElement (xml->doc);
  baseline = xmlNewTextChild (root, root->ns, (const xmlChar *) "baseline", NULL);
  for (guint i = 0; i < self->ids->len; i++)
    {
      const char *item = g_ptr_array_index (self->ids, i);
      xmlNode *element = xmlNewTextChild (baseline, root->ns, (const xmlChar *) "item", NULL);
      g_autofree char *href = g_strconcat ("baseline/", item, ".xml", NULL);
      g_autofree char *level = g_strdup_printf ("%d", self->options->level);
      g_autofree char *seconds = g_strdup_printf ("%d", self->options->seconds);

      xmlSetProp (element, (const xmlChar *) "href", (const xmlChar *) href);
      xmlSetProp (element, (const xmlChar *) "id", (const xmlChar *) item);
      xmlSetProp (element, (const xmlChar *) "capability",
                  (const xmlChar *) self->options->capability);
      xmlSetProp (element, (const xmlChar *) "level", (const xmlChar *) level);
      /* Nobody has said how hard it is: it rides along unscored until somebody knows. */
      xmlSetProp (element, (const xmlChar *) "new", (const xmlChar *) "1");
      xmlSetProp (element, (const xmlChar *) "raters", (const xmlChar *) "0");
      xmlSetProp (element, (const xmlChar *) "seconds", (const xmlChar *) seconds);
    }

  return way_xml_dup_bytes (xml);
}

/**
 * way_qti_import:
 * @source: a folder or a zip with questions of QTI 3, 2.2, 2.1 or 2.0
 * @out: the pack to make, a folder or *.zip; must not be there
 * @options: how the questions stand in it
 * @report: of char*, where everything is named that was not taken or was changed, as
 *   file:line: reason
 * @n_taken: (out): questions that are in the pack
 * @n_left: (out): questions that are not
 * @error: %WAY_PACK_ERROR or %G_FILE_ERROR
 *
 * Makes a pack of somebody else's questions. A question that cannot be shown and scored as
 * it was meant is left, and the report says why; nothing is left out in silence.
 *
 * Returns: whether the pack was made; nothing half-made is left
 */
gboolean
way_qti_import (const char *source,
                const char *out,
                const WayQtiImport *options,
                GPtrArray *report,
                guint *n_taken,
                guint *n_left,
                GError **error)
{
  g_auto (Importer) self = { 0 };
  g_autoptr (GPtrArray) paths = NULL;
  g_autofree char *name = NULL;
  GBytes *pack;

  g_return_val_if_fail (source != NULL && out != NULL && options != NULL, FALSE);
  g_return_val_if_fail (report != NULL && n_taken != NULL && n_left != NULL, FALSE);

  *n_taken = 0;
  *n_left = 0;
  if (g_file_test (out, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST, "there is already something at “%s”",
                   out);
      return FALSE;
    }

  self.options = options;
  self.report = report;
  self.files = way_pack_files_open_foreign (source, report, error);
  if (self.files == NULL)
    return FALSE;
  self.made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                     (GDestroyNotify) g_bytes_unref);
  self.ids = g_ptr_array_new_with_free_func (g_free);
  paths = way_pack_files_list (self.files);
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);

      if (g_str_has_suffix (path, ".xml") && import_file (&self, path, n_left))
        (*n_taken)++;
    }
  if (*n_taken == 0)
    {
      g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID,
                   "%s: there is no question in it that can be taken", source);
      return FALSE;
    }

  name = g_path_get_basename (out);
  if (g_str_has_suffix (name, ".zip"))
    name[strlen (name) - strlen (".zip")] = '\0';
  pack = write_pack (&self, name, error);
  if (pack == NULL)
    return FALSE;
  g_hash_table_replace (self.made, g_strdup ("pack.xml"), pack);

  return way_pack_write_out (self.made, out, error);
}
