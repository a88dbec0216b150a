/* way-qti-adapt.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-reader.h"

#include <string.h>

#define NS_MATH "http://www.w3.org/1998/Math/MathML"

/* How HTML that packs do not use is said in what they do. */
typedef struct
{
  const char *from;
  const char *to;     /* NULL: taken out */
  const char *reason; /* (nullable) what is lost by it */
} Change;

static const Change changes[] = {
  { "a", "span", "a link is shown as plain text" },
  { "abbr", "span", NULL },
  { "acronym", "span", NULL },
  { "address", "div", NULL },
  { "article", "div", NULL },
  { "aside", "div", NULL },
  { "audio", NULL, "a sound is only played where it is asked about" },
  { "b", "strong", NULL },
  { "bdi", "span", NULL },
  { "bdo", "span", NULL },
  { "big", "span", NULL },
  { "caption", "p", NULL },
  { "center", "div", NULL },
  { "cite", "em", NULL },
  { "code", "span", NULL },
  { "col", NULL, NULL },
  { "colgroup", NULL, NULL },
  { "dd", "p", NULL },
  { "del", "span", "struck-out text is shown as plain text" },
  { "details", "div", NULL },
  { "dl", "div", NULL },
  { "dt", "p", NULL },
  { "embed", NULL, "it cannot be shown" },
  { "figcaption", "p", NULL },
  { "figure", "div", NULL },
  { "font", "span", NULL },
  { "footer", "div", NULL },
  { "h1", "h2", NULL },
  { "h4", "h3", NULL },
  { "h5", "h3", NULL },
  { "h6", "h3", NULL },
  { "header", "div", NULL },
  { "hr", NULL, NULL },
  { "i", "em", NULL },
  { "iframe", NULL, "it cannot be shown" },
  { "ins", "span", NULL },
  { "kbd", "span", NULL },
  { "label", "span", NULL },
  { "main", "div", NULL },
  { "mark", "span", NULL },
  { "nav", "div", NULL },
  { "pre", "p", "white space is folded" },
  { "q", "span", NULL },
  { "rp", NULL, NULL },
  { "rt", "span", NULL },
  { "ruby", "span", NULL },
  { "s", "span", "struck-out text is shown as plain text" },
  { "samp", "span", NULL },
  { "script", NULL, "programs in content are not run" },
  { "section", "div", NULL },
  { "small", "span", NULL },
  { "sub", "span", "it is shown on the line" },
  { "summary", "p", NULL },
  { "sup", "span", "it is shown on the line" },
  { "template", NULL, "it cannot be shown" },
  { "tfoot", "tbody", NULL },
  { "time", "span", NULL },
  { "tt", "span", NULL },
  { "u", "span", NULL },
  { "var", "em", NULL },
  { "video", NULL, "a film is only played where it is asked about" },
  { "wbr", NULL, NULL },
};

/* HTML that packs use, and what stands for pictures. */
static const char *const plain[] = { "p",          "h2",    "h3",     "ul",      "ol", "li",
                                     "strong",     "em",    "dfn",    "span",    "br", "img",
                                     "div",        "table", "thead",  "tbody",   "tr", "th",
                                     "blockquote", "td",    "object", "picture", NULL };

/* Parts of an item that are left out, and why. */
static const Change left_out[] = {
  { "qti-assessment-stimulus-ref", NULL, "what several questions share is not taken" },
  { "qti-catalog-info", NULL, "other forms for access needs are not taken" },
  { "qti-companion-materials-info", NULL, "what lies beside the screen is not taken" },
  { "qti-context-declaration", NULL, "nothing is known of where it is asked" },
  { "qti-custom-interaction", NULL, "it needs a program of its own" },
  { "qti-drawing-interaction", NULL, "drawings cannot be made here" },
  { "qti-portable-custom-interaction", NULL, "it needs a browser" },
  { "qti-stylesheet", NULL, "questions look as Waymark looks" },
  { "qti-upload-interaction", NULL, "files cannot be handed in here" },
};

