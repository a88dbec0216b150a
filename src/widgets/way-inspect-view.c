/* way-inspect-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-inspect-view.h"

#include "practice/way-practice-inspect.h"
#include "widgets/way-compat.h"
#include "widgets/way-desk-parts.h"
#include "widgets/way-desk-words.h"
#include "widgets/way-scene-view.h"
#include "widgets/way-split.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>
#include <string.h>

#define FOLD_WIDTH 560
#define LEAST_LIST 140 /* pixels: of the list under a long page */

/* The invented viewer of a practice desk: a picture or a page, and beside it a list of
 * everything in it. Both open the same places, and a place that is open can be marked. */
struct _WayInspectView
{
  GtkWidget parent_instance;

  WayPractice *practice;      /* (owned) */
  WayPack *pack;              /* (owned) (nullable) */
  const WayDeskRecord *scene; /* (nullable) the one that shows */
  const WayDeskRecord *place; /* (nullable) the one that is open */

  GtkWidget *box;
  GtkWidget *scenes; /* one button a scene, where there are several */
  GtkWidget *split;
  GtkWidget *stage;
  GtkWidget *view; /* (nullable) the scene */
  GtkWidget *list;
  GtkWidget *title;
};

G_DEFINE_FINAL_TYPE (WayInspectView, way_inspect_view, GTK_TYPE_WIDGET)

static const WayDeskRecord *
get_place (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "desk-place");
}

static GtkWidget *
get_part (GtkWidget *row, const char *name)
{
  return g_object_get_data (G_OBJECT (row), name);
}

static gboolean
is_marked (WayInspectView *self, const WayDeskRecord *place)
{
  return way_practice_get_state (self->practice, place->id) != NULL;
}

static GtkWidget *
find_row (WayInspectView *self, const WayDeskRecord *place)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (get_place (row) == place)
      return row;

  return NULL;
}

/* --- One place ---------------------------------------------------------------------- */

static void
mark (WayInspectView *self, const WayDeskRecord *place)
{
  gboolean was_marked = is_marked (self, place);

  if (way_practice_do (self->practice, was_marked ? "unmark" : "mark", place->id, NULL))
    way_compat_announce (GTK_WIDGET (self), was_marked ? _ ("Not marked any more") : _ ("Marked"));
}

static void
mark_clicked_cb (WayInspectView *self, GtkWidget *button)
{
  mark (self, get_place (button));
}

static void
reason_clicked_cb (WayInspectView *self, GtkWidget *button)
{
  const WayDeskRecord *reason = g_object_get_data (G_OBJECT (button), "desk-reason");

  way_practice_do (self->practice, "say-why", get_place (button)->id, reason->id);
}

static GtkWidget *
new_reason (WayInspectView *self, const WayDeskRecord *place, const WayDeskRecord *reason)
{
  const char *text = way_desk_get_field (reason, "text");
  GtkWidget *button = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_RADIO, NULL);

  gtk_button_set_child (GTK_BUTTON (button), way_desk_text_new (text, NULL));
  gtk_widget_add_css_class (button, "desk-option");
  way_compat_name (button, text);
  g_object_set_data (G_OBJECT (button), "desk-place", (gpointer) place);
  g_object_set_data (G_OBJECT (button), "desk-reason", (gpointer) reason);
  g_signal_connect_object (button, "clicked", G_CALLBACK (reason_clicked_cb), self,
                           G_CONNECT_SWAPPED);

  return button;
}

/* The same reasons for every place, so that they tell nothing about this one. */
static GtkWidget *
new_reasons (WayInspectView *self, const WayDeskRecord *place)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                 6, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);

  way_compat_name (box, _ ("What is wrong with it?"));
  gtk_box_append (GTK_BOX (box), way_desk_text_new (_ ("What is wrong with it?"), "heading"));
  for (guint i = 0; i < self->scene->parts->len; i++)
    {
      const WayDeskRecord *reason = g_ptr_array_index (self->scene->parts, i);

      if (strcmp (reason->type, "reason") == 0)
        gtk_box_append (GTK_BOX (box), new_reason (self, place, reason));
    }

  return box;
}

static gboolean
has_reasons (WayInspectView *self)
{
  for (guint i = 0; i < self->scene->parts->len; i++)
    if (strcmp (((const WayDeskRecord *) self->scene->parts->pdata[i])->type, "reason") == 0)
      return TRUE;

  return FALSE;
}

