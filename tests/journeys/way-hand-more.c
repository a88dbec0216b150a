/* way-hand-more.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "way-hand-private.h"

#include "fixture.h"

#include <string.h>

/* The other apps: which control does which action. */

/* --- Computer ----------------------------------------------------------------------- */

void
way_hand_act_computer (WayHand *self,
                       const WayDeskRecord *record,
                       const char *action,
                       const char *value)
{
  static const char *const buttons[][2] = {
    { "sign-in", "Sign in as *" },      { "lock", "Lock the screen" },
    { "unlock", "Unlock the screen" },  { "sign-out", "Sign out" },
    { "read", "Look at what is open" }, { "write", "Write the note" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    if (g_str_equal (buttons[i][0], action))
      {
        way_hand_press (self, "button", buttons[i][1]);
        return;
      }
  if (g_str_equal (action, "choose"))
    way_hand_press (self, "button",
                    way_desk_get_field (way_hand_find_part (record, value), "label"));
  else if (way_driver_has (self->journey->driver,
                           (WayThing){ "button", "Come back to the computer", NULL }))
    way_hand_press (self, "button", "Come back to the computer");
  else
    way_hand_press (self, "button", "Go on");
}

/* --- Settings and keys -------------------------------------------------------------- */

void
way_hand_act_settings (WayHand *self,
                       const WayDeskRecord *record,
                       const char *action,
                       const char *value)
{
  g_autofree char *name = NULL;

  if (g_str_equal (action, "keep"))
    {
      way_hand_press (self, "button", "Keep these settings");
      return;
    }
  if (g_str_equal (action, "undo"))
    name = g_strdup_printf ("Undo: %s", way_hand_get_title (record));
  else
    name = g_strdup_printf ("%s: %s", way_hand_get_title (record),
                            way_hand_get_title (way_hand_find_part (record, value)));
  way_hand_press (self, g_str_equal (action, "undo") ? "button" : "radio button", name);
}

void
way_hand_act_keys (WayHand *self,
                   const WayDeskRecord *control,
                   const char *action,
                   const char *value)
{
  const char *kind = way_desk_get_field (control, "kind");

  if (g_str_equal (kind, "window") && self->is_pointer)
    way_hand_press_in (self, "button", "Close", way_hand_get_title (control));
  else if (g_str_equal (kind, "window"))
    way_driver_key (self->journey->driver, "Escape");
  else if (g_str_equal (kind, "choice"))
    way_hand_press_in (self, "radio button",
                       way_hand_get_title (way_hand_find_part (control, value)),
                       way_hand_get_title (control));
  else
    way_hand_press (self, g_str_equal (kind, "check") ? "check box" : "button",
                    way_hand_get_title (control));
}

/* --- Table and chart ---------------------------------------------------------------- */

static guint
find_place (const WayDeskRecord *table, const char *id)
{
  guint place = 0;

  for (guint i = 0; i < table->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (table->parts, i);

      if (!g_str_equal (part->type, "question"))
        continue;
      place++;
      if (g_strcmp0 (part->id, id) == 0)
        return place;
    }
  g_error ("The table has no question “%s”", id);
}

static void
go_to_question (WayHand *self, const WayDeskRecord *table, const char *id)
{
  guint place = find_place (table, id);
  g_autofree char *count = g_strdup_printf ("Question %u of *", place);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (AtspiAccessible) node = way_driver_find (self->journey->driver, "label", count);

      if (node != NULL)
        return;
      for (guint other = 1; other < 20; other++)
        {
          g_autofree char *now = g_strdup_printf ("Question %u of *", other);

          if (!way_driver_has (self->journey->driver, (WayThing){ "label", now, NULL }))
            continue;
          if (other != place)
            way_hand_press (self, "button", other < place ? "Next question" : "Before");
          break;
        }
    }
}

static const char *
get_row_name (const WayDeskRecord *table, const char *id)
{
  const WayDeskRecord *row = way_hand_find_part (table, id);

  for (guint i = 0; i < table->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (table->parts, i);

      if (g_str_equal (part->type, "column"))
        return way_desk_get_field (row, part->id);
    }
  return id;
}

void
way_hand_act_table (WayHand *self,
                    const WayDeskRecord *table,
                    const char *action,
                    const char *value)
{
  g_auto (GStrv) words = g_strsplit (value != NULL ? value : "", "=", 2);
  WayThing turn = { "button", "Show as a table", NULL };
  g_autofree char *name = NULL;

  if (g_str_equal (action, "take"))
    {
      way_hand_press (self, "button", way_hand_get_title (table));
      return;
    }
  if (g_str_equal (action, "sort"))
    {
      g_auto (GStrv) sort = g_strsplit (value, " ", 2);

      name = g_strdup_printf ("*%s*",
                              way_desk_get_field (way_hand_find_part (table, sort[0]), "label"));
      if (way_driver_has (self->journey->driver, turn))
        way_hand_press (self, "button", turn.name);
      way_hand_press (self, "button", name);
      return;
    }
  go_to_question (self, table, words[0]);
  if (g_str_equal (action, "answer"))
    {
      way_hand_type (self, way_desk_get_field (way_hand_find_part (table, words[0]), "text"),
                     words[1]);
      if (self->is_pointer)
        way_hand_press (self, "button", "Give this number");
      else
        way_driver_key (self->journey->driver, "Return");
    }
  else if (g_str_equal (action, "judge"))
    way_hand_press (self, "button",
                    way_desk_get_field (way_hand_find_part (way_hand_find_part (table, words[0]),
                                                            words[1]),
                                        "text"));
  else if (g_str_equal (action, "undo"))
    way_hand_press (self, "button", "Take back");
  else
    {
      if (way_driver_has (self->journey->driver, turn))
        way_hand_press (self, "button", turn.name);
      name = g_strdup_printf ("Pick %s", get_row_name (table, words[1]));
      way_hand_press (self, "button", name);
    }
}

/* --- Conversation ------------------------------------------------------------------- */

static const WayDeskRecord *
find_reply (const WayDeskRecord *talk, const char *id)
{
  for (guint i = 0; i < talk->parts->len; i++)
    {
      const WayDeskRecord *turn = g_ptr_array_index (talk->parts, i);

      for (guint j = 0; j < turn->parts->len; j++)
        if (g_strcmp0 (((WayDeskRecord *) turn->parts->pdata[j])->id, id) == 0)
          return turn->parts->pdata[j];
    }
  g_error ("Nobody can say “%s”", id);
}

void
way_hand_act_talk (WayHand *self, const WayDeskRecord *talk, const char *action, const char *value)
{
  g_autofree char *name = NULL;

  if (g_str_equal (action, "take"))
    {
      WayThing again = { "button", "Take it up again", NULL };

      name = g_strdup_printf ("? · %s · *", way_desk_get_field (talk, "person"));
      way_hand_press (self, "button",
                      way_driver_has (self->journey->driver, again) ? again.name : name);
    }
  else if (g_str_equal (action, "say"))
    {
      name = g_strdup_printf ("Say: %s", way_desk_get_field (find_reply (talk, value), "text"));
      way_hand_press (self, "button", name);
    }
  else if (g_str_equal (action, "go-back"))
    way_hand_press (self, "button", "Take back what I said");
  else
    way_hand_press (self, "button", "End the *");
}

/* --- Viewer ------------------------------------------------------------------------- */

static const WayDeskRecord *
get_scene (WayHand *self)
{
  GPtrArray *records = way_practice_get_records (self->practice);

  for (guint i = 0; i < records->len; i++)
    if (g_str_equal (((WayDeskRecord *) records->pdata[i])->type, "scene"))
      return records->pdata[i];
  g_error ("There is no scene");
}

/* A place that is open shows its button to mark it. */
void
way_hand_act_inspect (WayHand *self,
                      const WayDeskRecord *place,
                      const char *action,
                      const char *value)
{
  const char *title = way_hand_get_title (place);
  g_autofree char *row = g_strdup_printf ("%s*", title);
  gboolean is_marking = g_str_equal (action, "mark") || g_str_equal (action, "unmark");

  if (is_marking && !self->is_pointer)
    {
      way_hand_key (self, "list item", row, "m");
      return;
    }
  if (g_str_equal (action, "look") || self->message != place)
    way_hand_press (self, "list item", row);
  self->message = place;
  /* The Tab key goes from a row into what is in it. */
  if (!self->is_pointer)
    way_driver_reach (self->journey->driver, (WayThing){ "list item", row, NULL });
  if (is_marking)
    way_hand_press_in (self, "button",
                       g_str_equal (action, "mark") ? "Mark as wrong" : "Take the mark away", row);
  else if (g_str_equal (action, "say-why"))
    way_hand_press_in (self, "radio button",
                       way_desk_get_field (way_hand_find_part (get_scene (self), value), "text"),
                       row);
}

/* --- Electronic record -------------------------------------------------------------- */

static const char *
get_screen_name (const char *screen)
{
  static const char *const names[][2] = { { "jobs", "Tasks (*" },
                                          { "orders", "Orders (*" },
                                          { "results", "Results (*" },
                                          { "letters", "Documents (*" } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i][0], screen))
      return names[i][1];
  return screen;
}

