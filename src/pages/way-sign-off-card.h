/* way-sign-off-card.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What a manager has signed off of whoever is signed in. */
#define WAY_TYPE_SIGN_OFF_CARD (way_sign_off_card_get_type ())
G_DECLARE_FINAL_TYPE (WaySignOffCard, way_sign_off_card, WAY, SIGN_OFF_CARD, AdwBin)

GtkWidget *way_sign_off_card_new (WaySession *session);

G_END_DECLS
