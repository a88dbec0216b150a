/* way-evidence-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-evidence-file.h"

#include "record/way-patient-detail.h"
#include "session/way-session-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* As base64 a piece fits into an event. */
#define PIECE 45000
#define MOST_PIECES 32

G_STATIC_ASSERT (PIECE *MOST_PIECES >= WAY_EVIDENCE_FILE_MOST);
G_STATIC_ASSERT (PIECE % 3 == 0);

/* Pieces of whoever wrote the evidence, about whom it is about; each once, whoever repeats it. */
#define PIECES                                                                                     \
  "SELECT f.body->>'name' AS name, CAST(f.body->>'n' AS integer) AS n, "                           \
  "CAST(f.body->>'of' AS integer) AS of, f.body->>'data' AS data FROM live f "                     \
  "JOIN live e ON e.id = f.refers AND e.kind = 'evidence' AND e.author = f.author "                \
  "AND e.person = f.person WHERE f.refers = CAST($1 AS text) AND f.kind = 'evidence_file' "        \
  "ORDER BY n, f.effective, f.id"

static gboolean
begins_with (GBytes *bytes, const char *start, gsize length)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return size >= length && memcmp (data, start, length) == 0;
}

/* By what is in it: a name says what somebody likes. */
static const char *
find_type (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (begins_with (bytes, "\211PNG\r\n\032\n", 8))
    return "image/png";
  if (begins_with (bytes, "\377\330\377", 3))
    return "image/jpeg";
  if (begins_with (bytes, "%PDF-", 5))
    return "application/pdf";
  if (memchr (data, '\0', size) == NULL && g_utf8_validate (data, (gssize) size, NULL))
    return "text/plain";
  return NULL;
}

static gboolean
names_patient (GBytes *bytes, char **found)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data, size);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return way_patient_detail_find (text, g_date_time_get_year (now), found)
         != WAY_PATIENT_DETAIL_NONE;
}

/**
 * way_evidence_file_new:
 * @name: as it is called
 *
 * Looks at what may go with evidence.
 *
 * Returns: (transfer full) (nullable): NULL with a sentence where it is too large, of another kind,
 *   or a text that looks as if it told who a patient is
 */
WayEvidenceFile *
way_evidence_file_new (const char *name, GBytes *bytes, GError **error)
{
  gsize size = g_bytes_get_size (bytes);
  const char *type = size > 0 && size <= WAY_EVIDENCE_FILE_MOST ? find_type (bytes) : NULL;
  g_autofree char *found = NULL;
  WayEvidenceFile *self;

  if (size > WAY_EVIDENCE_FILE_MOST)
    {
      g_set_error (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED,
                   /* Translators: %s is the name of a file. */
                   _ ("“%s” is larger than 1 MiB. Make the picture smaller, or keep fewer pages."),
                   name);
      return NULL;
    }
  if (type == NULL)
    {
      g_set_error (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED,
                   /* Translators: %s is the name of a file. */
                   _ ("“%s” is no picture (PNG or JPEG), PDF or text."), name);
      return NULL;
    }
  if (g_str_equal (type, "text/plain") && names_patient (bytes, &found))
    {
      g_set_error (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED,
                   /* Translators: what stands in a file. */
                   _ ("“%s” in this file looks as if it told who a patient is. Take it out of the "
                      "file, then choose it again."),
                   found);
      return NULL;
    }
  self = g_new0 (WayEvidenceFile, 1);
  self->name = g_utf8_make_valid (name, -1);
  self->type = g_strdup (type);
  self->bytes = g_bytes_ref (bytes);
  return self;
}

/**
 * way_evidence_file_free:
 * @self: (transfer full) (nullable)
 */
void
way_evidence_file_free (WayEvidenceFile *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->type);
  g_bytes_unref (self->bytes);
  g_free (self);
}

