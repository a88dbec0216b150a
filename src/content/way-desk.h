/* way-desk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "content/way-flow.h"

G_BEGIN_DECLS

/* A practice desk: immutable. What an app of the desk shows is a list of records of
 * named text fields (a message, a patient, a prompt); rules are expressions over the
 * actions done, which the practice room evaluates. */
typedef struct _WayDesk WayDesk;
typedef struct _WayDeskRecord WayDeskRecord;
typedef struct _WayDeskRule WayDeskRule;
typedef struct _WayDeskTest WayDeskTest;

struct _WayDeskRecord
{
  char *id;
  char *type;  /* element name: message, patient, request, prompt, … */
  char *group; /* (nullable) drawn together: bad, good, …  */
  int line;
  GHashTable *fields; /* char* → char*: attributes */
  GPtrArray *parts;   /* of WayDeskRecord: child records */
  WayNode *content;   /* (nullable) flow */
};

/* `all`, `any`, `not`, `did`, `before`, `final`, …: attributes as text. */
struct _WayDeskTest
{
  char *name;
  int line;
  GHashTable *attributes;
  GPtrArray *children; /* of WayDeskTest */
};

struct _WayDeskRule
{
  char *id;
  char *outcome; /* (nullable) id of a module's outcome */
  char *each;    /* (nullable) group: the rule holds for each drawn record of it */
  int points;
  int line;
  WayDeskTest *test;
  WayNode *held;
  WayNode *missed;
  WayNode *careful; /* what a careful colleague would have done */
};

struct _WayDesk
{
  gatomicrefcount refs;
  char *id;
  int version;
  char **apps; /* one or more: inbox, finder, … */
  int minutes;
  char *title;
  char *path;
  WayNode *task;
  GHashTable *draws;  /* char* group → GINT_TO_POINTER count */
  GPtrArray *records; /* of WayDeskRecord */
  GPtrArray *rules;   /* of WayDeskRule */
};

#define WAY_TYPE_DESK (way_desk_get_type ())
GType way_desk_get_type (void);

WayDesk *way_desk_new_from_bytes (GBytes *bytes, const char *path, GError **error);
WayDesk *way_desk_ref (WayDesk *self);
void way_desk_unref (WayDesk *self);
const char *way_desk_get_field (const WayDeskRecord *record, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayDesk, way_desk_unref)

G_END_DECLS
