/* way-reach.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "way-driver.h"

G_BEGIN_DECLS

/* One thing to work with: its role, its name, and where there are several of that name the
 * name of what it lies in, or what describes it. */
typedef struct
{
  const char *role;
  const char *name;
  const char *within;    /* (nullable) */
  const char *described; /* (nullable) */
} WayThing;

gboolean way_driver_has (WayDriver *self, WayThing thing);
void way_driver_reach (WayDriver *self, WayThing thing);
void way_driver_point (WayDriver *self, WayThing thing);
void way_driver_wait_focus (WayDriver *self, WayThing thing);
void way_driver_drag (WayDriver *self, WayThing from, WayThing to);

G_END_DECLS
