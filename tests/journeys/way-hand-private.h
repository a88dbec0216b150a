/* way-hand-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "way-hand.h"

G_BEGIN_DECLS

void way_hand_act_computer (WayHand *self,
                            const WayDeskRecord *record,
                            const char *action,
                            const char *value);
void way_hand_act_settings (WayHand *self,
                            const WayDeskRecord *record,
                            const char *action,
                            const char *value);
void way_hand_act_keys (WayHand *self,
                        const WayDeskRecord *record,
                        const char *action,
                        const char *value);
void way_hand_act_table (WayHand *self,
                         const WayDeskRecord *record,
                         const char *action,
                         const char *value);
void way_hand_act_talk (WayHand *self,
                        const WayDeskRecord *record,
                        const char *action,
                        const char *value);
void way_hand_act_inspect (WayHand *self,
                           const WayDeskRecord *record,
                           const char *action,
                           const char *value);
void way_hand_act_record (WayHand *self,
                          const WayDeskRecord *record,
                          const char *action,
                          const char *value);
void way_hand_act_files (WayHand *self,
                         const WayDeskRecord *record,
                         const char *action,
                         const char *value);

const char *way_hand_get_identifier_name (const char *identifier);

G_END_DECLS
