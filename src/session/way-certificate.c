/* way-certificate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-certificate.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "record/way-certificate.h"
#include "session/way-row-builder.h"
#include "session/way-session-private.h"

/* Certificates of who is signed in. What was finished comes from passed checks; the event is
 * written when somebody first asks for the paper, and the same one stands for it ever after. */

#define PASSED                                                                                     \
  "SELECT module, min (at) AS at FROM evidence WHERE person = CAST($1 AS text) "                   \
  "AND type = 'check' GROUP BY module ORDER BY 2 DESC, 1"

#define MADE                                                                                       \
  "SELECT e.id, e.body ->> 'module' AS module, e.body ->> 'pathway' AS pathway, "                  \
  "e.body ->> 'version' AS version, e.body ->> 'earned' AS earned, x.digest, "                     \
  "CASE WHEN x.received > 0 THEN 1 ELSE 0 END AS is_received "                                     \
  "FROM live e JOIN main.event x ON x.id = e.id WHERE e.kind = 'certificate' "                     \
  "AND e.person = CAST($1 AS text) ORDER BY e.effective, e.id"

typedef struct
{
  char *person;
  char *name;
  char *organisation;
  gboolean is_synthetic;
  gboolean is_pathway;
  char *ident; /* (nullable) of what is asked for */
} Ask;

static void
ask_free (Ask *self)
{
  g_free (self->person);
  g_free (self->name);
  g_free (self->organisation);
  g_free (self->ident);
  g_free (self);
}

static GListStore *
query (WaySession *self, const char *person, const char *sql, GError **error)
{
  const char *values[] = { person, NULL };
  WayDb *db = way_session_get_db (self, error);

  return db != NULL ? way_row_query (db, sql, values, error) : NULL;
}

/* Borrowed from the list. */
static WayRow *
find_row (GListStore *rows, const char *column, const char *text)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);

      if (way_row_has (row, column) && g_str_equal (way_row_get_text (row, column), text))
        return row;
    }
  return NULL;
}

static const WayPathway *
find_pathway (WayPack *pack, const char *ident)
{
  GPtrArray *pathways = way_pack_get_pathways (pack);

  for (guint i = 0; i < pathways->len; i++)
    {
      const WayPathway *pathway = g_ptr_array_index (pathways, i);

      if (g_str_equal (pathway->id, ident))
        return pathway;
    }
  return NULL;
}

/* When all of it was passed; 0 while something is missing. */
static gint64
find_earned (WayPack *pack, GListStore *passed, gboolean is_pathway, const char *ident)
{
  const WayPathway *pathway;
  gint64 earned = 0;

  if (!is_pathway)
    {
      WayRow *row = find_row (passed, "module", ident);

      return row != NULL ? way_row_get_int (row, "at") : 0;
    }
  pathway = find_pathway (pack, ident);
  for (guint i = 0; pathway != NULL && i < pathway->modules->len; i++)
    {
      WayRow *row = find_row (passed, "module", g_ptr_array_index (pathway->modules, i));

      if (row == NULL)
        return 0;
      earned = MAX (earned, way_row_get_int (row, "at"));
    }
  return earned;
}

static char *
dup_code (WayRow *made)
{
  g_autofree char *proof = way_certificate_make_proof (way_row_get_text (made, "id"),
                                                       way_row_get_text (made, "digest"));

  return way_certificate_make_code (proof);
}

static void
add_row (WayRowBuilder *builder,
         const char *part,
         const char *ident,
         const char *title,
         gint64 earned,
         WayRow *made)
{
  g_autofree char *code = made != NULL ? dup_code (made) : NULL;

  way_row_builder_add_text (builder, part);
  way_row_builder_add_text (builder, ident);
  way_row_builder_add_text (builder, title);
  way_row_builder_add_int (builder, made != NULL ? way_row_get_int (made, "earned") : earned);
  way_row_builder_add_text (builder, code);
  way_row_builder_add_int (builder, made != NULL ? way_row_get_int (made, "is_received") : 0);
}

