/* way-files-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-files-view.h"

#include "practice/way-practice-files.h"
#include "widgets/way-compat.h"
#include "widgets/way-content-view.h"
#include "widgets/way-desk-parts.h"
#include "widgets/way-desk-words.h"
#include "widgets/way-file-pane.h"
#include "widgets/way-split.h"
#include "widgets/way-tab-stop.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>
#include <string.h>

#define FOLD_WIDTH 700
#define START_WIDTH 420
#define INDENT 18

/* The invented files of a practice desk: on the left what is wanted, the folders and what
 * lies in one of them or was found; on the right the file that is open. */
struct _WayFilesView
{
  GtkWidget parent_instance;

  WayPractice *practice; /* (owned) */
  char *folder;          /* (owned) (nullable) the one that shows */
  guint search_idle;

  GtkWidget *split;
  GtkWidget *start;
  GtkWidget *jobs;
  GtkWidget *job_title;
  GtkWidget *job_body;
  GtkWidget *search;
  GtkWidget *folders;
  GtkWidget *list_title;
  GtkWidget *list;
  GtkWidget *make_entry;
  GtkWidget *make_button;
  GtkWidget *undo_button;
  GtkWidget *pane;
};

G_DEFINE_FINAL_TYPE (WayFilesView, way_files_view, GTK_TYPE_WIDGET)

/* --- Finding ------------------------------------------------------------------------ */

static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text != NULL ? text : "", -1, G_NORMALIZE_ALL);

  return g_utf8_casefold (normal != NULL ? normal : "", -1);
}

static const char *
get_typed (WayFilesView *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->search));
}

/* Each word that is typed stands in the name or in what the file says. */
static gboolean
is_found (WayFilesView *self, const WayDeskRecord *file)
{
  g_autofree char *said = file->content != NULL ? way_node_dup_text (file->content) : NULL;
  g_autofree char *all = g_strjoin (" ", way_practice_get_file_name (self->practice, file),
                                    said != NULL ? said : "", NULL);
  g_autofree char *text = fold (all);
  g_autofree char *typed = fold (get_typed (self));
  g_auto (GStrv) words = g_strsplit (typed, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) == NULL)
      return FALSE;

  return TRUE;
}

static gboolean
is_shown (WayFilesView *self, const WayDeskRecord *file)
{
  if (!way_file_is (file))
    return FALSE;
  if (get_typed (self)[0] != '\0')
    return is_found (self, file);

  return g_strcmp0 (way_practice_get_folder (self->practice, file), self->folder) == 0;
}

static const WayDeskRecord *
get_root (WayFilesView *self)
{
  g_autoptr (GPtrArray) folders = way_practice_dup_folders (self->practice);

  return way_practice_find_record (self->practice, folders->pdata[0]);
}

/* --- What shows --------------------------------------------------------------------- */

static void
list_clear (GtkWidget *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), row);
}

static guint
get_depth (WayFilesView *self, const char *folder)
{
  guint depth = 0;

  while (depth < 9 && (folder = way_practice_get_folder_parent (self->practice, folder)) != NULL)
    depth++;

  return depth;
}

static GtkWidget *
new_list_row (const char *icon, GtkWidget *words, const char *name, gpointer id)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  way_compat_hide (image);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), words);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  way_compat_name (row, name);
  g_object_set_data_full (G_OBJECT (row), "desk-id", g_strdup (id), g_free);

  return row;
}

static void
build_folders (WayFilesView *self)
{
  g_autoptr (GPtrArray) folders = way_practice_dup_folders (self->practice);

  list_clear (self->folders);
  for (guint i = 0; i < folders->len; i++)
    {
      const char *id = g_ptr_array_index (folders, i);
      const char *name = way_folder_get_name (self->practice, id);
      const char *parent = way_practice_get_folder_parent (self->practice, id);
      g_autofree char *full = parent != NULL
                                  /* Translators: a folder, and the one that it lies in. */
                                  ? g_strdup_printf (_ ("%s, in %s"), name,
                                                     way_folder_get_name (self->practice, parent))
                                  : g_strdup (name);
      GtkWidget *row = new_list_row (strcmp (id, WAY_FILES_BIN) == 0 ? "user-trash-symbolic"
                                                                     : "folder-symbolic",
                                     way_desk_text_new (name, NULL), full, (gpointer) id);

      gtk_widget_set_margin_start (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row)),
                                   (int) get_depth (self, id) * INDENT);
      gtk_list_box_append (GTK_LIST_BOX (self->folders), row);
      if (g_strcmp0 (id, self->folder) == 0)
        gtk_list_box_select_row (GTK_LIST_BOX (self->folders), GTK_LIST_BOX_ROW (row));
    }
}

