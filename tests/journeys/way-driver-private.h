/* way-driver-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "way-driver.h"
#include "way-ear.h"
#include "way-screen.h"

G_BEGIN_DECLS

/* A person at the window of a program, as far as AT-SPI, keys and pointer go: finds
 * what is on the screen by role and name, presses it, types, reads and looks. A step
 * that cannot be done in time ends the test with the tree of what is there, so that
 * journeys read as a list of steps. */
struct _WayDriver
{
  WayScreen *screen;            /* (owned) */
  WayEar *ear;                  /* (owned) */
  GPtrArray *environment;       /* (owned) of name, value, name, value … */
  GPid pid;                     /* 0 when nothing runs */
  AtspiAccessible *application; /* (owned) (nullable) */
  gulong window;                /* X id of the main window */
  double patience;              /* seconds */
};

enum
{
  WAY_DRIVER_POLL = 40 * 1000, /* microseconds between looks */
};

gint64 way_driver_get_deadline (WayDriver *self);
void way_driver_pause (WayDriver *self, const char *role, const char *name);

G_END_DECLS
