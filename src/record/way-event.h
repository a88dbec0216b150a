/* way-event.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One row of the log. Written once. Ids, digests and chains are lowercase text. */
typedef struct _WayEvent WayEvent;

struct _WayEvent
{
  char *stream;
  gint64 seq;
  char *id;      /* UUIDv7 */
  char *author;  /* (nullable) person id; stamped by the trust */
  char *subject; /* (nullable) person id it is about: NULL = the author */
  char *unit;    /* (nullable) unit id it is addressed to */
  char *kind;
  int ver;
  gint64 at;        /* microseconds UTC, as the device's clock claimed */
  char *zone;       /* IANA name or offset */
  char *salt;       /* 32 hex digits; "" when erased */
  char *body;       /* flat JSON; "" when erased */
  char *refers;     /* (nullable) of one that was erased: the event that its body pointed at */
  char *digest;     /* SHA-256 (salt ‖ body), hex */
  char *chain;      /* SHA-256 (previous chain ‖ …), hex */
  gint64 received;  /* 0 until the trust has it */
  gint64 effective; /* 0 until the trust has it */
  int allowed;      /* 1 unless the trust said 0 */
};

WayEvent *way_event_new (const char *kind, int ver, const char *body);
WayEvent *way_event_copy (const WayEvent *self);
void way_event_free (WayEvent *self);
/* Fill id, salt, digest and chain: pure in its arguments. */
void way_event_seal_into_stream (WayEvent *self,
                                 const char *stream,
                                 gint64 seq,
                                 const char *id,
                                 const char *salt,
                                 const char *previous_chain);
/* What goes where the body goes: of one that was erased, what it pointed at, or nothing. */
const char *way_event_get_content (const WayEvent *self);
void way_event_take_content (WayEvent *self);
char *way_event_compute_digest (const WayEvent *self);
char *way_event_compute_chain (const WayEvent *self, const char *previous_chain);
char *way_uuid_new_v7 (gint64 at_us, const guint8 random[10]);
gboolean way_uuid_is_valid (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayEvent, way_event_free)

G_END_DECLS
