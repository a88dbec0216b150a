/* way-flow-box.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-flow-box.h"

#include <glib/gi18n.h>

#include "widgets/way-compat.h"
#include "widgets/way-picture.h"
#include "widgets/way-wrap-box.h"

#define CHARACTERS 66 /* a line is not longer, so that the eye finds the next one */
#define LONG 40       /* a text, in characters */
#define NARROWEST 10  /* it gets, in characters */
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

/* --- Words --------------------------------------------------------------------- */

static gboolean
is_block_interaction (const WayNode *node)
{
  return node->type == WAY_NODE_INTERACTION && !way_interaction_is_inline (node->interaction);
}

static gboolean
is_inline (const WayNode *node)
{
  switch (node->type)
    {
    case WAY_NODE_TEXT:
    case WAY_NODE_STRONG:
    case WAY_NODE_EMPHASIS:
    case WAY_NODE_TERM:
    case WAY_NODE_BREAK:
    case WAY_NODE_SPAN:
    case WAY_NODE_GAP:
    case WAY_NODE_HOTTEXT:
      return TRUE;
    case WAY_NODE_INTERACTION:
      return !is_block_interaction (node);
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
      return FALSE;
    }
}

static const WayNode *
get_child (const WayNode *node, guint i)
{
  return node->children != NULL && i < node->children->len ? g_ptr_array_index (node->children, i)
                                                           : NULL;
}

/**
 * way_flow_has_controls:
 * @node: a node
 *
 * Returns: whether a gap, an interaction or a place for feedback stands in the text below @node
 */
gboolean
way_flow_has_controls (const WayNode *node)
{
  const WayNode *child;

  g_return_val_if_fail (node != NULL, FALSE);

  if (node->type == WAY_NODE_GAP || node->type == WAY_NODE_HOTTEXT
      || node->type == WAY_NODE_INTERACTION || node->feedback != NULL)
    return TRUE;
  for (guint i = 0; (child = get_child (node, i)) != NULL; i++)
    if (way_flow_has_controls (child))
      return TRUE;

  return FALSE;
}

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
  for (guint i = 0; (child = get_child (node, i)) != NULL; i++)
    if (has_places (child))
      return TRUE;

  return FALSE;
}

static void
append_markup (GString *markup, const WayNode *node)
{
  static const struct
  {
    WayNodeType type;
    const char *tag;
  } tags[] = { { WAY_NODE_STRONG, "b" }, { WAY_NODE_EMPHASIS, "i" } };
  const char *tag = NULL;
  const WayNode *child;

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (tags[i].type == node->type)
      tag = tags[i].tag;

  if (node->type == WAY_NODE_TEXT)
    {
      g_autofree char *text = g_markup_escape_text (node->text, -1);

      g_string_append (markup, text);
    }
  else if (node->type == WAY_NODE_BREAK)
    g_string_append_c (markup, '\n');
  else if (node->type == WAY_NODE_TERM)
    {
      g_autofree char *word = way_node_dup_text (node);
      g_autofree char *link = g_uri_escape_string (word, NULL, TRUE);
      g_autofree char *text = g_markup_escape_text (word, -1);

      g_string_append_printf (markup, "<a href=\"explain:%s\" title=\"\">%s</a>", link, text);
      return;
    }

  if (tag != NULL)
    g_string_append_printf (markup, "<%s>", tag);
  for (guint i = 0; (child = get_child (node, i)) != NULL; i++)
    append_markup (markup, child);
  if (tag != NULL)
    g_string_append_printf (markup, "</%s>", tag);
}

/**
 * way_flow_dup_markup:
 * @node: a node
 *
 * The text below @node as Pango markup, glossary words as links “explain:WORD”.
 *
 * Returns: (transfer full): markup
 */
char *
way_flow_dup_markup (const WayNode *node)
{
  GString *markup = g_string_new (NULL);

  g_return_val_if_fail (node != NULL, NULL);

  append_markup (markup, node);

  return g_strstrip (g_string_free (markup, FALSE));
}

