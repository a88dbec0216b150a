/* way-json.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-json.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#define MOST_BYTES (64 * 1024)
#define MOST_DEPTH 4

/* A reader for the bodies of events, which come from anywhere. It accepts what both SQL
 * engines read in the same way and nothing else, never goes deeper than MOST_DEPTH, and
 * tells where it stopped. It reads in one pass, so nothing can be checked as one thing
 * and read as another. */
typedef struct
{
  const char *begin;
  const char *at;
  const char *end;
  GError **error;
} Reader;

static gboolean read_value (Reader *self, guint depth, WayJsonValue *value);

static void
value_free (gpointer data)
{
  WayJsonValue *self = data;

  g_free (self->text);
  g_free (self);
}

static gboolean
refuse (Reader *self, const char *reason)
{
  g_set_error (self->error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_SYNTAX, "Byte %d: %s",
               (int) (self->at - self->begin), reason);
  return FALSE;
}

static char
peek (Reader *self)
{
  return self->at < self->end ? *self->at : '\0';
}

static gboolean
take (Reader *self, char wanted)
{
  if (peek (self) != wanted)
    return FALSE;
  self->at++;
  return TRUE;
}

static void
skip_blanks (Reader *self)
{
  while (self->at < self->end && strchr (" \t\r\n", *self->at) != NULL)
    self->at++;
}

static gboolean
read_four_digits (Reader *self, gunichar *unit)
{
  *unit = 0;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (peek (self));

      if (digit < 0)
        return refuse (self, "“\\u” without four hexadecimal digits");
      *unit = *unit << 4 | (gunichar) digit;
      self->at++;
    }
  return TRUE;
}

static gboolean
read_unicode_escape (Reader *self, GString *text)
{
  gunichar unit, second;

  if (!read_four_digits (self, &unit))
    return FALSE;
  if (unit == 0)
    return refuse (self, "a text with the character U+0000");
  if (unit >= 0xdc00 && unit <= 0xdfff)
    return refuse (self, "half a surrogate pair");
  if (unit >= 0xd800 && unit <= 0xdbff)
    {
      if (!take (self, '\\') || !take (self, 'u'))
        return refuse (self, "half a surrogate pair");
      if (!read_four_digits (self, &second))
        return FALSE;
      if (second < 0xdc00 || second > 0xdfff)
        return refuse (self, "half a surrogate pair");
      unit = 0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00);
    }
  g_string_append_unichar (text, unit);
  return TRUE;
}

static gboolean
read_escape (Reader *self, GString *text)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char means[] = "\"\\/\b\f\n\r\t";
  char letter = peek (self);
  const char *found = letter != '\0' ? strchr (letters, letter) : NULL;

  if (letter == 'u')
    {
      self->at++;
      return read_unicode_escape (self, text);
    }
  if (found == NULL)
    return refuse (self, "an escape that JSON does not have");
  g_string_append_c (text, means[found - letters]);
  self->at++;
  return TRUE;
}

static char *
read_text (Reader *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!take (self, '"'))
    {
      refuse (self, "a text must stand here");
      return NULL;
    }
  while (!take (self, '"'))
    {
      const char *run = self->at;

      while (self->at < self->end && *self->at != '"' && *self->at != '\\'
             && (guchar) *self->at >= 0x20)
        self->at++;
      g_string_append_len (text, run, self->at - run);
      if (take (self, '\\'))
        {
          if (!read_escape (self, text))
            return NULL;
        }
      else if (peek (self) != '"')
        {
          refuse (self, self->at < self->end ? "a control character in a text"
                                             : "a text that does not end");
          return NULL;
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
read_digits (Reader *self)
{
  if (!g_ascii_isdigit (peek (self)))
    return refuse (self, "a digit must stand here");
  while (g_ascii_isdigit (peek (self)))
    self->at++;
  return TRUE;
}

static gboolean
read_number (Reader *self, WayJsonValue *value)
{
  const char *begin = self->at;
  g_autofree char *text = NULL;

  value->type = WAY_JSON_INTEGER;
  take (self, '-');
  if (take (self, '0'))
    {
      if (g_ascii_isdigit (peek (self)))
        return refuse (self, "a number that begins with 0");
    }
  else if (!read_digits (self))
    return FALSE;
  if (take (self, '.'))
    {
      value->type = WAY_JSON_DECIMAL;
      if (!read_digits (self))
        return FALSE;
    }
  if (peek (self) == 'e' || peek (self) == 'E')
    {
      value->type = WAY_JSON_DECIMAL;
      self->at++;
      if (!take (self, '+'))
        take (self, '-');
      if (!read_digits (self))
        return FALSE;
    }

  text = g_strndup (begin, (gsize) (self->at - begin));
  errno = 0;
  value->number = g_ascii_strtod (text, NULL);
  /* What is too small for a decimal is an error to PostgreSQL, so it is one here. */
  if (!isfinite (value->number) || (errno == ERANGE && value->number == 0))
    return refuse (self, "a number out of range");
  if (value->type == WAY_JSON_INTEGER
      && !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &value->integer, NULL))
    return refuse (self, "an integer out of range");
  return TRUE;
}

static gboolean
read_word (Reader *self)
{
  static const char *const words[] = { "true", "false", "null" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize) (self->end - self->at) >= length && memcmp (self->at, words[i], length) == 0)
        {
          self->at += length;
          return TRUE;
        }
    }
  return refuse (self, "no JSON value");
}

