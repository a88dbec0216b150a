/* way-flow-box.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-flow-box.h"

#include <glib/gi18n.h>

#include "widgets/way-compat.h"
#include "widgets/way-flow-table.h"
#include "widgets/way-picture.h"
#include "widgets/way-wrap-box.h"

#define LONG 40      /* a text, in characters */
#define NARROWEST 10 /* it gets, in characters */
#define MARKER_WIDTH 24
#define PLACE_PREFIX "place-" /* the class of words that are a place of a practice desk */

/* What every build of a flow carries along. */
typedef struct
{
  WayPack *pack; /* (nullable) */
  WayFlowEmbed embed;
  gpointer user_data;
} Build;

static void build_blocks (Build *build, GtkBox *box, const WayNode *node);

/* --- Paragraphs ---------------------------------------------------------------- */

static gboolean
is_place (const WayNode *node)
{
  return node->type == WAY_NODE_SPAN && node->name != NULL
         && g_str_has_prefix (node->name, PLACE_PREFIX);
}

static gboolean
has_places (const WayNode *node)
{
  const WayNode *child;

  if (is_place (node))
    return TRUE;
  for (guint i = 0; (child = way_flow_get_child (node, i)) != NULL; i++)
    if (has_places (child))
      return TRUE;

  return FALSE;
}

/* A sentence with controls in it: each word is a label of its own, so that the line can
 * break anywhere. They are for the eye; the whole sentence is the name of the box. */
typedef struct
{
  Build *build;
  WayWrapBox *box;
  const char *sentence;
  gboolean is_after_space;
} Sentence;

static void
append_word (Sentence *sentence, GtkWidget *widget)
{
  if (sentence->is_after_space)
    way_wrap_box_append (sentence->box, widget);
  else
    way_wrap_box_append_glued (sentence->box, widget);
  sentence->is_after_space = FALSE;
}

static void
append_text (Sentence *sentence, const char *text, const char *tag)
{
  const char *word = text;

  while (*word != '\0')
    {
      const char *end = word;

      while (*word == ' ' || *word == '\n' || *word == '\t')
        {
          sentence->is_after_space = TRUE;
          word++;
        }
      for (end = word; *end != '\0' && *end != ' ' && *end != '\n' && *end != '\t';)
        end++;
      if (end > word)
        {
          g_autofree char *escaped = g_markup_escape_text (word, end - word);
          g_autofree char *markup = tag != NULL ? g_strdup_printf ("<%s>%s</%s>", tag, escaped, tag)
                                                : g_strdup (escaped);
          GtkWidget *label = gtk_label_new (NULL);

          gtk_label_set_markup (GTK_LABEL (label), markup);
          way_compat_hide (label);
          append_word (sentence, label);
        }
      word = end;
    }
}

static void
append_sentence (Sentence *sentence, const WayNode *node, const char *tag)
{
  const WayNode *child;
  GtkWidget *widget;

  if (node->feedback != NULL)
    {
      widget = sentence->build->embed != NULL
                   ? sentence->build->embed (node, sentence->sentence, sentence->build->user_data)
                   : NULL;
      if (widget != NULL)
        append_word (sentence, widget);
      return;
    }

  switch (node->type)
    {
    case WAY_NODE_TEXT:
      append_text (sentence, node->text, tag);
      return;
      case WAY_NODE_TERM: {
        g_autofree char *markup = way_flow_dup_markup (node);

        append_word (sentence, way_flow_label_new (node, markup));
        return;
      }
    case WAY_NODE_GAP:
    case WAY_NODE_HOTTEXT:
    case WAY_NODE_INTERACTION:
      widget = sentence->build->embed != NULL
                   ? sentence->build->embed (node, sentence->sentence, sentence->build->user_data)
                   : NULL;
      if (widget != NULL)
        append_word (sentence, widget);
      return;
    case WAY_NODE_SPAN:
      widget = is_place (node) && sentence->build->embed != NULL
                   ? sentence->build->embed (node, sentence->sentence, sentence->build->user_data)
                   : NULL;
      if (widget != NULL)
        {
          append_word (sentence, widget);
          return;
        }
      break;
    case WAY_NODE_STRONG:
      tag = "b";
      break;
    case WAY_NODE_EMPHASIS:
      tag = "i";
      break;
    case WAY_NODE_BREAK:
      sentence->is_after_space = TRUE;
      return;
    case WAY_NODE_FLOW:
    case WAY_NODE_PARAGRAPH:
    case WAY_NODE_HEADING:
    case WAY_NODE_LIST:
    case WAY_NODE_LIST_ITEM:
    case WAY_NODE_IMAGE:
    case WAY_NODE_TABLE:
    case WAY_NODE_ROW:
    case WAY_NODE_CELL:
    case WAY_NODE_BOX:
    default:
      break;
    }

  for (guint i = 0; (child = way_flow_get_child (node, i)) != NULL; i++)
    append_sentence (sentence, child, tag);
}

