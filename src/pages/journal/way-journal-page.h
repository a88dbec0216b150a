/* way-journal-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_JOURNAL_PAGE (way_journal_page_get_type ())
G_DECLARE_FINAL_TYPE (WayJournalPage, way_journal_page, WAY, JOURNAL_PAGE, WayPage)

GtkWidget *way_notes_page_new (WaySession *session);
GtkWidget *way_reflections_page_new (WaySession *session);

G_END_DECLS
