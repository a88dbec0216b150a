/* way-kind.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-kind.h"

#include "record/way-json.h"
#include "record/way-kind-private.h"

#include <math.h>
#include <string.h>

/* The most that way_body_check() lets through, and so the most that is written. */
#define MOST_BYTES (64 * 1024)

/* Written by hand: clang-format 14 would put spaces into the name. */
GQuark
way_record_error_quark (void)
{
  return g_quark_from_static_string ("way-record-error-quark");
}

static GPtrArray *
list_kinds (void)
{
  static gsize list;

  if (g_once_init_enter (&list))
    {
      const struct
      {
        const WayKind *kinds;
        guint n;
      } groups[] = {
        { way_kinds_measure, way_n_kinds_measure },
        { way_kinds_learn, way_n_kinds_learn },
        { way_kinds_support, way_n_kinds_support },
        { way_kinds_administer, way_n_kinds_administer },
      };
      GPtrArray *kinds = g_ptr_array_new ();

      for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
        for (guint j = 0; j < groups[i].n; j++)
          g_ptr_array_add (kinds, (gpointer) &groups[i].kinds[j]);
      g_once_init_leave (&list, (gsize) kinds);
    }
  return (GPtrArray *) list;
}

/* way_kind_list:
 * @n_kinds: (out) (optional)
 *
 * Every kind that this version knows. */
const WayKind *const *
way_kind_list (guint *n_kinds)
{
  GPtrArray *kinds = list_kinds ();

  if (n_kinds != NULL)
    *n_kinds = kinds->len;
  return (const WayKind *const *) kinds->pdata;
}

/* way_kind_find:
 *
 * A kind by name; NULL for one that this version does not know. */
const WayKind *
way_kind_find (const char *name)
{
  GPtrArray *kinds = list_kinds ();

  for (guint i = 0; i < kinds->len; i++)
    {
      const WayKind *kind = g_ptr_array_index (kinds, i);

      if (g_strcmp0 (kind->name, name) == 0)
        return kind;
    }
  return NULL;
}

/* way_kind_get_name:
 *
 * What the log calls it. */
