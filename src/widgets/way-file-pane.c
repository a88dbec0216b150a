/* way-file-pane.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-file-pane.h"

#include "practice/way-practice-files.h"
#include "widgets/way-compat.h"
#include "widgets/way-content-view.h"
#include "widgets/way-desk-parts.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>
#include <string.h>

struct _WayFilePane
{
  GtkWidget parent_instance;

  WayPractice *practice;     /* (owned) */
  const WayDeskRecord *file; /* (nullable) */
  char *version;             /* (owned) (nullable) the one that is looked at */

  GtkWidget *scroll;
  GtkWidget *back_button;
  GtkWidget *empty;
  GtkWidget *inside;
  GtkWidget *name;
  GtkWidget *facts;
  GtkWidget *preview;
  GtkWidget *pick_button;
  GtkWidget *versions;
  GtkWidget *name_entry;
  GtkWidget *rename_button;
  GtkWidget *final_button;
  GtkWidget *moves;
};

G_DEFINE_FINAL_TYPE (WayFilePane, way_file_pane, GTK_TYPE_WIDGET)

enum
{
  BACK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/**
 * way_folder_get_name:
 * @folder: (nullable): a folder's id
 *
 * Returns: (transfer none): the name on screen
 */
const char *
way_folder_get_name (WayPractice *practice, const char *folder)
{
  const char *name;

  if (g_strcmp0 (folder, WAY_FILES_BIN) == 0)
    return _ ("Bin");
  name = folder != NULL ? way_practice_get_folder_name (practice, folder) : NULL;

  return name != NULL ? name : "";
}

/* --- What can be done --------------------------------------------------------------- */

static void
pick_cb (WayFilePane *self)
{
  const WayDeskRecord *job = way_practice_get_current_in (self->practice, "files");

  if (job != NULL && self->file != NULL)
    way_practice_do (self->practice, "pick", job->id, self->file->id);
}

static void
rename_cb (WayFilePane *self)
{
  g_autofree char *name = g_strstrip (
      g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_entry))));

  if (self->file != NULL)
    way_practice_do (self->practice, "rename", self->file->id, name);
}

static void
name_changed_cb (WayFilePane *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name_entry));

  gtk_widget_set_sensitive (self->rename_button, self->file != NULL
                                                     && way_practice_can (self->practice, "rename",
                                                                          self->file->id, name));
}

static void
final_cb (WayFilePane *self)
{
  if (self->file != NULL)
    way_practice_do (self->practice, "mark-final", self->file->id, NULL);
}

static void
move_cb (WayFilePane *self, GtkWidget *button)
{
  g_autofree char *folder = g_strdup (g_object_get_data (G_OBJECT (button), "desk-id"));

  way_practice_do (self->practice, "move", self->file->id, folder);
}

static void
look_cb (WayFilePane *self, GtkWidget *button)
{
  const WayDeskRecord *version = g_object_get_data (G_OBJECT (button), "desk-version");

  g_free (self->version);
  self->version = g_strdup (version->id);
  way_practice_do (self->practice, "look-version", self->file->id, version->id);
}

static void
restore_cb (WayFilePane *self, GtkWidget *button)
{
  const WayDeskRecord *version = g_object_get_data (G_OBJECT (button), "desk-version");

  way_practice_do (self->practice, "restore", self->file->id, version->id);
}

