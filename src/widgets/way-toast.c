/* way-toast.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-toast.h"

/* What stands beside the words: margins, Undo and the button that closes; at the size of text that
 * a letter is about 8 wide at. */
#define BESIDE 64
#define BESIDE_CHARS 11
#define NARROWEST 360

/* How many letters have room in one line: the overlay of toasts asks a label for nothing but its
 * natural size, so that has to be one that fits. */
static int
count_chars (GtkWidget *within)
{
  PangoContext *context = gtk_widget_get_pango_context (within);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int width = gtk_widget_get_width (within);
  int wide = MAX (pango_font_metrics_get_approximate_char_width (metrics),
                  pango_font_metrics_get_approximate_digit_width (metrics));

  pango_font_metrics_unref (metrics);

  return MAX (((width > 0 ? width : NARROWEST) - BESIDE) * PANGO_SCALE / MAX (wide, 1)
                  - BESIDE_CHARS,
              8);
}

/**
 * way_toast_new:
 * @text: as it is to be read
 * @within: what the toast will be shown over; its width limits that of the words
 *
 * Titles of toasts are markup, and what they say may come from outside: a server's words, or a
 * title with an ampersand. They are cut, too, where a window is narrow, beside Undo after three or
 * four words: so the words are a label of ours, which wraps.
 *
 * Returns: (transfer full): a toast that says it
 */
AdwToast *
way_toast_new (const char *text, GtkWidget *within)
{
  GtkWidget *label;
  AdwToast *toast;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (within), NULL);

  label = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "wrap-mode",
                        PANGO_WRAP_WORD_CHAR, "xalign", 0.0, NULL);
  gtk_widget_add_css_class (label, "heading");
  gtk_label_set_max_width_chars (GTK_LABEL (label), count_chars (within));
  toast = adw_toast_new ("");
  adw_toast_set_custom_title (toast, label);

  return toast;
}
