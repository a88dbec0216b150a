/* way-journey.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "way-driver.h"

#include "content/way-pack.h"
#include "store/way-store.h"

G_BEGIN_DECLS

/* The world of a journey: a trust of made-up people, Waymark's window for one of them at
 * a time, and waymarkctl beside it. */
typedef struct
{
  WayDriver *driver; /* (owned) */
  WayPack *pack;     /* (owned) what the window shows as well */
  char *folder;      /* (owned) (nullable) thrown away at the end */
  char *trust;       /* (owned) as a URI */
  int width;         /* of the window */
  int height;
  gboolean is_by_keys; /* questions are answered with the keyboard alone */
} WayJourney;

WayJourney *way_journey_new (guint seed);
WayJourney *way_journey_new_of (guint seed, guint n_people);
WayJourney *way_journey_new_for_trust (const char *path);
void way_journey_free (WayJourney *self);

void way_journey_open (WayJourney *self, const char *username, const char *page);
void way_journey_start (WayJourney *self, const char *first, ...) G_GNUC_NULL_TERMINATED;
void way_journey_close (WayJourney *self);
void way_journey_go (WayJourney *self, const char *page);
void way_journey_expect (WayJourney *self, const char *name);
void way_journey_sync (WayJourney *self);

char *
way_journey_ctl (WayJourney *self, int *status, const char *first, ...) G_GNUC_NULL_TERMINATED;
char *way_journey_ask_trust (WayJourney *self, const char *sql);
char *way_journey_ask_store (WayJourney *self, const char *username, const char *sql);
char *way_journey_dup_store_path (WayJourney *self, const char *username);

WayItem *way_journey_find_question (WayJourney *self);
void way_journey_answer (WayJourney *self, WayItem *item);

void way_journey_rate (WayJourney *self);
guint way_journey_sit (WayJourney *self, guint first, guint n);

void way_journey_open_module (WayJourney *self, const WayModule *module);
void way_journey_take_check (WayJourney *self, const WayModule *module);
typedef void (*WayLookFunc) (WayJourney *self, const char *name);
void way_journey_read (WayJourney *self, const WayModule *module, WayLookFunc look);
void way_journey_learn (WayJourney *self, const char *username, const char *id, WayLookFunc look);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayJourney, way_journey_free)

G_END_DECLS
