/* way-share-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-share-view.h"

#include "practice/way-practice-share.h"
#include "widgets/way-compat.h"
#include "widgets/way-content-view.h"
#include "widgets/way-desk-parts.h"
#include "widgets/way-desk-words.h"
#include "widgets/way-people-list.h"
#include "widgets/way-split.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>
#include <string.h>

#define FOLD_WIDTH 700
#define START_WIDTH 420

/* The invented window for sending something on a practice desk: on the left what goes, to
 * whom and how; on the right the people to choose from. */
struct _WayShareView
{
  GtkWidget parent_instance;

  WayPractice *practice;      /* (owned) */
  const WayDeskRecord *share; /* (nullable) the one that shows */
  GPtrArray *checks;          /* (owned) borrowed check buttons, each with its part */
  gboolean is_updating;

  GtkWidget *split;
  GtkWidget *start;
  GtkWidget *shares; /* one button a share, where there are several */
  GtkWidget *title;
  GtkWidget *body;
  GtkWidget *choices; /* subject, details and route, made anew for each share */
  GtkWidget *lines;   /* who is in which line */
  GtkWidget *add_button;
  GtkWidget *summary;
  GtkWidget *status;
  GtkWidget *undo_button;
  GtkWidget *send_button;
  GtkWidget *people;
};

G_DEFINE_FINAL_TYPE (WayShareView, way_share_view, GTK_TYPE_WIDGET)

static gboolean
is_access (const WayDeskRecord *share)
{
  return way_share_has_line (share, "view") || way_share_has_line (share, "comment")
         || way_share_has_line (share, "edit");
}

/* --- Who is in it ------------------------------------------------------------------- */

static const WayDeskRecord *
get_person (WayShareView *self, guint i)
{
  GPtrArray *records = way_practice_get_records (self->practice);
  const WayDeskRecord *record = g_ptr_array_index (records, i);

  return strcmp (record->type, "person") == 0 ? record : NULL;
}

static void
chip_clicked_cb (WayShareView *self, GtkWidget *button)
{
  const char *person = g_object_get_data (G_OBJECT (button), "desk-person");

  way_practice_do (self->practice, "take-out", self->share->id, person);
}

static GtkWidget *
new_chip (WayShareView *self, const WayDeskRecord *person, const char *line)
{
  g_autofree char *text = way_person_dup_label (person);
  g_autofree char *name = g_strdup_printf (_ ("Take %s out of %s"), text,
                                           way_share_line_get_name (line));
  GtkWidget *button = gtk_button_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *cross = gtk_image_new_from_icon_name ("window-close-symbolic");

  way_compat_hide (cross);
  gtk_box_append (GTK_BOX (row), way_desk_text_new (text, NULL));
  gtk_box_append (GTK_BOX (row), cross);
  gtk_button_set_child (GTK_BUTTON (button), row);
  gtk_widget_add_css_class (button, "desk-chip");
  gtk_widget_set_tooltip_text (button, name);
  way_compat_name (button, name);
  gtk_widget_set_sensitive (button, way_practice_can (self->practice, "take-out", self->share->id,
                                                      person->id));
  g_object_set_data (G_OBJECT (button), "desk-person", person->id);
  g_signal_connect_object (button, "clicked", G_CALLBACK (chip_clicked_cb), self,
                           G_CONNECT_SWAPPED);

  return button;
}

static void
build_lines (WayShareView *self)
{
  const char *const *lines = way_share_get_lines ();
  guint n_records = way_practice_get_records (self->practice)->len;

  way_desk_box_clear (self->lines);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      GtkWidget *row;
      GtkWidget *chips;
      guint n = 0;

      if (!way_share_has_line (self->share, lines[i]))
        continue;
      row = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 3,
                          "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
      chips = way_wrap_box_new (6, 6);
      way_compat_name (row, way_share_line_get_name (lines[i]));
      gtk_box_append (GTK_BOX (row),
                      way_desk_text_new (way_share_line_get_name (lines[i]), "caption-heading"));
      for (guint j = 0; j < n_records; j++)
        {
          const WayDeskRecord *person = get_person (self, j);

          if (person == NULL
              || g_strcmp0 (way_practice_get_line (self->practice, self->share, person->id),
                            lines[i])
                     != 0)
            continue;
          way_wrap_box_append (WAY_WRAP_BOX (chips), new_chip (self, person, lines[i]));
          n++;
        }
      if (n == 0)
        way_wrap_box_append (WAY_WRAP_BOX (chips), way_desk_text_new (_ ("Nobody"), "dim-label"));
      gtk_box_append (GTK_BOX (row), chips);
      gtk_widget_add_css_class (row, "desk-recipients");
      gtk_box_append (GTK_BOX (self->lines), row);
    }
}

