/* way-pack-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-pack-private.h"
#include "content/way-reader.h"

#include <string.h>

static void
capability_free (gpointer data)
{
  WayCapability *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->short_name);
  g_free (self->icon);
  g_free (self->description);
  for (guint i = 0; i < WAY_N_LEVELS; i++)
    g_free (self->descriptors[i]);
  g_free (self);
}

static void
job_free (gpointer data)
{
  WayJob *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->role);
  g_free (self->required);
  g_free (self);
}

static void
role_free (gpointer data)
{
  WayRole *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->required);
  g_free (self);
}

static void
pathway_free (gpointer data)
{
  WayPathway *self = data;

  g_free (self->id);
  g_free (self->title);
  g_free (self->description);
  g_clear_pointer (&self->modules, g_ptr_array_unref);
  g_free (self);
}

static void
baseline_item_free (gpointer data)
{
  WayBaselineItem *self = data;

  g_free (self->id);
  g_free (self->href);
  g_strfreev (self->enemies);
  g_free (self);
}

static void
term_free (gpointer data)
{
  WayTerm *self = data;

  g_free (self->word);
  g_free (self->also);
  g_free (self->meaning);
  g_free (self);
}

static void
pack_item_free (gpointer data)
{
  WayPackItem *self = data;

  g_free (self->id);
  g_free (self->href);
  g_free (self->path);
  g_free (self);
}

static void
report_unknown (WayXml *xml, xmlNode *element)
{
  way_xml_report (xml, element, "<%s> is not known in <%s>", (const char *) element->name,
                  (const char *) element->parent->name);
}

/* An id is for ever and names one question, wherever it is asked. */
static void
add_item (WayPack *self,
          const char *id,
          const char *href,
          const char *path,
          int line,
          GPtrArray *problems)
{
  const WayPackItem *other = g_hash_table_lookup (self->items, id);
  WayPackItem *item;

  if (other != NULL)
    {
      g_autofree char *reason = g_strdup_printf ("item “%s” is already named at %s:%d", id,
                                                 other->path, other->line);

      way_problems_add (problems, path, line, reason);
      return;
    }

  item = g_new0 (WayPackItem, 1);
  item->id = g_strdup (id);
  item->href = g_strdup (href);
  item->path = g_strdup (path);
  item->line = line;
  g_hash_table_insert (self->items, item->id, item);
}

static void
read_levels (WayPack *self, WayXml *xml, xmlNode *section)
{
  for (xmlNode *child = way_xml_first (xml, section); child != NULL;
       child = way_xml_next (xml, child))
    {
      int n;

      if (!way_xml_is (child, "level"))
        {
          report_unknown (xml, child);
          continue;
        }
      n = way_xml_require_int (xml, child, "n", 1, WAY_N_LEVELS);
      if (self->level_names[n - 1] != NULL)
        {
          way_xml_report (xml, child, "level %d is there twice", n);
          continue;
        }
      self->level_names[n - 1] = way_xml_require (xml, child, "name");
    }

  for (guint i = 0; i < WAY_N_LEVELS; i++)
    {
      if (self->level_names[i] != NULL)
        continue;
      way_xml_report (xml, section, "level %u is missing", i + 1);
      self->level_names[i] = g_strdup_printf ("%u", i + 1);
    }
}

static void
read_cuts (WayPack *self, WayXml *xml, xmlNode *section)
{
  int expected = 2;

  for (xmlNode *child = way_xml_first (xml, section); child != NULL;
       child = way_xml_next (xml, child))
    {
      g_autofree char *at = NULL;
      int level;

      if (!way_xml_is (child, "cut"))
        {
          report_unknown (xml, child);
          continue;
        }
      at = way_xml_require (xml, child, "at");
      level = way_xml_require_int (xml, child, "level", 2, WAY_N_LEVELS);
      if (level != expected || expected > WAY_N_LEVELS)
        {
          way_xml_report (xml, child, "the cuts must be for the levels 2, 3 and 4, in that order");
          return;
        }
      self->cuts[level - 2] = way_xml_get_double (xml, child, "at", 0);
      if (level > 2 && self->cuts[level - 2] <= self->cuts[level - 3])
        way_xml_report (xml, child, "the cut for level %d must be above the one for level %d",
                        level, level - 1);
      expected++;
    }

  if (expected <= WAY_N_LEVELS)
    way_xml_report (xml, section, "the cut for level %d is missing", expected);
}

