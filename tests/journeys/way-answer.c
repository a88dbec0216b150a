/* way-answer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "way-journey.h"
#include "way-reach.h"

#include "assessment/way-scoring.h"

#include <string.h>

/* Answers the question on the screen as the pack says is right, with the same buttons,
 * menus and keys that a person has. */

/* What a text says, without how it is set: letters and digits alone. */
static char *
dup_letters (const char *text)
{
  GString *letters = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_len (letters, p, g_utf8_next_char (p) - p);
  /* What is to be filled in is read out as “blank”. */
  g_string_replace (letters, "blank", "", 0);
  return g_string_free (letters, FALSE);
}

static char *
dup_item_letters (const WayItem *item)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *body = way_node_dup_text (item->body);

  g_string_append (text, body);
  for (guint i = 0; i < item->interactions->len; i++)
    {
      const WayInteraction *interaction = g_ptr_array_index (item->interactions, i);
      g_autofree char *prompt = way_node_dup_text (interaction->prompt);

      g_string_append (text, prompt);
    }
  return dup_letters (text->str);
}

static void
add_items (WayJourney *self, GPtrArray *ids)
{
  GPtrArray *baseline = way_pack_get_baseline (self->pack);
  GPtrArray *modules = way_pack_get_modules (self->pack);

  for (guint i = 0; i < baseline->len; i++)
    g_ptr_array_add (ids, ((WayBaselineItem *) g_ptr_array_index (baseline, i))->id);
  for (guint i = 0; i < modules->len; i++)
    {
      const WayModule *module = g_ptr_array_index (modules, i);

      for (guint j = 0; j < module->check->len; j++)
        g_ptr_array_add (ids, ((WayCheckItem *) g_ptr_array_index (module->check, j))->id);
    }
}

/* How many of an item's choices are on the screen. */
static guint
count_choices (const WayItem *item, GHashTable *shown)
{
  guint n = 0;

  for (guint i = 0; i < item->interactions->len; i++)
    {
      const WayInteraction *interaction = g_ptr_array_index (item->interactions, i);

      for (guint j = 0; interaction->choices != NULL && j < interaction->choices->len; j++)
        {
          const WayChoice *choice = g_ptr_array_index (interaction->choices, j);
          g_autofree char *text = choice->content != NULL ? way_node_dup_text (choice->content)
                                                          : g_strdup ("");
          g_autofree char *letters = dup_letters (text);

          n += g_hash_table_contains (shown, letters);
        }
    }
  return n;
}

/* Some ask for the same with other choices. */
static WayItem *
look_for_question (WayJourney *self)
{
  g_autoptr (WayItem) best = NULL;
  guint most = 0;
  g_autoptr (GPtrArray) names = way_driver_list_names (self->driver);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GHashTable) shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < names->len; i++)
    g_hash_table_add (shown, dup_letters (g_ptr_array_index (names, i)));
  add_items (self, ids);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (WayItem) item = way_pack_load_item (self->pack, g_ptr_array_index (ids, i), NULL);
      g_autofree char *letters = item != NULL ? dup_item_letters (item) : g_strdup ("");

      guint n;

      if (*letters == '\0' || !g_hash_table_contains (shown, letters))
        continue;
      n = count_choices (item, shown);
      if (best != NULL && n <= most)
        continue;
      g_clear_pointer (&best, way_item_unref);
      best = g_steal_pointer (&item);
      most = n;
    }
  return g_steal_pointer (&best);
}

/**
 * way_journey_find_question:
 *
 * Finds out which question of the pack is on the screen, by its words. They may come a moment
 * after its number.
 *
 * Returns: (transfer full) (nullable): it
 */
WayItem *
way_journey_find_question (WayJourney *self)
{
  WayItem *item = look_for_question (self);

  for (guint tries = 0; item == NULL && tries < 50; tries++)
    {
      g_usleep (100 * 1000);
      item = look_for_question (self);
    }
  return item;
}

