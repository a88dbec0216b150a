/* way-postgresql-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/way-db-private.h"

#include <libpq-fe.h>

G_BEGIN_DECLS

extern const WayDbEngine way_postgresql_engine;

WayDbError way_postgresql_map_state (const char *state);
PGconn *way_postgresql_connect (const char *uri, GError **error);
gint64 way_postgresql_get_patience (const char *uri, gint64 otherwise);
char *way_postgresql_tidy (const char *text);

G_END_DECLS