/* Reads "{ … }" into @members (nullable), of char* → WayJsonValue. */
static gboolean
read_object (Reader *self, guint depth, GHashTable **members)
{
  g_autoptr (GHashTable)
      table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, value_free);
  gboolean is_last;

  g_assert (peek (self) == '{');
  self->at++;
  skip_blanks (self);
  is_last = take (self, '}');
  while (!is_last)
    {
      g_autofree char *name = NULL;
      WayJsonValue value = { WAY_JSON_OTHER };

      skip_blanks (self);
      name = read_text (self);
      if (name == NULL)
        return FALSE;
      if (g_hash_table_contains (table, name))
        return refuse (self, "a name that has stood before");
      skip_blanks (self);
      if (!take (self, ':'))
        return refuse (self, "“:” must stand here");
      skip_blanks (self);
      if (!read_value (self, depth, &value))
        return FALSE;
      g_hash_table_insert (table, g_steal_pointer (&name), g_memdup2 (&value, sizeof value));
      skip_blanks (self);
      is_last = take (self, '}');
      if (!is_last && !take (self, ','))
        return refuse (self, "“,” or “}” must stand here");
    }
  if (members != NULL)
    *members = g_steal_pointer (&table);
  return TRUE;
}

static gboolean
read_array (Reader *self, guint depth)
{
  gboolean is_last;

  g_assert (peek (self) == '[');
  self->at++;
  skip_blanks (self);
  is_last = take (self, ']');
  while (!is_last)
    {
      WayJsonValue value = { WAY_JSON_OTHER };

      skip_blanks (self);
      if (!read_value (self, depth, &value))
        return FALSE;
      g_free (value.text);
      skip_blanks (self);
      is_last = take (self, ']');
      if (!is_last && !take (self, ','))
        return refuse (self, "“,” or “]” must stand here");
    }
  return TRUE;
}

/* @depth: how many objects and arrays are open around the value */
static gboolean
read_value (Reader *self, guint depth, WayJsonValue *value)
{
  char first = peek (self);

  if ((first == '{' || first == '[') && depth >= MOST_DEPTH)
    {
      g_set_error (self->error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_SIZE, "Byte %d: deeper than %d",
                   (int) (self->at - self->begin), MOST_DEPTH);
      return FALSE;
    }
  if (first == '{')
    return read_object (self, depth + 1, NULL);
  if (first == '[')
    return read_array (self, depth + 1);
  if (first == '-' || g_ascii_isdigit (first))
    return read_number (self, value);
  if (first != '"')
    return read_word (self);
  value->type = WAY_JSON_TEXT;
  value->text = read_text (self);
  return value->text != NULL;
}

/* way_json_read:
 * @length: in bytes; −1 when @json ends with a zero
 *
 * Reads an object of JSON as strictly as it is written here. Returns its members, char*
 * → WayJsonValue, or NULL with WAY_RECORD_ERROR_SYNTAX or _SIZE. */
GHashTable *
way_json_read (const char *json, gssize length, GError **error)
{
  GHashTable *members = NULL;
  gsize size = length < 0 ? strlen (json) : (gsize) length;
  Reader self = { json, json, json + size, error };

  if (size > MOST_BYTES)
    {
      g_set_error (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_SIZE,
                   "%" G_GSIZE_FORMAT " bytes, where %d are allowed", size, MOST_BYTES);
      return NULL;
    }
  if (!g_utf8_validate_len (json, size, &self.at))
    {
      refuse (&self, "not UTF-8");
      return NULL;
    }
  self.at = json;
  skip_blanks (&self);
  if (peek (&self) != '{')
    {
      refuse (&self, "“{” must stand here");
      return NULL;
    }
  if (!read_object (&self, 1, &members))
    return NULL;
  skip_blanks (&self);
  if (self.at != self.end)
    {
      refuse (&self, "something stands after the end");
      g_hash_table_unref (members);
      return NULL;
    }
  return members;
}

/* way_json_append_text:
 * @text: UTF-8
 *
 * Writes a text in quotes; what JSON does not let stand is escaped, the rest is itself. */
void
way_json_append_text (GString *json, const char *text)
{
  static const char letters[] = "\"\\\b\f\n\r\t";
  static const char escapes[] = "\"\\bfnrt";

  g_string_append_c (json, '"');
  for (const char *at = text; *at != '\0'; at++)
    {
      const char *found = strchr (letters, *at);

      if (found != NULL)
        {
          g_string_append_c (json, '\\');
          g_string_append_c (json, escapes[found - letters]);
        }
      else if ((guchar) *at < 0x20)
        g_string_append_printf (json, "\\u%04x", (guint) (guchar) *at);
      else
        g_string_append_c (json, *at);
    }
  g_string_append_c (json, '"');
}

/* way_json_append_decimal:
 * @number: finite
 *
 * Writes the shortest decimal that reads back as the same number, in the C locale. */
void
way_json_append_decimal (GString *json, double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_assert (isfinite (number));
  if (number == 0) /* no "-0": nobody means it, and engines differ over it */
    {
      g_string_append_c (json, '0');
      return;
    }
  /* Fifteen digits always survive the way there and back, and %g drops their zeros; only
   * the numbers next to nothing have fewer digits to give. */
  for (int digits = isnormal (number) ? 15 : 1; digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (buffer, sizeof buffer, format, number);
      if (g_ascii_strtod (buffer, NULL) == number)
        break;
    }
  g_string_append (json, buffer);
}
