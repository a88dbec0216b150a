/* way-help-log.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_HELP_LOG (way_help_log_get_type ())
G_DECLARE_FINAL_TYPE (WayHelpLog, way_help_log, WAY, HELP_LOG, AdwBin)

GtkWidget *way_help_log_new (WaySession *session);
void way_help_log_set_people (WayHelpLog *self, GListModel *people);
void way_help_log_set_minutes (WayHelpLog *self, int minutes);
void way_help_log_set_is_narrow (WayHelpLog *self, gboolean is_narrow);
void way_help_log_begin (WayHelpLog *self, const char *person);

G_END_DECLS