static void
append_speech (GString *text, const WayNode *node)
{
  const WayNode *child;

  switch (node->type)
    {
    case WAY_NODE_TEXT:
    case WAY_NODE_HOTTEXT:
      g_string_append (text, node->text);
      return;
    case WAY_NODE_IMAGE:
      if (node->alternative != NULL)
        g_string_append (text, node->alternative);
      return;
    case WAY_NODE_GAP:
      g_string_append (text, _ ("blank"));
      return;
    case WAY_NODE_INTERACTION:
      if (!is_block_interaction (node))
        g_string_append (text, _ ("blank"));
      return;
    case WAY_NODE_BREAK:
      g_string_append_c (text, ' ');
      return;
    case WAY_NODE_CELL:
      if (text->len > 0 && !g_str_has_suffix (text->str, "\n"))
        g_string_append (text, ", ");
      break;
    case WAY_NODE_FLOW:
    case WAY_NODE_PARAGRAPH:
    case WAY_NODE_HEADING:
    case WAY_NODE_LIST:
    case WAY_NODE_LIST_ITEM:
    case WAY_NODE_STRONG:
    case WAY_NODE_EMPHASIS:
    case WAY_NODE_TERM:
    case WAY_NODE_TABLE:
    case WAY_NODE_ROW:
    case WAY_NODE_BOX:
    case WAY_NODE_SPAN:
    default:
      break;
    }

  for (guint i = 0; (child = get_child (node, i)) != NULL; i++)
    append_speech (text, child);
  if (!is_inline (node) && node->type != WAY_NODE_CELL && text->len > 0
      && !g_str_has_suffix (text->str, "\n"))
    g_string_append_c (text, '\n');
}

/**
 * way_flow_dup_speech:
 * @node: (nullable): a node
 *
 * The text below @node as it is to be read out: controls in it are “blank”, blocks of
 * choices are left out.
 *
 * Returns: (transfer full): text, a line for each block
 */
char *
way_flow_dup_speech (const WayNode *node)
{
  GString *text = g_string_new (NULL);

  if (node != NULL)
    append_speech (text, node);

  return g_strstrip (g_string_free (text, FALSE));
}

/* --- Paragraphs ---------------------------------------------------------------- */

static gboolean
activate_link_cb (GtkLabel *label, const char *uri, gpointer user_data)
{
  if (g_str_has_prefix (uri, "explain:"))
    {
      g_autofree char *word = g_uri_unescape_string (uri + strlen ("explain:"), NULL);

      if (word != NULL)
        gtk_widget_activate_action (GTK_WIDGET (label), "win.explain", "s", word);
    }
  /* A pack has no links out. */
  return TRUE;
}

static void
explain_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWidget *label = user_data;

  gtk_widget_activate_action (label, "win.explain", "s",
                              (const char *) g_object_get_data (G_OBJECT (action), "word"));
}

static void
add_terms (const WayNode *node, GPtrArray *words)
{
  const WayNode *child;

  if (node->type == WAY_NODE_TERM)
    g_ptr_array_add (words, way_node_dup_text (node));
  for (guint i = 0; (child = get_child (node, i)) != NULL; i++)
    add_terms (child, words);
}

/* Links inside a label are for eyes and the keyboard alone: an action for each word is for
 * everybody else. */
static void
offer_terms (GtkWidget *label, const WayNode *node)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GSimpleActionGroup) group = NULL;
  g_autofree char *list = NULL;
  g_autofree char *description = NULL;

  add_terms (node, words);
  if (words->len == 0)
    {
      /* Text can be selected with the pointer, but is no stop on the way of the Tab key.
       * Not focusable alone would be a trap: GTK 4.8 takes the key and stays. */
      gtk_widget_set_focusable (label, FALSE);
      gtk_widget_set_can_focus (label, FALSE);
      return;
    }

  group = g_simple_action_group_new ();
  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);
      g_autofree char *name = g_strdup_printf ("explain-%u", i + 1);
      g_autoptr (GSimpleAction) action = g_simple_action_new (name, NULL);

      g_object_set_data_full (G_OBJECT (action), "word", g_strdup (word), g_free);
      g_signal_connect_object (action, "activate", G_CALLBACK (explain_activated_cb), label, 0);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (label, "term", G_ACTION_GROUP (group));
  g_signal_connect (label, "activate-link", G_CALLBACK (activate_link_cb), NULL);

  g_ptr_array_add (words, NULL);
  list = g_strjoinv (", ", (char **) words->pdata);
  /* TRANSLATORS: %s is one or more words. */
  description = g_strdup_printf (_ ("Enter explains: %s"), list);
  way_compat_describe (label, description);
}

