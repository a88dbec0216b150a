/* way-rota-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "record/way-shift.h"

G_BEGIN_DECLS

/* A row of what a rota system exports, or of a list of who has been taught elsewhere. */
typedef struct
{
  guint line;
  char *who;      /* employee number or user name */
  char *unit;     /* (nullable) code; the person's own */
  guint32 day;    /* as GDate counts; 0: none */
  WayShiftSet on; /* the parts of that day */
  char *module;   /* (nullable) */
  char *source;   /* (nullable) */
} WayDutyRow;

/* Everything that is wrong goes into @problems with its line; NULL when it cannot be read at
 * all. */
GPtrArray *way_rota_file_read (const char *path,
                               const WayShiftTimes *times,
                               GPtrArray *problems,
                               GError **error);
GPtrArray *way_training_file_read (const char *path, GPtrArray *problems, GError **error);

G_END_DECLS
