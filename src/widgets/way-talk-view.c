/* way-talk-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-talk-view.h"

#include <adwaita.h>

#include "practice/way-practice-talk.h"
#include "widgets/way-compat.h"
#include "widgets/way-content-view.h"
#include "widgets/way-desk-parts.h"
#include "widgets/way-desk-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>
#include <string.h>

#define PORTRAIT_SIZE 40
#define LINE_WIDTH 560 /* what is said is not wider, so that both sides can be told apart */

/* The invented telephone or chat of a practice desk: what was said so far, and what can
 * be said next. */
struct _WayTalkView
{
  GtkWidget parent_instance;

  WayPractice *practice;     /* (owned) */
  const WayDeskRecord *talk; /* (nullable) the one that shows */
  GPtrArray *replies;        /* (owned) borrowed buttons, each with its reply */
  GtkWidget *latest;         /* (nullable) what was said last */
  guint tick;
  guint n_frames; /* since it was to scroll */

  GtkWidget *box;
  GtkWidget *people; /* one button a talk, where there are several */
  GtkWidget *portrait;
  GtkWidget *name;
  GtkWidget *role;
  GtkWidget *scroll;
  GtkWidget *inside; /* what scrolls */
  GtkWidget *note;   /* what one knows before the talk */
  GtkWidget *note_text;
  GtkWidget *transcript;
  GtkWidget *answers;
  GtkWidget *status;
  GtkWidget *tools;
  GtkWidget *back_button;
  GtkWidget *end_button;
  GtkWidget *take_button;
};

G_DEFINE_FINAL_TYPE (WayTalkView, way_talk_view, GTK_TYPE_WIDGET)

static const char *
get_person (WayTalkView *self)
{
  const char *person = way_desk_get_field (self->talk, "person");

  return person != NULL ? person : way_desk_get_title (self->talk);
}

static gboolean
is_by (WayTalkView *self, const char *channel)
{
  return g_strcmp0 (way_desk_get_field (self->talk, "channel"), channel) == 0;
}

/* --- What was said ------------------------------------------------------------------ */

static GtkWidget *
new_line (const char *who, GtkWidget *words, const char *speech, gboolean is_own)
{
  GtkWidget *line = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                  3, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, "halign",
                                  is_own ? GTK_ALIGN_END : GTK_ALIGN_START, NULL);
  /* Translators: a person, and what they say. */
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), who, speech);

  gtk_widget_add_css_class (line, "desk-line");
  gtk_widget_add_css_class (line, is_own ? "desk-own" : "desk-other");
  gtk_widget_set_margin_start (line, is_own ? 36 : 0);
  gtk_widget_set_margin_end (line, is_own ? 0 : 36);
  way_compat_name (line, name);
  gtk_box_append (GTK_BOX (line), way_desk_text_new (who, "caption-heading"));
  gtk_box_append (GTK_BOX (line), words);

  return line;
}

static void
add_own (WayTalkView *self, const WayDeskRecord *reply)
{
  const char *text = way_desk_get_field (reply, "text");

  gtk_box_append (GTK_BOX (self->transcript),
                  new_line (_ ("You"), way_desk_text_new (text, NULL), text, TRUE));
}

/* The last one can be gone to, so that it is read out. */
static void
add_other (WayTalkView *self, const WayDeskRecord *turn)
{
  GtkWidget *words = way_content_view_new ();
  g_autofree char *speech = turn->content != NULL ? way_node_dup_text (turn->content)
                                                  : g_strdup ("");

  way_content_view_set_content (WAY_CONTENT_VIEW (words), turn->content, NULL);
  if (self->latest != NULL)
    gtk_widget_set_focusable (self->latest, FALSE);
  self->latest = new_line (get_person (self), words, speech, FALSE);
  gtk_widget_set_focusable (self->latest, TRUE);
  gtk_box_append (GTK_BOX (self->transcript), self->latest);
}