const char *
way_kind_get_name (const WayKind *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/* way_kind_get_version:
 *
 * The version of its fields that this program writes. */
int
way_kind_get_version (const WayKind *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->version;
}

/* way_kind_list_fields:
 * @n_fields: (out)
 *
 * Its fields, in the order in which they are written. */
const WayField *
way_kind_list_fields (const WayKind *self, guint *n_fields)
{
  g_return_val_if_fail (self != NULL && n_fields != NULL, NULL);

  *n_fields = self->n_fields;
  return self->fields;
}

/* way_kind_new:
 *
 * An empty body: optional fields are absent, the others zero, texts NULL. It is of the
 * struct in way-bodies.h; free it with way_kind_free(). */
gpointer
way_kind_new (const WayKind *self)
{
  gpointer body;

  g_return_val_if_fail (self != NULL, NULL);

  body = g_malloc0 (self->size);
  for (guint i = 0; i < self->n_fields; i++)
    {
      const WayField *field = &self->fields[i];

      if (field->is_optional && field->type == WAY_FIELD_INTEGER)
        G_STRUCT_MEMBER (gint64, body, field->offset) = WAY_NO_INTEGER;
      if (field->is_optional && field->type == WAY_FIELD_DECIMAL)
        G_STRUCT_MEMBER (double, body, field->offset) = NAN;
    }
  return body;
}

/* way_kind_free:
 *
 * Frees a body with its texts; NULL is allowed. */
void
way_kind_free (const WayKind *self, gpointer body)
{
  g_return_if_fail (self != NULL);

  if (body == NULL)
    return;
  for (guint i = 0; i < self->n_fields; i++)
    if (self->fields[i].type == WAY_FIELD_TEXT)
      g_free (G_STRUCT_MEMBER (char *, body, self->fields[i].offset));
  g_free (body);
}

static gboolean
refuse (const WayKind *self, const WayField *field, const char *reason, GError **error)
{
  g_set_error (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_FIELD, "%s: “%s” %s", self->name,
               field->name, reason);
  return FALSE;
}

static gboolean
is_choice (const WayField *field, const char *text)
{
  g_auto (GStrv) choices = NULL;

  if (field->choices == NULL)
    return TRUE;
  choices = g_strsplit (field->choices, "|", -1);
  return g_strv_contains ((const char *const *) choices, text);
}

static gboolean
is_in_range (const WayField *field, double number)
{
  return (field->least == 0 && field->most == 0)
         || (number >= field->least && number <= field->most);
}

static gboolean
is_absent (const WayField *field, gconstpointer body)
{
  switch (field->type)
    {
    case WAY_FIELD_TEXT:
      return G_STRUCT_MEMBER (char *, body, field->offset) == NULL;
    case WAY_FIELD_INTEGER:
      return G_STRUCT_MEMBER (gint64, body, field->offset) == WAY_NO_INTEGER;
    case WAY_FIELD_DECIMAL:
      return isnan (G_STRUCT_MEMBER (double, body, field->offset));
    case WAY_FIELD_BOOLEAN:
    default:
      return FALSE;
    }
}

/* What may stand in a field: asked of what is written and of what was read. */
static gboolean
check_field (const WayKind *self, const WayField *field, gconstpointer body, GError **error)
{
  const char *text;
  double number;

  if (is_absent (field, body))
    return field->is_optional || refuse (self, field, "is missing", error);
  switch (field->type)
    {
    case WAY_FIELD_TEXT:
      text = G_STRUCT_MEMBER (char *, body, field->offset);
      if (!g_utf8_validate (text, -1, NULL))
        return refuse (self, field, "is not UTF-8", error);
      return is_choice (field, text) || refuse (self, field, "is not a word it may be", error);
    case WAY_FIELD_INTEGER:
      number = (double) G_STRUCT_MEMBER (gint64, body, field->offset);
      return is_in_range (field, number) || refuse (self, field, "is out of range", error);
    case WAY_FIELD_DECIMAL:
      number = G_STRUCT_MEMBER (double, body, field->offset);
      if (!isfinite (number))
        return refuse (self, field, "is not a number", error);
      return is_in_range (field, number) || refuse (self, field, "is out of range", error);
    case WAY_FIELD_BOOLEAN:
    default:
      return TRUE;
    }
}

/* way_kind_write:
 * @body: of the struct in way-bodies.h
 *
 * The one writer: names in the order of the fields, the shortest numbers that read back
 * the same, absent fields left out. Fails with WAY_RECORD_ERROR_FIELD or _SIZE. */
char *
way_kind_write (const WayKind *self, gconstpointer body, GError **error)
{
  g_autoptr (GString) json = g_string_new ("{");

  g_return_val_if_fail (self != NULL && body != NULL, NULL);

  for (guint i = 0; i < self->n_fields; i++)
    {
      const WayField *field = &self->fields[i];

      if (!check_field (self, field, body, error))
        return NULL;
      if (is_absent (field, body))
        continue;
      if (json->len > 1)
        g_string_append_c (json, ',');
      way_json_append_text (json, field->name);
      g_string_append_c (json, ':');
      switch (field->type)
        {
        case WAY_FIELD_TEXT:
          way_json_append_text (json, G_STRUCT_MEMBER (char *, body, field->offset));
          break;
        case WAY_FIELD_INTEGER:
          g_string_append_printf (json, "%" G_GINT64_FORMAT,
                                  G_STRUCT_MEMBER (gint64, body, field->offset));
          break;
        case WAY_FIELD_DECIMAL:
          way_json_append_decimal (json, G_STRUCT_MEMBER (double, body, field->offset));
          break;
        case WAY_FIELD_BOOLEAN:
        default:
          g_string_append_c (json, G_STRUCT_MEMBER (gboolean, body, field->offset) ? '1' : '0');
          break;
        }
    }
  g_string_append_c (json, '}');
  if (json->len > MOST_BYTES)
    {
      g_set_error (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_SIZE,
                   "%s: %" G_GSIZE_FORMAT " bytes, where %d are allowed", self->name, json->len,
                   MOST_BYTES);
      return NULL;
    }
  return g_string_free (g_steal_pointer (&json), FALSE);
}

static gboolean
read_field (
    const WayKind *self, const WayField *field, WayJsonValue *value, gpointer body, GError **error)
{
  switch (field->type)
    {
    case WAY_FIELD_TEXT:
      if (value->type != WAY_JSON_TEXT)
        return refuse (self, field, "is not a text", error);
      G_STRUCT_MEMBER (char *, body, field->offset) = g_steal_pointer (&value->text);
      return TRUE;
    case WAY_FIELD_INTEGER:
      if (value->type != WAY_JSON_INTEGER || value->integer == WAY_NO_INTEGER)
        return refuse (self, field, "is not an integer", error);
      G_STRUCT_MEMBER (gint64, body, field->offset) = value->integer;
      return TRUE;
    case WAY_FIELD_DECIMAL:
      if (value->type != WAY_JSON_INTEGER && value->type != WAY_JSON_DECIMAL)
        return refuse (self, field, "is not a number", error);
      G_STRUCT_MEMBER (double, body, field->offset) = value->number;
      return TRUE;
    case WAY_FIELD_BOOLEAN:
    default:
      if (value->type != WAY_JSON_INTEGER || (value->integer != 0 && value->integer != 1))
        return refuse (self, field, "is neither 0 nor 1", error);
      G_STRUCT_MEMBER (gboolean, body, field->offset) = value->integer == 1;
      return TRUE;
    }
}

/* way_kind_read:
 * @self: (nullable): as way_kind_find() gave it; NULL fails with WAY_RECORD_ERROR_UNKNOWN
 * @json: a body from anywhere
 *
 * The one reader: checks and reads in one pass. Members that the kind does not have are
 * let be. Free the result with way_kind_free(). */
gpointer
way_kind_read (const WayKind *self, const char *json, GError **error)
{
  g_autoptr (GHashTable) members = NULL;
  gpointer body;

  g_return_val_if_fail (json != NULL, NULL);

  if (self == NULL)
    {
      g_set_error_literal (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_UNKNOWN,
                           "A kind of event that this version does not know");
      return NULL;
    }
  members = way_json_read (json, -1, error);
  if (members == NULL)
    {
      g_prefix_error (error, "%s: ", self->name);
      return NULL;
    }
  body = way_kind_new (self);
  for (guint i = 0; i < self->n_fields; i++)
    {
      const WayField *field = &self->fields[i];
      WayJsonValue *value = g_hash_table_lookup (members, field->name);
      gboolean is_read;

      if (value == NULL)
        is_read = field->is_optional || refuse (self, field, "is missing", error);
      else
        is_read = read_field (self, field, value, body, error)
                  && check_field (self, field, body, error);
      if (!is_read)
        {
          way_kind_free (self, body);
          return NULL;
        }
    }
  return body;
}

/* way_body_check:
 * @length: in bytes; −1 when @json ends with a zero
 *
 * Whether a text may be the body of an event, of whatever kind: one object of JSON in
 * UTF-8 with unique names, no U+0000, numbers that fit, depth ≤ 4, at most 64 KiB. */
gboolean
way_body_check (const char *json, gssize length, GError **error)
{
  g_autoptr (GHashTable) members = NULL;

  g_return_val_if_fail (json != NULL, FALSE);

  members = way_json_read (json, length, error);
  return members != NULL;
}
