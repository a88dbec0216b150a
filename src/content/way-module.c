/* way-module.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-module.h"

#include "content/way-reader.h"

G_DEFINE_BOXED_TYPE (WayModule, way_module, way_module_ref, way_module_unref)

static void
outcome_free (gpointer data)
{
  WayOutcome *self = data;

  g_free (self->id);
  g_free (self->text);
  g_free (self);
}

static void
card_free (gpointer data)
{
  WayCard *self = data;

  g_free (self->id);
  g_free (self->title);
  g_free (self->picture);
  g_free (self->alternative);
  g_strfreev (self->outcomes);
  g_clear_pointer (&self->content, way_node_free);
  g_free (self);
}

static void
check_item_free (gpointer data)
{
  WayCheckItem *self = data;

  g_free (self->id);
  g_free (self->href);
  g_free (self->outcome);
  g_free (self);
}

static void
source_free (gpointer data)
{
  WaySource *self = data;

  g_free (self->title);
  g_free (self->href);
  g_free (self->checked);
  g_free (self);
}

static gboolean
has_outcome (WayModule *self, const char *id)
{
  for (guint i = 0; i < self->outcomes->len; i++)
    {
      WayOutcome *outcome = g_ptr_array_index (self->outcomes, i);

      if (g_str_equal (outcome->id, id))
        return TRUE;
    }

  return FALSE;
}

/* An ISO date, or "" after a report. */
static char *
require_date (WayXml *xml, xmlNode *element, const char *name)
{
  char *text = way_xml_require (xml, element, name);
  gboolean is_date = strlen (text) == 10 && text[4] == '-' && text[7] == '-';

  for (guint i = 0; is_date && i < 10; i++)
    is_date = i == 4 || i == 7 || g_ascii_isdigit (text[i]);
  if (text[0] != '\0'
      && !(is_date
           && g_date_valid_dmy (atoi (text + 8), (GDateMonth) atoi (text + 5), atoi (text))))
    way_xml_report (xml, element, "%s=\"%s\" must be a date such as 2027-11-01", name, text);

  return text;
}

static void
read_outcome (WayXml *xml, WayModule *self, xmlNode *element)
{
  WayOutcome *outcome = g_new0 (WayOutcome, 1);

  outcome->id = way_xml_require_id (xml, element, "id");
  outcome->text = way_xml_dup_text (xml, element);
  if (has_outcome (self, outcome->id))
    way_xml_report (xml, element, "outcome “%s” is there twice", outcome->id);
  g_ptr_array_add (self->outcomes, outcome);
}

typedef struct
{
  WayXml *xml;
  WayCard *card;
} CardReader;

static gboolean
read_picture (xmlNode *element, WayNode **node, gpointer data)
{
  CardReader *reader = data;

  if (!way_xml_is (element, "picture") || reader->card->picture != NULL)
    return FALSE;

  reader->card->picture = way_xml_require_path (reader->xml, element, "href");
  reader->card->alternative = way_xml_require (reader->xml, element, "alt");

  return TRUE;
}

static void
read_card (WayXml *xml, WayModule *self, xmlNode *element)
{
  WayCard *card = g_new0 (WayCard, 1);
  CardReader reader = { xml, card };
  g_autofree char *outcomes = way_xml_get (element, "outcomes");

  if (outcomes != NULL)
    card->outcomes = g_strsplit_set (outcomes, " \t\r\n", -1);
  card->id = way_xml_require_id (xml, element, "id");
  card->title = way_xml_require (xml, element, "title");
  card->content = way_flow_read (xml, element, read_picture, &reader);
  for (guint i = 0; i < self->cards->len; i++)
    {
      WayCard *other = g_ptr_array_index (self->cards, i);

      if (g_str_equal (other->id, card->id))
        way_xml_report (xml, element, "card “%s” is there twice", card->id);
    }
  for (guint i = 0; card->outcomes != NULL && card->outcomes[i] != NULL; i++)
    if (card->outcomes[i][0] != '\0' && !has_outcome (self, card->outcomes[i]))
      way_xml_report (xml, element, "outcome “%s” is not one of this module's", card->outcomes[i]);
  g_ptr_array_add (self->cards, card);
}

