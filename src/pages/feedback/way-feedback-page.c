/* way-feedback-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/feedback/way-feedback-page.h"

#include "pages/feedback/way-feedback-pending.h"
#include "pages/feedback/way-feedback-row.h"
#include "pages/feedback/way-feedback-view.h"
#include "pages/feedback/way-feedback-words.h"
#include "pages/way-aside.h"
#include "pages/way-chips.h"
#include "pages/way-detail.h"
#include "pages/way-picker.h"
#include "pages/way-source-bar.h"
#include "pages/way-stack.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

#define FILTER_ALL WAY_N_FEEDBACK_STATES

/* What staff told the trust, to be heard, decided and done: the new first, one of them at
 * the side. The list is the trust's last answer with what was done here laid over it. */
struct _WayFeedbackPage
{
  WayPage parent_instance;

  GListModel *answer;          /* (owned) (nullable) of WayRow: the trust's last */
  WayFeedbackPending *pending; /* (owned) */
  GListStore *rows;            /* (owned) of WayRow: both together */
  GtkFilterListModel *shown;   /* (owned) */
  GtkCustomFilter *condition;  /* (owned) */
  GHashTable *touched;         /* (owned) of char*: shown until another filter is chosen */
  char *sought;                /* (owned) casefolded */
  gboolean was_all_sent;       /* when the load began */
  gboolean has_chosen;         /* a filter */

  WayPicker *picker;
  WayFeedbackView *view;
  WayChips *filter;
  GtkWidget *search;

  /* template */
  WayAside *aside;
  AdwBin *detail_bin;
  AdwBin *list_bin;
  AdwStatusPage *nothing;
  WaySourceBar *source;
  GtkStack *stack;
  AdwBin *tools_bin;
};

G_DEFINE_FINAL_TYPE (WayFeedbackPage, way_feedback_page, WAY_TYPE_PAGE)

enum
{
  PROP_0,
  PROP_CONTEXT_PAGE,
  PROP_SEARCH,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static gboolean
is_shown_cb (gpointer item, gpointer user_data)
{
  WayFeedbackPage *self = user_data;
  WayRow *row = item;
  int filter = way_chips_get_selected (self->filter);
  g_autofree char *words = NULL;
  g_autofree char *folded = NULL;

  if (filter != FILTER_ALL && filter != (int) way_feedback_get_state (row)
      && !g_hash_table_contains (self->touched, way_row_get_text (row, "id")))
    return FALSE;
  if (self->sought == NULL || *self->sought == '\0')
    return TRUE;
  words = g_strjoin (" ", way_row_get_text (row, "text"), way_feedback_get_name (row),
                     way_row_get_text (row, "unit_name"), way_feedback_get_type_name (row),
                     way_row_get_text (row, "because"), way_row_get_text (row, "reply"), NULL);
  folded = g_utf8_casefold (words, -1);
  return strstr (folded, self->sought) != NULL;
}

static void
count (WayFeedbackPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  guint found[WAY_N_FEEDBACK_STATES + 1] = { 0 };

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      found[way_feedback_get_state (row)]++;
    }
  found[FILTER_ALL] = n;
  for (guint i = 0; i <= FILTER_ALL; i++)
    {
      g_autofree char *label = g_strdup_printf ("%s %u",
                                                i == FILTER_ALL ? _ ("All")
                                                                : way_feedback_state_get_name (i),
                                                found[i]);

      way_chips_set_label (self->filter, i, label, NULL);
    }
  /* It opens on what is new, as long as something is. */
  if (!self->has_chosen)
    way_chips_set_selected (self->filter,
                            found[WAY_FEEDBACK_NEW] > 0 ? WAY_FEEDBACK_NEW : FILTER_ALL);
}

static void
show_list (WayFeedbackPage *self)
{
  g_autofree char *text = NULL;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->shown)) > 0)
    {
      way_stack_show_named (self->stack, "list");
      return;
    }
  if (self->sought != NULL && *self->sought != '\0')
    {
      adw_status_page_set_icon_name (self->nothing, "system-search-symbolic");
      adw_status_page_set_title (self->nothing, _ ("Nothing found"));
      text = g_markup_printf_escaped (_ ("Nothing here has “%s” in it."),
                                      gtk_editable_get_text (GTK_EDITABLE (self->search)));
    }
  else
    {
      adw_status_page_set_icon_name (self->nothing, "way-feedback-symbolic");
      adw_status_page_set_title (self->nothing, _ ("Nothing here now"));
      text = g_strdup (way_chips_get_selected (self->filter) == WAY_FEEDBACK_NEW
                           ? _ ("Everything that was said has been heard.")
                           : _ ("All shows the rest."));
    }
  adw_status_page_set_description (self->nothing, text);
  way_stack_show_named (self->stack, "nothing");
}

