/* way-prose.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a run of English words reads. */
#define WAY_PROSE_MAX_WORDS 20    /* a sentence */
#define WAY_PROSE_MAX_SENTENCES 3 /* a paragraph */

/* What the reading age of a text is worked out from; texts add up. */
typedef struct
{
  guint n_sentences;
  guint n_words;
  guint n_syllables;
} WayProse;

typedef enum
{
  WAY_PROSE_ANSWER = 0,         /* what somebody types: not a sentence of ours */
  WAY_PROSE_LABEL = 1 << 0,     /* a title or a name */
  WAY_PROSE_PARAGRAPH = 1 << 1, /* may not be long */
} WayProseFlags;

/* Each thing wrong is added to faults as a reason. */
void way_prose_check (const char *text, WayProseFlags flags, GPtrArray *faults);
void way_prose_add (WayProse *self, const char *text);
double way_prose_get_reading_age (const WayProse *self);
gboolean way_prose_is_nhs_number (const char *text);
char *way_prose_dup_key (const char *text);
double way_prose_compare (const char *a, const char *b);

G_END_DECLS
