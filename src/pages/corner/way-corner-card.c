/* way-corner-card.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/corner/way-corner-card.h"

#include "pages/way-detail.h"
#include "pages/way-help-words.h"
#include "widgets/way-compat.h"
#include "widgets/way-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* A question with its answers. What its buttons do are actions of the page, with the id. */

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *style_class)
{
  return way_detail_add_label (GTK_BOX (box), text, style_class);
}

/* @place: of which question or answer it is, so that the focus is found again. */
static GtkWidget *
add_button (GtkWidget *buttons,
            const char *label,
            const char *action,
            const char *target,
            const char *place,
            const char *about)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *detailed = g_strdup_printf ("%s::%s", action, target);

  way_compat_set_action (button, detailed);
  way_compat_describe (button, about);
  g_object_set_data_full (G_OBJECT (button), "place", g_strdup (place), g_free);
  way_wrap_box_append (WAY_WRAP_BOX (buttons), button);
  return button;
}

/* Who has said it, and when. */
static char *
describe_who (const char *name, gint64 at, gboolean is_mine)
{
  g_autofree char *when = way_format_when (at);

  if (is_mine)
    /* Translators: %s is a time, as “yesterday at 14:05”. */
    return g_strdup_printf (_ ("You, %s"), when);
  /* Translators: a champion’s name, then a time. */
  return g_strdup_printf (_ ("%s, %s"), *name != '\0' ? name : _ ("A champion"), when);
}

static char *
describe_worked (int people)
{
  return g_strdup_printf (ngettext ("Worked for %d champion", "Worked for %d champions",
                                    (gulong) people),
                          people);
}

static GtkWidget *
create_answer (WayRow *row, gboolean may_ask, gboolean may_take_down)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                 6, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget *buttons = way_wrap_box_new (6, 6);
  const char *id = way_row_get_text (row, "answer");
  const char *text = way_row_get_text (row, "answer_text");
  int people = (int) way_row_get_int (row, "people");
  gboolean is_mine = way_row_get_int (row, "answer_is_mine") != 0;
  g_autofree char *who = describe_who (way_row_get_text (row, "answer_name"),
                                       way_row_get_int (row, "answered"), is_mine);
  g_autofree char *name = g_strdup_printf (_ ("Answer: %s"), who);

  gtk_widget_add_css_class (box, "way-box");
  way_compat_name (box, name);
  if (!way_row_has (row, "answer_text"))
    {
      /* Translators: %s is a reason, in somebody’s words. */
      g_autofree char *why = g_strdup_printf (_ ("A training lead took this answer down, because: "
                                                 "%s"),
                                              way_row_get_text (row, "answer_because"));

      add_label (box, why, "way-quiet");
      add_label (box, who, "way-quiet");
      return box;
    }
  add_label (box, text, NULL);
  add_label (box, who, "way-quiet");
  if (people > 0)
    {
      g_autofree char *worked = describe_worked (people);

      way_detail_add_state (GTK_BOX (box), "object-select-symbolic", worked);
    }
  if (may_ask && is_mine)
    add_button (buttons, _ ("Withdraw"), "corner.withdraw-answer", id, id, text);
  else if (may_ask && way_row_has (row, "worked"))
    add_button (buttons, _ ("It Did Not Work After All"), "corner.take-back",
                way_row_get_text (row, "worked"), id, text);
  else if (may_ask)
    add_button (buttons, _ ("This Worked"), "corner.worked", id, id, text);
  if (may_take_down)
    add_button (buttons, _ ("Take Down…"), "corner.take-down-answer", id, id, text);
  gtk_box_append (GTK_BOX (box), buttons);
  return box;
}

/**
 * way_corner_card_new:
 * @rows: of way_corner_load_async()
 * @first: the first of a question
 * @n: how many it has, one at least
 * @may_ask: whether it is shown to a champion
 * @may_take_down: whether it is shown to a lead
 *
 * Returns: (transfer floating): the question with its answers
 */
GtkWidget *
way_corner_card_new (
    GListModel *rows, guint first, guint n, gboolean may_ask, gboolean may_take_down)
{
  g_autoptr (WayRow) row = g_list_model_get_item (rows, first);
  GtkWidget *card = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                  6, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget *buttons = way_wrap_box_new (6, 6);
  const char *id = way_row_get_text (row, "question");
  const char *text = way_row_get_text (row, "text");
  gboolean is_mine = way_row_get_int (row, "is_mine") != 0;
  g_autofree char *who = describe_who (way_row_get_text (row, "name"), way_row_get_int (row, "at"),
                                       is_mine);
  /* Translators: what a question is about, then who asked it and when. */
  g_autofree char *facts = g_strdup_printf (
      _ ("%s · %s"), way_help_topic_get_name (way_row_get_text (row, "topic")), who);

  gtk_widget_add_css_class (card, "way-card");
  if (!way_row_has (row, "text"))
    {
      /* Translators: %s is a reason, in somebody’s words. */
      g_autofree char *why = g_strdup_printf (_ ("A training lead took this question down, "
                                                 "because: %s"),
                                              way_row_get_text (row, "because"));

      way_compat_name (card, _ ("A question that was taken down"));
      add_label (card, facts, "way-quiet");
      add_label (card, why, NULL);
      return card;
    }
  way_compat_name (card, text);
  add_label (card, facts, "way-quiet");
  g_object_set (add_label (card, text, "heading"), "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING,
                NULL);
  for (guint i = first; i < first + n; i++)
    {
      g_autoptr (WayRow) answer = g_list_model_get_item (rows, i);

      if (way_row_has (answer, "answer"))
        gtk_box_append (GTK_BOX (card), create_answer (answer, may_ask, may_take_down));
    }
  if (may_ask)
    add_button (buttons, _ ("Answer…"), "corner.answer", id, id, text);
  if (may_ask && is_mine)
    add_button (buttons, _ ("Withdraw"), "corner.withdraw-question", id, id, text);
  if (may_take_down)
    add_button (buttons, _ ("Take Down…"), "corner.take-down-question", id, id, text);
  gtk_box_append (GTK_BOX (card), buttons);
  return card;
}
