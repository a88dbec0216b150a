/* way-pack-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-pack-files.h"
#include "content/way-pack.h"

G_BEGIN_DECLS

/* A question as the pack names it, wherever it is named. */
typedef struct
{
  char *id;
  char *href;
  char *path; /* the file that names it */
  int line;
} WayPackItem;

struct _WayPack
{
  GObject parent_instance;

  WayPackFiles *files;
  char *asked_language; /* (nullable) */
  char *id;
  int version;
  char *title;
  char *licence; /* (nullable) */
  char *language;
  GPtrArray *capabilities; /* of WayCapability */
  GPtrArray *roles;        /* of WayRole */
  GPtrArray *jobs;         /* of WayJob */
  GPtrArray *pathways;     /* of WayPathway */
  GPtrArray *modules;      /* of WayModule */
  GPtrArray *baseline;     /* of WayBaselineItem */
  GPtrArray *terms;        /* of WayTerm */
  char *level_names[WAY_N_LEVELS + 1];
  double cuts[WAY_N_LEVELS - 1];
  GHashTable *items;     /* char* id → WayPackItem */
  GHashTable *hrefs;     /* char* module id → char* href */
  GHashTable *meanings;  /* char* case-folded word → WayTerm */
  GPtrArray *references; /* of WayReference */
  GMutex lock;           /* guards loaded: pages and background work share a pack */
  GHashTable *loaded;    /* char* id → WayItem */
};

WayPack *way_pack_read (WayPackFiles *files, const char *language, GPtrArray *problems);
void way_pack_read_manifest (WayPack *self, GBytes *bytes, const char *path, GPtrArray *problems);
void way_pack_check_references (WayPack *self,
                                GPtrArray *references,
                                GHashTable *outcomes,
                                GPtrArray *problems);
void
way_pack_check_adaptive (WayPack *self, const WayItem *item, const char *path, GPtrArray *problems);

G_END_DECLS
