/* way-practice-inspect-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-inspect.h"

#include "practice/way-practice-private.h"

#include <string.h>

#define SPAN_PREFIX "place-"
#define N_SEEDS 16 /* draws on which the rules are tried */

static gboolean
fail (const WayDesk *desk, const WayDeskRecord *record, GError **error, const char *reason)
{
  return way_practice_fail (desk, record->line, error, "“%s” %s", record->id, reason);
}

/* --- Scenes ------------------------------------------------------------------------- */

static const WayNode *
find_node (const WayNode *node, WayNodeType type, const char *name)
{
  if (node->type == type && (name == NULL || g_strcmp0 (node->name, name) == 0))
    return node;
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    {
      const WayNode *found = find_node (g_ptr_array_index (node->children, i), type, name);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_of_scene (const WayDesk *desk, const WayDeskRecord *scene, const WayDeskRecord *place)
{
  const char *id = way_desk_get_field (place, "scene");
  guint n_scenes = 0;

  for (guint i = 0; i < desk->records->len; i++)
    n_scenes += way_scene_is (desk->records->pdata[i]);

  return id != NULL ? strcmp (id, scene->id) == 0 : n_scenes == 1;
}

/* Somebody stands at each spot, whatever is drawn: a place without a group. */
static gboolean
has_place (const WayDesk *desk, const WayDeskRecord *scene, const char *spot)
{
  for (guint i = 0; i < desk->records->len; i++)
    {
      const WayDeskRecord *place = g_ptr_array_index (desk->records, i);

      if (way_place_is (place) && is_of_scene (desk, scene, place)
          && strcmp (way_place_get_spot (place), spot) == 0
          && (place->group == NULL || !g_hash_table_contains (desk->draws, place->group)))
        return TRUE;
    }

  return FALSE;
}

static gboolean
check_spans (const WayDesk *desk, const WayDeskRecord *scene, const WayNode *node, GError **error)
{
  if (node->type == WAY_NODE_SPAN && node->name != NULL
      && g_str_has_prefix (node->name, SPAN_PREFIX)
      && !has_place (desk, scene, node->name + strlen (SPAN_PREFIX)))
    return way_practice_fail (desk, scene->line, error,
                              "“%s” marks “%s” and nothing always stands there", scene->id,
                              node->name);
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    if (!check_spans (desk, scene, g_ptr_array_index (node->children, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
check_scene (const WayDesk *desk, const WayDeskRecord *scene, GError **error)
{
  const WayNode *image;

  if (scene->content == NULL)
    return fail (desk, scene, error, "shows nothing: <content> is missing");
  if (!way_scene_is_picture (scene))
    return check_spans (desk, scene, scene->content, error);

  image = find_node (scene->content, WAY_NODE_IMAGE, NULL);
  if (image == NULL)
    return fail (desk, scene, error, "has a width and no picture");
  if (image->alternative == NULL || *image->alternative == '\0')
    return fail (desk, scene, error, "does not say in words what the picture shows");

  return TRUE;
}

/* --- Places ------------------------------------------------------------------------- */

static const WayDeskRecord *
find_scene (const WayDesk *desk, const WayDeskRecord *place)
{
  for (guint i = 0; i < desk->records->len; i++)
    {
      const WayDeskRecord *scene = g_ptr_array_index (desk->records, i);

      if (way_scene_is (scene) && is_of_scene (desk, scene, place))
        return scene;
    }

  return NULL;
}

static gboolean
check_position (const WayDesk *desk,
                const WayDeskRecord *scene,
                const WayDeskRecord *place,
                GError **error)
{
  double width = g_ascii_strtod (way_desk_get_field (scene, "width"), NULL);
  const char *text = way_desk_get_field (scene, "height");
  double height = text != NULL ? g_ascii_strtod (text, NULL) : 0;
  g_autoptr (WayShape) shape = way_place_get_shape (scene, place);
  double left;
  double top;
  double right;
  double bottom;

  if (shape == NULL || !way_shape_get_bounds (shape, &left, &top, &right, &bottom))
    return fail (desk, place, error, "does not say where it stands: “shape” and “coords”");
  if (left < 0 || top < 0 || right > width || bottom > height || left >= right || top >= bottom)
    return fail (desk, place, error, "lies outside the picture");

  return TRUE;
}

/* What a place is called must not tell what is wrong with it. */
static gboolean
check_variants (const WayDesk *desk, const WayDeskRecord *place, GError **error)
{
  for (guint i = 0; i < desk->records->len; i++)
    {
      const WayDeskRecord *other = g_ptr_array_index (desk->records, i);
      gboolean is_same_name;
      gboolean is_same_spot;

      if (other == place || !way_place_is (other)
          || g_strcmp0 (way_desk_get_field (other, "scene"), way_desk_get_field (place, "scene"))
                 != 0)
        continue;
      is_same_name = strcmp (way_desk_get_field (place, "label"),
                             way_desk_get_field (other, "label") != NULL
                                 ? way_desk_get_field (other, "label")
                                 : "")
                     == 0;
      is_same_spot = strcmp (way_place_get_spot (place), way_place_get_spot (other)) == 0;
      if (is_same_name != is_same_spot)
        return fail (desk, place, error,
                     is_same_spot ? "has another label than its variants, which gives it away"
                                  : "has the label of another place");
      if (is_same_spot && place->group == NULL && other->group == NULL)
        return fail (desk, place, error, "and another place always stand at one spot");
    }

  return TRUE;
}

static gboolean
check_reasons (const WayDesk *desk,
               const WayDeskRecord *scene,
               const WayDeskRecord *place,
               GError **error)
{
  const char *why = way_desk_get_field (place, "why");
  g_auto (GStrv) words = g_strsplit (why != NULL ? why : "", " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0' && way_practice_find_part (scene, "reason", words[i]) == NULL)
      return fail (desk, place, error, "names a reason that its scene does not have");

  return TRUE;
}

static gboolean
check_place (const WayDesk *desk, const WayDeskRecord *place, GError **error)
{
  const WayDeskRecord *scene = find_scene (desk, place);
  const char *is = way_desk_get_field (place, "is");
  g_autofree char *span = NULL;

  if (scene == NULL)
    return fail (desk, place, error, "stands in no scene");
  if (way_desk_get_field (place, "label") == NULL || place->content == NULL)
    return fail (desk, place, error, "needs a label, and <content> for a closer look");
  if (g_strcmp0 (is, "right") != 0 && g_strcmp0 (is, "wrong") != 0)
    return fail (desk, place, error, "must be right or wrong: “is”");
  if (!check_variants (desk, place, error) || !check_reasons (desk, scene, place, error))
    return FALSE;
  if (way_scene_is_picture (scene))
    return check_position (desk, scene, place, error);

  span = g_strconcat (SPAN_PREFIX, way_place_get_spot (place), NULL);
  if (find_node (scene->content, WAY_NODE_SPAN, span) == NULL)
    return fail (desk, place, error, "is marked nowhere on its page");

  return TRUE;
}

/* --- The rules ---------------------------------------------------------------------- */

static int
inspect_all (const WayDesk *desk, guint64 seed, const char *what, int *out_of)
{
  g_autoptr (WayPractice) practice = way_practice_new ((WayDesk *) desk, seed);
  GPtrArray *records = way_practice_get_records (practice);
  int points;

  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *place = g_ptr_array_index (records, i);
      const char *is = way_place_is (place) ? way_desk_get_field (place, "is") : "";
      const char *why = way_desk_get_field (place, "why");
      g_auto (GStrv) reasons = g_strsplit (why != NULL ? why : "", " ", -1);

      if (strstr (what, is) == NULL || *is == '\0')
        continue;
      way_practice_do (practice, "look", place->id, NULL);
      way_practice_do (practice, "mark", place->id, NULL);
      if (reasons[0] != NULL && *reasons[0] != '\0')
        way_practice_do (practice, "say-why", place->id, reasons[0]);
    }
  way_practice_get_score (practice, &points, out_of);

  return points;
}

/* One spot, one place, whatever is drawn. */
static gboolean
has_clash (const WayDesk *desk, guint64 seed)
{
  g_autoptr (WayPractice) practice = way_practice_new ((WayDesk *) desk, seed);
  g_autoptr (GHashTable) spots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *records = way_practice_get_records (practice);

  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *place = g_ptr_array_index (records, i);

      if (way_place_is (place)
          && !g_hash_table_add (spots, g_strconcat (way_practice_get_scene (practice, place)->id,
                                                    "#", way_place_get_spot (place), NULL)))
        return TRUE;
    }

  return FALSE;
}

/* What is wrong earns all that there is, nothing earns nothing, and everything less than
 * all. Where there is more on the desk than scenes, that earns as well. */
static gboolean
check_score (const WayDesk *desk, GError **error)
{
  gboolean is_alone = TRUE;

  for (guint i = 0; i < desk->records->len; i++)
    is_alone &= way_scene_is (desk->records->pdata[i]) || way_place_is (desk->records->pdata[i]);

  for (guint64 seed = 0; seed < N_SEEDS; seed++)
    {
      int out_of;

      if (has_clash (desk, seed))
        return way_practice_fail (desk, 0, error, "two places can be drawn at one spot");
      if (!is_alone)
        continue;
      if (inspect_all (desk, seed, "wrong", &out_of) != out_of)
        return way_practice_fail (desk, 0, error,
                                  "marking all that is wrong does not earn all points");
      if (inspect_all (desk, seed, "", &out_of) != 0)
        return way_practice_fail (desk, 0, error, "marking nothing earns points");
      if (inspect_all (desk, seed, "wrong right", &out_of) >= out_of)
        return way_practice_fail (desk, 0, error, "marking everything earns all points");
    }

  return TRUE;
}

/* By then each was looked at by itself, so that the reason is a rule. */
static gboolean
is_last (const WayDesk *desk, const WayDeskRecord *record)
{
  for (guint i = desk->records->len; i > 0; i--)
    if (way_scene_is (desk->records->pdata[i - 1]) || way_place_is (desk->records->pdata[i - 1]))
      return desk->records->pdata[i - 1] == record;

  return FALSE;
}

/**
 * way_practice_check_inspect:
 * @record: a scene or place of the desk
 * @error: return location, in the domain %WAY_PRACTICE_ERROR
 *
 * Looks for scenes and places that do not fit each other: a place outside its picture or
 * on no page, a label that gives the answer away, rules that marking what is wrong does
 * not meet.
 *
 * Returns: whether it can be looked through
 */
gboolean
way_practice_check_inspect (const WayDesk *desk, const WayDeskRecord *record, GError **error)
{
  g_return_val_if_fail (desk != NULL && record != NULL, FALSE);

  if (way_place_is (record) ? !check_place (desk, record, error)
                            : !check_scene (desk, record, error))
    return FALSE;

  return !is_last (desk, record) || check_score (desk, error);
}
