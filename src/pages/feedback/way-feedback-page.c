/* way-feedback-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/feedback/way-feedback-page.h"

#include "pages/feedback/way-feedback-filter.h"
#include "pages/feedback/way-feedback-pending.h"
#include "pages/feedback/way-feedback-row.h"
#include "pages/feedback/way-feedback-sorter.h"
#include "pages/feedback/way-feedback-view.h"
#include "pages/feedback/way-feedback-words.h"
#include "pages/way-aside.h"
#include "pages/way-chips.h"
#include "pages/way-detail.h"
#include "pages/way-picker.h"
#include "pages/way-source-bar.h"
#include "pages/way-stack.h"
#include "widgets/way-compat.h"
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
  GHashTable *marked;          /* (owned) of char*: to be sorted together */
  GHashTable *n_joined;        /* (owned) of char* → guint: how many more say the same */
  WayFeedbackSorter *sorter;   /* (owned) */
  GHashTable *touched;         /* (owned) of char*: shown until another filter is chosen */
  char *sought;                /* (owned) casefolded */
  gboolean was_all_sent;       /* when the load began */
  gboolean has_chosen;         /* a filter */

  WayPicker *picker;
  WayFeedbackView *view;
  WayChips *filter;
  WayFeedbackFilter *more; /* what it is of, and whose */
  GtkWidget *search;
  GtkWidget *bulk; /* what can be done with all that is marked */
  GtkLabel *n_marked;

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

static gboolean
is_shown_cb (gpointer item, gpointer user_data)
{
  WayFeedbackPage *self = user_data;
  WayRow *row = item;
  int filter = way_chips_get_selected (self->filter);
  g_autofree char *words = NULL;
  g_autofree char *folded = NULL;

  if (!way_feedback_filter_is_matched (self->more, row))
    return FALSE;
  /* What says the same as another stands under that. */
  if (*way_row_get_text (row, "joined") != '\0' && (self->sought == NULL || *self->sought == '\0'))
    return FALSE;
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

      if (*way_row_get_text (row, "joined") != '\0')
        continue;
      found[way_feedback_get_state (row)]++;
      found[FILTER_ALL]++;
    }
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
  else if (way_feedback_filter_is_set (self->more))
    {
      adw_status_page_set_icon_name (self->nothing, "system-search-symbolic");
      adw_status_page_set_title (self->nothing, _ ("Nothing found"));
      text = g_strdup (_ ("Nothing here is of that type, theme and owner."));
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

static void
count_joined (WayFeedbackPage *self, GListModel *rows)
{
  g_hash_table_remove_all (self->n_joined);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);
      const char *main = way_row_get_text (row, "joined");
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->n_joined, main));

      if (*main != '\0')
        g_hash_table_insert (self->n_joined, g_strdup (main), GUINT_TO_POINTER (n + 1));
    }
}

/* The trust's answer with what waits laid over it. */
static void
show_rows (WayFeedbackPage *self)
{
  g_autoptr (GListStore) rows = way_feedback_pending_apply (self->pending, self->answer);
  g_autoptr (WayRow) picked = NULL;

  count_joined (self, G_LIST_MODEL (rows));
  way_picker_update_store (self->rows, G_LIST_MODEL (rows));
  way_feedback_filter_set_rows (self->more, G_LIST_MODEL (self->rows));
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
  way_feedback_sorter_load (self->sorter, cancellable);
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
  WayFeedbackPage *self = user_data;
  const char *id = way_row_get_text (row, "id");

  way_feedback_row_set_row (WAY_FEEDBACK_ROW (child), row,
                            GPOINTER_TO_UINT (g_hash_table_lookup (self->n_joined, id)),
                            g_hash_table_contains (self->marked, id));
}

static char *
describe_row (WayRow *row, gpointer user_data)
{
  WayFeedbackPage *self = user_data;
  const char *id = way_row_get_text (row, "id");

  return way_feedback_row_describe (row,
                                    GPOINTER_TO_UINT (g_hash_table_lookup (self->n_joined, id)),
                                    g_hash_table_contains (self->marked, id));
}

/* What is marked; else what is picked. */
static GPtrArray *
list_targets (WayFeedbackPage *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  const char *picked = way_picker_get_picked (self->picker);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
      const char *id = way_row_get_text (row, "id");

      if (g_hash_table_size (self->marked) > 0 ? g_hash_table_contains (self->marked, id)
                                               : g_strcmp0 (picked, id) == 0)
        g_ptr_array_add (rows, g_steal_pointer (&row));
    }
  return rows;
}

static void
show_marked (WayFeedbackPage *self)
{
  guint n = g_hash_table_size (self->marked);
  g_autofree char *text = g_strdup_printf (ngettext ("%u marked", "%u marked", n), n);

  gtk_widget_set_visible (self->bulk, n > 0);
  gtk_label_set_label (self->n_marked, text);
}

/* A row looks otherwise, and says so. */
static void
redraw_row (WayFeedbackPage *self, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
      gpointer same[] = { row };

      if (!g_str_equal (way_row_get_text (row, "id"), id))
        continue;
      g_list_store_splice (self->rows, i, 1, same, 1);
      return;
    }
}

