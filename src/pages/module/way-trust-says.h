/* way-trust-says.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_TRUST_SAYS (way_trust_says_get_type ())
G_DECLARE_FINAL_TYPE (WayTrustSays, way_trust_says, WAY, TRUST_SAYS, AdwBin)

GtkWidget *
way_trust_says_new (WaySession *session, const WayModule *module, const char *local_note);

G_END_DECLS
