/* way-journal-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/journal/way-journal-page.h"

#include "pages/journal/way-journal-card.h"
#include "report/way-document.h"
#include "session/way-journal.h"
#include "widgets/way-compat.h"
#include "widgets/way-document-out.h"
#include "widgets/way-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* What a person has written for themselves: their notes, by module, or their reflective accounts,
 * newest first, with the hours that they add up to. */
struct _WayJournalPage
{
  WayPage parent_instance;

  const char *kind;
  GListModel *rows; /* (owned) (nullable) of WayRow */

  GtkWidget *content;
  GtkLabel *hours; /* (nullable) */
  GtkEditable *search;
  GtkBox *list;
  GtkWidget *tools;
};

G_DEFINE_FINAL_TYPE (WayJournalPage, way_journal_page, WAY_TYPE_PAGE)

enum
{
  FORMAT_TEXT,
  FORMAT_CSV,
  FORMAT_PDF,
};

static gboolean
is_notes (WayJournalPage *self)
{
  return g_str_equal (self->kind, "note");
}

static WayPack *
get_pack (WayJournalPage *self)
{
  return way_session_get_pack (way_page_get_session (WAY_PAGE (self)));
}

static GtkWidget *
create_label (const char *text, const char *style_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style_class);
  return label;
}

static gint64
years_ago (int years)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) then = g_date_time_add_years (now, -years);

  return g_date_time_to_unix (then) * G_USEC_PER_SEC;
}

static char *
format_hours (gint64 minutes)
{
  int hours = (int) (minutes / 60);
  g_autofree char *rest = NULL;

  if (minutes == 0)
    return g_strdup (_ ("none"));
  if (hours == 0)
    return way_format_minutes ((int) minutes);
  if (minutes % 60 == 0)
    return g_strdup_printf (ngettext ("%d hour", "%d hours", (gulong) hours), hours);
  rest = way_format_minutes ((int) (minutes % 60));
  /* Translators: a number of hours, then a time as “5 minutes”. */
  return g_strdup_printf (ngettext ("%d hour and %s", "%d hours and %s", (gulong) hours), hours,
                          rest);
}

/* The periods that councils ask about: one year, and the three between revalidations. */
static void
show_hours (WayJournalPage *self)
{
  g_autofree char *one = NULL;
  g_autofree char *three = NULL;
  g_autofree char *all = NULL;
  g_autofree char *text = NULL;

  if (self->hours == NULL)
    return;
  one = format_hours (way_journal_sum_minutes (self->rows, years_ago (1), G_MAXINT64));
  three = format_hours (way_journal_sum_minutes (self->rows, years_ago (3), G_MAXINT64));
  all = format_hours (way_journal_sum_minutes (self->rows, G_MININT64, G_MAXINT64));
  /* Translators: three times, as “2 hours and 5 minutes”. */
  text = g_strdup_printf (_ ("Time spent: %s in the last 12 months, %s in the last 3 years, %s in "
                             "all."),
                          one, three, all);
  gtk_label_set_label (self->hours, text);
}

static int
compare_modules (gconstpointer a, gconstpointer b, gpointer user_data)
{
  WayRow *first = *(WayRow **) a;
  WayRow *second = *(WayRow **) b;

  return g_strcmp0 (way_row_get_text (first, "module"), way_row_get_text (second, "module"));
}

static void
show_list (WayJournalPage *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  const char *module = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_box_remove (self->list, child);
  for (guint i = 0; i < g_list_model_get_n_items (self->rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (self->rows, i);

      if (way_journal_card_matches (get_pack (self), row, gtk_editable_get_text (self->search)))
        g_ptr_array_add (rows, g_steal_pointer (&row));
    }
  /* The sort keeps the order within a module. */
  if (is_notes (self))
    g_ptr_array_sort_with_data (rows, compare_modules, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      WayRow *row = rows->pdata[i];

      if (is_notes (self) && g_strcmp0 (module, way_row_get_text (row, "module")) != 0)
        {
          const WayModule *found;
          GtkWidget *heading;

          module = way_row_get_text (row, "module");
          found = way_pack_find_module (get_pack (self), module);
          heading = g_object_new (GTK_TYPE_LABEL, "label", found != NULL ? found->title : module,
                                  "xalign", 0.0, "wrap", TRUE, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_HEADING, "margin-top", 6, NULL);
          gtk_widget_add_css_class (heading, "title-4");
          gtk_box_append (self->list, heading);
        }
      gtk_box_append (self->list, way_journal_card_new (get_pack (self), self->kind, row));
    }
  if (rows->len == 0)
    gtk_box_append (self->list, create_label (_ ("Nothing here has these words."), "way-quiet"));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayJournalPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, &error);

  if (rows == NULL)
    {
      way_page_show_error (WAY_PAGE (self), _ ("What you wrote cannot be shown"), error);
      return;
    }
  g_set_object (&self->rows, rows);
  if (g_list_model_get_n_items (rows) == 0)
    {
      if (is_notes (self))
        way_page_show_message (WAY_PAGE (self), "way-learn-symbolic", _ ("No notes yet"),
                               _ ("At any step of a module, press Ctrl+N or choose Write a Note "
                                  "under Help. Only you can read what you write."),
                               _ ("Go to Learn"), "win.go::learn");
      else
        way_page_show_message (WAY_PAGE (self), "way-skills-symbolic",
                               _ ("No reflective accounts yet"),
                               _ ("Write what you did, what you learned and how it changes what "
                                  "you do, with the time spent. Only you can read it."),
                               _ ("Write an Account"), "win.reflect::module");
      return;
    }
  show_hours (self);
  show_list (self);
  way_page_show_content (WAY_PAGE (self));
}

