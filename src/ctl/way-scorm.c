/* way-scorm.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/way-scorm-private.h"

#include <string.h>

#include "assessment/way-check.h"
#include "content/way-zip.h"
#include "way-ctl-resources.h"

#define PLAYER "/io/github/waymark_skills/Waymark/scorm/"
#define LEAST_ASKED 5

static const char *const player[] = { "index.html", "lms.js",      "player.css",
                                      "player.js",  "question.js", "score.js" };

typedef struct
{
  WayPack *pack;
  WayModule *module;
  GPtrArray *report;
  GPtrArray *taken;  /* (owned) of WayCheckItem, borrowed */
  GHashTable *media; /* (owned) of char* */
  GHashTable *files; /* (owned) char* → GBytes: the package without its manifest */
} Exporter;

static void
exporter_clear (Exporter *self)
{
  g_clear_pointer (&self->taken, g_ptr_array_unref);
  g_clear_pointer (&self->media, g_hash_table_unref);
  g_clear_pointer (&self->files, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Exporter, exporter_clear)

/* Which questions a browser can ask; the others are named. */
static gboolean
choose_questions (Exporter *self, guint *n_left, GError **error)
{
  for (guint i = 0; i < self->module->check->len; i++)
    {
      WayCheckItem *entry = g_ptr_array_index (self->module->check, i);
      g_autoptr (WayItem) item = way_pack_load_item (self->pack, entry->id, error);
      g_autofree char *reason = NULL;

      if (item == NULL)
        return FALSE;
      reason = way_scorm_dup_reason (item);
      if (reason == NULL)
        g_ptr_array_add (self->taken, entry);
      else
        {
          g_ptr_array_add (self->report, g_strdup_printf ("%s:1: the question is left out: %s",
                                                          entry->href, reason));
          (*n_left)++;
        }
    }

  return TRUE;
}

/* What is left must still be a check of all that the module teaches. */
static gboolean
check_enough (Exporter *self, GError **error)
{
  if (self->taken->len < LEAST_ASKED)
    {
      g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID,
                   "%s has %u questions that a browser can ask, and a check needs %d",
                   self->module->id, self->taken->len, LEAST_ASKED);
      return FALSE;
    }
  for (guint i = 0; i < self->module->outcomes->len; i++)
    {
      const WayOutcome *outcome = g_ptr_array_index (self->module->outcomes, i);
      gboolean is_asked = FALSE;

      for (guint j = 0; j < self->taken->len; j++)
        is_asked = is_asked
                   || g_str_equal (((WayCheckItem *) self->taken->pdata[j])->outcome, outcome->id);
      if (is_asked)
        continue;
      g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID,
                   "%s has no question about %s that a browser can ask", self->module->id,
                   outcome->id);
      return FALSE;
    }

  return TRUE;
}

