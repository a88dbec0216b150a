/* test-content-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>

#include "widgets/way-content-view.h"
#include "widgets/way-flow-box.h"
#include "widgets/way-picture.h"

static WayPack *pack;
static char *explained;

static const WayCard *
get_card (const char *module, guint n)
{
  return g_ptr_array_index (way_pack_find_module (pack, module)->cards, n);
}

static void
find_all (GtkWidget *widget, GType type, GPtrArray *found)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_all (child, type, found);
}

static void
explain_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_free (explained);
  explained = g_variant_dup_string (parameter, NULL);
}

static GtkWidget *
make_window (GtkWidget *child)
{
  static const GActionEntry entries[] = { { "explain", explain_cb, "s" } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkWidget *window = gtk_window_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, 1, NULL);
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (group));
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;

  return window;
}

/* Every card of every module can be shown, and none is wider than a narrow window. */
static void
test_every_card (void)
{
  GPtrArray *modules = way_pack_get_modules (pack);

  for (guint i = 0; i < modules->len; i++)
    {
      const WayModule *module = g_ptr_array_index (modules, i);

      for (guint j = 0; j < module->cards->len; j++)
        {
          const WayCard *card = g_ptr_array_index (module->cards, j);
          GtkWidget *view = g_object_ref_sink (way_content_view_new ());
          int minimum, natural;

          way_content_view_set_content (WAY_CONTENT_VIEW (view), card->content, pack);
          gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
          g_assert_cmpint (minimum, <=, 320);
          g_assert_cmpint (natural, >, 320);
          g_assert_finalize_object (view);
        }
    }
}

static void
test_terms (void)
{
  GtkWidget *view = way_content_view_new ();
  GtkWidget *window;
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  GtkLabel *with_term = NULL;
  gboolean handled = FALSE;

  way_content_view_set_content (WAY_CONTENT_VIEW (view), get_card ("F1", 0)->content, pack);
  window = make_window (view);
  find_all (view, GTK_TYPE_LABEL, labels);
  for (guint i = 0; i < labels->len && with_term == NULL; i++)
    if (strstr (gtk_label_get_label (g_ptr_array_index (labels, i)), "explain:phishing") != NULL)
      with_term = g_ptr_array_index (labels, i);
  g_assert_nonnull (with_term);
  g_assert_true (gtk_widget_get_focusable (GTK_WIDGET (with_term)));
  gtk_test_accessible_assert_property (with_term, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Enter explains: phishing, email address");

  g_signal_emit_by_name (with_term, "activate-link", "explain:email%20address", &handled);
  g_assert_true (handled);
  g_assert_cmpstr (explained, ==, "email address");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (with_term), "term.explain-1", NULL));
  g_assert_cmpstr (explained, ==, "phishing");

  /* Nothing else of a pack opens anything. */
  g_clear_pointer (&explained, g_free);
  g_signal_emit_by_name (with_term, "activate-link", "https://example.org", &handled);
  g_assert_true (handled);
  g_assert_null (explained);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_markup_is_escaped (void)
{
  g_autoptr (GPtrArray) children = g_ptr_array_new ();
  WayNode text = { .type = WAY_NODE_TEXT, .text = (char *) "a < b & <b>c</b>" };
  WayNode strong = { .type = WAY_NODE_STRONG, .children = children };
  g_autofree char *markup = NULL;

  g_ptr_array_add (children, &text);
  markup = way_flow_dup_markup (&strong);
  g_assert_cmpstr (markup, ==, "<b>a &lt; b &amp; &lt;b&gt;c&lt;/b&gt;</b>");
}

static void
test_box_says_what_it_is (void)
{
  GtkWidget *view = g_object_ref_sink (way_content_view_new ());
  g_autoptr (GPtrArray) boxes = g_ptr_array_new ();
  gboolean has_note = FALSE;

  way_content_view_set_content (WAY_CONTENT_VIEW (view), get_card ("F1", 0)->content, pack);
  find_all (view, GTK_TYPE_BOX, boxes);
  for (guint i = 0; i < boxes->len; i++)
    if (gtk_widget_has_css_class (g_ptr_array_index (boxes, i), "note"))
      {
        has_note = TRUE;
        gtk_test_accessible_assert_property (g_ptr_array_index (boxes, i),
                                             GTK_ACCESSIBLE_PROPERTY_LABEL, "Good to know");
      }
  g_assert_true (has_note);
  g_assert_finalize_object (view);
}

static void
test_picture (void)
{
  const WayCard *card = get_card ("F1", 0);
  GtkWidget *picture = g_object_ref_sink (way_picture_new (pack, card->picture, card->alternative));
  GtkWidget *missing = g_object_ref_sink (
      way_picture_new (pack, "media/none.svg", "A locked door"));

  g_assert_true (GTK_IS_PICTURE (picture));
  gtk_test_accessible_assert_property (picture, GTK_ACCESSIBLE_PROPERTY_LABEL, card->alternative);
  g_assert_true (GTK_IS_LABEL (missing));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (missing)), ==, "A locked door");
  g_assert_finalize_object (picture);
  g_assert_finalize_object (missing);
}

int
main (int argc, char *argv[])
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();
  path = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  pack = way_pack_open (path, "en", &error);
  g_assert_no_error (error);

  g_test_add_func ("/content-view/every-card", test_every_card);
  g_test_add_func ("/content-view/terms", test_terms);
  g_test_add_func ("/content-view/escaped", test_markup_is_escaped);
  g_test_add_func ("/content-view/box", test_box_says_what_it_is);
  g_test_add_func ("/content-view/picture", test_picture);

  status = g_test_run ();
  g_free (explained);
  g_assert_finalize_object (pack);

  return status;
}
