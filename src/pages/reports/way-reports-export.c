/* way-reports-export.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/reports/way-reports-private.h"

#include "widgets/way-compat.h"

#include <glib/gi18n.h>

/* Writing what the trust answers into a file: data only, with its description beside. */

static char *
suggest_name (WayReportsPage *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *name = g_strdup_printf ("%s%s%s-%s.csv",
                                           way_reports_get_name (self->shown.report),
                                           self->shown.unit != NULL ? "-" : "",
                                           self->shown.unit != NULL ? self->shown.unit : "",
                                           self->shown.as_at != NULL ? self->shown.as_at : today);

  /* A code comes from outside; a name of a file has no folders in it. */
  return g_strdelimit (g_steal_pointer (&name), "/\\:", '_');
}

typedef struct
{
  WayReportsPage *page;
  GFile *file; /* (owned) */
} Export;

static void
export_free (Export *export)
{
  g_object_unref (export->page);
  g_object_unref (export->file);
  g_free (export);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Export *export = user_data;
  WayReportsPage *self = export->page;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (export->file);
  g_autofree char *text = NULL;

  /* The page has gone meanwhile. */
  if (way_page_get_session (WAY_PAGE (self)) == NULL)
    {
      way_session_write_finish (WAY_SESSION (source), result, NULL, NULL);
      export_free (export);
      return;
    }
  way_reports_end_work (self);
  if (way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    {
      g_autoptr (GFile) folder = g_file_get_parent (export->file);

      g_free (self->folder);
      self->folder = folder != NULL ? g_file_get_uri (folder) : NULL;
      gtk_widget_set_visible (self->open_folder, self->folder != NULL);
      /* Translators: the name of a file, twice. */
      text =
          g_strdup_printf (_ ("Written: %s, data only. What it counts and when stands beside it in "
                              "%s-metadata.json."),
                           name, name);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    text = g_strdup (_ ("Stopped. No file was written."));
  else
    /* Translators: a reason, as a sentence. */
    text = g_strdup_printf (_ ("No file was written. %s"), error->message);
  gtk_label_set_label (self->status, text);
  way_compat_announce (GTK_WIDGET (self), text);
  export_free (export);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayReportsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = way_compat_save_file_finish (result, &error);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  WaySession *session = way_page_get_session (WAY_PAGE (self));
  Export *export;

  if (session == NULL)
    return;
  if (file == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
      return;
    }
  if (path == NULL)
    {
      gtk_label_set_label (self->status,
                           _ ("That place is not on this computer. Choose a folder that is."));
      return;
    }
  export = g_new0 (Export, 1);
  export->page = g_object_ref (self);
  export->file = g_object_ref (file);
  way_reports_begin_work (self, _ ("Writing the file"));
  way_session_export_report_async (session, way_reports_get_name (self->shown.report),
                                   self->shown.as_at, self->shown.unit, self->shown.staff_group,
                                   path, self->cancellable, written_cb, export);
}

/* Asks where to, and writes what the rows on screen answer, without what is narrowed on
 * screen only. */
void
way_reports_export (WayReportsPage *self)
{
  g_autofree char *name = suggest_name (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->rows == NULL || !GTK_IS_WINDOW (root))
    return;
  way_compat_save_file_async (GTK_WINDOW (root), _ ("Export as CSV"), name, NULL, chosen_cb,
                              g_object_ref (self));
}
