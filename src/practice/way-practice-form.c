/* way-practice-form.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-form.h"

#include "practice/way-practice-private.h"

#include <string.h>

#define LONGEST_VALUE 2000 /* bytes: more is nothing that a form here asks for */

static const char *const kinds[] = { "text",   "number", "date", "time", "phone",
                                     "choice", "code",   "nhs",  NULL };

/* What the forms of one run hold, kept with the run so that each action costs the same. */
typedef struct
{
  GHashTable *values;  /* (owned) char* "form/entry" → char*: "" when cleared */
  GHashTable *refused; /* (owned) set of char* form */
} Forms;

static void
forms_free (gpointer data)
{
  Forms *forms = data;

  g_hash_table_unref (forms->values);
  g_hash_table_unref (forms->refused);
  g_free (forms);
}

static Forms *
get_forms (WayPractice *self)
{
  Forms *forms = g_object_get_data (G_OBJECT (self), "way-practice-forms");

  if (forms == NULL)
    {
      forms = g_new0 (Forms, 1);
      forms->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      forms->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_object_set_data_full (G_OBJECT (self), "way-practice-forms", forms, forms_free);
    }

  return forms;
}

/**
 * way_form_is_entry:
 * @part: a part of a form
 *
 * Returns: whether something can be entered in it
 */
gboolean
way_form_is_entry (const WayDeskRecord *part)
{
  g_return_val_if_fail (part != NULL, FALSE);

  return part->id != NULL && g_strv_contains (kinds, part->type);
}

/**
 * way_form_find_entry:
 * @id: (nullable): an entry's id
 *
 * Returns: (nullable) (transfer none): the entry of the form
 */
const WayDeskRecord *
way_form_find_entry (const WayDeskRecord *form, const char *id)
{
  g_return_val_if_fail (form != NULL, NULL);

  for (guint i = 0; id != NULL && i < form->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (form->parts, i);

      if (way_form_is_entry (part) && strcmp (part->id, id) == 0)
        return part;
    }

  return NULL;
}

static gboolean
is_kind (const WayDeskRecord *entry, const char *kind)
{
  return strcmp (entry->type, kind) == 0;
}

static gboolean
is_flag (const WayDeskRecord *record, const char *name)
{
  return g_strcmp0 (way_desk_get_field (record, name), "1") == 0;
}

/* Only the figures, when there is nothing else but spaces and hyphens. */
static char *
dup_figures (const char *text)
{
  g_autoptr (GString) figures = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        g_string_append_c (figures, *p);
      else if (*p != ' ' && *p != '-')
        return NULL;
    }

  return g_string_free (g_steal_pointer (&figures), FALSE);
}

/* "38,20" becomes "38.2" without a detour over binary fractions. */
static char *
dup_number (const char *text)
{
  g_autoptr (GString) number = g_string_new (NULL);
  const char *p = text;
  gsize whole;

  if (*p == '-')
    g_string_append_c (number, '-');
  if (*p == '-' || *p == '+')
    p++;
  while (*p == '0' && g_ascii_isdigit (p[1]))
    p++;
  whole = number->len;
  while (g_ascii_isdigit (*p))
    g_string_append_c (number, *p++);
  if (number->len == whole)
    return NULL;
  if ((*p == '.' || *p == ',') && g_ascii_isdigit (p[1]))
    {
      g_string_append_c (number, '.');
      for (p++; g_ascii_isdigit (*p); p++)
        g_string_append_c (number, *p);
      while (number->str[number->len - 1] == '0')
        g_string_truncate (number, number->len - 1);
      if (number->str[number->len - 1] == '.')
        g_string_truncate (number, number->len - 1);
    }

  return *p == '\0' ? g_string_free (g_steal_pointer (&number), FALSE) : NULL;
}

static guint
find_month (const char *word)
{
  static const char *const months[] = { "january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december" };

  for (guint i = 0; strlen (word) >= 3 && i < G_N_ELEMENTS (months); i++)
    if (g_ascii_strncasecmp (months[i], word, strlen (word)) == 0)
      return i + 1;

  return 0;
}

static gboolean
read_figures (const char *text, guint64 max, guint *number)
{
  guint64 read;

  if (!g_ascii_string_to_unsigned (text, 10, 0, max, &read, NULL))
    return FALSE;
  *number = read;

  return TRUE;
}

