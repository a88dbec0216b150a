/* way-document-out.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-document-out.h"

#include "widgets/way-compat.h"
#include "widgets/way-toast.h"
#include "widgets/way-work-window.h"

#include <glib/gi18n.h>

/* Something on its way out. */
typedef struct
{
  GtkWidget *from; /* (owned) */
  WayDocumentMake make;
  gpointer data; /* (owned) (nullable) what it is made of; the work's, once it has begun */
  GDestroyNotify free_data;
  GBytes *bytes; /* (owned) (nullable) what is written */
  GFileCreateFlags flags;
  GFile *file;          /* (owned) (nullable) where to; a printer */
  WayWork *work;        /* (owned) (nullable) while it is made */
  WayWorkWindow *shown; /* (owned) (nullable) */
} Out;

static void
out_free (Out *out)
{
  if (out->data != NULL)
    out->free_data (out->data);
  g_clear_pointer (&out->shown, way_work_window_free);
  g_clear_pointer (&out->work, way_work_unref);
  g_clear_pointer (&out->bytes, g_bytes_unref);
  g_clear_object (&out->file);
  g_object_unref (out->from);
  g_free (out);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Out, out_free)

/* What a work needs of it, for itself. */
typedef struct
{
  WayDocumentMake make;
  gpointer data; /* (owned) */
  GDestroyNotify free_data;
} Made;

static void
made_free (Made *made)
{
  made->free_data (made->data);
  g_free (made);
}

/**
 * way_document_out_say:
 * @from: a widget of the window that asked
 * @text: what came of it
 *
 * Says it in that window, where it has room for it: the main window lies behind.
 */
void
way_document_out_say (GtkWidget *from, const char *text)
{
  GtkRoot *root = gtk_widget_get_root (from);
  GtkWidget *content = ADW_IS_WINDOW (root) ? adw_window_get_content (ADW_WINDOW (root)) : NULL;

  if (root == NULL)
    return; /* left meanwhile */
  if (!ADW_IS_TOAST_OVERLAY (content))
    {
      gtk_widget_activate_action (from, "win.toast", "s", text);
      return;
    }
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (content), way_toast_new (text, content));
  way_compat_announce (content, text);
}

/**
 * way_document_out_set_content:
 * @window: from which something is saved or printed
 * @content: what it shows
 *
 * Puts @content into @window, with room above it for what came of it.
 */
void
way_document_out_set_content (AdwWindow *window, GtkWidget *content)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), content);
  adw_window_set_content (window, overlay);
}

/* (transfer full): with all its pages laid out */
static gpointer
make_pages (WayWork *work, gpointer data, GError **error)
{
  const Made *made = data;
  g_autoptr (WayDocument) document = made->make (work, made->data, error);

  if (document == NULL || !way_work_go_on (work, way_work_get_fraction (work), error))
    return NULL;
  way_document_get_n_pages (document);
  return g_steal_pointer (&document);
}

/* What is left after the pages are laid out. */
static gboolean
watch (double fraction, gpointer work, GError **error)
{
  return way_work_go_on (work, WAY_DOCUMENT_OUT_MADE + (1 - WAY_DOCUMENT_OUT_MADE) * fraction,
                         error);
}

static gpointer
make_file (WayWork *work, gpointer data, GError **error)
{
  g_autoptr (WayDocument) document = make_pages (work, data, error);

  return document != NULL ? way_document_make_pdf (document, watch, work, error) : NULL;
}

static WayDocument *
give (WayWork *work, gpointer data, GError **error)
{
  return way_document_ref (data);
}

static Out *
out_new (GtkWidget *from, WayDocumentMake make, gpointer data, GDestroyNotify free_data)
{
  Out *out = g_new0 (Out, 1);

  out->from = g_object_ref (from);
  out->make = make;
  out->data = data;
  out->free_data = free_data;
  return out;
}

/* Takes @out, which the callback gets. */
static void
begin (Out *out, gboolean is_file, GAsyncReadyCallback callback)
{
  Made *made = g_new0 (Made, 1);

  made->make = out->make;
  made->data = g_steal_pointer (&out->data);
  made->free_data = out->free_data;
  out->work = way_work_start (is_file ? make_file : make_pages, made, (GDestroyNotify) made_free,
                              is_file ? (GDestroyNotify) g_bytes_unref
                                      : (GDestroyNotify) way_document_unref,
                              callback, out);
  out->shown = way_work_window_new (out->from, out->work, _ ("Making the pages…"));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Out) out = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *text = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    /* Translators: a reason, as a sentence. */
    text = g_strdup_printf (_ ("No file was written. %s"), error->message);
  else if ((out->flags & G_FILE_CREATE_PRIVATE) != 0)
    /* Translators: the name of a file. */
    text = g_strdup_printf (_ ("Written: %s. From now on it is yours to look after."), name);
  else
    /* Translators: %s is the name of a file. */
    text = g_strdup_printf (_ ("Written: %s"), name);
  way_document_out_say (out->from, text);
}

static void
write_file (Out *out)
{
  g_file_replace_contents_bytes_async (out->file, out->bytes, NULL, FALSE, out->flags, NULL,
                                       written_cb, out);
}

