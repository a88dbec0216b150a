/* way-pack-new.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-pack-new.h"

#include <glib/gstdio.h>
#include <string.h>

#include "content/way-pack-files.h"
#include "content/way-pack-write.h"
#include "content/way-reader.h"

#include "way-content-resources.h"

#define TEMPLATES "/io/github/waymark_skills/Waymark/new/"
#define MAX_ID 32
#define N_QUESTIONS 8
#define FIRST_TITLE "Say what it is about in 5 words"
/* The hard word of the template, and what it means. */
#define TERM "hard word"
#define MEANING "A word that some people at work do not know."

/**
 * way_pack_is_new_id:
 * @id: what somebody would call a pack or a module
 *
 * An id is for ever, and names files.
 *
 * Returns: whether it can be one: a letter, then up to 31 letters, digits, hyphens or full stops
 */
gboolean
way_pack_is_new_id (const char *id)
{
  g_return_val_if_fail (id != NULL, FALSE);

  if (!g_ascii_isalpha (id[0]) || strlen (id) > MAX_ID || strstr (id, "..") != NULL
      || g_str_has_suffix (id, "."))
    return FALSE;
  for (const char *c = id; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '-' && *c != '.')
      return FALSE;

  return TRUE;
}

/* The words that stand for something in a template; NULL for any other. */
static char *
dup_value (const WayPackNew *what, const char *name, gsize length)
{
  const char *const values[][2] = {
    { "CAPABILITY", what->capability },
    { "ID", what->module },
    { "OWNER", what->owner },
    { "REVIEW", what->review },
    { "TITLE", what->module_title != NULL ? what->module_title : FIRST_TITLE },
    { "TODAY", what->today },
  };

  if (length == strlen ("LEVEL") && strncmp (name, "LEVEL", length) == 0)
    return g_strdup_printf ("%d", what->level);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (strlen (values[i][0]) == length && strncmp (values[i][0], name, length) == 0)
      return g_markup_escape_text (values[i][1], -1);

  return NULL;
}

static GBytes *
fill (const char *template, const WayPackNew *what)
{
  GString *text = g_string_new (NULL);

  for (const char *c = template; *c != '\0';)
    {
      const char *end = *c == '@' ? strchr (c + 1, '@') : NULL;
      g_autofree char *value = end != NULL ? dup_value (what, c + 1, (gsize) (end - c) - 1) : NULL;

      if (value != NULL)
        {
          g_string_append (text, value);
          c = end + 1;
        }
      else
        g_string_append_c (text, *c++);
    }

  return g_string_free_to_bytes (text);
}

static void
add_file (GHashTable *made, const WayPackNew *what, const char *template, char *path)
{
  g_autofree char *name = g_strconcat (TEMPLATES, template, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (way_content_get_resource (), name, 0, NULL);
  g_autofree char *text = NULL;

  g_assert (bytes != NULL); /* it is part of the program */
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_hash_table_replace (made, path, fill (text, what));
}

/* Everything of a module but its line in pack.xml. */
static GHashTable *
make_module (const WayPackNew *what)
{
  GHashTable *made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) g_bytes_unref);

  add_file (made, what, "module.xml", g_strdup_printf ("modules/%s/module.xml", what->module));
  add_file (made, what, "desk.xml", g_strdup_printf ("desks/%s-order.xml", what->module));
  add_file (made, what, "card.svg", g_strdup_printf ("media/%s-card.svg", what->module));
  for (guint i = 1; i <= N_QUESTIONS; i++)
    {
      g_autofree char *template = g_strdup_printf ("items/q%02u.xml", i);

      add_file (made, what, template,
                g_strdup_printf ("modules/%s/items/%s-q%02u.xml", what->module, what->module, i));
    }

  return made;
}

/* One more element at the end of a section, on a line of its own. */
static xmlNode *
add_line (xmlNode *section, const char *name, const char *indent)
{
  xmlNode *element = xmlNewDocNode (section->doc, section->ns, (const xmlChar *) name, NULL);
  g_autofree char *before = g_strconcat ("\n", indent, "  ", NULL);
  g_autofree char *after = g_strconcat ("\n", indent, NULL);

  if (section->last != NULL && xmlIsBlankNode (section->last))
    xmlNodeSetContent (section->last, (const xmlChar *) before);
  else
    xmlAddChild (section, xmlNewDocText (section->doc, (const xmlChar *) before));
  xmlAddChild (section, element);
  xmlAddChild (section, xmlNewDocText (section->doc, (const xmlChar *) after));

  return element;
}