static void
add_cards (Exporter *self, JsonBuilder *json)
{
  json_builder_set_member_name (json, "cards");
  json_builder_begin_array (json);
  for (guint i = 0; i < self->module->cards->len; i++)
    {
      const WayCard *card = g_ptr_array_index (self->module->cards, i);

      json_builder_begin_object (json);
      way_scorm_set_text (json, "id", card->id);
      way_scorm_set_text (json, "title", card->title);
      if (card->picture != NULL)
        {
          json_builder_set_member_name (json, "picture");
          json_builder_begin_object (json);
          way_scorm_set_text (json, "src", card->picture);
          way_scorm_set_text (json, "alt", card->alternative != NULL ? card->alternative : "");
          json_builder_end_object (json);
          g_hash_table_add (self->media, g_strdup (card->picture));
        }
      json_builder_set_member_name (json, "outcomes");
      json_builder_begin_array (json);
      for (guint j = 0; card->outcomes != NULL && card->outcomes[j] != NULL; j++)
        if (card->outcomes[j][0] != '\0')
          json_builder_add_string_value (json, card->outcomes[j]);
      json_builder_end_array (json);
      json_builder_set_member_name (json, "content");
      way_scorm_add_flow (json, self->pack, card->content, self->media);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

/* What is done at a desk needs the desk: it is said, and named in the report. */
static gboolean
add_desks (Exporter *self, JsonBuilder *json, GError **error)
{
  json_builder_set_member_name (json, "desks");
  json_builder_begin_array (json);
  for (guint i = 0; i < self->module->desks->len; i++)
    {
      const char *href = g_ptr_array_index (self->module->desks, i);
      g_autoptr (WayDesk) desk = way_pack_load_desk (self->pack, href, error);

      if (desk == NULL)
        return FALSE;
      g_ptr_array_add (self->report,
                       g_strdup_printf ("%s:1: the practice desk “%s” is not in the package, which "
                                        "says that it is done in Waymark",
                                        href, desk->title));
      json_builder_begin_object (json);
      way_scorm_set_text (json, "name", desk->id);
      way_scorm_set_text (json, "title", desk->title);
      json_builder_set_member_name (json, "task");
      way_scorm_add_flow (json, self->pack, desk->task, self->media);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);

  return TRUE;
}

static gboolean
add_questions (Exporter *self, JsonBuilder *json, GError **error)
{
  json_builder_set_member_name (json, "questions");
  json_builder_begin_array (json);
  for (guint i = 0; i < self->taken->len; i++)
    {
      const WayCheckItem *entry = g_ptr_array_index (self->taken, i);
      g_autoptr (WayItem) item = way_pack_load_item (self->pack, entry->id, error);

      if (item == NULL)
        return FALSE;
      way_scorm_add_question (json, self->pack, item, entry->outcome, self->media);
    }
  json_builder_end_array (json);

  return TRUE;
}

static void
add_sources (Exporter *self, JsonBuilder *json)
{
  const WayModule *module = self->module;
  const char *licence = way_pack_get_licence (self->pack);
  g_autofree char *about = g_strdup_printf (
      "%s %s, version %d, from “%s”. Owner: %s. To be looked at again by %s.%s%s%s", module->id,
      module->title, module->version, way_pack_get_title (self->pack), module->owner,
      module->review, licence[0] != '\0' ? " Licence of the content: " : "", licence,
      licence[0] != '\0' ? "." : "");

  json_builder_set_member_name (json, "sources");
  json_builder_begin_array (json);
  for (guint i = 0; i < module->sources->len; i++)
    {
      const WaySource *source = g_ptr_array_index (module->sources, i);
      g_autofree char *text = g_strdup_printf ("%s (%s)", source->title, source->checked);

      json_builder_add_string_value (json, text);
    }
  json_builder_end_array (json);
  way_scorm_set_text (json, "about", about);
}

/* module.js: all that is shown and asked. */
static GBytes *
write_module (Exporter *self, GError **error)
{
  const WayModule *module = self->module;
  g_autoptr (JsonBuilder) json = json_builder_new_immutable ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  GString *script;

  json_builder_begin_object (json);
  way_scorm_set_text (json, "id", module->id);
  way_scorm_set_integer (json, "version", module->version);
  way_scorm_set_text (json, "title", module->title);
  way_scorm_set_text (json, "language", way_pack_get_language (self->pack));
  json_builder_set_member_name (json, "why");
  way_scorm_add_flow (json, self->pack, module->why, self->media);
  add_cards (self, json);
  if (!add_desks (self, json, error))
    return NULL;
  way_scorm_set_integer (json, "draw", module->draw);
  way_scorm_set_number (json, "passMark", WAY_PASS_MARK);
  if (!add_questions (self, json, error))
    return NULL;
  json_builder_set_member_name (json, "shift");
  way_scorm_add_flow (json, self->pack, module->shift, self->media);
  add_sources (self, json);
  json_builder_end_object (json);

  root = json_builder_get_root (json);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  script = g_string_new ("window.waymarkModule = ");
  g_string_append (script, text);
  g_string_append (script, ";\n");

  return g_string_free_to_bytes (script);
}

static gboolean
add_media (Exporter *self, GError **error)
{
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, self->media);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    {
      GBytes *bytes = way_pack_load_file (self->pack, path, error);

      if (bytes == NULL)
        return FALSE;
      g_hash_table_replace (self->files, g_strdup (path), bytes);
    }

  return TRUE;
}

static void
add_player (Exporter *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (player); i++)
    {
      g_autofree char *name = g_strconcat (PLAYER, player[i], NULL);
      GBytes *bytes = g_resource_lookup_data (way_ctl_get_resource (), name, 0, NULL);

      g_assert (bytes != NULL); /* it is part of the program */
      if (g_str_equal (player[i], "index.html"))
        {
          g_autofree char *title = g_markup_escape_text (self->module->title, -1);
          GString *page = g_string_new_len (g_bytes_get_data (bytes, NULL),
                                            (gssize) g_bytes_get_size (bytes));

          g_string_replace (page, "@TITLE@", title, 0);
          g_bytes_unref (bytes);
          bytes = g_string_free_to_bytes (page);
        }
      g_hash_table_replace (self->files, g_strdup (player[i]), bytes);
    }
}

