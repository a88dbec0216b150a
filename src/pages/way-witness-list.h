/* way-witness-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What was seen at work. Signals: loaded (it shows what there is now). */
#define WAY_TYPE_WITNESS_LIST (way_witness_list_get_type ())
G_DECLARE_FINAL_TYPE (WayWitnessList, way_witness_list, WAY, WITNESS_LIST, AdwBin)

typedef enum
{
  WAY_WITNESS_WAITING, /* of oneself, what waits for an answer */
  WAY_WITNESS_MINE,    /* of oneself, all of it */
  WAY_WITNESS_GIVEN,   /* what one has seen of somebody */
} WayWitnessPart;

GtkWidget *way_witness_list_new (WaySession *session, WayWitnessPart part);
void way_witness_list_set_person (WayWitnessList *self, WayRow *person);
void way_witness_list_load (WayWitnessList *self);
gboolean way_witness_list_is_empty (WayWitnessList *self);

G_END_DECLS
