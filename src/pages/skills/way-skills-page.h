/* way-skills-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_SKILLS_PAGE (way_skills_page_get_type ())
G_DECLARE_FINAL_TYPE (WaySkillsPage, way_skills_page, WAY, SKILLS_PAGE, WayPage)

GtkWidget *way_skills_page_new (WaySession *session);

G_END_DECLS
