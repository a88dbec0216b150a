/* way-practice-inspect.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-inspect.h"

#include "practice/way-practice-private.h"

#include <string.h>

/* --- What stands where -------------------------------------------------------------- */

/**
 * way_scene_is:
 *
 * Returns: whether the record is a picture or page to look at
 */
gboolean
way_scene_is (const WayDeskRecord *record)
{
  return record != NULL && strcmp (record->type, "scene") == 0;
}

/**
 * way_place_is:
 *
 * Returns: whether the record is a place in a scene
 */
gboolean
way_place_is (const WayDeskRecord *record)
{
  return record != NULL && strcmp (record->type, "place") == 0;
}

/**
 * way_scene_is_picture:
 *
 * Returns: whether the scene is a picture, and not a page
 */
gboolean
way_scene_is_picture (const WayDeskRecord *scene)
{
  g_return_val_if_fail (scene != NULL, FALSE);

  return way_desk_get_field (scene, "width") != NULL;
}

/**
 * way_place_get_spot:
 *
 * Returns: (transfer none): where the place stands; its variants stand there as well
 */
const char *
way_place_get_spot (const WayDeskRecord *place)
{
  const char *spot;

  g_return_val_if_fail (place != NULL, NULL);

  spot = way_desk_get_field (place, "spot");

  return spot != NULL ? spot : place->id;
}

static double
get_number (const WayDeskRecord *record, const char *name)
{
  const char *text = way_desk_get_field (record, name);

  return text != NULL ? g_ascii_strtod (text, NULL) : 0;
}

/**
 * way_place_get_shape:
 * @scene: a picture
 * @place: a place in it
 *
 * Returns: (transfer full) (nullable): its area in the picture's own pixels
 */
WayShape *
way_place_get_shape (const WayDeskRecord *scene, const WayDeskRecord *place)
{
  const char *shape;
  const char *coords;

  g_return_val_if_fail (scene != NULL && place != NULL, NULL);

  shape = way_desk_get_field (place, "shape");
  coords = way_desk_get_field (place, "coords");
  if (shape == NULL || coords == NULL)
    return NULL;

  return way_shape_new (shape, coords, get_number (scene, "width"), get_number (scene, "height"));
}

static const WayDeskRecord *
find_scene (GPtrArray *records, const WayDeskRecord *place)
{
  const char *id = way_desk_get_field (place, "scene");

  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *scene = g_ptr_array_index (records, i);

      if (way_scene_is (scene) && (id == NULL || strcmp (scene->id, id) == 0))
        return scene;
    }

  return NULL;
}

/**
 * way_practice_get_scene:
 * @place: a drawn place
 *
 * Returns: (nullable) (transfer none): the scene in which it stands
 */
const WayDeskRecord *
way_practice_get_scene (WayPractice *self, const WayDeskRecord *place)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (self) && place != NULL, NULL);

  return find_scene (way_practice_get_records (self), place);
}

static gboolean
share_a_spot (const WayDeskRecord *one, const WayDeskRecord *other)
{
  return way_place_is (one) && way_place_is (other)
         && g_strcmp0 (way_desk_get_field (one, "scene"), way_desk_get_field (other, "scene")) == 0
         && strcmp (way_place_get_spot (one), way_place_get_spot (other)) == 0;
}

/* Where the file first has something at this spot. */
static guint
get_rank (const WayDesk *desk, const WayDeskRecord *place)
{
  guint rank = 0;

  while (rank < desk->records->len && !share_a_spot (place, desk->records->pdata[rank]))
    rank++;

  return rank;
}

/* Which variant stands at a spot must not show in the order of the list. */
static void
sort_places (const WayDesk *desk, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    for (guint j = i + 1; j < records->len; j++)
      {
        gpointer moved = records->pdata[i];

        if (!way_place_is (moved) || !way_place_is (records->pdata[j])
            || get_rank (desk, records->pdata[j]) >= get_rank (desk, moved))
          continue;
        records->pdata[i] = records->pdata[j];
        records->pdata[j] = moved;
      }
}

/**
 * way_practice_settle_places:
 * @records: (element-type WayDeskRecord): what was drawn of the desk
 *
 * Takes out the places of scenes that were not drawn, and those whose spot a drawn
 * variant has taken. The others stand in the order in which the file has their spots.
 */
void
way_practice_settle_places (const WayDesk *desk, GPtrArray *records)
{
  g_return_if_fail (desk != NULL && records != NULL);

  for (guint i = records->len; i > 0; i--)
    {
      const WayDeskRecord *place = g_ptr_array_index (records, i - 1);
      gboolean is_taken = FALSE;

      if (!way_place_is (place))
        continue;
      for (guint j = 0; j < records->len && place->group == NULL; j++)
        {
          const WayDeskRecord *other = g_ptr_array_index (records, j);

          is_taken |= other->group != NULL && share_a_spot (place, other);
        }
      if (is_taken || find_scene (records, place) == NULL)
        g_ptr_array_remove_index (records, i - 1);
    }
  sort_places (desk, records);
}

/**
 * way_practice_count_marked:
 *
 * Returns: how many places are marked now
 */
guint
way_practice_count_marked (WayPractice *self)
{
  GPtrArray *records;
  guint n = 0;

  g_return_val_if_fail (WAY_IS_PRACTICE (self), 0);

  records = way_practice_get_records (self);
  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (records, i);

      n += way_place_is (record) && way_practice_get_state (self, record->id) != NULL;
    }

  return n;
}

/* --- What can be done --------------------------------------------------------------- */

static gboolean
can_look (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return way_place_is (target) && value == NULL;
}

static gboolean
is_marked (WayPractice *self, const WayDeskRecord *target)
{
  return way_practice_get_state (self, target->id) != NULL;
}

static gboolean
can_mark (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return way_place_is (target) && value == NULL && !is_marked (self, target);
}

static gboolean
can_unmark (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return way_place_is (target) && value == NULL && is_marked (self, target);
}

/* With the mark goes the reason. */
static void
unmark (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  while (is_marked (self, target))
    way_practice_pop_state (self, target->id);
}

/* A reason belongs to what is marked, and every place of a scene has the same to choose
 * from. */
static gboolean
can_say_why (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const WayDeskRecord *scene;

  if (!way_place_is (target) || value == NULL || !is_marked (self, target)
      || g_strcmp0 (way_practice_get_state_value (self, target->id), value) == 0)
    return FALSE;
  scene = way_practice_get_scene (self, target);

  return scene != NULL && way_practice_find_part (scene, "reason", value) != NULL;
}

static const WayVerb verbs[] = {
  { "look", can_look, NULL, NULL },
  { "mark", can_mark, "marked", NULL },
  { "unmark", can_unmark, NULL, unmark },
  { "say-why", can_say_why, "marked", NULL },
  { NULL },
};

const WayPracticeApp way_practice_inspect_app = {
  .name = "inspect",
  .tasks = "place",
  .lookups = "scene",
  .verbs = verbs,
  .check = way_practice_check_inspect,
};
