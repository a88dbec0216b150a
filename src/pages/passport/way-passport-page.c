/* way-passport-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/passport/way-passport-page.h"

#include "pages/passport/way-passport-view.h"
#include "pages/way-sign-off-card.h"
#include "pages/way-witness-list.h"
#include "session/way-certificate.h"
#include "widgets/way-document-out.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* Beside My skills: what there is to show of each outcome, to keep or to take along. */
struct _WayPassportPage
{
  WayPage parent_instance;

  WayPassport *passport;    /* (owned) (nullable) */
  GListModel *certificates; /* (owned) (nullable) */
  WayPassportView *view;
  WayWitnessList *seen;
  GtkWidget *signed_off; /* shown where a manager has said something */
};

G_DEFINE_FINAL_TYPE (WayPassportPage, way_passport_page, WAY_TYPE_PAGE)

/* --- Leaving the window ------------------------------------------------------------- */

static void
save_pdf_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayPassportPage *self = WAY_PASSPORT_PAGE (widget);
  g_autoptr (WayDocument) document = NULL;

  if (self->passport == NULL)
    return;
  document = way_passport_make_document (self->passport);
  /* Translators: a file name. */
  way_document_out_save (document, widget, _ ("Save the Passport"), _ ("Skills passport.pdf"),
                         G_FILE_CREATE_NONE);
}

static void
save_csv_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayPassportPage *self = WAY_PASSPORT_PAGE (widget);
  g_autoptr (GBytes) bytes = NULL;

  if (self->passport == NULL)
    return;
  bytes = way_passport_make_csv (self->passport);
  /* Translators: a file name. */
  way_document_out_save_bytes (bytes, widget, _ ("Save the Passport"), _ ("Skills passport.csv"),
                               G_FILE_CREATE_NONE);
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayPassportPage *self = WAY_PASSPORT_PAGE (widget);
  g_autoptr (WayDocument) document = NULL;

  if (self->passport == NULL)
    return;
  document = way_passport_make_document (self->passport);
  way_document_out_print (document, widget);
}

/* --- Loading ---------------------------------------------------------------------------- */

static void
show (WayPassportPage *self)
{
  if (self->view == NULL || self->passport == NULL || self->certificates == NULL)
    return;
  if (self->passport->n_shown == 0 && g_list_model_get_n_items (self->certificates) == 0
      && way_witness_list_is_empty (self->seen) && !gtk_widget_get_visible (self->signed_off))
    way_page_show_message (WAY_PAGE (self), "way-skills-symbolic", _ ("Nothing in it yet"),
                           _ ("When you pass a check, finish a practice, or somebody sees you do "
                              "it, it stands here with its date, for you to keep or to show."),
                           _ ("_Find a Module"), "win.go::learn");
  else
    {
      way_passport_view_show (self->view, self->passport, self->certificates);
      way_page_show_content (WAY_PAGE (self));
    }
}

static void
certificates_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayPassportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel)
      certificates = way_session_list_finish (WAY_SESSION (source), result, &error);

  if (self->view == NULL || self->passport == NULL)
    return;
  g_set_object (&self->certificates, certificates);
  if (certificates == NULL)
    way_page_show_error (WAY_PAGE (self), _ ("Your passport cannot be shown"), error);
  else
    show (self);
}

static void
passport_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayPassportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  WayPassport *passport = way_session_load_passport_finish (WAY_SESSION (source), result, &error);

  if (passport == NULL)
    {
      way_page_show_error (WAY_PAGE (self), _ ("Your passport cannot be shown"), error);
      return;
    }
  g_clear_pointer (&self->passport, way_passport_free);
  self->passport = passport;
  way_session_load_certificates_async (WAY_SESSION (source), NULL, certificates_loaded_cb,
                                       g_object_ref (self));
}

static void
way_passport_page_load (WayPage *page, GCancellable *cancellable)
{
  way_session_load_passport_async (way_page_get_session (page), cancellable, passport_loaded_cb,
                                   g_object_ref (page));
}

static void
way_passport_page_constructed (GObject *object)
{
  WayPassportPage *self = WAY_PASSPORT_PAGE (object);
  GtkWidget *list = NULL;

  G_OBJECT_CLASS (way_passport_page_parent_class)->constructed (object);

  /* What others have seen, above what it all comes to. */
  list = way_witness_list_new (way_page_get_session (WAY_PAGE (self)), WAY_WITNESS_MINE);
  self->seen = WAY_WITNESS_LIST (list);
  g_signal_connect_object (list, "loaded", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->view))), list,
                              gtk_widget_get_prev_sibling (GTK_WIDGET (self->view)));
  self->signed_off = way_sign_off_card_new (way_page_get_session (WAY_PAGE (self)));
  g_signal_connect_object (self->signed_off, "notify::visible", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->view))),
                              self->signed_off, gtk_widget_get_prev_sibling (list));
}

static void
way_passport_page_dispose (GObject *object)
{
  WayPassportPage *self = WAY_PASSPORT_PAGE (object);

  g_clear_pointer (&self->passport, way_passport_free);
  g_clear_object (&self->certificates);
  self->view = NULL;
  self->seen = NULL;

  G_OBJECT_CLASS (way_passport_page_parent_class)->dispose (object);
}

static void
way_passport_page_class_init (WayPassportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = way_passport_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = way_passport_page_dispose;
  WAY_PAGE_CLASS (klass)->load = way_passport_page_load;

  gtk_widget_class_install_action (widget_class, "page.save-pdf", NULL, save_pdf_action);
  gtk_widget_class_install_action (widget_class, "page.save-csv", NULL, save_csv_action);
  gtk_widget_class_install_action (widget_class, "page.print", NULL, print_action);
}

static GtkWidget *
create_label (const char *text, const char *style, GtkAccessibleRole role)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", role, "label", text, "wrap",
                                   TRUE, "xalign", 0.0, NULL);

  gtk_widget_add_css_class (label, style);
  return label;
}

static void
add_button (WayWrapBox *box, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  way_wrap_box_append (box, button);
}

static void
way_passport_page_init (WayPassportPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *tools = way_wrap_box_new (6, 6);

  gtk_box_append (GTK_BOX (box),
                  create_label (_ ("Skills passport"), "title-1", GTK_ACCESSIBLE_ROLE_HEADING));
  gtk_box_append (
      GTK_BOX (box),
      create_label (_ ("Each outcome with the strongest evidence of it, from said, known, "
                       "practised and witnessed up to used at work. Managers of your "
                       "unit and training leads can see evidence, and how far you are "
                       "in modules."),
                    "way-quiet", GTK_ACCESSIBLE_ROLE_LABEL));
  add_button (WAY_WRAP_BOX (tools), _ ("Save as P_DF…"), "page.save-pdf");
  add_button (WAY_WRAP_BOX (tools), _ ("Save as _CSV…"), "page.save-csv");
  add_button (WAY_WRAP_BOX (tools), _ ("_Print…"), "page.print");
  gtk_box_append (GTK_BOX (box), tools);
  self->view = WAY_PASSPORT_VIEW (way_passport_view_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->view));
  way_page_set_column (WAY_PAGE (self), box, 800);
}

/**
 * way_passport_page_new:
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
way_passport_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_PASSPORT_PAGE, "session", session, NULL);
}
