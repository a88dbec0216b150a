/* way-qti-import.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How the questions that are taken stand in the pack that is made of them. */
typedef struct
{
  const char *framework;  /* a pack whose levels, cuts, capabilities and roles it has */
  const char *capability; /* what the questions are about */
  int level;              /* from 1 */
  int seconds;            /* expected for one */
} WayQtiImport;

gboolean way_qti_import (const char *source,
                         const char *out,
                         const WayQtiImport *options,
                         GPtrArray *report,
                         guint *n_taken,
                         guint *n_left,
                         GError **error);

G_END_DECLS
