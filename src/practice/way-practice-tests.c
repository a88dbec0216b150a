/* way-practice-tests.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-form.h"
#include "practice/way-practice-order.h"
#include "practice/way-practice-private.h"
#include "practice/way-practice-words.h"

#include <stdlib.h>
#include <string.h>

/* The tests that look at what an app holds in the end: the entries of a form, the places
 * of cards. */

static const char *
get_attribute (const WayDeskTest *test, const char *name)
{
  return g_hash_table_lookup (test->attributes, name);
}

/* The whole attribute, which may be a sentence; "$.field" stands for what the bound record
 * says there. An attribute that names nothing gives "", which nothing fits. */
static const char *
get_text (const WayDeskTest *test, const char *name, const WayDeskRecord *bound)
{
  const char *text = get_attribute (test, name);
  const char *field;

  if (text == NULL || text[0] != '$' || text[1] != '.')
    return text;
  field = bound != NULL ? way_desk_get_field (bound, text + 2) : NULL;

  return field != NULL ? field : "";
}

static gboolean
is_one_of (const char *value, const char *alternatives)
{
  g_auto (GStrv) all = g_strsplit (alternatives, "|", -1);

  return g_strv_contains ((const char *const *) all, value);
}

/* Numbers by size, dates and times by their canonical text, which sorts as they do. */
static int
compare (const WayDeskRecord *entry, const char *value, const char *bound)
{
  if (strcmp (entry->type, "number") == 0)
    {
      double difference = g_ascii_strtod (value, NULL) - g_ascii_strtod (bound, NULL);

      return (difference > 0) - (difference < 0);
    }

  return strcmp (value, bound);
}

static gboolean
is_in_range (WayPractice *self,
             const WayDeskRecord *form,
             const WayDeskRecord *entry,
             const char *value,
             const char *min,
             const char *max)
{
  WayEntryProblem problem = way_practice_get_entry_problem (self, form->id, entry->id);

  if (min == NULL && max == NULL)
    return TRUE;
  if (problem == WAY_ENTRY_NOT_NUMBER || problem == WAY_ENTRY_NOT_DATE
      || problem == WAY_ENTRY_NOT_TIME)
    return FALSE;

  return (min == NULL || compare (entry, value, min) >= 0)
         && (max == NULL || compare (entry, value, max) <= 0);
}

static gboolean
has_unit (const WayDeskRecord *entry, const char *value, const char *unit)
{
  g_autofree char *held = NULL;
  g_autofree char *number = way_form_dup_shown (entry, value, &held);

  return unit == NULL || g_strcmp0 (held, unit) == 0;
}

static gboolean
has_count (const WayDeskTest *test, const char *value)
{
  const char *min = get_attribute (test, "min-words");
  const char *max = get_attribute (test, "max-words");
  guint count = way_words_count (value);

  return (min == NULL || count >= strtoul (min, NULL, 10))
         && (max == NULL || count <= strtoul (max, NULL, 10));
}

static gboolean
entry_fits (WayPractice *self,
            const WayDeskTest *test,
            const WayDeskRecord *bound,
            const WayDeskRecord *form,
            const WayDeskRecord *entry)
{
  const char *value = way_practice_get_entry (self, form->id, entry->id);
  const char *equals = get_text (test, "equals", bound);
  const char *near = get_text (test, "near", bound);
  const char *has = get_text (test, "contains", bound);
  const char *lacks = get_text (test, "lacks", bound);
  const char *matches = get_attribute (test, "matches");
  gboolean is_exact = g_strcmp0 (get_attribute (test, "spelling"), "exact") == 0;

  if (g_strcmp0 (get_attribute (test, "empty"), "1") == 0)
    return value == NULL;
  if (value == NULL)
    return FALSE;

  return (equals == NULL || is_one_of (value, equals))
         && (near == NULL || way_words_are (value, near))
         && (has == NULL || way_words_have (value, has, !is_exact))
         && (lacks == NULL || (*lacks != '\0' && !way_words_have (value, lacks, FALSE)))
         && (matches == NULL || g_regex_match_simple (matches, value, G_REGEX_CASELESS, 0))
         && is_in_range (self, form, entry, value, get_text (test, "min", bound),
                         get_text (test, "max", bound))
         && has_unit (entry, value, get_text (test, "unit", bound)) && has_count (test, value);
}

/* `field`: what an entry of a form holds. Of nothing entered, nothing holds but "empty". */
gboolean
way_practice_evaluate_field (WayPractice *self, const WayDeskTest *test, const WayDeskRecord *bound)
{
  const char *name = get_attribute (test, "name");
  g_auto (GStrv) targets = way_practice_expand (test, "target", bound);

  if (targets == NULL || targets[0] == NULL)
    return FALSE;

  for (guint i = 0; targets[i] != NULL; i++)
    {
      const WayDeskRecord *form = way_practice_find_record (self, targets[i]);
      const WayDeskRecord *entry = form != NULL ? way_form_find_entry (form, name) : NULL;

      if (entry == NULL || !entry_fits (self, test, bound, form, entry))
        return FALSE;
    }

  return TRUE;
}

