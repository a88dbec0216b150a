/* way-declaration.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-reader.h"

#include <math.h>

static const char *const base_types[] = {
  [WAY_BASE_IDENTIFIER] = "identifier",
  [WAY_BASE_BOOLEAN] = "boolean",
  [WAY_BASE_INTEGER] = "integer",
  [WAY_BASE_FLOAT] = "float",
  [WAY_BASE_STRING] = "string",
  [WAY_BASE_POINT] = "point",
  [WAY_BASE_PAIR] = "pair",
  [WAY_BASE_DIRECTED_PAIR] = "directedPair",
  [WAY_BASE_DURATION] = "duration",
};

static const char *const cardinalities[] = {
  [WAY_CARDINALITY_SINGLE] = "single",
  [WAY_CARDINALITY_MULTIPLE] = "multiple",
  [WAY_CARDINALITY_ORDERED] = "ordered",
  [WAY_CARDINALITY_RECORD] = "record",
};

static void
map_entry_free (gpointer data)
{
  WayMapEntry *self = data;

  g_free (self->key);
  g_free (self);
}

static void
area_entry_free (gpointer data)
{
  WayAreaEntry *self = data;

  g_clear_pointer (&self->shape, way_shape_free);
  g_free (self);
}

static void
table_entry_free (gpointer data)
{
  WayTableEntry *self = data;

  g_free (self->target);
  g_free (self);
}

/**
 * way_declaration_free:
 * @data: (transfer full) (nullable): a declaration
 */
void
way_declaration_free (gpointer data)
{
  WayDeclaration *self = data;

  if (self == NULL)
    return;

  g_free (self->id);
  g_clear_pointer (&self->correct, way_value_unref);
  g_clear_pointer (&self->initial, way_value_unref);
  g_clear_pointer (&self->mapping, g_ptr_array_unref);
  g_clear_pointer (&self->areas, g_ptr_array_unref);
  g_clear_pointer (&self->table, g_ptr_array_unref);
  g_free (self->table_default);
  g_free (self);
}

/* The place of an attribute's text in @names, or -1 after a report. */
static int
find_name (
    WayXml *xml, xmlNode *element, const char *attribute, const char *const *names, guint n_names)
{
  g_autofree char *value = way_xml_require (xml, element, attribute);

  for (guint i = 0; i < n_names; i++)
    {
      if (g_str_equal (value, names[i]))
        return (int) i;
    }
  if (value[0] != '\0')
    way_xml_report (xml, element, "%s=\"%s\" is not supported", attribute, value);

  return -1;
}

/**
 * way_base_type_find:
 * @xml: the file
 * @element: an element with base-type
 *
 * Returns: the base type; %WAY_BASE_STRING after a report
 */
WayBaseType
way_base_type_find (WayXml *xml, xmlNode *element)
{
  int base_type = find_name (xml, element, "base-type", base_types, G_N_ELEMENTS (base_types));

  return base_type < 0 ? WAY_BASE_STRING : (WayBaseType) base_type;
}

/* One value; in a record it has a name and a type of its own before it. */
static char *
read_value (WayXml *xml, xmlNode *element, const WayDeclaration *declaration)
{
  g_autofree char *text = NULL;
  g_autofree char *field = NULL;
  WayBaseType base_type = declaration->base_type;

  if (declaration->cardinality == WAY_CARDINALITY_RECORD)
    {
      field = way_xml_require_id (xml, element, "field-identifier");
      base_type = way_base_type_find (xml, element);
    }
  text = way_xml_dup_text (xml, element);
  if (!way_value_accepts (base_type, text))
    way_xml_report (xml, element, "“%s” is not a value of type %s", text, base_types[base_type]);

  return field != NULL ? way_value_dup_field (field, base_type, text) : g_steal_pointer (&text);
}

