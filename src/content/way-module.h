/* way-module.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "content/way-flow.h"

G_BEGIN_DECLS

typedef struct _WayModule WayModule;
typedef struct _WayOutcome WayOutcome;
typedef struct _WayCard WayCard;
typedef struct _WayCheckItem WayCheckItem;
typedef struct _WaySource WaySource;

struct _WayOutcome
{
  char *id;
  char *text;
};

struct _WayCard
{
  char *id;
  char *title;
  char *picture;     /* (nullable) path inside the pack */
  char *alternative; /* (nullable) */
  GStrv outcomes;    /* (nullable) ids of what it teaches */
  WayNode *content;
};

struct _WayCheckItem
{
  char *id;
  char *href;
  char *outcome;
};

struct _WaySource
{
  char *title;
  char *href; /* (nullable) */
  char *checked;
};

struct _WayModule
{
  gatomicrefcount refs;
  char *id;
  int version;
  char *capability;
  int level;
  int minutes;
  char *owner;
  char *review; /* ISO date */
  gboolean has_clinical_check;
  char *digcomp;
  char *title;
  char *summary;
  char *path;
  GPtrArray *outcomes; /* of WayOutcome */
  WayNode *why;
  GPtrArray *cards; /* of WayCard */
  GPtrArray *desks; /* of char*: hrefs of practice desks */
  int draw;
  GPtrArray *check; /* of WayCheckItem */
  char *shift_id;
  WayNode *shift;
  char *confidence;
  GPtrArray *sources; /* of WaySource */
};

#define WAY_TYPE_MODULE (way_module_get_type ())
GType way_module_get_type (void);

gboolean way_module_teaches (const WayModule *self, const WayCard *card, const char *outcome);
WayModule *way_module_ref (WayModule *self);
void way_module_unref (WayModule *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayModule, way_module_unref)

G_END_DECLS