/* Day, month, year, as figures or with the month as a word; or the ISO order. */
static char *
dup_date (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " /.-", -1);
  const char *found[3] = { NULL };
  guint n = 0;
  guint day;
  guint month;
  guint year;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (parts[i][0] == '\0')
        continue;
      if (n == G_N_ELEMENTS (found))
        return NULL;
      found[n++] = parts[i];
    }
  if (n < G_N_ELEMENTS (found))
    return NULL;
  if (strlen (found[0]) == 4)
    {
      const char *first = found[0];

      found[0] = found[2];
      found[2] = first;
    }
  if (strlen (found[2]) != 4 || !read_figures (found[0], 31, &day)
      || !read_figures (found[2], 9999, &year))
    return NULL;
  month = find_month (found[1]);
  if (month == 0 && !read_figures (found[1], 12, &month))
    return NULL;
  if (!g_date_valid_dmy (day, month, year))
    return NULL;

  return g_strdup_printf ("%04u-%02u-%02u", year, month, day);
}

/* "9:05", "09.05", "0905", "9.05 pm", "9pm". */
static char *
dup_time (const char *text)
{
  g_autoptr (GString) figures = g_string_new (NULL);
  const char *p = text;
  gsize before = 0;
  guint hour;
  guint minute = 0;
  gboolean is_half;

  for (; g_ascii_isdigit (*p) || ((*p == ':' || *p == '.') && before == 0); p++)
    {
      if (g_ascii_isdigit (*p))
        g_string_append_c (figures, *p);
      else
        before = figures->len;
    }
  while (*p == ' ')
    p++;
  is_half = g_ascii_strcasecmp (p, "am") == 0 || g_ascii_strcasecmp (p, "pm") == 0;
  if ((*p != '\0' && !is_half) || figures->len == 0 || figures->len > 4)
    return NULL;
  if (before > 0 ? figures->len != before + 2 : figures->len == 3 || (figures->len < 3 && !is_half))
    return NULL;
  if (figures->len > 2)
    {
      if (!read_figures (figures->str + figures->len - 2, 59, &minute))
        return NULL;
      g_string_truncate (figures, figures->len - 2);
    }
  if (!read_figures (figures->str, 23, &hour) || (is_half && (hour < 1 || hour > 12)))
    return NULL;
  if (is_half)
    hour = hour % 12 + (g_ascii_strcasecmp (p, "pm") == 0 ? 12 : 0);

  return g_strdup_printf ("%02u:%02u", hour, minute);
}

/**
 * way_form_dup_canonical:
 * @entry: an entry of a form
 * @text: what was typed, or the id of what was chosen
 * @unit: (nullable): id of the unit of a number
 *
 * Returns: (transfer full): what the entry then holds, "" for nothing
 */
char *
way_form_dup_canonical (const WayDeskRecord *entry, const char *text, const char *unit)
{
  g_autofree char *typed = NULL;
  char *read = NULL;

  g_return_val_if_fail (entry != NULL && text != NULL, NULL);

  typed = g_strstrip (g_utf8_make_valid (text, -1));
  if (is_kind (entry, "number"))
    {
      g_autofree char *number = dup_number (typed);

      if (unit != NULL && *typed != '\0')
        return g_strconcat (number != NULL ? number : typed, " ", unit, NULL);
      read = g_steal_pointer (&number);
    }
  else if (is_kind (entry, "date"))
    read = dup_date (typed);
  else if (is_kind (entry, "time"))
    read = dup_time (typed);
  else if (is_kind (entry, "nhs") || is_kind (entry, "phone"))
    read = dup_figures (typed);

  return read != NULL ? read : g_steal_pointer (&typed);
}

/* A number's value without its unit, and that unit. */
static char *
split_unit (const WayDeskRecord *entry, const char *value, char **unit)
{
  const char *space = strrchr (value, ' ');

  *unit = NULL;
  if (space == NULL || way_practice_find_part (entry, "unit", space + 1) == NULL)
    return g_strdup (value);
  *unit = g_strdup (space + 1);

  return g_strndup (value, space - value);
}

/**
 * way_form_dup_shown:
 * @entry: an entry of a form
 * @value: (nullable): what it holds
 * @unit: (out) (optional) (nullable) (transfer full): id of the unit of a number
 *
 * Returns: (transfer full): how it stands in the box: a date as people write it here,
 *   figures in groups
 */