/* imsmanifest.xml: IMS Content Packaging 1.1.2 with the names that ADL adds for SCORM 1.2. */
static GBytes *
write_manifest (Exporter *self, GList *paths)
{
  g_autofree char *title = g_markup_escape_text (self->module->title, -1);
  GString *text = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

  g_string_append_printf (
      text,
      "<manifest identifier=\"waymark-%s-%s\" version=\"%d\""
      " xmlns=\"http://www.imsproject.org/xsd/imscp_rootv1p1p2\""
      " xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_rootv1p2\">\n"
      "  <metadata>\n"
      "    <schema>ADL SCORM</schema>\n"
      "    <schemaversion>1.2</schemaversion>\n"
      "  </metadata>\n"
      "  <organizations default=\"organization\">\n"
      "    <organization identifier=\"organization\">\n"
      "      <title>%s</title>\n"
      "      <item identifier=\"item\" identifierref=\"resource\" isvisible=\"true\">\n"
      "        <title>%s</title>\n"
      "      </item>\n"
      "    </organization>\n"
      "  </organizations>\n"
      "  <resources>\n"
      "    <resource identifier=\"resource\" type=\"webcontent\" adlcp:scormtype=\"sco\""
      " href=\"index.html\">\n",
      way_pack_get_id (self->pack), self->module->id, self->module->version, title, title);
  for (GList *l = paths; l != NULL; l = l->next)
    {
      g_autofree char *path = g_markup_escape_text (l->data, -1);

      g_string_append_printf (text, "      <file href=\"%s\"/>\n", path);
    }
  g_string_append (text, "    </resource>\n  </resources>\n</manifest>\n");

  return g_string_free_to_bytes (text);
}

static gboolean
write_zip (Exporter *self, const char *path, GError **error)
{
  g_autoptr (GList)
      paths = g_list_sort (g_hash_table_get_keys (self->files), (GCompareFunc) strcmp);
  g_autoptr (GBytes) manifest = write_manifest (self, paths);
  g_autoptr (WayZip) zip = way_zip_new (path, error);

  if (zip == NULL || !way_zip_add (zip, "imsmanifest.xml", manifest, error))
    return FALSE;
  for (GList *l = paths; l != NULL; l = l->next)
    if (!way_zip_add (zip, l->data, g_hash_table_lookup (self->files, l->data), error))
      return FALSE;

  return way_zip_close (zip, error);
}

/**
 * way_scorm_export:
 * @pack: an open pack
 * @module: id of a module of it
 * @zip: the file to write; what is there is replaced when the new one is complete
 * @report: of char*, where all is named that is not in the package, as file:line: reason
 * @n_taken: (out): questions that are in it
 * @n_left: (out): questions that are not
 * @error: %WAY_PACK_ERROR, %G_IO_ERROR
 *
 * Writes a module as a package of SCORM 1.2: its cards, its check with the same scoring and the
 * same rule of passing, and what is done on shift. The same module always gives the same bytes.
 *
 * Returns: whether it is written
 */
gboolean
way_scorm_export (WayPack *pack,
                  const char *module,
                  const char *zip,
                  GPtrArray *report,
                  guint *n_taken,
                  guint *n_left,
                  GError **error)
{
  g_auto (Exporter) self = { 0 };
  GBytes *script;

  g_return_val_if_fail (WAY_IS_PACK (pack) && module != NULL && zip != NULL, FALSE);
  g_return_val_if_fail (report != NULL && n_taken != NULL && n_left != NULL, FALSE);

  *n_taken = *n_left = 0;
  self.pack = pack;
  self.module = way_pack_find_module (pack, module);
  if (self.module == NULL)
    {
      g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_NOT_FOUND, "there is no module “%s”",
                   module);
      return FALSE;
    }
  self.report = report;
  self.taken = g_ptr_array_new ();
  self.media = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                      (GDestroyNotify) g_bytes_unref);
  if (!choose_questions (&self, n_left, error) || !check_enough (&self, error))
    return FALSE;
  *n_taken = self.taken->len;
  script = write_module (&self, error);
  if (script == NULL)
    return FALSE;
  g_hash_table_replace (self.files, g_strdup ("module.js"), script);
  if (!add_media (&self, error))
    return FALSE;
  add_player (&self);

  return write_zip (&self, zip, error);
}
