/* way-inbox-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-inbox-view.h"

#include <adwaita.h>

#include "widgets/way-compat.h"
#include "widgets/way-content-view.h"
#include "widgets/way-desk-parts.h"
#include "widgets/way-desk-words.h"
#include "widgets/way-split.h"
#include "widgets/way-tab-stop.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>
#include <string.h>

/* The invented mail program of a practice desk: a list and one message. It shows what the
 * practice says and asks the practice for everything that is pressed. */
struct _WayInboxView
{
  GtkWidget parent_instance;

  WayPractice *practice;        /* (owned) (nullable) */
  const WayDeskRecord *message; /* (nullable) the open one */
  GHashTable *rows;             /* (owned) char* id → GtkListBoxRow */
  GPtrArray *buttons;           /* (owned) of GtkButton, each with its action */
  GtkWidget *tools;             /* the buttons of a message */
  GtkWidget *back;              /* where only the list or the message shows */

  GtkWidget *address;
  GtkWidget *body;
  GtkWidget *from;
  GtkWidget *head;
  GtkWidget *list;
  GtkWidget *parts;
  GtkWidget *sender_button;
  GtkWidget *split;
  GtkWidget *stack;
  GtkWidget *state;
  GtkWidget *subject;
  GtkWidget *time;
  GtkWidget *tools_bin;
};

G_DEFINE_FINAL_TYPE (WayInboxView, way_inbox_view, GTK_TYPE_WIDGET)

/* What can be done with a message: the same from button, key and menu of a reader. */
static const struct
{
  const char *action;
  const char *label;
  const char *tip;
  guint key;
} verbs[] = {
  { "report", N_ ("_Report"), N_ ("Report as false: key R"), GDK_KEY_r },
  { "delete", N_ ("_Delete"), N_ ("Delete: key D or Delete"), GDK_KEY_d },
  { "leave", N_ ("_Keep"), N_ ("Keep, nothing more to do: key K"), GDK_KEY_k },
  { "undo", N_ ("_Undo"), N_ ("Take back: key U"), GDK_KEY_u },
};

static const char *
get_action (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "desk-action");
}

static const char *
get_value (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "desk-value");
}

static const WayDeskRecord *
get_record (GtkListBoxRow *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), "desk-record") : NULL;
}

static void
show_label (GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL);
}

static void
update_row (WayInboxView *self, const WayDeskRecord *message)
{
  GtkWidget *row = g_hash_table_lookup (self->rows, message->id);
  const char *state = way_practice_get_state (self->practice, message->id);
  const char *state_name = way_desk_get_state_name (state);
  gboolean is_read = way_practice_was_done (self->practice, "open", message->id, NULL);
  GtkWidget *badge;
  g_autofree char *name = NULL;

  if (row == NULL)
    return;

  badge = g_object_get_data (G_OBJECT (row), "desk-badge");
  gtk_widget_set_visible (badge, state_name != NULL);
  if (state_name != NULL)
    {
      gtk_image_set_from_icon_name (GTK_IMAGE (gtk_widget_get_first_child (badge)),
                                    way_desk_get_state_icon (state));
      gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (badge)), state_name);
    }
  if (is_read)
    gtk_widget_remove_css_class (row, "desk-unread");
  else
    gtk_widget_add_css_class (row, "desk-unread");

  name = g_strjoin (", ", way_desk_get_field (message, "from"), way_desk_get_title (message),
                    way_desk_get_field (message, "time"), is_read ? _ ("read") : _ ("not read"),
                    state_name, NULL);
  way_compat_name (row, name);
}

static void
update_buttons (WayInboxView *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  gboolean is_focus_lost = FALSE;

  for (guint i = 0; i < self->buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (self->buttons, i);
      gboolean can = way_practice_can (self->practice, get_action (button), self->message->id,
                                       get_value (button));

      is_focus_lost |= !can && button == focus;
      gtk_widget_set_sensitive (button, can);
    }
  if (is_focus_lost)
    gtk_widget_grab_focus (self->head);
}

