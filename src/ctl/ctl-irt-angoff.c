/* ctl-irt-angoff.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-irt-private.h"

#include <math.h>

#include "assessment/way-bank.h"
#include "assessment/way-standard.h"
#include "session/way-sitting-log.h"

#define MOST_JUDGES 100
#define N_BORDERS (WAY_N_LEVELS - 1)

/* An empty sheet: a row for each judge, border and item. */
static int
print_sheet (const CtlBank *bank, guint judges, gboolean is_json)
{
  const char *const columns[] = { "judge", "item", "level", "rating", NULL };
  g_autoptr (CtlOutput) output = ctl_output_new (columns);

  for (guint j = 1; j <= judges; j++)
    for (guint level = 2; level <= WAY_N_LEVELS; level++)
      for (guint i = 0; i < bank->items->names->len; i++)
        {
          g_autofree char *judge = g_strdup_printf ("J%u", j);

          ctl_output_add_text (output, judge);
          ctl_output_add_text (output, ctl_names_get (bank->items, i));
          ctl_output_add_number (output, level);
          ctl_output_add_text (output, "");
        }
  ctl_output_print (output, "ratings", is_json);
  return CTL_DONE;
}

/* The ratings of one border: judge × item, NaN where none is given. */
typedef struct
{
  char *level;
  GHashTable *ratings; /* (owned) gint64 → double */
  CtlNames *judges;
  CtlNames *items;
} Border;

static void
border_free (Border *border)
{
  g_free (border->level);
  g_hash_table_unref (border->ratings);
  ctl_names_free (border->judges);
  ctl_names_free (border->items);
  g_free (border);
}

static Border *
find_border (GPtrArray *borders, const char *level)
{
  Border *border;

  for (guint i = 0; i < borders->len; i++)
    {
      border = borders->pdata[i];
      if (g_str_equal (border->level, level))
        return border;
    }
  border = g_new0 (Border, 1);
  border->level = g_strdup (level);
  border->ratings = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  border->judges = ctl_names_new ();
  border->items = ctl_names_new ();
  g_ptr_array_add (borders, border);
  return border;
}

/* A border is the level above it, one figure: “02” would be another border than “2”, and neither
 * would have all ratings. Whoever sets one alone need not name it. */
static const char *
get_level (const CtlTable *table, guint row, GError **error)
{
  int column = ctl_table_find (table, "level");
  const char *level = ctl_table_get (table, row, column);

  if (column < 0 || (*level >= '2' && *level <= '0' + WAY_N_LEVELS && level[1] == '\0'))
    return level;
  ctl_table_fail (table, row, error, "level is “%s”; borders are at 2 to %d", level, WAY_N_LEVELS);
  return NULL;
}

static gboolean
read_ratings (const char *path, const CtlBank *bank, GPtrArray *borders, GError **error)
{
  const char *const needed[] = { "judge", "item", "rating", NULL };
  g_autoptr (CtlTable) table = ctl_table_read (path, needed, error);

  if (table == NULL)
    return FALSE;
  for (guint row = 0; row < table->rows->len; row++)
    {
      const char *judge = ctl_table_get_name (table, row, ctl_table_find (table, "judge"), error);
      const char *item = judge != NULL ? ctl_table_get_name (table, row,
                                                             ctl_table_find (table, "item"), error)
                                       : NULL;
      const char *level = item != NULL ? get_level (table, row, error) : NULL;
      Border *border;
      double rating;
      gint64 key;

      if (level == NULL
          || !ctl_table_get_number (table, row, ctl_table_find (table, "rating"), &rating, error))
        return FALSE;
      if (rating < 0 || rating > 1)
        return ctl_table_fail (table, row, error,
                               "the rating is %g; it is the share of people at the border who "
                               "would do it, from 0 to 1",
                               rating);
      if (bank != NULL && ctl_names_find (bank->items, item) < 0)
        return ctl_table_fail (table, row, error, "the item “%s” is not in %s", item, bank->path);
      border = find_border (borders, level);
      key = (gint64) ctl_names_take (border->judges, judge) << 32
            | ctl_names_take (border->items, item);
      if (g_hash_table_contains (border->ratings, &key))
        return ctl_table_fail (table, row, error, "“%s” has rated “%s” before", judge, item);
      g_hash_table_insert (border->ratings, g_memdup2 (&key, sizeof key),
                           g_memdup2 (&rating, sizeof rating));
    }
  return TRUE;
}