/* The same test may be there twice, of two days. */
static void
act_part (WayHand *self, const WayDeskRecord *chart, const char *words, const char *id)
{
  const WayDeskRecord *part = way_hand_find_part (chart, id);
  g_autofree char *name = g_strdup_printf ("%s: %s", words, way_desk_get_field (part, "title"));

  way_hand_press_thing (self,
                        (WayThing){ "button", name, NULL, way_desk_get_field (part, "when") });
}

void
way_hand_act_record (WayHand *self,
                     const WayDeskRecord *record,
                     const char *action,
                     const char *value)
{
  static const char *const parts[][2] = {
    { "look", "Open" },         { "acknowledge", "Acknowledge" }, { "sign", "Sign" },
    { "complete", "Tick off" }, { "undo", "Take back" },
  };
  g_autofree char *name = NULL;

  for (guint i = 0; value != NULL && i < G_N_ELEMENTS (parts); i++)
    if (g_str_equal (parts[i][0], action))
      {
        act_part (self, record, parts[i][1], value);
        return;
      }
  if (g_str_equal (action, "open"))
    {
      name = g_strdup_printf ("Open the record of %s, born %s", way_desk_get_field (record, "name"),
                              way_desk_get_field (record, "dob"));
      way_hand_press (self, "button", name);
    }
  else if (g_str_equal (action, "check"))
    {
      name = g_strdup_printf ("Compare: %s", way_hand_get_identifier_name (value));
      way_hand_press (self, "button", name);
    }
  else if (g_str_equal (action, "go"))
    way_hand_press (self, "button", get_screen_name (value));
  else if (g_str_equal (action, "close"))
    way_hand_press (self, "button", "Close this record");
  else if (g_str_equal (action, "answer"))
    way_hand_press (self, "button",
                    way_desk_get_field (way_hand_find_part (record, value), "text"));
  else if (g_str_equal (action, "done"))
    way_hand_press (self, "button", "This is done");
  else if (g_str_equal (action, "undo"))
    way_hand_press (self, "button", "Take back");
  else
    {
      const WayDeskRecord *now = way_practice_get_current_in (self->practice, "record");
      guint to = 0, at = 0;

      g_ptr_array_find (way_practice_get_records (self->practice), record, &to);
      g_ptr_array_find (way_practice_get_records (self->practice), now, &at);
      way_hand_press (self, "button", now == NULL || to > at ? "Next" : "Before");
    }
}

