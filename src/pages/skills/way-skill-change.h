/* way-skill-change.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-session.h"

G_BEGIN_DECLS

char *way_skill_describe_change (WayRow *finding);
char *way_skill_describe_change_short (WayRow *finding);
char *way_skill_describe_chance (WayRow *finding);
WayRow *way_skill_find_finding (GListModel *findings, const char *capability);

G_END_DECLS
