/* way-coverage-map.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "report/way-coverage-map.h"

#include "report/way-report-private.h"

#include <glib/gi18n-lib.h>

/* Where champions are, week by week: asked of the trust and judged here, for the page and for the
 * report alike. */

/* $1 a staff group, or "". */
#define STAFF                                                                                      \
  "WITH " WAY_HOME_SQL                                                                             \
  "SELECT u.unit, u.code, u.name, d.name AS above, u.path, count(p.person) AS staff "              \
  "FROM unit AS u "                                                                                \
  "LEFT JOIN unit AS d ON d.unit = u.parent LEFT JOIN home AS h ON h.unit = u.unit "               \
  "LEFT JOIN person AS p ON p.person = h.person AND p.ended = 0 "                                  \
  "AND (CAST($1 AS text) = '' OR p.staff_group = CAST($1 AS text)) "                               \
  "GROUP BY u.unit, u.code, u.name, d.name, u.path "                                               \
  "HAVING count(p.person) > 0 OR EXISTS (SELECT 1 FROM champion AS c WHERE c.unit = u.unit "       \
  "AND c.state = 'active') ORDER BY u.name, u.unit"

/* $1 the Monday. A rota of that week says when somebody is there; else the pattern does. */
#define ACTIVE                                                                                     \
  "WITH " WAY_TERMS_SQL "SELECT c.unit, p.name, coalesce (r.shifts, c.shifts) AS shifts, c.until " \
  "FROM every AS c JOIN person AS p ON p.person = c.person AND p.ended = 0 "                       \
  "LEFT JOIN rota AS r ON r.person = c.person AND r.unit = c.unit "                                \
  "AND r.week = CAST($1 AS text) "                                                                 \
  "WHERE c.state IN ('active', 'granted') AND c.unit IS NOT NULL "                                 \
  "ORDER BY c.unit, p.name, c.person"

#define SETTINGS "SELECT s.key, s.value FROM setting AS s ORDER BY s.key"

static void
place_free (gpointer data)
{
  WayCoveragePlace *self = data;

  g_free (self->unit);
  g_free (self->code);
  g_free (self->name);
  g_free (self->above);
  g_free (self->path);
  g_string_free (self->who, TRUE);
  g_free (self);
}

/**
 * way_network_load_settings:
 * @limits: (out caller-allocates)
 * @times: (out caller-allocates)
 *
 * What a trust has set; where it has not, or not well, what holds otherwise.
 *
 * Returns: FALSE with @error set
 */