static GtkWidget *
new_look (WayInspectView *self, const WayDeskRecord *place)
{
  GtkWidget *look = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *button = way_desk_button_new (_ ("_Mark as wrong"));
  g_autofree char *text = place->content != NULL ? way_node_dup_text (place->content)
                                                 : g_strdup ("");

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, _ ("Mark, or take the mark away: key M"));
  g_object_set_data (G_OBJECT (button), "desk-place", (gpointer) place);
  g_signal_connect_object (button, "clicked", G_CALLBACK (mark_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (look), way_desk_text_new (g_strstrip (text), NULL));
  gtk_box_append (GTK_BOX (look), button);
  g_object_set_data (G_OBJECT (look), "desk-mark", button);
  if (has_reasons (self))
    {
      GtkWidget *reasons = new_reasons (self, place);

      gtk_box_append (GTK_BOX (look), reasons);
      g_object_set_data (G_OBJECT (look), "desk-reasons", reasons);
    }

  return look;
}

static void
activate_row_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_widget_activate (user_data);
}

static void
mark_row_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWidget *view = gtk_widget_get_ancestor (user_data, WAY_TYPE_INSPECT_VIEW);

  if (view != NULL)
    mark (WAY_INSPECT_VIEW (view), get_place (user_data));
}

static GtkWidget *
new_row (WayInspectView *self, const WayDeskRecord *place)
{
  static const GActionEntry entries[] = { { .name = "activate", .activate = activate_row_cb },
                                          { .name = "mark", .activate = mark_row_cb } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *state = way_desk_text_new (_ ("Marked"), "caption-heading");
  GtkWidget *label = way_desk_text_new (way_desk_get_title (place), NULL);
  GtkWidget *look = new_look (self, place);

  way_compat_hide (icon);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (state, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (head), icon);
  gtk_box_append (GTK_BOX (head), state);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), look);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), row);
  gtk_widget_insert_action_group (row, "row", G_ACTION_GROUP (group));
  g_object_set_data (G_OBJECT (row), "desk-place", (gpointer) place);
  g_object_set_data (G_OBJECT (row), "desk-icon", icon);
  g_object_set_data (G_OBJECT (row), "desk-state", state);
  g_object_set_data (G_OBJECT (row), "desk-look", look);

  return row;
}

static void
update_reasons (WayInspectView *self, GtkWidget *reasons, const WayDeskRecord *place)
{
  const char *said = way_practice_get_state_value (self->practice, place->id);

  for (GtkWidget *button = gtk_widget_get_first_child (reasons); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    {
      const WayDeskRecord *reason = g_object_get_data (G_OBJECT (button), "desk-reason");
      gboolean is_on = reason != NULL && g_strcmp0 (reason->id, said) == 0;

      if (reason == NULL)
        continue;
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), is_on);
      gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_CHECKED,
                                   is_on ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                         : GTK_ACCESSIBLE_TRISTATE_FALSE,
                                   -1);
    }
}

static void
update_row (WayInspectView *self, GtkWidget *row)
{
  const WayDeskRecord *place = get_place (row);
  GtkWidget *look = get_part (row, "desk-look");
  GtkWidget *button = get_part (look, "desk-mark");
  GtkWidget *reasons = get_part (look, "desk-reasons");
  gboolean is_open = place == self->place;
  gboolean is_on = is_marked (self, place);
  g_autofree char *text = way_node_dup_text (place->content);
  /* Translators: a thing in a picture, and that it is marked. */
  g_autofree char *marked = g_strdup_printf (_ ("%s, marked"), way_desk_get_title (place));

  gtk_widget_set_visible (look, is_open);
  gtk_widget_set_visible (get_part (row, "desk-icon"), is_on);
  gtk_widget_set_visible (get_part (row, "desk-state"), is_on);
  gtk_button_set_label (GTK_BUTTON (button),
                        is_on ? _ ("Take the _mark away") : _ ("_Mark as wrong"));
  way_desk_button_tidy (button);
  if (reasons != NULL)
    {
      gtk_widget_set_visible (reasons, is_on);
      update_reasons (self, reasons, place);
    }
  way_compat_name (row, is_on ? marked : way_desk_get_title (place));
  way_compat_describe (row, is_open ? g_strstrip (text) : NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED, is_open, -1);
}

static void
update (WayInspectView *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    update_row (self, row);
  if (self->view != NULL)
    way_scene_view_show (WAY_SCENE_VIEW (self->view), self->place != NULL ? self->place->id : NULL);
}

