/* test-certificate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-certificate-window.h"

#include "../report/pdf-read.h"
#include "widgets/way-document-out.h"
#include "widgets/way-document-view.h"

#include <adwaita.h>

/* The certificate as it is looked at before it is saved or printed. */

#define NARROW 360
#define CODE "K7QF-2M9D-XR4T-8C"

static const char *const shown[] = { "Tell a false message from a true one.", "Report it.", NULL };

static WayCertificate
make (gboolean is_received)
{
  return (WayCertificate){ .ident = (char *) "F1",
                           .title = (char *) "Spot the Phish",
                           .capability = (char *) "Staying safe",
                           .level = (char *) "Start",
                           .version = 2,
                           .shown = (char **) shown,
                           .name = (char *) "Wilhelmina Featherstonehaugh-Cholmondeley",
                           .organisation = (char *) "Fernhill Practice Trust",
                           .earned = G_GINT64_CONSTANT (1777847400000000),
                           .code = (char *) CODE,
                           .is_received = is_received,
                           .language = (char *) "en-GB" };
}

static GtkWidget *
find (GtkWidget *widget, GType type, const char *label)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type)
      && (label == NULL
          || (GTK_IS_BUTTON (widget)
              && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
          || (GTK_IS_LABEL (widget)
              && strstr (gtk_label_get_text (GTK_LABEL (widget)), label) != NULL)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type, label);
  return found;
}

static GtkWidget *
create_parent (void)
{
  GtkWidget *parent = g_object_new (ADW_TYPE_APPLICATION_WINDOW, NULL);

  gtk_window_present (GTK_WINDOW (parent));
  return parent;
}

static void
test_window (void)
{
  GtkWidget *parent = create_parent ();
  int least;

  for (int is_received = 0; is_received < 2; is_received++)
    {
      WayCertificate certificate = make (is_received);
      GtkWidget *window = way_certificate_window_present (GTK_WINDOW (parent), &certificate);
      GtkWidget *view = find (window, WAY_TYPE_DOCUMENT_VIEW, NULL);

      g_assert_nonnull (view);
      gtk_test_accessible_assert_role (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_ROLE_IMG);
      gtk_test_accessible_assert_property (
          GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
          "Wilhelmina Featherstonehaugh-Cholmondeley has passed the check of the module Spot the "
          "Phish, 3 May 2026. Code: " CODE);
      g_assert_nonnull (find (window, GTK_TYPE_LABEL, CODE));
      g_assert_nonnull (find (window, GTK_TYPE_BUTTON, "_Save as PDF…"));
      g_assert_nonnull (find (window, GTK_TYPE_BUTTON, "_Print…"));
      g_assert_nonnull (
          find (window, GTK_TYPE_LABEL, is_received ? "can be verified." : "after the next sync"));
      gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      g_assert_cmpint (least, <=, NARROW);
      gtk_window_destroy (GTK_WINDOW (window));
    }
  gtk_window_destroy (GTK_WINDOW (parent));
}

/* What became of the file is said where it was asked for, not behind that. */
static void
test_said (void)
{
  WayCertificate certificate = make (TRUE);
  GtkWidget *parent = create_parent ();
  GtkWidget *window = way_certificate_window_present (GTK_WINDOW (parent), &certificate);

  g_assert_null (find (window, GTK_TYPE_LABEL, "Written: a.pdf"));
  way_document_out_say (window, "Written: a.pdf");
  g_assert_nonnull (find (window, GTK_TYPE_LABEL, "Written: a.pdf"));
  gtk_window_destroy (GTK_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (parent));
}

/* A page keeps the shape of A4 whatever its width. */
static void
test_page (void)
{
  WayCertificate certificate = make (TRUE);
  g_autoptr (WayDocument) document = way_certificate_make_document (&certificate);
  GtkWidget *view = g_object_ref_sink (way_document_view_new (document, 0, "a page"));
  int least, height;

  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <, NARROW - 60);
  gtk_widget_measure (view, GTK_ORIENTATION_VERTICAL, 300, &height, NULL, NULL, NULL);
  g_assert_cmpint (height, >=, 423);
  g_assert_cmpint (height, <=, 425);
  g_assert_finalize_object (view);
}

/* What goes to a printer is what is on the screen and in the file. */
static void
test_print (void)
{
  WayCertificate certificate = make (TRUE);
  g_autoptr (WayDocument) document = way_certificate_make_document (&certificate);
  g_autoptr (GtkPrintOperation) operation = way_document_out_create_operation (document);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *data = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *words = NULL;
  g_autofree char *info = NULL;
  gsize size;
  int fd = g_file_open_tmp ("way-print-XXXXXX.pdf", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  gtk_print_operation_set_export_filename (operation, path);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL,
                                            &error),
                   ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  g_unlink (path);
  pdf = g_bytes_new (data, size);
  words = pdf_read_words (pdf);
  assert_has (words, certificate.name);
  assert_has (words, CODE);
  assert_has (words, "3 May 2026");
  info = pdf_read (pdf, "pdfinfo", NULL);
  assert_has (info, "(A4)");
  assert_has (info, "Pages:           1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/certificate/window", test_window);
  g_test_add_func ("/app/certificate/said", test_said);
  g_test_add_func ("/app/certificate/page", test_page);
  g_test_add_func ("/app/certificate/print", test_print);
  return g_test_run ();
}
