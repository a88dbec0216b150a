/* way-debrief-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "widgets/way-debrief-view.h"

#include <adwaita.h>

#include "widgets/way-compat.h"
#include "widgets/way-content-view.h"
#include "widgets/way-desk-parts.h"
#include "widgets/way-desk-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* What was done at a desk, in order, and for each thing what a careful colleague would
 * have done. Every miss is explained. */
struct _WayDebriefView
{
  GtkWidget parent_instance;

  GtkWidget *head;
  GtkWidget *items;
  GtkWidget *score;
  GtkWidget *scroll;
};

/* One record and all that was done about it. */
typedef struct
{
  const WayDeskRecord *record;
  GString *deeds;
} Item;

G_DEFINE_FINAL_TYPE (WayDebriefView, way_debrief_view, GTK_TYPE_WIDGET)

static void
item_free (Item *item)
{
  g_string_free (item->deeds, TRUE);
  g_free (item);
}

static Item *
find_item (GPtrArray *items, const WayDeskRecord *record)
{
  Item *item;

  for (guint i = 0; i < items->len; i++)
    {
      item = g_ptr_array_index (items, i);
      if (item->record == record)
        return item;
    }

  item = g_new0 (Item, 1);
  item->record = record;
  item->deeds = g_string_new (NULL);
  g_ptr_array_add (items, item);

  return item;
}

/* The records in the order in which something was first done about them, then the others.
 * Doing it all again on a second run says what was in hand at each moment: looking at a
 * patient belongs to the request for which it was done. */
static GPtrArray *
collect_items (WayPractice *practice)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  g_autoptr (WayPractice)
      again = way_practice_new (way_practice_get_desk (practice), way_practice_get_seed (practice));
  GPtrArray *records = way_practice_get_records (practice);

  for (guint i = 0; i < way_practice_get_n_actions (practice); i++)
    {
      const char *action;
      const char *target;
      const char *value;
      const WayDeskRecord *record;
      g_autofree char *deed = NULL;

      way_practice_get_action (practice, i, &action, &target, &value);
      record = way_practice_find_record (again, target);
      if (record != NULL && !way_practice_is_task (record))
        record = way_practice_get_current_in (again, way_practice_get_app (record));
      deed = way_desk_describe_action (practice, action, target, value);
      if (record != NULL && deed != NULL)
        {
          GString *deeds = find_item (items, record)->deeds;

          g_string_append_printf (deeds, "%s%s", deeds->len > 0 ? " " : "", deed);
        }
      way_practice_do (again, action, target, value);
    }
  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (records, i);

      if (way_practice_is_task (record))
        find_item (items, record);
    }

  return g_steal_pointer (&items);
}

static void
add_verdict (GtkWidget *box, const WayRuleOutcome *outcome)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name (outcome->is_held ? "object-select-symbolic"
                                                                   : "dialog-warning-symbolic");
  GtkWidget *word = way_desk_text_new (outcome->is_held ? _ ("Held") : _ ("Missed"), "heading");
  GtkWidget *text = way_content_view_new ();

  g_object_set (icon, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_add_css_class (line, outcome->is_held ? "desk-held" : "desk-missed");
  gtk_widget_set_margin_top (line, 12);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), word);
  gtk_box_append (GTK_BOX (box), line);
  way_content_view_set_content (WAY_CONTENT_VIEW (text),
                                outcome->is_held ? outcome->rule->held : outcome->rule->missed,
                                NULL);
  gtk_box_append (GTK_BOX (box), text);

  if (!outcome->is_held && outcome->rule->careful->children->len > 0)
    {
      GtkWidget *heading = way_desk_text_new (_ ("What a careful colleague would have done"),
                                              "caption-heading");
      GtkWidget *careful = way_content_view_new ();

      way_content_view_set_content (WAY_CONTENT_VIEW (careful), outcome->rule->careful, NULL);
      gtk_widget_set_margin_top (heading, 6);
      gtk_box_append (GTK_BOX (box), heading);
      gtk_box_append (GTK_BOX (box), careful);
    }
}

/* Of the option that was chosen, what comes of it. */
static const char *
get_result (WayPractice *practice, const WayDeskRecord *record)
{
  const char *value = way_practice_get_state_value (practice, record->id);

  for (guint i = 0; value != NULL && i < record->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (record->parts, i);

      if (g_strcmp0 (part->id, value) == 0)
        return way_desk_get_field (part, "result");
    }

  return NULL;
}

static void
add_weak_words (GtkWidget *card, WayPractice *practice, const WayDeskRecord *record)
{
  g_auto (GStrv) words = NULL;

  if (strcmp (record->type, "passphrase") != 0)
    return;
  words = way_practice_dup_words (practice, record->id);
  for (guint i = 0; i < record->parts->len; i++)
    {
      const WayDeskRecord *word = g_ptr_array_index (record->parts, i);
      const char *weak = way_desk_get_field (word, "weak");
      g_autofree char *text = NULL;

      if (weak == NULL || word->id == NULL
          || !g_strv_contains ((const char *const *) words, word->id))
        continue;
      text = g_strdup_printf ("%s: %s", way_desk_get_field (word, "text"), weak);
      gtk_box_append (GTK_BOX (card), way_desk_text_new (text, NULL));
    }
}