static GtkWidget *
new_file_row (WayFilesView *self, const WayDeskRecord *file)
{
  const char *name = way_practice_get_file_name (self->practice, file);
  const char *changed = way_desk_get_field (file, "changed");
  gboolean is_final = way_practice_is_final (self->practice, file);
  const char *folder = way_folder_get_name (self->practice,
                                            way_practice_get_folder (self->practice, file));
  g_autofree char *when = changed != NULL ? g_strdup_printf (_ ("Changed %s"), changed) : NULL;
  g_autoptr (GString) line = g_string_new (when);
  g_autofree char *full = NULL;
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  if (get_typed (self)[0] != '\0')
    g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", folder);
  if (is_final)
    g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", _ ("Final"));
  full = line->len > 0 ? g_strdup_printf ("%s, %s", name, line->str) : g_strdup (name);
  gtk_box_append (GTK_BOX (words), way_desk_text_new (name, "desk-from"));
  if (line->len > 0)
    gtk_box_append (GTK_BOX (words), way_desk_text_new (line->str, "caption"));

  return new_list_row ("text-x-generic-symbolic", words, full, file->id);
}

static void
build_list (WayFilesView *self)
{
  GPtrArray *records = way_practice_get_records (self->practice);
  const WayDeskRecord *open = way_file_pane_get_file (WAY_FILE_PANE (self->pane));
  g_autofree char *title = NULL;
  guint n = 0;

  list_clear (self->list);
  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *file = g_ptr_array_index (records, i);
      GtkWidget *row;

      if (!is_shown (self, file))
        continue;
      row = new_file_row (self, file);
      gtk_list_box_append (GTK_LIST_BOX (self->list), row);
      if (file == open)
        gtk_list_box_select_row (GTK_LIST_BOX (self->list), GTK_LIST_BOX_ROW (row));
      n++;
    }
  if (get_typed (self)[0] != '\0')
    title = g_strdup_printf (g_dngettext (NULL, "%u file found", "%u files found", n), n);
  else
    /* Translators: a folder, and how many files lie in it. */
    title = g_strdup_printf (g_dngettext (NULL, "%s: %u file", "%s: %u files", n),
                             way_folder_get_name (self->practice, self->folder), n);
  gtk_label_set_label (GTK_LABEL (self->list_title), title);
}

static void
job_clicked_cb (WayFilesView *self, GtkWidget *button)
{
  const WayDeskRecord *job = g_object_get_data (G_OBJECT (button), "desk-job");

  way_practice_do (self->practice, "take", job->id, NULL);
}

