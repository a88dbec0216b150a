/* way-pack-new.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What an author begins with. */
typedef struct
{
  const char *id;           /* of the pack */
  const char *title;        /* of the pack */
  const char *owner;        /* who answers for it */
  const char *module;       /* id */
  const char *module_title; /* (nullable) */
  const char *capability;   /* id; what the module is about */
  int level;                /* from 1 */
  const char *today;        /* ISO dates */
  const char *review;
} WayPackNew;

gboolean
way_pack_new (const char *framework, const char *folder, const WayPackNew *what, GError **error);
gboolean way_pack_new_module (const char *folder, const WayPackNew *what, GError **error);
gboolean way_pack_is_new_id (const char *id);

G_END_DECLS
