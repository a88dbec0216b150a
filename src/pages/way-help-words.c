/* way-help-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/way-help-words.h"

#include "pages/way-detail.h"
#include "session/way-journal.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>

/* Who helps, and when, in words: the same wherever somebody asks, waits or answers. */

/**
 * way_help_describe_reach:
 *
 * Returns: (transfer full): who is asked where somebody asks now, and what comes after
 */
char *
way_help_describe_reach (const WayHelpReach *reach)
{
  g_return_val_if_fail (reach != NULL, NULL);

  if (reach->n_on_shift == 1 && reach->name != NULL)
    /* Translators: a champion's name, then a number of minutes. */
    return g_strdup_printf (_ ("%s is on shift now, and is asked. Whoever is next is asked when "
                               "it is not taken in %d minutes."),
                            reach->name, reach->minutes);
  if (reach->n_on_shift > 0)
    /* Translators: how many champions, then a number of minutes. */
    return g_strdup_printf (ngettext ("%d champion is on shift now. The nearest is asked, and the "
                                      "next when it is not taken in %d minutes.",
                                      "%d champions are on shift now. The nearest is asked, and "
                                      "the next when it is not taken in %d minutes.",
                                      reach->n_on_shift),
                            (int) reach->n_on_shift, reach->minutes);
  if (reach->n_on_shift == 0 && reach->is_elsewhere)
    return g_strdup_printf (
        /* Translators: %d is a number of minutes. */
        ngettext ("No champion of your place is on shift now. One of another place is asked, and "
                  "the next when it is not taken in %d minute.",
                  "No champion of your place is on shift now. One of another place is asked, and "
                  "the next when it is not taken in %d minutes.",
                  reach->minutes),
        reach->minutes);
  if (reach->n_maybe > 0)
    return g_strdup_printf (ngettext ("Nobody has said when the champion of your place works. "
                                      "They are asked, and it waits for them.",
                                      "Nobody has said when the %d champions of your place work. "
                                      "One after the other is asked.",
                                      reach->n_maybe),
                            (int) reach->n_maybe);
  if (reach->next_name != NULL)
    {
      g_autofree char *when = way_format_clock_at (reach->next_at, g_get_real_time ());

      /* Translators: a champion's name, then a time, as “tomorrow at 07:00”. */
      return g_strdup_printf (_ ("No champion is on shift now. The next is %s, %s. Your question "
                                 "waits until then."),
                              reach->next_name, when);
    }
  return g_strdup (_ ("No champion of your place is known here yet. Your question waits for the "
                      "first."));
}

/**
 * way_help_describe_desk:
 *
 * Returns: (transfer full): how the service desk is reached, and until when
 */
char *
way_help_describe_desk (const WayHelpReach *reach)
{
  const char *name;
  g_autofree char *when = NULL;

  g_return_val_if_fail (reach != NULL, NULL);

  if (reach->desk_number == NULL)
    return g_strdup (_ ("Your trust has not put the number of its service desk here yet. It is on "
                        "the trust’s intranet."));
  name = reach->desk_name != NULL ? reach->desk_name : _ ("Service desk");
  if (reach->desk_change > 0)
    when = way_format_clock_at (reach->desk_change, g_get_real_time ());
  if (!reach->has_hours)
    /* Translators: the name of a service desk, then its number. */
    return g_strdup_printf (_ ("%s: %s."), name, reach->desk_number);
  if (reach->is_desk_open && when == NULL)
    /* Translators: the name of a service desk, then its number. */
    return g_strdup_printf (_ ("%s: %s. Open at any hour."), name, reach->desk_number);
  if (reach->is_desk_open)
    /* Translators: the name of a service desk, its number, and a time. */
    return g_strdup_printf (_ ("%s: %s. Open now, until %s."), name, reach->desk_number, when);
  if (when == NULL)
    /* Translators: the name of a service desk, then its number. */
    return g_strdup_printf (_ ("%s: %s. Closed now."), name, reach->desk_number);
  /* Translators: the name of a service desk, its number, and a time, as “on Monday at 08:00”. */
  return g_strdup_printf (_ ("%s: %s. Closed now; opens %s."), name, reach->desk_number, when);
}