static gboolean
summarise (const Border *border,
           const char *path,
           const CtlBank *bank,
           WayStandard *standard,
           GError **error)
{
  guint n_judges = border->judges->names->len;
  guint n_items = border->items->names->len;
  g_autofree double *ratings = g_new0 (double, (gsize) n_judges *n_items);
  g_autofree WayCurve *curves = bank != NULL ? g_new0 (WayCurve, n_items) : NULL;

  for (guint j = 0; j < n_judges; j++)
    for (guint i = 0; i < n_items; i++)
      {
        gint64 key = (gint64) j << 32 | i;
        const double *rating = g_hash_table_lookup (border->ratings, &key);

        if (rating == NULL)
          {
            g_set_error (error, CTL_TABLE_ERROR, 0, "%s: “%s” has not rated “%s”", path,
                         ctl_names_get (border->judges, j), ctl_names_get (border->items, i));
            return FALSE;
          }
        ratings[j * n_items + i] = *rating;
      }
  for (guint i = 0; curves != NULL && i < n_items; i++)
    curves[i] = g_array_index (bank->curves, WayCurve,
                               ctl_names_find (bank->items, ctl_names_get (border->items, i)));
  way_standard_summarise (ratings, n_judges, n_items, curves, standard);
  return TRUE;
}

/* The borders as a setting of the trust: all of them, one above the other. */
static gboolean
publish (const char *uri, const char *path, const double *cuts, GError **error)
{
  g_autoptr (GString) value = g_string_new (NULL);

  for (guint i = 0; i < N_BORDERS; i++)
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      if (!isfinite (cuts[i]))
        {
          g_set_error (error, CTL_TABLE_ERROR, 0, "%s: there is no border at level %u", path,
                       i + 2);
          return FALSE;
        }
      g_ascii_formatd (number, sizeof number, "%.4f", cuts[i]);
      g_string_append_printf (value, "%s%s", i > 0 ? " " : "", number);
      if (i > 0 && cuts[i] - cuts[i - 1] < 1e-4)
        {
          g_set_error (error, CTL_TABLE_ERROR, 0,
                       "%s: the border at level %u, %.4f, is not above the one before, %.4f", path,
                       i + 2, cuts[i], cuts[i - 1]);
          return FALSE;
        }
    }
  return ctl_irt_publish_setting (uri, WAY_SETTING_CUTS, value->str, error);
}

/**
 * ctl_irt_angoff:
 *
 * A work sheet for setting standards, and what judges have said in it.
 */
int
ctl_irt_angoff (int argc, char **argv)
{
  const char *const columns[] = { "level",     "judges", "items", "mean",   "sd_judges", "se",
                                  "agreement", "apart",  "cut",   "se_cut", NULL };
  g_autofree char *bank_path = NULL;
  g_autofree char *ratings_path = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *format = NULL;
  double cuts[N_BORDERS] = { NAN, NAN, NAN };
  int judges = 0;
  const GOptionEntry entries[] = {
    { "bank", 0, 0, G_OPTION_ARG_FILENAME, &bank_path, NULL, NULL },
    { "ratings", 0, 0, G_OPTION_ARG_FILENAME, &ratings_path, NULL, NULL },
    { "judges", 0, 0, G_OPTION_ARG_INT, &judges, NULL, NULL },
    { "publish", 0, 0, G_OPTION_ARG_STRING, &uri, NULL, NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, NULL, NULL },
    { NULL },
  };
  g_autoptr (GPtrArray) borders = g_ptr_array_new_with_free_func ((GDestroyNotify) border_free);
  g_autoptr (CtlOutput) output = NULL;
  g_autoptr (CtlBank) bank = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_json;

  if (!ctl_parse (&argc, &argv, entries) || !ctl_parse_format (format, &is_json))
    return CTL_USAGE;
  if (argc != 1
      || (ratings_path == NULL && (bank_path == NULL || judges < 1 || judges > MOST_JUDGES))
      || (uri != NULL && (ratings_path == NULL || bank_path == NULL)))
    return ctl_usage ();
  if (bank_path != NULL)
    {
      bank = ctl_bank_read (bank_path, FALSE, &error);
      if (bank == NULL)
        return ctl_fail (error);
    }
  if (ratings_path == NULL)
    return print_sheet (bank, judges, is_json);

  if (!read_ratings (ratings_path, bank, borders, &error))
    return ctl_fail (error);
  output = ctl_output_new (columns);
  for (guint i = 0; i < borders->len; i++)
    {
      const Border *border = borders->pdata[i];
      WayStandard standard;

      if (!summarise (border, ratings_path, bank, &standard, &error))
        return ctl_fail (error);
      ctl_output_add_text (output, border->level);
      ctl_output_add_number (output, standard.n_judges);
      ctl_output_add_number (output, standard.n_items);
      ctl_output_add_number (output, standard.mean);
      ctl_output_add_number (output, standard.sd_judges);
      ctl_output_add_number (output, standard.se);
      ctl_output_add_number (output, standard.agreement);
      ctl_output_add_number (output, standard.apart);
      ctl_output_add_number (output, standard.cut);
      ctl_output_add_number (output, standard.se_cut);
      if (*border->level != '\0')
        cuts[*border->level - '2'] = standard.cut;
    }
  if (uri != NULL && !publish (uri, ratings_path, cuts, &error))
    return ctl_fail (error);
  ctl_output_print (output, "borders", is_json);
  return CTL_DONE;
}