gboolean
way_network_load_settings (WayDb *db,
                           WayNetworkLimits *limits,
                           WayShiftTimes *times,
                           GError **error)
{
  WayStatement *statement = way_db_prepare (db, SETTINGS, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  way_network_limits_init (limits);
  way_shift_times_read (NULL, times, NULL);
  for (;;)
    {
      const char *key, *value;

      if (!way_statement_step (statement, &has_row, error))
        {
          way_statement_reset (statement);
          return FALSE;
        }
      if (!has_row)
        break;
      key = way_statement_get_text (statement, 0);
      value = way_statement_get_text (statement, 1);
      if (g_strcmp0 (key, WAY_SHIFT_SETTING) == 0)
        way_shift_times_read (value, times, NULL);
      else if (key != NULL)
        way_network_limits_set (limits, key, value);
    }
  way_statement_reset (statement);
  return TRUE;
}

static gboolean
load_places (WayDb *db, const char *staff_group, GPtrArray *places, GError **error)
{
  WayStatement *statement = way_db_prepare (db, STAFF, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, staff_group != NULL ? staff_group : "");
  for (;;)
    {
      WayCoveragePlace *place;

      if (!way_statement_step (statement, &has_row, error))
        {
          way_statement_reset (statement);
          return FALSE;
        }
      if (!has_row)
        break;
      place = g_new0 (WayCoveragePlace, 1);
      place->unit = g_strdup (way_statement_get_text (statement, 0));
      place->code = g_strdup (way_statement_get_text (statement, 1));
      place->name = g_strdup (way_statement_get_text (statement, 2));
      place->above = g_strdup (way_statement_get_text (statement, 3));
      place->path = g_strdup (way_statement_get_text (statement, 4));
      place->coverage.staff = (guint) way_statement_get_int (statement, 5);
      place->who = g_string_new (NULL);
      g_ptr_array_add (places, place);
    }
  way_statement_reset (statement);
  return TRUE;
}

static gboolean
load_champions (WayDb *db, guint32 monday, GPtrArray *places, GArray *champions, GError **error)
{
  WayStatement *statement = way_db_prepare (db, ACTIVE, error);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *week = way_shift_write_day (monday);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < places->len; i++)
    g_hash_table_insert (known, ((WayCoveragePlace *) places->pdata[i])->unit,
                         GUINT_TO_POINTER (i));
  way_statement_bind_text (statement, 1, week);
  for (;;)
    {
      WayCoverageChampion champion = { .until = G_MAXINT64 };
      const char *shifts;
      gpointer found;

      if (!way_statement_step (statement, &has_row, error))
        {
          way_statement_reset (statement);
          return FALSE;
        }
      if (!has_row)
        break;
      if (!g_hash_table_lookup_extended (known, way_statement_get_text (statement, 0), NULL,
                                         &found))
        continue;
      shifts = way_statement_get_text (statement, 2);
      champion.unit = GPOINTER_TO_UINT (found);
      champion.knows_shifts = shifts != NULL && *shifts != '\0';
      if (!way_statement_is_null (statement, 3))
        champion.until = way_statement_get_int (statement, 3);
      way_shift_set_read (shifts != NULL ? shifts : "", &champion.shifts, NULL);
      g_array_append_val (champions, champion);
      g_string_append_printf (((WayCoveragePlace *) places->pdata[champion.unit])->who,
                              "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s\n",
                              champion.knows_shifts ? (gint64) champion.shifts : -1, champion.until,
                              way_statement_get_text (statement, 1));
    }
  way_statement_reset (statement);
  return TRUE;
}

/* Where least is covered first, and of the same the one with more people; else by name, as they
 * come. */
static int
compare_places (gconstpointer a, gconstpointer b)
{
  const WayCoveragePlace *one = *(WayCoveragePlace *const *) a;
  const WayCoveragePlace *other = *(WayCoveragePlace *const *) b;
  int order;

  if (one->coverage.gaps != other->coverage.gaps)
    return one->coverage.gaps > other->coverage.gaps ? -1 : 1;
  if (one->coverage.staff != other->coverage.staff)
    return one->coverage.staff > other->coverage.staff ? -1 : 1;
  order = g_strcmp0 (one->name, other->name);
  return order != 0 ? order : g_strcmp0 (one->unit, other->unit);
}

/**
 * way_coverage_map_load:
 * @db: a trust's
 * @staff_group: (nullable): whom to count as staff; NULL or "" for all
 * @n_weeks_on: 0 the week of @now, 1 the one after it
 * @now: µs UTC
 *
 * Who is there on each shift of a week, unit by unit.
 *
 * Returns: (transfer full) (nullable): NULL with @error set
 */
WayCoverageMap *
way_coverage_map_load (
    WayDb *db, const char *staff_group, guint n_weeks_on, gint64 now, GError **error)
{
  g_autoptr (WayCoverageMap) self = g_new0 (WayCoverageMap, 1);
  g_autoptr (GTimeZone) zone = way_shift_dup_zone ();
  g_autoptr (GArray) champions = g_array_new (FALSE, FALSE, sizeof (WayCoverageChampion));
  g_autofree WayCoverage *units = NULL;
  WayShift shift = { 0 };

  self->places = g_ptr_array_new_with_free_func (place_free);
  if (!way_network_load_settings (db, &self->limits, &self->times, error))
    return NULL;
  way_shift_find (&self->times, zone, now, &shift);
  self->monday = way_shift_get_monday (shift.day) + n_weeks_on * WAY_N_WEEKDAYS;
  if (!load_places (db, staff_group, self->places, error)
      || !load_champions (db, self->monday, self->places, champions, error))
    return NULL;
  units = g_new0 (WayCoverage, self->places->len + 1);
  for (guint i = 0; i < self->places->len; i++)
    units[i].staff = ((WayCoveragePlace *) self->places->pdata[i])->coverage.staff;
  if (!way_coverage_judge (units, self->places->len, (const WayCoverageChampion *) champions->data,
                           champions->len, &self->limits, &self->times, zone, self->monday, now))
    {
      g_set_error_literal (error, WAY_REPORT_ERROR, WAY_REPORT_ERROR_FILTER,
                           _ ("The date of this computer is in no week that there is."));
      return NULL;
    }
  for (guint i = 0; i < self->places->len; i++)
    ((WayCoveragePlace *) self->places->pdata[i])->coverage = units[i];
  g_ptr_array_sort (self->places, compare_places);
  return g_steal_pointer (&self);
}

