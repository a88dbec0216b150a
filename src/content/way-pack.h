/* way-pack.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "content/way-desk.h"
#include "content/way-item.h"
#include "content/way-module.h"

G_BEGIN_DECLS

#define WAY_N_LEVELS 4

typedef struct _WayCapability WayCapability;
typedef struct _WayRole WayRole;
typedef struct _WayJob WayJob;
typedef struct _WayPathway WayPathway;
typedef struct _WayBaselineItem WayBaselineItem;
typedef struct _WayTerm WayTerm;

struct _WayCapability
{
  char *id;
  char *name;
  char *short_name;
  char *icon;
  char *description;
  char *descriptors[WAY_N_LEVELS];
};

struct _WayRole
{
  char *id;
  char *name;
  int *required; /* a level 1–4 for each capability, in the pack's order */
};

/* A job role within a staff group: it asks for what the group asks for, but where it says so. */
struct _WayJob
{
  char *id;
  char *name;
  char *role;
  int *required; /* the same; 0 where the group's holds */
};

struct _WayPathway
{
  char *id;
  char *title;
  char *description;
  GPtrArray *modules; /* of char* */
};

struct _WayBaselineItem
{
  char *id;
  char *href;
  guint capability; /* index into the pack's capabilities */
  int level;        /* 1–4 */
  gboolean is_opener;
  gboolean is_new; /* rides along unscored */
  int raters;
  int seconds;    /* the author's expected time */
  double share;   /* of the sittings that may have it, until its exposure is published; 1: all */
  char **enemies; /* (nullable) ids */
};

struct _WayTerm
{
  char *word;
  char *also; /* (nullable): other words for the same, between commas */
  char *meaning;
};

/* A pack: a folder or a zip, read, checked by digest and immutable. Items are parsed
 * when first asked for; everything else when the pack is opened. */
#define WAY_TYPE_PACK (way_pack_get_type ())
G_DECLARE_FINAL_TYPE (WayPack, way_pack, WAY, PACK, GObject)

typedef enum
{
  WAY_PACK_ERROR_NOT_FOUND, /* no such folder, file or id */
  WAY_PACK_ERROR_INVALID,   /* the text names file:line: reason */
  WAY_PACK_ERROR_DIGEST,    /* a file is not what the pack was built from */
  WAY_PACK_ERROR_TOO_LARGE, /* size, count or depth over the limit */
} WayPackError;

#define WAY_PACK_ERROR (way_pack_error_quark ())
GQuark way_pack_error_quark (void);

WayPack *way_pack_open (const char *path, const char *language, GError **error);
const char *way_pack_get_id (WayPack *self);
int way_pack_get_version (WayPack *self);
const char *way_pack_get_digest (WayPack *self);
const char *way_pack_get_licence (WayPack *self);
const char *way_pack_get_title (WayPack *self);
const char *way_pack_get_language (WayPack *self);
GPtrArray *way_pack_get_capabilities (WayPack *self);
const char *const *way_pack_get_level_names (WayPack *self);
const double *way_pack_get_cuts (WayPack *self);
GPtrArray *way_pack_get_roles (WayPack *self);
GPtrArray *way_pack_get_pathways (WayPack *self);
GPtrArray *way_pack_get_modules (WayPack *self);
GPtrArray *way_pack_get_baseline (WayPack *self);
GPtrArray *way_pack_get_terms (WayPack *self);
int way_pack_find_capability (WayPack *self, const char *id);
const WayRole *way_pack_find_role (WayPack *self, const char *id);
GPtrArray *way_pack_get_jobs (WayPack *self); /* of WayJob */
const WayJob *way_pack_find_job (WayPack *self, const char *text);
WayModule *way_pack_find_module (WayPack *self, const char *id);
const WayBaselineItem *way_pack_find_baseline_item (WayPack *self, const char *id);
const char *way_pack_explain (WayPack *self, const char *word);
WayItem *way_pack_load_item (WayPack *self, const char *id, GError **error);
void way_pack_forget_items (WayPack *self);
WayDesk *way_pack_load_desk (WayPack *self, const char *href, GError **error);
GBytes *way_pack_load_file (WayPack *self, const char *path, GError **error);

/* pack check, pack build */
gboolean way_pack_check (const char *path, GPtrArray *problems, GError **error);
gboolean way_pack_build (const char *folder, const char *zip, GError **error);

G_END_DECLS
