/* way-people-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A list of staff as a personnel system exports it: CSV in UTF-8, UTF-16 or Windows-1252,
 * a row for each assignment of a person. */
typedef struct
{
  guint line;
  char *unit; /* code */
  gboolean is_primary;
  char *manager; /* (nullable) employee number */
} WayAssignmentRow;

typedef struct
{
  guint line; /* of the first row */
  char *employee;
  char *username;  /* (nullable) */
  char *principal; /* (nullable) the name of a domain, without its realm */
  char *name;
  char *staff_group;
  char *job;              /* (nullable) */
  gint64 started;         /* µs; G_MININT64 where it is not said */
  gboolean has_left;      /* by its status */
  GPtrArray *assignments; /* of WayAssignmentRow */
} WayPersonRow;

/* Everything that is wrong goes into @problems with its line; NULL when it cannot be read
 * at all. */
GPtrArray *way_people_file_read (const char *path, GPtrArray *problems, GError **error);

G_END_DECLS
