/* session-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "desk-answers.inc"

void
session_fixture_remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        session_fixture_remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

void
session_fixture_add (WayStore *trust, const char *author, const char *kind, const char *body)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (body);

  g_string_replace (text, "'", "\"", 0);
  g_ptr_array_add (drafts, way_event_new (kind, 1, text->str));
  way_store_append_as (trust, author, drafts, &error);
  g_assert_no_error (error);
}

WaySession *
session_fixture_new_session (SessionFixture *fixture)
{
  g_autofree char *pack = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  g_autoptr (GError) error = NULL;
  WaySession *session = way_session_new (pack, "en-GB", fixture->stores, &error);

  g_assert_no_error (error);
  return session;
}

void
session_fixture_set_up (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = NULL;

  fixture->folder = g_dir_make_tmp ("way-session-sync-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->uri = g_strdup_printf ("sqlite:%s/trust.db", fixture->folder);
  fixture->stores = g_build_filename (fixture->folder, "stores", NULL);
  fixture->session = session_fixture_new_session (fixture);
  trust = way_store_create_trust (fixture->uri, "Test", "ZZ9", TRUE, &error);
  g_assert_no_error (error);
  session_fixture_add (trust, NULL, "place",
                       "{'place':'w1','code':'w1','name':'Ward','type':'ward'}");
  session_fixture_add (
      trust, NULL, "person",
      "{'person':'ann','username':'ann','name':'Ann Ward','staff_group':'nursing','ended':0}");
  session_fixture_add (trust, NULL, "person",
                       "{'person':'bob','username':'bob','name':'Bob "
                       "Unmistakable','staff_group':'nursing','ended':0}");
  session_fixture_add (
      trust, NULL, "person",
      "{'person':'cat','username':'cat','name':'Cat Champion','staff_group':'nursing','ended':0}");
  session_fixture_add (trust, NULL, "membership",
                       "{'person':'ann','place':'w1','is_primary':1,'ended':0}");
  session_fixture_add (trust, NULL, "membership",
                       "{'person':'bob','place':'w1','is_primary':1,'ended':0}");
  session_fixture_add (trust, NULL, "membership",
                       "{'person':'cat','place':'w1','is_primary':1,'ended':0}");
  session_fixture_add (trust, NULL, "role_grant",
                       "{'person':'cat','role':'champion','place':'w1','ended':0}");
  way_store_close (trust);
}

/* Until nothing is under way. */
void
session_fixture_settle (SessionFixture *fixture)
{
  gboolean is_syncing = FALSE;

  do
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_object_get (fixture->session, "is-syncing", &is_syncing, NULL);
      if (is_syncing)
        g_main_context_iteration (NULL, TRUE);
    }
  while (is_syncing || g_main_context_pending (NULL));
}

/* What nobody else holds ends, as soon as the workers have let go of it. */
void
session_fixture_drop (gpointer object)
{
  gint64 deadline = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  g_object_add_weak_pointer (object, &object);
  g_object_unref (object);
  while (object != NULL && g_get_monotonic_time () < deadline)
    {
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
  g_assert_null (object);
}

void
session_fixture_drop_session (SessionFixture *fixture)
{
  session_fixture_settle (fixture);
  session_fixture_drop (fixture->session);
}

void
session_fixture_tear_down (SessionFixture *fixture, gconstpointer data)
{
  session_fixture_drop_session (fixture);
  session_fixture_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->uri);
  g_free (fixture->stores);
  g_free (fixture->learner);
  g_free (fixture->champion);
  g_free (fixture->lead);
}

void
session_fixture_got_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  SessionFixture *fixture = user_data;

  fixture->result = g_object_ref (result);
}

GAsyncResult *
session_fixture_wait (SessionFixture *fixture)
{
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (&fixture->result);
}

