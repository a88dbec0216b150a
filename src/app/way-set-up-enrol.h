/* way-set-up-enrol.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_SET_UP_ENROL (way_set_up_enrol_get_type ())
G_DECLARE_FINAL_TYPE (WaySetUpEnrol, way_set_up_enrol, WAY, SET_UP_ENROL, AdwBin)

void way_set_up_enrol_open (WaySetUpEnrol *self, WaySession *session, GSettings *settings);

G_END_DECLS