static void
build_transcript (WayTalkView *self)
{
  g_auto (GStrv) said = way_practice_dup_said (self->practice, self->talk);
  const WayDeskRecord *turn = way_talk_find_turn (self->talk, NULL);
  g_autofree char *flags = g_strdup ("");

  self->latest = NULL;
  way_desk_box_clear (self->transcript);
  if (turn != NULL)
    add_other (self, turn);
  for (guint i = 0; said[i] != NULL; i++)
    {
      const WayDeskRecord *reply = way_talk_find_reply (self->talk, said[i]);
      g_autofree char *after = way_talk_add_flags (flags, reply);

      add_own (self, reply);
      turn = way_talk_follow (self->talk, reply, after);
      if (turn != NULL)
        add_other (self, turn);
      g_free (flags);
      flags = g_steal_pointer (&after);
    }
}

static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  WayTalkView *self = WAY_TALK_VIEW (widget);
  GtkAdjustment *adjustment;
  graphene_point_t top;

  /* The frame that was asked for lays out after this. */
  if (self->n_frames++ == 0)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  if (self->latest == NULL
      || !gtk_widget_compute_point (self->latest, self->inside, &GRAPHENE_POINT_INIT (0, 0), &top))
    return G_SOURCE_REMOVE;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroll));
  gtk_adjustment_set_value (adjustment, top.y);

  return G_SOURCE_REMOVE;
}

/* What was said last stands at the top, with the replies under it. Sizes are known once
 * it was drawn. */
static void
scroll_to_latest (WayTalkView *self)
{
  self->n_frames = 0;
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_cb, NULL, NULL);
}

/* --- What can be said --------------------------------------------------------------- */

static void
reply_clicked_cb (WayTalkView *self, GtkWidget *button)
{
  const WayDeskRecord *reply = g_object_get_data (G_OBJECT (button), "desk-reply");

  way_practice_do (self->practice, "say", self->talk->id, reply->id);
}

static GtkWidget *
new_reply (WayTalkView *self, const WayDeskRecord *reply, guint number)
{
  const char *text = way_desk_get_field (reply, "text");
  GtkWidget *button = gtk_button_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = way_desk_text_new (text, NULL);
  g_autofree char *key = g_strdup_printf ("%u", number);
  GtkWidget *digit = gtk_label_new (key);
  g_autofree char *name = g_strdup_printf (_ ("Say: %s"), text);
  g_autofree char *tip = g_strdup_printf (_ ("Key %u"), number);

  gtk_widget_add_css_class (digit, "desk-key");
  gtk_widget_set_valign (digit, GTK_ALIGN_START);
  way_compat_hide (digit);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (row), digit);
  gtk_box_append (GTK_BOX (row), words);
  gtk_button_set_child (GTK_BUTTON (button), row);
  gtk_widget_add_css_class (button, "desk-reply");
  gtk_widget_set_tooltip_text (button, tip);
  way_compat_name (button, name);
  g_object_set_data (G_OBJECT (button), "desk-reply", (gpointer) reply);
  g_signal_connect_object (button, "clicked", G_CALLBACK (reply_clicked_cb), self,
                           G_CONNECT_SWAPPED);

  return button;
}

/* From another one of them in each run, so that a place says nothing. */
static void
build_replies (WayTalkView *self)
{
  const WayDeskRecord *turn = way_practice_get_turn (self->practice, self->talk);
  g_autoptr (GPtrArray) open = g_ptr_array_new ();
  guint first;

  way_desk_box_clear (self->answers);
  g_ptr_array_set_size (self->replies, 0);
  for (guint i = 0; turn != NULL && i < turn->parts->len; i++)
    {
      WayDeskRecord *reply = g_ptr_array_index (turn->parts, i);

      if (way_practice_can (self->practice, "say", self->talk->id, reply->id))
        g_ptr_array_add (open, reply);
    }

  first = turn != NULL ? (guint) way_practice_get_seed (self->practice) + g_str_hash (turn->id) : 0;
  for (guint i = 0; i < open->len; i++)
    {
      GtkWidget *button = new_reply (self, g_ptr_array_index (open, (first + i) % open->len),
                                     i + 1);

      g_ptr_array_add (self->replies, button);
      gtk_box_append (GTK_BOX (self->answers), button);
    }
}