static GtkWidget *
build_paragraph (Build *build, const WayNode *node)
{
  g_autofree char *words = NULL;
  GtkWidget *widget;

  if (way_flow_has_controls (node) || (build->embed != NULL && has_places (node)))
    {
      Sentence sentence = { .build = build, .is_after_space = TRUE };

      words = way_flow_dup_speech (node);
      widget = way_wrap_box_new (5, 6);
      gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                      -1);
      sentence.box = WAY_WRAP_BOX (widget);
      sentence.sentence = words;
      append_sentence (&sentence, node, NULL);
    }
  else
    {
      words = way_flow_dup_markup (node);
      widget = way_flow_label_new (node, words);
      /* How narrow a long text can be that may break anywhere takes many times as long to find
       * out as to set it. */
      if (g_utf8_strlen (gtk_label_get_text (GTK_LABEL (widget)), -1) > LONG)
        gtk_label_set_width_chars (GTK_LABEL (widget), NARROWEST);
    }
  gtk_widget_add_css_class (widget, "way-text");

  return widget;
}

/* --- Blocks -------------------------------------------------------------------- */

static GtkWidget *
new_with_role (GType type, GtkAccessibleRole role)
{
  GtkWidget *widget = g_object_new (type, "accessible-role", role, NULL);

  if (GTK_IS_BOX (widget))
    gtk_orientable_set_orientation (GTK_ORIENTABLE (widget), GTK_ORIENTATION_VERTICAL);

  return widget;
}

static GtkWidget *
build_heading (Build *build, const WayNode *node)
{
  GtkWidget *label = new_with_role (GTK_TYPE_LABEL, GTK_ACCESSIBLE_ROLE_HEADING);
  g_autofree char *markup = way_flow_dup_markup (node);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, node->level <= 2 ? "title-3" : "heading");
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LEVEL,
                                  node->level, -1);

  return label;
}

static GtkWidget *
build_list (Build *build, const WayNode *node)
{
  GtkWidget *list = new_with_role (GTK_TYPE_BOX, GTK_ACCESSIBLE_ROLE_LIST);
  const WayNode *child;
  guint number = 0;

  gtk_box_set_spacing (GTK_BOX (list), 6);
  gtk_widget_add_css_class (list, "way-list");
  for (guint i = 0; (child = way_flow_get_child (node, i)) != NULL; i++)
    {
      GtkWidget *row, *marker, *content;
      g_autofree char *text = NULL;

      if (child->type != WAY_NODE_LIST_ITEM)
        continue;
      number++;
      /* TRANSLATORS: the number of a line in a numbered list. */
      text = node->level == 1 ? g_strdup_printf (_ ("%u."), number) : g_strdup ("•");
      row = new_with_role (GTK_TYPE_BOX, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
      gtk_orientable_set_orientation (GTK_ORIENTABLE (row), GTK_ORIENTATION_HORIZONTAL);
      marker = gtk_label_new (text);
      gtk_label_set_xalign (GTK_LABEL (marker), node->level == 1 ? 0 : .3F);
      gtk_widget_set_size_request (marker, MARKER_WIDTH, -1);
      gtk_widget_set_valign (marker, GTK_ALIGN_START);
      gtk_widget_add_css_class (marker, "way-marker");
      way_compat_hide (marker);
      content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
      gtk_widget_set_hexpand (content, TRUE);
      build_blocks (build, GTK_BOX (content), child);
      gtk_box_append (GTK_BOX (row), marker);
      gtk_box_append (GTK_BOX (row), content);
      gtk_box_append (GTK_BOX (list), row);
    }

  return list;
}

static GtkWidget *
build_box (Build *build, const WayNode *node)
{
  static const struct
  {
    const char *name;
    const char *icon;
    const char *title;
  } kinds[] = {
    { "note", "dialog-information-symbolic", N_ ("Good to know") },
    { "warn", "dialog-warning-symbolic", N_ ("Take care") },
    { "example", "format-justify-left-symbolic", N_ ("For example") },
  };
  GtkWidget *box = new_with_role (GTK_TYPE_BOX, GTK_ACCESSIBLE_ROLE_GROUP);

  gtk_box_set_spacing (GTK_BOX (box), 6);
  gtk_widget_add_css_class (box, "way-box");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].name, node->name) == 0)
      {
        GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
        GtkWidget *icon = gtk_image_new_from_icon_name (kinds[i].icon);
        GtkWidget *title = gtk_label_new (_ (kinds[i].title));

        way_compat_hide (icon);
        gtk_widget_add_css_class (title, "heading");
        gtk_box_append (GTK_BOX (head), icon);
        gtk_box_append (GTK_BOX (head), title);
        gtk_widget_add_css_class (head, "way-box-head");
        gtk_box_append (GTK_BOX (box), head);
        gtk_widget_add_css_class (box, kinds[i].name);
        gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                        _ (kinds[i].title), -1);
      }
  build_blocks (build, GTK_BOX (box), node);

  return box;
}

