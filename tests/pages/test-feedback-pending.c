/* test-feedback-pending.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/feedback/way-feedback-pending.h"

static GListModel *
new_answer (const char *state, const char *decision, const char *because, const char *reply)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);
  GListStore *rows = g_list_store_new (WAY_TYPE_ROW);
  g_autoptr (WayRow) row = NULL;
  const char *const cells[][2] = { { "id", "f1" },          { "text", "It is slow" },
                                   { "state", state },      { "decision", decision },
                                   { "because", because },  { "reply", reply },
                                   { "last", "1700000000" } };

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_ptr_array_add (columns, (char *) cells[i][0]);
      g_ptr_array_add (values, g_strdup (cells[i][1]));
    }
  row = way_row_new (columns, values);
  g_list_store_append (rows, row);
  return G_LIST_MODEL (rows);
}

static WayRow *
apply (WayFeedbackPending *pending, GListModel *answer)
{
  g_autoptr (GListModel) owned = answer;
  g_autoptr (GListStore) rows = way_feedback_pending_apply (pending, owned);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, 1);
  return g_list_model_get_item (G_LIST_MODEL (rows), 0);
}

static void
test_nothing_waits (void)
{
  g_autoptr (WayFeedbackPending) pending = way_feedback_pending_new ();
  g_autoptr (WayRow) row = apply (pending, new_answer ("heard", NULL, NULL, "Thank you"));

  g_assert_cmpstr (way_row_get_text (row, "state"), ==, "heard");
  g_assert_cmpstr (way_row_get_text (row, "reply"), ==, "Thank you");
  g_assert_cmpstr (way_row_get_text (row, "text"), ==, "It is slow");
  g_assert_false (way_row_has (row, "decision"));
  g_assert_cmpint (way_row_get_int (row, "pending"), ==, 0);
}

static void
test_decision_waits (void)
{
  g_autoptr (WayFeedbackPending) pending = way_feedback_pending_new ();
  g_autoptr (WayRow) before = NULL;
  g_autoptr (WayRow) other = NULL;
  g_autoptr (WayRow) after = NULL;
  g_autoptr (WayRow) later = NULL;

  way_feedback_pending_add (pending, "f1", "decided", "later", "Money comes in spring", NULL);
  before = apply (pending, new_answer ("new", NULL, NULL, NULL));
  g_assert_cmpstr (way_row_get_text (before, "state"), ==, "decided");
  g_assert_cmpstr (way_row_get_text (before, "decision"), ==, "later");
  g_assert_cmpstr (way_row_get_text (before, "because"), ==, "Money comes in spring");
  g_assert_cmpint (way_row_get_int (before, "pending"), ==, 1);

  /* What somebody else decided meanwhile is not yet ours. */
  other = apply (pending, new_answer ("decided", "yes", "Now", NULL));
  g_assert_cmpstr (way_row_get_text (other, "decision"), ==, "later");
  g_assert_cmpint (way_row_get_int (other, "pending"), ==, 1);

  after = apply (pending, new_answer ("decided", "later", "Money comes in spring", NULL));
  g_assert_cmpint (way_row_get_int (after, "pending"), ==, 0);

  /* From then on the trust's answer is how it is. */
  later = apply (pending, new_answer ("decided", "yes", "Money came", NULL));
  g_assert_cmpstr (way_row_get_text (later, "decision"), ==, "yes");
}

static void
test_reply_does_not_go_back (void)
{
  g_autoptr (WayFeedbackPending) pending = way_feedback_pending_new ();
  g_autoptr (WayRow) row = NULL;

  way_feedback_pending_add (pending, "f1", "replied", NULL, NULL, "We are on it");
  row = apply (pending, new_answer ("done", "yes", "It was due", NULL));
  g_assert_cmpstr (way_row_get_text (row, "state"), ==, "done");
  g_assert_cmpstr (way_row_get_text (row, "reply"), ==, "We are on it");
  g_assert_cmpint (way_row_get_int (row, "pending"), ==, 1);
}

static void
test_sent_and_refused (void)
{
  g_autoptr (WayFeedbackPending) pending = way_feedback_pending_new ();
  g_autoptr (WayRow) row = NULL;

  /* The trust has it and did not take it: nothing is shown that is not so. */
  way_feedback_pending_add (pending, "f1", "heard", NULL, NULL, NULL);
  way_feedback_pending_mark_sent (pending);
  row = apply (pending, new_answer ("new", NULL, NULL, NULL));
  g_assert_cmpstr (way_row_get_text (row, "state"), ==, "new");
  g_assert_cmpint (way_row_get_int (row, "pending"), ==, 0);
}

/* How it is sorted waits as well, and can be taken back before it was sent. */
static void
test_sorting_waits (void)
{
  g_autoptr (WayFeedbackPending) pending = way_feedback_pending_new ();
  g_autoptr (WayRow) sorted = NULL;
  g_autoptr (WayRow) undone = NULL;
  g_autoptr (WayRow) forgotten = NULL;

  way_feedback_pending_add (pending, "f1", "heard", NULL, NULL, NULL);
  way_feedback_pending_set (pending, "f1", "theme", "Signing in");
  sorted = apply (pending, new_answer ("new", NULL, NULL, NULL));
  g_assert_cmpstr (way_row_get_text (sorted, "theme"), ==, "Signing in");
  g_assert_cmpstr (way_row_get_text (sorted, "state"), ==, "heard");
  g_assert_cmpint (way_row_get_int (sorted, "pending"), ==, 1);

  way_feedback_pending_set (pending, "f1", "theme", "");
  undone = apply (pending, new_answer ("heard", NULL, NULL, NULL));
  g_assert_cmpstr (way_row_get_text (undone, "theme"), ==, "");
  g_assert_cmpint (way_row_get_int (undone, "pending"), ==, 0);

  way_feedback_pending_add (pending, "f1", "heard", NULL, NULL, NULL);
  way_feedback_pending_forget (pending, "f1");
  forgotten = apply (pending, new_answer ("new", NULL, NULL, NULL));
  g_assert_cmpstr (way_row_get_text (forgotten, "state"), ==, "new");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pages/feedback-pending/nothing-waits", test_nothing_waits);
  g_test_add_func ("/pages/feedback-pending/sorting-waits", test_sorting_waits);
  g_test_add_func ("/pages/feedback-pending/decision-waits", test_decision_waits);
  g_test_add_func ("/pages/feedback-pending/reply-does-not-go-back", test_reply_does_not_go_back);
  g_test_add_func ("/pages/feedback-pending/sent-and-refused", test_sent_and_refused);
  return g_test_run ();
}