/* A section of pack.xml, made where it belongs when it is not there. */
static xmlNode *
need_section (xmlNode *root, const char *name)
{
  static const char *const order[] = { "modules", "pathways", "baseline", "glossary" };
  gboolean is_later = FALSE;
  xmlNode *next = NULL;
  xmlNode *section;

  for (guint i = 0; i < G_N_ELEMENTS (order) && next == NULL; i++)
    {
      if (g_str_equal (order[i], name))
        is_later = TRUE;
      for (xmlNode *child = xmlFirstElementChild (root); is_later && child != NULL && next == NULL;
           child = xmlNextElementSibling (child))
        if (way_xml_is (child, order[i]))
          next = child;
    }
  if (next != NULL && way_xml_is (next, name))
    return next;
  if (next == NULL)
    return add_line (root, name, "");

  section = xmlNewDocNode (root->doc, root->ns, (const xmlChar *) name, NULL);
  xmlAddPrevSibling (next, section);
  xmlAddPrevSibling (next, xmlNewDocText (root->doc, (const xmlChar *) "\n  "));

  return section;
}

static gboolean
has_term (xmlNode *glossary)
{
  for (xmlNode *child = xmlFirstElementChild (glossary); child != NULL;
       child = xmlNextElementSibling (child))
    {
      g_autofree char *word = way_xml_get (child, "word");
      g_autofree char *also = way_xml_get (child, "also");

      if (g_strcmp0 (word, TERM) == 0 || g_strcmp0 (also, TERM) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
name_module (WayXml *xml, const WayPackNew *what)
{
  xmlNode *root = xmlDocGetRootElement (xml->doc);
  g_autofree char *href = g_strdup_printf ("modules/%s/module.xml", what->module);
  xmlNode *glossary;
  xmlNode *element;

  element = add_line (need_section (root, "modules"), "module", "  ");
  xmlSetProp (element, (const xmlChar *) "href", (const xmlChar *) href);
  glossary = need_section (root, "glossary");
  if (has_term (glossary))
    return;
  element = add_line (glossary, "term", "  ");
  xmlSetProp (element, (const xmlChar *) "word", (const xmlChar *) TERM);
  xmlNodeSetContent (element, (const xmlChar *) MEANING);
}

/* Who learns it, and in which order. */
static void
add_pathway (WayXml *xml, const WayPackNew *what)
{
  xmlNode *root = xmlDocGetRootElement (xml->doc);
  xmlNode *pathway = add_line (need_section (root, "pathways"), "pathway", "  ");
  xmlNode *element;

  xmlSetProp (pathway, (const xmlChar *) "id", (const xmlChar *) "everyone");
  xmlSetProp (pathway, (const xmlChar *) "title", (const xmlChar *) "Everyone");
  element = add_line (pathway, "description", "    ");
  xmlNodeSetContent (element, (const xmlChar *) "Say who should learn these modules.");
  element = add_line (pathway, "module", "    ");
  xmlSetProp (element, (const xmlChar *) "ref", (const xmlChar *) what->module);
}

static gboolean
check_what (WayPack *pack, const WayPackNew *what, GError **error)
{
  if (!way_pack_is_new_id (what->module))
    g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID,
                 "“%s” cannot be the id of a module: it is a letter, then up to %d letters, "
                 "digits, hyphens or full stops",
                 what->module, MAX_ID - 1);
  else if (way_pack_find_capability (pack, what->capability) < 0)
    g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_NOT_FOUND, "there is no capability “%s”",
                 what->capability);
  else
    return TRUE;

  return FALSE;
}

/**
 * way_pack_new:
 * @framework: a pack whose levels, cuts, capabilities and roles the new one has
 * @folder: where to make it; must not be there, or be empty
 * @what: what its author knows already
 * @error: %WAY_PACK_ERROR, %G_FILE_ERROR
 *
 * Makes a pack of one module whose texts say what to write in their place, and that has
 * nothing wrong.
 *
 * Returns: whether it is made; else nothing is
 */
gboolean
way_pack_new (const char *framework, const char *folder, const WayPackNew *what, GError **error)
{
  const WayPackHead head = { what->id, what->title, what->owner,
                             "Say how others may use it, such as CC-BY-4.0" };
  g_autoptr (WayPack) pack = NULL;
  g_autoptr (WayXml) xml = NULL;
  g_autoptr (GHashTable) made = NULL;

  g_return_val_if_fail (framework != NULL && folder != NULL && what != NULL, FALSE);

  if (!way_pack_is_new_id (what->id))
    {
      g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID,
                   "“%s” cannot be the id of a pack: it is a letter, then up to %d letters, "
                   "digits, hyphens or full stops",
                   what->id, MAX_ID - 1);
      return FALSE;
    }
  pack = way_pack_open (framework, NULL, error);
  if (pack == NULL || !check_what (pack, what, error))
    return FALSE;
  xml = way_pack_copy_framework (framework, &head, error);
  if (xml == NULL)
    return FALSE;
  name_module (xml, what);
  add_pathway (xml, what);
  made = make_module (what);
  g_hash_table_replace (made, g_strdup ("pack.xml"), way_xml_dup_bytes (xml));

  return way_pack_write_out (made, folder, error);
}

