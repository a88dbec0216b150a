/* way-scorm-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "ctl/way-scorm.h"

G_BEGIN_DECLS

void way_scorm_set_text (JsonBuilder *json, const char *name, const char *text);
void way_scorm_set_number (JsonBuilder *json, const char *name, double number);
void way_scorm_set_integer (JsonBuilder *json, const char *name, gint64 number);
void way_scorm_set_flag (JsonBuilder *json, const char *name, gboolean is);
void way_scorm_set_feedback (JsonBuilder *json, const WayFeedback *feedback);

/* A question and its parts. media: paths of pictures met are added. */
void way_scorm_add_flow (JsonBuilder *json, WayPack *pack, const WayNode *node, GHashTable *media);
void way_scorm_add_body (
    JsonBuilder *json, WayPack *pack, const WayItem *item, const WayNode *node, GHashTable *media);
void way_scorm_add_question (
    JsonBuilder *json, WayPack *pack, const WayItem *item, const char *outcome, GHashTable *media);
char *way_scorm_dup_reason (const WayItem *item);

G_END_DECLS