/* Attributes of QTI that change nothing here, and are named. */
static const char *const unread[] = { "match-group",
                                      "match-min",
                                      "placeholder-text",
                                      "format",
                                      "string-identifier",
                                      "max-strings",
                                      "min-strings",
                                      "autostart",
                                      "max-plays",
                                      "min-plays",
                                      "loop",
                                      "weight-identifier",
                                      NULL };

typedef struct
{
  WayXml *xml;
  xmlNs *ns;
  gboolean is_old; /* QTI 2 */
  WayPathMapper mapper;
  gpointer data;
} Adapter;

static void adapt_children (Adapter *self, xmlNode *parent);

static gboolean
is_html (const char *name)
{
  if (g_strv_contains (plain, name))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    if (g_str_equal (changes[i].from, name))
      return TRUE;

  return FALSE;
}

/* responseElseIf → response-else-if, durationLT → duration-lt */
static char *
dup_kebab (const char *name)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *c = name; *c != '\0'; c++)
    {
      if (g_ascii_isupper (*c) && c > name && !g_ascii_isupper (c[-1]))
        g_string_append_c (text, '-');
      g_string_append_c (text, g_ascii_tolower (*c));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
rename_node (xmlNode *element, const char *name)
{
  xmlNodeSetName (element, (const xmlChar *) name);
}

static void
remove_node (xmlNode *node)
{
  xmlUnlinkNode (node);
  xmlFreeNode (node);
}

static void
set (xmlNode *element, const char *name, const char *value)
{
  xmlSetProp (element, (const xmlChar *) name, (const xmlChar *) value);
}

/* Names of QTI 2 as QTI 3 has them. */
static void
modernise (xmlNode *element)
{
  const char *name = (const char *) element->name;
  g_autofree char *kebab = NULL;
  g_autofree char *modern = NULL;

  if (is_html (name))
    return;

  kebab = dup_kebab (name);
  modern = g_strconcat ("qti-", kebab, NULL);
  rename_node (element, modern);
  for (xmlAttr *attribute = element->properties; attribute != NULL; attribute = attribute->next)
    {
      g_autofree char *renamed = dup_kebab ((const char *) attribute->name);

      if (attribute->ns == NULL && !g_str_equal (renamed, (const char *) attribute->name))
        xmlNodeSetName ((xmlNode *) attribute, (const xmlChar *) renamed);
    }
}

static void
move_children (xmlNode *from, xmlNode *to)
{
  while (from->children != NULL)
    {
      xmlNode *child = from->children;

      xmlUnlinkNode (child);
      xmlAddChild (to, child);
    }
}

/* Puts what is inside @element in its place. */
static void
unwrap (xmlNode *element)
{
  while (element->children != NULL)
    {
      xmlNode *child = element->children;

      xmlUnlinkNode (child);
      xmlAddPrevSibling (element, child);
    }
  remove_node (element);
}

static void
replace_with_text (Adapter *self, xmlNode *element, const char *text)
{
  xmlNode *span = xmlNewDocNode (self->xml->doc, self->ns, (const xmlChar *) "span", NULL);

  xmlAddChild (span, xmlNewDocText (self->xml->doc, (const xmlChar *) text));
  xmlReplaceNode (element, span);
  xmlFreeNode (element);
}

/* Where a file lies in the pack; NULL where it cannot be had. */
static char *
map_path (Adapter *self, const char *path)
{
  if (path == NULL)
    return NULL;
  if (self->mapper != NULL)
    return self->mapper (path, self->data);

  return way_path_is_safe (path) ? g_strdup (path) : NULL;
}

static gboolean
holds_media (const xmlNode *parent)
{
  static const char *const tags[] = { "qti-hotspot-interaction",
                                      "qti-graphic-order-interaction",
                                      "qti-graphic-associate-interaction",
                                      "qti-graphic-gap-match-interaction",
                                      "qti-select-point-interaction",
                                      "qti-position-object-interaction",
                                      "qti-media-interaction",
                                      "qti-gap-img",
                                      NULL };

  return g_strv_contains (tags, (const char *) parent->name);
}

/* What is asked about in an interaction: the element stays as it is, with the file's path. */
static void
adapt_asked (Adapter *self, xmlNode *element)
{
  const char *attribute = way_xml_is (element, "object") ? "data" : "src";
  g_autofree char *source = NULL;
  g_autofree char *path = NULL;

  /* The file of a sound or a film may stand in an element inside. */
  for (xmlNode *child = xmlFirstElementChild (element); child != NULL;
       child = xmlNextElementSibling (child))
    {
      g_autofree char *inner = way_xml_get (child, "src");

      if (way_xml_is (child, "source") && inner != NULL
          && !xmlHasProp (element, (const xmlChar *) "src"))
        set (element, "src", inner);
    }

  source = way_xml_get (element, attribute);
  path = map_path (self, source);
  if (path == NULL)
    {
      way_xml_note (self->xml, element, "the file “%s” cannot be had",
                    source != NULL ? source : "");
      remove_node (element);
      return;
    }
  set (element, attribute, path);
}

static void
adapt_picture (Adapter *self, xmlNode *element)
{
  gboolean is_object = way_xml_is (element, "object");
  g_autofree char *source = way_xml_get (element, is_object ? "data" : "src");
  g_autofree char *path = map_path (self, source);
  g_autofree char *type = way_xml_get (element, "type");
  g_autofree char *alternative = way_xml_get (element, "alt");

  if (is_object)
    {
      xmlChar *text = xmlNodeGetContent (element);

      g_free (alternative);
      alternative = way_xml_fold ((const char *) text);
      xmlFree (text);
    }
  if (path == NULL || (is_object && type != NULL && !g_str_has_prefix (type, "image/")))
    {
      way_xml_note (self->xml, element, "the file “%s” cannot be shown: its words stand there",
                    source != NULL ? source : "");
      replace_with_text (self, element, alternative != NULL ? alternative : "");
      return;
    }

  if (is_object)
    {
      while (element->children != NULL)
        remove_node (element->children);
      rename_node (element, "img");
      xmlUnsetProp (element, (const xmlChar *) "data");
      xmlUnsetProp (element, (const xmlChar *) "type");
    }
  set (element, "src", path);
  if (alternative == NULL)
    way_xml_note (self->xml, element, "the picture “%s” has no words that stand for it", path);
  set (element, "alt", alternative != NULL ? alternative : "");
}

/* Only what packs use; who reads aloud or turns text around is the application. */
static void
adapt_attributes (Adapter *self, xmlNode *element)
{
  gboolean is_image = way_xml_is (element, "img");
  gboolean is_cell = way_xml_is (element, "th") || way_xml_is (element, "td");
  xmlAttr *next;

  for (xmlAttr *attribute = element->properties; attribute != NULL; attribute = next)
    {
      const char *name = (const char *) attribute->name;
      gboolean is_quiet = g_str_equal (name, "lang") || g_str_equal (name, "dir")
                          || g_str_equal (name, "role") || g_str_has_prefix (name, "aria-");

      next = attribute->next;
      if (attribute->ns != NULL || g_str_equal (name, "class") || g_str_equal (name, "id")
          || g_str_has_prefix (name, "data-")
          || (is_image
              && (g_str_equal (name, "src") || g_str_equal (name, "alt")
                  || g_str_equal (name, "width") || g_str_equal (name, "height")))
          || (is_cell && g_str_equal (name, "scope")))
        continue;
      if (!is_quiet)
        way_xml_note (self->xml, element, "the attribute “%s” of <%s> is left out", name,
                      (const char *) element->name);
      xmlRemoveProp (attribute);
    }
}

static void
adapt_html (Adapter *self, xmlNode *element)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      if (!way_xml_is (element, changes[i].from))
        continue;
      if (changes[i].reason != NULL)
        way_xml_note (self->xml, element, "<%s>: %s", changes[i].from, changes[i].reason);
      if (changes[i].to == NULL)
        {
          remove_node (element);
          return;
        }
      if (way_xml_is (element, "caption") && way_xml_is (element->parent, "table"))
        {
          xmlNode *table = element->parent;

          xmlUnlinkNode (element);
          xmlAddPrevSibling (table, element);
        }
      rename_node (element, changes[i].to);
      break;
    }

  if (way_xml_is (element, "picture"))
    {
      xmlNode *child = xmlFirstElementChild (element);

      while (child != NULL && !way_xml_is (child, "img"))
        child = xmlNextElementSibling (child);
      if (child == NULL)
        {
          remove_node (element);
          return;
        }
      xmlUnlinkNode (child);
      xmlReplaceNode (element, child);
      xmlFreeNode (element);
      element = child;
      element->ns = self->ns;
    }
  if (way_xml_is (element, "img") || way_xml_is (element, "object"))
    {
      adapt_picture (self, element);
      return;
    }
  adapt_attributes (self, element);
  adapt_children (self, element);
}

