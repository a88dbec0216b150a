/* way-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_PAGE (way_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (WayPage, way_page, WAY, PAGE, AdwBin)

struct _WayPageClass
{
  AdwBinClass parent_class;

  /* Asks the session for what the page shows; ends in one of the show functions. */
  void (*load) (WayPage *self, GCancellable *cancellable);

  /* (nullable) Puts the focus where the page is searched. */
  void (*search) (WayPage *self);
};

WaySession *way_page_get_session (WayPage *self);
void way_page_load (WayPage *self);
gboolean way_page_search (WayPage *self);
gboolean way_page_keep (WayPage *self, const char *part, const char *words);
void way_page_append_rows (GString *words, GListModel *rows);
gboolean way_page_keep_rows (WayPage *self, const char *part, GListModel *rows);
void way_page_set_column (WayPage *self, GtkWidget *child, int width);
void way_page_show_content (WayPage *self);
void way_page_show_message (WayPage *self,
                            const char *icon_name,
                            const char *title,
                            const char *text,
                            const char *button,
                            const char *detailed_action);
void way_page_show_error (WayPage *self, const char *title, const GError *error);

G_END_DECLS