static const WayChoice *
find_choice (GPtrArray *choices, const char *id)
{
  for (guint i = 0; i < choices->len; i++)
    {
      const WayChoice *choice = g_ptr_array_index (choices, i);

      if (g_str_equal (choice->id, id))
        return choice;
    }
  g_error ("The pack has no choice “%s”", id);
}

static char *
dup_choice_letters (GPtrArray *choices, const char *id)
{
  g_autofree char *text = way_node_dup_text (find_choice (choices, id)->content);

  return dup_letters (text);
}

/* The node whose name says this, after something that all of them begin with. */
static AtspiAccessible *
find_by_letters (GPtrArray *nodes, const char *before, const char *letters, guint *place)
{
  for (guint i = 0; i < nodes->len; i++)
    {
      g_autofree char *name = way_node_dup_name (g_ptr_array_index (nodes, i));
      g_autofree char *found = NULL;
      const char *rest = name;

      if (before != NULL)
        rest = g_str_has_prefix (name, before) ? name + strlen (before) : "";
      found = dup_letters (rest);
      if (place != NULL)
        *place = i;
      if (g_str_equal (found, letters))
        return g_ptr_array_index (nodes, i);
    }
  return NULL;
}

/* As a person with a pointer does, or one with the keyboard alone. */
static void
press_found (WayJourney *self, AtspiAccessible *node)
{
  g_autofree char *name = way_node_dup_name (node);
  g_autofree char *role = atspi_accessible_get_role_name (node, NULL);
  gboolean is_button = g_strcmp0 (role, "push button") == 0 || g_strcmp0 (role, "button") == 0;

  if (!self->is_by_keys)
    {
      way_driver_press_node (self->driver, node);
      return;
    }
  way_driver_reach (self->driver, (WayThing){ is_button ? "button" : "*", name, NULL });
  /* Enter would answer where it does not press. */
  way_driver_key (self->driver, is_button || strstr (role, "menu") != NULL ? "Return" : "space");
}

/* By the number keys: the choices stand in the order that was drawn for the sitting. */
static void
answer_choice (WayJourney *self, const WayInteraction *interaction, const WayValue *correct)
{
  const char *role = interaction->max_choices == 1 ? "radio button" : "check box";

  for (guint i = 0; i < correct->texts->len; i++)
    {
      g_autofree char *letters = dup_choice_letters (interaction->choices,
                                                     g_ptr_array_index (correct->texts, i));
      g_autoptr (GPtrArray) rows = way_driver_find_all (self->driver, role, "*");
      g_autofree char *name = NULL;
      g_autofree char *key = NULL;
      guint place;
      AtspiAccessible *row = find_by_letters (rows, NULL, letters, &place);

      if (row == NULL)
        way_driver_fail (self->driver, "There is no choice “%s”", letters);
      name = way_node_dup_name (row);
      key = g_strdup_printf ("%u", place + 1);
      way_driver_key (self->driver, key);
      way_driver_wait_state (self->driver, role, name, ATSPI_STATE_CHECKED, TRUE);
    }
}

/* Waits until this stands at a place of the list, and says where it stands now. */
static guint
find_row (WayJourney *self, const char *letters, guint n)
{
  g_autoptr (GPtrArray) rows = way_driver_find_all (self->driver, "list item", "* of *: *");

  for (guint place = 0; place < n; place++)
    {
      g_autofree char *before = g_strdup_printf ("%u of %u: ", place + 1, n);

      if (find_by_letters (rows, before, letters, NULL) != NULL)
        return place;
    }
  way_driver_fail (self->driver, "“%s” is not in the list", letters);
}

