/* test-level-band.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>

#include "widgets/way-level-band.h"
#include "widgets/way-level-dots.h"

static WayPack *pack;

static GskRenderNode *
draw (GtkWidget *widget, int width)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  gtk_widget_size_allocate (widget, &(GtkAllocation){ 0, 0, width, height }, -1);
  GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);

  return gtk_snapshot_free_to_node (snapshot);
}

static void
test_measured (void)
{
  GtkWidget *band = g_object_ref_sink (way_level_band_new ());
  WayEstimate estimate = {
    .n_items = 4, .mean = -.5, .sd = .4, .levels = { .11, .79, .09, .01 }, .required = 2
  };
  GskRenderNode *node;

  way_level_band_set_estimate (WAY_LEVEL_BAND (band), pack, &estimate, 3, 2);
  gtk_test_accessible_assert_role (band, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (band, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "You are probably at Everyday.");
  gtk_test_accessible_assert_property (
      band, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "Start 11 in 100. Everyday 79 in 100. Confident 9 in 100. Lead 1 in 100. Your own rating is "
      "Confident. Your role needs Everyday.");
  node = draw (band, 400);
  g_assert_nonnull (node);
  gsk_render_node_unref (node);
  g_assert_finalize_object (band);
}

static void
test_not_measured (void)
{
  GtkWidget *band = g_object_ref_sink (way_level_band_new ());
  WayEstimate estimate = { .n_items = 0, .required = 2 };
  GskRenderNode *node;

  way_level_band_set_estimate (WAY_LEVEL_BAND (band), pack, &estimate, 0, 2);
  gtk_test_accessible_assert_property (band, GTK_ACCESSIBLE_PROPERTY_LABEL, "Not measured yet.");
  gtk_test_accessible_assert_property (band, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Your role needs Everyday.");
  node = draw (band, 400);
  g_assert_nonnull (node);
  gsk_render_node_unref (node);
  g_assert_finalize_object (band);
}

/* Names that have no room side by side stand on two lines, not one over the other. */
static void
test_narrow (void)
{
  GtkWidget *band = g_object_ref_sink (way_level_band_new ());
  int minimum, wide, narrow;

  way_level_band_set_estimate (WAY_LEVEL_BAND (band), pack, NULL, 0, 0);
  gtk_widget_measure (band, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_measure (band, GTK_ORIENTATION_VERTICAL, 900, NULL, &wide, NULL, NULL);
  gtk_widget_measure (band, GTK_ORIENTATION_VERTICAL, minimum, NULL, &narrow, NULL, NULL);
  g_assert_cmpint (minimum, <=, 280);
  g_assert_cmpint (narrow, >, wide);
  g_assert_finalize_object (band);
}

static void
test_dots (void)
{
  GtkWidget *dots = g_object_ref_sink (way_level_dots_new ());

  way_level_dots_set_level (WAY_LEVEL_DOTS (dots), pack, 3);
  gtk_test_accessible_assert_property (dots, GTK_ACCESSIBLE_PROPERTY_LABEL, "Confident");
  way_level_dots_set_level (WAY_LEVEL_DOTS (dots), pack, 0);
  gtk_test_accessible_assert_property (dots, GTK_ACCESSIBLE_PROPERTY_LABEL, "No level");
  g_assert_finalize_object (dots);
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

  g_test_add_func ("/level-band/measured", test_measured);
  g_test_add_func ("/level-band/not-measured", test_not_measured);
  g_test_add_func ("/level-band/narrow", test_narrow);
  g_test_add_func ("/level-dots/label", test_dots);

  status = g_test_run ();
  g_assert_finalize_object (pack);

  return status;
}