char *
way_form_dup_shown (const WayDeskRecord *entry, const char *value, char **unit)
{
  g_autofree char *own_unit = NULL;

  g_return_val_if_fail (entry != NULL, NULL);

  if (unit != NULL)
    *unit = NULL;
  if (value == NULL)
    return g_strdup ("");
  if (is_kind (entry, "number"))
    {
      char *number = split_unit (entry, value, &own_unit);

      if (unit != NULL)
        *unit = g_steal_pointer (&own_unit);
      return number;
    }
  if (is_kind (entry, "nhs") && strlen (value) == 10)
    return g_strdup_printf ("%.3s %.3s %s", value, value + 3, value + 6);
  if (is_kind (entry, "phone") && strlen (value) == 11)
    return g_strdup_printf ("%.5s %s", value, value + 5);
  if (is_kind (entry, "date") && strlen (value) == 10 && value[4] == '-')
    return g_strdup_printf ("%s/%.2s/%.4s", value + 8, value + 5, value);

  return g_strdup (value);
}

/**
 * way_form_dup_words:
 * @entry: an entry of a form
 * @value: (nullable): what it holds
 *
 * Returns: (transfer full): the same in words: labels in place of ids
 */
char *
way_form_dup_words (const WayDeskRecord *entry, const char *value)
{
  g_autofree char *unit = NULL;
  g_autofree char *shown = way_form_dup_shown (entry, value, &unit);

  for (guint i = 0; i < entry->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (entry->parts, i);
      const char *label = way_desk_get_field (part, "label");

      if (label == NULL)
        continue;
      if (unit != NULL && g_strcmp0 (part->id, unit) == 0)
        return g_strconcat (shown, " ", label, NULL);
      if (unit == NULL && g_strcmp0 (part->id, value) == 0)
        return g_strdup (label);
    }

  return g_steal_pointer (&shown);
}

static gboolean
is_nhs_number (const char *figures)
{
  int sum = 0;

  for (int i = 0; i < 10; i++)
    sum += (figures[i] - '0') * (10 - i);

  return sum % 11 == 0;
}

static WayEntryProblem
find_number_problem (const WayDeskRecord *entry, const char *value)
{
  const char *min = way_desk_get_field (entry, "min");
  const char *max = way_desk_get_field (entry, "max");
  g_autofree char *unit = NULL;
  g_autofree char *text = split_unit (entry, value, &unit);
  g_autofree char *number = dup_number (text);
  gboolean has_units = FALSE;

  if (number == NULL)
    return WAY_ENTRY_NOT_NUMBER;
  for (guint i = 0; i < entry->parts->len; i++)
    has_units |= strcmp (((WayDeskRecord *) entry->parts->pdata[i])->type, "unit") == 0;
  if (has_units && unit == NULL)
    return WAY_ENTRY_NO_UNIT;
  if (min != NULL && g_ascii_strtod (number, NULL) < g_ascii_strtod (min, NULL))
    return WAY_ENTRY_TOO_SMALL;
  if (max != NULL && g_ascii_strtod (number, NULL) > g_ascii_strtod (max, NULL))
    return WAY_ENTRY_TOO_LARGE;

  return WAY_ENTRY_FINE;
}

static WayEntryProblem
find_problem (const WayDeskRecord *form, const WayDeskRecord *entry, const char *value)
{
  g_autofree char *read = NULL;

  if (value == NULL)
    return is_flag (entry, "required") ? WAY_ENTRY_EMPTY : WAY_ENTRY_FINE;

  if (is_kind (entry, "number"))
    return find_number_problem (entry, value);
  if (is_kind (entry, "date"))
    {
      const char *today = way_desk_get_field (form, "today");

      read = dup_date (value);
      if (read == NULL)
        return WAY_ENTRY_NOT_DATE;
      if (is_flag (entry, "past") && today != NULL && strcmp (read, today) > 0)
        return WAY_ENTRY_FUTURE;
    }
  else if (is_kind (entry, "time"))
    {
      read = dup_time (value);
      if (read == NULL)
        return WAY_ENTRY_NOT_TIME;
    }
  else if (is_kind (entry, "phone"))
    {
      read = dup_figures (value);
      if (read == NULL || strlen (read) != 11 || *read != '0')
        return WAY_ENTRY_NOT_PHONE;
    }
  else if (is_kind (entry, "nhs"))
    {
      read = dup_figures (value);
      if (read == NULL || strlen (read) != 10)
        return WAY_ENTRY_NOT_TEN_FIGURES;
      if (!is_nhs_number (read))
        return WAY_ENTRY_CHECK_DIGIT;
    }
  else if (is_kind (entry, "text"))
    {
      const char *max = way_desk_get_field (entry, "max");
      guint64 limit;

      if (max != NULL && g_ascii_string_to_unsigned (max, 10, 1, G_MAXUINT, &limit, NULL)
          && (guint64) g_utf8_strlen (value, -1) > limit)
        return WAY_ENTRY_TOO_LONG;
    }

  return WAY_ENTRY_FINE;
}

