/* way-system-choice.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WAY_TYPE_SYSTEM_CHOICE (way_system_choice_get_type ())
G_DECLARE_FINAL_TYPE (WaySystemChoice, way_system_choice, WAY, SYSTEM_CHOICE, GtkBox)

void way_system_choice_load (WaySystemChoice *self, WaySession *session);
void way_system_choice_set_offered (WaySystemChoice *self, gboolean is_offered);
void way_system_choice_set (WaySystemChoice *self, const char *system);
const char *way_system_choice_get (WaySystemChoice *self);

G_END_DECLS
