/* way-question-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-question-view.h"

#include <glib/gi18n.h>

#include "widgets/way-area-view.h"
#include "widgets/way-associate-view.h"
#include "widgets/way-choice-view.h"
#include "widgets/way-compat.h"
#include "widgets/way-end-view.h"
#include "widgets/way-entry-view.h"
#include "widgets/way-flow-box.h"
#include "widgets/way-gap-view.h"
#include "widgets/way-hottext-view.h"
#include "widgets/way-inline-view.h"
#include "widgets/way-match-view.h"
#include "widgets/way-media-view.h"
#include "widgets/way-order-view.h"
#include "widgets/way-slider-view.h"
#include "widgets/way-task-view.h"
#include "widgets/way-unshown-view.h"

/* One question: its text with the controls in it, the answer so far, and in a check what
 * was right about it. It knows nothing of sittings or scores: who owns it saves the answer
 * and says when it is marked. */
struct _WayQuestionView
{
  GtkWidget parent_instance;

  WayItem *item; /* (owned) (nullable) */
  WayPack *pack; /* (owned) (nullable) */
  guint64 seed;

  GtkWidget *box;      /* (nullable) */
  GtkWidget *feedback; /* (nullable) in the box, after what was asked */
  GPtrArray *places;   /* (owned) borrowed widgets in the text, where feedback may stand */
  gboolean is_marked;  /* nothing more can be answered */
  GPtrArray *views;    /* (owned) borrowed WayInteractionViews in document order */
  gboolean has_answer;
  gboolean has_digits; /* the keys 1 to 9 choose */
};

enum
{
  PROP_0,
  PROP_HAS_ANSWER,
  N_PROPS
};

enum
{
  ACTIVATE_ANSWER,
  CHANGED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WayQuestionView, way_question_view, GTK_TYPE_WIDGET)

static void
update_has_answer (WayQuestionView *self)
{
  gboolean has_answer = self->views->len > 0;

  for (guint i = 0; i < self->views->len; i++)
    has_answer = has_answer
                 && way_interaction_view_is_complete (g_ptr_array_index (self->views, i));
  if (has_answer != self->has_answer)
    {
      self->has_answer = has_answer;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HAS_ANSWER]);
    }
}