/* Whatever was written is saved; its first event's id. */
char *
session_fixture_wrote (SessionFixture *fixture)
{
  g_autoptr (GAsyncResult) result = session_fixture_wait (fixture);
  g_autoptr (GError) error = NULL;
  char *id = NULL;

  way_session_write_finish (fixture->session, result, &id, &error);
  g_assert_no_error (error);
  return id;
}

GListModel *
session_fixture_listed (SessionFixture *fixture)
{
  g_autoptr (GAsyncResult) result = session_fixture_wait (fixture);
  g_autoptr (GError) error = NULL;
  GListModel *rows = way_session_list_finish (fixture->session, result, &error);

  g_assert_no_error (error);
  return rows;
}

WayRow *
session_fixture_find_row (GListModel *rows, const char *column, const char *text)
{
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      if (g_str_equal (way_row_get_text (row, column), text))
        return g_steal_pointer (&row);
    }
  return NULL;
}

WayBaseline *
session_fixture_opened (SessionFixture *fixture)
{
  g_autoptr (GAsyncResult) result = session_fixture_wait (fixture);
  g_autoptr (GError) error = NULL;
  WayBaseline *baseline = way_session_open_baseline_finish (fixture->session, result, &error);

  g_assert_no_error (error);
  return baseline;
}

WayBaseline *
session_fixture_open_baseline (SessionFixture *fixture)
{
  way_session_open_baseline_async (fixture->session, WAY_DEPTH_SHORT, NULL, session_fixture_got_cb,
                                   fixture);
  return session_fixture_opened (fixture);
}

/* What is right: of a desk no question says it, so that here a run stands for it. */
static GHashTable *
dup_correct (const WayItem *item)
{
  const char *path = way_item_get_desk (item);

  if (path == NULL)
    return way_scoring_dup_correct (item);

  for (guint i = 0; i < G_N_ELEMENTS (desk_answers); i++)
    if (strcmp (desk_answers[i][0], path) == 0)
      {
        GHashTable *responses = way_responses_new ();

        g_hash_table_replace (responses, g_strdup ("RESPONSE"),
                              way_value_new_text (WAY_BASE_STRING, desk_answers[i][1]));
        return responses;
      }
  g_error ("No run is known of “%s”", path);
}

void
session_fixture_answer (SessionFixture *fixture,
                        WayBaseline *baseline,
                        gboolean is_right,
                        gint64 ms)
{
  g_autoptr (GHashTable) responses = is_right ? dup_correct (way_baseline_get_item (baseline))
                                              : NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  way_baseline_answer_async (baseline, responses, ms, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  way_baseline_answer_finish (baseline, result, &error);
  g_assert_no_error (error);
}

void
session_fixture_sign_in (SessionFixture *fixture, const char *username)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  way_session_sign_in_async (fixture->session, fixture->uri, username, NULL, session_fixture_got_cb,
                             fixture);
  result = session_fixture_wait (fixture);
  way_session_sign_in_finish (fixture->session, result, &error);
  g_assert_no_error (error);
}

void
session_fixture_sign_out (SessionFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  way_session_sign_out_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  g_assert_true (way_session_sign_out_finish (fixture->session, result, NULL));
}

void
session_fixture_ask_help (SessionFixture *fixture, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  way_session_ask_help_async (fixture->session, "today", NULL, NULL, text, NULL, NULL, FALSE, NULL,
                              session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  way_session_write_finish (fixture->session, result, NULL, &error);
  g_assert_no_error (error);
}

void
session_fixture_sync_now (SessionFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  session_fixture_settle (fixture);
  way_session_sync_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  way_session_sync_finish (fixture->session, result, &error);
  g_assert_no_error (error);
}

char *
session_fixture_ask_trust (SessionFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, TRUE, &error);
  char *text;

  g_assert_no_error (error);
  text = way_db_dup_text (way_store_get_db (trust), sql, &error);
  g_assert_no_error (error);
  way_store_close (trust);
  return text;
}