static void
add_item (WayDebriefView *self, WayPractice *practice, const Item *item, GArray *outcomes)
{
  GtkWidget *card = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                  6, "focusable", TRUE, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  g_autofree char *held_words = NULL;
  g_autofree char *missed_words = NULL;
  g_autofree char *name = NULL;
  guint held = 0;
  guint missed = 0;

  gtk_widget_add_css_class (card, "desk-card");
  if (item != NULL)
    {
      const char *tell = way_desk_get_field (item->record, "tell");
      const char *result = get_result (practice, item->record);

      gtk_box_append (GTK_BOX (card),
                      way_desk_heading_new (way_desk_get_title (item->record), "title-4"));
      gtk_box_append (GTK_BOX (card),
                      way_desk_text_new (item->deeds->len > 0 ? item->deeds->str
                                         : way_practice_has_arrived (practice, item->record)
                                             ? _ ("You did nothing about this one.")
                                             : _ ("It had not come yet when you finished."),
                                         "dim-label"));
      add_weak_words (card, practice, item->record);
      if (result != NULL)
        gtk_box_append (GTK_BOX (card), way_desk_text_new (result, NULL));
      if (tell != NULL)
        gtk_box_append (GTK_BOX (card), way_desk_text_new (tell, "desk-reveal"));
    }

  for (guint i = 0; i < outcomes->len; i++)
    {
      const WayRuleOutcome *outcome = &g_array_index (outcomes, WayRuleOutcome, i);

      if (outcome->record != (item != NULL ? item->record : NULL))
        continue;
      add_verdict (card, outcome);
      held += outcome->is_held;
      missed += !outcome->is_held;
    }

  if (held + missed == 0 && (item == NULL || item->deeds->len == 0))
    {
      g_object_ref_sink (card);
      g_object_unref (card);
      return;
    }

  held_words = g_strdup_printf (_ ("%u held"), held);
  missed_words = g_strdup_printf (_ ("%u missed"), missed);
  name = g_strjoin (". ", item != NULL ? way_desk_get_title (item->record) : _ ("Altogether"),
                    held_words, missed_words, NULL);
  way_compat_name (card, name);
  gtk_box_append (GTK_BOX (self->items), card);
}

static char *
describe_score (WayPractice *practice, GArray *outcomes)
{
  guint missed = 0;
  int points;
  int out_of;
  g_autofree char *score = NULL;
  g_autofree char *rest = NULL;

  way_practice_get_score (practice, &points, &out_of);
  for (guint i = 0; i < outcomes->len; i++)
    missed += !g_array_index (outcomes, WayRuleOutcome, i).is_held;

  /* Translators: points reached, and points that could be reached. */
  score = g_strdup_printf (_ ("You reached %d of %d points."), points, out_of);
  rest = missed == 0
             ? g_strdup (_ ("You did all that a careful colleague would have done."))
             : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                             "%u thing was missed, and it is explained below.",
                                             "%u things were missed, and each is explained below.",
                                             missed),
                                missed);

  return g_strjoin (" ", score, rest, NULL);
}

static gboolean
way_debrief_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (WAY_DEBRIEF_VIEW (widget)->head);
}

static void
way_debrief_view_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WAY_TYPE_DEBRIEF_VIEW);

  G_OBJECT_CLASS (way_debrief_view_parent_class)->dispose (object);
}

static void
way_debrief_view_class_init (WayDebriefViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_debrief_view_dispose;
  widget_class->grab_focus = way_debrief_view_grab_focus;

  g_type_ensure (ADW_TYPE_CLAMP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-debrief-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WayDebriefView, head);
  gtk_widget_class_bind_template_child (widget_class, WayDebriefView, items);
  gtk_widget_class_bind_template_child (widget_class, WayDebriefView, score);
  gtk_widget_class_bind_template_child (widget_class, WayDebriefView, scroll);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
way_debrief_view_init (WayDebriefView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * way_debrief_view_set_practice:
 * @practice: a run that is finished; it is read once and not kept
 */
void
way_debrief_view_set_practice (WayDebriefView *self, WayPractice *practice)
{
  g_autoptr (GArray) outcomes = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *score = NULL;

  g_return_if_fail (WAY_IS_DEBRIEF_VIEW (self) && WAY_IS_PRACTICE (practice));

  way_desk_box_clear (self->items);
  outcomes = way_practice_judge (practice);
  items = collect_items (practice);
  for (guint i = 0; i < items->len; i++)
    add_item (self, practice, g_ptr_array_index (items, i), outcomes);
  add_item (self, practice, NULL, outcomes);

  score = describe_score (practice, outcomes);
  gtk_label_set_label (GTK_LABEL (self->score), score);
  way_compat_name (self->head, _ ("How it went"));
  way_compat_describe (self->head, score);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (
                                GTK_SCROLLED_WINDOW (self->scroll)),
                            0);
}