/* With the keyboard: Tab to the list, arrows to a row, Alt and arrows to move it. */
static void
answer_order (WayJourney *self, const WayInteraction *interaction, const WayValue *correct)
{
  guint n = correct->texts->len;
  g_autofree char *first = g_strdup_printf ("1 of %u: *", n);
  guint at = 0;

  way_driver_focus (self->driver, "list item", first);
  for (guint target = 0; target < n; target++)
    {
      g_autofree char *letters = dup_choice_letters (interaction->choices,
                                                     g_ptr_array_index (correct->texts, target));
      guint place = find_row (self, letters, n);

      for (; at < place; at++)
        way_driver_key (self->driver, "Down");
      for (; at > place; at--)
        way_driver_key (self->driver, "Up");
      for (; at > target; at--)
        way_driver_key (self->driver, "Alt+Up");
      for (guint tries = 0; find_row (self, letters, n) != target; tries++)
        {
          if (tries > 50)
            way_driver_fail (self->driver, "“%s” does not come to place %u", letters, target + 1);
          g_usleep (100 * 1000);
        }
    }
}

/* Chooses a line from the menu of a slot, which is named after what it is for. */
static void
choose_from_menu (WayJourney *self, AtspiAccessible *slot, GPtrArray *choices, const char *id)
{
  g_autofree char *letters = dup_choice_letters (choices, id);

  press_found (self, slot);
  g_object_unref (way_driver_wait (self->driver, "*", "Leave empty"));
  for (guint tries = 0;; tries++)
    {
      static const char *const ROLES[] = { "menu item",    "radio menu item", "check menu item",
                                           "radio button", "check box",       "push button" };

      for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++)
        {
          g_autoptr (GPtrArray) lines = way_driver_find_all (self->driver, ROLES[i], "*");
          AtspiAccessible *line = find_by_letters (lines, NULL, letters, NULL);

          if (line != NULL)
            {
              press_found (self, line);
              way_driver_wait_gone (self->driver, "*", "Leave empty");
              return;
            }
        }
      if (tries > 20)
        way_driver_fail (self->driver, "The menu has no “%s”", letters);
      g_usleep (100 * 1000);
    }
}

static void
answer_match (WayJourney *self, const WayInteraction *interaction, const WayValue *correct)
{
  for (guint i = 0; i < correct->texts->len; i++)
    {
      g_auto (GStrv) pair = g_strsplit (g_ptr_array_index (correct->texts, i), " ", 2);
      g_autofree char *line = dup_choice_letters (interaction->choices, pair[0]);
      g_autofree char *letters = g_strconcat (line, "Nowempty", NULL);
      g_autoptr (GPtrArray) slots = way_driver_find_all (self->driver, "*", "Put into: *");
      AtspiAccessible *slot = find_by_letters (slots, "Put into: ", letters, NULL);

      if (slot == NULL)
        way_driver_fail (self->driver, "There is no place for “%s”", line);
      choose_from_menu (self, slot, interaction->targets, pair[1]);
    }
}

/* The pieces go into the gaps in order. */
static void
answer_gap (WayJourney *self, const WayInteraction *interaction, const WayValue *correct)
{
  for (guint gap = 0; gap < interaction->targets->len; gap++)
    {
      const WayChoice *target = g_ptr_array_index (interaction->targets, gap);

      for (guint i = 0; i < correct->texts->len; i++)
        {
          g_auto (GStrv) pair = g_strsplit (g_ptr_array_index (correct->texts, i), " ", 2);
          g_autofree char *filled = NULL;
          g_autofree char *letters = NULL;
          g_autoptr (GPtrArray) pieces = NULL;
          AtspiAccessible *piece;

          if (g_strcmp0 (pair[1], target->id) != 0)
            continue;
          letters = dup_choice_letters (interaction->choices, pair[0]);
          pieces = way_driver_find_all (self->driver, "button", "*");
          piece = find_by_letters (pieces, NULL, letters, NULL);
          if (piece == NULL)
            way_driver_fail (self->driver, "There is no piece “%s”", letters);
          press_found (self, piece);
          filled = g_strdup_printf ("Gap %u: *Now: ?*", gap + 1);
          g_object_unref (way_driver_wait (self->driver, "*", filled));
          for (guint tries = 0; tries < 50; tries++)
            {
              g_autofree char *empty = g_strdup_printf ("Gap %u: *Now: empty", gap + 1);
              g_autoptr (AtspiAccessible) node = way_driver_find (self->driver, "*", empty);

              if (node == NULL)
                break;
              g_usleep (100 * 1000);
            }
        }
    }
}

