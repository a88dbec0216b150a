/* way-xml.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-xml.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "content/way-pack.h"
#include "content/way-value.h"

/* What the parser's callbacks share: libxml2 carries it in `_private`. */
typedef struct
{
  const char *path;
  GPtrArray *problems;
  gboolean is_refused;
} Watch;

static void
refuse (xmlParserCtxt *context, const char *reason)
{
  Watch *watch = context->_private;
  int line = context->input != NULL ? context->input->line : 1;

  if (!watch->is_refused)
    way_problems_add (watch->problems, watch->path, line, reason);
  watch->is_refused = TRUE;
  xmlStopParser (context);
}

/* A pack has no document type: it could only bring entities, defaults from elsewhere, or
 * a file of the reader's machine. What is declared inside is left to the callbacks below,
 * so that the reason can name it. */
static void
internal_subset_cb (void *data,
                    const xmlChar *name,
                    const xmlChar *external_id,
                    const xmlChar *system_id)
{
  if (external_id != NULL || system_id != NULL)
    refuse (data, "an external document type is not read");
}

static void
entity_declared_cb (void *data,
                    const xmlChar *name,
                    int type,
                    const xmlChar *public_id,
                    const xmlChar *system_id,
                    xmlChar *content)
{
  g_autofree char *reason = NULL;

  if (public_id != NULL || system_id != NULL)
    reason = g_strdup_printf ("external entity “%s” is not allowed", (const char *) name);
  else
    reason = g_strdup_printf ("entity “%s” is not allowed: a pack declares no entities",
                              (const char *) name);
  refuse (data, reason);
}

static void
attribute_declared_cb (void *data,
                       const xmlChar *element,
                       const xmlChar *name,
                       int type,
                       int mode,
                       const xmlChar *default_value,
                       xmlEnumeration *tree)
{
  xmlFreeEnumeration (tree);
  refuse (data, "a document type that declares attributes is not allowed");
}

static void
element_declared_cb (void *data, const xmlChar *name, int type, xmlElementContent *content)
{
  refuse (data, "a document type that declares elements is not allowed");
}

static void
start_element_cb (void *data,
                  const xmlChar *name,
                  const xmlChar *prefix,
                  const xmlChar *uri,
                  int n_namespaces,
                  const xmlChar **namespaces,
                  int n_attributes,
                  int n_defaulted,
                  const xmlChar **attributes)
{
  xmlParserCtxt *context = data;

  if (context->nodeNr >= WAY_XML_MAX_DEPTH)
    {
      refuse (context, "elements are nested too deeply");
      return;
    }

  xmlSAX2StartElementNs (data, name, prefix, uri, n_namespaces, namespaces, n_attributes,
                         n_defaulted, attributes);
}

static void
parse_error_cb (void *data, xmlError *error)
{
  xmlParserCtxt *context = data;
  Watch *watch = context->_private;
  g_autofree char *reason = NULL;

  /* What follows the first error is mostly its echo. */
  if (watch->is_refused || error->level < XML_ERR_ERROR)
    return;

  watch->is_refused = TRUE;
  reason = error->message != NULL ? g_utf8_make_valid (error->message, -1) : g_strdup ("not XML");
  way_problems_add (watch->problems, watch->path, MAX (error->line, 1), g_strstrip (reason));
}

/**
 * way_xml_new:
 * @bytes: the file
 * @path: what problems call it
 * @problems: of char*, where problems are added
 * @references: (nullable): of WayReference, where what it names is added
 *
 * Parses one file.
 *
 * Returns: (transfer full) (nullable): the file, or NULL when it is not well-formed or not
 *   allowed, and @problems says why
 */