/* Looking is done once each time that a place is opened. */
static void
open_place (WayInspectView *self, const WayDeskRecord *place)
{
  GtkWidget *row = find_row (self, place);

  if (row == NULL)
    return;
  if (self->place != place)
    {
      self->place = place;
      gtk_list_box_select_row (GTK_LIST_BOX (self->list), GTK_LIST_BOX_ROW (row));
      way_practice_do (self->practice, "look", place->id, NULL);
    }
  update (self);
  gtk_widget_grab_focus (row);
}

static void
row_activated_cb (WayInspectView *self, GtkListBoxRow *row)
{
  open_place (self, get_place (GTK_WIDGET (row)));
}

/* In the picture the first press opens a place and the second marks it. */
static void
place_cb (WayInspectView *self, const char *id)
{
  const WayDeskRecord *place = way_practice_find_record (self->practice, id);

  if (place == self->place)
    mark (self, place);
  open_place (self, place);
}

/* --- Scenes ------------------------------------------------------------------------- */

static GPtrArray *
dup_scenes (WayInspectView *self)
{
  GPtrArray *records = way_practice_get_records (self->practice);
  GPtrArray *scenes = g_ptr_array_new ();

  for (guint i = 0; i < records->len; i++)
    if (way_scene_is (g_ptr_array_index (records, i)))
      g_ptr_array_add (scenes, g_ptr_array_index (records, i));

  return scenes;
}

static void
build_scene (WayInspectView *self)
{
  GPtrArray *records = way_practice_get_records (self->practice);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  if (self->view != NULL)
    gtk_box_remove (GTK_BOX (self->stage), self->view);
  self->view = NULL;
  self->place = NULL;
  if (self->scene == NULL)
    return;

  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *place = g_ptr_array_index (records, i);

      if (way_place_is (place) && way_practice_get_scene (self->practice, place) == self->scene)
        gtk_list_box_append (GTK_LIST_BOX (self->list), new_row (self, place));
    }
  self->view = way_scene_view_new (self->practice, self->scene, self->pack);
  g_signal_connect_object (self->view, "place", G_CALLBACK (place_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->stage), self->view);
  gtk_label_set_label (GTK_LABEL (self->title), way_scene_is_picture (self->scene)
                                                    ? _ ("Everything in this picture")
                                                    : _ ("Everything on this page"));
  way_compat_name (self->list, gtk_label_get_label (GTK_LABEL (self->title)));
  update (self);
}

static void
scene_clicked_cb (WayInspectView *self, GtkWidget *button)
{
  self->scene = g_object_get_data (G_OBJECT (button), "desk-scene");
  build_scene (self);
  for (GtkWidget *child = gtk_widget_get_first_child (self->scenes); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (child),
                                  g_object_get_data (G_OBJECT (child), "desk-scene")
                                      == self->scene);
}

static void
build_scenes (WayInspectView *self)
{
  g_autoptr (GPtrArray) scenes = dup_scenes (self);

  self->scene = scenes->len > 0 ? g_ptr_array_index (scenes, 0) : NULL;
  gtk_widget_set_visible (self->scenes, scenes->len > 1);
  for (guint i = 0; scenes->len > 1 && i < scenes->len; i++)
    {
      WayDeskRecord *scene = g_ptr_array_index (scenes, i);
      /* Translators: the number of a page or picture, and what it is called. */
      g_autofree char *label = g_strdup_printf (_ ("%u · %s"), i + 1, way_desk_get_title (scene));
      GtkWidget *button = gtk_toggle_button_new_with_label (label);

      way_desk_button_tidy (button);
      gtk_widget_add_css_class (button, "desk-option");
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), scene == self->scene);
      g_object_set_data (G_OBJECT (button), "desk-scene", scene);
      g_signal_connect_object (button, "clicked", G_CALLBACK (scene_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      way_wrap_box_append (WAY_WRAP_BOX (self->scenes), button);
    }
}

static void
done_cb (WayInspectView *self, const char *action, const char *target, const char *value)
{
  if (target != NULL && way_place_is (way_practice_find_record (self->practice, target)))
    update (self);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint key,
                guint code,
                GdkModifierType state,
                gpointer user_data)
{
  WayInspectView *self = user_data;
  GtkWidget *row = gtk_widget_get_focus_child (self->list);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 || key != GDK_KEY_m
      || row == NULL)
    return GDK_EVENT_PROPAGATE;
  mark (self, get_place (row));

  return GDK_EVENT_STOP;
}

