/* way-pack-judge.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a pack is asked besides what it must be to work. */
typedef enum
{
  WAY_PACK_JUDGE_WORKS = 0,
  WAY_PACK_JUDGE_ANSWERS = 1 << 0, /* each right answer is right, and those next to it wrong */
  WAY_PACK_JUDGE_STYLE = 1 << 1,   /* how it is written, and whether its questions lean */
} WayPackJudge;

gboolean way_pack_judge (
    const char *path, WayPackJudge flags, GPtrArray *problems, char **counts, GError **error);

G_END_DECLS