/* --- What goes, and how ------------------------------------------------------------- */

static void
check_toggled_cb (WayShareView *self, GtkCheckButton *check)
{
  const WayDeskRecord *part = g_object_get_data (G_OBJECT (check), "desk-part");
  gboolean is_on = gtk_check_button_get_active (check);
  const char *action = strcmp (part->type, "subject") == 0 ? "choose-subject"
                       : strcmp (part->type, "route") == 0 ? "choose-route"
                       : is_on                             ? "include"
                                                           : "exclude";

  if (self->is_updating || (!is_on && strcmp (part->type, "detail") != 0))
    return;
  way_practice_do (self->practice, action, self->share->id, part->id);
}

static GtkWidget *
new_check (WayShareView *self, WayDeskRecord *part, GtkWidget *first)
{
  const char *text = way_desk_get_field (part, "text");
  gboolean is_one = strcmp (part->type, "detail") != 0;
  GtkWidget *check = g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role",
                                   is_one ? GTK_ACCESSIBLE_ROLE_RADIO
                                          : GTK_ACCESSIBLE_ROLE_CHECKBOX,
                                   NULL);

  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), way_desk_text_new (text, NULL));
  way_compat_name (check, text);
  if (first != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (first));
  g_object_set_data (G_OBJECT (check), "desk-part", part);
  g_signal_connect_object (check, "toggled", G_CALLBACK (check_toggled_cb), self,
                           G_CONNECT_SWAPPED);
  g_ptr_array_add (self->checks, check);

  return check;
}

static void
build_choice (WayShareView *self, const char *type, const char *title)
{
  GtkWidget *group;
  GtkWidget *first = NULL;

  if (!way_share_has_parts (self->share, type))
    return;

  group = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6,
                        "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  way_compat_name (group, title);
  gtk_box_append (GTK_BOX (group), way_desk_heading_new (title, "caption-heading"));
  for (guint i = 0; i < self->share->parts->len; i++)
    {
      WayDeskRecord *part = g_ptr_array_index (self->share->parts, i);
      GtkWidget *check;

      if (strcmp (part->type, type) != 0)
        continue;
      check = new_check (self, part, first);
      gtk_box_append (GTK_BOX (group), check);
      if (strcmp (type, "detail") != 0)
        first = check;
    }
  gtk_box_append (GTK_BOX (self->choices), group);
}

static gboolean
is_on (WayShareView *self, const WayDeskRecord *part)
{
  if (strcmp (part->type, "detail") == 0)
    return way_practice_is_included (self->practice, self->share, part->id);

  return g_strcmp0 (way_practice_get_pick (self->practice, self->share, part->type), part->id) == 0;
}

static void
update_checks (WayShareView *self)
{
  gboolean is_open = way_practice_get_state (self->practice, self->share->id) == NULL;

  self->is_updating = TRUE;
  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkWidget *check = g_ptr_array_index (self->checks, i);
      const WayDeskRecord *part = g_object_get_data (G_OBJECT (check), "desk-part");

      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_on (self, part));
      gtk_widget_set_sensitive (check, is_open);
    }
  self->is_updating = FALSE;
}

/* --- The rest ----------------------------------------------------------------------- */

