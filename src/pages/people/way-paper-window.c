/* way-paper-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/people/way-paper-window.h"

#include "assessment/way-check.h"
#include "assessment/way-handout.h"
#include "pages/way-detail.h"
#include "pages/way-form-frame.h"
#include "widgets/way-compat.h"

#include <glib/gi18n.h>

/* The number of the sheet says what was asked; what is written on it is typed in and marked
 * by the rules of the questions themselves, so that nobody has to judge. Only a check that is
 * passed is written down. */
struct _WayPaperWindow
{
  AdwWindow parent_instance;

  WaySession *session; /* (owned) */
  WayRow *person;      /* (owned) */
  WayHandout *handout; /* (owned) (nullable) */
  GPtrArray *entries;  /* (owned) of GtkEntry, one a question */
  gboolean is_marked;
  gboolean is_passed;
  guint n_right;

  GtkScrolledWindow *scroller;
  GtkBox *box;
  GtkWidget *number;
  GtkWidget *about;
  GtkBox *questions;
  GtkWidget *verdict;
  GtkWidget *primary;
  GtkWidget *change;
};

G_DEFINE_FINAL_TYPE (WayPaperWindow, way_paper_window, ADW_TYPE_WINDOW)

enum
{
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
say (WayPaperWindow *self, GtkWidget *label, const char *text, gboolean is_problem)
{
  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, *text != '\0');
  if (is_problem)
    gtk_widget_add_css_class (label, "way-attention");
  else
    gtk_widget_remove_css_class (label, "way-attention");
  if (*text != '\0')
    way_compat_announce (GTK_WIDGET (self->primary), text);
}

/* What a question asks to be written, in a few words. */
static char *
describe_question (const WayHandoutQuestion *question)
{
  const WayHandoutPlace *place = g_ptr_array_index (question->places, 0);
  char last = (char) ('A' + MAX (place->choices->len, 1) - 1);

  switch (question->type)
    {
    case WAY_WRITTEN_LETTER:
      /* Translators: %c is the last letter of the choices. */
      return g_strdup_printf (_ ("1 letter, A to %c"), last);
    case WAY_WRITTEN_LETTERS:
      return g_strdup_printf (_ ("Any of the letters A to %c"), last);
    case WAY_WRITTEN_ORDER:
      return g_strdup_printf (_ ("The letters A to %c, in the order written"), last);
    case WAY_WRITTEN_PLACES:
      return g_strdup_printf (ngettext ("1 letter", "%u letters, 1 for each place",
                                        question->places->len),
                              question->places->len);
    case WAY_WRITTEN_WORDS:
    default:
      return g_strdup (_ ("The word or number"));
    }
}

static GtkEntry *
get_entry (WayPaperWindow *self, guint place)
{
  return g_ptr_array_index (self->entries, place);
}

static void
set_marked (WayPaperWindow *self, gboolean is_marked)
{
  self->is_marked = is_marked;
  for (guint i = 0; i < self->entries->len; i++)
    gtk_editable_set_editable (GTK_EDITABLE (get_entry (self, i)), !is_marked);
  gtk_editable_set_editable (GTK_EDITABLE (self->number), !is_marked);
  gtk_widget_set_visible (self->about, !is_marked);
  gtk_widget_set_visible (self->change, is_marked);
  gtk_button_set_label (GTK_BUTTON (self->primary), !is_marked        ? _ ("Mark")
                                                    : self->is_passed ? _ ("Save")
                                                                      : _ ("Close"));
}

static void
clear_marks (WayPaperWindow *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      GtkWidget *mark = g_object_get_data (G_OBJECT (get_entry (self, i)), "mark");

      gtk_widget_set_visible (mark, FALSE);
      way_compat_describe (GTK_WIDGET (get_entry (self, i)), "");
      gtk_widget_remove_css_class (GTK_WIDGET (get_entry (self, i)), "error");
    }
}

static void
add_question (WayPaperWindow *self, guint place, const WayHandoutQuestion *question)
{
  GtkBox *row = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *mark;
  g_autofree char *asked = describe_question (question);
  g_autofree char *title = g_strdup_printf ("%u · %s", place + 1, question->item->title);
  /* Translators: the number of a question, its title, and what is to be typed. */
  g_autofree char *name = g_strdup_printf (_ ("Question %u, %s: %s"), place + 1,
                                           question->item->title, asked);

  way_detail_add_label (row, title, "heading");
  way_compat_hide (gtk_widget_get_last_child (GTK_WIDGET (row)));
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), asked);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), FALSE);
  way_compat_name (entry, name);
  gtk_box_append (row, entry);
  mark = way_detail_add_label (row, "", NULL);
  gtk_widget_set_visible (mark, FALSE);
  g_object_set_data (G_OBJECT (entry), "mark", mark);
  g_ptr_array_add (self->entries, entry);
  gtk_box_append (self->questions, GTK_WIDGET (row));
}