/* --- The rest ----------------------------------------------------------------------- */

static void
back_cb (WayTalkView *self)
{
  way_practice_do (self->practice, "go-back", self->talk->id, NULL);
}

static void
end_cb (WayTalkView *self)
{
  way_practice_do (self->practice, "end", self->talk->id, NULL);
}

static void
take_cb (WayTalkView *self)
{
  way_practice_do (self->practice, "take", self->talk->id, NULL);
}

static void
person_clicked_cb (WayTalkView *self, GtkWidget *button)
{
  const WayDeskRecord *talk = g_object_get_data (G_OBJECT (button), "desk-talk");

  if (way_practice_can (self->practice, "take", talk->id, NULL))
    way_practice_do (self->practice, "take", talk->id, NULL);
}

static const char *
get_status (WayTalkView *self, const WayDeskRecord *talk)
{
  const char *state = way_practice_get_state (self->practice, talk->id);

  if (g_strcmp0 (state, "ended") == 0)
    return _ ("Ended");
  if (g_strcmp0 (state, "left") == 0)
    return _ ("Broken off");
  if (way_practice_get_current_in (self->practice, "talk") == talk)
    return _ ("Now");

  return _ ("Waiting");
}

static void
build_people (WayTalkView *self)
{
  g_autoptr (GPtrArray) talks = way_practice_dup_records (self->practice, "talk");
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->people)) != NULL)
    gtk_widget_unparent (child);
  gtk_widget_set_visible (self->people, talks->len > 1);
  for (guint i = 0; talks->len > 1 && i < talks->len; i++)
    {
      const WayDeskRecord *talk = g_ptr_array_index (talks, i);
      /* Translators: the number of a talk, with whom, and how it stands. */
      g_autofree char *label = g_strdup_printf (_ ("%u · %s · %s"), i + 1,
                                                way_desk_get_field (talk, "person"),
                                                get_status (self, talk));
      GtkWidget *button = gtk_button_new_with_label (label);

      way_desk_button_tidy (button);
      gtk_widget_set_sensitive (button, way_practice_can (self->practice, "take", talk->id, NULL));
      g_object_set_data (G_OBJECT (button), "desk-talk", (gpointer) talk);
      g_signal_connect_object (button, "clicked", G_CALLBACK (person_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      way_wrap_box_append (WAY_WRAP_BOX (self->people), button);
    }
}

static void
update_head (WayTalkView *self)
{
  const char *role = way_desk_get_field (self->talk, "role");
  const char *channel = is_by (self, "phone")  ? _ ("On the telephone")
                        : is_by (self, "chat") ? _ ("In a chat")
                                               : _ ("Face to face");
  g_autofree char *line = role != NULL ? g_strdup_printf ("%s · %s", role, channel)
                                       : g_strdup (channel);

  way_content_view_set_content (WAY_CONTENT_VIEW (self->note_text), self->talk->content, NULL);
  gtk_widget_set_visible (self->note, self->talk->content != NULL);
  adw_avatar_set_text (ADW_AVATAR (self->portrait), get_person (self));
  gtk_label_set_label (GTK_LABEL (self->name), get_person (self));
  gtk_label_set_label (GTK_LABEL (self->role), line);
}

static void
update_tools (WayTalkView *self)
{
  const char *state = way_practice_get_state (self->practice, self->talk->id);
  gboolean is_ended = g_strcmp0 (state, "ended") == 0;
  const char *text = NULL;

  gtk_button_set_label (GTK_BUTTON (self->end_button),
                        is_by (self, "phone") ? _ ("_End the call") : _ ("_End the talk"));
  way_desk_button_tidy (self->end_button);
  gtk_widget_set_visible (self->back_button,
                          way_practice_can (self->practice, "go-back", self->talk->id, NULL));
  gtk_widget_set_visible (self->end_button,
                          way_practice_can (self->practice, "end", self->talk->id, NULL));
  gtk_widget_set_visible (self->take_button,
                          !gtk_widget_get_visible (self->end_button)
                              && way_practice_can (self->practice, "take", self->talk->id, NULL));
  if (gtk_widget_get_visible (self->take_button))
    text = is_ended ? _ ("This talk has ended.") : _ ("You broke this talk off.");
  else if (is_ended)
    text = _ ("There is nothing more to say. You can end it, or go back.");
  gtk_label_set_label (GTK_LABEL (self->status), text != NULL ? text : "");
  gtk_widget_set_visible (self->status, text != NULL);
  if (is_ended)
    gtk_widget_add_css_class (self->end_button, "desk-strong");
  else
    gtk_widget_remove_css_class (self->end_button, "desk-strong");
}

static void
update (WayTalkView *self)
{
  const WayDeskRecord *talk = way_practice_get_current_in (self->practice, "talk");

  if (talk != NULL)
    self->talk = talk;
  build_people (self);
  gtk_widget_set_visible (self->scroll, self->talk != NULL);
  if (self->talk == NULL)
    return;

  update_head (self);
  build_transcript (self);
  build_replies (self);
  update_tools (self);
  scroll_to_latest (self);
}

/* Where the focus goes is what a reader says: what the other person answered. */
static void
done_cb (WayTalkView *self, const char *action, const char *target, const char *value)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean was_inside = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));

  if (target == NULL || !way_talk_is (way_practice_find_record (self->practice, target)))
    return;
  update (self);
  if (was_inside && gtk_widget_get_visible (self->take_button))
    gtk_widget_grab_focus (self->take_button);
  else if (was_inside && self->latest != NULL)
    gtk_widget_grab_focus (self->latest);
  if (gtk_widget_get_visible (self->status))
    way_compat_announce (GTK_WIDGET (self), gtk_label_get_text (GTK_LABEL (self->status)));
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint key,
                guint code,
                GdkModifierType state,
                gpointer user_data)
{
  WayTalkView *self = user_data;
  guint digit = key >= GDK_KEY_1 && key <= GDK_KEY_9         ? key - GDK_KEY_0
                : key >= GDK_KEY_KP_1 && key <= GDK_KEY_KP_9 ? key - GDK_KEY_KP_0
                                                             : 0;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 || self->talk == NULL)
    return GDK_EVENT_PROPAGATE;
  if (digit > 0 && digit <= self->replies->len)
    reply_clicked_cb (self, g_ptr_array_index (self->replies, digit - 1));
  else if (key == GDK_KEY_u && gtk_widget_get_visible (self->back_button))
    back_cb (self);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

