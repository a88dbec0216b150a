/* way-logins.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-store.h"

G_BEGIN_DECLS

/* A login of a PostgreSQL trust that was just made. */
typedef struct
{
  char *username;
  char *login;
  char *password; /* (nullable) where people come with a ticket */
} WayLogin;

/* Makes a login for each person who has none, and closes those of people who have left.
 * The trust is open for its administrator, who may make roles. */
GPtrArray *way_logins_sync (
    WayStore *trust, gboolean with_passwords, guint *n_closed, guint *n_opened, GError **error);
/* The lines of pg_ident.conf by which people come with the ticket of a domain. */
char *way_logins_write_map (WayStore *trust, guint *n_lines, GError **error);
gboolean way_logins_disable (WayStore *trust, const char *username, GError **error);

G_END_DECLS