static void
made_file_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Out) out = user_data;
  g_autoptr (GError) error = NULL;

  out->bytes = way_work_finish (result, &error);
  g_clear_pointer (&out->shown, way_work_window_free);
  if (out->bytes != NULL)
    write_file (g_steal_pointer (&out));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    way_document_out_say (out->from, _ ("Stopped. No file was written."));
  else
    way_document_out_say (out->from, error->message);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Out) out = user_data;
  g_autoptr (GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (out->from);

  /* Some window managers go to the main window when a dialog over a dialog closes. */
  if (GTK_IS_WINDOW (root))
    gtk_window_present (GTK_WINDOW (root));
  out->file = way_compat_save_file_finish (result, &error);
  if (out->file == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    way_document_out_say (out->from, error->message);
  else if (out->file != NULL && out->bytes != NULL)
    write_file (g_steal_pointer (&out));
  else if (out->file != NULL)
    begin (g_steal_pointer (&out), TRUE, made_file_cb);
}

/* Takes @out. */
static void
choose (Out *out, const char *title, const char *name, GFileCreateFlags flags)
{
  GtkRoot *root = gtk_widget_get_root (out->from);

  if (!GTK_IS_WINDOW (root))
    {
      out_free (out);
      return;
    }
  out->flags = flags;
  way_compat_save_file_async (GTK_WINDOW (root), title, name, NULL, chosen_cb, out);
}

/**
 * way_document_out_create_buttons:
 * @save: (out) (transfer none): as a PDF
 * @print: (out) (transfer none): on paper
 *
 * Returns: (transfer floating): the two side by side, for the foot of a window
 */
GtkWidget *
way_document_out_create_buttons (GtkWidget **save, GtkWidget **print)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  *save = gtk_button_new_with_mnemonic (_ ("_Save as PDF…"));
  *print = gtk_button_new_with_mnemonic (_ ("_Print…"));
  gtk_widget_add_css_class (*save, "suggested-action");
  gtk_widget_add_css_class (*save, "pill");
  gtk_widget_add_css_class (*print, "pill");
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_box_append (GTK_BOX (box), *print);
  gtk_box_append (GTK_BOX (box), *save);
  return box;
}

/**
 * way_document_out_save_bytes:
 * @from: a widget of the window that asks
 * @title: of the dialog
 * @name: of the file, to begin with
 * @flags: with %G_FILE_CREATE_PRIVATE nobody else may read the file
 *
 * Asks where to, and writes a file there.
 */
void
way_document_out_save_bytes (
    GBytes *bytes, GtkWidget *from, const char *title, const char *name, GFileCreateFlags flags)
{
  Out *out;

  g_return_if_fail (bytes != NULL);

  out = out_new (from, NULL, NULL, NULL);
  out->bytes = g_bytes_ref (bytes);
  choose (out, title, name, flags);
}

/**
 * way_document_out_save_made:
 * @make: makes the document
 * @data: (transfer full): for @make
 * @from: a widget of the window that asks
 * @title: of the dialog
 * @name: of the file, to begin with
 * @flags: as way_document_out_save_bytes()
 *
 * Asks where to, makes a document and writes it there as a PDF.
 */
void
way_document_out_save_made (WayDocumentMake make,
                            gpointer data,
                            GDestroyNotify free_data,
                            GtkWidget *from,
                            const char *title,
                            const char *name,
                            GFileCreateFlags flags)
{
  choose (out_new (from, make, data, free_data), title, name, flags);
}

/**
 * way_document_out_save:
 * @document: what it is like now
 * @from: a widget of the window that asks
 * @title: of the dialog
 * @name: of the file, to begin with
 * @flags: as way_document_out_save_bytes()
 *
 * Asks where to, and writes a document there as a PDF.
 */
void
way_document_out_save (WayDocument *document,
                       GtkWidget *from,
                       const char *title,
                       const char *name,
                       GFileCreateFlags flags)
{
  way_document_out_save_made (give, way_document_copy (document),
                              (GDestroyNotify) way_document_unref, from, title, name, flags);
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
      way_document_out_say (from, error != NULL ? error->message : _ ("It could not be printed."));
    }
  else if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    way_document_out_say (from, _ ("Sent to the printer."));
}

static void
made_pages_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Out) out = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDocument) document = way_work_finish (result, &error);
  GtkRoot *root = gtk_widget_get_root (out->from);
  g_autoptr (GtkPrintOperation) operation = NULL;

  g_clear_pointer (&out->shown, way_work_window_free);
  if (document == NULL)
    {
      way_document_out_say (out->from, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                                           ? _ ("Stopped. Nothing was printed.")
                                           : error->message);
      return;
    }
  if (!GTK_IS_WINDOW (root))
    return;
  operation = way_document_out_create_operation (document);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "done", G_CALLBACK (done_cb), g_object_ref (out->from));
  /* What goes wrong is told by "done" as well. */
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (root),
                           &error);
}

/**
 * way_document_out_print_made:
 * @make: makes the document
 * @data: (transfer full): for @make
 * @from: a widget of the window that asks
 *
 * Makes a document, asks for a printer, and prints it.
 */
void
way_document_out_print_made (WayDocumentMake make,
                             gpointer data,
                             GDestroyNotify free_data,
                             GtkWidget *from)
{
  begin (out_new (from, make, data, free_data), FALSE, made_pages_cb);
}

/**
 * way_document_out_print:
 * @document: what it is like now
 * @from: a widget of the window that asks
 *
 * Asks for a printer, and prints a document.
 */
void
way_document_out_print (WayDocument *document, GtkWidget *from)
{
  way_document_out_print_made (give, way_document_copy (document),
                               (GDestroyNotify) way_document_unref, from);
}
