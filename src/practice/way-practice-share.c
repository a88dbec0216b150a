/* way-practice-share.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-share.h"

#include "practice/way-practice-private.h"

#include <string.h>

static const char *const lines[] = { "to", "cc", "bcc", "view", "comment", "edit", NULL };

/* Kinds of part of which one at most is chosen. */
static const char *const picks[] = { "subject", "route", NULL };

/* --- What is written ---------------------------------------------------------------- */

/**
 * way_share_is:
 *
 * Returns: whether the record is something to share
 */
gboolean
way_share_is (const WayDeskRecord *record)
{
  return record != NULL && strcmp (record->type, "share") == 0;
}

static gboolean
is_person (const WayDeskRecord *record)
{
  return record != NULL && strcmp (record->type, "person") == 0;
}

/**
 * way_share_get_lines:
 *
 * Returns: (transfer none): every line or right that there is, in showing order, %NULL last
 */
const char *const *
way_share_get_lines (void)
{
  return lines;
}

/**
 * way_share_has_line:
 * @line: such as "to" or "edit"
 *
 * Returns: whether people can be put there in this share
 */
gboolean
way_share_has_line (const WayDeskRecord *share, const char *line)
{
  const char *own;
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (share != NULL && line != NULL, FALSE);

  own = way_desk_get_field (share, "lines");
  words = g_strsplit (own != NULL ? own : "", " ", -1);

  return g_strv_contains ((const char *const *) words, line);
}

/**
 * way_share_has_parts:
 * @type: "detail", "subject" or "route"
 *
 * Returns: whether the share has anything of that kind
 */
gboolean
way_share_has_parts (const WayDeskRecord *share, const char *type)
{
  g_return_val_if_fail (share != NULL && type != NULL, FALSE);

  for (guint i = 0; i < share->parts->len; i++)
    if (strcmp (((const WayDeskRecord *) share->parts->pdata[i])->type, type) == 0)
      return TRUE;

  return FALSE;
}

/* How it stood before anybody did anything: <start who="sam" as="to"/>. */
static const char *
get_start (const WayDeskRecord *share, const char *item)
{
  for (guint i = 0; i < share->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (share->parts, i);

      if (strcmp (part->type, "start") == 0
          && g_strcmp0 (way_desk_get_field (part, "who"), item) == 0)
        return way_desk_get_field (part, "as");
    }

  return NULL;
}

/* --- Where a run stands ------------------------------------------------------------- */

/* What was done with each item lies under a name that no record can have; what was changed
 * last, under another, so that one step after the other can be taken back. */
static char *
make_key (const WayDeskRecord *share, const char *item)
{
  return g_strconcat (share->id, "#", item, NULL);
}

static const char *
get_place (WayPractice *self, const WayDeskRecord *share, const char *item)
{
  g_autofree char *key = make_key (share, item);
  const char *place = way_practice_get_state (self, key);

  if (place == NULL)
    place = get_start (share, item);

  return g_strcmp0 (place, "none") == 0 ? NULL : place;
}

static void
change (WayPractice *self, const WayDeskRecord *share, const char *item, const char *place)
{
  g_autofree char *key = make_key (share, item);
  g_autofree char *log = make_key (share, "#");

  way_practice_push_state (self, key, place, NULL);
  way_practice_push_state (self, log, key, NULL);
}

/**
 * way_practice_get_line:
 * @share: a drawn share
 * @person: a person's id
 *
 * Returns: (nullable) (transfer none): the line in which, or the right with which, the
 *   person is in it; valid until the next action
 */
const char *
way_practice_get_line (WayPractice *self, const WayDeskRecord *share, const char *person)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (self) && share != NULL && person != NULL, NULL);

  return get_place (self, share, person);
}

/**
 * way_practice_is_included:
 * @share: a drawn share
 * @detail: id of one of its details
 *
 * Returns: whether the detail goes along
 */
gboolean
way_practice_is_included (WayPractice *self, const WayDeskRecord *share, const char *detail)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (self) && share != NULL && detail != NULL, FALSE);

  return get_place (self, share, detail) != NULL;
}

/**
 * way_practice_get_pick:
 * @share: a drawn share
 * @type: "subject" or "route"
 *
 * Returns: (nullable) (transfer none): id of the one that is chosen
 */