static void
unmark_all (WayFeedbackPage *self)
{
  g_autoptr (GList) ids = g_hash_table_get_keys (self->marked);
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func (g_free);

  for (GList *id = ids; id != NULL; id = id->next)
    g_ptr_array_add (copies, g_strdup (id->data));
  g_hash_table_remove_all (self->marked);
  for (guint i = 0; i < copies->len; i++)
    redraw_row (self, g_ptr_array_index (copies, i));
  show_marked (self);
}

static void
mark_cb (WayFeedbackPage *self)
{
  g_autofree char *id = g_strdup (way_picker_get_picked (self->picker));

  if (id == NULL)
    return;
  if (!g_hash_table_remove (self->marked, id))
    g_hash_table_add (self->marked, g_strdup (id));
  redraw_row (self, id);
  show_marked (self);
  way_compat_announce (GTK_WIDGET (self), gtk_label_get_label (self->n_marked));
}

static void
hear_all_cb (WayFeedbackPage *self)
{
  g_autoptr (GPtrArray) rows = list_targets (self);

  way_feedback_sorter_hear (self->sorter, GTK_WIDGET (self), rows);
}

static void
sort_all_cb (WayFeedbackPage *self)
{
  g_autoptr (GPtrArray) rows = list_targets (self);

  way_feedback_sorter_sort (self->sorter, GTK_WIDGET (self), rows);
}

static void
join_cb (WayFeedbackPage *self)
{
  g_autoptr (GPtrArray) rows = list_targets (self);

  way_feedback_sorter_join (self->sorter, GTK_WIDGET (self), rows);
}

static void
publish_cb (WayFeedbackPage *self)
{
  g_autoptr (GPtrArray) rows = list_targets (self);

  if (rows->len == 1)
    way_feedback_sorter_publish (self->sorter, GTK_WIDGET (self), g_ptr_array_index (rows, 0));
}

/* The trust's policy is for leads alone. */
static gboolean
is_lead (WayFeedbackPage *self)
{
  return (way_session_get_roles (way_page_get_session (WAY_PAGE (self))) & WAY_ROLE_LEAD) != 0;
}

static void
route_cb (WayFeedbackPage *self)
{
  if (!is_lead (self))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                                  _ ("A training lead says how incidents are reported here."));
      return;
    }
  way_feedback_sorter_set_route (self->sorter, GTK_WIDGET (self));
}

static void
undo_cb (WayFeedbackPage *self)
{
  way_feedback_sorter_undo (self->sorter, GTK_WIDGET (self));
}

static void
sorted_cb (WayFeedbackPage *self)
{
  unmark_all (self);
  show_rows (self);
}

static void
decide_cb (WayFeedbackPage *self)
{
  if (way_aside_is_shown (self->aside))
    way_feedback_view_decide (self->view);
}

static void
reply_cb (WayFeedbackPage *self)
{
  if (way_aside_is_shown (self->aside))
    way_feedback_view_reply (self->view);
}

static void
next_cb (WayFeedbackPage *self)
{
  way_picker_step (self->picker, 1);
}

static void
previous_cb (WayFeedbackPage *self)
{
  way_picker_step (self->picker, -1);
}

static void
search_cb (WayFeedbackPage *self)
{
  gtk_widget_grab_focus (self->search);
}

static void show_keys_cb (WayFeedbackPage *self);

static const struct
{
  guint keyval;
  void (*act) (WayFeedbackPage *self);
  const char *key;
  const char *name;
} KEYS[] = {
  { GDK_KEY_j, next_cb, "J", N_ ("The next") },
  { GDK_KEY_k, previous_cb, "K", N_ ("The one before") },
  { GDK_KEY_x, mark_cb, "X", N_ ("Mark it, or no longer") },
  { GDK_KEY_h, hear_all_cb, "H", N_ ("Heard") },
  { GDK_KEY_s, sort_all_cb, "S", N_ ("Sort: theme, owner, day, module") },
  { GDK_KEY_m, join_cb, "M", N_ ("Join all that is marked: they say the same") },
  { GDK_KEY_d, decide_cb, "D", N_ ("Decide") },
  { GDK_KEY_r, reply_cb, "R", N_ ("Reply") },
  { GDK_KEY_p, publish_cb, "P", N_ ("Publish") },
  { GDK_KEY_i, route_cb, "I", N_ ("How incidents are reported here") },
  { GDK_KEY_z, undo_cb, "Z", N_ ("Take back what was done last") },
  { GDK_KEY_slash, search_cb, "/", N_ ("Find") },
  { GDK_KEY_question, show_keys_cb, "?", N_ ("These keys") },
};

static void
show_keys_cb (WayFeedbackPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GString) text = g_string_new (NULL);
  GtkWidget *dialog;

  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++)
    g_string_append_printf (text, "%s%s   %s", i > 0 ? "\n" : "", KEYS[i].key, _ (KEYS[i].name));
  dialog = adw_message_dialog_new (GTK_WINDOW (root), _ ("Keys of This Page"), text->str);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Single keys, where nobody is writing. */