static void
build_jobs (WayFilesView *self)
{
  g_autoptr (GPtrArray) records = way_practice_dup_records (self->practice, "files");
  const WayDeskRecord *current = way_practice_get_current_in (self->practice, "files");
  GtkWidget *child;
  guint n = 0;

  while ((child = gtk_widget_get_first_child (self->jobs)) != NULL)
    gtk_widget_unparent (child);
  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *job = g_ptr_array_index (records, i);
      const char *word = current == job ? _ ("Now") : _ ("Waiting");
      g_autofree char *label = NULL;
      GtkWidget *button;

      if (!way_job_is (job))
        continue;
      if (way_practice_get_state (self->practice, job->id) != NULL)
        word = _ ("Handed over");
      /* Translators: number of what is wanted, what it is, and how it stands. */
      label = g_strdup_printf (_ ("%u · %s · %s"), ++n, way_desk_get_title (job), word);
      button = gtk_button_new_with_label (label);
      way_desk_button_tidy (button);
      gtk_widget_add_css_class (button, "desk-turn");
      if (job == current)
        gtk_widget_add_css_class (button, "desk-now");
      gtk_widget_set_sensitive (button, way_practice_can (self->practice, "take", job->id, NULL));
      g_object_set_data (G_OBJECT (button), "desk-job", (gpointer) job);
      g_signal_connect_object (button, "clicked", G_CALLBACK (job_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      way_wrap_box_append (WAY_WRAP_BOX (self->jobs), button);
    }
  gtk_widget_set_visible (self->jobs, n > 1);
  gtk_widget_set_visible (self->job_title, n > 0);
  gtk_label_set_label (GTK_LABEL (self->job_title), current != NULL
                                                        ? way_desk_get_title (current)
                                                        : _ ("Everything is handed over."));
  way_content_view_set_content (WAY_CONTENT_VIEW (self->job_body),
                                current != NULL ? current->content : NULL, NULL);
}

static void
update (WayFilesView *self)
{
  g_autoptr (GPtrArray) folders = way_practice_dup_folders (self->practice);

  /* A folder that was taken back cannot show. */
  if (!g_ptr_array_find_with_equal_func (folders, self->folder, g_str_equal, NULL))
    {
      g_free (self->folder);
      self->folder = g_strdup (folders->pdata[0]);
    }
  build_jobs (self);
  build_folders (self);
  build_list (self);
  way_file_pane_update (WAY_FILE_PANE (self->pane));
  gtk_widget_set_sensitive (self->undo_button,
                            way_practice_get_last_filed (self->practice) != NULL);
}

/* --- What is done ------------------------------------------------------------------- */

static void
folder_activated_cb (WayFilesView *self, GtkListBoxRow *row)
{
  const char *id = g_object_get_data (G_OBJECT (row), "desk-id");

  g_free (self->folder);
  self->folder = g_strdup (id);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  build_list (self);
}

static void
file_activated_cb (WayFilesView *self, GtkListBoxRow *row)
{
  const WayDeskRecord *file = way_practice_find_record (self->practice,
                                                        g_object_get_data (G_OBJECT (row),
                                                                           "desk-id"));

  way_file_pane_set_file (WAY_FILE_PANE (self->pane), file);
  way_practice_do (self->practice, "open", file->id, NULL);
  way_split_set_shows_end (WAY_SPLIT (self->split), TRUE);
  way_file_pane_focus (WAY_FILE_PANE (self->pane));
}

/* Looking for something is one action, when a person has stopped typing. */
static gboolean
search_idle_cb (gpointer user_data)
{
  WayFilesView *self = user_data;
  const WayDeskRecord *root = get_root (self);

  self->search_idle = 0;
  if (root != NULL && get_typed (self)[0] != '\0'
      && !way_practice_was_done (self->practice, "search", root->id, get_typed (self)))
    way_practice_do (self->practice, "search", root->id, get_typed (self));

  return G_SOURCE_REMOVE;
}

static void
search_changed_cb (WayFilesView *self)
{
  build_list (self);
  g_clear_handle_id (&self->search_idle, g_source_remove);
  self->search_idle = g_timeout_add (700, search_idle_cb, self);
}

static void
search_activated_cb (WayFilesView *self)
{
  g_clear_handle_id (&self->search_idle, g_source_remove);
  build_list (self);
  search_idle_cb (self);
  gtk_widget_child_focus (self->list, GTK_DIR_TAB_FORWARD);
}

static void
make_changed_cb (WayFilesView *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->make_entry));

  gtk_widget_set_sensitive (self->make_button,
                            way_practice_can (self->practice, "make-folder", self->folder, name));
}

static void
make_cb (WayFilesView *self)
{
  g_autofree char *name = g_strstrip (
      g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->make_entry))));

  if (way_practice_do (self->practice, "make-folder", self->folder, name))
    gtk_editable_set_text (GTK_EDITABLE (self->make_entry), "");
}

static void
undo_cb (WayFilesView *self)
{
  const WayDeskRecord *last = way_practice_get_last_filed (self->practice);

  if (last != NULL)
    way_practice_do (self->practice, "undo", last->id, NULL);
}