const char *
way_practice_get_pick (WayPractice *self, const WayDeskRecord *share, const char *type)
{
  g_autofree char *key = NULL;
  const char *place;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && share != NULL && type != NULL, NULL);

  key = make_key (share, type);
  place = way_practice_get_state (self, key);
  if (place != NULL)
    return place;

  for (guint i = 0; i < share->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (share->parts, i);

      if (strcmp (part->type, type) == 0 && get_start (share, part->id) != NULL)
        return part->id;
    }

  return NULL;
}

/* A list of addresses counts as all who are on it. */
static guint
count_of (const WayDeskRecord *person)
{
  const char *size = way_desk_get_field (person, "size");

  return size != NULL ? (guint) g_ascii_strtoull (size, NULL, 10) : 1;
}

/**
 * way_practice_count_people:
 * @share: a drawn share
 *
 * Returns: how many people it goes to, each list counted by its members
 */
guint
way_practice_count_people (WayPractice *self, const WayDeskRecord *share)
{
  GPtrArray *records;
  guint n = 0;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && share != NULL, 0);

  records = way_practice_get_records (self);
  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (records, i);

      if (is_person (record) && get_place (self, share, record->id) != NULL)
        n += count_of (record);
    }

  return n;
}

/* --- What can be done --------------------------------------------------------------- */

static gboolean
is_open (WayPractice *self, const WayDeskRecord *record)
{
  return way_share_is (record) && way_practice_get_state (self, record->id) == NULL;
}

static gboolean
is_here (WayPractice *self, const char *person)
{
  const WayDeskRecord *record = way_practice_find_record (self, person);

  return is_person (record) && way_practice_has_arrived (self, record);
}

static gboolean
can_take (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_open (self, target) && value == NULL
         && way_practice_get_current_in (self, "share") != target;
}

static void
take (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  way_practice_hold (self, target);
}

static gboolean
can_look (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_open (self, target) && is_here (self, value);
}

/* "to=sam": the line, and who. */
static gboolean
can_put (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  g_auto (GStrv) words = g_strsplit (value != NULL ? value : "", "=", 2);

  return is_open (self, target) && g_strv_length (words) == 2 && g_strv_contains (lines, words[0])
         && way_share_has_line (target, words[0]) && is_here (self, words[1])
         && g_strcmp0 (get_place (self, target, words[1]), words[0]) != 0;
}

static void
put (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  g_auto (GStrv) words = g_strsplit (value, "=", 2);

  change (self, target, words[1], words[0]);
}

static gboolean
can_take_out (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_open (self, target) && is_here (self, value) && get_place (self, target, value) != NULL;
}

static void
take_out (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  change (self, target, value, "none");
}

static gboolean
can_include (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_open (self, target) && way_practice_find_part (target, "detail", value) != NULL
         && get_place (self, target, value) == NULL;
}

static void
include (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  change (self, target, value, "in");
}

static gboolean
can_exclude (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_open (self, target) && way_practice_find_part (target, "detail", value) != NULL
         && get_place (self, target, value) != NULL;
}

static gboolean
can_pick (WayPractice *self, const WayDeskRecord *target, const char *value, const char *type)
{
  return is_open (self, target) && way_practice_find_part (target, type, value) != NULL
         && g_strcmp0 (way_practice_get_pick (self, target, type), value) != 0;
}

static gboolean
can_choose_subject (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return can_pick (self, target, value, "subject");
}

static void
choose_subject (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  change (self, target, "subject", value);
}

static gboolean
can_choose_route (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return can_pick (self, target, value, "route");
}

static void
choose_route (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  change (self, target, "route", value);
}

/* Somebody gets it, and of everything that is to be chosen, one is. */
static gboolean
can_send (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  if (!is_open (self, target) || value != NULL)
    return FALSE;
  if (way_desk_get_field (target, "lines") != NULL && way_practice_count_people (self, target) == 0)
    return FALSE;
  for (guint i = 0; picks[i] != NULL; i++)
    if (way_share_has_parts (target, picks[i])
        && way_practice_get_pick (self, target, picks[i]) == NULL)
      return FALSE;

  return TRUE;
}

static void
let_go (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  way_practice_let_go (self, target);
}

/* What was sent stays sent, unless the desk says that it can be called back, as a right to
 * a folder can. */
static gboolean
can_undo (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  g_autofree char *log = NULL;

  if (!way_share_is (target) || value != NULL)
    return FALSE;
  if (way_practice_get_state (self, target->id) != NULL)
    return g_strcmp0 (way_desk_get_field (target, "recall"), "yes") == 0;
  log = make_key (target, "#");

  return is_open (self, target) && way_practice_get_state (self, log) != NULL;
}

