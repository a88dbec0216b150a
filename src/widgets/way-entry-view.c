/* way-entry-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-entry-view.h"

#include <glib/gi18n.h>

#include "widgets/way-compat.h"
#include "widgets/way-text-guard.h"

#define WIDTH_CHARS 12 /* where the item does not say how much is expected */
#define MOST_CHARS 1000

/* Words or a number to type, in the middle of a sentence. A number may be typed the way
 * people write it: with spaces around it, or commas between thousands. */
struct _WayEntryView
{
  WayInteractionView parent_instance;

  GtkWidget *entry;
  GtkWidget *text;     /* (nullable) several lines: in place of the entry */
  GtkWidget *hint;     /* says what is missing */
  GtkWidget *result;   /* (nullable) */
  WayTextGuard *guard; /* (nullable) under several lines */
};

G_DEFINE_FINAL_TYPE (WayEntryView, way_entry_view, WAY_TYPE_INTERACTION_VIEW)

static gboolean
is_number (WayInteractionView *view)
{
  const WayDeclaration *declaration = way_interaction_view_get_declaration (view);

  return declaration != NULL
         && (declaration->base_type == WAY_BASE_INTEGER
             || declaration->base_type == WAY_BASE_FLOAT);
}

static char *
dup_text (WayEntryView *self)
{
  if (self->text != NULL)
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
      GtkTextIter start, end;

      gtk_text_buffer_get_bounds (buffer, &start, &end);
      return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
    }

  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

/* What was typed as a value of the declared type; NULL when it is none. */
static char *
dup_answer (WayEntryView *self)
{
  g_autofree char *text = dup_text (self);
  WayInteractionView *view = WAY_INTERACTION_VIEW (self);

  if (*text == '\0')
    return NULL;
  if (is_number (view))
    {
      g_autoptr (GString) digits = g_string_new (NULL);

      for (const char *c = text; *c != '\0'; c++)
        if (*c != ',' && *c != ' ')
          g_string_append_c (digits, *c);
      if (!way_value_accepts (way_interaction_view_get_declaration (view)->base_type, digits->str))
        return NULL;
      return g_string_free (g_steal_pointer (&digits), FALSE);
    }

  return g_steal_pointer (&text);
}

static void
changed_cb (WayEntryView *self)
{
  g_autofree char *text = dup_text (self);
  g_autofree char *answer = dup_answer (self);
  gboolean is_amiss = *text != '\0' && answer == NULL;

  if (self->guard != NULL)
    way_text_guard_check (self->guard, text);

  if (is_amiss != gtk_widget_get_visible (self->hint))
    {
      gtk_widget_set_visible (self->hint, is_amiss);
      if (self->entry != NULL)
        way_compat_describe (self->entry, is_amiss ? _ ("A number goes here, as 12.") : NULL);
    }
  way_interaction_view_changed (WAY_INTERACTION_VIEW (self));
}

static GtkWidget *
make_text_view (WayEntryView *self)
{
  GtkWidget *frame = gtk_frame_new (NULL);

  self->text = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->text), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->text), FALSE);
  gtk_widget_set_size_request (self->text, -1, 120);
  gtk_widget_add_css_class (self->text, "way-answer-text");
  gtk_frame_set_child (GTK_FRAME (frame), self->text);
  g_signal_connect_swapped (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), "changed",
                            G_CALLBACK (changed_cb), self);

  return frame;
}