static void
list_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  static const char *const columns[] = { "part", "ident",       "title", "earned",
                                         "code", "is_received", NULL };
  WaySession *self = source;
  const Ask *ask = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListStore) passed = query (self, ask->person, PASSED, &error);
  g_autoptr (GListStore) made = passed != NULL ? query (self, ask->person, MADE, &error) : NULL;
  g_autoptr (WayRowBuilder) builder = way_row_builder_new (columns);
  GPtrArray *pathways = way_pack_get_pathways (self->pack);

  if (made == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < pathways->len; i++)
    {
      const WayPathway *pathway = g_ptr_array_index (pathways, i);
      gint64 earned = find_earned (self->pack, passed, TRUE, pathway->id);

      if (earned > 0)
        add_row (builder, "pathway", pathway->id, pathway->title, earned,
                 find_row (made, "pathway", pathway->id));
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (passed)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (passed), i);
      const char *ident = way_row_get_text (row, "module");
      const WayModule *module = way_pack_find_module (self->pack, ident);

      if (module != NULL)
        add_row (builder, "module", ident, module->title, way_row_get_int (row, "at"),
                 find_row (made, "module", ident));
    }
  g_task_return_pointer (task, way_row_builder_end (builder), g_object_unref);
}

/* FALSE where it was not written; then it is not given either. */
static gboolean
write_event (WaySession *self, const Ask *ask, int version, gint64 earned, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  WayCertificateBody body = { .module = ask->is_pathway ? NULL : ask->ident,
                              .pathway = ask->is_pathway ? ask->ident : NULL,
                              .pack = (char *) way_pack_get_id (self->pack),
                              .pack_version = way_pack_get_version (self->pack),
                              .version = version,
                              .earned = earned };
  WayEvent *draft = way_session_draft ("certificate", &body, error);

  if (draft == NULL)
    return FALSE;
  g_ptr_array_add (drafts, draft);
  return way_session_append (self, drafts, error);
}

static void
fill_module (WayCertificate *self, WayPack *pack, const WayModule *module)
{
  g_autoptr (GStrvBuilder) shown = g_strv_builder_new ();
  int index = way_pack_find_capability (pack, module->capability);

  self->title = g_strdup (module->title);
  self->level = g_strdup (way_pack_get_level_names (pack)[CLAMP (module->level, 1, 4) - 1]);
  if (index >= 0)
    self->capability = g_strdup (
        ((const WayCapability *) g_ptr_array_index (way_pack_get_capabilities (pack),
                                                    (guint) index))
            ->short_name);
  for (guint i = 0; i < module->outcomes->len; i++)
    g_strv_builder_add (shown,
                        ((const WayOutcome *) g_ptr_array_index (module->outcomes, i))->text);
  self->shown = g_strv_builder_end (shown);
}

static void
fill_pathway (WayCertificate *self, WayPack *pack, const WayPathway *pathway)
{
  g_autoptr (GStrvBuilder) shown = g_strv_builder_new ();

  self->title = g_strdup (pathway->title);
  for (guint i = 0; i < pathway->modules->len; i++)
    {
      const char *ident = g_ptr_array_index (pathway->modules, i);
      const WayModule *module = way_pack_find_module (pack, ident);

      g_strv_builder_add (shown, module != NULL ? module->title : ident);
    }
  self->shown = g_strv_builder_end (shown);
}

static WayCertificate *
make (WaySession *self, const Ask *ask, WayRow *made)
{
  WayCertificate *certificate = g_new0 (WayCertificate, 1);

  certificate->is_pathway = ask->is_pathway;
  certificate->ident = g_strdup (ask->ident);
  certificate->name = g_strdup (ask->name);
  certificate->organisation = g_strdup (ask->organisation);
  certificate->is_synthetic = ask->is_synthetic;
  certificate->language = g_strdup (way_pack_get_language (self->pack));
  certificate->version = (int) way_row_get_int (made, "version");
  certificate->earned = way_row_get_int (made, "earned");
  certificate->is_received = way_row_get_int (made, "is_received") != 0;
  certificate->code = dup_code (made);
  if (ask->is_pathway)
    fill_pathway (certificate, self->pack, find_pathway (self->pack, ask->ident));
  else
    fill_module (certificate, self->pack, way_pack_find_module (self->pack, ask->ident));
  return certificate;
}

