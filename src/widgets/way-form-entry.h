/* way-form-entry.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "practice/way-practice.h"

G_BEGIN_DECLS

#define WAY_TYPE_FORM_ENTRY (way_form_entry_get_type ())
G_DECLARE_FINAL_TYPE (WayFormEntry, way_form_entry, WAY, FORM_ENTRY, GtkWidget)

GtkWidget *
way_form_entry_new (WayPractice *practice, const WayDeskRecord *form, const WayDeskRecord *entry);
void way_form_entry_commit (WayFormEntry *self);
void way_form_entry_update (WayFormEntry *self);
gboolean way_form_entry_is_amiss (WayFormEntry *self);

G_END_DECLS
