/* way-notifier.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_NOTIFIER (way_notifier_get_type ())
G_DECLARE_FINAL_TYPE (WayNotifier, way_notifier, WAY, NOTIFIER, GObject)

WayNotifier *way_notifier_new (GApplication *application);
void way_notifier_set_session (WayNotifier *self, WaySession *session);
void way_notifier_take_mine (WayNotifier *self, GListModel *requests);
void way_notifier_take_people (WayNotifier *self, GListModel *people, const char *person);
void way_notifier_take_corner (WayNotifier *self, GListModel *rows);
void way_notifier_forget (WayNotifier *self);

G_END_DECLS
