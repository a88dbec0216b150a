/* way-handout-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-handout-window.h"

#include "pages/way-detail.h"
#include "session/way-handout-paper.h"
#include "widgets/way-compat.h"
#include "widgets/way-document-out.h"
#include "widgets/way-document-view.h"
#include "widgets/way-wrap-box.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define MOST_SHEETS 30

/* A module on paper: which sheets, a look at one, and away with them. */
#define WAY_TYPE_HANDOUT_WINDOW (way_handout_window_get_type ())
G_DECLARE_FINAL_TYPE (WayHandoutWindow, way_handout_window, WAY, HANDOUT_WINDOW, AdwWindow)

struct _WayHandoutWindow
{
  AdwWindow parent_instance;

  WaySession *session; /* (owned) */
  WayModule *module;   /* (owned) */
  char *local_note;    /* (owned) (nullable) */
  WayWork *looking;    /* (owned) (nullable) the look that is being made */

  GtkWidget *look; /* the pages of the first sheet */
  GtkWidget *first;
  GtkWidget *number;
  GtkWidget *key;
  GtkWidget *trouble;
  GtkWidget *print;
  GtkWidget *save;
};

G_DEFINE_FINAL_TYPE (WayHandoutWindow, way_handout_window, ADW_TYPE_WINDOW)

/* Which sheets: all that is needed to make them on another thread. */
typedef struct
{
  WayPack *pack;      /* (owned) */
  WayModule *module;  /* (owned) */
  char *organisation; /* (owned) (nullable) */
  char *local_note;   /* (owned) (nullable) */
  guint first;
  guint n;
  gboolean has_key;
  gint64 at;
} Sheets;

static void
sheets_free (Sheets *sheets)
{
  g_object_unref (sheets->pack);
  way_module_unref (sheets->module);
  g_free (sheets->organisation);
  g_free (sheets->local_note);
  g_free (sheets);
}

static Sheets *
create_sheets (WayHandoutWindow *self)
{
  Sheets *sheets = g_new0 (Sheets, 1);
  guint n = (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->number));

  sheets->pack = g_object_ref (way_session_get_pack (self->session));
  sheets->module = way_module_ref (self->module);
  sheets->organisation = g_strdup (way_session_get_organisation (self->session));
  sheets->local_note = g_strdup (self->local_note);
  sheets->first = (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->first));
  sheets->n = MIN (n, WAY_HANDOUT_MOST_VARIANTS - sheets->first + 1);
  sheets->has_key = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->key));
  sheets->at = g_get_real_time ();
  return sheets;
}

static WayDocument *
make_sheet (const Sheets *sheets, guint variant, GError **error)
{
  g_autoptr (WayHandout) handout = way_handout_new (sheets->pack, sheets->module, variant, error);

  if (handout == NULL)
    return NULL;
  return way_handout_make_document (handout, sheets->pack, sheets->organisation, sheets->local_note,
                                    sheets->at);
}

/* Another thread. All that was asked for, one behind the other. */
static WayDocument *
make_all (WayWork *work, gpointer data, GError **error)
{
  const Sheets *sheets = data;
  g_autoptr (WayDocument) document = NULL;

  for (guint i = 0; i < sheets->n; i++)
    {
      g_autoptr (WayDocument) sheet = NULL;

      if (!way_work_go_on (work, WAY_DOCUMENT_OUT_MADE * i / sheets->n, error))
        return NULL;
      sheet = make_sheet (sheets, sheets->first + i, error);
      if (sheet == NULL)
        return NULL;
      if (document == NULL)
        document = g_steal_pointer (&sheet);
      else
        way_document_join (document, sheet);
      /* Laying it out takes longer than all else: one sheet at a time, so that it can be stopped.
       */
      way_document_get_n_pages (document);
    }
  if (sheets->has_key)
    {
      g_autoptr (WayDocument)
          key = way_handout_make_key (sheets->pack, sheets->module, sheets->first, sheets->n,
                                      sheets->organisation, sheets->at, error);

      if (key == NULL)
        return NULL;
      way_document_join (document, key);
    }
  return g_steal_pointer (&document);
}

/* Another thread. */
static gpointer
make_look (WayWork *work, gpointer data, GError **error)
{
  const Sheets *sheets = data;
  WayDocument *sheet = make_sheet (sheets, sheets->first, error);

  if (sheet != NULL)
    way_document_get_n_pages (sheet);
  return sheet;
}

static void
say_trouble (WayHandoutWindow *self, const GError *error)
{
  gtk_label_set_label (GTK_LABEL (self->trouble), error != NULL ? error->message : "");
  gtk_widget_set_visible (self->trouble, error != NULL);
  gtk_widget_set_sensitive (self->save, error == NULL);
  gtk_widget_set_sensitive (self->print, error == NULL);
}

/* The first page and the one to hand in. */
static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayHandoutWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDocument) sheet = way_work_finish (result, &error);
  const struct
  {
    guint page;
    const char *description;
  } pages[] = {
    { 0, _ ("The first page: why, and the first cards") },
    { 3, _ ("The last page: the check") },
  };
  GtkWidget *child;

  /* Closed meanwhile, or another number was chosen. */
  if (self->session == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_pointer (&self->looking, way_work_unref);
  while ((child = gtk_widget_get_first_child (self->look)) != NULL)
    gtk_box_remove (GTK_BOX (self->look), child);
  say_trouble (self, error);
  for (guint i = 0; sheet != NULL && i < G_N_ELEMENTS (pages); i++)
    {
      GtkWidget *view = way_document_view_new (sheet, pages[i].page, pages[i].description);

      gtk_widget_add_css_class (view, "card");
      gtk_widget_set_hexpand (view, TRUE);
      gtk_box_append (GTK_BOX (self->look), view);
    }
}