static void
read_capability (WayPack *self, WayXml *xml, xmlNode *element)
{
  WayCapability *capability = g_new0 (WayCapability, 1);

  capability->id = way_xml_require_id (xml, element, "id");
  capability->name = way_xml_require (xml, element, "name");
  capability->short_name = way_xml_require (xml, element, "short");
  capability->icon = way_xml_require (xml, element, "icon");
  if (way_pack_find_capability (self, capability->id) >= 0)
    way_xml_report (xml, element, "capability “%s” is there twice", capability->id);
  g_ptr_array_add (self->capabilities, capability);

  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    {
      if (way_xml_is (child, "description") && capability->description == NULL)
        {
          capability->description = way_xml_dup_text (xml, child);
        }
      else if (way_xml_is (child, "descriptor"))
        {
          int level = way_xml_require_int (xml, child, "level", 1, WAY_N_LEVELS);

          if (capability->descriptors[level - 1] != NULL)
            way_xml_report (xml, child, "the descriptor of level %d is there twice", level);
          else
            capability->descriptors[level - 1] = way_xml_dup_text (xml, child);
        }
      else
        {
          report_unknown (xml, child);
        }
    }

  if (capability->description == NULL)
    {
      way_xml_report (xml, element, "capability “%s” has no description", capability->id);
      capability->description = g_strdup ("");
    }
  for (guint i = 0; i < WAY_N_LEVELS; i++)
    {
      if (capability->descriptors[i] != NULL)
        continue;
      way_xml_report (xml, element, "capability “%s” has no descriptor for level %u",
                      capability->id, i + 1);
      capability->descriptors[i] = g_strdup ("");
    }
}

/* The place of the capability that @element names, or -1 after a report. */
static int
require_capability (WayPack *self, WayXml *xml, xmlNode *element)
{
  g_autofree char *id = way_xml_require (xml, element, "capability");
  int index = way_pack_find_capability (self, id);

  if (index < 0 && id[0] != '\0')
    way_xml_report (xml, element, "capability “%s” is not one of this pack's", id);

  return index;
}

/* One level asked for: of a role, or of a job. */
static void
read_requirement (WayPack *self, WayXml *xml, xmlNode *element, int *required)
{
  int index = require_capability (self, xml, element);

  if (index < 0)
    return;
  if (required[index] != 0)
    way_xml_report (xml, element, "the requirement for this capability is there twice");
  required[index] = way_xml_require_int (xml, element, "level", 1, WAY_N_LEVELS);
}

static void
read_job (WayPack *self, WayXml *xml, xmlNode *element, const WayRole *role)
{
  WayJob *job = g_new0 (WayJob, 1);

  job->id = way_xml_require_id (xml, element, "id");
  job->name = way_xml_require (xml, element, "name");
  job->role = g_strdup (role->id);
  job->required = g_new0 (int, MAX (self->capabilities->len, 1));
  if (way_pack_find_job (self, job->id) != NULL || way_pack_find_job (self, job->name) != NULL)
    way_xml_report (xml, element, "job “%s” is there twice", job->id);
  /* A trust names both in the same place when it changes what they ask for. */
  if (way_pack_find_role (self, job->id) != NULL)
    way_xml_report (xml, element, "job “%s” has the id of a role", job->id);
  g_ptr_array_add (self->jobs, job);

  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    if (way_xml_is (child, "requirement"))
      read_requirement (self, xml, child, job->required);
    else
      report_unknown (xml, child);
}

