/* way-desk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-desk.h"

#include "content/way-reader.h"

G_DEFINE_BOXED_TYPE (WayDesk, way_desk, way_desk_ref, way_desk_unref)

static void
record_free (gpointer data)
{
  WayDeskRecord *self = data;

  g_free (self->id);
  g_free (self->type);
  g_free (self->group);
  g_clear_pointer (&self->fields, g_hash_table_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->content, way_node_free);
  g_free (self);
}

static void
test_free (gpointer data)
{
  WayDeskTest *self = data;

  g_free (self->name);
  g_clear_pointer (&self->attributes, g_hash_table_unref);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}

static void
rule_free (gpointer data)
{
  WayDeskRule *self = data;

  g_free (self->id);
  g_free (self->outcome);
  g_free (self->each);
  g_clear_pointer (&self->test, test_free);
  g_clear_pointer (&self->held, way_node_free);
  g_clear_pointer (&self->missed, way_node_free);
  g_clear_pointer (&self->careful, way_node_free);
  g_free (self);
}

/* All plain attributes of @element but those that have a place of their own. */
static void
read_fields (GHashTable *fields, xmlNode *element, const char *const *except)
{
  for (xmlAttr *attribute = element->properties; attribute != NULL; attribute = attribute->next)
    {
      const char *name = (const char *) attribute->name;

      if (attribute->ns == NULL && !g_strv_contains (except, name))
        g_hash_table_insert (fields, g_strdup (name), way_xml_get (element, name));
    }
}

static void
read_named_field (WayXml *xml, WayDeskRecord *self, xmlNode *element)
{
  g_autofree char *name = way_xml_require_id (xml, element, "name");
  g_autofree char *text = way_xml_dup_text (xml, element);

  if (g_hash_table_contains (self->fields, name))
    way_xml_report (xml, element, "field “%s” is there twice", name);
  g_hash_table_insert (self->fields, g_steal_pointer (&name), g_steal_pointer (&text));
}

/* A record, or a part of one: only records must have an id. */
static WayDeskRecord *
read_record (WayXml *xml, xmlNode *element, gboolean is_part)
{
  static const char *const placed[] = { "id", "group", NULL };
  WayDeskRecord *self = g_new0 (WayDeskRecord, 1);

  self->type = g_strdup ((const char *) element->name);
  self->line = way_xml_get_line (xml, element);
  self->group = way_xml_get (element, "group");
  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->parts = g_ptr_array_new_with_free_func (record_free);
  if (!is_part || xmlHasNsProp (element, (const xmlChar *) "id", NULL) != NULL)
    self->id = way_xml_require_id (xml, element, "id");
  read_fields (self->fields, element, placed);

  /* A part that is only text, such as a line of an address, keeps it as the field "text". */
  if (xmlFirstElementChild (element) == NULL)
    {
      xmlChar *text = xmlNodeGetContent (element);
      g_autofree char *folded = way_xml_fold ((const char *) text);

      xmlFree (text);
      if (folded[0] != '\0')
        g_hash_table_insert (self->fields, g_strdup ("text"), g_steal_pointer (&folded));
      return self;
    }

  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    {
      if (way_xml_is (child, "content") && self->content == NULL)
        self->content = way_flow_read (xml, child, NULL, NULL);
      else if (way_xml_is (child, "content"))
        way_xml_report (xml, child, "<content> is there twice");
      else if (way_xml_is (child, "field"))
        read_named_field (xml, self, child);
      else
        g_ptr_array_add (self->parts, read_record (xml, child, TRUE));
    }

  return self;
}

static const WayDeskRecord *
find_record (const WayDesk *self, const char *id)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (self->records, i);

      if (g_strcmp0 (record->id, id) == 0)
        return record;
    }

  return NULL;
}

static guint
count_group (const WayDesk *self, const char *group)
{
  guint n = 0;

  for (guint i = 0; i < self->records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (self->records, i);

      if (g_strcmp0 (record->group, group) == 0)
        n++;
    }

  return n;
}

static void
read_records (WayXml *xml, WayDesk *self, xmlNode *element)
{
  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    {
      WayDeskRecord *record = read_record (xml, child, FALSE);

      if (find_record (self, record->id) != NULL)
        way_xml_report (xml, child, "record “%s” is there twice", record->id);
      g_ptr_array_add (self->records, record);
    }
  if (self->records->len == 0)
    way_xml_report (xml, element, "<records> is empty");
}

static WayDeskTest *
read_test (WayXml *xml, xmlNode *element)
{
  static const char *const none[] = { NULL };
  WayDeskTest *self = g_new0 (WayDeskTest, 1);
  guint n;

  self->name = g_strdup ((const char *) element->name);
  self->line = way_xml_get_line (xml, element);
  self->attributes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->children = g_ptr_array_new_with_free_func (test_free);
  read_fields (self->attributes, element, none);
  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    g_ptr_array_add (self->children, read_test (xml, child));

  n = self->children->len;
  if ((way_xml_is (element, "all") || way_xml_is (element, "any")) && n == 0)
    way_xml_report (xml, element, "<%s> holds no test", self->name);
  if (way_xml_is (element, "not") && n != 1)
    way_xml_report (xml, element, "<not> must hold one test");

  return self;
}