/* Every choice and result of a sitting comes out again to the last digit. */
void
session_fixture_assert_replays (SessionFixture *fixture,
                                const char *waymarkctl,
                                const char *attempt)
{
  g_autofree char *said = NULL;
  g_autofree char *complained = NULL;
  g_autoptr (GError) error = NULL;
  const char *argv[] = { waymarkctl,  "irt",   "replay", "--store", fixture->session->store_path,
                         "--attempt", attempt, NULL };
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, &complained,
                &status, &error);
  g_assert_no_error (error);
  if (status != 0)
    g_test_message ("%s\n%s", said, complained);
  g_assert_cmpint (status, ==, 0);
  g_assert_nonnull (strstr (said, "different,0"));
  g_assert_nonnull (strstr (said, "rounded,0"));
}

/* Signs out, and waits for what that began. */
void
session_fixture_leave (SessionFixture *fixture)
{
  session_fixture_sign_out (fixture);
  session_fixture_settle (fixture);
}

/* The same, once everything is sent. */
void
session_fixture_send_and_leave (SessionFixture *fixture)
{
  session_fixture_settle (fixture);
  session_fixture_sync_now (fixture);
  session_fixture_leave (fixture);
}

/* Somebody whose username is their id; @ward: (nullable) where they work. */
void
session_fixture_add_person (WayStore *trust,
                            const char *person,
                            const char *group,
                            const char *ward)
{
  g_autofree char *body = g_strdup_printf ("{'person':'%s','username':'%s','name':'X',"
                                           "'staff_group':'%s','ended':0}",
                                           person, person, group);

  session_fixture_add (trust, NULL, "person", body);
  if (ward != NULL)
    {
      g_autofree char *member = g_strdup_printf ("{'person':'%s','place':'%s','is_primary':1,"
                                                 "'ended':0}",
                                                 person, ward);

      session_fixture_add (trust, NULL, "membership", member);
    }
}

/* And the three have a lead, dot. */
void
session_fixture_set_up_lead (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = NULL;

  session_fixture_set_up (fixture, data);
  trust = way_store_open_trust (fixture->uri, FALSE, &error);
  g_assert_no_error (error);
  session_fixture_add (
      trust, NULL, "person",
      "{'person':'dot','username':'dot','name':'Dot Lead','staff_group':'nursing','ended':0}");
  session_fixture_add (trust, NULL, "role_grant",
                       "{'person':'dot','role':'lead','place':'w1','ended':0}");
  way_store_close (trust);
}

/* @body is of that kind. */
void
session_fixture_add_draft (GPtrArray *drafts, const char *kind, gconstpointer body)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = way_kind_write (way_kind_find (kind), body, &error);

  g_assert_no_error (error);
  g_ptr_array_add (drafts, way_event_new (kind, way_kind_get_version (way_kind_find (kind)), json));
}

/* Writes the drafts as the trust itself. */
void
session_fixture_administer (SessionFixture *fixture, GPtrArray *drafts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, FALSE, &error);

  g_assert_no_error (error);
  way_store_append_as (trust, NULL, drafts, &error);
  g_assert_no_error (error);
  way_store_close (trust);
}

/* Free with way_skills_free(). */
WaySkills *
session_fixture_load_skills (SessionFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WaySkills *skills;

  way_session_load_skills_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  skills = way_session_load_skills_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  return skills;
}

/* Each capability as two and needed as three. */
void
session_fixture_save_ratings (SessionFixture *fixture)
{
  const int now[WAY_MAX_CAPABILITIES] = { 2, 2, 2, 2, 2, 2, 2, 2 };
  const int need[WAY_MAX_CAPABILITIES] = { 3, 3, 3, 3, 3, 3, 3, 3 };
  g_autoptr (GAsyncResult) result = NULL;

  way_session_save_ratings_async (fixture->session, now, need, NULL, session_fixture_got_cb,
                                  fixture);
  result = session_fixture_wait (fixture);
  g_assert_true (way_session_save_ratings_finish (fixture->session, result, NULL));
}