/* Words for those who answer stay; what is for markers goes. */
static void
adapt_rubric (Adapter *self, xmlNode *element)
{
  g_autofree char *view = way_xml_get (element, "view");
  g_autofree char *use = way_xml_get (element, "use");
  xmlNode *body = xmlFirstElementChild (element);

  /* What authors tell each other is not part of the question. */
  if (g_strcmp0 (view, "author") == 0 && g_strcmp0 (use, "rationale") == 0)
    {
      remove_node (element);
      return;
    }
  if (view != NULL && strstr (view, "candidate") == NULL)
    {
      way_xml_note (self->xml, element, "<qti-rubric-block>: it is for %s", view);
      remove_node (element);
      return;
    }
  while (element->properties != NULL)
    xmlRemoveProp (element->properties);
  rename_node (element, "div");
  while (body != NULL && !way_xml_is (body, "qti-content-body")
         && !way_xml_is (body, "contentBody"))
    body = xmlNextElementSibling (body);
  if (body != NULL)
    unwrap (body);
  adapt_children (self, element);
}

/* Feedback in a window holds its content in one element. */
static void
wrap_feedback (Adapter *self, xmlNode *element)
{
  xmlNode *first = xmlFirstElementChild (element);
  xmlNode *body;

  if (first != NULL && way_xml_is (first, "qti-content-body"))
    return;

  body = xmlNewDocNode (self->xml->doc, self->ns, (const xmlChar *) "qti-content-body", NULL);
  move_children (element, body);
  xmlAddChild (element, body);
}

