/* way-text-guard.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-text-guard.h"

#include "record/way-patient-detail.h"
#include "widgets/way-compat.h"

#include <glib/gi18n.h>

/* Stands under a free text, hidden until something in it looks as if it told who a patient is:
 * then it names it and asks to take it out. Whoever knows better says so. */
struct _WayTextGuard
{
  AdwBin parent_instance;

  GtkLabel *label;
  char *found; /* (owned) (nullable) what is asked about */
  char *kept;  /* (owned) (nullable) what the writer said is nobody's */
};

G_DEFINE_FINAL_TYPE (WayTextGuard, way_text_guard, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
keep_cb (WayTextGuard *self)
{
  g_free (self->kept);
  self->kept = g_strdup (self->found);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
way_text_guard_finalize (GObject *object)
{
  WayTextGuard *self = WAY_TEXT_GUARD (object);

  g_free (self->found);
  g_free (self->kept);

  G_OBJECT_CLASS (way_text_guard_parent_class)->finalize (object);
}

static void
way_text_guard_class_init (WayTextGuardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_text_guard_finalize;

  /* The writer said that it is nobody's: the text is to be checked again. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
way_text_guard_init (WayTextGuard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *keep = gtk_button_new_with_label (_ ("It Is Not a Patient’s"));

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  way_compat_hide (icon);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->label));
  gtk_widget_set_halign (keep, GTK_ALIGN_START);
  g_signal_connect_swapped (keep, "clicked", G_CALLBACK (keep_cb), self);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), keep);
  gtk_widget_add_css_class (box, "way-box");
  gtk_widget_add_css_class (box, "warn");
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static int
get_this_year (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_get_year (now);
}

static char *
describe (WayPatientDetail detail, const char *found)
{
  switch (detail)
    {
    case WAY_PATIENT_DETAIL_NHS_NUMBER:
      /* Translators: %s is a number that somebody typed. */
      return g_strdup_printf (_ ("“%s” looks like an NHS number. Take it out before this is kept."),
                              found);
    case WAY_PATIENT_DETAIL_BIRTH:
      /* Translators: %s is a date that somebody typed. */
      return g_strdup_printf (_ ("“%s” looks like a date of birth. Take it out before this is "
                                 "kept."),
                              found);
    case WAY_PATIENT_DETAIL_HOSPITAL_NUMBER:
      /* Translators: %s is a number that somebody typed. */
      return g_strdup_printf (_ ("“%s” looks like a patient’s hospital number. Take it out before "
                                 "this is kept."),
                              found);
    case WAY_PATIENT_DETAIL_NONE:
    default:
      return g_strdup ("");
    }
}

/**
 * way_text_guard_check:
 * @text: what is written now
 *
 * Shows or hides the question.
 *
 * Returns: whether the text may be kept
 */
gboolean
way_text_guard_check (WayTextGuard *self, const char *text)
{
  g_autofree char *found = NULL;
  g_autofree char *words = NULL;
  WayPatientDetail detail;
  gboolean is_asking;

  g_return_val_if_fail (WAY_IS_TEXT_GUARD (self) && text != NULL, TRUE);

  detail = way_patient_detail_find (text, get_this_year (), &found);
  is_asking = detail != WAY_PATIENT_DETAIL_NONE && g_strcmp0 (found, self->kept) != 0;
  gtk_widget_set_visible (GTK_WIDGET (self), is_asking);
  if (is_asking && g_strcmp0 (found, self->found) != 0)
    {
      words = describe (detail, found);
      gtk_label_set_label (self->label, words);
      if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
        way_compat_announce (GTK_WIDGET (self), words);
    }
  g_free (self->found);
  self->found = is_asking ? g_steal_pointer (&found) : NULL;
  return !is_asking;
}