static WayDeskTest *
read_when (WayXml *xml, xmlNode *element)
{
  xmlNode *test = way_xml_first (xml, element);

  if (test == NULL || way_xml_next (xml, test) != NULL)
    {
      way_xml_report (xml, element, "<when> must hold one test");
      return NULL;
    }

  return read_test (xml, test);
}

/* A rule can be for the records of several groups, named with spaces between. */
static void
check_groups (WayXml *xml, const WayDesk *self, xmlNode *element, const char *each)
{
  g_auto (GStrv) groups = g_strsplit (each, " ", -1);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      if (count_group (self, groups[i]) == 0)
        way_xml_report (xml, element, "no record is of the group “%s”", groups[i]);
    }
}

static void
read_rule (WayXml *xml, WayDesk *self, xmlNode *element)
{
  WayDeskRule *rule = g_new0 (WayDeskRule, 1);

  rule->id = way_xml_require_id (xml, element, "id");
  rule->line = way_xml_get_line (xml, element);
  rule->outcome = way_xml_get (element, "outcome");
  rule->each = way_xml_get (element, "each");
  rule->points = way_xml_get_int (xml, element, "points", 0, 1000, 1);
  for (guint i = 0; i < self->rules->len; i++)
    {
      WayDeskRule *other = g_ptr_array_index (self->rules, i);

      if (g_str_equal (other->id, rule->id))
        way_xml_report (xml, element, "rule “%s” is there twice", rule->id);
    }
  g_ptr_array_add (self->rules, rule);

  if (rule->outcome != NULL)
    way_xml_refer (xml, element, WAY_REFERENCE_OUTCOME, rule->outcome);
  if (rule->each != NULL)
    check_groups (xml, self, element, rule->each);

  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    {
      if (way_xml_is (child, "when") && rule->test == NULL)
        rule->test = read_when (xml, child);
      else if (way_xml_is (child, "held") && rule->held == NULL)
        rule->held = way_flow_read (xml, child, NULL, NULL);
      else if (way_xml_is (child, "missed") && rule->missed == NULL)
        rule->missed = way_flow_read (xml, child, NULL, NULL);
      else if (way_xml_is (child, "careful") && rule->careful == NULL)
        rule->careful = way_flow_read (xml, child, NULL, NULL);
      else
        way_xml_report (xml, child, "<%s> is not known here, or is there twice",
                        (const char *) child->name);
    }

  if (rule->test == NULL)
    way_xml_report (xml, element, "rule “%s” has no test", rule->id);
  if (rule->held == NULL || rule->missed == NULL)
    way_xml_report (xml, element, "rule “%s” needs <held> and <missed>", rule->id);
  if (rule->held == NULL)
    rule->held = way_node_new (WAY_NODE_FLOW);
  if (rule->missed == NULL)
    rule->missed = way_node_new (WAY_NODE_FLOW);
  if (rule->careful == NULL)
    rule->careful = way_node_new (WAY_NODE_FLOW);
}

static void
read_rules (WayXml *xml, WayDesk *self, xmlNode *element)
{
  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    {
      if (way_xml_is (child, "rule"))
        read_rule (xml, self, child);
      else
        way_xml_report (xml, child, "<%s> is not known in <rules>", (const char *) child->name);
    }
  if (self->rules->len == 0)
    way_xml_report (xml, element, "<rules> is empty");
}

static void
read_draw (WayXml *xml, WayDesk *self, xmlNode *element)
{
  g_autofree char *group = way_xml_require (xml, element, "group");
  int n = way_xml_require_int (xml, element, "n", 0, 1000);

  if (g_hash_table_contains (self->draws, group))
    way_xml_report (xml, element, "group “%s” is drawn twice", group);
  if (count_group (self, group) < (guint) n)
    way_xml_report (xml, element, "%d of group “%s” are to be drawn and there are %u", n, group,
                    count_group (self, group));
  g_hash_table_insert (self->draws, g_steal_pointer (&group), GINT_TO_POINTER (n));
}