static void
adapt_qti (Adapter *self, xmlNode *element)
{
  for (guint i = 0; i < G_N_ELEMENTS (left_out); i++)
    {
      if (way_xml_is (element, left_out[i].from)
          && (self->mapper != NULL || !way_xml_is_desk (element)))
        {
          way_xml_note (self->xml, element, "<%s>: %s", left_out[i].from, left_out[i].reason);
          remove_node (element);
          return;
        }
    }
  if (way_xml_is (element, "qti-rubric-block"))
    {
      adapt_rubric (self, element);
      return;
    }

  for (guint i = 0; unread[i] != NULL; i++)
    {
      /* Numbers that are printed are printed in their format. */
      if (xmlHasProp (element, (const xmlChar *) unread[i])
          && !way_xml_is (element, "qti-printed-variable"))
        way_xml_note (self->xml, element, "the attribute “%s” of <%s> changes nothing here",
                      unread[i], (const char *) element->name);
    }
  if ((way_xml_is (element, "qti-simple-associable-choice") || way_xml_is (element, "qti-gap-text")
       || way_xml_is (element, "qti-gap-img") || way_xml_is (element, "qti-associable-hotspot"))
      && !xmlHasProp (element, (const xmlChar *) "match-max"))
    set (element, "match-max", "1");

  if ((way_xml_is (element, "qti-hotspot-choice") || way_xml_is (element, "qti-associable-hotspot"))
      && !xmlHasProp (element, (const xmlChar *) "hotspot-label"))
    {
      g_autofree char *id = way_xml_get (element, "identifier");

      way_xml_note (self->xml, element, "area “%s” has no name: it is called so",
                    id != NULL ? id : "");
      set (element, "hotspot-label", id != NULL ? id : "?");
    }

  adapt_children (self, element);
  if (way_xml_is (element, "qti-modal-feedback"))
    wrap_feedback (self, element);
  if (way_xml_is (element, "qti-position-object-stage"))
    {
      xmlNode *stage = xmlFirstElementChild (element);

      while (stage != NULL && !way_xml_is (stage, "object") && !way_xml_is (stage, "img"))
        stage = xmlNextElementSibling (stage);
      if (stage != NULL)
        remove_node (stage);
      unwrap (element);
    }
}