/* --- Files -------------------------------------------------------------------------- */

static const char *
get_folder_name (WayHand *self, const char *id)
{
  const WayDeskRecord *folder = way_practice_find_record (self->practice, id);

  return folder != NULL ? way_hand_get_title (folder) : g_str_equal (id, "bin") ? "Bin" : id;
}

/* Found by its name, wherever it lies. */
static void
find_file (WayHand *self, const WayDeskRecord *file)
{
  g_autofree char *row = g_strdup_printf ("%s*", way_hand_get_title (file));

  if (self->message == file)
    return;
  way_hand_type (self, "Find in names and contents", way_hand_get_title (file));
  /* Enter leads on to what was found. */
  way_driver_key (self->journey->driver, "Return");
  way_hand_press (self, "list item", row);
  self->message = file;
}

static void
act_version (WayHand *self, const char *words, const WayDeskRecord *version)
{
  g_autofree char *name = g_strdup_printf ("%s the version of %s*", words,
                                           way_desk_get_field (version, "changed"));

  way_hand_press (self, "button", name);
}

void
way_hand_act_files (WayHand *self,
                    const WayDeskRecord *record,
                    const char *action,
                    const char *value)
{
  g_autofree char *name = NULL;

  if (g_str_equal (action, "take"))
    {
      name = g_strdup_printf ("? · %s · *", way_hand_get_title (record));
      way_hand_press (self, "button", name);
    }
  else if (g_str_equal (action, "search"))
    {
      way_hand_type (self, "Find in names and contents", value);
      way_driver_key (self->journey->driver, "Return");
    }
  else if (g_str_equal (action, "make-folder"))
    {
      way_hand_press (self, "list item", way_hand_get_title (record));
      way_hand_type (self, "Name of a new folder", value);
      if (self->is_pointer)
        way_hand_press (self, "button", "New folder here");
      else
        way_driver_key (self->journey->driver, "Return");
    }
  else if (g_str_equal (action, "pick"))
    {
      if (way_practice_get_current_in (self->practice, "files") != record)
        {
          name = g_strdup_printf ("? · %s · *", way_hand_get_title (record));
          way_hand_press (self, "button", name);
        }
      find_file (self, way_practice_find_record (self->practice, value));
      way_hand_press (self, "button", "This is the one");
    }
  else if (g_str_equal (action, "undo"))
    way_hand_press (self, "button", "Undo");
  else
    find_file (self, record);
  if (g_str_equal (action, "move"))
    {
      name = g_strdup_printf ("Move to %s", get_folder_name (self, value));
      way_hand_press (self, "button", name);
    }
  else if (g_str_equal (action, "rename"))
    {
      way_hand_type (self, "Name of the file", value);
      if (self->is_pointer)
        way_hand_press (self, "button", "Rename");
      else
        way_driver_key (self->journey->driver, "Return");
    }
  else if (g_str_equal (action, "look-version"))
    act_version (self, "Look at", way_hand_find_part (record, value));
  else if (g_str_equal (action, "restore"))
    act_version (self, "Bring back", way_hand_find_part (record, value));
  else if (g_str_equal (action, "mark-final"))
    way_hand_press (self, "button", "Mark as final");
}