/* The <qti-value>s of a correct response or a default. */
static WayValue *
read_values (WayXml *xml, xmlNode *element, const WayDeclaration *declaration)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    {
      if (!way_xml_is (child, "qti-value"))
        {
          way_xml_report (xml, child, "<%s> is not allowed in <%s>", (const char *) child->name,
                          (const char *) element->name);
          continue;
        }
      g_ptr_array_add (texts, read_value (xml, child, declaration));
    }

  if (texts->len == 0)
    way_xml_note (xml, element, "<%s> holds no value", (const char *) element->name);
  if (texts->len > 1 && declaration->cardinality == WAY_CARDINALITY_SINGLE)
    way_xml_report (xml, element, "“%s” is single and cannot hold %u values", declaration->id,
                    texts->len);
  g_ptr_array_add (texts, NULL);

  return way_value_new (declaration->base_type, declaration->cardinality,
                        (const char *const *) texts->pdata);
}

static void
read_bounds (WayXml *xml, xmlNode *element, double *fallback, double *lower, double *upper)
{
  *fallback = way_xml_get_double (xml, element, "default-value", 0);
  *lower = way_xml_get_double (xml, element, "lower-bound", -HUGE_VAL);
  *upper = way_xml_get_double (xml, element, "upper-bound", HUGE_VAL);
  if (*lower > *upper)
    way_xml_report (xml, element, "the lower bound is above the upper bound");
}

static void
read_mapping (WayXml *xml, xmlNode *element, WayDeclaration *declaration)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  declaration->mapping = g_ptr_array_new_with_free_func (map_entry_free);
  read_bounds (xml, element, &declaration->map_default, &declaration->map_lower,
               &declaration->map_upper);

  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    {
      WayMapEntry *entry;

      if (!way_xml_is (child, "qti-map-entry"))
        {
          way_xml_report (xml, child, "<%s> is not allowed in <qti-mapping>",
                          (const char *) child->name);
          continue;
        }

      entry = g_new0 (WayMapEntry, 1);
      entry->key = way_xml_require (xml, child, "map-key");
      g_free (way_xml_require (xml, child, "mapped-value"));
      entry->value = way_xml_get_double (xml, child, "mapped-value", 0);
      entry->is_case_sensitive = way_xml_get_boolean (xml, child, "case-sensitive", FALSE);
      g_ptr_array_add (declaration->mapping, entry);

      if (!way_value_accepts (declaration->base_type, entry->key))
        way_xml_report (xml, child, "map-key=\"%s\" is not a value of type %s", entry->key,
                        base_types[declaration->base_type]);
      if (!g_hash_table_add (keys, g_strdup (entry->key)))
        way_xml_report (xml, child, "map-key=\"%s\" is there twice", entry->key);
    }
}

/* The shape of @element; reported, and everywhere, when it is none. */
WayShape *
way_shape_read (WayXml *xml, xmlNode *element, double width, double height)
{
  g_autofree char *type = way_xml_require (xml, element, "shape");
  g_autofree char *coords = way_xml_get (element, "coords");
  WayShape *shape = way_shape_new (type, coords, width, height);

  if (shape != NULL)
    return shape;
  if (type[0] != '\0')
    way_xml_report (xml, element, "shape=\"%s\" coords=\"%s\" is not a shape", type,
                    coords != NULL ? coords : "");

  return way_shape_new ("default", NULL, 0, 0);
}

static void
read_areas (WayXml *xml, xmlNode *element, WayDeclaration *declaration)
{
  declaration->areas = g_ptr_array_new_with_free_func (area_entry_free);
  read_bounds (xml, element, &declaration->area_default, &declaration->area_lower,
               &declaration->area_upper);
  if (declaration->base_type != WAY_BASE_POINT)
    way_xml_report (xml, element, "“%s” is not a point and cannot lie in an area", declaration->id);

  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    {
      WayAreaEntry *entry;

      if (!way_xml_is (child, "qti-area-map-entry"))
        {
          way_xml_report (xml, child, "<%s> is not allowed in <qti-area-mapping>",
                          (const char *) child->name);
          continue;
        }
      entry = g_new0 (WayAreaEntry, 1);
      entry->shape = way_shape_read (xml, child, 0, 0);
      g_free (way_xml_require (xml, child, "mapped-value"));
      entry->value = way_xml_get_double (xml, child, "mapped-value", 0);
      g_ptr_array_add (declaration->areas, entry);
    }
}