/* The number says which questions these are. */
static void
number_changed_cb (WayPaperWindow *self)
{
  const char *number = gtk_editable_get_text (GTK_EDITABLE (self->number));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_clear_pointer (&self->handout, way_handout_free);
  g_ptr_array_set_size (self->entries, 0);
  way_detail_clear (self->questions);
  gtk_widget_set_visible (self->verdict, FALSE);
  gtk_widget_set_sensitive (self->primary, FALSE);
  /* Nothing is said against what is still being typed. */
  if (g_regex_match_simple ("^\\s*[^-]+-[^-]+-..+", number, 0, 0))
    self->handout = way_handout_new_from_number (way_session_get_pack (self->session), number,
                                                 &error);
  if (self->handout == NULL)
    {
      say (self, self->about, error != NULL ? error->message : "", TRUE);
      return;
    }
  for (guint i = 0; i < self->handout->questions->len; i++)
    add_question (self, i, g_ptr_array_index (self->handout->questions, i));
  /* Translators: a module, and how many questions its check on paper has. */
  text = g_strdup_printf (ngettext ("%s, %u question. Type what is written; leave open what is "
                                    "not answered.",
                                    "%s, %u questions. Type what is written; leave open what is "
                                    "not answered.",
                                    self->handout->questions->len),
                          self->handout->module->title, self->handout->questions->len);
  say (self, self->about, text, FALSE);
  gtk_widget_set_sensitive (self->primary, TRUE);
}

static void
say_verdict (WayPaperWindow *self)
{
  guint n = self->handout->questions->len;
  const char *name = way_row_get_text (self->person, "name");
  g_autofree char *text = NULL;

  if (self->is_passed)
    /* Translators: numbers of questions, then a person. */
    text = g_strdup_printf (_ ("%u of %u are right: the check is passed. Save it, and it stands "
                               "in the record of %s as done on paper and entered by you."),
                            self->n_right, n, name);
  else
    text = g_strdup_printf (_ ("%u of %u are right, which is not enough yet. Nothing is written "
                               "down. Go through the cards together, then print a sheet with "
                               "another number."),
                            self->n_right, n);
  say (self, self->verdict, text, FALSE);
}

/* Whether all that was typed could be read; what could not has its reason beside it. */
static void
mark_all (WayPaperWindow *self)
{
  GtkEntry *unread = NULL;

  self->n_right = 0;
  clear_marks (self);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const WayHandoutQuestion *question = g_ptr_array_index (self->handout->questions, i);
      GtkEntry *entry = get_entry (self, i);
      GtkWidget *mark = g_object_get_data (G_OBJECT (entry), "mark");
      g_autofree char *key = way_handout_question_dup_key (question);
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;
      gboolean is_right = FALSE;

      if (!way_handout_question_mark (question, gtk_editable_get_text (GTK_EDITABLE (entry)),
                                      &is_right, &error))
        {
          text = g_strconcat (error->message, ".", NULL);
          gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
          if (unread == NULL)
            unread = entry;
        }
      else if (is_right)
        {
          text = g_strdup (_ ("✓ Right"));
          self->n_right++;
        }
      else
        /* Translators: %s is an answer, such as A C. */
        text = g_strdup_printf (_ ("✗ Right is %s"), key);
      gtk_label_set_label (GTK_LABEL (mark), text);
      gtk_widget_set_visible (mark, TRUE);
      way_compat_describe (GTK_WIDGET (entry), text);
    }
  if (unread != NULL)
    {
      /* What is right shows only when all is typed. */
      for (guint i = 0; i < self->entries->len; i++)
        if (!gtk_widget_has_css_class (GTK_WIDGET (get_entry (self, i)), "error"))
          gtk_widget_set_visible (g_object_get_data (G_OBJECT (get_entry (self, i)), "mark"),
                                  FALSE);
      say (self, self->verdict, _ ("One answer cannot be read as it stands."), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (unread));
      return;
    }
  self->is_passed = way_check_is_passed (self->n_right, self->entries->len, WAY_PASS_MARK);
  set_marked (self, TRUE);
  say_verdict (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  gtk_widget_grab_focus (self->primary);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayPaperWindow) self = user_data;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  gtk_widget_set_sensitive (self->primary, TRUE);
  if (!way_session_write_finish (WAY_SESSION (source), result, &id, &error))
    {
      say (self, self->verdict, error->message, TRUE);
      return;
    }
  g_signal_emit (self, signals[SAVED], 0);
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.undo-toast", "(ss)",
                                _ ("Saved: passed on paper."), id);
  gtk_window_close (GTK_WINDOW (self));
}