static void
back_cb (WayFilePane *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

/* --- What shows --------------------------------------------------------------------- */

/* The focus stays where the button was that has done its work and is made anew. */
static void
wrap_clear (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_widget_unparent (child);
}

static void
build_moves (WayFilePane *self)
{
  g_autoptr (GPtrArray) folders = way_practice_dup_folders (self->practice);

  wrap_clear (self->moves);
  for (guint i = 0; i < folders->len; i++)
    {
      const char *id = g_ptr_array_index (folders, i);
      const char *name = way_folder_get_name (self->practice, id);
      g_autofree char *full = g_strdup_printf (_ ("Move to %s"), name);
      GtkWidget *button = gtk_button_new_with_label (name);

      way_desk_button_tidy (button);
      way_compat_name (button, full);
      gtk_widget_set_sensitive (button,
                                way_practice_can (self->practice, "move", self->file->id, id));
      g_object_set_data_full (G_OBJECT (button), "desk-id", g_strdup (id), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (move_cb), self, G_CONNECT_SWAPPED);
      way_wrap_box_append (WAY_WRAP_BOX (self->moves), button);
    }
}

static GtkWidget *
new_version (WayFilePane *self, WayDeskRecord *version)
{
  const char *changed = way_desk_get_field (version, "changed");
  const char *by = way_desk_get_field (version, "by");
  gboolean is_now = way_practice_get_version (self->practice, self->file) == version;
  /* Translators: when a file was changed, and by whom. */
  g_autofree char *line = by != NULL ? g_strdup_printf (_ ("%s, by %s"), changed, by)
                                     : g_strdup (changed);
  g_autofree char *look_name = g_strdup_printf (_ ("Look at the version of %s"), line);
  g_autofree char *restore_name = g_strdup_printf (_ ("Bring back the version of %s"), line);
  GtkWidget *row = way_wrap_box_new (6, 3);
  GtkWidget *look = way_desk_button_new (_ ("Look"));
  GtkWidget *restore = way_desk_button_new (_ ("Bring back"));
  g_autofree char *shown = is_now ? g_strdup_printf (_ ("%s · now"), line) : g_strdup (line);

  way_compat_name (look, look_name);
  way_compat_name (restore, restore_name);
  gtk_widget_set_sensitive (restore, way_practice_can (self->practice, "restore", self->file->id,
                                                       version->id));
  g_object_set_data (G_OBJECT (look), "desk-version", version);
  g_object_set_data (G_OBJECT (restore), "desk-version", version);
  g_signal_connect_object (look, "clicked", G_CALLBACK (look_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (restore, "clicked", G_CALLBACK (restore_cb), self, G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (row), way_desk_text_new (shown, NULL));
  way_wrap_box_append (WAY_WRAP_BOX (row), look);
  way_wrap_box_append (WAY_WRAP_BOX (row), restore);

  return row;
}

static void
build_versions (WayFilePane *self)
{
  guint n = 0;

  way_desk_box_clear (self->versions);
  gtk_box_append (GTK_BOX (self->versions),
                  way_desk_heading_new (_ ("Versions"), "caption-heading"));
  for (guint i = 0; i < self->file->parts->len; i++)
    {
      WayDeskRecord *part = g_ptr_array_index (self->file->parts, i);

      if (strcmp (part->type, "version") != 0)
        continue;
      gtk_box_append (GTK_BOX (self->versions), new_version (self, part));
      n++;
    }
  gtk_widget_set_visible (self->versions, n > 1);
}

static const WayNode *
get_content (WayFilePane *self)
{
  const WayDeskRecord *now = way_practice_get_version (self->practice, self->file);

  for (guint i = 0; self->version != NULL && i < self->file->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (self->file->parts, i);

      if (g_strcmp0 (part->id, self->version) == 0)
        now = part;
    }

  return now != NULL && now->content != NULL ? now->content : self->file->content;
}

static void
update_facts (WayFilePane *self)
{
  const char *changed = way_desk_get_field (self->file, "changed");
  const char *by = way_desk_get_field (self->file, "by");
  g_autoptr (GString) facts = g_string_new (NULL);

  g_string_append_printf (
      facts, _ ("In %s"),
      way_folder_get_name (self->practice, way_practice_get_folder (self->practice, self->file)));
  if (changed != NULL)
    {
      g_autofree char *when = g_strdup_printf (_ ("Changed %s"), changed);

      g_string_append_printf (facts, " · %s", when);
    }
  if (by != NULL)
    g_string_append_printf (facts, " · %s", by);
  if (way_practice_is_final (self->practice, self->file))
    g_string_append_printf (facts, " · %s", _ ("Final"));
  gtk_label_set_label (GTK_LABEL (self->facts), facts->str);
}

/**
 * way_file_pane_update:
 *
 * Shows how the file stands now.
 */
void
way_file_pane_update (WayFilePane *self)
{
  GtkRoot *root;
  GtkWidget *focus;
  gboolean was_inside;
  const WayDeskRecord *job;
  const char *name;

  g_return_if_fail (WAY_IS_FILE_PANE (self));

  gtk_widget_set_visible (self->empty, self->file == NULL);
  gtk_widget_set_visible (self->inside, self->file != NULL);
  if (self->file == NULL)
    return;

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  was_inside = focus != NULL
               && (gtk_widget_is_ancestor (focus, self->moves)
                   || gtk_widget_is_ancestor (focus, self->versions));
  name = way_practice_get_file_name (self->practice, self->file);
  job = way_practice_get_current_in (self->practice, "files");
  gtk_label_set_label (GTK_LABEL (self->name), name);
  update_facts (self);
  way_content_view_set_content (WAY_CONTENT_VIEW (self->preview), get_content (self), NULL);
  gtk_widget_set_visible (self->pick_button, job != NULL);
  gtk_widget_set_sensitive (self->pick_button, job != NULL
                                                   && way_practice_can (self->practice, "pick",
                                                                        job->id, self->file->id));
  build_versions (self);
  build_moves (self);
  gtk_editable_set_text (GTK_EDITABLE (self->name_entry), name);
  name_changed_cb (self);
  gtk_widget_set_sensitive (self->final_button,
                            way_practice_can (self->practice, "mark-final", self->file->id, NULL));
  if (was_inside)
    gtk_widget_grab_focus (self->name);
}

/**
 * way_file_pane_get_file:
 *
 * Returns: (nullable) (transfer none): the file that shows
 */
const WayDeskRecord *
way_file_pane_get_file (WayFilePane *self)
{
  g_return_val_if_fail (WAY_IS_FILE_PANE (self), NULL);

  return self->file;
}

/**
 * way_file_pane_set_file:
 * @file: (nullable): one of the desk
 */
void
way_file_pane_set_file (WayFilePane *self, const WayDeskRecord *file)
{
  g_return_if_fail (WAY_IS_FILE_PANE (self));

  self->file = file;
  g_clear_pointer (&self->version, g_free);
  way_file_pane_update (self);
}

/**
 * way_file_pane_set_folded:
 * @is_folded: whether the file stands in front of the list
 *
 * Then there is a way back.
 */
void
way_file_pane_set_folded (WayFilePane *self, gboolean is_folded)
{
  g_return_if_fail (WAY_IS_FILE_PANE (self));

  gtk_widget_set_visible (self->back_button, is_folded);
}

/**
 * way_file_pane_focus:
 *
 * Puts the focus on the name, so that it is read out.
 */
void
way_file_pane_focus (WayFilePane *self)
{
  g_return_if_fail (WAY_IS_FILE_PANE (self));

  gtk_widget_grab_focus (self->name);
}

/* --- Making it ---------------------------------------------------------------------- */

static GtkWidget *
new_group (const char *name)
{
  GtkWidget *group = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                   6, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);

  way_compat_name (group, name);

  return group;
}

static void
build_inside (WayFilePane *self)
{
  GtkWidget *paper = new_group (_ ("What the file says"));
  GtkWidget *names = way_wrap_box_new (6, 6);
  GtkWidget *rename = new_group (_ ("Name"));
  GtkWidget *move = new_group (_ ("Move to"));

  self->inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->name = way_desk_heading_new (NULL, "title-4");
  self->facts = way_desk_text_new (NULL, "caption");
  self->preview = way_content_view_new ();
  self->pick_button = way_desk_button_new (_ ("_This is the one"));
  self->versions = new_group (_ ("Versions"));
  self->name_entry = gtk_entry_new ();
  self->rename_button = way_desk_button_new (_ ("_Rename"));
  self->final_button = way_desk_button_new (_ ("Mark as _final"));
  self->moves = way_wrap_box_new (6, 6);
  gtk_widget_set_focusable (self->name, TRUE);
  gtk_widget_set_halign (self->pick_button, GTK_ALIGN_START);
  gtk_widget_set_halign (self->final_button, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->pick_button, "desk-strong");
  gtk_widget_add_css_class (paper, "desk-reveal");
  way_compat_name (self->name_entry, _ ("Name of the file"));
  gtk_box_append (GTK_BOX (paper), self->preview);
  gtk_box_append (GTK_BOX (rename), way_desk_heading_new (_ ("Name"), "caption-heading"));
  way_wrap_box_append (WAY_WRAP_BOX (names), self->name_entry);
  way_wrap_box_append (WAY_WRAP_BOX (names), self->rename_button);
  gtk_box_append (GTK_BOX (rename), names);
  gtk_box_append (GTK_BOX (move), way_desk_heading_new (_ ("Move to"), "caption-heading"));
  gtk_box_append (GTK_BOX (move), self->moves);
  gtk_box_append (GTK_BOX (self->inside), self->name);
  gtk_box_append (GTK_BOX (self->inside), self->facts);
  gtk_box_append (GTK_BOX (self->inside), paper);
  gtk_box_append (GTK_BOX (self->inside), self->pick_button);
  gtk_box_append (GTK_BOX (self->inside), self->versions);
  gtk_box_append (GTK_BOX (self->inside), rename);
  gtk_box_append (GTK_BOX (self->inside), move);
  gtk_box_append (GTK_BOX (self->inside), self->final_button);
}

static void
way_file_pane_init (WayFilePane *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  build_inside (self);
  self->back_button = way_desk_button_new (_ ("_Back to the list"));
  self->empty = way_desk_text_new (_ ("Open a file to read it here."), "dim-label");
  self->scroll = gtk_scrolled_window_new ();
  gtk_widget_set_halign (self->back_button, GTK_ALIGN_START);
  g_signal_connect_object (self->back_button, "clicked", G_CALLBACK (back_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pick_button, "clicked", G_CALLBACK (pick_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rename_button, "clicked", G_CALLBACK (rename_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->final_button, "clicked", G_CALLBACK (final_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->name_entry, "changed", G_CALLBACK (name_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->name_entry, "activate", G_CALLBACK (rename_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->back_button);
  gtk_box_append (GTK_BOX (box), self->empty);
  gtk_box_append (GTK_BOX (box), self->inside);
  gtk_widget_add_css_class (box, "desk-message");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), box);
  gtk_widget_set_parent (self->scroll, GTK_WIDGET (self));
}

static void
way_file_pane_dispose (GObject *object)
{
  WayFilePane *self = WAY_FILE_PANE (object);

  g_clear_object (&self->practice);
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->scroll, gtk_widget_unparent);

  G_OBJECT_CLASS (way_file_pane_parent_class)->dispose (object);
}

static void
way_file_pane_class_init (WayFilePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_file_pane_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[BACK] = g_signal_new ("back", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

/**
 * way_file_pane_new:
 * @practice: a run of a desk with files
 *
 * Returns: (transfer floating): a pane without a file
 */
GtkWidget *
way_file_pane_new (WayPractice *practice)
{
  WayFilePane *self = g_object_new (WAY_TYPE_FILE_PANE, NULL);

  g_return_val_if_fail (WAY_IS_PRACTICE (practice), GTK_WIDGET (self));

  self->practice = g_object_ref (practice);
  way_file_pane_update (self);

  return GTK_WIDGET (self);
}
