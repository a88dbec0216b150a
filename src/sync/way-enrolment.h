/* way-enrolment.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-store.h"
#include "sync/way-peer.h"

G_BEGIN_DECLS

/* A file with which somebody signs in for the first time where no trust can be reached. It
 * holds who they are and a code that the trust keeps the hash of; the first meeting with the
 * trust uses it up. Whoever makes one up has a store that the trust then turns away. */
typedef struct
{
  char *id;
  char *code;
  char *person;
  char *username;
  char *name;
  char *organisation;
  gint64 expires; /* µs UTC */
} WayEnrolment;

/* Trust side: writes the file, which must not be there yet. */
gboolean
way_enrolment_issue (WayStore *trust, const char *username, const char *path, GError **error);
/* Device side. */
WayEnrolment *way_enrolment_read (const char *path, GError **error);
/* Begins the store of the person at store_path. */
WayStore *
way_enrolment_open_store (const WayEnrolment *self, const char *store_path, GError **error);
/* Before the first greeting; nothing where the store began otherwise. */
gboolean way_enrolment_use (WayStore *device, WayPeer *peer, GError **error);
gboolean way_enrolment_is_waiting (WayStore *device);
gboolean way_enrolment_drop (WayStore *device, GError **error);
/* What a trust says of a code, in words. FALSE where it is one. */
gboolean way_enrolment_refuse (const char *refusal, GError **error);
char *way_enrolment_hash (const char *id, const char *code);
void way_enrolment_free (WayEnrolment *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayEnrolment, way_enrolment_free)

G_END_DECLS