static void
primary_cb (WayPaperWindow *self)
{
  g_autofree char *note = NULL;

  if (self->handout == NULL || !gtk_widget_is_sensitive (self->primary))
    return;
  if (!self->is_marked)
    {
      mark_all (self);
      return;
    }
  if (!self->is_passed)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  gtk_widget_set_sensitive (self->primary, FALSE);
  note = g_strdup_printf ("%s: %u/%u", self->handout->number, self->n_right,
                          self->handout->questions->len);
  way_session_add_evidence_async (self->session, way_row_get_text (self->person, "person"),
                                  self->handout->module->id, NULL, "paper", note, NULL, saved_cb,
                                  g_object_ref (self));
}

static void
change_cb (WayPaperWindow *self)
{
  clear_marks (self);
  gtk_widget_set_visible (self->verdict, FALSE);
  set_marked (self, FALSE);
  if (self->entries->len > 0)
    gtk_widget_grab_focus (GTK_WIDGET (get_entry (self, 0)));
}

static void
way_paper_window_dispose (GObject *object)
{
  WayPaperWindow *self = WAY_PAPER_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->person);
  g_clear_pointer (&self->handout, way_handout_free);
  g_clear_pointer (&self->entries, g_ptr_array_unref);

  G_OBJECT_CLASS (way_paper_window_parent_class)->dispose (object);
}

static void
way_paper_window_class_init (WayPaperWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_paper_window_dispose;

  /* A check was written down. */
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
way_paper_window_init (WayPaperWindow *self)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("_Number on the sheet"));

  self->entries = g_ptr_array_new ();
  gtk_window_set_title (GTK_WINDOW (self), _ ("Paper Check"));
  gtk_window_set_default_size (GTK_WINDOW (self), 480, 600);

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));

  self->number = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->number), "F1-1-07");
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), self->number);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  g_signal_connect_swapped (self->number, "changed", G_CALLBACK (number_changed_cb), self);

  gtk_box_append (self->box, label);
  gtk_box_append (self->box, self->number);
  self->about = way_detail_add_label (self->box, "", "way-quiet");
  gtk_widget_set_visible (self->about, FALSE);
  self->verdict = way_detail_add_label (self->box, "", "way-lead");
  gtk_widget_set_visible (self->verdict, FALSE);
  self->change = gtk_button_new_with_mnemonic (_ ("Correct What Is _Typed"));
  gtk_widget_set_halign (self->change, GTK_ALIGN_START);
  gtk_widget_set_visible (self->change, FALSE);
  g_signal_connect_swapped (self->change, "clicked", G_CALLBACK (change_cb), self);
  gtk_box_append (self->box, self->change);
  self->questions = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  gtk_box_append (self->box, GTK_WIDGET (self->questions));
  self->primary = gtk_button_new_with_label (_ ("Mark"));
  gtk_widget_set_sensitive (self->primary, FALSE);
  self->scroller = way_form_frame_set_up (ADW_WINDOW (self), self->box, self->primary,
                                          G_CALLBACK (primary_cb));
  gtk_window_set_focus (GTK_WINDOW (self), self->number);
}

/**
 * way_paper_window_new:
 * @person: as the session lists the champion's people
 *
 * Returns: (transfer none): a window; it belongs to the toolkit
 */
GtkWidget *
way_paper_window_new (WaySession *session, WayRow *person)
{
  WayPaperWindow *self = g_object_new (WAY_TYPE_PAPER_WINDOW, NULL);
  g_autofree char *title = NULL;

  self->session = g_object_ref (session);
  self->person = g_object_ref (person);
  /* Translators: %s is a person. */
  title = g_strdup_printf (_ ("Paper check of %s"), way_row_get_text (person, "name"));
  way_compat_name (GTK_WIDGET (self), title);
  return GTK_WIDGET (self);
}
