/* way-document-out.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-document-out.h"

#include "widgets/way-compat.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWidget *from; /* (owned) */
  GBytes *bytes;   /* (owned) */
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->from);
  g_bytes_unref (save->bytes);
  g_free (save);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

static void
say (GtkWidget *from, const char *text)
{
  if (gtk_widget_get_root (from) == NULL)
    return; /* left meanwhile */
  gtk_widget_activate_action (from, "win.toast", "s", text);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Save) save = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *text = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    /* Translators: %s is the name of a file. */
    text = g_strdup_printf (_ ("Written: %s"), name);
  else
    /* Translators: a reason, as a sentence. */
    text = g_strdup_printf (_ ("No file was written. %s"), error->message);
  say (save->from, text);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Save) save = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = way_compat_save_file_finish (result, &error);
  GBytes *bytes = save->bytes;

  if (file != NULL)
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                         written_cb, g_steal_pointer (&save));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say (save->from, error->message);
}

/**
 * way_document_out_save_bytes:
 * @from: a widget of the window that asks
 * @title: of the dialog
 * @name: of the file, to begin with
 *
 * Asks where to, and writes a file there.
 */
void
way_document_out_save_bytes (GBytes *bytes, GtkWidget *from, const char *title, const char *name)
{
  Save *save;
  GtkRoot *root = gtk_widget_get_root (from);

  g_return_if_fail (bytes != NULL);

  if (!GTK_IS_WINDOW (root))
    return;
  save = g_new0 (Save, 1);
  save->from = g_object_ref (from);
  save->bytes = g_bytes_ref (bytes);
  way_compat_save_file_async (GTK_WINDOW (root), title, name, NULL, chosen_cb, save);
}

/**
 * way_document_out_save:
 * @from: a widget of the window that asks
 * @title: of the dialog
 * @name: of the file, to begin with
 *
 * Asks where to, and writes a document there as a PDF.
 */
void
way_document_out_save (WayDocument *document, GtkWidget *from, const char *title, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = way_document_make_pdf (document, &error);

  if (bytes != NULL)
    way_document_out_save_bytes (bytes, from, title, name);
  else
    say (from, error->message);
}

static void
begin_print_cb (GtkPrintOperation *operation, GtkPrintContext *context, WayDocument *document)
{
  gtk_print_operation_set_n_pages (operation, (int) way_document_get_n_pages (document));
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext *context,
              int page,
              WayDocument *document)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  /* Paper of another size takes all of it, smaller or larger. */
  double scale = MIN (gtk_print_context_get_width (context) / WAY_DOCUMENT_WIDTH,
                      gtk_print_context_get_height (context) / WAY_DOCUMENT_HEIGHT);

  cairo_scale (cr, scale, scale);
  way_document_draw_page (document, cr, (guint) page);
}

static void
closure_unref (gpointer data, GClosure *closure)
{
  way_document_unref (data);
}

/**
 * way_document_out_create_operation:
 *
 * Returns: (transfer full): what prints the document, set up
 */
GtkPrintOperation *
way_document_out_create_operation (WayDocument *document)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) a4 = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size_and_default_margins (setup, a4);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_job_name (operation, way_document_get_title (document));
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_signal_connect_data (operation, "begin-print", G_CALLBACK (begin_print_cb),
                         way_document_ref (document), closure_unref, 0);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb),
                         way_document_ref (document), closure_unref, 0);
  return operation;
}

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer user_data)
{
  g_autoptr (GtkWidget) from = user_data;
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      gtk_print_operation_get_error (operation, &error);
      say (from, error != NULL ? error->message : _ ("It could not be printed."));
    }
  else if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    say (from, _ ("Sent to the printer."));
}

/**
 * way_document_out_print:
 * @from: a widget of the window that asks
 *
 * Asks for a printer, and prints a document.
 */
void
way_document_out_print (WayDocument *document, GtkWidget *from)
{
  g_autoptr (GtkPrintOperation) operation = way_document_out_create_operation (document);
  GtkRoot *root = gtk_widget_get_root (from);
  g_autoptr (GError) error = NULL;

  if (!GTK_IS_WINDOW (root))
    return;
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "done", G_CALLBACK (done_cb), g_object_ref (from));
  /* What goes wrong is told by "done" as well. */
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (root),
                           &error);
}