static GtkWidget *
make_label (const WayNode *node, const char *markup)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  /* A paragraph is as wide as it may be, not as wide as makes its lines even. */
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), CHARACTERS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_halign (label, GTK_ALIGN_START);
  offer_terms (label, node);

  return label;
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

        append_word (sentence, make_label (node, markup));
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

  for (guint i = 0; (child = get_child (node, i)) != NULL; i++)
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
      widget = make_label (node, words);
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
  for (guint i = 0; (child = get_child (node, i)) != NULL; i++)
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

static void
add_rows (const WayNode *node, GPtrArray *rows)
{
  const WayNode *child;

  if (node->type == WAY_NODE_ROW)
    g_ptr_array_add (rows, (gpointer) node);
  else
    for (guint i = 0; (child = get_child (node, i)) != NULL; i++)
      add_rows (child, rows);
}

static gboolean
is_figure (const char *text)
{
  /* A figure begins with a digit, perhaps after a sign or a currency. */
  text += strspn (text, "-−+£<>≥≤ ");
  return g_ascii_isdigit (*text);
}

static gboolean
is_figure_column (GPtrArray *rows, guint column)
{
  gboolean has_figure = FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      const WayNode *cell = get_child (g_ptr_array_index (rows, i), column);
      g_autofree char *text = NULL;

      if (cell == NULL || cell->level == 1)
        continue;
      text = way_node_dup_text (cell);
      if (!is_figure (text))
        return FALSE;
      has_figure = TRUE;
    }

  return has_figure;
}

/* What a cell is about: the header cells of its row and column. */
static char *
describe_cell (GPtrArray *rows, guint row, guint column)
{
  const WayNode *side = get_child (g_ptr_array_index (rows, row), 0);
  const WayNode *top = get_child (g_ptr_array_index (rows, 0), column);
  g_autofree char *side_text = NULL;
  g_autofree char *top_text = NULL;

  if (column > 0 && side != NULL && side->level == 1)
    side_text = way_node_dup_text (side);
  if (row > 0 && top != NULL && top->level == 1)
    top_text = way_node_dup_text (top);
  if (side_text != NULL && top_text != NULL)
    return g_strdup_printf ("%s, %s", side_text, top_text);

  return side_text != NULL ? g_steal_pointer (&side_text) : g_steal_pointer (&top_text);
}

static GtkWidget *
build_table (Build *build, const WayNode *node)
{
  GtkWidget *grid = new_with_role (GTK_TYPE_GRID, GTK_ACCESSIBLE_ROLE_GROUP);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  gtk_widget_add_css_class (grid, "way-table");
  gtk_widget_set_halign (grid, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (grid), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Table"),
                                  -1);
  add_rows (node, rows);
  for (guint r = 0; r < rows->len; r++)
    {
      const WayNode *cell;

      for (guint c = 0; (cell = get_child (g_ptr_array_index (rows, r), c)) != NULL; c++)
        {
          g_autofree char *markup = way_flow_dup_markup (cell);
          g_autofree char *about = describe_cell (rows, r, c);
          GtkWidget *label = make_label (cell, markup);
          gboolean is_number = is_figure_column (rows, c);

          gtk_widget_set_halign (label, GTK_ALIGN_FILL);
          gtk_label_set_max_width_chars (GTK_LABEL (label), 32);
          gtk_label_set_xalign (GTK_LABEL (label), is_number ? 1 : 0);
          if (is_number)
            gtk_widget_add_css_class (label, "numeric");
          if (cell->level == 1)
            gtk_widget_add_css_class (label, r == 0 ? "column-head" : "row-head");
          if (r == 0)
            gtk_widget_add_css_class (label, "first");
          if (cell->level != 1 && about != NULL)
            way_compat_describe (label, about);
          gtk_grid_attach (GTK_GRID (grid), label, (int) c, (int) r, 1, 1);
        }
    }

  return grid;
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
      return build_table (build, node);
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

  for (guint i = 0; (child = get_child (node, i)) != NULL; i++)
    {
      GtkWidget *widget;

      if (is_inline (child))
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