static void
refilter (WayFeedbackPage *self)
{
  if (self->condition == NULL)
    return;
  gtk_filter_changed (GTK_FILTER (self->condition), GTK_FILTER_CHANGE_DIFFERENT);
  show_list (self);
}

static void
filter_changed_cb (WayFeedbackPage *self)
{
  self->has_chosen = self->answer != NULL;
  g_hash_table_remove_all (self->touched);
  refilter (self);
}

static void
search_changed_cb (WayFeedbackPage *self)
{
  g_autofree char *text = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);

  g_free (self->sought);
  self->sought = g_strdup (g_strstrip (text));
  refilter (self);
}

/* The trust's answer with what waits laid over it. */
static void
show_rows (WayFeedbackPage *self)
{
  g_autoptr (GListStore) rows = way_feedback_pending_apply (self->pending, self->answer);
  g_autoptr (WayRow) picked = NULL;

  way_picker_update_store (self->rows, G_LIST_MODEL (rows));
  if (g_list_model_get_n_items (G_LIST_MODEL (rows)) == 0)
    {
      way_page_show_message (WAY_PAGE (self), "way-feedback-symbolic",
                             _ ("Nothing has been said yet"),
                             _ ("When somebody tells the trust about a problem, an idea, a praise "
                                "or a worry, it shows here."),
                             _ ("_Look Again"), NULL);
      return;
    }
  count (self);
  refilter (self);
  way_page_show_content (WAY_PAGE (self));
  if (way_picker_get_picked (self->picker) == NULL || !way_aside_is_shown (self->aside))
    return;
  picked = way_picker_find (self->picker, way_picker_get_picked (self->picker));
  if (picked != NULL)
    way_feedback_view_set_row (self->view, picked);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayFeedbackPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) answer = way_session_list_finish (WAY_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (answer == NULL && self->answer == NULL)
    {
      way_page_show_error (WAY_PAGE (self), _ ("The trust's feedback cannot be shown"), error);
      return;
    }
  way_source_bar_set_synthetic (self->source, way_session_is_synthetic (WAY_SESSION (source)));
  if (answer == NULL)
    {
      way_source_bar_show_stale (self->source, error->message);
      return;
    }
  if (self->was_all_sent)
    way_feedback_pending_mark_sent (self->pending);
  g_set_object (&self->answer, answer);
  way_source_bar_show_fresh (self->source, g_get_real_time ());
  show_rows (self);
}

static void
way_feedback_page_load (WayPage *page, GCancellable *cancellable)
{
  WayFeedbackPage *self = WAY_FEEDBACK_PAGE (page);
  WaySession *session = way_page_get_session (page);

  self->was_all_sent = way_session_get_n_unsent (session) == 0;
  way_session_load_feedback_async (session, cancellable, loaded_cb, g_object_ref (self));
}

static void
acted_cb (WayFeedbackPage *self,
          const char *id,
          const char *action,
          const char *decision,
          const char *because,
          const char *text)
{
  const char *said;

  way_feedback_pending_add (self->pending, id, action, decision, because, text);
  g_hash_table_add (self->touched, g_strdup (id));
  if (g_str_equal (action, "heard"))
    said = _ ("Heard. The person will see that.");
  else if (g_str_equal (action, "decided"))
    said = _ ("Decision saved. The person will see it.");
  else if (g_str_equal (action, "done"))
    said = _ ("Done. The person will see that.");
  else
    said = _ ("Reply saved. The person will see it.");
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", said);
  show_rows (self);
}

static void
picked_cb (WayFeedbackPage *self, WayRow *row)
{
  way_feedback_view_set_row (self->view, row);
  way_aside_show (self->aside, way_feedback_get_type_name (row));
}

static void
aside_closed_cb (WayFeedbackPage *self)
{
  way_picker_unpick (self->picker);
}

static void
folded_cb (WayFeedbackPage *self)
{
  way_picker_set_opens_by_press (self->picker, way_aside_is_folded (self->aside));
}

static GtkWidget *
create_row (gpointer user_data)
{
  return way_feedback_row_new ();
}

static void
bind_row (GtkWidget *child, WayRow *row, gpointer user_data)
{
  way_feedback_row_set_row (WAY_FEEDBACK_ROW (child), row);
}

static char *
describe_row (WayRow *row, gpointer user_data)
{
  return way_feedback_row_describe (row);
}

static const WayPickerRows ROWS = { create_row, bind_row, describe_row };