WayXml *
way_xml_new (GBytes *bytes, const char *path, GPtrArray *problems, GPtrArray *references)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  Watch watch = { path, problems, FALSE };
  xmlParserCtxt *context;
  xmlDoc *doc;
  WayXml *self;

  if (size > WAY_XML_MAX_SIZE)
    {
      way_problems_add (problems, path, 1, "the file is larger than 4 MiB");
      return NULL;
    }

  context = xmlNewParserCtxt ();
  context->_private = &watch;
  context->sax->internalSubset = internal_subset_cb;
  context->sax->externalSubset = NULL;
  context->sax->entityDecl = entity_declared_cb;
  context->sax->attributeDecl = attribute_declared_cb;
  context->sax->elementDecl = element_declared_cb;
  context->sax->notationDecl = NULL;
  context->sax->unparsedEntityDecl = NULL;
  context->sax->startElementNs = start_element_cb;
  context->sax->serror = parse_error_cb;
  doc = xmlCtxtReadMemory (context, size > 0 ? data : "", (int) size, NULL, NULL,
                           XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES
                               | XML_PARSE_NOWARNING);
  xmlFreeParserCtxt (context);

  if (doc == NULL || watch.is_refused || xmlDocGetRootElement (doc) == NULL)
    {
      if (!watch.is_refused)
        way_problems_add (problems, path, 1, "the file is not XML");
      g_clear_pointer (&doc, xmlFreeDoc);
      return NULL;
    }

  self = g_new0 (WayXml, 1);
  self->path = g_strdup (path);
  self->doc = doc;
  self->problems = g_ptr_array_ref (problems);
  self->references = references != NULL ? g_ptr_array_ref (references) : NULL;

  return self;
}

/**
 * way_xml_free:
 * @self: (transfer full) (nullable): a file
 *
 * Frees the tree.
 */
void
way_xml_free (WayXml *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_clear_pointer (&self->doc, xmlFreeDoc);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_clear_pointer (&self->references, g_ptr_array_unref);
  g_free (self);
}

/**
 * way_xml_get_root:
 * @self: a file
 * @ns: the namespace it must be in; a static string
 * @name: the root element it must have
 *
 * Returns: (nullable): the root, or NULL after a report
 */
xmlNode *
way_xml_get_root (WayXml *self, const char *ns, const char *name)
{
  xmlNode *root = xmlDocGetRootElement (self->doc);

  self->ns = ns;
  if (!way_xml_is (root, name) || root->ns == NULL
      || !g_str_equal ((const char *) root->ns->href, ns))
    {
      way_xml_report (self, root, "the file must begin with <%s xmlns=\"%s\">", name, ns);
      return NULL;
    }

  return root;
}

/**
 * way_xml_get_line:
 * @self: a file
 * @node: an element of it
 *
 * Returns: the line that a problem with @node names
 */
int
way_xml_get_line (WayXml *self, const xmlNode *node)
{
  return self->line > 0 ? self->line : (int) xmlGetLineNo (node);
}

/**
 * way_xml_report:
 * @self: a file
 * @node: where
 * @format: the reason, as for printf
 *
 * Adds a problem.
 */
void
way_xml_report (WayXml *self, const xmlNode *node, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);

  way_problems_add (self->problems, self->path, way_xml_get_line (self, node), reason);
}

/**
 * way_xml_note:
 * @self: a file
 * @node: where
 * @format: what, as for printf
 *
 * Adds a problem; in a file from outside, which one takes as it is, only a note.
 */
void
way_xml_note (WayXml *self, const xmlNode *node, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);

  way_problems_add (self->notes != NULL ? self->notes : self->problems, self->path,
                    way_xml_get_line (self, node), reason);
}

/**
 * way_xml_refer:
 * @self: a file
 * @node: where
 * @type: what is named
 * @name: its name
 *
 * Notes something that whoever holds the whole pack must find.
 */
void
way_xml_refer (WayXml *self, const xmlNode *node, WayReferenceType type, const char *name)
{
  if (self->references != NULL)
    g_ptr_array_add (self->references,
                     way_reference_new (type, self->path, way_xml_get_line (self, node), name));
}

/**
 * way_xml_is:
 * @node: an element
 * @name: a local name
 *
 * Returns: whether it is called so
 */
gboolean
way_xml_is (const xmlNode *node, const char *name)
{
  return strcmp ((const char *) node->name, name) == 0;
}

