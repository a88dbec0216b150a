/* way-practice-order.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-order.h"

#include "practice/way-practice-private.h"

#include <string.h>

/* Where one card lies: the cards of a slot follow each other in the list in their order. */
typedef struct
{
  const WayDeskRecord *card;
  const WayDeskRecord *slot;
} Place;

/* The board of one run, kept with the run so that each action costs the same. */
typedef struct
{
  GArray *places;  /* (owned) of Place */
  GPtrArray *past; /* (owned) of GArray of Place: what undo goes back to */
} Board;

static void
board_free (gpointer data)
{
  Board *board = data;

  g_array_unref (board->places);
  g_ptr_array_unref (board->past);
  g_free (board);
}

static Board *
get_places (WayPractice *self)
{
  Board *board = g_object_get_data (G_OBJECT (self), "way-practice-board");

  if (board == NULL)
    {
      board = g_new0 (Board, 1);
      board->places = g_array_new (FALSE, FALSE, sizeof (Place));
      board->past = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
      g_object_set_data_full (G_OBJECT (self), "way-practice-board", board, board_free);
    }

  return board;
}

static gboolean
is_card (const WayDeskRecord *record)
{
  return strcmp (record->type, "card") == 0;
}

static guint
find_place (Board *board, const WayDeskRecord *card)
{
  guint i = 0;

  while (i < board->places->len && g_array_index (board->places, Place, i).card != card)
    i++;

  return i;
}

static guint
count_in (Board *board, const WayDeskRecord *slot)
{
  guint n = 0;

  for (guint i = 0; i < board->places->len; i++)
    n += g_array_index (board->places, Place, i).slot == slot;

  return n;
}

static gboolean
is_open (WayPractice *self)
{
  const WayDeskRecord *board = way_practice_get_board (self);

  return board != NULL && way_practice_get_state (self, board->id) == NULL;
}

static guint
get_room (const WayDeskRecord *slot)
{
  const char *text = way_desk_get_field (slot, "room");
  guint64 room;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT, &room, NULL)
             ? (guint) room
             : G_MAXUINT;
}

static gboolean
read_position (const char *text, guint *position)
{
  guint64 read;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 1, 1000, &read, NULL))
    return FALSE;
  *position = read;

  return TRUE;
}

/* "slot", which is its end, or "slot position". */
static const WayDeskRecord *
split_value (WayPractice *self, const char *value, guint *position)
{
  g_auto (GStrv) parts = NULL;
  guint n;

  if (value == NULL)
    return NULL;
  parts = g_strsplit (value, " ", 3);
  n = g_strv_length (parts);
  *position = G_MAXUINT;
  if (n < 1 || n > 2 || (n == 2 && !read_position (parts[1], position)))
    return NULL;

  return way_practice_find_part (way_practice_get_board (self), "slot", parts[0]);
}

static gboolean
can_place (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const WayDeskRecord *slot;
  const char *before;
  guint position;
  guint is_at = 0;

  if (!is_card (target) || !is_open (self))
    return FALSE;
  slot = split_value (self, value, &position);
  if (slot == NULL)
    return FALSE;
  before = way_practice_get_slot (self, target->id, &is_at);
  if (g_strcmp0 (before, slot->id) == 0)
    return position != is_at && MIN (position, count_in (get_places (self), slot)) != is_at;

  return count_in (get_places (self), slot) < get_room (slot);
}

static GArray *
copy_places (GArray *places)
{
  GArray *copy = g_array_sized_new (FALSE, FALSE, sizeof (Place), places->len);

  return g_array_append_vals (copy, places->data, places->len);
}

static void
put (WayPractice *self, const WayDeskRecord *card, const WayDeskRecord *slot, guint position)
{
  Board *board = get_places (self);
  guint before = find_place (board, card);
  Place place = { card, slot };
  guint n = 0;
  guint i = 0;

  g_ptr_array_add (board->past, copy_places (board->places));
  if (before < board->places->len)
    g_array_remove_index (board->places, before);
  if (slot == NULL)
    return;
  for (; i < board->places->len; i++)
    if (g_array_index (board->places, Place, i).slot == slot && ++n == position)
      break;
  g_array_insert_val (board->places, i, place);
}

/* What a card says of itself follows where it lies, also after undo. */
static void
note_state (WayPractice *self, const WayDeskRecord *card)
{
  const char *slot = way_practice_get_slot (self, card->id, NULL);

  while (way_practice_get_state (self, card->id) != NULL)
    way_practice_pop_state (self, card->id);
  if (slot != NULL)
    way_practice_push_state (self, card->id, "placed", slot);
}

static void
place (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  guint position;
  const WayDeskRecord *slot = split_value (self, value, &position);

  put (self, target, slot, position);
  note_state (self, target);
}

static gboolean
can_move (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  guint position;
  guint is_at;
  const char *slot;

  if (!is_card (target) || !is_open (self) || !read_position (value, &position))
    return FALSE;
  slot = way_practice_get_slot (self, target->id, &is_at);

  return slot != NULL && position != is_at
         && position
                <= count_in (get_places (self),
                             way_practice_find_part (way_practice_get_board (self), "slot", slot));
}