static guint
find_slot (WayPractice *self, const char *id)
{
  const WayDeskRecord *board = way_practice_get_board (self);

  for (guint i = 0; i < board->parts->len; i++)
    if (g_strcmp0 (((WayDeskRecord *) board->parts->pdata[i])->id, id) == 0)
      return i;

  return board->parts->len;
}

/* A slot for what is not to be done has no before and after. */
static gboolean
is_out (WayPractice *self, const char *slot)
{
  const WayDeskRecord *part = way_practice_find_part (way_practice_get_board (self), "slot", slot);

  return part != NULL && g_strcmp0 (way_desk_get_field (part, "out"), "1") == 0;
}

static gboolean
comes_before (WayPractice *self, const char *slot, guint position, char **others)
{
  if (is_out (self, slot))
    return FALSE;

  for (guint i = 0; others[i] != NULL; i++)
    {
      guint at;
      const char *other = way_practice_get_slot (self, others[i], &at);

      if (other == NULL || is_out (self, other))
        continue;
      if (strcmp (other, slot) == 0 ? position >= at
                                    : find_slot (self, slot) > find_slot (self, other))
        return FALSE;
    }

  return TRUE;
}

/* `placed`: where cards lie. Cards that were not drawn do not count, cards in the tray are
 * nowhere. */
gboolean
way_practice_evaluate_placed (WayPractice *self,
                              const WayDeskTest *test,
                              const WayDeskRecord *bound)
{
  g_auto (GStrv) targets = way_practice_expand (test, "target", bound);
  g_auto (GStrv) slots = way_practice_expand (test, "slot", bound);
  g_auto (GStrv) others = way_practice_expand (test, "before", bound);
  const char *min = get_attribute (test, "min");
  const char *max = get_attribute (test, "max");
  gboolean is_drawn = FALSE;

  if (targets == NULL || way_practice_get_board (self) == NULL)
    return FALSE;

  for (guint i = 0; targets[i] != NULL; i++)
    {
      guint position;
      const char *slot;

      if (way_practice_find_record (self, targets[i]) == NULL)
        continue;
      is_drawn = TRUE;
      slot = way_practice_get_slot (self, targets[i], &position);
      if (slot == NULL || (slots != NULL && !g_strv_contains ((const char *const *) slots, slot))
          || (min != NULL && position < strtoul (min, NULL, 10))
          || (max != NULL && position > strtoul (max, NULL, 10))
          || (others != NULL && !comes_before (self, slot, position, others)))
        return FALSE;
    }

  return is_drawn;
}

static gboolean
fail (WayDesk *desk, const WayDeskTest *test, const char *what, const char *name, GError **error)
{
  g_set_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_RULE, "%s:%d: “%s” %s", desk->path,
               test->line, name, what);

  return FALSE;
}

static gboolean
is_number (const char *text)
{
  char *end;

  if (text == NULL)
    return TRUE;
  g_ascii_strtod (text, &end);

  return end != text && *end == '\0';
}

/* Whether some record of the desk has a part of such a kind by this id. */
static gboolean
is_part (WayDesk *desk, const char *type, const char *id)
{
  for (guint i = 0; id != NULL && i < desk->records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (desk->records, i);

      if (type != NULL
              ? way_practice_find_part (record, type, id) != NULL
              : strcmp (record->type, "form") == 0 && way_form_find_entry (record, id) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* What the general check of a rule cannot see: names inside forms and boards. */
gboolean
way_practice_check_test (WayDesk *desk, const WayDeskTest *test, GError **error)
{
  static const char *const words[] = { "min-words", "max-words" };
  const char *matches = get_attribute (test, "matches");
  const char *slot = get_attribute (test, "slot");
  const char *name = get_attribute (test, "name");
  g_autoptr (GRegex) regex = NULL;

  if (strcmp (test->name, "field") == 0)
    {
      if (!is_part (desk, NULL, name))
        return fail (desk, test, "is no entry of a form here", name != NULL ? name : "", error);
      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        if (!is_number (get_attribute (test, words[i])))
          return fail (desk, test, "is no number", get_attribute (test, words[i]), error);
      if (matches == NULL)
        return TRUE;
      regex = g_regex_new (matches, G_REGEX_CASELESS, 0, NULL);

      return regex != NULL || fail (desk, test, "is no pattern", matches, error);
    }
  if (strcmp (test->name, "placed") == 0)
    {
      g_auto (GStrv) slots = g_strsplit (slot != NULL ? slot : "", " ", -1);

      for (guint i = 0; slots[i] != NULL; i++)
        if (slots[i][0] != '$' && !is_part (desk, "slot", slots[i]))
          return fail (desk, test, "is no slot here", slots[i], error);
    }

  return TRUE;
}
