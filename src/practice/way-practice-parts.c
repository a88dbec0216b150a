/* way-practice-parts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-private.h"

#include <string.h>

/* What is read of a record of a desk, whatever its app and wherever a run stands. */

/**
 * way_practice_find_part:
 * @record: a record of a desk
 * @type: of the part, such as "option"
 * @id: (nullable): of the part
 *
 * Returns: (transfer none) (nullable): the part of that type and id
 */
const WayDeskRecord *
way_practice_find_part (const WayDeskRecord *record, const char *type, const char *id)
{
  for (guint i = 0; id != NULL && i < record->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (record->parts, i);

      if (strcmp (part->type, type) == 0 && g_strcmp0 (part->id, id) == 0)
        return part;
    }

  return NULL;
}

/* Whether the record's group is one of those that stand in `groups` with spaces between. */
gboolean
way_practice_is_of (const WayDeskRecord *record, const char *groups)
{
  g_auto (GStrv) names = g_strsplit (groups, " ", -1);

  return record->group != NULL && g_strv_contains ((const char *const *) names, record->group);
}