/**
 * way_help_describe_route:
 * @row: a request of whoever reads this, as the session lists it
 * @now: µs
 *
 * Returns: (transfer full) (nullable): whom it waits for; NULL where it waits for nobody
 */
char *
way_help_describe_route (WayRow *row, gint64 now)
{
  const char *route = way_row_get_text (row, "route");
  g_autofree char *until = NULL;
  g_autofree char *next = NULL;

  if (*route == '\0')
    return NULL;
  if (way_row_has (row, "route_until"))
    until = way_format_clock_at (way_row_get_int (row, "route_until"), now);
  if (way_row_has (row, "route_next_at"))
    next = way_format_clock_at (way_row_get_int (row, "route_next_at"), now);
  if (g_str_equal (route, "nobody") && next != NULL)
    /* Translators: a champion's name, then a time, as “tomorrow at 07:00”. */
    return g_strdup_printf (_ ("No champion is on shift. Next: %s, %s."),
                            way_row_get_text (row, "route_next"), next);
  if (g_str_equal (route, "nobody"))
    return g_strdup (
        _ ("No champion of your place is on shift this week. The service desk helps."));
  if (g_str_equal (route, "desk"))
    return g_strdup (_ ("Nobody has taken it yet. The service desk helps now; a champion can still "
                        "take it."));
  if (g_str_equal (route, "passed"))
    /* Translators: a champion's name. */
    return g_strdup_printf (_ ("Passed on to %s."), way_row_get_text (row, "route_name"));
  if (way_row_get_int (row, "route_more") == 1 && until != NULL)
    /* Translators: a champion's name, then a time. */
    return g_strdup_printf (_ ("%s is asked; after %s whoever is next."),
                            way_row_get_text (row, "route_name"), until);
  if (until != NULL)
    /* Translators: %s is a time. */
    return g_strdup_printf (_ ("A champion is asked; after %s the next."), until);
  return NULL;
}

/**
 * way_help_describe_sent:
 * @row: somebody's request, as the session lists it for champions
 * @person: who reads this
 * @now: µs
 *
 * Returns: (transfer full) (nullable): whose turn it is
 */
char *
way_help_describe_sent (WayRow *row, const char *person, gint64 now)
{
  const char *route = way_row_get_text (row, "route");
  g_autofree char *until = NULL;

  if (*route == '\0')
    return NULL;
  if (way_row_has (row, "route_until"))
    until = way_format_clock_at (way_row_get_int (row, "route_until"), now);
  if (!way_row_has (row, "route_person") || until == NULL)
    return g_strdup (_ ("Nobody is asked now. Whoever takes it helps."));
  if (g_strcmp0 (way_row_get_text (row, "route_person"), person) == 0)
    /* Translators: %s is a time. */
    return g_strdup_printf (_ ("Sent to you. After %s it goes to whoever is next."), until);
  /* Translators: a champion's name, then a time. */
  return g_strdup_printf (_ ("Sent to %s, until %s. You can take it too."),
                          way_row_get_text (row, "route_name"), until);
}

/**
 * way_help_describe_step:
 * @page: where somebody was, as it is saved: “module F1 card-2”
 * @module: (nullable)
 *
 * Returns: (transfer full) (nullable): at which step, where it was one of a module
 */
char *
way_help_describe_step (WayPack *pack, const char *page, const char *module)
{
  const WayModule *found = module != NULL ? way_pack_find_module (pack, module) : NULL;
  g_auto (GStrv) parts = g_strsplit (page != NULL ? page : "", " ", 3);

  if (found == NULL)
    return NULL;
  if (g_strv_length (parts) == 3)
    /* Translators: the title of a module, then the name of a step in it. */
    return g_strdup_printf (_ ("In “%s”: %s"), found->title,
                            way_journal_describe_step (pack, module, parts[2]));
  /* Translators: %s is the title of a module. */
  return g_strdup_printf (_ ("In “%s”"), found->title);
}

/**
 * way_help_reach_new:
 * @is_urgent: whether somebody cannot work: then the service desk comes first
 *
 * Returns: (transfer floating): who helps now, with what to try meanwhile
 */