static gboolean
key_pressed_cb (GtkEventControllerKey *keys,
                guint keyval,
                guint keycode,
                GdkModifierType modifiers,
                WayFeedbackPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0
      || GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus))
    return GDK_EVENT_PROPAGATE;
  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++)
    if (KEYS[i].keyval == gdk_keyval_to_lower (keyval))
      {
        KEYS[i].act (self);
        return GDK_EVENT_STOP;
      }
  return GDK_EVENT_PROPAGATE;
}

static const WayPickerRows ROWS = { create_row, bind_row, describe_row };

static void
way_feedback_page_search (WayPage *page)
{
  gtk_widget_grab_focus (WAY_FEEDBACK_PAGE (page)->search);
}

static void
add_bulk_button (
    WayFeedbackPage *self, GtkWidget *line, const char *label, const char *key, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_tooltip_text (button, key);
  g_signal_connect_swapped (button, "clicked", callback, self);
  way_wrap_box_append (WAY_WRAP_BOX (line), button);
}

static void
add_tools (WayFeedbackPage *self)
{
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *tools = way_wrap_box_new (12, 6);
  GtkWidget *keys = gtk_button_new_from_icon_name ("input-keyboard-symbolic");
  GtkWidget *route = gtk_button_new_from_icon_name ("dialog-warning-symbolic");

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
  way_compat_name (keys, _ ("Keys of this page"));
  gtk_widget_set_tooltip_text (keys, _ ("Keys of this page (?)"));
  gtk_widget_add_css_class (keys, "flat");
  g_signal_connect_swapped (keys, "clicked", G_CALLBACK (show_keys_cb), self);
  way_wrap_box_append (WAY_WRAP_BOX (tools), keys);
  way_compat_name (route, _ ("How incidents are reported here"));
  gtk_widget_set_tooltip_text (route, _ ("How incidents are reported here (I)"));
  gtk_widget_add_css_class (route, "flat");
  g_signal_connect_swapped (route, "clicked", G_CALLBACK (route_cb), self);
  gtk_widget_set_visible (route, is_lead (self));
  way_wrap_box_append (WAY_WRAP_BOX (tools), route);
  gtk_box_append (GTK_BOX (all), tools);

  self->more = WAY_FEEDBACK_FILTER (
      way_feedback_filter_new (way_session_get_person (way_page_get_session (WAY_PAGE (self)))));
  g_signal_connect_object (self->more, "changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (all), GTK_WIDGET (self->more));

  self->bulk = way_wrap_box_new (6, 6);
  self->n_marked = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->n_marked), "heading");
  way_wrap_box_append (WAY_WRAP_BOX (self->bulk), GTK_WIDGET (self->n_marked));
  add_bulk_button (self, self->bulk, _ ("All Heard"), "H", G_CALLBACK (hear_all_cb));
  add_bulk_button (self, self->bulk, _ ("Sort All…"), "S", G_CALLBACK (sort_all_cb));
  add_bulk_button (self, self->bulk, _ ("Join"), "M", G_CALLBACK (join_cb));
  add_bulk_button (self, self->bulk, _ ("Unmark"), NULL, G_CALLBACK (unmark_all));
  gtk_widget_set_visible (self->bulk, FALSE);
  gtk_box_append (GTK_BOX (all), self->bulk);
  adw_bin_set_child (self->tools_bin, all);
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

  self->sorter = way_feedback_sorter_new (way_page_get_session (WAY_PAGE (self)), self->pending,
                                          G_LIST_MODEL (self->rows));
  g_signal_connect_object (self->sorter, "changed", G_CALLBACK (sorted_cb), self,
                           G_CONNECT_SWAPPED);
  add_tools (self);
  self->view = WAY_FEEDBACK_VIEW (
      way_feedback_view_new (way_page_get_session (WAY_PAGE (self)), self->sorter));
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
  g_clear_object (&self->sorter);

  G_OBJECT_CLASS (way_feedback_page_parent_class)->dispose (object);
}

static void
way_feedback_page_finalize (GObject *object)
{
  WayFeedbackPage *self = WAY_FEEDBACK_PAGE (object);

  g_clear_pointer (&self->pending, way_feedback_pending_free);
  g_clear_pointer (&self->touched, g_hash_table_unref);
  g_clear_pointer (&self->marked, g_hash_table_unref);
  g_clear_pointer (&self->n_joined, g_hash_table_unref);
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
  WAY_PAGE_CLASS (klass)->load = way_feedback_page_load;
  WAY_PAGE_CLASS (klass)->search = way_feedback_page_search;

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
way_feedback_page_init (WayFeedbackPage *self)
{
  GtkEventController *keys;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->pending = way_feedback_pending_new ();
  self->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->marked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->n_joined = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rows = g_list_store_new (WAY_TYPE_ROW);
  self->condition = gtk_custom_filter_new (is_shown_cb, self, NULL);
  self->shown = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->rows)),
                                           GTK_FILTER (g_object_ref (self->condition)));
  keys = gtk_event_controller_key_new ();
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
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