static void
update_notes (WayInboxView *self)
{
  for (GtkWidget *part = gtk_widget_get_first_child (self->parts); part != NULL;
       part = gtk_widget_get_next_sibling (part))
    for (GtkWidget *note = gtk_widget_get_first_child (part); note != NULL;
         note = gtk_widget_get_next_sibling (note))
      if (get_action (note) != NULL && GTK_IS_LABEL (note))
        gtk_widget_set_visible (note, way_practice_was_done (self->practice, get_action (note),
                                                             self->message->id, get_value (note)));
}

static void
update_message (WayInboxView *self)
{
  const char *state;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  gboolean is_shown;

  if (self->message == NULL)
    return;

  is_shown = way_practice_was_done (self->practice, "look-sender", self->message->id, NULL);
  gtk_widget_set_visible (self->sender_button, !is_shown);
  show_label (self->address, is_shown ? way_desk_get_field (self->message, "address") : NULL);
  state = way_desk_get_state_name (way_practice_get_state (self->practice, self->message->id));
  show_label (self->state, state);
  update_notes (self);
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    update_buttons (self);

  text = self->message->content != NULL ? way_node_dup_text (self->message->content) : NULL;
  name = g_strjoin (". ", way_desk_get_title (self->message),
                    way_desk_get_field (self->message, "from"),
                    state != NULL ? state : way_desk_get_field (self->message, "time"), NULL);
  way_compat_name (self->head, name);
  way_compat_describe (self->head, text != NULL ? text : "");
}

static void
add_value (GtkWidget *widget, const char *action, const char *value)
{
  g_object_set_data_full (G_OBJECT (widget), "desk-action", g_strdup (action), g_free);
  g_object_set_data_full (G_OBJECT (widget), "desk-value", g_strdup (value), g_free);
}

static void
button_clicked_cb (WayInboxView *self, GtkWidget *button)
{
  if (self->message == NULL)
    return;
  way_practice_do (self->practice, get_action (button), self->message->id, get_value (button));
}