static void
read_role (WayPack *self, WayXml *xml, xmlNode *element)
{
  WayRole *role = g_new0 (WayRole, 1);

  role->id = way_xml_require_id (xml, element, "id");
  role->name = way_xml_require (xml, element, "name");
  role->required = g_new0 (int, MAX (self->capabilities->len, 1));
  if (way_pack_find_role (self, role->id) != NULL)
    way_xml_report (xml, element, "role “%s” is there twice", role->id);
  g_ptr_array_add (self->roles, role);

  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    {
      if (way_xml_is (child, "job"))
        read_job (self, xml, child, role);
      else if (way_xml_is (child, "requirement"))
        read_requirement (self, xml, child, role->required);
      else
        report_unknown (xml, child);
    }

  for (guint i = 0; i < self->capabilities->len; i++)
    {
      WayCapability *capability = g_ptr_array_index (self->capabilities, i);

      if (role->required[i] == 0)
        way_xml_report (xml, element, "role “%s” has no requirement for capability “%s”", role->id,
                        capability->id);
    }
}

static void
load_module (WayPack *self, WayXml *xml, xmlNode *element)
{
  g_autofree char *href = way_xml_require_path (xml, element, "href");
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (WayModule) module = NULL;
  const char *other;

  /* A missing file is reported with all the other references. */
  if (href[0] == '\0' || !way_pack_files_has (self->files, href))
    return;

  path = way_pack_files_dup_translated (self->files, href, self->asked_language);
  bytes = way_pack_files_load (self->files, path, NULL);
  module = bytes != NULL ? way_module_read (bytes, path, xml->problems, self->references) : NULL;
  if (module == NULL)
    return;

  other = g_hash_table_lookup (self->hrefs, module->id);
  if (other != NULL)
    {
      way_xml_report (xml, element, "module “%s” of %s has the id of %s", module->id, path, other);
      return;
    }
  if (way_pack_find_capability (self, module->capability) < 0)
    way_xml_report (xml, element, "capability “%s” of module “%s” is not one of this pack's",
                    module->capability, module->id);
  for (guint i = 0; i < module->check->len; i++)
    {
      WayCheckItem *item = g_ptr_array_index (module->check, i);

      add_item (self, item->id, item->href, path, 1, xml->problems);
    }
  g_hash_table_insert (self->hrefs, g_strdup (module->id), g_strdup (href));
  g_ptr_array_add (self->modules, g_steal_pointer (&module));
}

static void
read_pathway (WayPack *self, WayXml *xml, xmlNode *element)
{
  WayPathway *pathway = g_new0 (WayPathway, 1);

  pathway->id = way_xml_require_id (xml, element, "id");
  pathway->title = way_xml_require (xml, element, "title");
  pathway->modules = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->pathways->len; i++)
    {
      WayPathway *other = g_ptr_array_index (self->pathways, i);

      if (g_str_equal (other->id, pathway->id))
        way_xml_report (xml, element, "pathway “%s” is there twice", pathway->id);
    }
  g_ptr_array_add (self->pathways, pathway);

  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    {
      if (way_xml_is (child, "description") && pathway->description == NULL)
        {
          pathway->description = way_xml_dup_text (xml, child);
        }
      else if (way_xml_is (child, "module"))
        {
          g_autofree char *ref = way_xml_require (xml, child, "ref");

          if (ref[0] != '\0' && way_pack_find_module (self, ref) == NULL)
            way_xml_report (xml, child, "module “%s” is not one of this pack's", ref);
          if (g_ptr_array_find_with_equal_func (pathway->modules, ref, g_str_equal, NULL))
            way_xml_report (xml, child, "module “%s” is there twice", ref);
          g_ptr_array_add (pathway->modules, g_steal_pointer (&ref));
        }
      else
        {
          report_unknown (xml, child);
        }
    }
  if (pathway->description == NULL)
    pathway->description = g_strdup ("");
}