/* --- Making it ---------------------------------------------------------------------- */

static GtkWidget *
build_head (WayTalkView *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->portrait = adw_avatar_new (PORTRAIT_SIZE, NULL, TRUE);
  self->name = way_desk_heading_new (NULL, "heading");
  self->role = way_desk_text_new (NULL, "caption");
  way_compat_hide (self->portrait);
  gtk_widget_set_valign (self->portrait, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), self->name);
  gtk_box_append (GTK_BOX (words), self->role);
  gtk_box_append (GTK_BOX (head), self->portrait);
  gtk_box_append (GTK_BOX (head), words);
  gtk_widget_add_css_class (head, "desk-tools");

  return head;
}

static void
build_note (WayTalkView *self)
{
  self->note = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 3,
                             "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  self->note_text = way_content_view_new ();
  way_compat_name (self->note, _ ("What you know"));
  gtk_widget_add_css_class (self->note, "desk-reveal");
  gtk_box_append (GTK_BOX (self->note), way_desk_text_new (_ ("What you know"), "caption-heading"));
  gtk_box_append (GTK_BOX (self->note), self->note_text);
}

static void
build_tools (WayTalkView *self)
{
  self->back_button = way_desk_button_new (_ ("_Take back what I said"));
  self->end_button = way_desk_button_new (_ ("_End the talk"));
  self->take_button = way_desk_button_new (_ ("Take it _up again"));
  gtk_widget_set_tooltip_text (self->back_button, _ ("Go back one step: key U"));
  g_signal_connect_object (self->back_button, "clicked", G_CALLBACK (back_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->end_button, "clicked", G_CALLBACK (end_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->take_button, "clicked", G_CALLBACK (take_cb), self,
                           G_CONNECT_SWAPPED);
  self->tools = way_wrap_box_new (6, 6);
  way_wrap_box_append (WAY_WRAP_BOX (self->tools), self->back_button);
  way_wrap_box_append (WAY_WRAP_BOX (self->tools), self->end_button);
  way_wrap_box_append (WAY_WRAP_BOX (self->tools), self->take_button);
}

static void
way_talk_view_init (WayTalkView *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->replies = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->people = way_wrap_box_new (6, 6);
  self->transcript = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                   12, "accessible-role", GTK_ACCESSIBLE_ROLE_LOG, NULL);
  self->answers = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6,
                                "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  self->status = way_desk_text_new (NULL, "heading");
  self->scroll = gtk_scrolled_window_new ();
  build_note (self);
  build_tools (self);

  way_compat_name (self->transcript, _ ("What was said"));
  way_compat_name (self->answers, _ ("What you can say"));
  way_compat_name (self->people, _ ("Talks"));
  gtk_widget_add_css_class (self->inside, "desk-talk");
  gtk_box_append (GTK_BOX (self->inside), self->people);
  gtk_box_append (GTK_BOX (self->inside), self->note);
  gtk_box_append (GTK_BOX (self->inside), self->transcript);
  gtk_box_append (GTK_BOX (self->inside), self->answers);
  gtk_box_append (GTK_BOX (self->inside), self->status);
  gtk_box_append (GTK_BOX (self->inside), self->tools);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), LINE_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->inside);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), clamp);
  gtk_widget_set_vexpand (self->scroll, TRUE);
  gtk_box_append (GTK_BOX (self->box), build_head (self));
  gtk_box_append (GTK_BOX (self->box), self->scroll);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