static char *
dup_picked (WayShareView *self, const char *type)
{
  const char *id = way_practice_get_pick (self->practice, self->share, type);

  for (guint i = 0; id != NULL && i < self->share->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (self->share->parts, i);

      if (g_strcmp0 (part->id, id) == 0)
        return g_strdup (way_desk_get_field (part, "text"));
    }

  return NULL;
}

/* What would leave, in words: before it is sent is when it can be changed. */
static char *
dup_summary (WayShareView *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_people = way_practice_count_people (self->practice, self->share);
  guint n_details = 0;
  g_autofree char *subject = dup_picked (self, "subject");
  g_autofree char *route = dup_picked (self, "route");

  if (way_desk_get_field (self->share, "lines") != NULL)
    {
      g_string_append_printf (text,
                              g_dngettext (NULL, "%u person gets this.", "%u people get this.",
                                           n_people),
                              n_people);
      if (way_share_has_line (self->share, "bcc"))
        g_string_append_printf (text, " %s",
                                _ ("Everybody sees who is in To and Cc, and nobody sees Bcc."));
    }
  for (guint i = 0; i < self->checks->len; i++)
    {
      const WayDeskRecord *part = g_object_get_data (self->checks->pdata[i], "desk-part");

      if (strcmp (part->type, "detail") != 0 || !is_on (self, part))
        continue;
      if (n_details++ == 0)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", _ ("What goes along:"));
      g_string_append_printf (text, "\n• %s", way_desk_get_field (part, "text"));
    }
  if (n_details == 0 && way_share_has_parts (self->share, "detail"))
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", _ ("No details go along."));
  if (subject != NULL)
    {
      g_autofree char *line = g_strdup_printf (_ ("Subject: %s"), subject);

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }
  if (route != NULL)
    {
      g_autofree char *line = g_strdup_printf (_ ("How: %s"), route);

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
get_lack (WayShareView *self)
{
  if (way_practice_get_state (self->practice, self->share->id) != NULL)
    return is_access (self->share) ? _ ("Saved.") : _ ("This is sent.");
  if (way_desk_get_field (self->share, "lines") != NULL
      && way_practice_count_people (self->practice, self->share) == 0)
    return _ ("Nobody is chosen yet.");
  if (way_share_has_parts (self->share, "subject")
      && way_practice_get_pick (self->practice, self->share, "subject") == NULL)
    return _ ("No subject is chosen yet.");
  if (way_share_has_parts (self->share, "route")
      && way_practice_get_pick (self->practice, self->share, "route") == NULL)
    return _ ("No way is chosen yet.");

  return NULL;
}

static void
share_clicked_cb (WayShareView *self, GtkWidget *button)
{
  const WayDeskRecord *share = g_object_get_data (G_OBJECT (button), "desk-share");

  way_practice_do (self->practice, "take", share->id, NULL);
}

static void
build_shares (WayShareView *self)
{
  g_autoptr (GPtrArray) shares = way_practice_dup_records (self->practice, "share");
  GtkWidget *child;
  guint n = 0;

  while ((child = gtk_widget_get_first_child (self->shares)) != NULL)
    gtk_widget_unparent (child);
  for (guint i = 0; i < shares->len; i++)
    {
      const WayDeskRecord *share = g_ptr_array_index (shares, i);
      const char *state = way_practice_get_state (self->practice, share->id);
      const char *word = state != NULL          ? (is_access (share) ? _ ("Saved") : _ ("Sent"))
                         : share == self->share ? _ ("Now")
                                                : _ ("Waiting");
      g_autofree char *label = NULL;
      GtkWidget *button;

      if (!way_share_is (share))
        continue;
      /* Translators: number of a message, what it is about, and how it stands. */
      label = g_strdup_printf (_ ("%u · %s · %s"), ++n, way_desk_get_title (share), word);
      button = gtk_button_new_with_label (label);
      way_desk_button_tidy (button);
      gtk_widget_add_css_class (button, "desk-turn");
      if (share == self->share)
        gtk_widget_add_css_class (button, "desk-now");
      gtk_widget_set_sensitive (button, way_practice_can (self->practice, "take", share->id, NULL));
      g_object_set_data (G_OBJECT (button), "desk-share", (gpointer) share);
      g_signal_connect_object (button, "clicked", G_CALLBACK (share_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      way_wrap_box_append (WAY_WRAP_BOX (self->shares), button);
    }
  gtk_widget_set_visible (self->shares, n > 1);
}

static void
show_share (WayShareView *self, const WayDeskRecord *share)
{
  const char *has_people = way_desk_get_field (share, "lines");

  self->share = share;
  gtk_label_set_label (GTK_LABEL (self->title), way_desk_get_title (share));
  way_content_view_set_content (WAY_CONTENT_VIEW (self->body), share->content, NULL);
  g_ptr_array_set_size (self->checks, 0);
  way_desk_box_clear (self->choices);
  build_choice (self, "subject", _ ("Subject line"));
  build_choice (self, "detail", _ ("What goes along"));
  build_choice (self, "route", _ ("How it goes"));
  gtk_widget_set_visible (self->people, has_people != NULL);
  way_people_list_set_share (WAY_PEOPLE_LIST (self->people), share);
  gtk_button_set_label (GTK_BUTTON (self->send_button),
                        is_access (share) ? _ ("_Save who can open it") : _ ("_Send"));
  way_desk_button_tidy (self->send_button);
}

static void
update (WayShareView *self)
{
  const WayDeskRecord *share = way_practice_get_current_in (self->practice, "share");
  g_autofree char *summary = NULL;
  const char *lack;

  if (share != NULL && share != self->share)
    show_share (self, share);
  build_shares (self);
  if (self->share == NULL)
    return;

  build_lines (self);
  update_checks (self);
  way_people_list_update (WAY_PEOPLE_LIST (self->people));
  summary = dup_summary (self);
  gtk_label_set_label (GTK_LABEL (self->summary), summary);
  lack = get_lack (self);
  gtk_label_set_label (GTK_LABEL (self->status), lack != NULL ? lack : "");
  gtk_widget_set_visible (self->status, lack != NULL);
  gtk_widget_set_visible (self->add_button, way_desk_get_field (self->share, "lines") != NULL
                                                && way_split_is_folded (WAY_SPLIT (self->split)));
  gtk_widget_set_sensitive (self->send_button,
                            way_practice_can (self->practice, "send", self->share->id, NULL));
  gtk_widget_set_sensitive (self->undo_button,
                            way_practice_can (self->practice, "undo", self->share->id, NULL));
}

static void
undo_cb (WayShareView *self)
{
  if (self->share != NULL)
    way_practice_do (self->practice, "undo", self->share->id, NULL);
}

static void
send_cb (WayShareView *self)
{
  if (self->share != NULL)
    way_practice_do (self->practice, "send", self->share->id, NULL);
}

static void
show_people_cb (WayShareView *self)
{
  way_split_set_shows_end (WAY_SPLIT (self->split), TRUE);
  way_people_list_focus (WAY_PEOPLE_LIST (self->people));
}

static void
show_start_cb (WayShareView *self)
{
  way_split_set_shows_end (WAY_SPLIT (self->split), FALSE);
  gtk_widget_grab_focus (self->title);
}

static void
folded_cb (WayShareView *self)
{
  gboolean is_folded = way_split_is_folded (WAY_SPLIT (self->split));

  way_people_list_set_folded (WAY_PEOPLE_LIST (self->people), is_folded);
  gtk_widget_set_visible (self->add_button,
                          is_folded && self->share != NULL
                              && way_desk_get_field (self->share, "lines") != NULL);
}

/* A chip that is gone takes the focus with it, and what is sent makes room for the next. */
static void
done_cb (WayShareView *self, const char *action, const char *target, const char *value)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean was_start = focus != NULL && gtk_widget_is_ancestor (focus, self->start);
  const WayDeskRecord *before = self->share;

  if (!way_practice_is_of_app (self->practice, target, "share"))
    return;
  update (self);
  if (was_start
      && (before != self->share || strcmp (action, "take-out") == 0 || strcmp (action, "take") == 0
          || !gtk_widget_is_sensitive (focus)))
    gtk_widget_grab_focus (self->title);
  if (before != self->share)
    way_split_set_shows_end (WAY_SPLIT (self->split), FALSE);
  if (strcmp (action, "send") == 0)
    way_compat_announce (GTK_WIDGET (self),
                         is_access (way_practice_find_record (self->practice, target))
                             ? _ ("Saved.")
                             : _ ("This is sent."));
}

/* --- Making it ---------------------------------------------------------------------- */

static gboolean
undo_shortcut_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  WayShareView *self = WAY_SHARE_VIEW (widget);

  if (!gtk_widget_is_sensitive (self->undo_button))
    return FALSE;
  undo_cb (self);

  return TRUE;
}

static gboolean
send_shortcut_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  WayShareView *self = WAY_SHARE_VIEW (widget);

  if (!gtk_widget_is_sensitive (self->send_button))
    return FALSE;
  send_cb (self);

  return TRUE;
}

static GtkWidget *
build_tools (WayShareView *self)
{
  GtkWidget *tools = way_wrap_box_new (6, 6);

  self->undo_button = way_desk_button_new (_ ("_Undo"));
  self->send_button = way_desk_button_new (_ ("_Send"));
  gtk_widget_set_tooltip_text (self->undo_button, _ ("Take the last step back: Ctrl+Z"));
  gtk_widget_set_tooltip_text (self->send_button, _ ("Ctrl+Enter"));
  gtk_widget_add_css_class (self->send_button, "desk-strong");
  g_signal_connect_object (self->undo_button, "clicked", G_CALLBACK (undo_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->send_button, "clicked", G_CALLBACK (send_cb), self,
                           G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (tools), self->send_button);
  way_wrap_box_append (WAY_WRAP_BOX (tools), self->undo_button);

  return tools;
}

static GtkWidget *
build_summary (WayShareView *self)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                 3, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);

  self->summary = way_desk_text_new (NULL, NULL);
  way_compat_name (box, _ ("Before you send"));
  gtk_widget_add_css_class (box, "desk-reveal");
  gtk_box_append (GTK_BOX (box), way_desk_text_new (_ ("Who gets what"), "caption-heading"));
  gtk_box_append (GTK_BOX (box), self->summary);

  return box;
}