static void
read_check (WayXml *xml, WayModule *self, xmlNode *element)
{
  self->draw = way_xml_require_int (xml, element, "draw", 1, 100);

  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    {
      WayCheckItem *item;

      if (!way_xml_is (child, "item"))
        {
          way_xml_report (xml, child, "<%s> is not known in <check>", (const char *) child->name);
          continue;
        }

      item = g_new0 (WayCheckItem, 1);
      item->id = way_xml_require_id (xml, child, "id");
      item->href = way_xml_require_path (xml, child, "href");
      item->outcome = way_xml_require (xml, child, "outcome");
      if (item->outcome[0] != '\0' && !has_outcome (self, item->outcome))
        way_xml_report (xml, child, "outcome “%s” is not one of this module's", item->outcome);
      for (guint i = 0; i < self->check->len; i++)
        {
          WayCheckItem *other = g_ptr_array_index (self->check, i);

          if (g_str_equal (other->id, item->id))
            way_xml_report (xml, child, "item “%s” is there twice", item->id);
        }
      g_ptr_array_add (self->check, item);
    }

  if (self->check->len < (guint) self->draw)
    way_xml_report (xml, element, "%d items are to be drawn and there are %u", self->draw,
                    self->check->len);
}

static void
read_source (WayXml *xml, WayModule *self, xmlNode *element)
{
  WaySource *source = g_new0 (WaySource, 1);

  source->title = way_xml_require (xml, element, "title");
  source->href = way_xml_get (element, "href");
  source->checked = require_date (xml, element, "checked");
  if (source->href != NULL && !g_str_has_prefix (source->href, "https://"))
    way_xml_report (xml, element, "the address of a source must begin with https://");
  g_ptr_array_add (self->sources, source);
}

static void
read_part (WayXml *xml, WayModule *self, xmlNode *child)
{
  if (way_xml_is (child, "title") && self->title == NULL)
    self->title = way_xml_dup_text (xml, child);
  else if (way_xml_is (child, "summary") && self->summary == NULL)
    self->summary = way_xml_dup_text (xml, child);
  else if (way_xml_is (child, "outcome"))
    read_outcome (xml, self, child);
  else if (way_xml_is (child, "why") && self->why == NULL)
    self->why = way_flow_read (xml, child, NULL, NULL);
  else if (way_xml_is (child, "card"))
    read_card (xml, self, child);
  else if (way_xml_is (child, "practice"))
    g_ptr_array_add (self->desks, way_xml_require_path (xml, child, "href"));
  else if (way_xml_is (child, "check") && self->draw == 0)
    read_check (xml, self, child);
  else if (way_xml_is (child, "shift") && self->shift == NULL)
    {
      self->shift_id = way_xml_require_id (xml, child, "id");
      self->shift = way_flow_read (xml, child, NULL, NULL);
    }
  else if (way_xml_is (child, "confidence") && self->confidence == NULL)
    self->confidence = way_xml_dup_text (xml, child);
  else if (way_xml_is (child, "source"))
    read_source (xml, self, child);
  else
    way_xml_report (xml, child, "<%s> is not known here, or is there twice",
                    (const char *) child->name);
}

/* Where cards say what they teach, all that is taught has a card to go back to. */
static void
require_taught (WayXml *xml, WayModule *self, xmlNode *root)
{
  gboolean says = FALSE;

  for (guint i = 0; i < self->cards->len; i++)
    says = says || ((WayCard *) self->cards->pdata[i])->outcomes != NULL;
  for (guint i = 0; says && i < self->outcomes->len; i++)
    {
      const WayOutcome *outcome = self->outcomes->pdata[i];
      gboolean is_taught = FALSE;

      for (guint k = 0; k < self->cards->len; k++)
        is_taught = is_taught || way_module_teaches (self, self->cards->pdata[k], outcome->id);
      if (!is_taught)
        way_xml_report (xml, root, "no card teaches outcome “%s”", outcome->id);
    }
}

