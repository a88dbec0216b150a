/* simulator-model.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-log.h"

G_BEGIN_DECLS

/* What was saved, what the trust has, and who may see it: plain lists, and
 * rules written down from the design's tables, not from the program. */

#define MODEL_N_PEOPLE 6
/* With those who come later, and are erased. */
#define MODEL_N_ALL 10
#define MODEL_N_PLACES 3
#define MODEL_WHOLE MODEL_N_PLACES /* a role for the whole trust */

extern const char *const model_people[MODEL_N_ALL];
extern const char *const model_places[MODEL_N_PLACES];

/* An event that somebody was told is saved. */
typedef struct
{
  guint number;
  char *id;
  char *digest;
  guint person;
  gboolean is_rogue;    /* by a client that is not ours */
  gboolean is_poison;   /* it must not be taken */
  gboolean was_allowed; /* by the trust, once */
} ModelSaid;

/* A row of the trust's log. */
typedef struct
{
  WayEvent *event;
  int author; /* −1: the trust */
  int about;
  gboolean is_withdrawn;
} ModelRow;

/* Somebody's term as a champion of a place. */
typedef struct
{
  char *id; /* of the event that began it */
  int person;
  int place; /* −1: of none that there is */
  gboolean is_active;
  gboolean is_ended;
  gboolean has_end;
  gint64 until;
} ModelTerm;

/* A message without a name, of which only the device knows whose it is. */
typedef struct
{
  guint number;
  char *hash; /* of its token */
  guint person;
  int place;
  gboolean is_of_many;       /* its place, when it was sent */
  gboolean is_of_many_still; /* and when it was last moved */
} ModelDrop;

typedef struct
{
  GPtrArray *said;        /* of ModelSaid */
  GHashTable *by_id;      /* id → ModelSaid */
  GPtrArray *rows;        /* of ModelRow */
  GHashTable *row_of;     /* id → ModelRow */
  GHashTable *ends;       /* stream → gint64*: how far rows are read */
  GPtrArray *withdrawals; /* (unowned) of ModelRow */
  GHashTable *targets;    /* event → what it points at, also once it is empty */
  GHashTable *redacted;   /* ids */
  GPtrArray *drops;       /* of ModelDrop */
  gboolean is_erased[MODEL_N_ALL];
  guint n_emptied;          /* people and single events */
  guint n_turns;            /* how often somebody's rights may have changed */
  gboolean may_judge_later; /* one event of a push after what came before it was folded */

  /* As things stand. */
  gboolean is_stale;
  gboolean is_here[MODEL_N_ALL];
  gboolean is_member[MODEL_N_ALL][MODEL_N_PLACES];
  gboolean is_champion[MODEL_N_ALL][MODEL_N_PLACES + 1];
  gboolean is_manager[MODEL_N_ALL][MODEL_N_PLACES + 1];
  gboolean is_lead[MODEL_N_ALL];
  gboolean is_sharing[MODEL_N_ALL];
  gboolean are_all_sharing;
  GPtrArray *terms;           /* of ModelTerm */
  gboolean is_frozen;         /* not to be brought up to date now */
  int parent[MODEL_N_PLACES]; /* −1: none */
} Model;

Model *model_new (void);
void model_free (Model *self);
ModelSaid *model_say (Model *self, const WayEvent *event, guint person);
ModelSaid *model_find_said (Model *self, const char *id);
ModelRow *model_find_row (Model *self, const char *id);
gboolean model_is_one_of (const char *kind, const char *const *kinds, guint n_kinds);
#define IS_ONE_OF(kind, kinds) model_is_one_of (kind, kinds, G_N_ELEMENTS (kinds))
gboolean model_is_governing (const char *kind);
void model_note_pointer (Model *self, const WayEvent *event);
/* (nullable): what an event points at */
const ModelRow *model_find_target (Model *self, const ModelRow *row);
/* Brings what everybody may up to date with the rows. */
void model_refresh (Model *self);
/* simulator-log.c */
/* What has been written since; NULL stream: everything anew. A sentence when a
 * row is there that should not be, or not as it should. */
char *model_read_trust (Model *self, WayStore *trust, const char *stream);
void model_forget_trust (Model *self);
gboolean model_is_private (const char *kind);
gboolean model_may_see (Model *self, guint viewer, const ModelRow *row);
gboolean model_must_see (Model *self, guint viewer, const ModelRow *row);
gboolean model_may_write (Model *self, guint author, const WayEvent *event);
/* simulator-term.c */
GPtrArray *model_list_terms (GPtrArray *rows);
void model_term_free (gpointer term);
GPtrArray *model_get_terms (Model *self);
/* Whether they are a champion of any place at all. */
gboolean model_is_champion (Model *self, guint person);
gboolean model_is_lead (Model *self, guint person);
/* Whether some request names them, and they are one. */
gboolean model_is_called (Model *self, guint person);
gboolean model_is_champion_of (Model *self, guint person, guint place);
gboolean model_is_here (Model *self, guint person);
/* Whether enough work there for nobody to be known by it. */
gboolean model_is_of_many (Model *self, int place);
/* Whether its body was erased, with a person or by itself. */
gboolean model_is_emptied_itself (Model *self, const ModelRow *row);
gboolean model_is_emptied (Model *self, const ModelRow *row);
int model_find_person (const char *id);
int model_find_place (const char *id);
char *model_get_field (const char *body, const char *name);

G_END_DECLS