static void
read_table (WayXml *xml, xmlNode *element, WayDeclaration *declaration)
{
  const char *tag;

  declaration->is_interpolated = way_xml_is (element, "qti-interpolation-table");
  declaration->table = g_ptr_array_new_with_free_func (table_entry_free);
  declaration->table_default = way_xml_get (element, "default-value");
  tag = declaration->is_interpolated ? "qti-interpolation-table-entry" : "qti-match-table-entry";
  if (declaration->table_default != NULL
      && !way_value_accepts (declaration->base_type, declaration->table_default))
    way_xml_report (xml, element, "“%s” is not a value of type %s", declaration->table_default,
                    base_types[declaration->base_type]);

  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    {
      WayTableEntry *entry;

      if (!way_xml_is (child, tag))
        {
          way_xml_report (xml, child, "<%s> is not allowed in <%s>", (const char *) child->name,
                          (const char *) element->name);
          continue;
        }
      entry = g_new0 (WayTableEntry, 1);
      g_free (way_xml_require (xml, child, "source-value"));
      entry->source = way_xml_get_double (xml, child, "source-value", 0);
      entry->is_included = way_xml_get_boolean (xml, child, "include-boundary", TRUE);
      entry->target = way_xml_require (xml, child, "target-value");
      g_ptr_array_add (declaration->table, entry);
      if (entry->target[0] != '\0' && !way_value_accepts (declaration->base_type, entry->target))
        way_xml_report (xml, child, "“%s” is not a value of type %s", entry->target,
                        base_types[declaration->base_type]);
    }
}

/**
 * way_declaration_read:
 * @xml: the file
 * @element: a declaration of a response, an outcome or a template variable
 * @declarations: of WayDeclaration, where it is added
 *
 * Reads a variable.
 */
void
way_declaration_read (WayXml *xml, xmlNode *element, GPtrArray *declarations)
{
  WayDeclaration *self = g_new0 (WayDeclaration, 1);
  gboolean is_outcome = way_xml_is (element, "qti-outcome-declaration");
  gboolean is_response = way_xml_is (element, "qti-response-declaration");
  g_autofree char *typed = way_xml_get (element, "base-type");
  int base_type = WAY_BASE_STRING;
  int cardinality;

  self->id = way_xml_require_id (xml, element, "identifier");
  self->map_lower = self->area_lower = -HUGE_VAL;
  self->map_upper = self->area_upper = HUGE_VAL;
  cardinality = find_name (xml, element, "cardinality", cardinalities,
                           G_N_ELEMENTS (cardinalities));
  /* Each field of a record has a type of its own. */
  if (cardinality != WAY_CARDINALITY_RECORD || typed != NULL)
    base_type = find_name (xml, element, "base-type", base_types, G_N_ELEMENTS (base_types));
  self->cardinality = MAX (cardinality, 0);
  self->base_type = MAX (base_type, 0);
  g_ptr_array_add (declarations, self);
  if (cardinality < 0 || base_type < 0)
    return;

  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    {
      if (way_xml_is (child, "qti-correct-response") && is_response && self->correct == NULL)
        self->correct = read_values (xml, child, self);
      else if (way_xml_is (child, "qti-default-value") && self->initial == NULL)
        self->initial = read_values (xml, child, self);
      else if (way_xml_is (child, "qti-mapping") && is_response && self->mapping == NULL)
        read_mapping (xml, child, self);
      else if (way_xml_is (child, "qti-area-mapping") && is_response && self->areas == NULL)
        read_areas (xml, child, self);
      else if ((way_xml_is (child, "qti-match-table")
                || way_xml_is (child, "qti-interpolation-table"))
               && is_outcome && self->table == NULL)
        read_table (xml, child, self);
      else
        way_xml_report (xml, child, "<%s> is not supported", (const char *) child->name);
    }
}
