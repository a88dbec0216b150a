/* way-kind-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "record/way-bodies.h"

G_BEGIN_DECLS

struct _WayKind
{
  const char *name;
  int version;
  gsize size;
  const WayField *fields; /* in the order in which they are written */
  guint n_fields;
};

/* The kinds by subject, a file each. */
extern const WayKind way_kinds_measure[];
extern const guint way_n_kinds_measure;
extern const WayKind way_kinds_learn[];
extern const guint way_n_kinds_learn;
extern const WayKind way_kinds_support[];
extern const guint way_n_kinds_support;
extern const WayKind way_kinds_administer[];
extern const guint way_n_kinds_administer;

/* Rows of a field table. The offset does not compile where the struct's member is of
 * another type than the row says. */
#define WAY_OFFSET(Body, member, Type)                                                             \
  (G_STRUCT_OFFSET (Body, member)                                                                  \
   + 0                                                                                             \
         * sizeof (                                                                                \
             char[__builtin_types_compatible_p (__typeof__ (((Body *) 0)->member), Type) ? 1       \
                                                                                         : -1]))
#define WAY_TEXT(Body, member)                                                                     \
  {                                                                                                \
#member, WAY_FIELD_TEXT, WAY_OFFSET(Body, member, char *), FALSE, NULL, 0, 0                   \
  }
#define WAY_MAYBE_TEXT(Body, member)                                                               \
  {                                                                                                \
#member, WAY_FIELD_TEXT, WAY_OFFSET(Body, member, char *), TRUE, NULL, 0, 0                    \
  }
#define WAY_CHOICE(Body, member, choices)                                                          \
  {                                                                                                \
#member, WAY_FIELD_TEXT, WAY_OFFSET(Body, member, char *), FALSE, choices, 0, 0                \
  }
#define WAY_MAYBE_CHOICE(Body, member, choices)                                                    \
  {                                                                                                \
#member, WAY_FIELD_TEXT, WAY_OFFSET(Body, member, char *), TRUE, choices, 0, 0                 \
  }
#define WAY_INTEGER(Body, member, least, most)                                                     \
  {                                                                                                \
#member, WAY_FIELD_INTEGER, WAY_OFFSET(Body, member, gint64), FALSE, NULL, least, most         \
  }
#define WAY_MAYBE_INTEGER(Body, member, least, most)                                               \
  {                                                                                                \
#member, WAY_FIELD_INTEGER, WAY_OFFSET(Body, member, gint64), TRUE, NULL, least, most          \
  }
#define WAY_DECIMAL(Body, member, least, most)                                                     \
  {                                                                                                \
#member, WAY_FIELD_DECIMAL, WAY_OFFSET(Body, member, double), FALSE, NULL, least, most         \
  }
#define WAY_MAYBE_DECIMAL(Body, member, least, most)                                               \
  {                                                                                                \
#member, WAY_FIELD_DECIMAL, WAY_OFFSET(Body, member, double), TRUE, NULL, least, most          \
  }
#define WAY_BOOLEAN(Body, member)                                                                  \
  {                                                                                                \
#member, WAY_FIELD_BOOLEAN, WAY_OFFSET(Body, member, gboolean), FALSE, NULL, 0, 1              \
  }

#define WAY_KIND(name, Body, fields)                                                               \
  {                                                                                                \
    name, 1, sizeof (Body), fields, G_N_ELEMENTS (fields)                                          \
  }

G_END_DECLS