/* The first element from @node on, in the file's namespace; reports what cannot stand
 * between elements. */
static xmlNode *
find_element (WayXml *self, xmlNode *node)
{
  for (; node != NULL; node = node->next)
    {
      if (node->type == XML_TEXT_NODE && !xmlIsBlankNode (node))
        {
          way_xml_report (self, node->parent, "text is not allowed directly in <%s>",
                          (const char *) node->parent->name);
        }
      else if (node->type == XML_ELEMENT_NODE)
        {
          if (node->ns != NULL && g_str_equal ((const char *) node->ns->href, self->ns))
            return node;
          way_xml_report (self, node, "<%s> is of a namespace that is not known here",
                          (const char *) node->name);
        }
    }

  return NULL;
}

/**
 * way_xml_first:
 * @self: a file
 * @parent: an element that holds only elements
 *
 * Returns: (nullable): its first child element
 */
xmlNode *
way_xml_first (WayXml *self, const xmlNode *parent)
{
  return find_element (self, parent->children);
}

/**
 * way_xml_next:
 * @self: a file
 * @node: an element
 *
 * Returns: (nullable): the element after it
 */
xmlNode *
way_xml_next (WayXml *self, const xmlNode *node)
{
  return find_element (self, node->next);
}

/**
 * way_xml_fold:
 * @text: a text
 *
 * Returns: (transfer full): @text with each run of white space as one space, none at the ends
 */
char *
way_xml_fold (const char *text)
{
  g_autoptr (GString) folded = g_string_new (NULL);
  gboolean is_pending = FALSE;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (strchr (" \t\r\n", *c) != NULL)
        {
          is_pending = folded->len > 0;
          continue;
        }
      if (is_pending)
        g_string_append_c (folded, ' ');
      is_pending = FALSE;
      g_string_append_c (folded, *c);
    }

  return g_string_free (g_steal_pointer (&folded), FALSE);
}

/**
 * way_xml_dup_text:
 * @self: a file
 * @node: an element that holds only text
 *
 * Returns: (transfer full): its text, folded; reported when empty or when it holds elements
 */
char *
way_xml_dup_text (WayXml *self, const xmlNode *node)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *folded = NULL;

  for (xmlNode *child = node->children; child != NULL; child = child->next)
    {
      if (child->type == XML_ELEMENT_NODE)
        way_xml_report (self, child, "<%s> is not allowed in <%s>", (const char *) child->name,
                        (const char *) node->name);
      else if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
        g_string_append (text, (const char *) child->content);
    }

  folded = way_xml_fold (text->str);
  if (folded[0] == '\0')
    way_xml_report (self, node, "<%s> is empty", (const char *) node->name);

  return g_steal_pointer (&folded);
}

/**
 * way_xml_dup_language:
 * @node: an element
 *
 * Returns: (transfer full) (nullable): the xml:lang in force
 */
char *
way_xml_dup_language (const xmlNode *node)
{
  xmlChar *language = xmlNodeGetLang ((xmlNode *) node);
  char *copy = g_strdup ((const char *) language);

  xmlFree (language);

  return copy;
}

/**
 * way_xml_get:
 * @node: an element
 * @name: an attribute
 *
 * Returns: (transfer full) (nullable): its text, without white space around it
 */
char *
way_xml_get (const xmlNode *node, const char *name)
{
  xmlChar *value = xmlGetNoNsProp ((xmlNode *) node, (const xmlChar *) name);
  char *copy;

  if (value == NULL)
    return NULL;
  copy = g_strstrip (g_strdup ((const char *) value));
  xmlFree (value);

  return copy;
}

/**
 * way_xml_require:
 * @self: a file
 * @node: an element
 * @name: an attribute
 *
 * Returns: (transfer full): its text; "" after a report when it is missing or empty
 */