static void
adapt_element (Adapter *self, xmlNode *element)
{
  const char *ns = element->ns != NULL ? (const char *) element->ns->href : WAY_NS_QTI;
  gboolean is_math = g_str_equal (ns, NS_MATH) || way_xml_is (element, "math");

  if (is_math)
    {
      xmlChar *text = xmlNodeGetContent (element);
      g_autofree char *folded = way_xml_fold ((const char *) text);

      xmlFree (text);
      way_xml_note (self->xml, element, "<math>: a formula is shown as plain text");
      replace_with_text (self, element, folded);
      return;
    }
  if (strstr (ns, "imsqti") == NULL && strstr (ns, "xhtml") == NULL)
    {
      way_xml_note (self->xml, element, "<%s> of %s is left out", (const char *) element->name, ns);
      remove_node (element);
      return;
    }

  element->ns = self->ns;
  if (self->is_old)
    modernise (element);
  if (holds_media (element->parent)
      && (way_xml_is (element, "img") || way_xml_is (element, "object")
          || way_xml_is (element, "audio") || way_xml_is (element, "video")))
    adapt_asked (self, element);
  else if (g_str_has_prefix ((const char *) element->name, "qti-"))
    adapt_qti (self, element);
  else if (is_html ((const char *) element->name))
    adapt_html (self, element);
  else
    adapt_children (self, element);
}

static void
adapt_children (Adapter *self, xmlNode *parent)
{
  xmlNode *child = parent->children;

  while (child != NULL)
    {
      xmlNode *next = child->next;

      if (child->type == XML_ELEMENT_NODE)
        adapt_element (self, child);
      else if (child->type == XML_PI_NODE || child->type == XML_COMMENT_NODE)
        remove_node (child);
      child = next;
    }
}

/* The namespace of packs as the root's own, without a prefix. */
static xmlNs *
settle_namespace (xmlNode *root)
{
  for (xmlNs *ns = root->nsDef; ns != NULL; ns = ns->next)
    {
      if (ns->prefix != NULL)
        continue;
      xmlFree ((xmlChar *) ns->href);
      ns->href = xmlStrdup ((const xmlChar *) WAY_NS_QTI);
      return ns;
    }

  return xmlNewNs (root, (const xmlChar *) WAY_NS_QTI, NULL);
}

/**
 * way_qti_adapt:
 * @xml: a file from outside; its notes say what is not taken
 * @mapper: (nullable): where files lie that the item names, NULL for one that cannot be had;
 *   without it they stay where they are
 * @data: for @mapper
 *
 * Turns an item of QTI 3, 2.2, 2.1 or 2.0 as others write them into what packs are written
 * in. What is changed or taken out is noted.
 *
 * Returns: (transfer none) (nullable): the root, or NULL after a report
 */
xmlNode *
way_qti_adapt (WayXml *xml, WayPathMapper mapper, gpointer data)
{
  xmlNode *root = xmlDocGetRootElement (xml->doc);
  Adapter self = { xml, NULL, FALSE, mapper, data };
  g_autofree char *title = NULL;

  self.is_old = way_xml_is (root, "assessmentItem");
  if (!self.is_old && !way_xml_is (root, "qti-assessment-item"))
    {
      way_xml_report (xml, root, "<%s> is not a question of QTI 2 or 3", (const char *) root->name);
      return NULL;
    }

  self.ns = settle_namespace (root);
  root->ns = self.ns;
  if (self.is_old)
    modernise (root);
  xml->ns = WAY_NS_QTI;
  adapt_children (&self, root);
  title = way_xml_get (root, "title");
  if (title == NULL || title[0] == '\0')
    {
      g_autofree char *id = way_xml_get (root, "identifier");

      way_xml_note (xml, root, "the question has no title");
      set (root, "title", id != NULL ? id : "");
    }

  return root;
}
