/* way-initiative-pulses.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-edit-window.h"
#include "session/way-session.h"

G_BEGIN_DECLS

void way_initiative_ask_pulses (WayEditWindow *window, guint people, gboolean is_lead);
void way_initiative_write_pulses (WayEditWindow *window,
                                  GtkWidget *widget,
                                  WaySession *session,
                                  WayRow *row,
                                  GAsyncReadyCallback written);
void way_initiative_copy_pulses (GtkWidget *widget,
                                 WaySession *session,
                                 WayRow *from,
                                 const char *initiative,
                                 const char *go_live);
void way_initiative_draw_results (GtkBox *box, GListModel *results, const char *initiative);

G_END_DECLS
