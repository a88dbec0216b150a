/* way-demo.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-bank.h"
#include "assessment/way-random.h"
#include "content/way-pack.h"
#include "record/way-bodies.h"
#include "store/way-store.h"

G_BEGIN_DECLS

/* A synthetic trust: made-up people and a year of what they might have done. */
typedef struct
{
  char *id;
  char *code;
  char *name;
  char *type;
  char *parent; /* (nullable) */
  guint weight; /* how large, among the wards */
} WayDemoPlace;

typedef struct
{
  char *id;
  char *username;
  char *name;
  char *employee;
  const char *staff_group;
  const WayDemoPlace *place;
  gboolean is_champion;
  gboolean is_lead;
  gboolean is_analyst;
  gboolean is_designer; /* of the design office */
  gboolean is_manager;  /* of their place */
  gboolean is_idle;     /* has done nothing yet: somebody to begin as */
  gint64 started;
  double ability[WAY_MAX_CAPABILITIES];
} WayDemoPerson;

/* What people answer to a question of a check: what is right, or that they do not know. */
typedef struct
{
  char *right;        /* (nullable) as the log has it; NULL where the item names none */
  double right_score; /* what that is worth, */
  double none_score;  /* and no answer */
} WayDemoAnswer;

typedef struct
{
  WayPack *pack;
  WayBank *bank;
  WayStore *trust;
  WayRandom random;
  gint64 end;          /* when the history stops, µs */
  gint64 start;        /* a year before */
  GPtrArray *places;   /* of WayDemoPlace */
  GPtrArray *people;   /* of WayDemoPerson */
  GHashTable *items;   /* item id → WayCurve as it is in truth */
  GHashTable *answers; /* id of a question of a check → WayDemoAnswer */
  GPtrArray *requests; /* ids of help requests and who asked: char* pairs */
} WayDemo;

gboolean way_demo_run (
    WayStore *trust, WayPack *pack, guint n_people, guint64 seed, gint64 until, GError **error);

/* Between its files. */
void way_demo_make_places (WayDemo *demo);
void way_demo_make_people (WayDemo *demo, guint n_people);
WayDemoPerson *way_demo_find_lead (WayDemo *demo);
gboolean way_demo_write_history (WayDemo *demo, WayDemoPerson *person, GError **error);
gboolean way_demo_write_talk (WayDemo *demo, GError **error);
gboolean way_demo_write_voices (WayDemo *demo, GError **error);
gboolean way_demo_write_corner (WayDemo *demo, GError **error);
gboolean way_demo_write_drop_ins (WayDemo *demo, GError **error);
gboolean way_demo_write_champions (WayDemo *demo, GError **error);
void
way_demo_add (GPtrArray *drafts, const char *kind, gconstpointer body, gint64 at, gint64 received);
void way_demo_answer_free (WayDemoAnswer *self);
char *way_demo_say (WayDemo *demo,
                    const char *author,
                    const char *subject,
                    const char *unit,
                    const char *kind,
                    gconstpointer body,
                    gint64 at,
                    gint64 delay,
                    GError **error);
char *way_demo_dup_id (WayDemo *demo, gint64 at);
gint64 way_demo_working_time (WayDemo *demo, gint64 from, gint64 to);
gint64 way_demo_delay (WayDemo *demo);

G_END_DECLS