static GtkWidget *
build_block (Build *build, const WayNode *node)
{
  if (node->feedback != NULL)
    return build->embed != NULL ? build->embed (node, NULL, build->user_data) : NULL;

  switch (node->type)
    {
    case WAY_NODE_PARAGRAPH:
      return build_paragraph (build, node);
    case WAY_NODE_HEADING:
      return build_heading (build, node);
    case WAY_NODE_LIST:
      return build_list (build, node);
    case WAY_NODE_BOX:
      return build_box (build, node);
    case WAY_NODE_TABLE:
      return way_flow_table_new (node);
    case WAY_NODE_IMAGE:
      return build->pack != NULL && node->source != NULL
                 ? way_picture_new (build->pack, node->source, node->alternative)
                 : NULL;
    case WAY_NODE_INTERACTION:
      return build->embed != NULL ? build->embed (node, NULL, build->user_data) : NULL;
    case WAY_NODE_FLOW:
    case WAY_NODE_TEXT:
    case WAY_NODE_LIST_ITEM:
    case WAY_NODE_STRONG:
    case WAY_NODE_EMPHASIS:
    case WAY_NODE_TERM:
    case WAY_NODE_BREAK:
    case WAY_NODE_ROW:
    case WAY_NODE_CELL:
    case WAY_NODE_SPAN:
    case WAY_NODE_GAP:
    default:
      return NULL;
    }
}

/* Text that stands beside blocks without a paragraph of its own gets one. */
static void
flush (Build *build, GtkBox *box, GPtrArray *loose)
{
  WayNode paragraph = { .type = WAY_NODE_PARAGRAPH, .children = loose };
  g_autofree char *text = NULL;

  if (loose->len == 0)
    return;

  text = way_flow_dup_speech (&paragraph);
  if (*text != '\0' || way_flow_has_controls (&paragraph))
    gtk_box_append (box, build_paragraph (build, &paragraph));
  g_ptr_array_set_size (loose, 0);
}

static void
build_blocks (Build *build, GtkBox *box, const WayNode *node)
{
  g_autoptr (GPtrArray) loose = g_ptr_array_new ();
  const WayNode *child;

  for (guint i = 0; (child = way_flow_get_child (node, i)) != NULL; i++)
    {
      GtkWidget *widget;

      if (way_flow_is_inline (child))
        {
          g_ptr_array_add (loose, (gpointer) child);
          continue;
        }
      flush (build, box, loose);
      if (child->type == WAY_NODE_FLOW)
        build_blocks (build, box, child);
      else if ((widget = build_block (build, child)) != NULL)
        gtk_box_append (box, widget);
    }
  flush (build, box, loose);
}

/**
 * way_flow_box_new:
 * @flow: what to show; not kept
 * @pack: (nullable): the pack that its pictures come from
 * @embed: (nullable): makes the controls of a question
 * @user_data: for @embed
 *
 * Builds native widgets from a flow.
 *
 * Returns: (transfer floating): a box
 */
GtkWidget *
way_flow_box_new (const WayNode *flow, WayPack *pack, WayFlowEmbed embed, gpointer user_data)
{
  Build build = { .pack = pack, .embed = embed, .user_data = user_data };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_add_css_class (box, "way-flow");
  if (flow != NULL)
    {
      if (flow->type == WAY_NODE_FLOW || flow->type == WAY_NODE_SPAN)
        build_blocks (&build, GTK_BOX (box), flow);
      else
        {
          g_autoptr (GPtrArray) children = g_ptr_array_new ();
          WayNode root = { .type = WAY_NODE_FLOW, .children = children };

          g_ptr_array_add (children, (gpointer) flow);
          build_blocks (&build, GTK_BOX (box), &root);
        }
    }

  return box;
}