static void
build (WayInteractionView *view, WayPack *pack, guint64 seed, const char *sentence)
{
  WayEntryView *self = WAY_ENTRY_VIEW (view);
  const WayInteraction *interaction = way_interaction_view_get_interaction (view);
  guint width = interaction->expected_length > 0 ? interaction->expected_length : WIDTH_CHARS;
  GtkWidget *field;

  if (interaction->type == WAY_INTERACTION_EXTENDED_TEXT)
    {
      way_interaction_view_add_prompt (view, pack, NULL);
      gtk_widget_set_parent (make_text_view (self), GTK_WIDGET (self));
      self->guard = g_object_new (WAY_TYPE_TEXT_GUARD, NULL);
      g_signal_connect_swapped (self->guard, "changed", G_CALLBACK (changed_cb), self);
      gtk_widget_set_parent (GTK_WIDGET (self->guard), GTK_WIDGET (self));
      field = self->text;
    }
  else
    {
      self->entry = field = gtk_entry_new ();
      gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), (int) CLAMP (width, 4, 20));
      gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), (int) CLAMP (width + 2, 6, 30));
      gtk_entry_set_max_length (GTK_ENTRY (self->entry), MOST_CHARS);
      gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), is_number (view)
                                                                ? GTK_INPUT_PURPOSE_NUMBER
                                                                : GTK_INPUT_PURPOSE_FREE_FORM);
      g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);
      g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (way_interaction_view_answer),
                                self);
      gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
    }
  if (sentence != NULL)
    way_compat_name (field, sentence);
  else
    way_compat_name (field, _ ("Your answer"));

  self->hint = gtk_label_new (_ ("A number goes here, as 12."));
  gtk_label_set_wrap (GTK_LABEL (self->hint), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->hint), 0);
  gtk_widget_add_css_class (self->hint, "way-attention");
  gtk_widget_set_visible (self->hint, FALSE);
  gtk_widget_set_parent (self->hint, GTK_WIDGET (self));
}

static WayValue *
dup_value (WayInteractionView *view)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *answer = dup_answer (WAY_ENTRY_VIEW (view));

  if (answer != NULL)
    g_ptr_array_add (texts, g_steal_pointer (&answer));

  return way_interaction_view_make_value (view, texts);
}

static void
set_value (WayInteractionView *view, const WayValue *value)
{
  WayEntryView *self = WAY_ENTRY_VIEW (view);
  const char *text = value != NULL ? way_value_get_text (value) : NULL;

  if (self->text != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)),
                              text != NULL ? text : "", -1);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text != NULL ? text : "");
}

static gboolean
is_complete (WayInteractionView *view)
{
  WayEntryView *self = WAY_ENTRY_VIEW (view);
  g_autofree char *answer = dup_answer (self);

  return answer != NULL
         && (self->guard == NULL || !gtk_widget_get_visible (GTK_WIDGET (self->guard)));
}

static void
mark (WayInteractionView *view, const WayValue *correct, gboolean is_right)
{
  WayEntryView *self = WAY_ENTRY_VIEW (view);

  gtk_widget_set_visible (self->hint, FALSE);
  if (self->text != NULL)
    {
      gtk_text_view_set_editable (GTK_TEXT_VIEW (self->text), FALSE);
      return;
    }

  gtk_editable_set_editable (GTK_EDITABLE (self->entry), FALSE);
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (self->entry), GTK_ENTRY_ICON_SECONDARY,
                                     is_right ? "object-select-symbolic" : "window-close-symbolic");
  gtk_widget_add_css_class (self->entry, is_right ? "right" : "wrong");
  way_compat_describe (self->entry, is_right ? _ ("Right") : _ ("Not right"));
  if (!is_right && correct != NULL && way_value_get_text (correct) != NULL && self->result == NULL)
    {
      g_autofree char *text = g_strdup_printf (_ ("Right: %s"), way_value_get_text (correct));

      self->result = gtk_label_new (text);
      gtk_label_set_wrap (GTK_LABEL (self->result), TRUE);
      gtk_label_set_xalign (GTK_LABEL (self->result), 0);
      gtk_widget_add_css_class (self->result, "way-choice-result");
      gtk_widget_set_parent (self->result, GTK_WIDGET (self));
    }
}

static void
way_entry_view_class_init (WayEntryViewClass *klass)
{
  WayInteractionViewClass *view_class = WAY_INTERACTION_VIEW_CLASS (klass);

  view_class->build = build;
  view_class->dup_value = dup_value;
  view_class->set_value = set_value;
  view_class->is_complete = is_complete;
  view_class->mark = mark;
}

static void
way_entry_view_init (WayEntryView *self)
{
}