static void
read_baseline_item (WayPack *self, WayXml *xml, xmlNode *element)
{
  WayBaselineItem *item = g_new0 (WayBaselineItem, 1);
  g_autofree char *enemies = way_xml_get (element, "enemies");
  int index;

  item->id = way_xml_require_id (xml, element, "id");
  item->href = way_xml_require_path (xml, element, "href");
  item->level = way_xml_require_int (xml, element, "level", 1, WAY_N_LEVELS);
  item->is_opener = way_xml_get_boolean (xml, element, "opener", FALSE);
  item->is_new = way_xml_get_boolean (xml, element, "new", FALSE);
  item->raters = way_xml_get_int (xml, element, "raters", 0, 1000, 1);
  item->seconds = way_xml_require_int (xml, element, "seconds", 1, 3600);
  item->share = way_xml_get_double (xml, element, "share", 1);
  if (!(item->share > 0 && item->share <= 1))
    {
      way_xml_report (xml, element, "share must be above 0 and at most 1");
      item->share = 1;
    }
  index = require_capability (self, xml, element);
  item->capability = (guint) MAX (index, 0);
  if (enemies != NULL)
    {
      g_autofree char *folded = way_xml_fold (enemies);

      item->enemies = g_strsplit (folded, " ", -1);
    }
  g_ptr_array_add (self->baseline, item);
  add_item (self, item->id, item->href, xml->path, way_xml_get_line (xml, element), xml->problems);
}

/* Enemies are items too alike to be asked in one sitting: each must exist. */
static void
check_enemies (WayPack *self, WayXml *xml, xmlNode *section)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->baseline->len; i++)
    {
      WayBaselineItem *item = g_ptr_array_index (self->baseline, i);

      g_hash_table_add (ids, item->id);
    }

  for (xmlNode *child = xmlFirstElementChild (section); child != NULL;
       child = xmlNextElementSibling (child))
    {
      g_autofree char *id = way_xml_get (child, "id");
      const WayBaselineItem *item = id != NULL ? way_pack_find_baseline_item (self, id) : NULL;

      for (guint i = 0; item != NULL && item->enemies != NULL && item->enemies[i] != NULL; i++)
        {
          if (!g_hash_table_contains (ids, item->enemies[i]))
            way_xml_report (xml, child, "enemy “%s” of item “%s” is not in the baseline",
                            item->enemies[i], id);
          else if (g_str_equal (item->enemies[i], id))
            way_xml_report (xml, child, "item “%s” is its own enemy", id);
        }
    }
}

static void
add_meaning (WayPack *self, WayXml *xml, xmlNode *element, const char *word, WayTerm *term)
{
  g_autofree char *folded = g_utf8_casefold (word, -1);

  if (g_hash_table_contains (self->meanings, folded))
    way_xml_report (xml, element, "“%s” is explained twice", word);
  else
    g_hash_table_insert (self->meanings, g_steal_pointer (&folded), term);
}

static void
read_term (WayPack *self, WayXml *xml, xmlNode *element)
{
  WayTerm *term = g_new0 (WayTerm, 1);
  g_auto (GStrv) others = NULL;

  term->word = way_xml_require (xml, element, "word");
  term->also = way_xml_get (element, "also");
  term->meaning = way_xml_dup_text (xml, element);
  g_ptr_array_add (self->terms, term);

  add_meaning (self, xml, element, term->word, term);
  others = g_strsplit (term->also != NULL ? term->also : "", ",", -1);
  for (guint i = 0; others[i] != NULL; i++)
    {
      if (*g_strstrip (others[i]) != '\0')
        add_meaning (self, xml, element, others[i], term);
    }
}

typedef void (*ReadEntry) (WayPack *self, WayXml *xml, xmlNode *element);