static void
changed_cb (WayQuestionView *self)
{
  update_has_answer (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
answer_cb (WayQuestionView *self)
{
  g_signal_emit (self, signals[ACTIVATE_ANSWER], 0);
}

static GType
get_view_type (WayInteractionType type)
{
  switch (type)
    {
    case WAY_INTERACTION_CHOICE:
      return WAY_TYPE_CHOICE_VIEW;
    case WAY_INTERACTION_ORDER:
      return WAY_TYPE_ORDER_VIEW;
    case WAY_INTERACTION_MATCH:
      return WAY_TYPE_MATCH_VIEW;
    case WAY_INTERACTION_GAP_MATCH:
      return WAY_TYPE_GAP_VIEW;
    case WAY_INTERACTION_INLINE_CHOICE:
      return WAY_TYPE_INLINE_VIEW;
    case WAY_INTERACTION_ASSOCIATE:
      return WAY_TYPE_ASSOCIATE_VIEW;
    case WAY_INTERACTION_HOTTEXT:
      return WAY_TYPE_HOTTEXT_VIEW;
    case WAY_INTERACTION_HOTSPOT:
    case WAY_INTERACTION_GRAPHIC_ORDER:
      return WAY_TYPE_AREA_VIEW;
    case WAY_INTERACTION_SLIDER:
      return WAY_TYPE_SLIDER_VIEW;
    case WAY_INTERACTION_END_ATTEMPT:
      return WAY_TYPE_END_VIEW;
    case WAY_INTERACTION_MEDIA:
      return WAY_TYPE_MEDIA_VIEW;
    case WAY_INTERACTION_DESK:
      return WAY_TYPE_TASK_VIEW;
    case WAY_INTERACTION_GRAPHIC_ASSOCIATE:
    case WAY_INTERACTION_GRAPHIC_GAP_MATCH:
    case WAY_INTERACTION_SELECT_POINT:
    case WAY_INTERACTION_POSITION_OBJECT:
      return WAY_TYPE_UNSHOWN_VIEW;
    case WAY_INTERACTION_TEXT_ENTRY:
    case WAY_INTERACTION_EXTENDED_TEXT:
    default:
      return WAY_TYPE_ENTRY_VIEW;
    }
}

/* Where feedback stands in the text: nothing, until an answer shows it. */
static GtkWidget *
make_place (WayQuestionView *self, const WayNode *node)
{
  GtkWidget *place;

  if (node->type == WAY_NODE_SPAN)
    {
      g_autofree char *markup = way_flow_dup_markup (node->feedback->content);

      place = gtk_label_new (NULL);
      gtk_label_set_markup (GTK_LABEL (place), markup);
      gtk_label_set_wrap (GTK_LABEL (place), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (place), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_xalign (GTK_LABEL (place), 0);
      gtk_widget_add_css_class (place, "heading");
    }
  else
    {
      place = way_flow_box_new (node->feedback->content, self->pack, NULL, NULL);
      gtk_widget_add_css_class (place, "way-box");
    }
  gtk_widget_set_visible (place, FALSE);
  g_object_set_data (G_OBJECT (place), "feedback", (gpointer) node->feedback);
  g_ptr_array_add (self->places, place);

  return place;
}

/* What is asked for in a line of text: the line, and its place where there are several. NULL
 * for what stands by itself. */
static char *
dup_name (WayQuestionView *self, const WayInteraction *interaction, const char *sentence)
{
  guint n = 0, place = 0;

  if (sentence == NULL || !way_interaction_is_inline (interaction))
    return g_strdup (sentence);

  for (guint i = 0; i < self->item->interactions->len; i++)
    {
      const WayInteraction *other = g_ptr_array_index (self->item->interactions, i);

      if (!way_interaction_is_inline (other) || other->type == WAY_INTERACTION_END_ATTEMPT)
        continue;
      n++;
      if (other == interaction)
        place = n;
    }
  if (n > 1 && place > 0)
    /* TRANSLATORS: one of the gaps in a text, how many there are, and its line. */
    return g_strdup_printf (_ ("Gap %u of %u: %s"), place, n, sentence);
  if (interaction->type == WAY_INTERACTION_INLINE_CHOICE)
    return g_strdup_printf (_ ("Choose: %s"), sentence);

  return g_strdup (sentence);
}

static GtkWidget *
embed_cb (const WayNode *node, const char *sentence, gpointer user_data)
{
  WayQuestionView *self = user_data;
  GtkWidget *view;
  g_autofree char *name = NULL;

  if (node->feedback != NULL)
    return make_place (self, node);
  if (node->type != WAY_NODE_INTERACTION)
    return NULL;

  name = dup_name (self, node->interaction, sentence);
  view = way_interaction_view_new (get_view_type (node->interaction->type), node->interaction,
                                   way_item_find_response (self->item, node->interaction->response),
                                   self->pack, self->seed + self->views->len, name);
  g_signal_connect_swapped (view, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (view, "answer", G_CALLBACK (answer_cb), self);
  g_ptr_array_add (self->views, view);

  return view;
}

static gboolean
key_pressed_cb (WayQuestionView *self, guint keyval, guint keycode, GdkModifierType state)
{
  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;

  return way_question_view_press_key (self, keyval);
}

static void
clear (WayQuestionView *self)
{
  g_ptr_array_set_size (self->views, 0);
  g_ptr_array_set_size (self->places, 0);
  self->feedback = NULL;
  self->is_marked = FALSE;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->item, way_item_unref);
  g_clear_object (&self->pack);
}

static void
way_question_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_HAS_ANSWER:
      g_value_set_boolean (value, WAY_QUESTION_VIEW (object)->has_answer);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
way_question_view_dispose (GObject *object)
{
  clear (WAY_QUESTION_VIEW (object));

  G_OBJECT_CLASS (way_question_view_parent_class)->dispose (object);
}

static void
way_question_view_finalize (GObject *object)
{
  g_ptr_array_unref (WAY_QUESTION_VIEW (object)->views);
  g_ptr_array_unref (WAY_QUESTION_VIEW (object)->places);

  G_OBJECT_CLASS (way_question_view_parent_class)->finalize (object);
}

static void
way_question_view_class_init (WayQuestionViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = way_question_view_get_property;
  object_class->dispose = way_question_view_dispose;
  object_class->finalize = way_question_view_finalize;

  /* Whether there is enough to answer. */
  props[PROP_HAS_ANSWER] = g_param_spec_boolean ("has-answer", NULL, NULL, FALSE,
                                                 G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY
                                                     | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /* Enter was pressed: answer, or go on where it is marked. The owner decides whether it
   * counts. */
  signals[ACTIVATE_ANSWER] = g_signal_new ("activate-answer", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* A person changed the answer. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "way-question-view");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
way_question_view_init (WayQuestionView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->views = g_ptr_array_new ();
  self->places = g_ptr_array_new ();
  self->has_digits = TRUE;
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * way_question_view_new:
 *
 * Returns: (transfer floating): a view without a question
 */
GtkWidget *
way_question_view_new (void)
{
  return g_object_new (WAY_TYPE_QUESTION_VIEW, NULL);
}

/* What is read out when the question appears: its text, and how it is asked. */
static char *
dup_question_text (WayQuestionView *self)
{
  g_autofree char *body = way_flow_dup_speech (self->item->body);
  g_autoptr (GString) text = g_string_new (body);

  for (guint i = 0; i < self->item->interactions->len; i++)
    {
      const WayInteraction *interaction = g_ptr_array_index (self->item->interactions, i);
      g_autofree char *prompt = way_flow_dup_speech (interaction->prompt);

      if (*prompt != '\0')
        {
          if (text->len > 0)
            g_string_append_c (text, '\n');
          g_string_append (text, prompt);
        }
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What a desk says by itself does not stand above it as well: it takes the room of the desk. */
static void
hide_what_is_told (WayQuestionView *self)
{
  GtkWidget *view = self->views->len == 1 ? g_ptr_array_index (self->views, 0) : NULL;
  g_autofree char *text = way_flow_dup_speech (self->item->body);

  if (view == NULL || !WAY_IS_TASK_VIEW (view) || !way_task_view_tells (WAY_TASK_VIEW (view), text))
    return;

  for (GtkWidget *child = gtk_widget_get_first_child (self->box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, child == view || gtk_widget_is_ancestor (view, child));
}

/**
 * way_question_view_set_item:
 * @self: a view
 * @item: (nullable): a question
 * @pack: (nullable): the pack it is from
 * @shuffle_seed: for the order of choices; the same seed shows the same order
 *
 * Shows a question without an answer.
 */
void
way_question_view_set_item (WayQuestionView *self,
                            WayItem *item,
                            WayPack *pack,
                            guint64 shuffle_seed)
{
  g_autofree char *text = NULL;
  g_autoptr (WayItem) kept = NULL;

  g_return_if_fail (WAY_IS_QUESTION_VIEW (self));

  kept = item != NULL ? way_item_ref (item) : NULL;
  clear (self);
  if (kept != NULL)
    {
      self->item = g_steal_pointer (&kept);
      g_set_object (&self->pack, pack);
      self->seed = shuffle_seed;
      self->box = way_flow_box_new (self->item->body, pack, embed_cb, self);
      gtk_widget_add_css_class (self->box, "way-question");
      gtk_widget_set_parent (self->box, GTK_WIDGET (self));
      hide_what_is_told (self);
      text = dup_question_text (self);
      /* The question itself takes the focus when it appears, so that all of it is read out
       * before the choices. */
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                      -1);
    }
  update_has_answer (self);
}

/**
 * way_question_view_get_item:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the question that is shown
 */
WayItem *
way_question_view_get_item (WayQuestionView *self)
{
  g_return_val_if_fail (WAY_IS_QUESTION_VIEW (self), NULL);

  return self->item;
}

/**
 * way_question_view_has_answer:
 * @self: a view
 *
 * Returns: whether there is enough to answer
 */
gboolean
way_question_view_has_answer (WayQuestionView *self)
{
  g_return_val_if_fail (WAY_IS_QUESTION_VIEW (self), FALSE);

  return self->has_answer;
}

/**
 * way_question_view_dup_responses:
 * @self: a view
 *
 * Returns: (transfer full) (element-type utf8 WayValue): the answer so far: response
 *   identifiers and values; those without a value are left out
 */
GHashTable *
way_question_view_dup_responses (WayQuestionView *self)
{
  GHashTable *responses = way_responses_new ();

  g_return_val_if_fail (WAY_IS_QUESTION_VIEW (self), responses);

  for (guint i = 0; i < self->views->len; i++)
    {
      WayInteractionView *view = g_ptr_array_index (self->views, i);
      WayValue *value = way_interaction_view_dup_value (view);

      if (value != NULL)
        g_hash_table_insert (responses,
                             g_strdup (way_interaction_view_get_interaction (view)->response),
                             value);
    }

  return responses;
}

/**
 * way_question_view_set_responses:
 * @self: a view
 * @responses: (element-type utf8 WayValue): an answer
 *
 * Shows an answer that was given before.
 */
void
way_question_view_set_responses (WayQuestionView *self, GHashTable *responses)
{
  g_return_if_fail (WAY_IS_QUESTION_VIEW (self));
  g_return_if_fail (responses != NULL);

  for (guint i = 0; i < self->views->len; i++)
    {
      WayInteractionView *view = g_ptr_array_index (self->views, i);

      way_interaction_view_set_value (
          view,
          g_hash_table_lookup (responses, way_interaction_view_get_interaction (view)->response));
    }
  update_has_answer (self);
}

static GtkWidget *
make_feedback (WayQuestionView *self, WayScore *score, char **spoken)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP,
                                 "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6, "focusable",
                                 TRUE, NULL);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name (!score->is_complete ? "view-refresh-symbolic"
                                                  : score->is_correct ? "object-select-symbolic"
                                                                      : "window-close-symbolic");
  const char *verdict = !score->is_complete ? _ ("Not finished yet: answer again")
                        : score->is_correct ? _ ("Right")
                        : score->score > 0  ? _ ("Partly right")
                                            : _ ("Not right");
  GtkWidget *title = gtk_label_new (verdict);
  g_autoptr (GPtrArray) feedbacks = way_score_list_feedbacks (score, self->item);
  g_autoptr (GString) text = g_string_new (verdict);

  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (head, "way-box-head");
  way_compat_hide (icon);
  gtk_box_append (GTK_BOX (head), icon);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (box), head);
  for (guint i = 0; i < feedbacks->len; i++)
    {
      const WayFeedback *feedback = g_ptr_array_index (feedbacks, i);
      g_autofree char *words = way_flow_dup_speech (feedback->content);

      if (!feedback->is_in_place)
        gtk_box_append (GTK_BOX (box),
                        way_flow_box_new (feedback->content, self->pack, NULL, NULL));
      g_string_append_printf (text, ". %s", words);
    }
  gtk_widget_add_css_class (box, "way-box");
  gtk_widget_add_css_class (box, "way-feedback");
  if (score->is_complete)
    gtk_widget_add_css_class (box, score->is_correct ? "right" : "wrong");
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str,
                                  -1);
  *spoken = g_string_free (g_steal_pointer (&text), FALSE);

  return box;
}

/* Feedback in the text appears where it stands, and goes with the attempt that it was for. */
static void
show_places (WayQuestionView *self, const WayScore *score)
{
  g_autoptr (GPtrArray) feedbacks = way_score_list_feedbacks (score, self->item);

  for (guint i = 0; i < self->places->len; i++)
    {
      GtkWidget *place = g_ptr_array_index (self->places, i);

      gtk_widget_set_visible (place,
                              g_ptr_array_find (feedbacks,
                                                g_object_get_data (G_OBJECT (place), "feedback"),
                                                NULL));
    }
}

static void
mark_views (WayQuestionView *self, const WayScore *score)
{
  g_autoptr (GHashTable) correct = way_scoring_dup_correct (self->item);

  for (guint i = 0; i < self->views->len; i++)
    {
      WayInteractionView *view = g_ptr_array_index (self->views, i);
      const char *response = way_interaction_view_get_interaction (view)->response;

      way_interaction_view_mark (view,
                                 correct != NULL ? g_hash_table_lookup (correct, response) : NULL,
                                 score->is_correct);
    }
}

/* A button that ended this attempt has not been pressed in the next. */
static void
release_buttons (WayQuestionView *self)
{
  for (guint i = 0; i < self->views->len; i++)
    {
      WayInteractionView *view = g_ptr_array_index (self->views, i);

      if (WAY_IS_END_VIEW (view))
        way_interaction_view_set_value (view, NULL);
    }
}

/**
 * way_question_view_show_feedback:
 * @self: a view
 * @score: what the answer earned
 *
 * Marks the answer, opens the explanation under it and holds both as they are; where it is
 * adaptive and not complete, shows what there is to say, and lets go on. The focus goes to the
 * explanation, so that it is read out.
 */
void
way_question_view_show_feedback (WayQuestionView *self, WayScore *score)
{
  g_autofree char *text = NULL;

  g_return_if_fail (WAY_IS_QUESTION_VIEW (self));
  g_return_if_fail (score != NULL);

  if (self->item == NULL || self->is_marked)
    return;

  self->is_marked = score->is_complete;
  if (self->is_marked)
    mark_views (self, score);
  else
    release_buttons (self);
  show_places (self, score);
  if (self->feedback != NULL)
    gtk_box_remove (GTK_BOX (self->box), self->feedback);
  self->feedback = make_feedback (self, score, &text);
  gtk_box_append (GTK_BOX (self->box), self->feedback);
  gtk_widget_grab_focus (self->feedback);
}

/**
 * way_question_view_focus:
 * @self: a view
 *
 * Puts the focus where the answer begins: into the field where there is one alone, else on
 * the question, so that it is read out; number keys and Tab go on from there.
 */
void
way_question_view_focus (WayQuestionView *self)
{
  g_return_if_fail (WAY_IS_QUESTION_VIEW (self));

  if (self->feedback != NULL)
    {
      gtk_widget_grab_focus (self->feedback);
      return;
    }
  if (self->views->len == 1 && WAY_IS_ENTRY_VIEW (g_ptr_array_index (self->views, 0)))
    {
      gtk_widget_child_focus (g_ptr_array_index (self->views, 0), GTK_DIR_TAB_FORWARD);
      return;
    }
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/**
 * way_question_view_press_key:
 * @self: a view
 * @keyval: a key that was pressed somewhere on the page, with no modifier
 *
 * 1 to 9 choose, Enter answers, Down goes from the question to its first choice. A page
 * hands on the keys that came to it.
 *
 * Returns: whether the key meant something
 */
gboolean
way_question_view_press_key (WayQuestionView *self, guint keyval)
{
  guint digit = 0;

  g_return_val_if_fail (WAY_IS_QUESTION_VIEW (self), FALSE);

  if (keyval >= GDK_KEY_1 && keyval <= GDK_KEY_9)
    digit = keyval - GDK_KEY_0;
  else if (keyval >= GDK_KEY_KP_1 && keyval <= GDK_KEY_KP_9)
    digit = keyval - GDK_KEY_KP_0;
  if (digit > 0 && self->has_digits)
    return self->views->len == 1
           && way_interaction_view_press_digit (g_ptr_array_index (self->views, 0), digit);

  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      g_signal_emit (self, signals[ACTIVATE_ANSWER], 0);
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      if (gtk_widget_is_focus (GTK_WIDGET (self)) && self->views->len > 0)
        return gtk_widget_child_focus (g_ptr_array_index (self->views, 0), GTK_DIR_TAB_FORWARD);
      return FALSE;
    default:
      return FALSE;
    }
}

/**
 * way_question_view_set_digits:
 * @self: a view
 * @has_digits: whether the keys 1 to 9 choose
 *
 * Single keys can be turned off: they suit neither speech input nor some switches.
 */
void
way_question_view_set_digits (WayQuestionView *self, gboolean has_digits)
{
  g_return_if_fail (WAY_IS_QUESTION_VIEW (self));

  self->has_digits = has_digits;
}
