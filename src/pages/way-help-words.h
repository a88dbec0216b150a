/* way-help-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-help.h"

G_BEGIN_DECLS

char *way_help_describe_reach (const WayHelpReach *reach);
char *way_help_describe_desk (const WayHelpReach *reach);
char *way_help_describe_route (WayRow *row, gint64 now);
char *way_help_describe_sent (WayRow *row, const char *person, gint64 now);
char *way_help_describe_step (WayPack *pack, const char *page, const char *module);
GtkWidget *way_help_reach_new (const WayHelpReach *reach, gboolean is_urgent);

/* What help is about, of the ten-second log and of what champions ask each other. */
const char *way_help_topic_get_name (const char *topic);
gboolean way_help_topic_is_in (const char *topic, const char *text);
const char *way_help_topic_find (const char *text);
guint way_help_topic_count (void);
const char *way_help_topic_get_nth (guint n);
const char *way_help_topic_get_word (guint n);

G_END_DECLS