static GtkWidget *
build_start (WayShareView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->shares = way_wrap_box_new (6, 6);
  self->title = way_desk_heading_new (NULL, "title-4");
  self->body = way_content_view_new ();
  self->choices = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  self->add_button = way_desk_button_new (_ ("Choose _people"));
  self->status = way_desk_text_new (NULL, "heading");
  gtk_widget_set_focusable (self->title, TRUE);
  gtk_widget_set_halign (self->add_button, GTK_ALIGN_START);
  way_compat_name (self->shares, _ ("Messages"));
  g_signal_connect_object (self->add_button, "clicked", G_CALLBACK (show_people_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->shares);
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->body);
  gtk_box_append (GTK_BOX (box), self->lines);
  gtk_box_append (GTK_BOX (box), self->add_button);
  gtk_box_append (GTK_BOX (box), self->choices);
  gtk_box_append (GTK_BOX (box), build_summary (self));
  gtk_box_append (GTK_BOX (box), self->status);
  gtk_box_append (GTK_BOX (box), build_tools (self));
  gtk_widget_add_css_class (box, "desk-message");
  self->start = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->start), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->start), box);
  gtk_widget_set_vexpand (self->start, TRUE);
  gtk_widget_add_css_class (self->start, "desk-list-pane");

  return self->start;
}

