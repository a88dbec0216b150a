/* way-term-offer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_TERM_OFFER (way_term_offer_get_type ())
G_DECLARE_FINAL_TYPE (WayTermOffer, way_term_offer, WAY, TERM_OFFER, AdwBin)

GtkWidget *way_term_offer_new (WaySession *session);

G_END_DECLS
