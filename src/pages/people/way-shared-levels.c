/* way-shared-levels.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/people/way-shared-levels.h"

#include "widgets/way-words.h"

#include <glib/gi18n.h>

/* The levels that a person shares with their champion, and what to say of them. */

#define ALMOST_CERTAIN .95
#define VERY_LIKELY .80
#define PROBABLE .60

static gboolean
read_one (WayPack *pack, const char *text, WayEstimate *level)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", -1);
  int capability;

  if (g_strv_length (parts) != 3 + WAY_N_LEVELS)
    return FALSE;
  capability = way_pack_find_capability (pack, parts[0]);
  if (capability < 0)
    return FALSE;
  *level = (WayEstimate){
    .capability = (guint) capability,
    .n_items = 1,
    .required = (int) CLAMP (g_ascii_strtoll (parts[1], NULL, 10), 0, WAY_N_LEVELS),
    .p_required = g_ascii_strtod (parts[2], NULL),
  };
  for (guint i = 0; i < WAY_N_LEVELS; i++)
    level->levels[i] = g_ascii_strtod (parts[3 + i], NULL);
  return TRUE;
}

/**
 * way_shared_levels_read:
 * @text: as the session gives it: “A:REQUIRED:P_REQUIRED:P1:P2:P3:P4 …”
 * @levels: (out): room for @n_levels
 *
 * Returns: how many were read; what cannot be read is left out
 */
guint
way_shared_levels_read (WayPack *pack, const char *text, WayEstimate *levels, guint n_levels)
{
  g_auto (GStrv) parts = NULL;
  guint n = 0;

  g_return_val_if_fail (WAY_IS_PACK (pack), 0);

  parts = g_strsplit (text != NULL ? text : "", " ", -1);
  for (guint i = 0; parts[i] != NULL && n < n_levels; i++)
    {
      if (read_one (pack, parts[i], &levels[n]))
        n++;
    }
  return n;
}

/**
 * way_shared_levels_find_gap:
 *
 * Returns: the one that is least likely to meet what the role asks for; −1 where all of
 *   them very likely do
 */
int
way_shared_levels_find_gap (const WayEstimate *levels, guint n_levels)
{
  int gap = -1;

  for (guint i = 0; i < n_levels; i++)
    {
      if (levels[i].p_required < VERY_LIKELY
          && (gap < 0 || levels[i].p_required < levels[gap].p_required))
        gap = (int) i;
    }
  return gap;
}

/**
 * way_shared_level_describe:
 *
 * Returns: (transfer full): the likeliest level with how sure that is, as “Everyday, very
 *   likely”
 */
char *
way_shared_level_describe (WayPack *pack, const WayEstimate *level)
{
  int best = way_estimate_get_level (level);
  const char *name = way_level_name (pack, best);
  double p = level->levels[best - 1];

  /* Translators: %s is the name of a level in all of these. */
  if (p >= ALMOST_CERTAIN)
    return g_strdup_printf (_ ("%s, almost certainly"), name);
  if (p >= VERY_LIKELY)
    return g_strdup_printf (_ ("%s, very likely"), name);
  if (p >= PROBABLE)
    return g_strdup_printf (_ ("%s, probably"), name);
  return g_strdup_printf (_ ("%s, but not sure yet"), name);
}
