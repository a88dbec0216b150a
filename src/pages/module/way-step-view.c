/* way-step-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/module/way-step-view.h"

#include "widgets/way-compat.h"
#include "widgets/way-content-view.h"
#include "widgets/way-picture.h"
#include "widgets/way-split.h"

#include <glib/gi18n.h>
#include <string.h>

/* In characters. How narrow a text can be that may break anywhere takes many times as long to
 * find out as to set it, and nobody reads one letter a line. */
#define NARROWEST 12
#define BULLET "•  " /* where a line begins with one */
#define MARKER "•"
#define MARKER_WIDTH 18 /* also in large text */

/* One step of a module to read: a title, what there is to say, and perhaps a picture:
 * beside the text where there is room, above it where there is not. */
struct _WayStepView
{
  AdwBin parent_instance;

  GtkWidget *clamp;
  GtkWidget *split;
  GtkWidget *text;   /* takes the focus, so that all of it is read out */
  GtkLabel *eyebrow; /* (nullable) */
  GString *words;    /* (owned) what is read out */
};

G_DEFINE_FINAL_TYPE (WayStepView, way_step_view, ADW_TYPE_BIN)

/* Beside the text the picture keeps its distance to the side, above it downwards. */
static void
folded_cb (GtkWidget *split, GParamSpec *pspec, GtkWidget *picture)
{
  gboolean is_folded = way_split_is_folded (WAY_SPLIT (split));

  gtk_widget_set_margin_end (picture, is_folded ? 0 : 36);
  gtk_widget_set_margin_bottom (picture, is_folded ? 18 : 0);
}

/* As wide as there is room up to here. Between two limits a clamp rounds otherwise when it is asked
 * than when it places, and each text would be set for two widths. */
static void
set_width (WayStepView *self, int width)
{
  adw_clamp_set_maximum_size (ADW_CLAMP (self->clamp), width);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (self->clamp), width);
}

static void
add_words (WayStepView *self, const char *words)
{
  if (self->words->len > 0)
    g_string_append_c (self->words, '\n');
  g_string_append (self->words, words);
  way_compat_describe (self->text, self->words->str);
}

static void
way_step_view_finalize (GObject *object)
{
  g_string_free (WAY_STEP_VIEW (object)->words, TRUE);

  G_OBJECT_CLASS (way_step_view_parent_class)->finalize (object);
}

static void
way_step_view_class_init (WayStepViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_step_view_finalize;
}

static void
way_step_view_init (WayStepView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->words = g_string_new (NULL);
  self->clamp = adw_clamp_new ();
  set_width (self, 640);
  self->text = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 18,
                             "focusable", TRUE, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_widget_add_css_class (self->text, "way-step");
  self->split = g_object_new (WAY_TYPE_SPLIT, "end", self->text, "start-width", 376, "fold-width",
                              760, NULL);
  gtk_widget_set_margin_top (self->split, 24);
  gtk_widget_set_margin_bottom (self->split, 36);
  gtk_widget_set_margin_start (self->split, 18);
  gtk_widget_set_margin_end (self->split, 18);
  adw_clamp_set_child (ADW_CLAMP (self->clamp), self->split);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->clamp);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

static GtkWidget *
create_label (const char *text, const char *style_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), NARROWEST);
  gtk_widget_add_css_class (label, style_class);
  return label;
}

/* Lines that begin with a bullet go on below their first word, not below the bullet. */
static GtkWidget *
create_text (const char *text, const char *style_class)
{
  g_auto (GStrv) lines = NULL;
  GtkWidget *box;

  if (!g_str_has_prefix (text, BULLET))
    return create_label (text, style_class);

  lines = g_strsplit (text, "\n", -1);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean has_bullet = g_str_has_prefix (lines[i], BULLET);
      /* A box would look for the width of the text by setting it in many. */
      GtkWidget *row = gtk_overlay_new ();
      GtkWidget *bullet = gtk_label_new (has_bullet ? MARKER : NULL);
      GtkWidget *label = create_label (lines[i] + (has_bullet ? strlen (BULLET) : 0), style_class);

      gtk_widget_add_css_class (bullet, style_class);
      gtk_widget_set_valign (bullet, GTK_ALIGN_START);
      gtk_widget_set_halign (bullet, GTK_ALIGN_START);
      way_compat_hide (bullet);
      gtk_overlay_add_overlay (GTK_OVERLAY (row), bullet);
      gtk_widget_set_margin_start (label, MARKER_WIDTH);
      gtk_overlay_set_child (GTK_OVERLAY (row), label);
      gtk_box_append (GTK_BOX (box), row);
    }
  return box;
}