/* What is half there is taken away; what was there before is not in @made. */
static void
take_back (GHashTable *made, const char *folder, const char *module)
{
  static const char *const folders[] = { "modules/%s/items", "modules/%s" };
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, made);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    {
      g_autofree char *file = g_build_filename (folder, path, NULL);

      g_unlink (file);
    }
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_auto (GStrv) parts = g_strsplit (folders[i], "%s", 2);
      g_autofree char *name = g_strconcat (parts[0], module, parts[1], NULL);
      g_autofree char *inside = g_build_filename (folder, name, NULL);

      g_rmdir (inside);
    }
}

static gboolean
check_nothing_there (GHashTable *made, const char *folder, GError **error)
{
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, made);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    {
      g_autofree char *file = g_build_filename (folder, path, NULL);

      if (!g_file_test (file, G_FILE_TEST_EXISTS) && !g_file_test (file, G_FILE_TEST_IS_SYMLINK))
        continue;
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST, "there is already something at “%s”",
                   file);
      return FALSE;
    }

  return TRUE;
}

/**
 * way_pack_new_module:
 * @folder: a pack that can be read
 * @what: of the module; what is said of the pack is not used
 * @error: %WAY_PACK_ERROR, %G_FILE_ERROR
 *
 * Adds a module to a pack, as way_pack_new() makes one, and its line to pack.xml.
 *
 * Returns: whether it is there; else nothing is changed
 */
gboolean
way_pack_new_module (const char *folder, const WayPackNew *what, GError **error)
{
  g_autoptr (WayPack) pack = NULL;
  g_autoptr (WayPackFiles) files = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) changed = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayXml) xml = NULL;
  g_autoptr (GHashTable) made = NULL;
  g_autofree char *manifest = NULL;

  g_return_val_if_fail (folder != NULL && what != NULL, FALSE);

  pack = way_pack_open (folder, NULL, error);
  if (pack == NULL || !check_what (pack, what, error))
    return FALSE;
  if (way_pack_find_module (pack, what->module) != NULL)
    {
      g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID, "there is already a module “%s”",
                   what->module);
      return FALSE;
    }
  made = make_module (what);
  if (!check_nothing_there (made, folder, error))
    return FALSE;
  files = way_pack_files_open (folder, error);
  bytes = files != NULL ? way_pack_files_load (files, "pack.xml", error) : NULL;
  if (bytes == NULL)
    return FALSE;
  xml = way_xml_new (bytes, "pack.xml", problems, NULL);
  if (xml == NULL)
    return way_problems_fail (problems, error);
  name_module (xml, what);

  /* pack.xml comes last: until then nobody sees the rest. */
  changed = way_xml_dup_bytes (xml);
  manifest = g_build_filename (folder, "pack.xml", NULL);
  if (way_pack_write_files (made, folder, error)
      && g_file_set_contents (manifest, g_bytes_get_data (changed, NULL),
                              (gssize) g_bytes_get_size (changed), error))
    return TRUE;
  take_back (made, folder, what->module);

  return FALSE;
}
