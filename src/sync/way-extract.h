/* way-extract.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-store.h"

G_BEGIN_DECLS

/* What an analyst works with: answers to the questions of sittings, each person under a
 * pseudonym that is made anew for every call and kept nowhere; no ids, no dates. */
typedef struct
{
  char *person; /* "P17" */
  char *item;
  double score; /* 0 or 1; 0 … k of an item with steps */
  gint64 ms;
  char *language;    /* (nullable) */
  gboolean is_rapid; /* faster than anybody reads it: counts as missing */
} WayExtractAnswer;

/* What somebody has said of themselves, where a hundred or more of the extract say it. */
typedef struct
{
  char *person;
  char *question; /* "age_band" … */
  char *answer;
} WayExtractGroup;

typedef struct
{
  GPtrArray *answers; /* of WayExtractAnswer, in chance order */
  GPtrArray *groups;  /* of WayExtractGroup, the same */
} WayExtract;

WayExtract *way_extract_run (WayStore *trust, const char *person, GError **error);
void way_extract_free (WayExtract *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayExtract, way_extract_free)

G_END_DECLS