/**
 * way_form_is_checked:
 * @form: a form
 * @entry: one of its entries
 *
 * A form that checks says what is wrong and is not sent before it is put right; one that
 * does not takes what it is given, as paper would.
 *
 * Returns: whether the entry is checked
 */
gboolean
way_form_is_checked (const WayDeskRecord *form, const WayDeskRecord *entry)
{
  g_return_val_if_fail (form != NULL && entry != NULL, FALSE);

  return is_flag (form, "check") || is_flag (entry, "check");
}

static gboolean
is_open_form (WayPractice *self, const WayDeskRecord *record)
{
  return strcmp (record->type, "form") == 0 && way_practice_get_state (self, record->id) == NULL;
}

/* "entry=what it is to hold". */
static const WayDeskRecord *
split_value (const WayDeskRecord *form, const char *value, const char **text)
{
  const char *sign = value != NULL ? strchr (value, '=') : NULL;
  g_autofree char *id = NULL;

  if (sign == NULL)
    return NULL;
  id = g_strndup (value, sign - value);
  *text = sign + 1;

  return way_form_find_entry (form, id);
}

static gboolean
can_set (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const WayDeskRecord *entry;
  const char *text;

  if (!is_open_form (self, target))
    return FALSE;
  entry = split_value (target, value, &text);
  if (entry == NULL || *text == '\0' || strlen (text) > LONGEST_VALUE
      || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  if (is_kind (entry, "choice") && way_practice_find_part (entry, "option", text) == NULL)
    return FALSE;
  if (is_kind (entry, "code") && way_practice_find_part (entry, "entry", text) == NULL)
    return FALSE;

  return g_strcmp0 (way_practice_get_entry (self, target->id, entry->id), text) != 0;
}

static void
hold (WayPractice *self, const WayDeskRecord *form, const WayDeskRecord *entry, const char *text)
{
  g_hash_table_insert (get_forms (self)->values, g_strconcat (form->id, "/", entry->id, NULL),
                       g_strdup (text));
  way_practice_hold (self, form);
}

static void
set (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const char *text;
  const WayDeskRecord *entry = split_value (target, value, &text);

  hold (self, target, entry, text);
}

static gboolean
can_clear (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const WayDeskRecord *entry;

  if (!is_open_form (self, target))
    return FALSE;
  entry = way_form_find_entry (target, value);

  return entry != NULL && way_practice_get_entry (self, target->id, entry->id) != NULL;
}

static void
clear (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  hold (self, target, way_form_find_entry (target, value), "");
}

static gboolean
can_take (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return value == NULL && is_open_form (self, target);
}

static void
take (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  way_practice_hold (self, target);
}

static gboolean
can_open (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return strcmp (target->type, "form") == 0
         && way_practice_find_part (target, "source", value) != NULL;
}

static gboolean
can_submit (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return value == NULL && is_open_form (self, target);
}

static void
submit (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  for (guint i = 0; i < target->parts->len; i++)
    {
      const WayDeskRecord *entry = g_ptr_array_index (target->parts, i);

      if (way_form_is_entry (entry) && way_form_is_checked (target, entry)
          && way_practice_get_entry_problem (self, target->id, entry->id) != WAY_ENTRY_FINE)
        {
          g_hash_table_add (get_forms (self)->refused, g_strdup (target->id));
          way_practice_hold (self, target);
          return;
        }
    }
  g_hash_table_remove (get_forms (self)->refused, target->id);
  way_practice_push_state (self, target->id, "submitted", NULL);
  way_practice_let_go (self, target);
}

/* What went to somebody else cannot be called back; the rest can be changed. */
static gboolean
can_undo (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return value == NULL && strcmp (target->type, "form") == 0 && !is_flag (target, "final")
         && way_practice_get_state (self, target->id) != NULL;
}

static void
undo (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  way_practice_pop_state (self, target->id);
  way_practice_hold (self, target);
}

/* Parts of a kind that can be chosen from. */
static guint
count_parts (const WayDeskRecord *record, const char *type)
{
  guint n = 0;

  for (guint i = 0; i < record->parts->len; i++)
    n += strcmp (((WayDeskRecord *) record->parts->pdata[i])->type, type) == 0;

  return n;
}

/* A form on which nothing can be entered, or not in every part of it. */
static gboolean
check (const WayDesk *desk, const WayDeskRecord *record, GError **error)
{
  guint entries = 0;

  for (guint i = 0; i < record->parts->len; i++)
    {
      const WayDeskRecord *entry = g_ptr_array_index (record->parts, i);
      const char *kind = is_kind (entry, "choice") ? "option"
                         : is_kind (entry, "code") ? "entry"
                                                   : NULL;

      if (is_kind (entry, "source"))
        continue;
      if (!way_form_is_entry (entry) || (kind != NULL && count_parts (entry, kind) == 0))
        return way_practice_fail (desk, entry->line, error, "nothing can be entered in <%s>",
                                  entry->type);
      entries++;
    }

  return entries > 0 || way_practice_fail (desk, record->line, error, "a form without entries");
}

static const WayVerb verbs[] = {
  { "take", can_take, NULL, take },
  { "open", can_open, NULL, NULL },
  { "set", can_set, NULL, set },
  { "clear", can_clear, NULL, clear },
  { "submit", can_submit, NULL, submit },
  { "undo", can_undo, NULL, undo },
  { NULL },
};

const WayPracticeApp way_practice_form_app = {
  .name = "form",
  .tasks = "form",
  .verbs = verbs,
  .is_one_by_one = TRUE,
  .check = check,
};

/**
 * way_practice_get_entry:
 * @form: a form's id
 * @entry: an entry's id
 *
 * Returns: (nullable) (transfer none): what the entry holds now, %NULL for nothing; valid
 *   until the next action
 */
const char *
way_practice_get_entry (WayPractice *self, const char *form, const char *entry)
{
  g_autofree char *key = NULL;
  const WayDeskRecord *record;
  const WayDeskRecord *part;
  const char *value;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && form != NULL && entry != NULL, NULL);

  key = g_strconcat (form, "/", entry, NULL);
  value = g_hash_table_lookup (get_forms (self)->values, key);
  if (value != NULL)
    return *value != '\0' ? value : NULL;

  /* What stood there before anybody touched it. */
  record = way_practice_find_record (self, form);
  part = record != NULL ? way_form_find_entry (record, entry) : NULL;

  return part != NULL ? way_desk_get_field (part, "value") : NULL;
}