/* One byte more than there may be tells that it is too large, however large it is. */
static void
read_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GFile *file = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &error);
  g_autofree char *data = g_malloc (WAY_EVIDENCE_FILE_MOST + 1);
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GBytes) bytes = NULL;
  WayEvidenceFile *self = NULL;
  gsize size = 0;

  if (stream != NULL
      && g_input_stream_read_all (G_INPUT_STREAM (stream), data, WAY_EVIDENCE_FILE_MOST + 1, &size,
                                  cancellable, &error))
    {
      bytes = g_bytes_new (data, size);
      self = way_evidence_file_new (name, bytes, &error);
    }
  if (self == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, self, (GDestroyNotify) way_evidence_file_free);
}

/**
 * way_evidence_file_read_async:
 * @file: that somebody has chosen
 *
 * Reads it on a thread of its own, and looks at it as way_evidence_file_new() does.
 */
void
way_evidence_file_read_async (GFile *file,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, way_evidence_file_read_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, read_thread);
}

/**
 * way_evidence_file_finish:
 *
 * Returns: (transfer full) (nullable): the file
 */
WayEvidenceFile *
way_evidence_file_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* (nullable): all of it, where every piece is there. */
static WayEvidenceFile *
put_together (GListModel *rows, GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = NULL;
  gint64 of = 0, last = 0;

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);
      gint64 n = way_row_get_int (row, "n");
      g_autofree guchar *data = NULL;
      gsize size = 0;

      if (n != last + 1)
        continue;
      data = g_base64_decode (way_row_get_text (row, "data"), &size);
      if (all->len + size > WAY_EVIDENCE_FILE_MOST)
        break;
      g_byte_array_append (all, data, (guint) size);
      if (name == NULL)
        name = g_strdup (way_row_get_text (row, "name"));
      of = way_row_get_int (row, "of");
      last = n;
    }
  if (name == NULL || last != of)
    {
      g_set_error_literal (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED,
                           _ ("The file has not come as a whole yet."));
      return NULL;
    }
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&all));
  return way_evidence_file_new (name, bytes, error);
}

static void
load_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const char *values[] = { task_data, NULL };
  g_autoptr (GError) error = NULL;
  WayDb *db = way_session_get_db (source, &error);
  g_autoptr (GListStore) rows = db != NULL ? way_row_query (db, PIECES, values, &error) : NULL;
  WayEvidenceFile *self = rows != NULL ? put_together (G_LIST_MODEL (rows), &error) : NULL;

  if (self == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, self, (GDestroyNotify) way_evidence_file_free);
}

/**
 * way_evidence_file_load_async:
 * @evidence: that it goes with
 *
 * Finish with way_evidence_file_finish().
 */
void
way_evidence_file_load_async (WaySession *session,
                              const char *evidence,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WAY_IS_SESSION (session));

  task = way_session_begin (session, session, way_evidence_file_load_async, cancellable, callback,
                            user_data);
  g_task_set_task_data (task, g_strdup (evidence), g_free);
  way_worker_run (session->store_worker, task, load_thread);
}

/**
 * way_evidence_file_add_drafts:
 * @evidence: the id that the evidence will have
 * @subject: whom it is about
 * @drafts: gets the pieces
 *
 * Returns: FALSE where it cannot be written
 */
gboolean
way_evidence_file_add_drafts (const WayEvidenceFile *self,
                              const char *evidence,
                              const char *subject,
                              GPtrArray *drafts,
                              GError **error)
{
  gsize size;
  const guchar *data = g_bytes_get_data (self->bytes, &size);
  gint64 of = (gint64) ((size + PIECE - 1) / PIECE);

  for (gint64 n = 1; n <= of; n++)
    {
      gsize from = (gsize) (n - 1) * PIECE;
      g_autofree char *text = g_base64_encode (data + from, MIN (PIECE, size - from));
      WayEvidenceFileBody body = { .evidence = (char *) evidence,
                                   .name = self->name,
                                   .type = self->type,
                                   .n = n,
                                   .of = of,
                                   .data = text };
      WayEvent *draft = way_session_draft ("evidence_file", &body, error);

      if (draft == NULL)
        return FALSE;
      draft->subject = g_strdup (subject);
      g_ptr_array_add (drafts, draft);
    }
  return TRUE;
}
