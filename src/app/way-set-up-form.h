/* way-set-up-form.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-connection.h"

G_BEGIN_DECLS

#define WAY_TYPE_SET_UP_FORM (way_set_up_form_get_type ())
G_DECLARE_FINAL_TYPE (WaySetUpForm, way_set_up_form, WAY, SET_UP_FORM, AdwBin)

void way_set_up_form_fill (WaySetUpForm *self, GSettings *settings);
WayConnection *way_set_up_form_dup_connection (WaySetUpForm *self);
const char *way_set_up_form_get_password (WaySetUpForm *self);
void way_set_up_form_forget (WaySetUpForm *self);
void way_set_up_form_save (WaySetUpForm *self);

G_END_DECLS