static void
undo (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  g_autofree char *log = make_key (target, "#");
  g_autofree char *key = NULL;

  if (way_practice_get_state (self, target->id) != NULL)
    {
      way_practice_pop_state (self, target->id);
      way_practice_hold (self, target);
      return;
    }
  key = g_strdup (way_practice_get_state (self, log));
  way_practice_pop_state (self, key);
  way_practice_pop_state (self, log);
}

static const WayVerb verbs[] = {
  { "take", can_take, NULL, take },
  { "look", can_look, NULL, NULL },
  { "put", can_put, NULL, put },
  { "take-out", can_take_out, NULL, take_out },
  { "include", can_include, NULL, include },
  { "exclude", can_exclude, NULL, take_out },
  { "choose-subject", can_choose_subject, NULL, choose_subject },
  { "choose-route", can_choose_route, NULL, choose_route },
  { "send", can_send, "sent", let_go },
  { "undo", can_undo, NULL, undo },
  { NULL },
};

/* --- Rules -------------------------------------------------------------------------- */

/* Where an item of the share ended up, "none" for what is left out. */
static const char *
get_end (WayPractice *self, const WayDeskRecord *share, const char *item)
{
  const char *place;

  for (guint i = 0; picks[i] != NULL; i++)
    if (way_practice_find_part (share, picks[i], item) != NULL)
      return g_strcmp0 (way_practice_get_pick (self, share, picks[i]), item) == 0 ? "chosen"
                                                                                  : "none";
  place = get_place (self, share, item);

  return place != NULL ? place : "none";
}

static gboolean
is_in (char **words, const char *word)
{
  return words != NULL && g_strv_contains ((const char *const *) words, word);
}

/* Adds all people or all details of the share but some. */
static void
add_all (
    WayPractice *self, const WayDeskRecord *share, const char *kind, char **but, GPtrArray *items)
{
  gboolean is_people = g_strcmp0 (kind, "people") == 0;
  GPtrArray *records = is_people ? way_practice_get_records (self) : share->parts;

  for (guint i = 0; i < records->len; i++)
    {
      WayDeskRecord *record = g_ptr_array_index (records, i);

      if (strcmp (record->type, is_people ? "person" : "detail") == 0 && record->id != NULL
          && !is_in (but, record->id))
        g_ptr_array_add (items, record->id);
    }
}

/* Each of the items that are named, or all of a kind but some, ended up in one of the places
 * in every share that is named. */
gboolean
way_practice_evaluate_given (WayPractice *self, const WayDeskTest *test, const WayDeskRecord *bound)
{
  g_auto (GStrv) targets = way_practice_expand (test, "target", bound);
  g_auto (GStrv) what = way_practice_expand (test, "what", bound);
  g_auto (GStrv) but = way_practice_expand (test, "but", bound);
  g_auto (GStrv) places = way_practice_expand (test, "as", bound);
  const char *all = g_hash_table_lookup (test->attributes, "all");
  gboolean is_there = FALSE;

  for (guint i = 0; targets != NULL && targets[i] != NULL; i++)
    {
      const WayDeskRecord *share = way_practice_find_record (self, targets[i]);
      g_autoptr (GPtrArray) items = g_ptr_array_new ();

      if (!way_share_is (share))
        return FALSE;
      is_there = TRUE;
      for (guint j = 0; what != NULL && what[j] != NULL; j++)
        g_ptr_array_add (items, what[j]);
      if (all != NULL)
        add_all (self, share, all, but, items);
      for (guint j = 0; j < items->len; j++)
        if (!is_in (places, get_end (self, share, items->pdata[j])))
          return FALSE;
    }

  return is_there;
}

static gboolean
is_item (const WayDesk *desk, const char *id)
{
  static const char *const kinds[] = { "detail", "subject", "route" };

  for (guint i = 0; i < desk->records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (desk->records, i);

      if (is_person (record) && strcmp (record->id, id) == 0)
        return TRUE;
      for (guint j = 0; way_share_is (record) && j < G_N_ELEMENTS (kinds); j++)
        if (way_practice_find_part (record, kinds[j], id) != NULL)
          return TRUE;
    }

  return FALSE;
}