/* The sections in the order in which each needs the one before. */
static void
read_sections (WayXml *xml, WayDesk *self, xmlNode *root)
{
  xmlNode *records = NULL;
  xmlNode *rules = NULL;

  for (xmlNode *child = way_xml_first (xml, root); child != NULL; child = way_xml_next (xml, child))
    {
      if (way_xml_is (child, "title") && self->title == NULL)
        self->title = way_xml_dup_text (xml, child);
      else if (way_xml_is (child, "task") && self->task == NULL)
        self->task = way_flow_read (xml, child, NULL, NULL);
      else if (way_xml_is (child, "records") && records == NULL)
        records = child;
      else if (way_xml_is (child, "rules") && rules == NULL)
        rules = child;
      else if (!way_xml_is (child, "draw"))
        way_xml_report (xml, child, "<%s> is not known here, or is there twice",
                        (const char *) child->name);
    }

  if (records != NULL)
    read_records (xml, self, records);
  for (xmlNode *child = xmlFirstElementChild (root); child != NULL;
       child = xmlNextElementSibling (child))
    {
      if (way_xml_is (child, "draw"))
        read_draw (xml, self, child);
    }
  if (rules != NULL)
    read_rules (xml, self, rules);

  if (self->title == NULL || self->task == NULL || records == NULL || rules == NULL)
    way_xml_report (xml, root, "a desk needs <title>, <task>, <records> and <rules>");
  if (self->title == NULL)
    self->title = g_strdup ("");
  if (self->task == NULL)
    self->task = way_node_new (WAY_NODE_FLOW);
}

/* Several stand on one desk when their names stand there with spaces between. */
static char **
read_apps (WayXml *xml, xmlNode *root)
{
  g_autofree char *text = way_xml_require (xml, root, "app");
  g_auto (GStrv) names = g_strsplit (text, " ", -1);
  g_autoptr (GPtrArray) apps = g_ptr_array_new_null_terminated (2, g_free, TRUE);

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (names[i][0] == '\0')
        continue;
      if (g_ptr_array_find_with_equal_func (apps, names[i], g_str_equal, NULL))
        way_xml_report (xml, root, "the app “%s” is named twice", names[i]);
      else
        g_ptr_array_add (apps, g_strdup (names[i]));
    }
  if (apps->len == 0)
    way_xml_report (xml, root, "“app” names no app");

  return (char **) g_ptr_array_free (g_steal_pointer (&apps), FALSE);
}

/**
 * way_desk_read:
 * @bytes: the file
 * @path: what problems call it
 * @problems: of char*, where problems are added
 * @references: (nullable): of WayReference, where the outcomes and files it names are added
 *
 * Reads a practice desk. What the records are and what the tests mean is for the practice
 * room; here they are any elements.
 *
 * Returns: (transfer full) (nullable): the desk, incomplete where @problems says so, or NULL
 */
WayDesk *
way_desk_read (GBytes *bytes, const char *path, GPtrArray *problems, GPtrArray *references)
{
  g_autoptr (WayXml) xml = way_xml_new (bytes, path, problems, references);
  xmlNode *root = xml != NULL ? way_xml_get_root (xml, WAY_NS_DESK, "desk") : NULL;
  WayDesk *self;

  if (root == NULL)
    return NULL;

  self = g_new0 (WayDesk, 1);
  g_atomic_ref_count_init (&self->refs);
  self->path = g_strdup (path);
  self->draws = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->records = g_ptr_array_new_with_free_func (record_free);
  self->rules = g_ptr_array_new_with_free_func (rule_free);
  self->id = way_xml_require_id (xml, root, "id");
  self->version = way_xml_require_int (xml, root, "version", 1, 100000);
  self->apps = read_apps (xml, root);
  self->minutes = way_xml_require_int (xml, root, "minutes", 1, 240);
  read_sections (xml, self, root);

  return self;
}

/**
 * way_desk_new_from_bytes:
 * @bytes: a desk
 * @path: what errors call it
 * @error: return location
 *
 * Reads and checks a desk by itself.
 *
 * Returns: (transfer full): the desk, or NULL with %WAY_PACK_ERROR_INVALID naming the first
 *   problem as file:line: reason
 */
WayDesk *
way_desk_new_from_bytes (GBytes *bytes, const char *path, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayDesk) desk = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  desk = way_desk_read (bytes, path, problems, NULL);
  if (!way_problems_fail (problems, error))
    return NULL;

  return g_steal_pointer (&desk);
}

/**
 * way_desk_ref:
 * @self: a desk
 *
 * Returns: (transfer full): @self
 */
WayDesk *
way_desk_ref (WayDesk *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);

  return self;
}

/**
 * way_desk_unref:
 * @self: (transfer full): a desk
 *
 * Gives up a reference.
 */
void
way_desk_unref (WayDesk *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_free (self->id);
  g_strfreev (self->apps);
  g_free (self->title);
  g_free (self->path);
  g_clear_pointer (&self->task, way_node_free);
  g_clear_pointer (&self->draws, g_hash_table_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_free (self);
}

/**
 * way_desk_get_field:
 *
 * Returns: (nullable) (transfer none): what the record's field says
 */
const char *
way_desk_get_field (const WayDeskRecord *record, const char *name)
{
  g_return_val_if_fail (record != NULL && name != NULL, NULL);

  return g_hash_table_lookup (record->fields, name);
}
