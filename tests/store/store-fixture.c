/* store-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixture.h"

#include "record/way-bodies.h"
#include "store/way-derived.h"
#include "store/way-log.h"

#include <glib/gstdio.h>

char *
fixture_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("waymark-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
fixture_remove_folder (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

WayEvent *
fixture_draft (const char *kind, const char *format, ...)
{
  g_autofree char *body = NULL;
  va_list args;

  va_start (args, format);
  body = g_strdup_vprintf (format, args);
  va_end (args);
  return way_event_new (kind, 1, g_strdelimit (body, "'", '"'));
}

static char *
say (const char *name, const char *value)
{
  return value != NULL ? g_strdup_printf ("'%s':'%s',", name, value) : g_strdup ("");
}

WayEvent *
fixture_attempt (const char *type, const char *module, const char *continues)
{
  g_autofree char *module_field = say ("module", module);
  g_autofree char *continues_field = say ("continues", continues);

  return fixture_draft ("attempt",
                        "{'type':'%s','pack':'core','pack_version':1,'parameters':'p1',"
                        "'language':'en','seed':'1',%s%s'try':1}",
                        type, module_field, continues_field);
}

WayEvent *
fixture_estimate (const char *attempt, const char *capability, double mean)
{
  return fixture_draft ("estimate",
                        "{'attempt':'%s','capability':'%s','mean':%.2f,'sd':0.4,'p1':0.1,"
                        "'p2':0.2,'p3':0.3,'p4':0.4,'items':5,'provisional':0,'required':2,"
                        "'p_required':0.9,'standing':'met','parameters':'p1'}",
                        attempt, capability,
                        /* never "-0.00": the writer of bodies has none either */
                        mean > -.005 && mean < .005 ? 0.0 : mean);
}

WayEvent *
fixture_end (
    const char *attempt, const char *type, const char *how, const char *module, gboolean is_passed)
{
  g_autofree char *module_field = say ("module", module);

  return fixture_draft ("attempt_end",
                        "{'attempt':'%s','type':'%s','how':'%s',%s'asked':5,'right':3,"
                        "'score':%s,'passed':%d}",
                        attempt, type, how, module_field, is_passed ? "0.8" : "0.4", is_passed);
}

GPtrArray *
fixture_list (WayEvent *first, ...)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  va_list args;

  va_start (args, first);
  for (WayEvent *draft = first; draft != NULL; draft = va_arg (args, WayEvent *))
    g_ptr_array_add (drafts, draft);
  va_end (args);
  return drafts;
}

char *
fixture_append (WayStore *store, const char *author, WayEvent *draft)
{
  g_autoptr (GPtrArray) drafts = fixture_list (draft, NULL);
  g_autoptr (GError) error = NULL;
  gboolean is_done;

  if (way_store_get_role (store) == WAY_STORE_TRUST)
    is_done = way_store_append_as (store, author, drafts, &error);
  else
    is_done = way_store_append (store, drafts, &error);
  g_assert_no_error (error);
  g_assert_true (is_done);
  return g_strdup (draft->id);
}

void
fixture_retract (WayStore *store, const char *id, const char *reason)
{
  const WayKind *kind = way_kind_find ("retraction");
  WayRetractionBody fields = { (char *) id, (char *) reason };
  g_autoptr (WayEvent) target = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = way_kind_write (kind, &fields, &error);
  g_autofree char *written = NULL;

  g_assert_no_error (error);
  g_assert_true (way_log_find (store, id, &target, &error));
  written = fixture_append (store, target != NULL ? target->author : NULL,
                            way_event_new ("retraction", way_kind_get_version (kind), body));
}

char *
fixture_ask (WayStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;
  GString *text = g_string_new (NULL);
  WayStatement *statement = way_db_prepare (way_store_get_db (store), sql, &error);
  gboolean has_row = TRUE;

  g_assert_no_error (error);
  for (guint row = 0; has_row; row++)
    {
      way_statement_step (statement, &has_row, &error);
      g_assert_no_error (error);
      if (!has_row)
        break;
      if (row > 0)
        g_string_append_c (text, '\n');
      for (int i = 0; i < way_statement_get_n_columns (statement); i++)
        {
          const char *value = way_statement_get_text (statement, i);

          g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", value != NULL ? value : "-");
        }
    }
  return g_string_free (text, FALSE);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
fixture_dump (WayStore *store)
{
  GString *text = g_string_new (NULL);

  for (const char *const *name = way_derived_list (); *name != NULL; name++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s", *name);
      g_autofree char *rows = fixture_ask (store, sql);
      g_auto (GStrv) lines = g_strsplit (rows, "\n", -1);
      g_autofree char *sorted = NULL;

      qsort (lines, g_strv_length (lines), sizeof *lines, compare_lines);
      sorted = g_strjoinv ("\n", lines);
      g_string_append_printf (text, "[%s]\n%s\n", *name, sorted);
    }
  return g_string_free (text, FALSE);
}

void
fixture_assert_sound (WayStore *store)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  way_store_check (store, problems, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) problems->pdata[i]);
  g_assert_cmpuint (problems->len, ==, 0);
}

void
fixture_copy_file (const char *from, const char *to)
{
  static const char *const endings[] = { "", "-wal" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *source = g_strconcat (from, endings[i], NULL);
      g_autofree char *target = g_strconcat (to, endings[i], NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_unlink (target);
      if (g_file_get_contents (source, &bytes, &length, NULL))
        g_assert_true (g_file_set_contents (target, bytes, length, NULL));
    }
}
