/* way-people-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "practice/way-practice.h"

G_BEGIN_DECLS

/* The address book of a practice desk. Emits "back" where it hides what it is for. */
#define WAY_TYPE_PEOPLE_LIST (way_people_list_get_type ())
G_DECLARE_FINAL_TYPE (WayPeopleList, way_people_list, WAY, PEOPLE_LIST, GtkWidget)

GtkWidget *way_people_list_new (WayPractice *practice);
void way_people_list_set_share (WayPeopleList *self, const WayDeskRecord *share);
void way_people_list_set_folded (WayPeopleList *self, gboolean is_folded);
void way_people_list_update (WayPeopleList *self);
void way_people_list_focus (WayPeopleList *self);

const char *way_share_line_get_name (const char *line);
char *way_person_dup_label (const WayDeskRecord *person);

G_END_DECLS