static void
back_cb (WayFilesView *self)
{
  way_split_set_shows_end (WAY_SPLIT (self->split), FALSE);
  gtk_widget_grab_focus (self->search);
}

static void
folded_cb (WayFilesView *self)
{
  way_file_pane_set_folded (WAY_FILE_PANE (self->pane),
                            way_split_is_folded (WAY_SPLIT (self->split)));
}

static void
done_cb (WayFilesView *self, const char *action, const char *target, const char *value)
{
  if (!way_practice_is_of_app (self->practice, target, "files"))
    return;
  if (strcmp (action, "search") == 0)
    return;
  if (strcmp (action, "open") == 0 || strcmp (action, "look-version") == 0)
    {
      way_file_pane_update (WAY_FILE_PANE (self->pane));
      return;
    }
  update (self);
  if (strcmp (action, "pick") == 0)
    {
      way_split_set_shows_end (WAY_SPLIT (self->split), FALSE);
      gtk_widget_grab_focus (self->job_title);
      way_compat_announce (GTK_WIDGET (self), _ ("Handed over."));
    }
}

static gboolean
undo_shortcut_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  WayFilesView *self = WAY_FILES_VIEW (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  /* In an entry the key is the entry's own. */
  if (GTK_IS_TEXT (gtk_root_get_focus (root)) || !gtk_widget_is_sensitive (self->undo_button))
    return FALSE;
  undo_cb (self);

  return TRUE;
}

/* --- Making it ---------------------------------------------------------------------- */

static GtkWidget *
new_list (WayFilesView *self, const char *name, GCallback activated)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_widget_add_css_class (list, "desk-list");
  way_compat_name (list, name);
  g_signal_connect_object (list, "row-activated", activated, self, G_CONNECT_SWAPPED);

  return list;
}

static GtkWidget *
build_make (WayFilesView *self)
{
  GtkWidget *box = way_wrap_box_new (6, 6);

  self->make_entry = gtk_entry_new ();
  self->make_button = way_desk_button_new (_ ("_New folder here"));
  self->undo_button = way_desk_button_new (_ ("_Undo"));
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->make_entry), _ ("Name of a new folder"));
  gtk_widget_set_tooltip_text (self->undo_button, _ ("Take the last change back: Ctrl+Z"));
  gtk_widget_set_sensitive (self->make_button, FALSE);
  way_compat_name (self->make_entry, _ ("Name of a new folder"));
  g_signal_connect_object (self->make_entry, "changed", G_CALLBACK (make_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->make_entry, "activate", G_CALLBACK (make_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->make_button, "clicked", G_CALLBACK (make_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->undo_button, "clicked", G_CALLBACK (undo_cb), self,
                           G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (box), self->make_entry);
  way_wrap_box_append (WAY_WRAP_BOX (box), self->make_button);
  way_wrap_box_append (WAY_WRAP_BOX (box), self->undo_button);

  return box;
}

static GtkWidget *
build_start (WayFilesView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  self->jobs = way_wrap_box_new (6, 6);
  self->job_title = way_desk_heading_new (NULL, "title-4");
  self->job_body = way_content_view_new ();
  self->search = gtk_search_entry_new ();
  self->list_title = way_desk_heading_new (NULL, "caption-heading");
  self->folders = new_list (self, _ ("Folders"), G_CALLBACK (folder_activated_cb));
  self->list = new_list (self, _ ("Files"), G_CALLBACK (file_activated_cb));
  gtk_widget_set_focusable (self->job_title, TRUE);
  way_compat_name (self->jobs, _ ("What is wanted"));
  way_compat_name (self->search, _ ("Find in names and contents"));
  g_object_set (self->search, "placeholder-text", _ ("Find in names and contents"), NULL);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->jobs);
  gtk_box_append (GTK_BOX (box), self->job_title);
  gtk_box_append (GTK_BOX (box), self->job_body);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), way_desk_heading_new (_ ("Folders"), "caption-heading"));
  gtk_box_append (GTK_BOX (box), way_tab_stop_new (self->folders));
  gtk_box_append (GTK_BOX (box), self->list_title);
  gtk_box_append (GTK_BOX (box), way_tab_stop_new (self->list));
  gtk_box_append (GTK_BOX (box), build_make (self));
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
way_files_view_init (WayFilesView *self)
{
}

