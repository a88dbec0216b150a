/* way-witness-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/way-witness-list.h"

#include "pages/way-detail.h"
#include "session/way-certificate.h"
#include "session/way-witness.h"
#include "widgets/way-compat.h"
#include "widgets/way-document-out.h"
#include "widgets/way-text-box.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* A card for each thing that somebody was seen to do, with what either of the two can still say to
 * it. There is nothing where nothing was seen. */
struct _WayWitnessList
{
  AdwBin parent_instance;

  WaySession *session; /* (owned) */
  WayWitnessPart part;
  WayRow *person; /* (owned) (nullable) who was seen by whoever is signed in */
  GtkBox *box;
  char *words;     /* (owned) (nullable) what is shown */
  WayTextBox *why; /* (nullable) being written */
  guint n;
  gboolean is_saving;
};

G_DEFINE_FINAL_TYPE (WayWitnessList, way_witness_list, ADW_TYPE_BIN)

enum
{
  LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define AT_HAND 3

static const char *
get_other (WayWitnessList *self, WayRow *row)
{
  if (self->part == WAY_WITNESS_GIVEN)
    return way_row_get_text (self->person, "name");
  return way_row_has (row, "by") ? way_row_get_text (row, "by") : _ ("A champion or manager");
}

/* --- Saying something ------------------------------------------------------------------- */

typedef struct
{
  WayWitnessList *list;
  const char *said;
} Saying;

static void
said_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Saying *saying = user_data;
  WayWitnessList *self = saying->list;
  g_autoptr (GError) error = NULL;

  self->is_saving = FALSE;
  if (way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    {
      self->why = NULL;
      g_clear_pointer (&self->words, g_free);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", saying->said);
      way_witness_list_load (self);
    }
  else
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self->box), TRUE);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
    }
  g_object_unref (saying->list);
  g_free (saying);
}

static gpointer
begin_saying (WayWitnessList *self, const char *said)
{
  Saying *saying = g_new0 (Saying, 1);

  self->is_saving = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->box), FALSE);
  saying->list = g_object_ref (self);
  saying->said = said;
  return saying;
}

static void
answer (WayWitnessList *self, WayRow *row, const char *what, const char *text, const char *said)
{
  if (self->is_saving)
    return;
  way_witness_answer_async (self->session, way_row_get_text (row, "id"),
                            way_row_get_text (row, "witness"), what, text, NULL, said_cb,
                            begin_saying (self, said));
}

static WayWitnessList *
get_list (GtkWidget *widget)
{
  return WAY_WITNESS_LIST (gtk_widget_get_ancestor (widget, WAY_TYPE_WITNESS_LIST));
}

static void
agree_cb (GtkWidget *button, WayRow *row)
{
  answer (get_list (button), row, "agreed", NULL,
          _ ("Saved. It stands in your passport as witnessed."));
}

static void
send_why_cb (GtkWidget *button, WayRow *row)
{
  WayWitnessList *self = get_list (button);
  g_autofree char *text = way_text_box_dup_text (self->why);

  if (*g_strstrip (text) == '\0')
    {
      GtkWidget *view = way_text_box_get_view (self->why);

      gtk_widget_grab_focus (view);
      way_compat_announce (view, _ ("Write what was different first."));
      return;
    }
  if (way_text_box_may_keep (self->why))
    answer (self, row, "not-quite", text, _ ("Saved. Whoever saw it reads that."));
}

static void
cancel_why_cb (GtkWidget *button, WayRow *row)
{
  WayWitnessList *self = get_list (button);

  self->why = NULL;
  g_clear_pointer (&self->words, g_free);
  way_witness_list_load (self);
}

static void
withdraw_answered_cb (GtkWidget *dialog, const char *response, WayRow *row)
{
  WayWitnessList *self = g_object_get_data (G_OBJECT (dialog), "list");

  if (!g_str_equal (response, "withdraw") || self->is_saving)
    return;
  if (self->part == WAY_WITNESS_GIVEN)
    way_session_retract_async (self->session, way_row_get_text (row, "id"), NULL, said_cb,
                               begin_saying (self, _ ("Withdrawn. Both of you see that.")));
  else
    answer (self, row, "withdrawn", NULL, _ ("Withdrawn. Both of you see that."));
}

static AdwMessageDialog *
create_dialog (WayWitnessList *self,
               const char *title,
               const char *text,
               const char *response,
               const char *label,
               GCallback callback,
               WayRow *row)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                              title, text);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), response,
                                    label, NULL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "list", g_object_ref (self), g_object_unref);
  g_signal_connect_object (dialog, "response", callback, row, 0);
  g_object_set_data_full (G_OBJECT (dialog), "row", g_object_ref (row), g_object_unref);
  return ADW_MESSAGE_DIALOG (dialog);
}

