/* way-journal-card.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/journal/way-journal-card.h"

#include "session/way-certificate.h"
#include "session/way-journal.h"
#include "pages/way-detail.h"
#include "widgets/way-compat.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>

/* A note or a reflective account as its writer reads it. */

static const char *const PARTS[] = { "text", "learned", "change", "code" };

static const char *
get (WayRow *row, const char *column)
{
  return way_row_has (row, column) ? way_row_get_text (row, column) : NULL;
}

static const char *
get_title (WayPack *pack, const char *module)
{
  const WayModule *found = module != NULL ? way_pack_find_module (pack, module) : NULL;

  return found != NULL ? found->title : module;
}

/* What it is about, in a line. */
static char *
dup_heading (WayPack *pack, const char *kind, WayRow *row)
{
  const char *module = get (row, "module");

  if (g_str_equal (kind, "note"))
    return g_strdup (way_journal_describe_step (pack, module, get (row, "step")));
  return g_strdup (module != NULL ? get_title (pack, module) : _ ("Something else"));
}

static char *
dup_facts (const char *kind, WayRow *row)
{
  g_autoptr (GString) facts = g_string_new (NULL);
  gboolean is_note = g_str_equal (kind, "note");
  const char *column = is_note ? "at" : "day";

  if (way_row_get_int (row, "is_draft") != 0)
    g_string_append (facts, _ ("Draft on this computer"));
  if (way_row_has (row, column))
    {
      gint64 at = way_row_get_int (row, column);
      /* Of an account only the day is known. */
      g_autofree char *when = is_note ? way_format_when (at) : way_format_day (at);

      g_string_append_printf (facts, "%s%s", facts->len > 0 ? " · " : "", when);
    }
  if (way_row_has (row, "minutes"))
    {
      g_autofree char *minutes = way_format_minutes ((int) way_row_get_int (row, "minutes"));

      g_string_append_printf (facts, "%s%s", facts->len > 0 ? " · " : "", minutes);
    }
  return g_string_free (g_steal_pointer (&facts), FALSE);
}

/* What its window is asked for: the id, or where the draft was begun. */
static char *
dup_target (const char *kind, WayRow *row)
{
  const char *place = get (row, g_str_equal (kind, "note") ? "step" : "outcome");

  if (way_row_has (row, "id"))
    return g_strdup (way_row_get_text (row, "id"));
  return g_strdup_printf ("module %s %s", get (row, "module") != NULL ? get (row, "module") : "",
                          place != NULL ? place : "");
}

/**
 * way_journal_card_new:
 * @kind: "note" or "reflection"
 * @row: of way_journal_load_async()
 *
 * Returns: (transfer floating): the card, with a button that opens it to be changed
 */
GtkWidget *
way_journal_card_new (WayPack *pack, const char *kind, WayRow *row)
{
  static const char *const headings[] = { NULL, N_ ("What I learned"),
                                          N_ ("How it changes what I do"),
                                          N_ ("My professional code") };
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *edit = gtk_button_new_with_label (_ ("Edit…"));
  g_autofree char *heading = dup_heading (pack, kind, row);
  g_autofree char *facts = dup_facts (kind, row);
  g_autofree char *target = dup_target (kind, row);
  g_autofree char *action = NULL;
  g_autofree char *name = NULL;

  gtk_widget_add_css_class (card, "way-box");
  way_detail_add_label (GTK_BOX (card), heading, "heading");
  if (*facts != '\0')
    gtk_widget_add_css_class (way_detail_add_label (GTK_BOX (card), facts, "caption"), "way-quiet");
  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++)
    {
      const char *text = get (row, PARTS[i]);

      if (text == NULL || *text == '\0')
        continue;
      if (headings[i] != NULL)
        gtk_widget_set_margin_top (way_detail_add_label (GTK_BOX (card), _ (headings[i]),
                                                         "caption-heading"),
                                   6);
      way_detail_add_label (GTK_BOX (card), text, "body");
    }
  action = g_variant_print (g_variant_ref_sink (g_variant_new_string (target)), FALSE);
  {
    g_autofree char *detailed = g_strdup_printf ("win.%s(%s)",
                                                 g_str_equal (kind, "note") ? "edit-note"
                                                                            : "reflect",
                                                 action);

    way_compat_set_action (edit, detailed);
  }
  gtk_widget_set_halign (edit, GTK_ALIGN_START);
  gtk_widget_set_margin_top (edit, 6);
  /* Translators: a button that opens a note or an account; %s is what it is about. */
  name = g_strdup_printf (_ ("Edit: %s"), heading);
  way_compat_name (edit, name);
  gtk_box_append (GTK_BOX (card), edit);
  return card;
}

static gboolean
contains (const char *text, const char *sought)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, sought) != NULL;
}

/**
 * way_journal_card_matches:
 * @text: what is sought
 *
 * Returns: whether it stands in the note or account, or in what that is about
 */
gboolean
way_journal_card_matches (WayPack *pack, WayRow *row, const char *text)
{
  g_autofree char *sought = g_strstrip (g_utf8_casefold (text, -1));
  const char *module = get (row, "module");

  if (*sought == '\0' || contains (get_title (pack, module), sought)
      || (get (row, "step") != NULL
          && contains (way_journal_describe_step (pack, module, get (row, "step")), sought)))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++)
    if (contains (get (row, PARTS[i]), sought))
      return TRUE;
  return FALSE;
}