static GtkWidget *
add_button (
    WayInboxView *self, GtkWidget *box, const char *label, const char *action, const char *value)
{
  GtkWidget *button = way_desk_button_new (label);

  add_value (button, action, value);
  g_signal_connect_object (button, "clicked", G_CALLBACK (button_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  g_ptr_array_add (self->buttons, g_object_ref (button));
  if (WAY_IS_WRAP_BOX (box))
    way_wrap_box_append (WAY_WRAP_BOX (box), button);
  else
    gtk_box_append (GTK_BOX (box), button);

  return button;
}

/* Shows only once its action was done. */
static void
add_note (GtkWidget *box, const char *text, const char *action, const char *value)
{
  GtkWidget *label = way_desk_text_new (text, "desk-reveal");

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  add_value (label, action, value);
  gtk_box_append (GTK_BOX (box), label);
}

static GtkWidget *
add_part (WayInboxView *self, const char *icon, const char *text)
{
  GtkWidget *part = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  g_object_set (image, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_box_append (GTK_BOX (line), image);
  gtk_box_append (GTK_BOX (line), way_desk_text_new (text, "heading"));
  gtk_widget_add_css_class (part, "desk-part");
  gtk_box_append (GTK_BOX (part), line);
  gtk_box_append (GTK_BOX (self->parts), part);

  return part;
}

static GtkWidget *
new_button_row (GtkWidget *part)
{
  GtkWidget *row = way_wrap_box_new (6, 6);

  gtk_box_append (GTK_BOX (part), row);

  return row;
}

static void
add_link (WayInboxView *self, const WayDeskRecord *link)
{
  const char *shown = way_desk_get_field (link, "shown");
  g_autofree char *leads = NULL;
  GtkWidget *part = add_part (self, "insert-link-symbolic", shown);
  GtkWidget *row = new_button_row (part);

  /* Translators: %s is the real address of a link. */
  leads = g_strdup_printf (_ ("It leads to %s"), way_desk_get_field (link, "leads"));
  add_button (self, row, _ ("Show where it leads"), "look-link", link->id);
  add_button (self, row, _ ("Open the link"), "follow-link", link->id);
  add_note (part, leads, "look-link", link->id);
  add_note (part, _ ("A page opened. Nothing was sent, since this is practice."), "follow-link",
            link->id);
}

static void
add_attachment (WayInboxView *self, const WayDeskRecord *attachment)
{
  gboolean is_code = g_strcmp0 (way_desk_get_field (attachment, "kind"), "qr") == 0;
  GtkWidget *part = add_part (self, is_code ? "view-grid-symbolic" : "mail-attachment-symbolic",
                              way_desk_get_field (attachment, "name"));

  add_button (self, new_button_row (part),
              is_code ? _ ("Scan the code with my phone") : _ ("Open the file"), "open-attachment",
              attachment->id);
  add_note (part, _ ("It opened. Nothing happened, since this is practice."), "open-attachment",
            attachment->id);
}

static void
add_replies (WayInboxView *self)
{
  GtkWidget *part = add_part (self, "mail-reply-sender-symbolic", _ ("Answer with"));
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (part), row);
  gtk_widget_set_halign (row, GTK_ALIGN_START);
  for (guint i = 0; i < self->message->parts->len; i++)
    {
      const WayDeskRecord *reply = g_ptr_array_index (self->message->parts, i);

      if (strcmp (reply->type, "reply") == 0)
        add_button (self, row, way_desk_get_field (reply, "label"), "reply", reply->id);
    }
  add_button (self, row, _ ("Thank you for your message."), "reply", "plain");
}

static void
clear_message (WayInboxView *self)
{
  way_desk_box_clear (self->parts);
  /* The tools stay; what belongs to a message goes. */
  g_ptr_array_set_size (self->buttons, G_N_ELEMENTS (verbs));
}

static void
show_message (WayInboxView *self, const WayDeskRecord *message)
{
  clear_message (self);
  self->message = message;
  gtk_label_set_label (GTK_LABEL (self->subject), way_desk_get_title (message));
  gtk_label_set_label (GTK_LABEL (self->from), way_desk_get_field (message, "from"));
  gtk_label_set_label (GTK_LABEL (self->time), way_desk_get_field (message, "time"));
  way_content_view_set_content (WAY_CONTENT_VIEW (self->body), message->content, NULL);

  for (guint i = 0; i < message->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (message->parts, i);

      if (strcmp (part->type, "link") == 0)
        add_link (self, part);
      else if (strcmp (part->type, "attachment") == 0)
        add_attachment (self, part);
    }
  add_replies (self);

  way_desk_stack_show (self->stack, "message");
  way_split_set_shows_end (WAY_SPLIT (self->split), TRUE);
  update_message (self);
}

static void
row_activated_cb (WayInboxView *self, GtkListBoxRow *row)
{
  const WayDeskRecord *message = get_record (row);

  if (message == NULL)
    return;
  show_message (self, message);
  way_practice_do (self->practice, "open", message->id, NULL);
  gtk_widget_grab_focus (self->head);
}

static void
look_sender_cb (WayInboxView *self)
{
  if (self->message == NULL)
    return;
  way_practice_do (self->practice, "look-sender", self->message->id, NULL);
  gtk_widget_grab_focus (self->address);
}

static void
back_cb (WayInboxView *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  way_split_set_shows_end (WAY_SPLIT (self->split), FALSE);
  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : self->list);
}

static void
done_cb (WayInboxView *self, const char *action, const char *target, const char *value)
{
  const WayDeskRecord *message = way_practice_find_record (self->practice, target);
  g_autofree char *text = NULL;

  if (!way_practice_is_of_app (self->practice, target, "inbox"))
    return;
  update_row (self, message);
  if (message == self->message)
    update_message (self);
  text = way_desk_describe_action (self->practice, action, target, value);
  if (text != NULL && strcmp (action, "open") != 0)
    way_compat_announce (GTK_WIDGET (self), text);
}

/* On the list a key means the row that has the focus, in the message the message. */
static const WayDeskRecord *
find_target (WayInboxView *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (self->list);

  return focus != NULL ? get_record (GTK_LIST_BOX_ROW (focus)) : self->message;
}

static void
verb_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayInboxView *self = WAY_INBOX_VIEW (widget);
  const WayDeskRecord *target = find_target (self);

  if (self->practice != NULL && target != NULL)
    way_practice_do (self->practice, g_variant_get_string (parameter, NULL), target->id, NULL);
}

