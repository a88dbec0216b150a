/* way-sheet.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-sheet.h"

/**
 * way_sheet_new:
 * @entries: (array length=n_entries): answers in any order, at most one by a person to an
 *   item
 *
 * Returns: (transfer full): the answers by person, each person's in the order of @entries
 */
WaySheet *
way_sheet_new (guint n_people, guint n_items, const WaySheetEntry *entries, guint n_entries)
{
  g_autofree guint *next = NULL;
  WaySheet *self;

  g_return_val_if_fail (entries != NULL || n_entries == 0, NULL);

  self = g_new0 (WaySheet, 1);
  self->n_people = n_people;
  self->n_items = n_items;
  self->n_answers = n_entries;
  self->start = g_new0 (guint, n_people + 1);
  self->item = g_new0 (guint, n_entries);
  self->score = g_new0 (double, n_entries);

  for (guint i = 0; i < n_entries; i++)
    {
      g_assert (entries[i].person < n_people && entries[i].item < n_items);
      self->start[entries[i].person + 1]++;
    }
  for (guint v = 0; v < n_people; v++)
    self->start[v + 1] += self->start[v];
  next = g_memdup2 (self->start, sizeof (guint) * (n_people + 1));
  for (guint i = 0; i < n_entries; i++)
    {
      guint at = next[entries[i].person]++;

      self->item[at] = entries[i].item;
      self->score[at] = entries[i].score;
    }

  return self;
}

/**
 * way_sheet_free:
 * @self: (transfer full) (nullable): a sheet
 */
void
way_sheet_free (WaySheet *self)
{
  if (self == NULL)
    return;

  g_free (self->start);
  g_free (self->item);
  g_free (self->score);
  g_free (self);
}

/**
 * way_sheet_get_answers:
 * @curves: (array): of all items
 * @answers: (out) (array): room for as many as there are items
 *
 * Returns: how many answers @person gave, which are in @answers
 */
guint
way_sheet_get_answers (const WaySheet *self,
                       guint person,
                       const WayCurve *curves,
                       WayScored *answers)
{
  guint n;

  g_return_val_if_fail (self != NULL && person < self->n_people, 0);

  n = self->start[person + 1] - self->start[person];
  for (guint i = 0; i < n; i++)
    {
      guint at = self->start[person] + i;

      answers[i].curve = &curves[self->item[at]];
      answers[i].score = self->score[at];
    }

  return n;
}