/**
 * way_coverage_map_free:
 *
 * Frees what way_coverage_map_load() gave.
 */
void
way_coverage_map_free (WayCoverageMap *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_free (self);
}

/* The report: this week and the next, a row for each shift. */

static char *
find_path (WayDb *db, const char *code, GError **error)
{
  WayStatement *statement = way_db_prepare (db,
                                            "SELECT path FROM unit WHERE code = CAST($1 AS text)",
                                            error);
  gboolean has_row = FALSE;
  char *path = NULL;

  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, code);
  if (way_statement_step (statement, &has_row, error))
    path = g_strdup (has_row ? way_statement_get_text (statement, 0) : "/");
  way_statement_reset (statement);
  return path;
}

static void
add_place (const WayCoverageMap *map,
           const WayCoveragePlace *place,
           GStringChunk *chunk,
           GPtrArray *cells)
{
  const WayCoverage *unit = &place->coverage;
  g_autofree char *week = way_shift_write_day (map->monday);

  for (int weekday = 0; weekday < WAY_N_WEEKDAYS; weekday++)
    for (int part = 0; part < WAY_N_PARTS; part++)
      {
        g_autofree char *day = way_shift_write_day (map->monday + weekday);
        guint there = unit->there[weekday][part];
        char each[32] = "";
        const guint counts[] = { unit->staff, unit->champions, unit->unknown, unit->ending, there };

        if (unit->champions > 0)
          g_ascii_formatd (each, sizeof each, "%.1f", unit->each);
        g_ptr_array_add (cells, place->above != NULL
                                    ? g_string_chunk_insert_const (chunk, place->above)
                                    : NULL);
        g_ptr_array_add (cells, g_string_chunk_insert_const (chunk, place->code));
        g_ptr_array_add (cells, g_string_chunk_insert_const (chunk, place->name));
        g_ptr_array_add (cells, g_string_chunk_insert_const (chunk, week));
        g_ptr_array_add (cells, g_string_chunk_insert_const (chunk, day));
        g_ptr_array_add (cells, (gpointer) way_part_get_name ((WayPart) part));
        for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
          {
            g_autofree char *text = g_strdup_printf ("%u", counts[i]);

            g_ptr_array_add (cells, g_string_chunk_insert_const (chunk, text));
          }
        g_ptr_array_add (cells, *each != '\0' ? g_string_chunk_insert_const (chunk, each) : NULL);
        g_ptr_array_add (cells, (gpointer) (there < (guint) map->limits.least ? "Yes" : "No"));
      }
}

gboolean
way_coverage_add_cells (WayDb *db,
                        const WayReportFilter *filter,
                        gint64 now,
                        GStringChunk *chunk,
                        GPtrArray *cells,
                        GError **error)
{
  for (guint week = 0; week < 2; week++)
    {
      g_autoptr (WayCoverageMap)
          map = way_coverage_map_load (db, filter->staff_group, week, now, error);
      g_autofree char *path = NULL;

      if (map == NULL)
        return FALSE;
      path = filter->unit != NULL && *filter->unit != '\0' ? find_path (db, filter->unit, error)
                                                           : g_strdup ("/");
      if (path == NULL)
        return FALSE;
      for (guint i = 0; i < map->places->len; i++)
        if (g_str_has_prefix (((WayCoveragePlace *) map->places->pdata[i])->path, path))
          add_place (map, map->places->pdata[i], chunk, cells);
    }
  return TRUE;
}