static void
activate_row_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWidget *row = user_data;
  GtkWidget *self = gtk_widget_get_ancestor (row, WAY_TYPE_INBOX_VIEW);

  gtk_list_box_select_row (GTK_LIST_BOX (WAY_INBOX_VIEW (self)->list), GTK_LIST_BOX_ROW (row));
  row_activated_cb (WAY_INBOX_VIEW (self), GTK_LIST_BOX_ROW (row));
}

static void
verb_row_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWidget *row = user_data;
  GtkWidget *self = gtk_widget_get_ancestor (row, WAY_TYPE_INBOX_VIEW);

  way_practice_do (WAY_INBOX_VIEW (self)->practice, g_action_get_name (G_ACTION (action)),
                   get_record (GTK_LIST_BOX_ROW (row))->id, NULL);
}

/* Rows of a list have no action for assistive technology of their own. */
static void
add_row_actions (GtkWidget *row)
{
  static const GActionEntry entries[] = {
    { .name = "activate", .activate = activate_row_cb },
    { .name = "report", .activate = verb_row_cb },
    { .name = "delete", .activate = verb_row_cb },
    { .name = "leave", .activate = verb_row_cb },
    { .name = "undo", .activate = verb_row_cb },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), row);
  gtk_widget_insert_action_group (row, "row", G_ACTION_GROUP (group));
}

static GtkWidget *
new_line (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static void
add_row (WayInboxView *self, WayDeskRecord *message, int place)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *badge = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *time = gtk_label_new (way_desk_get_field (message, "time"));

  gtk_widget_add_css_class (time, "caption");
  gtk_widget_add_css_class (time, "numeric");
  gtk_widget_add_css_class (badge, "desk-badge");
  gtk_box_append (GTK_BOX (top), new_line (way_desk_get_field (message, "from"), "desk-from"));
  gtk_box_append (GTK_BOX (top), time);
  gtk_box_append (GTK_BOX (badge), gtk_image_new ());
  gtk_box_append (GTK_BOX (badge), new_line (NULL, "caption-heading"));
  gtk_box_append (GTK_BOX (box), top);
  gtk_box_append (GTK_BOX (box), new_line (way_desk_get_title (message), NULL));
  gtk_box_append (GTK_BOX (box), badge);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "desk-record", message);
  g_object_set_data (G_OBJECT (row), "desk-badge", badge);
  add_row_actions (row);
  gtk_list_box_insert (GTK_LIST_BOX (self->list), row, place);
  g_hash_table_insert (self->rows, message->id, row);
  update_row (self, message);
}

static void
arrived_cb (WayInboxView *self, WayDeskRecord *message)
{
  g_autoptr (GPtrArray) messages = way_practice_dup_records (self->practice, "inbox");
  guint place;

  if (g_ptr_array_find (messages, message, &place))
    add_row (self, message, place);
}

static void
folded_cb (WayInboxView *self)
{
  gtk_widget_set_visible (self->back, way_split_is_folded (WAY_SPLIT (self->split)));
}

static void
way_inbox_view_dispose (GObject *object)
{
  WayInboxView *self = WAY_INBOX_VIEW (object);

  if (self->practice != NULL)
    g_signal_handlers_disconnect_by_data (self->practice, self);
  g_clear_object (&self->practice);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_INBOX_VIEW);

  G_OBJECT_CLASS (way_inbox_view_parent_class)->dispose (object);
}

