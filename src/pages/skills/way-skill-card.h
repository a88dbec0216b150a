/* way-skill-card.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

GtkWidget *
way_skill_card_new (WayPack *pack, guint capability, const WaySkill *skill, WayRow *finding);
char *way_skill_describe (WayPack *pack, guint capability, const WaySkill *skill);
char *way_skill_describe_standing (const WaySkill *skill);
char *way_skill_describe_sureness (const WaySkill *skill);

G_END_DECLS