char *
way_xml_require (WayXml *self, const xmlNode *node, const char *name)
{
  char *value = way_xml_get (node, name);

  if (value == NULL || value[0] == '\0')
    {
      way_xml_report (self, node, "<%s> needs the attribute “%s”", (const char *) node->name, name);
      if (value == NULL)
        value = g_strdup ("");
    }

  return value;
}

/**
 * way_xml_require_id:
 * @self: a file
 * @node: an element
 * @name: an attribute
 *
 * Returns: (transfer full): its text; reported unless it is an identifier
 */
char *
way_xml_require_id (WayXml *self, const xmlNode *node, const char *name)
{
  char *value = way_xml_require (self, node, name);

  if (value[0] != '\0' && !way_value_accepts (WAY_BASE_IDENTIFIER, value))
    way_xml_report (self, node, "“%s” is not an identifier: letters, digits, . _ - only", value);

  return value;
}

/**
 * way_xml_require_path:
 * @self: a file
 * @node: an element
 * @name: an attribute
 *
 * Returns: (transfer full): a path inside the pack, noted as a reference; "" after a report
 *   when it is missing or would leave the pack
 */
char *
way_xml_require_path (WayXml *self, const xmlNode *node, const char *name)
{
  g_autofree char *value = way_xml_require (self, node, name);

  if (value[0] == '\0')
    return g_steal_pointer (&value);

  if (!way_path_is_safe (value))
    {
      way_xml_report (self, node, "“%s” is not a path inside the pack", value);
      return g_strdup ("");
    }
  way_xml_refer (self, node, WAY_REFERENCE_FILE, value);

  return g_steal_pointer (&value);
}

/**
 * way_xml_get_int:
 * @self: a file
 * @node: an element
 * @name: an attribute
 * @min: the least it may be
 * @max: the most it may be
 * @fallback: what holds when it is absent or wrong
 *
 * Returns: the number; reported when it is not one from @min to @max
 */
int
way_xml_get_int (
    WayXml *self, const xmlNode *node, const char *name, int min, int max, int fallback)
{
  g_autofree char *value = way_xml_get (node, name);
  gint64 number;

  if (value == NULL)
    return fallback;
  if (!g_ascii_string_to_signed (value, 10, min, max, &number, NULL))
    {
      way_xml_report (self, node, "%s=\"%s\" must be a whole number from %d to %d", name, value,
                      min, max);
      return fallback;
    }

  return (int) number;
}

/**
 * way_xml_require_int:
 * @self: a file
 * @node: an element
 * @name: an attribute
 * @min: the least it may be
 * @max: the most it may be
 *
 * Returns: the number; @min after a report when it is absent or wrong
 */
int
way_xml_require_int (WayXml *self, const xmlNode *node, const char *name, int min, int max)
{
  g_autofree char *value = way_xml_require (self, node, name);

  return value[0] == '\0' ? min : way_xml_get_int (self, node, name, min, max, min);
}

/**
 * way_xml_get_double:
 * @self: a file
 * @node: an element
 * @name: an attribute
 * @fallback: what holds when it is absent or wrong
 *
 * Returns: the number, read in the C locale; reported when it is not one
 */
double
way_xml_get_double (WayXml *self, const xmlNode *node, const char *name, double fallback)
{
  g_autofree char *value = way_xml_get (node, name);

  if (value == NULL)
    return fallback;
  if (!way_value_accepts (WAY_BASE_FLOAT, value))
    {
      way_xml_report (self, node, "%s=\"%s\" must be a number", name, value);
      return fallback;
    }

  return g_ascii_strtod (value, NULL);
}

/**
 * way_xml_get_boolean:
 * @self: a file
 * @node: an element
 * @name: an attribute
 * @fallback: what holds when it is absent or wrong
 *
 * Returns: whether it is true or 1; reported when it is neither that nor false nor 0
 */
gboolean
way_xml_get_boolean (WayXml *self, const xmlNode *node, const char *name, gboolean fallback)
{
  g_autofree char *value = way_xml_get (node, name);

  if (value == NULL)
    return fallback;
  if (g_str_equal (value, "true") || g_str_equal (value, "1"))
    return TRUE;
  if (!g_str_equal (value, "false") && !g_str_equal (value, "0"))
    way_xml_report (self, node, "%s=\"%s\" must be true or false", name, value);

  return FALSE;
}