static void
way_files_view_dispose (GObject *object)
{
  WayFilesView *self = WAY_FILES_VIEW (object);

  if (self->practice != NULL)
    g_signal_handlers_disconnect_by_data (self->practice, self);
  g_clear_handle_id (&self->search_idle, g_source_remove);
  g_clear_object (&self->practice);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->split, gtk_widget_unparent);

  G_OBJECT_CLASS (way_files_view_parent_class)->dispose (object);
}

static void
way_files_view_class_init (WayFilesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_files_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, undo_shortcut_cb, NULL);
}

/**
 * way_files_view_new:
 * @practice: a run of a desk with files
 *
 * Returns: (transfer floating): its folders, and the file that is open
 */
GtkWidget *
way_files_view_new (WayPractice *practice)
{
  WayFilesView *self = g_object_new (WAY_TYPE_FILES_VIEW, NULL);
  g_autoptr (GPtrArray) folders = NULL;
  GtkWidget *start;

  g_return_val_if_fail (WAY_IS_PRACTICE (practice), GTK_WIDGET (self));

  self->practice = g_object_ref (practice);
  folders = way_practice_dup_folders (practice);
  self->folder = g_strdup (folders->pdata[0]);
  start = build_start (self);
  self->pane = way_file_pane_new (practice);
  g_signal_connect_object (self->pane, "back", G_CALLBACK (back_cb), self, G_CONNECT_SWAPPED);
  self->split = g_object_new (WAY_TYPE_SPLIT, "fold-width", FOLD_WIDTH, "start-width", START_WIDTH,
                              "shows-one", TRUE, "start", start, "end", self->pane, NULL);
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
 * way_files_view_dup_progress:
 *
 * Returns: (transfer full): how many of the files that are wanted were handed over
 */
char *
way_files_view_dup_progress (WayPractice *practice)
{
  guint out_of;
  guint found;

  g_return_val_if_fail (WAY_IS_PRACTICE (practice), NULL);

  found = way_desk_count_decided (practice, &out_of);
  if (out_of == 0)
    return g_strdup ("");

  /* Translators: how many of how many files. */
  return g_strdup_printf (_ ("%u of %u handed over"), found, out_of);
}

/**
 * way_files_view_describe:
 * @target: a file, a folder or what is wanted
 * @value: (nullable)
 *
 * Returns: (nullable) (transfer full): a sentence for the debrief
 */
char *
way_files_view_describe (WayPractice *practice,
                         const char *action,
                         const WayDeskRecord *target,
                         const char *value)
{
  const char *name = way_desk_get_title (target);
  const WayDeskRecord *other = way_practice_find_record (practice, value);

  if (strcmp (action, "open") == 0)
    return g_strdup_printf (_ ("You opened “%s”."), name);
  if (strcmp (action, "search") == 0 && value != NULL)
    return g_strdup_printf (_ ("You searched for “%s”."), value);
  if (strcmp (action, "look-version") == 0)
    return g_strdup_printf (_ ("You looked at another version of “%s”."), name);
  if (strcmp (action, "move") == 0 && value != NULL)
    return g_strdup_printf (_ ("You moved “%s” to %s."), name,
                            way_folder_get_name (practice, value));
  if (strcmp (action, "rename") == 0 && value != NULL)
    return g_strdup_printf (_ ("You called “%s” “%s”."), name, value);
  if (strcmp (action, "restore") == 0)
    return g_strdup_printf (_ ("You brought back another version of “%s”."), name);
  if (strcmp (action, "mark-final") == 0)
    return g_strdup_printf (_ ("You marked “%s” as final."), name);
  if (strcmp (action, "make-folder") == 0 && value != NULL)
    return g_strdup_printf (_ ("You made the folder “%s”."), value);
  if (strcmp (action, "pick") == 0 && other != NULL)
    return g_strdup_printf (_ ("You handed over “%s”."), way_desk_get_title (other));

  return NULL;
}