/* Whoever shows a module finds every part in its place, even after a report. */
static void
require_parts (WayXml *xml, WayModule *self, xmlNode *root)
{
  struct
  {
    const char *name;
    char **text;
    WayNode **flow;
  } parts[] = {
    { "title", &self->title, NULL },
    { "summary", &self->summary, NULL },
    { "why", NULL, &self->why },
    { "shift", NULL, &self->shift },
    { "confidence", &self->confidence, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i].text != NULL ? *parts[i].text != NULL : *parts[i].flow != NULL)
        continue;
      way_xml_report (xml, root, "the module has no <%s>", parts[i].name);
      if (parts[i].text != NULL)
        *parts[i].text = g_strdup ("");
      else
        *parts[i].flow = way_node_new (WAY_NODE_FLOW);
    }
  if (self->shift_id == NULL)
    self->shift_id = g_strdup ("");
  if (self->draw == 0)
    way_xml_report (xml, root, "the module has no <check>");
  if (self->outcomes->len == 0)
    way_xml_report (xml, root, "the module has no <outcome>");
}

/**
 * way_module_read:
 * @bytes: the file
 * @path: what problems call it
 * @problems: of char*, where problems are added
 * @references: (nullable): of WayReference, where the files it names are added
 *
 * Reads a module.
 *
 * Returns: (transfer full) (nullable): the module, incomplete where @problems says so, or NULL
 */
WayModule *
way_module_read (GBytes *bytes, const char *path, GPtrArray *problems, GPtrArray *references)
{
  g_autoptr (WayXml) xml = way_xml_new (bytes, path, problems, references);
  xmlNode *root = xml != NULL ? way_xml_get_root (xml, WAY_NS_MODULE, "module") : NULL;
  WayModule *self;

  if (root == NULL)
    return NULL;

  self = g_new0 (WayModule, 1);
  g_atomic_ref_count_init (&self->refs);
  self->path = g_strdup (path);
  self->outcomes = g_ptr_array_new_with_free_func (outcome_free);
  self->cards = g_ptr_array_new_with_free_func (card_free);
  self->desks = g_ptr_array_new_with_free_func (g_free);
  self->check = g_ptr_array_new_with_free_func (check_item_free);
  self->sources = g_ptr_array_new_with_free_func (source_free);
  self->id = way_xml_require_id (xml, root, "id");
  self->version = way_xml_require_int (xml, root, "version", 1, 100000);
  self->capability = way_xml_require (xml, root, "capability");
  self->level = way_xml_require_int (xml, root, "level", 1, WAY_N_LEVELS);
  self->minutes = way_xml_require_int (xml, root, "minutes", 1, 240);
  self->owner = way_xml_require (xml, root, "owner");
  self->review = require_date (xml, root, "review");
  self->has_clinical_check = way_xml_get_boolean (xml, root, "clinical-check", FALSE);
  self->digcomp = way_xml_get (root, "digcomp");

  for (xmlNode *child = way_xml_first (xml, root); child != NULL; child = way_xml_next (xml, child))
    read_part (xml, self, child);
  require_parts (xml, self, root);
  require_taught (xml, self, root);

  return self;
}

/**
 * way_module_teaches:
 * @card: one of the module's
 * @outcome: id of one of its outcomes
 *
 * Returns: whether the card says that it teaches the outcome
 */
gboolean
way_module_teaches (const WayModule *self, const WayCard *card, const char *outcome)
{
  g_return_val_if_fail (self != NULL && card != NULL && outcome != NULL, FALSE);

  return card->outcomes != NULL && g_strv_contains ((const char *const *) card->outcomes, outcome);
}

/**
 * way_module_ref:
 * @self: a module
 *
 * Returns: (transfer full): @self
 */
WayModule *
way_module_ref (WayModule *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);

  return self;
}

/**
 * way_module_unref:
 * @self: (transfer full): a module
 *
 * Gives up a reference.
 */
void
way_module_unref (WayModule *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_free (self->id);
  g_free (self->capability);
  g_free (self->owner);
  g_free (self->review);
  g_free (self->digcomp);
  g_free (self->title);
  g_free (self->summary);
  g_free (self->path);
  g_clear_pointer (&self->outcomes, g_ptr_array_unref);
  g_clear_pointer (&self->why, way_node_free);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  g_clear_pointer (&self->desks, g_ptr_array_unref);
  g_clear_pointer (&self->check, g_ptr_array_unref);
  g_free (self->shift_id);
  g_clear_pointer (&self->shift, way_node_free);
  g_free (self->confidence);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_free (self);
}
