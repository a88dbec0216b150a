/* way-trial-server.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A throw-away PostgreSQL of the installed packages: in a folder of its own, on this
 * machine alone, with TLS and passwords as a real one has them. For trials and tests; it
 * ends with the thread that started it, and leaves nothing behind. */
typedef struct _WayTrialServer WayTrialServer;

typedef enum
{
  WAY_TRIAL_SERVER_FAST = 0,         /* what is written may be lost in a power cut */
  WAY_TRIAL_SERVER_DURABLE = 1 << 0, /* it may not */
} WayTrialServerFlags;

WayTrialServer *way_trial_server_start (WayTrialServerFlags flags, GError **error);
void way_trial_server_free (WayTrialServer *self);
/* Made-up password for a role, from now on in the passfile. */
gboolean way_trial_server_add_password (WayTrialServer *self,
                                        const char *user,
                                        const char *password,
                                        GError **error);
char *way_trial_server_dup_uri (WayTrialServer *self, const char *user, const char *database);
const char *way_trial_server_get_programs (WayTrialServer *self);
const char *way_trial_server_get_folder (WayTrialServer *self);
const char *way_trial_server_get_ca_file (WayTrialServer *self);
const char *way_trial_server_get_passfile (WayTrialServer *self);
const char *way_trial_server_get_admin (WayTrialServer *self);
guint way_trial_server_get_port (WayTrialServer *self);
/* Of the server's own environment, from its next start on. */
void way_trial_server_set_env (WayTrialServer *self, const char *name, const char *value);
/* Ends it as its administrator does: whoever is connected is told (57P01). */
void way_trial_server_stop (WayTrialServer *self);
/* Ends it at once, as a crash would; start it again on the same data. */
void way_trial_server_crash (WayTrialServer *self);
gboolean way_trial_server_restart (WayTrialServer *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayTrialServer, way_trial_server_free)

G_END_DECLS
