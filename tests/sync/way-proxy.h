/* way-proxy.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A line to a server of this machine that misbehaves as it is told: a port of its own, and
 * a thread that passes bytes on. */
typedef struct _WayProxy WayProxy;

typedef enum
{
  WAY_PROXY_CLOSE,  /* both sides see the end of the line (FIN) */
  WAY_PROXY_RESET,  /* both see it torn down (RST) */
  WAY_PROXY_SILENT, /* nobody is told: nothing more is taken or passed */
} WayProxyEnd;

/* What happens to a connection, from its beginning on; all zero is a good line. */
typedef struct
{
  gint64 up;              /* bytes to the server after which it ends; 0: never */
  gint64 down;            /* the same, from the server */
  WayProxyEnd how;        /* it ends */
  guint delay_ms;         /* each way */
  guint bytes_per_second; /* each way; 0: as fast as it goes */
  gboolean is_down;       /* nobody answers: connections are torn down at once */
  const char *answer;     /* (nullable) somebody else answers: this, whatever was said */
} WayProxyRules;

WayProxy *way_proxy_new (guint port, GError **error);
void way_proxy_free (WayProxy *self);
guint way_proxy_get_port (WayProxy *self);
/* A URI of the server as that of the line to it. */
char *way_proxy_dup_uri (WayProxy *self, const char *uri);
void way_proxy_set_rules (WayProxy *self, const WayProxyRules *rules);
/* Since the rules were set: bytes passed on, and connections. */
gint64 way_proxy_get_up (WayProxy *self);
gint64 way_proxy_get_down (WayProxy *self);
guint way_proxy_get_n_connections (WayProxy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayProxy, way_proxy_free)

G_END_DECLS