/* Words of a text, each a button of its own. */
static void
answer_hottext (WayJourney *self, const WayInteraction *interaction, const WayValue *value)
{
  for (guint i = 0; i < value->texts->len; i++)
    {
      g_autofree char *letters = dup_choice_letters (interaction->choices,
                                                     g_ptr_array_index (value->texts, i));
      g_autoptr (GPtrArray) nodes = way_driver_find_all (self->driver, "*", "*");
      g_autoptr (GPtrArray) words = g_ptr_array_new ();
      AtspiAccessible *word;

      for (guint n = 0; n < nodes->len; n++)
        {
          g_autofree char *name = atspi_accessible_get_role_name (nodes->pdata[n], NULL);

          /* GTK 4.8 says of a button that stays down that it is a button. */
          if (g_strcmp0 (name, "toggle button") == 0 || g_strcmp0 (name, "push button") == 0)
            g_ptr_array_add (words, nodes->pdata[n]);
        }
      word = find_by_letters (words, NULL, letters, NULL);
      if (word == NULL)
        way_driver_fail (self->driver, "There are no words “%s”", letters);
      press_found (self, word);
    }
}

/* The menu of a gap in a line: of several it says which it is. */
static AtspiAccessible *
find_inline (WayJourney *self, WayItem *item, const WayInteraction *interaction)
{
  g_autofree char *name = NULL;
  guint n = 0, place = 0;

  for (guint i = 0; i < item->interactions->len; i++)
    {
      const WayInteraction *other = g_ptr_array_index (item->interactions, i);

      n += way_interaction_is_inline (other) ? 1 : 0;
      if (other == interaction)
        place = n;
    }
  name = n > 1 ? g_strdup_printf ("Gap %u of %u: *Now: empty", place, n)
               : g_strdup ("Choose: *Now: empty");

  return way_driver_wait (self->driver, "*", name);
}

/**
 * way_journey_answer:
 * @item: the question that is on the screen
 *
 * Fills in what the pack says is right. To answer it is left to the journey.
 */
void
way_journey_answer (WayJourney *self, WayItem *item)
{
  g_autoptr (GHashTable) correct = way_scoring_dup_correct (item);

  if (correct == NULL)
    way_driver_fail (self->driver, "The pack does not say what is right in %s", item->id);
  for (guint i = 0; i < item->interactions->len; i++)
    {
      const WayInteraction *interaction = g_ptr_array_index (item->interactions, i);
      const WayValue *value = g_hash_table_lookup (correct, interaction->response);

      if (way_value_is_null (value))
        continue;
      switch (interaction->type)
        {
        case WAY_INTERACTION_CHOICE:
          answer_choice (self, interaction, value);
          break;
        case WAY_INTERACTION_ORDER:
          answer_order (self, interaction, value);
          break;
        case WAY_INTERACTION_MATCH:
          answer_match (self, interaction, value);
          break;
        case WAY_INTERACTION_GAP_MATCH:
          answer_gap (self, interaction, value);
          break;
          case WAY_INTERACTION_INLINE_CHOICE: {
            g_autoptr (AtspiAccessible) slot = find_inline (self, item, interaction);

            choose_from_menu (self, slot, interaction->choices, way_value_get_text (value));
            break;
          }
        case WAY_INTERACTION_HOTTEXT:
          answer_hottext (self, interaction, value);
          break;
        case WAY_INTERACTION_TEXT_ENTRY:
        case WAY_INTERACTION_EXTENDED_TEXT:
        default:
          if (self->is_by_keys)
            {
              way_driver_reach (self->driver, (WayThing){ "text", "*", NULL });
              way_driver_type (self->driver, way_value_get_text (value));
            }
          else
            way_driver_set_text (self->driver, "text", "*", way_value_get_text (value));
        }
    }
}