/* --- Making it ---------------------------------------------------------------------- */

static GtkWidget *
new_scroll (GtkWidget *child)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), child);
  gtk_widget_set_vexpand (scroll, TRUE);

  return scroll;
}

static GtkWidget *
build_stage (WayInspectView *self)
{
  GtkWidget *scroll;

  self->stage = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->stage, "desk-message");
  scroll = new_scroll (self->stage);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_widget_add_css_class (scroll, "desk-list-pane");

  return scroll;
}

static GtkWidget *
build_list (WayInspectView *self)
{
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroll;

  self->title = way_desk_heading_new (NULL, "heading");
  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->title, "desk-tools");
  gtk_widget_add_css_class (self->list, "desk-list");
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (inside), self->title);
  gtk_box_append (GTK_BOX (inside), self->list);
  scroll = new_scroll (inside);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroll), LEAST_LIST);

  return scroll;
}

static void
way_inspect_view_init (WayInspectView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *stage = build_stage (self);
  GtkWidget *list = build_list (self);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->scenes = way_wrap_box_new (6, 6);
  /* Half of the width: no more than that is ever given to the first. */
  self->split = g_object_new (WAY_TYPE_SPLIT, "fold-width", FOLD_WIDTH, "start-width", 4096,
                              "start", stage, "end", list, "vexpand", TRUE, NULL);
  gtk_widget_add_css_class (self->scenes, "desk-tools");
  gtk_box_append (GTK_BOX (self->box), self->scenes);
  gtk_box_append (GTK_BOX (self->box), self->split);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
way_inspect_view_dispose (GObject *object)
{
  WayInspectView *self = WAY_INSPECT_VIEW (object);

  if (self->practice != NULL)
    g_signal_handlers_disconnect_by_data (self->practice, self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->practice);
  g_clear_object (&self->pack);

  G_OBJECT_CLASS (way_inspect_view_parent_class)->dispose (object);
}

static void
way_inspect_view_class_init (WayInspectViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_inspect_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

/**
 * way_inspect_view_new:
 * @practice: a run of a desk with scenes
 *
 * Returns: (transfer floating): the first scene, without its pictures until it has a pack
 */
GtkWidget *
way_inspect_view_new (WayPractice *practice)
{
  WayInspectView *self = g_object_new (WAY_TYPE_INSPECT_VIEW, NULL);

  g_return_val_if_fail (WAY_IS_PRACTICE (practice), GTK_WIDGET (self));

  self->practice = g_object_ref (practice);
  g_signal_connect_object (practice, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  build_scenes (self);
  build_scene (self);

  return GTK_WIDGET (self);
}

/**
 * way_inspect_view_set_pack:
 * @pack: (nullable): where the pictures are
 */
void
way_inspect_view_set_pack (GtkWidget *view, WayPack *pack)
{
  WayInspectView *self = (WayInspectView *) view;

  g_return_if_fail (WAY_IS_INSPECT_VIEW (view));

  if (g_set_object (&self->pack, pack))
    build_scene (self);
}

/**
 * way_inspect_view_dup_progress:
 *
 * Returns: (transfer full): how much is marked; not out of how much, which is the task
 */
char *
way_inspect_view_dup_progress (WayPractice *practice)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (practice), NULL);

  return g_strdup_printf (_ ("%u marked"), way_practice_count_marked (practice));
}

/**
 * way_inspect_view_describe:
 * @target: a place
 * @value: (nullable)
 *
 * Returns: (nullable) (transfer full): for a reason, a sentence for the debrief
 */
char *
way_inspect_view_describe (WayPractice *practice,
                           const char *action,
                           const WayDeskRecord *target,
                           const char *value)
{
  const WayDeskRecord *scene = way_place_is (target) ? way_practice_get_scene (practice, target)
                                                     : NULL;

  if (scene == NULL || g_strcmp0 (action, "say-why") != 0)
    return NULL;
  for (guint i = 0; i < scene->parts->len; i++)
    {
      const WayDeskRecord *reason = g_ptr_array_index (scene->parts, i);

      if (g_strcmp0 (reason->id, value) == 0)
        /* Translators: a reason that was chosen from a list. */
        return g_strdup_printf (_ ("You said why: %s."), way_desk_get_field (reason, "text"));
    }

  return NULL;
}
