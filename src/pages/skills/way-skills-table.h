/* way-skills-table.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/way-session.h"

G_BEGIN_DECLS

GtkWidget *way_skills_table_new (WayPack *pack, const WaySkills *skills, GListModel *findings);

G_END_DECLS