/**
 * way_step_view_new:
 * @eyebrow: (nullable): a few words above the title
 *
 * Returns: (transfer floating): a step that has only a title
 */
GtkWidget *
way_step_view_new (const char *eyebrow, const char *title)
{
  WayStepView *self = g_object_new (WAY_TYPE_STEP_VIEW, NULL);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0, "wrap", TRUE,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);

  if (eyebrow != NULL)
    {
      GtkWidget *above = create_label (eyebrow, "caption-heading");

      self->eyebrow = GTK_LABEL (above);
      gtk_widget_add_css_class (above, "dim-label");
      gtk_box_append (GTK_BOX (head), above);
    }
  gtk_widget_add_css_class (label, "title-1");
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (self->text), head);
  way_compat_name (self->text, title);
  return GTK_WIDGET (self);
}

/**
 * way_step_view_set_eyebrow:
 * @eyebrow: a few words above the title
 *
 * Says something else there, of a step that was made with such words.
 */
void
way_step_view_set_eyebrow (WayStepView *self, const char *eyebrow)
{
  g_return_if_fail (WAY_IS_STEP_VIEW (self) && self->eyebrow != NULL);

  gtk_label_set_label (self->eyebrow, eyebrow);
}

/**
 * way_step_view_add_text:
 *
 * Adds a paragraph of the program's own.
 */
void
way_step_view_add_text (WayStepView *self, const char *text)
{
  g_return_if_fail (WAY_IS_STEP_VIEW (self));

  gtk_box_append (GTK_BOX (self->text), create_text (text, "way-reading"));
  add_words (self, text);
}

/**
 * way_step_view_add_content:
 *
 * Adds what the module says.
 */
void
way_step_view_add_content (WayStepView *self, WayPack *pack, const WayNode *content)
{
  GtkWidget *view = way_content_view_new ();
  g_autofree char *words = way_node_dup_text (content);

  g_return_if_fail (WAY_IS_STEP_VIEW (self));

  gtk_widget_add_css_class (view, "way-reading");
  way_content_view_set_content (WAY_CONTENT_VIEW (view), content, pack);
  gtk_box_append (GTK_BOX (self->text), view);
  add_words (self, words);
}

/**
 * way_step_view_add_quiet:
 *
 * Adds a box that stands back.
 *
 * Returns: (transfer none): the box, for what there is to use in it
 */
GtkBox *
way_step_view_add_quiet (WayStepView *self, const char *title, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  g_return_val_if_fail (WAY_IS_STEP_VIEW (self), NULL);

  gtk_widget_add_css_class (box, "way-box");
  gtk_box_append (GTK_BOX (box), create_label (title, "heading"));
  gtk_box_append (GTK_BOX (box), create_text (text, "body"));
  gtk_box_append (GTK_BOX (self->text), box);
  add_words (self, title);
  add_words (self, text);
  return GTK_BOX (box);
}

/**
 * way_step_view_add:
 *
 * Adds something to use.
 */
void
way_step_view_add (WayStepView *self, GtkWidget *widget)
{
  g_return_if_fail (WAY_IS_STEP_VIEW (self));

  gtk_box_append (GTK_BOX (self->text), widget);
}

/**
 * way_step_view_set_picture:
 *
 * Puts a picture beside or above the text.
 */
void
way_step_view_set_picture (WayStepView *self,
                           WayPack *pack,
                           const char *source,
                           const char *alternative)
{
  GtkWidget *picture;

  g_return_if_fail (WAY_IS_STEP_VIEW (self));

  picture = way_picture_new (pack, source, alternative);
  gtk_widget_set_valign (picture, GTK_ALIGN_START);
  gtk_widget_add_css_class (picture, "way-card-picture");
  set_width (self, 960);
  g_object_set (self->split, "start", picture, NULL);
  g_signal_connect_object (self->split, "notify::folded", G_CALLBACK (folded_cb), picture, 0);
  folded_cb (self->split, NULL, picture);
}

/**
 * way_step_view_focus:
 *
 * Puts the focus on the text, so that it is read out.
 */
void
way_step_view_focus (WayStepView *self)
{
  g_return_if_fail (WAY_IS_STEP_VIEW (self));

  /* A box would rather give the focus to something in it. */
  if (gtk_widget_get_root (self->text) != NULL)
    gtk_root_set_focus (gtk_widget_get_root (self->text), self->text);
}