/* Each section needs those before it, whatever their order in the file. */
static const struct
{
  const char *section;
  const char *entry; /* NULL: read_section */
  ReadEntry read_entry;
  ReadEntry read_section;
  gboolean is_required;
} sections[] = {
  { "levels", NULL, NULL, read_levels, TRUE },
  { "cuts", NULL, NULL, read_cuts, TRUE },
  { "capabilities", "capability", read_capability, NULL, TRUE },
  { "roles", "role", read_role, NULL, FALSE },
  { "modules", "module", load_module, NULL, FALSE },
  { "pathways", "pathway", read_pathway, NULL, FALSE },
  { "baseline", "item", read_baseline_item, check_enemies, FALSE },
  { "glossary", "term", read_term, NULL, FALSE },
};

static void
read_section (WayPack *self, WayXml *xml, xmlNode *root, guint i)
{
  xmlNode *section = NULL;

  for (xmlNode *child = xmlFirstElementChild (root); child != NULL;
       child = xmlNextElementSibling (child))
    {
      if (!way_xml_is (child, sections[i].section))
        continue;
      if (section != NULL)
        way_xml_report (xml, child, "<%s> is there twice", sections[i].section);
      else
        section = child;
    }
  if (section == NULL)
    {
      if (sections[i].is_required)
        way_xml_report (xml, root, "the pack has no <%s>", sections[i].section);
      return;
    }

  if (sections[i].entry != NULL)
    {
      for (xmlNode *child = way_xml_first (xml, section); child != NULL;
           child = way_xml_next (xml, child))
        {
          if (way_xml_is (child, sections[i].entry))
            sections[i].read_entry (self, xml, child);
          else
            report_unknown (xml, child);
        }
    }
  if (sections[i].read_section != NULL)
    sections[i].read_section (self, xml, section);
}

static gboolean
is_section (const xmlNode *element)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      if (way_xml_is (element, sections[i].section))
        return TRUE;
    }

  return FALSE;
}

/**
 * way_pack_read_manifest:
 * @self: an empty pack with its files
 * @bytes: pack.xml
 * @path: what problems call it
 * @problems: of char*, where problems are added
 *
 * Reads the manifest and the modules it names.
 */
void
way_pack_read_manifest (WayPack *self, GBytes *bytes, const char *path, GPtrArray *problems)
{
  g_autoptr (WayXml) xml = NULL;
  xmlNode *root;

  self->capabilities = g_ptr_array_new_with_free_func (capability_free);
  self->roles = g_ptr_array_new_with_free_func (role_free);
  self->jobs = g_ptr_array_new_with_free_func (job_free);
  self->pathways = g_ptr_array_new_with_free_func (pathway_free);
  self->modules = g_ptr_array_new_with_free_func ((GDestroyNotify) way_module_unref);
  self->baseline = g_ptr_array_new_with_free_func (baseline_item_free);
  self->terms = g_ptr_array_new_with_free_func (term_free);
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, pack_item_free);
  self->hrefs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->meanings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  xml = way_xml_new (bytes, path, problems, self->references);
  root = xml != NULL ? way_xml_get_root (xml, WAY_NS_PACK, "pack") : NULL;
  if (root == NULL)
    return;

  self->id = way_xml_require_id (xml, root, "id");
  self->version = way_xml_require_int (xml, root, "version", 1, 100000);
  self->language = way_xml_dup_language (root);
  if (self->language == NULL)
    {
      way_xml_report (xml, root, "<pack> needs the attribute “xml:lang”");
      self->language = g_strdup ("en-GB");
    }

  for (xmlNode *child = way_xml_first (xml, root); child != NULL; child = way_xml_next (xml, child))
    {
      if (way_xml_is (child, "title") && self->title == NULL)
        self->title = way_xml_dup_text (xml, child);
      else if (way_xml_is (child, "licence") && self->licence == NULL)
        self->licence = way_xml_dup_text (xml, child);
      else if (!way_xml_is (child, "licence") && !way_xml_is (child, "owner")
               && !is_section (child))
        report_unknown (xml, child);
    }
  if (self->title == NULL)
    {
      way_xml_report (xml, root, "the pack has no <title>");
      self->title = g_strdup ("");
    }

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    read_section (self, xml, root, i);
}