static void
way_share_view_init (WayShareView *self)
{
  self->checks = g_ptr_array_new ();
}

static void
way_share_view_dispose (GObject *object)
{
  WayShareView *self = WAY_SHARE_VIEW (object);

  if (self->practice != NULL)
    g_signal_handlers_disconnect_by_data (self->practice, self);
  g_clear_object (&self->practice);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->split, gtk_widget_unparent);

  G_OBJECT_CLASS (way_share_view_parent_class)->dispose (object);
}

static void
way_share_view_class_init (WayShareViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_share_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, undo_shortcut_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, send_shortcut_cb,
                                NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, send_shortcut_cb,
                                NULL);
}

/**
 * way_share_view_new:
 * @practice: a run of a desk with something to share
 *
 * Returns: (transfer floating): the first of them, and the people to choose from
 */
GtkWidget *
way_share_view_new (WayPractice *practice)
{
  WayShareView *self = g_object_new (WAY_TYPE_SHARE_VIEW, NULL);
  GtkWidget *start;

  g_return_val_if_fail (WAY_IS_PRACTICE (practice), GTK_WIDGET (self));

  self->practice = g_object_ref (practice);
  start = build_start (self);
  self->people = way_people_list_new (practice);
  g_signal_connect_object (self->people, "back", G_CALLBACK (show_start_cb), self,
                           G_CONNECT_SWAPPED);
  self->split = g_object_new (WAY_TYPE_SPLIT, "fold-width", FOLD_WIDTH, "start-width", START_WIDTH,
                              "shows-one", TRUE, "start", start, "end", self->people, NULL);
  gtk_widget_set_vexpand (self->split, TRUE);
  gtk_widget_set_parent (self->split, GTK_WIDGET (self));
  g_signal_connect_object (self->split, "notify::folded", G_CALLBACK (folded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (practice, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  update (self);
  folded_cb (self);

  return GTK_WIDGET (self);
}

/**
 * way_share_view_dup_progress:
 *
 * Returns: (transfer full): how many were sent
 */
char *
way_share_view_dup_progress (WayPractice *practice)
{
  guint out_of;
  guint sent;

  g_return_val_if_fail (WAY_IS_PRACTICE (practice), NULL);

  sent = way_desk_count_decided (practice, &out_of);

  /* Translators: how many of how many messages. */
  return g_strdup_printf (_ ("%u of %u sent"), sent, out_of);
}

static const char *
get_part_text (const WayDeskRecord *share, const char *id)
{
  for (guint i = 0; id != NULL && i < share->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (share->parts, i);

      if (g_strcmp0 (part->id, id) == 0)
        return way_desk_get_field (part, "text");
    }

  return NULL;
}

/**
 * way_share_view_describe:
 * @target: something to share
 * @value: (nullable)
 *
 * Returns: (nullable) (transfer full): a sentence for the debrief
 */
char *
way_share_view_describe (WayPractice *practice,
                         const char *action,
                         const WayDeskRecord *target,
                         const char *value)
{
  g_auto (GStrv) words = g_strsplit (value != NULL ? value : "", "=", 2);
  const char *who = words[0] != NULL && words[1] != NULL ? words[1] : value;
  const WayDeskRecord *person = way_practice_find_record (practice, who);
  g_autofree char *name = person != NULL ? way_person_dup_label (person) : NULL;
  const char *text = way_share_is (target) ? get_part_text (target, value) : NULL;

  if (strcmp (action, "put") == 0 && name != NULL)
    return g_strdup_printf (_ ("You put %s into %s."), name, way_share_line_get_name (words[0]));
  if (strcmp (action, "take-out") == 0 && name != NULL)
    return g_strdup_printf (_ ("You took %s out."), name);
  if (strcmp (action, "look") == 0 && name != NULL)
    return g_strdup_printf (_ ("You looked at the card of %s."), name);
  if (strcmp (action, "include") == 0 && text != NULL)
    return g_strdup_printf (_ ("You added “%s”."), text);
  if (strcmp (action, "exclude") == 0 && text != NULL)
    return g_strdup_printf (_ ("You left out “%s”."), text);
  if (strcmp (action, "choose-subject") == 0 && text != NULL)
    return g_strdup_printf (_ ("You chose the subject “%s”."), text);
  if (strcmp (action, "choose-route") == 0 && text != NULL)
    return g_strdup_printf (_ ("You chose this way: %s"), text);
  if (strcmp (action, "send") == 0)
    return g_strdup (way_share_is (target) && is_access (target) ? _ ("You saved it.")
                                                                 : _ ("You sent it."));

  return NULL;
}
