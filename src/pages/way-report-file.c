/* way-report-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/way-report-file.h"

#include "widgets/way-compat.h"

#include <glib/gi18n.h>

typedef struct
{
  WayPage *page;      /* (owned) */
  const char *report; /* static */
  const char *span;   /* (nullable) static */
} Saving;

static void
saving_free (Saving *self)
{
  g_object_unref (self->page);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Saving) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (way_session_write_finish (WAY_SESSION (source), result, &path, &error))
    name = g_path_get_basename (path);
  if (name == NULL)
    /* Translators: a reason, as a sentence. */
    text = g_strdup_printf (_ ("No file was written. %s"), error->message);
  else if (self->span != NULL)
    /* Translators: the name of a file, the time that it is about, the name of the file again. */
    text = g_strdup_printf (_ ("Written: %s, %s. What it counts stands beside it in "
                               "%s-metadata.json."),
                            name, self->span, name);
  else
    /* Translators: the name of a file, twice. */
    text = g_strdup_printf (_ ("Written: %s. What it counts stands beside it in "
                               "%s-metadata.json."),
                            name, name);
  if (way_page_get_session (self->page) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->page), "win.toast", "s", text);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Saving) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = way_compat_save_file_finish (result, &error);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  WaySession *session = way_page_get_session (self->page);
  const char *report = self->report;

  if (session == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (path == NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->page), "win.toast", "s",
                                error != NULL ? error->message
                                              : _ ("That place is not on this computer. Choose a "
                                                   "folder that is."));
  else
    way_session_export_report_async (session, report, NULL, NULL, NULL, path, NULL, written_cb,
                                     g_steal_pointer (&self));
}

/**
 * way_report_file_save:
 * @page: that shows the figures of @report, of the whole trust
 * @report: static: name of a report
 * @span: (nullable): static: the time that the file is about, where it is more than the page
 *   shows, to stand inside a sentence
 *
 * Asks where to, and writes the report there as CSV, with its description beside it. How that went
 * is said in a toast, unless the page has gone meanwhile.
 */
void
way_report_file_save (WayPage *page, const char *report, const char *span)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  g_autofree char *name = g_strconcat (report, ".csv", NULL);
  Saving *self;

  g_return_if_fail (WAY_IS_PAGE (page));

  if (!GTK_IS_WINDOW (root))
    return;
  self = g_new0 (Saving, 1);
  self->page = g_object_ref (page);
  self->report = report;
  self->span = span;
  way_compat_save_file_async (GTK_WINDOW (root), _ ("Export as CSV"), name, NULL, chosen_cb, self);
}
