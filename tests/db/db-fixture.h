/* db-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/way-db.h"

G_BEGIN_DECLS

/* A new database in a folder of its own, with one table: fruit (name, weight). */
typedef struct
{
  char *folder;
  char *path;
  char *uri;
  WayDb *db;
} Fixture;

void fixture_set_up (Fixture *self, gconstpointer data);
void fixture_tear_down (Fixture *self, gconstpointer data);
gint64 fixture_ask (WayDb *db, const char *sql);
void fixture_do (WayDb *db, const char *sql);
void fixture_add (WayDb *db, const char *name, double weight);

G_END_DECLS
