/* way-journal-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-journal.h"

#include "report/way-csv.h"
#include "session/way-certificate.h"

#include <glib/gi18n-lib.h>

/* Notes and reflective accounts as files that their writer takes along. */

/* Of a reflective account, as the councils of the professions ask for them: what was done, what
 * was learned, what has changed, and what it has to do with the code. */
static const struct
{
  const char *column;
  const char *heading;
} PARTS[] = {
  { "text", N_ ("What I did") },
  { "learned", N_ ("What I learned") },
  { "change", N_ ("How it changes what I do") },
  { "code", N_ ("How it relates to my professional code") },
};

/* As a spreadsheet sorts it. */
static char *
format_date (gint64 at)
{
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_local (at / G_USEC_PER_SEC);

  return day != NULL ? g_date_time_format (day, "%Y-%m-%d") : g_strdup ("");
}

static const char *
get_title (WayPack *pack, const char *module)
{
  const WayModule *found = module != NULL ? way_pack_find_module (pack, module) : NULL;

  return found != NULL ? found->title : module;
}

static const char *
get_outcome (WayPack *pack, const char *outcome)
{
  GPtrArray *modules = way_pack_get_modules (pack);

  for (guint i = 0; outcome != NULL && i < modules->len; i++)
    {
      const WayModule *module = modules->pdata[i];

      for (guint k = 0; k < module->outcomes->len; k++)
        {
          const WayOutcome *found = module->outcomes->pdata[k];

          if (g_str_equal (found->id, outcome))
            return found->text;
        }
    }
  return outcome;
}

/**
 * way_journal_describe_step:
 * @step: (nullable): of @module
 *
 * Returns: (transfer none): what the step is called: a card's title, or a word
 */
const char *
way_journal_describe_step (WayPack *pack, const char *module, const char *step)
{
  static const struct
  {
    const char *step;
    const char *name;
  } names[] = {
    { "why", N_ ("Why this matters") },
    { "practice", N_ ("Practice") },
    { "check", N_ ("Check") },
    { "shift", N_ ("On your shift") },
  };
  const WayModule *found = way_pack_find_module (pack, module);

  for (guint i = 0; found != NULL && step != NULL && i < found->cards->len; i++)
    {
      const WayCard *card = found->cards->pdata[i];

      if (g_str_equal (card->id, step))
        return card->title;
    }
  for (guint i = 0; step != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].step, step))
      return _ (names[i].name);
  return _ ("The module");
}

static void
append_note (GString *text, WayPack *pack, WayRow *row)
{
  const char *module = way_row_get_text (row, "module");
  g_autofree char *day = way_format_day (way_row_get_int (row, "at"));

  g_string_append_printf (text, "%s · %s", get_title (pack, module),
                          way_journal_describe_step (pack, module,
                                                     way_row_has (row, "step")
                                                         ? way_row_get_text (row, "step")
                                                         : NULL));
  if (way_row_has (row, "at"))
    g_string_append_printf (text, " · %s", day);
  g_string_append_printf (text, "\n\n%s\n\n\n", way_row_get_text (row, "text"));
}

static char *
dup_head (WayPack *pack, WayRow *row)
{
  g_autofree char *day = way_format_day (way_row_get_int (row, "day"));
  g_autoptr (GString) head = g_string_new (way_row_has (row, "day") ? day : _ ("Draft"));

  if (way_row_has (row, "module"))
    g_string_append_printf (head, " · %s", get_title (pack, way_row_get_text (row, "module")));
  if (way_row_has (row, "outcome"))
    g_string_append_printf (head, " · %s", get_outcome (pack, way_row_get_text (row, "outcome")));
  return g_string_free (g_steal_pointer (&head), FALSE);
}

/* NULL where they did not say. */
static char *
dup_minutes (WayRow *row)
{
  int minutes = (int) way_row_get_int (row, "minutes");

  if (!way_row_has (row, "minutes"))
    return NULL;
  return g_strdup_printf (ngettext ("Time spent: %d minute", "Time spent: %d minutes",
                                    (gulong) minutes),
                          minutes);
}

static gboolean
has_part (WayRow *row, guint i)
{
  return way_row_has (row, PARTS[i].column) && *way_row_get_text (row, PARTS[i].column) != '\0';
}

