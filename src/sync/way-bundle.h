/* way-bundle.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-store.h"

G_BEGIN_DECLS

/* Sending by file, where there is no network to the trust: a signed bundle of a stream's
 * events goes there on whatever way, and a signed receipt may come back. sync/README has the
 * bytes. */
typedef enum
{
  WAY_BUNDLE_ERROR_OTHER,   /* not a file of this kind */
  WAY_BUNDLE_ERROR_NEWER,   /* made by a newer Waymark */
  WAY_BUNDLE_ERROR_SIZE,    /* larger than any that Waymark writes */
  WAY_BUNDLE_ERROR_CUT,     /* its end is missing */
  WAY_BUNDLE_ERROR_DAMAGED, /* some of it is not what was written */
  WAY_BUNDLE_ERROR_FORGED,  /* not signed with the key of that person */
  WAY_BUNDLE_ERROR_KEY,     /* the device has not met the trust yet, so it has no key */
  WAY_BUNDLE_ERROR_NOTHING, /* nothing waits to be sent */
  WAY_BUNDLE_ERROR_PERSON,  /* the trust does not know them, or they have left */
  WAY_BUNDLE_ERROR_STREAM,  /* of another store, or of somebody else's */
  WAY_BUNDLE_ERROR_FORK,    /* the trust has other events in these places */
  WAY_BUNDLE_ERROR_GAP,     /* something before it is missing in the trust */
} WayBundleError;

#define WAY_BUNDLE_ERROR (way_bundle_error_quark ())
GQuark way_bundle_error_quark (void);

typedef struct
{
  guint events;
  guint inserted;
  guint duplicates;
  guint quarantined;
  guint refused;
  gint64 acked;
} WayBundleResult;

/* On a device. */
gboolean way_bundle_write (
    WayStore *device, const char *path, gboolean is_whole, guint *n_events, GError **error);
gboolean
way_bundle_read_receipt (WayStore *device, const char *path, guint *n_received, GError **error);

/* At the trust. */
char *way_bundle_make_key (WayStore *trust, const char *person, GError **error);
gboolean way_bundle_import (const char *uri,
                            const char *path,
                            const char *receipt_path,
                            WayBundleResult *result,
                            GError **error);

G_END_DECLS