static void
make_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  const Ask *ask = task_data;
  const char *column = ask->is_pathway ? "pathway" : "module";
  const WayModule *module = ask->is_pathway ? NULL : way_pack_find_module (self->pack, ask->ident);
  const WayPathway *pathway = ask->is_pathway ? find_pathway (self->pack, ask->ident) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListStore) passed = query (self, ask->person, PASSED, &error);
  g_autoptr (GListStore) made = passed != NULL ? query (self, ask->person, MADE, &error) : NULL;
  gint64 earned = 0;

  if (made != NULL && (module != NULL || pathway != NULL))
    earned = find_earned (self->pack, passed, ask->is_pathway, ask->ident);
  if (made != NULL && earned == 0)
    g_set_error_literal (&error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_YOURS,
                         _ ("There is no certificate of this yet: its check is not passed."));
  else if (made != NULL && find_row (made, column, ask->ident) == NULL)
    {
      int version = module != NULL ? module->version : way_pack_get_version (self->pack);

      g_clear_object (&made);
      if (write_event (self, ask, version, earned, &error))
        made = query (self, ask->person, MADE, &error);
    }
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_return_pointer (task, make (self, ask, find_row (made, column, ask->ident)),
                         (GDestroyNotify) way_certificate_free);
}

static void
begin (WaySession *self,
       gpointer tag,
       gboolean is_pathway,
       const char *ident,
       GTaskThreadFunc func,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = way_session_begin (self, self, tag, cancellable, callback, user_data);
  Ask *ask;

  if (way_session_refuse_signed_out (self, task))
    return;
  ask = g_new0 (Ask, 1);
  ask->person = g_strdup (self->person);
  ask->name = g_strdup (self->person_name != NULL ? self->person_name : self->username);
  ask->organisation = g_strdup (self->organisation != NULL ? self->organisation : "");
  ask->is_synthetic = self->is_synthetic;
  ask->is_pathway = is_pathway;
  ask->ident = g_strdup (ident);
  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);
  way_worker_run (self->store_worker, task, func);
}

/**
 * way_session_load_certificates_async:
 *
 * What this person may have a certificate of: pathways, then modules.
 */
void
way_session_load_certificates_async (WaySession *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  begin (self, way_session_load_certificates_async, FALSE, NULL, list_thread, cancellable, callback,
         user_data);
}

/**
 * way_session_make_certificate_async:
 * @part: module or pathway
 * @ident: which
 *
 * The certificate of what was finished: the one that was made before, or a new one, saved
 * before it is given. Needs no network.
 */
void
way_session_make_certificate_async (WaySession *self,
                                    const char *part,
                                    const char *ident,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self) && part != NULL && ident != NULL);

  begin (self, way_session_make_certificate_async, g_str_equal (part, "pathway"), ident,
         make_thread, cancellable, callback, user_data);
}

/**
 * way_session_make_certificate_finish:
 *
 * Returns: (transfer full) (nullable): the certificate
 */
WayCertificate *
way_session_make_certificate_finish (WaySession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * way_certificate_free:
 *
 * Frees what way_session_make_certificate_finish() gave.
 */
void
way_certificate_free (WayCertificate *self)
{
  g_free (self->ident);
  g_free (self->title);
  g_free (self->capability);
  g_free (self->level);
  g_strfreev (self->shown);
  g_free (self->name);
  g_free (self->organisation);
  g_free (self->code);
  g_free (self->language);
  g_free (self);
}