static void
way_journal_page_load (WayPage *page, GCancellable *cancellable)
{
  way_journal_load_async (way_page_get_session (page), WAY_JOURNAL_PAGE (page)->kind, cancellable,
                          loaded_cb, g_object_ref (page));
}

static void
export_cb (GtkWidget *button, WayJournalPage *self)
{
  static const char *const endings[] = { "txt", "csv", "pdf" };
  int format = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "format"));
  g_autofree char *name = g_strdup_printf ("%s.%s",
                                           is_notes (self) ? "my-notes" : "reflective-accounts",
                                           endings[format]);
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  if (self->rows == NULL)
    return;
  if (format == FORMAT_PDF)
    {
      g_autoptr (WayDocument) document = way_journal_make_document (
          get_pack (self), self->rows,
          way_session_get_person_name (way_page_get_session (WAY_PAGE (self))), g_get_real_time ());

      way_document_out_save (document, GTK_WIDGET (self), _ ("Export"), name,
                             G_FILE_CREATE_PRIVATE);
      return;
    }
  text = format == FORMAT_CSV ? way_journal_format_csv (get_pack (self), self->rows)
                              : way_journal_format_text (get_pack (self), self->kind, self->rows);
  bytes = g_bytes_new_take (text, strlen (text));
  way_document_out_save_bytes (bytes, GTK_WIDGET (self), _ ("Export"), name, G_FILE_CREATE_PRIVATE);
}

static void
add_export (WayJournalPage *self, const char *label, int format)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_object_set_data (G_OBJECT (button), "format", GINT_TO_POINTER (format));
  g_signal_connect (button, "clicked", G_CALLBACK (export_cb), self);
  way_wrap_box_append (WAY_WRAP_BOX (self->tools), button);
}

static void
build (WayJournalPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *search = gtk_search_entry_new ();
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label",
                                   is_notes (self) ? _ ("My notes") : _ ("Reflective accounts"),
                                   "xalign", 0.0, "wrap", TRUE, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_HEADING, NULL);

  gtk_widget_add_css_class (title, "title-1");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box),
                  create_label (_ ("Only you can read these: no champion, no manager, no training "
                                   "lead, ever."),
                                "way-quiet"));
  self->tools = way_wrap_box_new (9, 9);
  if (!is_notes (self))
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("Write an Account…"));

      self->hours = GTK_LABEL (create_label ("", "body"));
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->hours));
      way_compat_set_action (button, "win.reflect::module");
      gtk_widget_add_css_class (button, "suggested-action");
      way_wrap_box_append (WAY_WRAP_BOX (self->tools), button);
      add_export (self, _ ("Export as PDF…"), FORMAT_PDF);
      add_export (self, _ ("Export as Table…"), FORMAT_CSV);
    }
  add_export (self, _ ("Export as Text…"), FORMAT_TEXT);
  gtk_box_append (GTK_BOX (box), self->tools);
  way_compat_name (search, _ ("Search what you wrote"));
  g_object_set (search, "placeholder-text", _ ("Search what you wrote"), NULL);
  self->search = GTK_EDITABLE (search);
  g_signal_connect_swapped (search, "search-changed", G_CALLBACK (show_list), self);
  gtk_box_append (GTK_BOX (box), search);
  self->list = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));

  g_object_set (box, "margin-top", 24, "margin-bottom", 36, "margin-start", 18, "margin-end", 18,
                NULL);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 640);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  g_object_set (self, "content", scrolled, NULL);
}

static void
way_journal_page_search (WayPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (WAY_JOURNAL_PAGE (page)->search));
}

static void
way_journal_page_finalize (GObject *object)
{
  g_clear_object (&WAY_JOURNAL_PAGE (object)->rows);

  G_OBJECT_CLASS (way_journal_page_parent_class)->finalize (object);
}

static void
way_journal_page_class_init (WayJournalPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = way_journal_page_finalize;
  WAY_PAGE_CLASS (klass)->load = way_journal_page_load;
  WAY_PAGE_CLASS (klass)->search = way_journal_page_search;
}

static void
way_journal_page_init (WayJournalPage *self)
{
}

static GtkWidget *
create (WaySession *session, const char *kind)
{
  WayJournalPage *self = g_object_new (WAY_TYPE_JOURNAL_PAGE, "session", session, NULL);

  self->kind = kind;
  build (self);
  return GTK_WIDGET (self);
}

/**
 * way_notes_page_new:
 *
 * Returns: (transfer floating): the person's notes
 */
GtkWidget *
way_notes_page_new (WaySession *session)
{
  return create (session, "note");
}

/**
 * way_reflections_page_new:
 *
 * Returns: (transfer floating): the person's reflective accounts
 */
GtkWidget *
way_reflections_page_new (WaySession *session)
{
  return create (session, "reflection");
}