static void
move (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  Board *board = get_places (self);
  guint position = 1;

  read_position (value, &position);
  put (self, target, g_array_index (board->places, Place, find_place (board, target)).slot,
       position);
}

static gboolean
can_remove (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_card (target) && value == NULL && is_open (self)
         && way_practice_get_slot (self, target->id, NULL) != NULL;
}

static void
remove_card (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  put (self, target, NULL, 0);
  note_state (self, target);
}

static gboolean
can_submit (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return target == way_practice_get_board (self) && value == NULL && is_open (self)
         && get_places (self)->places->len > 0;
}

static gboolean
can_undo (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return target == way_practice_get_board (self) && value == NULL
         && (!is_open (self) || get_places (self)->past->len > 0);
}

/* First what was handed in comes back, then each move. */
static void
undo (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  Board *board = get_places (self);
  GPtrArray *records = way_practice_get_records (self);

  if (!is_open (self))
    {
      way_practice_pop_state (self, target->id);
      return;
    }
  g_array_unref (board->places);
  board->places = g_ptr_array_steal_index (board->past, board->past->len - 1);
  for (guint i = 0; i < records->len; i++)
    if (is_card (g_ptr_array_index (records, i)))
      note_state (self, g_ptr_array_index (records, i));
}

/* Cards need a board, and one board is all that a desk can show. */
static gboolean
check (const WayDesk *desk, const WayDeskRecord *record, GError **error)
{
  guint boards = 0;

  for (guint i = 0; i < desk->records->len; i++)
    boards += strcmp (((WayDeskRecord *) desk->records->pdata[i])->type, "board") == 0;
  if (boards != 1)
    return way_practice_fail (desk, record->line, error, "cards need one board, not %u", boards);
  for (guint i = 0; !is_card (record) && i < record->parts->len; i++)
    if (strcmp (((WayDeskRecord *) record->parts->pdata[i])->type, "slot") == 0)
      return TRUE;

  return is_card (record) || way_practice_fail (desk, record->line, error, "a board without slots");
}

static const WayVerb verbs[] = {
  { "place", can_place, NULL, place },
  { "move", can_move, NULL, move },
  { "remove", can_remove, NULL, remove_card },
  { "submit", can_submit, "submitted", NULL },
  { "undo", can_undo, NULL, undo },
  { NULL },
};

const WayPracticeApp way_practice_order_app = {
  .name = "order",
  .tasks = "card",
  .lookups = "board",
  .verbs = verbs,
  .check = check,
};

/**
 * way_practice_get_board:
 *
 * Returns: (nullable) (transfer none): the board, which holds the slots
 */
const WayDeskRecord *
way_practice_get_board (WayPractice *self)
{
  GPtrArray *records;

  g_return_val_if_fail (WAY_IS_PRACTICE (self), NULL);

  records = way_practice_get_records (self);
  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (records, i);

      if (strcmp (record->type, "board") == 0)
        return record;
    }

  return NULL;
}

/**
 * way_practice_dup_placed:
 * @slot: a slot's id
 *
 * Returns: (transfer full): ids of the cards that lie in it, in order
 */
char **
way_practice_dup_placed (WayPractice *self, const char *slot)
{
  g_autoptr (GPtrArray) cards = NULL;
  Board *board;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && slot != NULL, NULL);

  cards = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  board = get_places (self);
  for (guint i = 0; i < board->places->len; i++)
    {
      const Place *at = &g_array_index (board->places, Place, i);

      if (g_strcmp0 (at->slot->id, slot) == 0)
        g_ptr_array_add (cards, g_strdup (at->card->id));
    }

  return (char **) g_ptr_array_free (g_steal_pointer (&cards), FALSE);
}

/**
 * way_practice_dup_tray:
 *
 * Returns: (transfer full): ids of the cards that lie in no slot, in showing order
 */
char **
way_practice_dup_tray (WayPractice *self)
{
  g_autoptr (GPtrArray) cards = NULL;
  GPtrArray *records;

  g_return_val_if_fail (WAY_IS_PRACTICE (self), NULL);

  cards = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  records = way_practice_get_records (self);
  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (records, i);

      if (is_card (record) && way_practice_get_slot (self, record->id, NULL) == NULL)
        g_ptr_array_add (cards, g_strdup (record->id));
    }

  return (char **) g_ptr_array_free (g_steal_pointer (&cards), FALSE);
}

/**
 * way_practice_get_slot:
 * @card: a card's id
 * @position: (out) (optional): its place in the slot, from 1
 *
 * Returns: (nullable) (transfer none): id of the slot it lies in, %NULL for the tray
 */
const char *
way_practice_get_slot (WayPractice *self, const char *card, guint *position)
{
  Board *board;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && card != NULL, NULL);

  board = get_places (self);
  for (guint i = 0; i < board->places->len; i++)
    {
      const Place *at = &g_array_index (board->places, Place, i);
      guint n = 1;

      if (strcmp (at->card->id, card) != 0)
        continue;
      for (guint j = 0; j < i; j++)
        n += g_array_index (board->places, Place, j).slot == at->slot;
      if (position != NULL)
        *position = n;
      return at->slot->id;
    }

  return NULL;
}