static void
withdraw_cb (GtkWidget *button, WayRow *row)
{
  AdwMessageDialog *dialog = create_dialog (get_list (button), _ ("Withdraw this?"),
                                            _ ("It counts no more. That it was said, and that it "
                                               "was withdrawn, stays for both of you to see."),
                                            "withdraw", _ ("_Withdraw"),
                                            G_CALLBACK (withdraw_answered_cb), row);

  adw_message_dialog_set_response_appearance (dialog, "withdraw", ADW_RESPONSE_DESTRUCTIVE);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
hand_over_answered_cb (GtkWidget *dialog, const char *response, WayRow *row)
{
  if (g_str_equal (response, "hand-over"))
    gtk_widget_activate_action (g_object_get_data (G_OBJECT (dialog), "list"), "win.sign-out",
                                NULL);
}

/* At one desktop, one after the other; what that proves is said. */
static void
hand_over_cb (GtkWidget *button, WayRow *row)
{
  WayWitnessList *self = get_list (button);
  /* Translators: %s is a person. */
  g_autofree char *title = g_strdup_printf (_ ("Is %s beside you?"), get_other (self, row));
  const char *text = _ (
      "You sign out, they sign in here with their own name, and find on Today what you have "
      "seen. Where your trust asks for a password, that shows that two people signed in. "
      "Where it asks for none, it shows only that two names were chosen. Nobody can tell from "
      "it who sat at the keyboard.\n\nWhere this computer knows only you, they answer at a "
      "desktop of their own.");

  gtk_window_present (
      GTK_WINDOW (create_dialog (self, title, text, "hand-over", _ ("_Sign Out and Hand Over"),
                                 G_CALLBACK (hand_over_answered_cb), row)));
}

/* --- A card ----------------------------------------------------------------------------- */

static GtkWidget *
add_button (GtkWidget *wrap,
            const char *label,
            const char *style_class,
            const char *about,
            GCallback callback,
            WayRow *row)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  g_auto (GStrv) parts = g_strsplit (label, "_", 2);
  g_autofree char *name = g_strjoinv ("", parts);

  way_compat_name (button, name);
  way_compat_describe (button, about);
  if (style_class != NULL)
    gtk_widget_add_css_class (button, style_class);
  g_signal_connect_data (button, "clicked", callback, g_object_ref (row),
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  way_wrap_box_append (WAY_WRAP_BOX (wrap), button);
  return button;
}

static void
not_quite_cb (GtkWidget *button, WayRow *row)
{
  WayWitnessList *self = get_list (button);
  GtkWidget *wrap = gtk_widget_get_parent (button);
  GtkBox *texts = GTK_BOX (gtk_widget_get_parent (wrap));
  GtkWidget *buttons = way_wrap_box_new (6, 6);

  if (self->why != NULL)
    return;
  gtk_box_remove (texts, wrap);
  self->why = WAY_TEXT_BOX (way_text_box_new (_ ("What was different"), 72));
  way_detail_add_label (texts, _ ("What was different?"), NULL);
  gtk_box_append (texts, GTK_WIDGET (self->why));
  add_button (buttons, _ ("_Send"), "suggested-action", "", G_CALLBACK (send_why_cb), row);
  add_button (buttons, _ ("_Cancel"), "flat", "", G_CALLBACK (cancel_why_cb), row);
  gtk_box_append (texts, buttons);
  gtk_widget_grab_focus (way_text_box_get_view (self->why));
}

static void
file_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayWitnessList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayEvidenceFile) file = way_evidence_file_finish (result, &error);

  if (self->box == NULL)
    return;
  if (file == NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
  else
    way_document_out_save_bytes (file->bytes, GTK_WIDGET (self), _ ("Save the File"), file->name,
                                 G_FILE_CREATE_NONE);
}

static void
save_file_cb (GtkWidget *button, WayRow *row)
{
  WayWitnessList *self = get_list (button);

  way_evidence_file_load_async (self->session, way_row_get_text (row, "id"), NULL, file_loaded_cb,
                                g_object_ref (self));
}