/**
 * way_path_is_safe:
 * @path: a path from outside
 *
 * Returns: whether it is relative, stays inside, is not too deep, and is made of letters,
 *   digits and `. _ - /` only, so that it means the same on every system
 */
gboolean
way_path_is_safe (const char *path)
{
  g_auto (GStrv) parts = NULL;
  guint n = 0;

  if (path[0] == '\0' || strlen (path) > 200)
    return FALSE;

  parts = g_strsplit (path, "/", -1);
  for (; parts[n] != NULL; n++)
    {
      /* No empty part, and neither `.`, `..` nor a hidden file. */
      if (parts[n][0] == '\0' || parts[n][0] == '.')
        return FALSE;
      for (const char *c = parts[n]; *c != '\0'; c++)
        {
          if (!g_ascii_isalnum (*c) && strchr ("._-", *c) == NULL)
            return FALSE;
        }
    }

  return n <= 8;
}

/**
 * way_reference_new:
 * @type: what is named
 * @path: the file that names it
 * @line: where in it
 * @name: the name
 *
 * Returns: (transfer full): a reference
 */
WayReference *
way_reference_new (WayReferenceType type, const char *path, int line, const char *name)
{
  WayReference *self = g_new0 (WayReference, 1);

  self->type = type;
  self->path = g_strdup (path);
  self->line = line;
  self->name = g_strdup (name);

  return self;
}

/**
 * way_reference_free:
 * @self: (transfer full): a reference
 *
 * Frees a reference.
 */
void
way_reference_free (WayReference *self)
{
  g_free (self->path);
  g_free (self->name);
  g_free (self);
}

/**
 * way_problems_add:
 * @problems: of char*
 * @path: a file
 * @line: a line of it
 * @reason: what is wrong there
 *
 * Adds "file:line: reason", unless there are too many for anybody to read.
 */
void
way_problems_add (GPtrArray *problems, const char *path, int line, const char *reason)
{
  if (problems->len < WAY_MAX_PROBLEMS)
    g_ptr_array_add (problems, g_strdup_printf ("%s:%d: %s", path, MAX (line, 1), reason));
}

/* By file, then by line as a number. */
static int
compare_problems (gconstpointer a, gconstpointer b)
{
  const char *first = *(const char *const *) a;
  const char *second = *(const char *const *) b;
  const char *first_colon = strchr (first, ':');
  const char *second_colon = strchr (second, ':');
  g_autofree char *first_path = g_strndup (first, (gsize) (first_colon - first));
  g_autofree char *second_path = g_strndup (second, (gsize) (second_colon - second));
  int order = strcmp (first_path, second_path);

  if (order == 0)
    order = atoi (first_colon + 1) - atoi (second_colon + 1);

  return order != 0 ? order : strcmp (first, second);
}

/**
 * way_problems_sort:
 * @problems: of char*, each "file:line: reason"
 *
 * Sorts problems as an author reads them, and leaves out what is there twice.
 */
void
way_problems_sort (GPtrArray *problems)
{
  g_ptr_array_sort (problems, compare_problems);
  for (guint i = problems->len; i > 1; i--)
    {
      if (g_str_equal (g_ptr_array_index (problems, i - 1), g_ptr_array_index (problems, i - 2)))
        g_ptr_array_remove_index (problems, i - 1);
    }
}

/**
 * way_problems_fail:
 * @problems: of char*
 * @error: return location
 *
 * Returns: FALSE with the first problem as %WAY_PACK_ERROR_INVALID, or TRUE when there is none
 */
gboolean
way_problems_fail (GPtrArray *problems, GError **error)
{
  if (problems->len == 0)
    return TRUE;

  g_set_error_literal (error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID,
                       g_ptr_array_index (problems, 0));

  return FALSE;
}