static void
append_reflection (GString *text, WayPack *pack, WayRow *row)
{
  g_autofree char *head = dup_head (pack, row);
  g_autofree char *minutes = dup_minutes (row);

  g_string_append_printf (text, "%s\n", head);
  if (minutes != NULL)
    g_string_append_printf (text, "%s\n", minutes);
  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++)
    if (has_part (row, i))
      g_string_append_printf (text, "\n%s\n%s\n", _ (PARTS[i].heading),
                              way_row_get_text (row, PARTS[i].column));
  g_string_append (text, "\n\n");
}

/**
 * way_journal_format_text:
 * @kind: "note" or "reflection"
 * @rows: of way_journal_load_async()
 *
 * Returns: (transfer full): all of them as plain text
 */
char *
way_journal_format_text (WayPack *pack, const char *kind, GListModel *rows)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (WAY_IS_PACK (pack) && G_IS_LIST_MODEL (rows), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      if (g_str_equal (kind, "note"))
        append_note (text, pack, row);
      else
        append_reflection (text, pack, row);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * way_journal_format_csv:
 * @rows: reflections of way_journal_load_async()
 *
 * Returns: (transfer full): a table of them, as RFC 4180 has it
 */
char *
way_journal_format_csv (WayPack *pack, GListModel *rows)
{
  g_autoptr (GString) text = g_string_new ("date,module,skill,minutes,what I did,what I learned,"
                                           "how it changes what I do,professional code\r\n");

  g_return_val_if_fail (WAY_IS_PACK (pack) && G_IS_LIST_MODEL (rows), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);
      g_autofree char *day = format_date (way_row_get_int (row, "day"));

      way_csv_append (text, way_row_has (row, "day") ? day : "", TRUE);
      way_csv_append (text,
                      way_row_has (row, "module")
                          ? get_title (pack, way_row_get_text (row, "module"))
                          : NULL,
                      FALSE);
      way_csv_append (text,
                      way_row_has (row, "outcome")
                          ? get_outcome (pack, way_row_get_text (row, "outcome"))
                          : NULL,
                      FALSE);
      way_csv_append (text, way_row_has (row, "minutes") ? way_row_get_text (row, "minutes") : NULL,
                      FALSE);
      for (guint k = 0; k < G_N_ELEMENTS (PARTS); k++)
        way_csv_append (text,
                        way_row_has (row, PARTS[k].column) ? way_row_get_text (row, PARTS[k].column)
                                                           : NULL,
                        FALSE);
      g_string_append (text, "\r\n");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * way_journal_make_document:
 * @rows: reflections of way_journal_load_async()
 * @name: (nullable): of the person
 *
 * Returns: (transfer full): all of them, to be put on paper
 */
WayDocument *
way_journal_make_document (WayPack *pack, GListModel *rows, const char *name, gint64 now)
{
  const char *title = _ ("Reflective accounts");
  WayDocument *document;

  g_return_val_if_fail (WAY_IS_PACK (pack) && G_IS_LIST_MODEL (rows), NULL);

  document = way_document_new (title, name != NULL ? name : "", title, way_pack_get_language (pack),
                               now);
  way_document_add (document, WAY_DOCUMENT_TITLE, title);
  if (name != NULL)
    way_document_add (document, WAY_DOCUMENT_QUIET, name);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);
      g_autofree char *head = dup_head (pack, row);
      g_autofree char *minutes = dup_minutes (row);

      way_document_add (document, WAY_DOCUMENT_HEADING, head);
      if (minutes != NULL)
        way_document_add (document, WAY_DOCUMENT_QUIET, minutes);
      for (guint k = 0; k < G_N_ELEMENTS (PARTS); k++)
        if (has_part (row, k))
          {
            way_document_add (document, WAY_DOCUMENT_SUBHEADING, _ (PARTS[k].heading));
            way_document_add (document, WAY_DOCUMENT_TEXT, way_row_get_text (row, PARTS[k].column));
          }
    }
  return document;
}

/**
 * way_journal_sum_minutes:
 * @rows: reflections of way_journal_load_async()
 * @from: from when, µs
 * @until: before when, µs
 *
 * Returns: the minutes of those that were kept and are of that time
 */
gint64
way_journal_sum_minutes (GListModel *rows, gint64 from, gint64 until)
{
  gint64 sum = 0;

  g_return_val_if_fail (G_IS_LIST_MODEL (rows), 0);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);
      gint64 day = way_row_get_int (row, "day");

      if (way_row_has (row, "id") && way_row_has (row, "minutes") && day >= from && day < until)
        sum += way_row_get_int (row, "minutes");
    }
  return sum;
}