way_talk_view_dispose (GObject *object)
{
  WayTalkView *self = WAY_TALK_VIEW (object);

  if (self->practice != NULL)
    g_signal_handlers_disconnect_by_data (self->practice, self);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_clear_object (&self->practice);
  g_clear_pointer (&self->replies, g_ptr_array_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (way_talk_view_parent_class)->dispose (object);
}

static void
way_talk_view_class_init (WayTalkViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_talk_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

/**
 * way_talk_view_new:
 * @practice: a run of a desk with talks
 *
 * Returns: (transfer floating): the talk in hand
 */
GtkWidget *
way_talk_view_new (WayPractice *practice)
{
  WayTalkView *self = g_object_new (WAY_TYPE_TALK_VIEW, NULL);
  g_autoptr (GPtrArray) talks = NULL;

  g_return_val_if_fail (WAY_IS_PRACTICE (practice), GTK_WIDGET (self));

  self->practice = g_object_ref (practice);
  talks = way_practice_dup_records (practice, "talk");
  self->talk = talks->len > 0 ? g_ptr_array_index (talks, 0) : NULL;
  g_signal_connect_object (practice, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

/**
 * way_talk_view_dup_progress:
 *
 * Returns: (transfer full): how many talks have come to their end, or were broken off
 */
char *
way_talk_view_dup_progress (WayPractice *practice)
{
  guint out_of;
  guint ended;

  g_return_val_if_fail (WAY_IS_PRACTICE (practice), NULL);

  ended = way_desk_count_decided (practice, &out_of);

  /* Translators: how many of how many conversations. */
  return g_strdup_printf (_ ("%u of %u talks ended"), ended, out_of);
}

/**
 * way_talk_view_describe:
 * @target: a talk
 * @value: (nullable)
 *
 * Returns: (nullable) (transfer full): for what was said, a sentence for the debrief
 */
char *
way_talk_view_describe (WayPractice *practice,
                        const char *action,
                        const WayDeskRecord *target,
                        const char *value)
{
  const WayDeskRecord *reply = way_talk_is (target) ? way_talk_find_reply (target, value) : NULL;

  if (reply == NULL || g_strcmp0 (action, "say") != 0)
    return NULL;

  return g_strdup_printf (_ ("You said: “%s”"), way_desk_get_field (reply, "text"));
}