static void
stop_looking (WayHandoutWindow *self)
{
  if (self->looking != NULL)
    way_work_cancel (self->looking);
  g_clear_pointer (&self->looking, way_work_unref);
}

static void
show_look (WayHandoutWindow *self)
{
  stop_looking (self);
  self->looking = way_work_start (make_look, create_sheets (self), (GDestroyNotify) sheets_free,
                                  (GDestroyNotify) way_document_unref, looked_cb,
                                  g_object_ref (self));
}

static void
note_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayHandoutWindow) self = user_data;

  /* A sheet without it is still a sheet. */
  self->local_note = way_session_load_local_note_finish (WAY_SESSION (source), result, NULL);
  if (self->session != NULL)
    show_look (self);
}

static void
first_changed_cb (WayHandoutWindow *self)
{
  int first = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->first));

  gtk_spin_button_set_range (GTK_SPIN_BUTTON (self->number), 1,
                             MIN (MOST_SHEETS, WAY_HANDOUT_MOST_VARIANTS - first + 1));
  show_look (self);
}

static void
save_cb (WayHandoutWindow *self)
{
  /* Translators: a file name, with the title of a module. */
  g_autofree char *name = g_strdup_printf (_ ("%s on paper.pdf"), self->module->title);

  way_document_out_save_made (make_all, create_sheets (self), (GDestroyNotify) sheets_free,
                              GTK_WIDGET (self), _ ("Save the Sheets"),
                              g_strdelimit (name, "/\\:*?\"<>|", '_'), G_FILE_CREATE_NONE);
}

static void
print_cb (WayHandoutWindow *self)
{
  way_document_out_print_made (make_all, create_sheets (self), (GDestroyNotify) sheets_free,
                               GTK_WIDGET (self));
}

static void
way_handout_window_dispose (GObject *object)
{
  WayHandoutWindow *self = WAY_HANDOUT_WINDOW (object);

  stop_looking (self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->module, way_module_unref);
  g_clear_pointer (&self->local_note, g_free);

  G_OBJECT_CLASS (way_handout_window_parent_class)->dispose (object);
}

static void
way_handout_window_class_init (WayHandoutWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_handout_window_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static GtkWidget *
add_number (GtkWidget *wrap, const char *words, double most)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = gtk_label_new_with_mnemonic (words);
  GtkWidget *spin = gtk_spin_button_new_with_range (1, most, 1);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), spin);
  gtk_box_append (GTK_BOX (group), label);
  gtk_box_append (GTK_BOX (group), spin);
  way_wrap_box_append (WAY_WRAP_BOX (wrap), group);
  return spin;
}

static GtkWidget *
create_content (WayHandoutWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *wrap = way_wrap_box_new (24, 12);

  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  way_detail_add_label (
      GTK_BOX (box),
      _ ("4 pages for somebody without a computer: 3 to keep, and 1 with a check to hand "
         "in. Each number has other questions. A digital champion enters what is written, "
         "in My people."),
      "way-quiet");
  self->first = add_number (wrap, _ ("_First number"), WAY_HANDOUT_MOST_VARIANTS);
  self->number = add_number (wrap, _ ("How _many sheets"), MOST_SHEETS);
  g_signal_connect_swapped (self->first, "value-changed", G_CALLBACK (first_changed_cb), self);
  gtk_box_append (GTK_BOX (box), wrap);
  self->key = gtk_check_button_new_with_mnemonic (_ ("_With what is right, for who marks by hand"));
  gtk_box_append (GTK_BOX (box), self->key);
  self->trouble = way_detail_add_label (GTK_BOX (box), "", "way-attention");
  self->look = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_box_append (GTK_BOX (box), self->look);
  return box;
}

static void
way_handout_window_init (WayHandoutWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 560);
  adw_clamp_set_child (ADW_CLAMP (clamp), create_content (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), way_document_out_create_buttons (&self->save, &self->print));
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (save_cb), self);
  g_signal_connect_swapped (self->print, "clicked", G_CALLBACK (print_cb), self);
  way_document_out_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Print on Paper"));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), 520, 640);
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, 294);
}

/**
 * way_handout_window_present:
 * @parent: the window that has the actions "win.toast" and so on
 * @module: id of a module of the open pack
 *
 * Asks which sheets of a module are wanted, and prints them or writes them as a PDF. Only
 * who may mark is offered what is right.
 */
void
way_handout_window_present (GtkWindow *parent, WaySession *session, const char *module)
{
  WayModule *found = way_pack_find_module (way_session_get_pack (session), module);
  WayHandoutWindow *self;

  if (found == NULL)
    return;
  self = g_object_new (WAY_TYPE_HANDOUT_WINDOW, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->module = way_module_ref (found);
  gtk_widget_set_visible (self->key,
                          (way_session_get_roles (session) & (WAY_ROLE_CHAMPION | WAY_ROLE_LEAD))
                              != 0);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "win", G_ACTION_GROUP (parent));
  way_session_load_local_note_async (session, module, NULL, note_loaded_cb, g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
}
