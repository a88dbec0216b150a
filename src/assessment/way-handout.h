/* way-handout.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-pack.h"

G_BEGIN_DECLS

/* A module's check on paper: the questions of one numbered variant, and what was written. */

#define WAY_HANDOUT_MOST_VARIANTS 99

typedef enum
{
  WAY_HANDOUT_ERROR_NO_PAPER, /* too few questions of the check can be asked on paper */
  WAY_HANDOUT_ERROR_NUMBER,   /* what should be the number of a sheet */
  WAY_HANDOUT_ERROR_WRITTEN,  /* what should be an answer */
} WayHandoutError;

#define WAY_HANDOUT_ERROR (way_handout_error_quark ())
GQuark way_handout_error_quark (void);

typedef enum
{
  WAY_WRITTEN_LETTER,  /* one letter */
  WAY_WRITTEN_LETTERS, /* any of the letters */
  WAY_WRITTEN_ORDER,   /* all letters, in an order */
  WAY_WRITTEN_PLACES,  /* a letter for each place */
  WAY_WRITTEN_WORDS,   /* a word or a number */
} WayWrittenType;

/* Where something is written. */
typedef struct
{
  const WayInteraction *interaction;
  const WayChoice *about; /* (nullable) what a letter is matched with, or the gap it is for */
  GPtrArray *choices;     /* (owned) of WayChoice, borrowed: A, B, C … */
} WayHandoutPlace;

typedef struct
{
  char *outcome;
  WayItem *item; /* (owned) */
  WayWrittenType type;
  GPtrArray *places; /* (owned) of WayHandoutPlace */
} WayHandoutQuestion;

typedef struct
{
  WayModule *module;    /* (owned) */
  guint variant;        /* from 1 */
  char *number;         /* (owned) as printed: F1-2-07 is variant 7 of version 2 of F1 */
  GPtrArray *questions; /* (owned) of WayHandoutQuestion */
} WayHandout;

WayHandout *way_handout_new (WayPack *pack, WayModule *module, guint variant, GError **error);
WayHandout *way_handout_new_from_number (WayPack *pack, const char *number, GError **error);
void way_handout_free (WayHandout *self);

GHashTable *
way_handout_question_read (const WayHandoutQuestion *self, const char *written, GError **error);
gboolean way_handout_question_mark (const WayHandoutQuestion *self,
                                    const char *written,
                                    gboolean *is_right,
                                    GError **error);
char *way_handout_question_dup_key (const WayHandoutQuestion *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayHandout, way_handout_free)

G_END_DECLS