static gboolean
is_end (const char *place)
{
  static const char *const others[] = { "in", "chosen", "none", NULL };

  return place[0] == '$' || g_strv_contains (lines, place) || g_strv_contains (others, place);
}

/* A name that is nowhere would make the test hold, or not, for the wrong reason. */
gboolean
way_practice_check_given (const WayDesk *desk, const WayDeskTest *test, GError **error)
{
  static const char *const named[] = { "what", "but", "as" };
  const char *all = g_hash_table_lookup (test->attributes, "all");

  if (strcmp (test->name, "given") != 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    {
      const char *text = g_hash_table_lookup (test->attributes, named[i]);
      g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", " ", -1);

      for (guint j = 0; words[j] != NULL; j++)
        if (words[j][0] != '\0'
            && !(strcmp (named[i], "as") == 0 ? is_end (words[j])
                                              : words[j][0] == '$' || is_item (desk, words[j])))
          return way_practice_fail (desk, test->line, error, "“%s” is nothing to share here",
                                    words[j]);
    }
  if (g_hash_table_lookup (test->attributes, "as") == NULL
      || (all == NULL) == (g_hash_table_lookup (test->attributes, "what") == NULL)
      || (all != NULL && strcmp (all, "people") != 0 && strcmp (all, "details") != 0))
    return way_practice_fail (desk, test->line, error,
                              "“given” says what, or all (people or details), and as what");

  return TRUE;
}

/* --- The record --------------------------------------------------------------------- */

static gboolean
check_part (const WayDesk *desk,
            const WayDeskRecord *share,
            const WayDeskRecord *part,
            GError **error)
{
  static const char *const kinds[] = { "detail", "subject", "route", NULL };
  const char *who = way_desk_get_field (part, "who");
  const char *as = way_desk_get_field (part, "as");

  if (strcmp (part->type, "start") == 0)
    {
      if (who == NULL || !is_item (desk, who) || as == NULL || as[0] == '$' || !is_end (as)
          || (g_strv_contains (lines, as) && !way_share_has_line (share, as)))
        return way_practice_fail (desk, part->line, error,
                                  "“start” says who or what stands where, which is not so here");
      return TRUE;
    }
  if (!g_strv_contains (kinds, part->type))
    return way_practice_fail (desk, part->line, error, "a share has no <%s>", part->type);
  if (part->id == NULL || way_desk_get_field (part, "text") == NULL)
    return way_practice_fail (desk, part->line, error, "<%s> needs an id and words", part->type);

  return TRUE;
}

static gboolean
check (const WayDesk *desk, const WayDeskRecord *record, GError **error)
{
  const char *own = way_desk_get_field (record, "lines");
  const char *size = way_desk_get_field (record, "size");
  g_auto (GStrv) words = g_strsplit (own != NULL ? own : "", " ", -1);

  if (is_person (record))
    {
      if (way_desk_get_field (record, "name") == NULL)
        return way_practice_fail (desk, record->line, error, "a person needs a name");
      if (size != NULL && !g_ascii_string_to_unsigned (size, 10, 1, 100000, NULL, NULL))
        return way_practice_fail (desk, record->line, error, "“size” is a number of people");
      return TRUE;
    }
  if (way_desk_get_field (record, "title") == NULL)
    return way_practice_fail (desk, record->line, error, "a share needs a title");
  for (guint i = 0; words[i] != NULL; i++)
    if (!g_strv_contains (lines, words[i]))
      return way_practice_fail (desk, record->line, error, "“%s” is no line of a share", words[i]);
  for (guint i = 0; i < record->parts->len; i++)
    if (!check_part (desk, record, record->parts->pdata[i], error))
      return FALSE;

  return TRUE;
}

/* An address book is in order; two of one name stand as they were drawn. */
static int
compare (gconstpointer a, gconstpointer b)
{
  const WayDeskRecord *left = *(WayDeskRecord *const *) a;
  const WayDeskRecord *right = *(WayDeskRecord *const *) b;

  if (is_person (left) != is_person (right))
    return is_person (left) ? 1 : -1;

  return is_person (left)
             ? g_strcmp0 (way_desk_get_field (left, "name"), way_desk_get_field (right, "name"))
             : 0;
}

const WayPracticeApp way_practice_share_app = {
  .name = "share",
  .tasks = "share",
  .lookups = "person",
  .verbs = verbs,
  .compare = compare,
  .is_one_by_one = TRUE,
  .check = check,
};