static void
way_inbox_view_class_init (WayInboxViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_inbox_view_dispose;

  g_type_ensure (WAY_TYPE_CONTENT_VIEW);
  g_type_ensure (WAY_TYPE_SPLIT);
  g_type_ensure (WAY_TYPE_TAB_STOP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-inbox-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WayInboxView, address);
  gtk_widget_class_bind_template_child (widget_class, WayInboxView, body);
  gtk_widget_class_bind_template_child (widget_class, WayInboxView, from);
  gtk_widget_class_bind_template_child (widget_class, WayInboxView, head);
  gtk_widget_class_bind_template_child (widget_class, WayInboxView, list);
  gtk_widget_class_bind_template_child (widget_class, WayInboxView, parts);
  gtk_widget_class_bind_template_child (widget_class, WayInboxView, sender_button);
  gtk_widget_class_bind_template_child (widget_class, WayInboxView, split);
  gtk_widget_class_bind_template_child (widget_class, WayInboxView, stack);
  gtk_widget_class_bind_template_child (widget_class, WayInboxView, state);
  gtk_widget_class_bind_template_child (widget_class, WayInboxView, subject);
  gtk_widget_class_bind_template_child (widget_class, WayInboxView, time);
  gtk_widget_class_bind_template_child (widget_class, WayInboxView, tools_bin);
  gtk_widget_class_bind_template_callback (widget_class, look_sender_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  gtk_widget_class_install_action (widget_class, "inbox.do", "s", verb_cb);
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    gtk_widget_class_add_binding_action (widget_class, verbs[i].key, 0, "inbox.do", "s",
                                         verbs[i].action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "inbox.do", "s", "delete");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, 0, "inbox.do", "s", "look-sender");
}

static void
way_inbox_view_init (WayInboxView *self)
{
  self->rows = g_hash_table_new (g_str_hash, g_str_equal);
  self->buttons = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));

  way_desk_button_tidy (self->sender_button);
  self->tools = way_wrap_box_new (6, 6);
  adw_bin_set_child (ADW_BIN (self->tools_bin), self->tools);
  self->back = way_desk_button_new (_ ("_Back to the list"));
  g_signal_connect_object (self->back, "clicked", G_CALLBACK (back_cb), self, G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (self->tools), self->back);
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    gtk_widget_set_tooltip_text (add_button (self, self->tools, _ (verbs[i].label), verbs[i].action,
                                             NULL),
                                 _ (verbs[i].tip));
  g_signal_connect_object (self->split, "notify::folded", G_CALLBACK (folded_cb), self,
                           G_CONNECT_SWAPPED);
  folded_cb (self);
}

static void
set_practice (WayInboxView *self, WayPractice *practice)
{
  g_autoptr (GPtrArray) messages = way_practice_dup_records (practice, "inbox");

  g_set_object (&self->practice, practice);
  g_signal_connect_object (practice, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (practice, "arrived", G_CALLBACK (arrived_cb), self, G_CONNECT_SWAPPED);

  for (guint i = 0; i < messages->len; i++)
    add_row (self, g_ptr_array_index (messages, i), i);
  way_desk_stack_show (self->stack, "none");
  way_split_set_shows_end (WAY_SPLIT (self->split), FALSE);
}

/**
 * way_inbox_view_new:
 * @practice: a run of a desk on which the app "inbox" stands
 *
 * Returns: (transfer floating): the app with what is in it
 */
GtkWidget *
way_inbox_view_new (WayPractice *practice)
{
  WayInboxView *self;

  g_return_val_if_fail (WAY_IS_PRACTICE (practice), NULL);

  self = g_object_new (WAY_TYPE_INBOX_VIEW, NULL);
  set_practice (self, practice);

  return GTK_WIDGET (self);
}
