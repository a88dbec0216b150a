/* test-answer-card.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/way-answer-card.h"

static WayRow *
new_row (const char *kind,
         const char *state,
         const char *decision,
         const char *because,
         const char *reply)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);
  const struct
  {
    const char *column;
    const char *value;
  } cells[] = {
    { "id", "e1" },
    { "kind", kind },
    { "text", "It is slow" },
    { "state", state },
    { "decision", decision },
    { "because", because },
    { "reply", reply },
    { "at", "1700000000000000" },
    { "asked", "1700000000000000" },
    { "last", "1700000000000000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_ptr_array_add (columns, (char *) cells[i].column);
      g_ptr_array_add (values, g_strdup (cells[i].value));
    }
  return way_row_new (columns, values);
}

static gboolean
says (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (says (child, text))
        return TRUE;
    }
  return FALSE;
}

static void
test_states (void)
{
  static const struct
  {
    const char *kind;
    const char *state;
    const char *decision;
    const char *heading;
  } CASES[] = {
    { "feedback", "new", NULL, "Waiting for a training lead" },
    { "feedback", "heard", NULL, "The trust has heard you" },
    { "feedback", "decided", "yes", "The trust says yes" },
    { "feedback", "decided", "no", "The trust says no" },
    { "feedback", "decided", "later", "The trust says: later" },
    { "feedback", "done", "yes", "It is done" },
    { "help", "open", NULL, "Waiting for your champion" },
    { "help", "taken", NULL, "Your champion has seen your question" },
    { "help", "answered", NULL, "Your champion has answered" },
    { "help", "closed", NULL, "Your question is closed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (WayRow)
          row = new_row (CASES[i].kind, CASES[i].state, CASES[i].decision, NULL, NULL);
      GtkWidget *card = g_object_ref_sink (way_answer_card_new (NULL, row, FALSE));

      g_assert_true (says (card, CASES[i].heading));
      g_assert_true (says (card, "“It is slow”"));
      gtk_test_accessible_assert_property (card, GTK_ACCESSIBLE_PROPERTY_LABEL, CASES[i].heading);
      g_assert_finalize_object (card);
    }
}

static void
test_reason_and_reply (void)
{
  g_autoptr (WayRow)
      row = new_row ("feedback", "decided", "no", "There is no money.", "Ask again in May & June.");
  GtkWidget *card = g_object_ref_sink (way_answer_card_new (NULL, row, FALSE));

  g_assert_true (says (card, "Because: There is no money."));
  g_assert_true (says (card, "Ask again in May & June."));
  g_assert_finalize_object (card);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  g_test_add_func ("/pages/answer-card/states", test_states);
  g_test_add_func ("/pages/answer-card/reason-and-reply", test_reason_and_reply);
  return g_test_run ();
}