/**
 * way_practice_get_entry_problem:
 * @form: a form's id
 * @entry: an entry's id
 *
 * Returns: what is wrong with what the entry holds, whether or not the form says so
 */
WayEntryProblem
way_practice_get_entry_problem (WayPractice *self, const char *form, const char *entry)
{
  const WayDeskRecord *record;
  const WayDeskRecord *part;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && form != NULL && entry != NULL, WAY_ENTRY_FINE);

  record = way_practice_find_record (self, form);
  part = record != NULL ? way_form_find_entry (record, entry) : NULL;

  return part != NULL ? find_problem (record, part, way_practice_get_entry (self, form, entry))
                      : WAY_ENTRY_FINE;
}

/**
 * way_practice_was_refused:
 * @form: a form's id
 *
 * Returns: whether the form was last sent with something wrong in it, and so was not
 */
gboolean
way_practice_was_refused (WayPractice *self, const char *form)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (self) && form != NULL, FALSE);

  return g_hash_table_contains (get_forms (self)->refused, form);
}

/**
 * way_practice_is_source_open:
 * @form: a form's id
 * @source: id of a letter or call that belongs to it
 *
 * Returns: whether what it says can be read: it was opened, or lay open from the beginning
 */
gboolean
way_practice_is_source_open (WayPractice *self, const char *form, const char *source)
{
  const WayDeskRecord *record;
  const WayDeskRecord *part;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && form != NULL && source != NULL, FALSE);

  record = way_practice_find_record (self, form);
  part = record != NULL ? way_practice_find_part (record, "source", source) : NULL;

  return part != NULL
         && (is_flag (part, "open") || way_practice_was_done (self, "open", form, source));
}
