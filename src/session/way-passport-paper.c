/* way-passport-paper.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-passport.h"

#include <glib/gi18n-lib.h>

#include "report/way-csv.h"
#include "session/way-certificate.h"

/* A passport that leaves the window: on paper, and as a file for a spreadsheet. On both is
 * what was shown; what is still to come is for the person. */

/* The strongest entry of an outcome comes first. (transfer full) (nullable) */
static WayRow *
find_strongest (const WayPassport *self, const char *outcome)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->entries); i++)
    {
      g_autoptr (WayRow) entry = g_list_model_get_item (self->entries, i);

      if (g_str_equal (way_row_get_text (entry, "outcome"), outcome))
        return g_steal_pointer (&entry);
    }
  return NULL;
}

static void
add_head (const WayPassport *self, WayDocument *document)
{
  g_autofree char *day = way_format_day (self->made);
  g_autofree char *of = NULL;

  way_document_add (document, WAY_DOCUMENT_TITLE, _ ("Skills passport"));
  way_document_add (document, WAY_DOCUMENT_SUBHEADING, self->name);
  /* Translators: an organisation, and a date. */
  of = g_strdup_printf (_ ("%s, as at %s"), self->organisation, day);
  way_document_add (document, WAY_DOCUMENT_TEXT, of);
  way_document_add (
      document, WAY_DOCUMENT_QUIET,
      _ ("Each outcome with the strongest evidence of it. From the lowest: said (rated "
         "as sure of it), known (a check), practised (all of it went right), "
         "witnessed (by a champion or manager), used at work."));
  if (self->is_synthetic)
    way_document_add (document, WAY_DOCUMENT_QUIET,
                      _ ("The person and the organisation are made up, for trying Waymark out."));
}

static void
add_table_head (WayDocument *document, const char *area)
{
  static const double shares[] = { 46, 15, 15, 34 };
  const char *const head[] = { _ ("Outcome"), _ ("Evidence"), _ ("Date"),
                               _ ("How it was worked out"), NULL };

  way_document_add (document, WAY_DOCUMENT_HEADING, area);
  way_document_set_columns (document, shares, G_N_ELEMENTS (shares));
  way_document_add_row (document, head, TRUE);
}

/**
 * way_passport_make_document:
 *
 * Returns: (transfer full): what was shown, a table for each capability
 */
WayDocument *
way_passport_make_document (const WayPassport *self)
{
  g_autofree char *title = NULL;
  g_autofree char *area = NULL;
  WayDocument *document;

  g_return_val_if_fail (self != NULL, NULL);

  /* Translators: %s is a person's name. */
  title = g_strdup_printf (_ ("Skills passport of %s"), self->name);
  document = way_document_new (title, self->organisation, NULL, self->language, self->made);
  way_document_set_footer (document, title);
  add_head (self, document);
  for (guint i = 0; i < g_list_model_get_n_items (self->outcomes); i++)
    {
      g_autoptr (WayRow) outcome = g_list_model_get_item (self->outcomes, i);
      g_autoptr (WayRow) entry = find_strongest (self, way_row_get_text (outcome, "outcome"));
      g_autofree char *day = NULL;

      if (entry == NULL)
        continue;
      if (g_strcmp0 (area, way_row_get_text (outcome, "area")) != 0)
        {
          g_free (area);
          area = g_strdup (way_row_get_text (outcome, "area"));
          add_table_head (document, area);
        }
      day = way_format_day (way_row_get_int (entry, "at"));
      {
        const char *const cells[] = { way_row_get_text (outcome, "text"),
                                      way_rung_get_name ((WayRung) way_row_get_int (entry, "rung")),
                                      day, way_row_get_text (entry, "how"), NULL };

        way_document_add_row (document, cells, FALSE);
      }
    }
  if (self->n_shown == 0)
    way_document_add (document, WAY_DOCUMENT_TEXT, _ ("Nothing is in it yet."));
  return document;
}

static char *
dup_iso_day (gint64 us)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/London");
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL && zone != NULL ? g_date_time_to_timezone (utc, zone)
                                                            : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d") : g_strdup ("");
}

/**
 * way_passport_make_csv:
 *
 * Returns: (transfer full): everything that speaks for an outcome, a line each, the strongest
 *   first; UTF-8, data only
 */
GBytes *
way_passport_make_csv (const WayPassport *self)
{
  static const char *const head[] = { "area",     "outcome", "text", "module", "rung",
                                      "evidence", "date",    "how",  "note" };
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (head); i++)
    way_csv_append (text, head[i], i == 0);
  g_string_append (text, "\r\n");
  for (guint i = 0; i < g_list_model_get_n_items (self->outcomes); i++)
    {
      g_autoptr (WayRow) outcome = g_list_model_get_item (self->outcomes, i);

      for (guint j = 0; j < g_list_model_get_n_items (self->entries); j++)
        {
          g_autoptr (WayRow) entry = g_list_model_get_item (self->entries, j);
          g_autofree char *day = NULL;
          g_autofree char *rung = NULL;

          if (!g_str_equal (way_row_get_text (entry, "outcome"),
                            way_row_get_text (outcome, "outcome")))
            continue;
          day = dup_iso_day (way_row_get_int (entry, "at"));
          rung = g_strdup_printf ("%d", (int) way_row_get_int (entry, "rung"));
          way_csv_append (text, way_row_get_text (outcome, "area"), TRUE);
          way_csv_append (text, way_row_get_text (outcome, "outcome"), FALSE);
          way_csv_append (text, way_row_get_text (outcome, "text"), FALSE);
          way_csv_append (text, way_row_get_text (outcome, "title"), FALSE);
          way_csv_append (text, rung, FALSE);
          way_csv_append (text, way_rung_get_name ((WayRung) way_row_get_int (entry, "rung")),
                          FALSE);
          way_csv_append (text, day, FALSE);
          way_csv_append (text, way_row_get_text (entry, "how"), FALSE);
          way_csv_append (text, way_row_has (entry, "note") ? way_row_get_text (entry, "note") : "",
                          FALSE);
          g_string_append (text, "\r\n");
        }
    }
  return g_string_free_to_bytes (text);
}