GtkWidget *
way_help_reach_new (const WayHelpReach *reach, gboolean is_urgent)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                 6, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  g_autofree char *who = way_help_describe_reach (reach);
  g_autofree char *desk = way_help_describe_desk (reach);

  gtk_widget_add_css_class (box, "way-box");
  if (is_urgent)
    {
      gtk_widget_add_css_class (way_detail_add_state (GTK_BOX (box), "dialog-warning-symbolic",
                                                      _ ("Ring the service desk first")),
                                "way-attention");
      way_detail_add_label (GTK_BOX (box), desk, NULL);
      way_detail_add_label (GTK_BOX (box), who, "way-quiet");
      return box;
    }
  way_detail_add_label (GTK_BOX (box), who, NULL);
  if (reach->n_on_shift == 0 && !reach->is_elsewhere)
    way_detail_add_label (GTK_BOX (box),
                          _ ("Until then: go back through the cards, look the word up in Get "
                             "help, or ask a colleague beside you."),
                          "way-quiet");
  way_detail_add_label (GTK_BOX (box), desk, "way-quiet");
  return box;
}

/* What is written is the English word of the topic, so that figures of two languages add up. */
static const char *const TOPICS[] = {
  N_ ("Signing in"), N_ ("Finding a record"), N_ ("Email"),
  N_ ("Video call"), N_ ("Printing"),         N_ ("Other"),
};

/**
 * way_help_topic_get_name:
 * @topic: as it was written down
 *
 * Returns: (transfer none): its name in the language of the screen
 */
const char *
way_help_topic_get_name (const char *topic)
{
  for (guint i = 0; i < G_N_ELEMENTS (TOPICS); i++)
    {
      if (g_strcmp0 (topic, TOPICS[i]) == 0)
        return _ (TOPICS[i]);
    }
  return topic != NULL && *topic != '\0' ? topic : _ ("Something");
}

/**
 * way_help_topic_find:
 * @text: what somebody writes
 *
 * Returns: (transfer none) (nullable): the first of the topics that it is about, as it is written
 *   down; NULL where it names none of them
 */
const char *
way_help_topic_find (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  /* The last is whatever is none of the others. */
  for (guint i = 0; i + 1 < G_N_ELEMENTS (TOPICS); i++)
    if (way_help_topic_is_in (TOPICS[i], text))
      return TOPICS[i];
  return NULL;
}

/**
 * way_help_topic_count:
 *
 * Returns: how many topics there are to log help with
 */
guint
way_help_topic_count (void)
{
  return G_N_ELEMENTS (TOPICS);
}

/**
 * way_help_topic_get_nth:
 *
 * Returns: (transfer none): the name of one of them in the language of the screen
 */
const char *
way_help_topic_get_nth (guint n)
{
  g_return_val_if_fail (n < G_N_ELEMENTS (TOPICS), NULL);

  return _ (TOPICS[n]);
}

/**
 * way_help_topic_get_word:
 *
 * Returns: (transfer none): one of them as it is written down
 */
const char *
way_help_topic_get_word (guint n)
{
  g_return_val_if_fail (n < G_N_ELEMENTS (TOPICS), NULL);

  return TOPICS[n];
}

/**
 * way_help_topic_is_in:
 * @topic: as it was written down
 * @text: what somebody writes
 *
 * Returns: whether they write of it: a word of the text begins as one of the topic does
 */
gboolean
way_help_topic_is_in (const char *topic, const char *text)
{
  g_auto (GStrv) wanted = g_str_tokenize_and_fold (way_help_topic_get_name (topic), NULL, NULL);
  g_auto (GStrv) words = g_str_tokenize_and_fold (text, NULL, NULL);

  for (guint i = 0; wanted[i] != NULL; i++)
    {
      g_autofree char *stem = g_utf8_substring (wanted[i], 0,
                                                MIN (4, g_utf8_strlen (wanted[i], -1)));

      for (guint k = 0; g_utf8_strlen (stem, -1) == 4 && words[k] != NULL; k++)
        if (g_str_has_prefix (words[k], stem))
          return TRUE;
    }
  return FALSE;
}