static void
way_feedback_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_CONTEXT_PAGE:
      g_value_set_string (value, "feedback");
      break;
    case PROP_SEARCH:
      g_value_set_boolean (value, FALSE);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
way_feedback_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SEARCH:
      gtk_widget_grab_focus (WAY_FEEDBACK_PAGE (object)->search);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
way_feedback_page_constructed (GObject *object)
{
  WayFeedbackPage *self = WAY_FEEDBACK_PAGE (object);

  G_OBJECT_CLASS (way_feedback_page_parent_class)->constructed (object);

  self->picker = WAY_PICKER (way_picker_new (_ ("Feedback"), "id"));
  way_picker_set_rows (self->picker, &ROWS, self);
  way_picker_set_model (self->picker, G_LIST_MODEL (self->shown));
  g_signal_connect_object (self->picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->list_bin, GTK_WIDGET (self->picker));

  self->view = WAY_FEEDBACK_VIEW (way_feedback_view_new (way_page_get_session (WAY_PAGE (self))));
  g_signal_connect_object (self->view, "acted", G_CALLBACK (acted_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->detail_bin, GTK_WIDGET (self->view));
}

static void
way_feedback_page_dispose (GObject *object)
{
  WayFeedbackPage *self = WAY_FEEDBACK_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_FEEDBACK_PAGE);
  g_clear_object (&self->shown);
  g_clear_object (&self->condition);
  g_clear_object (&self->rows);
  g_clear_object (&self->answer);

  G_OBJECT_CLASS (way_feedback_page_parent_class)->dispose (object);
}

static void
way_feedback_page_finalize (GObject *object)
{
  WayFeedbackPage *self = WAY_FEEDBACK_PAGE (object);

  g_clear_pointer (&self->pending, way_feedback_pending_free);
  g_clear_pointer (&self->touched, g_hash_table_unref);
  g_clear_pointer (&self->sought, g_free);

  G_OBJECT_CLASS (way_feedback_page_parent_class)->finalize (object);
}

static void
way_feedback_page_class_init (WayFeedbackPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = way_feedback_page_constructed;
  object_class->dispose = way_feedback_page_dispose;
  object_class->finalize = way_feedback_page_finalize;
  object_class->get_property = way_feedback_page_get_property;
  object_class->set_property = way_feedback_page_set_property;
  WAY_PAGE_CLASS (klass)->load = way_feedback_page_load;

  props[PROP_CONTEXT_PAGE] = g_param_spec_string ("context-page", NULL, NULL, NULL,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /* Whatever is set, the search is looked for. */
  props[PROP_SEARCH] = g_param_spec_boolean ("search", NULL, NULL, FALSE,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (WAY_TYPE_ASIDE);
  g_type_ensure (WAY_TYPE_SOURCE_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-feedback-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WayFeedbackPage, aside);
  gtk_widget_class_bind_template_child (widget_class, WayFeedbackPage, detail_bin);
  gtk_widget_class_bind_template_child (widget_class, WayFeedbackPage, list_bin);
  gtk_widget_class_bind_template_child (widget_class, WayFeedbackPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, WayFeedbackPage, source);
  gtk_widget_class_bind_template_child (widget_class, WayFeedbackPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WayFeedbackPage, tools_bin);
  gtk_widget_class_bind_template_callback (widget_class, aside_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, way_page_load);
}

static void
add_tools (WayFeedbackPage *self)
{
  GtkWidget *tools = way_wrap_box_new (12, 6);

  self->filter = WAY_CHIPS (way_chips_new (_ ("Show")));
  for (int i = 0; i <= FILTER_ALL; i++)
    way_chips_add (self->filter, "", NULL);
  way_chips_set_selected (self->filter, FILTER_ALL);
  g_signal_connect_object (self->filter, "notify::selected", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (tools), GTK_WIDGET (self->filter));

  self->search = way_detail_create_search (_ ("Find feedback"));
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb), self,
                           G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (tools), self->search);
  adw_bin_set_child (self->tools_bin, tools);
}

static void
way_feedback_page_init (WayFeedbackPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->pending = way_feedback_pending_new ();
  self->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  add_tools (self);
  self->rows = g_list_store_new (WAY_TYPE_ROW);
  self->condition = gtk_custom_filter_new (is_shown_cb, self, NULL);
  self->shown = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->rows)),
                                           GTK_FILTER (g_object_ref (self->condition)));
}

/**
 * way_feedback_page_new:
 *
 * Returns: (transfer floating): the page of what staff told the trust
 */
GtkWidget *
way_feedback_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_FEEDBACK_PAGE, "session", session, NULL);
}