static char *
describe_title (WayWitnessList *self, WayRow *row)
{
  const char *state = way_row_get_text (row, "state");
  const char *other = get_other (self, row);
  gboolean is_given = self->part == WAY_WITNESS_GIVEN;

  if (g_str_equal (state, "agreed"))
    return g_strdup (_ ("Witnessed: both have said so"));
  if (g_str_equal (state, "withdrawn"))
    return is_given ? g_strdup (_ ("You withdrew this"))
                    /* Translators: %s is a person. */
                    : g_strdup_printf (_ ("%s withdrew this"), other);
  if (g_str_equal (state, "taken-back"))
    return is_given ? g_strdup_printf (_ ("%s withdrew this"), other)
                    : g_strdup (_ ("You withdrew this"));
  if (g_str_equal (state, "not-quite"))
    /* Translators: %s is a person. */
    return is_given ? g_strdup_printf (_ ("%s says: not quite"), other)
                    : g_strdup (_ ("You said: not quite"));
  if (is_given)
    /* Translators: %s is a person. */
    return g_strdup_printf (_ ("Waiting for %s to say so too"), other);
  /* Translators: %s is a person. */
  return g_strdup_printf (_ ("%s saw you do this at work. Did you?"), other);
}

/* “20 November 2026, Ward 3”. */
static char *
describe_place (WayRow *row)
{
  const char *seen = way_row_get_text (row, "seen");
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *noon = g_strdup_printf ("%sT12:00:00", seen);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (noon, zone);
  g_autofree char *day = way_format_day (time != NULL ? g_date_time_to_unix (time) * G_USEC_PER_SEC
                                                      : way_row_get_int (row, "at"));

  if (!way_row_has (row, "unit_name"))
    return g_steal_pointer (&day);
  /* Translators: a day, then a ward or a department. */
  return g_strdup_printf (_ ("%s, %s"), day, way_row_get_text (row, "unit_name"));
}

static void
add_buttons (WayWitnessList *self, GtkBox *texts, WayRow *row, const char *about)
{
  const char *state = way_row_get_text (row, "state");
  gboolean is_given = self->part == WAY_WITNESS_GIVEN;
  gboolean is_waiting = g_str_equal (state, "waiting");
  GtkWidget *wrap;

  if (g_str_equal (state, "withdrawn"))
    return;
  wrap = way_wrap_box_new (6, 6);
  gtk_widget_set_margin_top (wrap, 6);
  if (is_given && is_waiting)
    add_button (wrap, _ ("They Are _Here…"), NULL, about, G_CALLBACK (hand_over_cb), row);
  if (is_given || g_str_equal (state, "agreed"))
    add_button (wrap, _ ("_Withdraw…"), is_given ? NULL : "flat", about, G_CALLBACK (withdraw_cb),
                row);
  else
    add_button (wrap, _ ("_Yes, I Did This"), is_waiting ? "suggested-action" : NULL, about,
                G_CALLBACK (agree_cb), row);
  if (!is_given && is_waiting)
    add_button (wrap, _ ("_Not Quite…"), NULL, about, G_CALLBACK (not_quite_cb), row);
  if (way_row_has (row, "file"))
    add_button (wrap, _ ("Save the _File…"), "flat", way_row_get_text (row, "file"),
                G_CALLBACK (save_file_cb), row);
  gtk_box_append (texts, wrap);
}

static GtkWidget *
create_card (WayWitnessList *self, WayRow *row)
{
  WayPack *pack = way_session_get_pack (self->session);
  const WayOutcome *outcome = way_witness_find_outcome (pack, way_row_get_text (row, "module"),
                                                        way_row_get_text (row, "outcome"));
  GtkWidget *card = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                  6, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  const char *what = outcome != NULL ? outcome->text : way_row_get_text (row, "outcome");
  g_autofree char *title = describe_title (self, row);
  g_autofree char *place = describe_place (row);

  gtk_widget_add_css_class (card, "way-card");
  way_compat_name (card, title);
  way_detail_add_label (GTK_BOX (card), title, "heading");
  way_detail_add_label (GTK_BOX (card), what, NULL);
  if (way_row_has (row, "note"))
    {
      /* Translators: %s is what a person said. */
      g_autofree char *note = g_strdup_printf (_ ("“%s”"), way_row_get_text (row, "note"));

      way_detail_add_label (GTK_BOX (card), note, NULL);
    }
  way_detail_add_label (GTK_BOX (card), place, "way-quiet");
  if (way_row_has (row, "text"))
    {
      /* Translators: what somebody says was different from how another saw it. */
      g_autofree char *text = g_strdup_printf (_ ("What was different: “%s”"),
                                               way_row_get_text (row, "text"));

      way_detail_add_label (GTK_BOX (card), text, NULL);
    }
  add_buttons (self, GTK_BOX (card), row, what);
  return card;
}

/* --- The list --------------------------------------------------------------------------- */

/* A few are at hand; more would push away what else the page is about. */
static GtkBox *
add_more (WayWitnessList *self, guint n)
{
  /* Translators: how many more things somebody was seen to do. */
  g_autofree char *title = g_strdup_printf (ngettext ("%u more", "%u more", n), n);
  GtkWidget *more = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *expander = gtk_expander_new (title);

  gtk_widget_set_margin_top (more, 12);
  gtk_expander_set_child (GTK_EXPANDER (expander), more);
  way_compat_name (expander, title);
  gtk_box_append (self->box, expander);
  return GTK_BOX (more);
}

static void
show_rows (WayWitnessList *self, GListModel *rows)
{
  guint n_rows = g_list_model_get_n_items (rows);
  GtkBox *box = self->box;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  self->n = 0;
  gtk_widget_set_sensitive (GTK_WIDGET (self->box), TRUE);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      if (self->part == WAY_WITNESS_WAITING
          && !g_str_equal (way_row_get_text (row, "state"), "waiting"))
        continue;
      if (self->n == 0)
        way_detail_add_section (self->box, _ ("Seen at work"));
      if (self->part != WAY_WITNESS_WAITING && self->n == AT_HAND && n_rows > AT_HAND)
        box = add_more (self, n_rows - AT_HAND);
      gtk_box_append (box, create_card (self, row));
      self->n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), self->n > 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayWitnessList) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);
  g_autoptr (GString) words = g_string_new (NULL);

  /* What is being written stays. */
  if (rows == NULL || self->box == NULL || self->why != NULL || self->is_saving)
    return;
  g_string_append_printf (words, "%s\n",
                          self->person != NULL ? way_row_get_text (self->person, "person") : "");
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      for (guint j = 0; j < way_row_get_n_columns (row); j++)
        g_string_append_printf (words, "%s\t", way_row_get_nth (row, j));
    }
  if (g_strcmp0 (words->str, self->words) == 0)
    return;
  g_free (self->words);
  self->words = g_string_free (g_steal_pointer (&words), FALSE);
  show_rows (self, rows);
  g_signal_emit (self, signals[LOADED], 0);
}

/**
 * way_witness_list_load:
 *
 * Looks at what there is now.
 */
void
way_witness_list_load (WayWitnessList *self)
{
  g_return_if_fail (WAY_IS_WITNESS_LIST (self));

  if (self->part == WAY_WITNESS_GIVEN && self->person == NULL)
    return;
  way_witness_load_async (self->session,
                          self->person != NULL ? way_row_get_text (self->person, "person") : NULL,
                          NULL, loaded_cb, g_object_ref (self));
}

static void
way_witness_list_dispose (GObject *object)
{
  WayWitnessList *self = WAY_WITNESS_LIST (object);

  self->box = NULL;
  g_clear_object (&self->session);
  g_clear_object (&self->person);
  g_clear_pointer (&self->words, g_free);

  G_OBJECT_CLASS (way_witness_list_parent_class)->dispose (object);
}

static void
way_witness_list_class_init (WayWitnessListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_witness_list_dispose;

  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
way_witness_list_init (WayWitnessList *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * way_witness_list_new:
 * @part: what of it is shown
 *
 * Returns: (transfer floating): shown only while there is something in it
 */
GtkWidget *
way_witness_list_new (WaySession *session, WayWitnessPart part)
{
  WayWitnessList *self = g_object_new (WAY_TYPE_WITNESS_LIST, NULL);

  self->session = g_object_ref (session);
  self->part = part;
  g_signal_connect_object (session, "changed", G_CALLBACK (way_witness_list_load), self,
                           G_CONNECT_SWAPPED);
  way_witness_list_load (self);
  return GTK_WIDGET (self);
}

/**
 * way_witness_list_set_person:
 * @person: as the session lists the champion's people
 *
 * Shows what whoever is signed in has seen of somebody.
 */
void
way_witness_list_set_person (WayWitnessList *self, WayRow *person)
{
  gboolean is_other;

  g_return_if_fail (WAY_IS_WITNESS_LIST (self));

  is_other = self->person == NULL
             || !g_str_equal (way_row_get_text (self->person, "person"),
                              way_row_get_text (person, "person"));
  g_set_object (&self->person, person);
  if (is_other)
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  way_witness_list_load (self);
}

/**
 * way_witness_list_is_empty:
 *
 * Returns: whether there is nothing in it, as far as it is known yet
 */
gboolean
way_witness_list_is_empty (WayWitnessList *self)
{
  g_return_val_if_fail (WAY_IS_WITNESS_LIST (self), TRUE);

  return self->n == 0;
}
