/* way-module-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/learn/way-module-row.h"

#include "session/way-shelf.h"
#include "widgets/way-compat.h"
#include "widgets/way-paragraphs.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>

/* What the row says, from above. */
enum
{
  TITLE,
  SUMMARY,
  FACTS,
  REASON,
};

/* A module in the library, or a thing to do in the plan: what it is about, how far it is,
 * how long it takes, and why it is recommended. */
struct _WayModuleRow
{
  GtkWidget parent_instance;

  WayPack *pack; /* (owned) */
  WayRow *row;   /* (owned) (nullable) */

  GtkWidget *box;
  GtkImage *icon;
  WayParagraphs *words;
  GtkWidget *certificate; /* of a module whose check is passed */
  GtkWidget *test_out;    /* of a module that is not begun */
};

G_DEFINE_FINAL_TYPE (WayModuleRow, way_module_row, GTK_TYPE_WIDGET)

static const struct
{
  const char *state;
  const char *words;
  const char *dots;
} STATES[] = {
  { "", N_ ("not begun"), "○○○○" },
  { "started", N_ ("begun"), "●○○○" },
  { "practised", N_ ("practised"), "●●○○" },
  { "checked", N_ ("check passed, one thing left on shift"), "●●●○" },
  { "done", N_ ("done"), "●●●●" },
};

static guint
find_state (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    {
      if (g_str_equal (STATES[i].state, state))
        return i;
    }
  return 0;
}

static const WayCapability *
find_capability (WayPack *pack, const char *id)
{
  int index = way_pack_find_capability (pack, id);

  return index >= 0 ? g_ptr_array_index (way_pack_get_capabilities (pack), index) : NULL;
}

static const char *
get_words (WayRow *row)
{
  const char *type = way_row_get_text (row, "type");

  if (g_str_equal (type, "round"))
    return _ ("a few questions");
  if (g_str_equal (type, "card"))
    return _ ("one card of it");
  return _ (STATES[find_state (way_row_get_text (row, "state"))].words);
}

static char *
dup_facts (WayPack *pack, WayRow *row)
{
  const WayCapability *capability = find_capability (pack, way_row_get_text (row, "capability"));
  g_autofree char *minutes = NULL;
  int left = (int) way_row_get_int (row, "minutes_left");

  if (left > 0 && left < way_row_get_int (row, "minutes"))
    {
      g_autofree char *time = way_format_minutes (left);

      /* Translators: %s is a time, as “4 minutes”. */
      minutes = g_strdup_printf (_ ("%s left"), time);
    }
  else
    minutes = way_format_minutes ((int) way_row_get_int (row, "minutes"));
  /* Translators: how far, a capability, a level, how long: “begun · Staying safe · Start · 10
   * minutes”. */
  return g_strdup_printf (_ ("%s · %s · %s · %s"), get_words (row),
                          capability != NULL ? capability->short_name : "",
                          way_level_name (pack, (int) MAX (1, way_row_get_int (row, "level"))),
                          minutes);
}

static char *
dup_reason (WayRow *row)
{
  if (way_row_has (row, "reason"))
    return g_strdup (way_row_get_text (row, "reason"));
  return way_shelf_explain (row, g_get_real_time ());
}

static void
way_module_row_dispose (GObject *object)
{
  WayModuleRow *self = WAY_MODULE_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->pack);
  g_clear_object (&self->row);

  G_OBJECT_CLASS (way_module_row_parent_class)->dispose (object);
}

static void
way_module_row_class_init (WayModuleRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_module_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "way-module-row");
}

/* An action of the button's own would be looked up for each row that comes by. */
static void
certificate_cb (WayModuleRow *self)
{
  g_autofree char *what = g_strconcat ("module/", way_row_get_text (self->row, "module"), NULL);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-certificate", "s", what);
}

static void
test_out_cb (WayModuleRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.test-out", "s",
                              way_row_get_text (self->row, "module"));
}

static void
way_module_row_init (WayModuleRow *self)
{
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->icon = GTK_IMAGE (g_object_new (GTK_TYPE_IMAGE, "pixel-size", 24, "valign",
                                        GTK_ALIGN_CENTER, "accessible-role",
                                        GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), "way-tile");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->icon));

  self->words = WAY_PARAGRAPHS (way_paragraphs_new ());
  way_paragraphs_add (self->words, "heading", NULL);
  way_paragraphs_add (self->words, NULL, NULL);
  way_paragraphs_add (self->words, "caption", "way-quiet");
  way_paragraphs_add (self->words, "caption", "accent");
  gtk_widget_set_hexpand (GTK_WIDGET (self->words), TRUE);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->words));

  self->certificate = gtk_button_new_from_icon_name ("x-office-document-symbolic");
  gtk_widget_set_tooltip_text (self->certificate, _ ("Certificate"));
  gtk_widget_set_valign (self->certificate, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->certificate, "flat");
  gtk_widget_set_visible (self->certificate, FALSE);
  /* A row of a list view takes no focus while something in it may. Keys come to the same by
   * the module's own pages. */
  gtk_widget_set_focusable (self->certificate, FALSE);
  g_signal_connect_swapped (self->certificate, "clicked", G_CALLBACK (certificate_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->certificate);
  self->test_out = gtk_button_new_from_icon_name ("media-skip-forward-symbolic");
  gtk_widget_set_tooltip_text (self->test_out,
                               _ ("Take the check first, if you know this already"));
  gtk_widget_set_valign (self->test_out, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->test_out, "flat");
  gtk_widget_set_visible (self->test_out, FALSE);
  gtk_widget_set_focusable (self->test_out, FALSE);
  g_signal_connect_swapped (self->test_out, "clicked", G_CALLBACK (test_out_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->test_out);
  way_compat_hide (arrow);
  gtk_box_append (GTK_BOX (self->box), arrow);
}

/**
 * way_module_row_new:
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
way_module_row_new (WayPack *pack)
{
  WayModuleRow *self = g_object_new (WAY_TYPE_MODULE_ROW, NULL);

  self->pack = g_object_ref (pack);
  return GTK_WIDGET (self);
}

/* There once the check is passed. */
static void
show_certificate (WayModuleRow *self, WayRow *row)
{
  const char *state = way_row_get_text (row, "state");
  gboolean is_passed = g_str_equal (way_row_get_text (row, "type"), "module")
                       && (g_str_equal (state, "checked") || g_str_equal (state, "done"));
  g_autofree char *name = NULL;

  gtk_widget_set_visible (self->certificate, is_passed);
  if (!is_passed)
    return;
  /* Translators: %s is the title of a module. */
  name = g_strdup_printf (_ ("Certificate of %s"), way_row_get_text (row, "title"));
  way_compat_name (self->certificate, name);
}

/* For who knows it already. */
static void
show_test_out (WayModuleRow *self, WayRow *row)
{
  gboolean is_new = g_str_equal (way_row_get_text (row, "type"), "module")
                    && *way_row_get_text (row, "state") == '\0';
  g_autofree char *name = NULL;

  gtk_widget_set_visible (self->test_out, is_new);
  if (!is_new)
    return;
  /* Translators: %s is the title of a module. */
  name = g_strdup_printf (_ ("Take the check of %s first"), way_row_get_text (row, "title"));
  way_compat_name (self->test_out, name);
}

/**
 * way_module_row_set_row:
 * @row: of the modules, or of way_shelf_plan()
 */
void
way_module_row_set_row (WayModuleRow *self, WayRow *row)
{
  const WayCapability *capability;
  const char *type = way_row_get_text (row, "type");
  const char *icon;
  g_autofree char *facts = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *reason = dup_reason (row);
  g_autofree char *description = NULL;

  g_return_if_fail (WAY_IS_MODULE_ROW (self));

  g_set_object (&self->row, row);
  capability = find_capability (self->pack, way_row_get_text (row, "capability"));
  facts = dup_facts (self->pack, row);
  shown = g_str_equal (type, "round")
              ? g_strdup (facts)
              : g_strdup_printf ("%s  %s",
                                 STATES[find_state (way_row_get_text (row, "state"))].dots, facts);
  icon = capability != NULL ? capability->icon : "way-learn-symbolic";
  /* An image looks for it again even if it is the same. */
  if (g_strcmp0 (gtk_image_get_icon_name (self->icon), icon) != 0)
    gtk_image_set_from_icon_name (self->icon, icon);
  show_certificate (self, row);
  show_test_out (self, row);
  way_paragraphs_set_text (self->words, TITLE, way_row_get_text (row, "title"));
  way_paragraphs_set_text (self->words, SUMMARY, way_row_get_text (row, "summary"));
  way_paragraphs_set_text (self->words, FACTS, shown);
  way_paragraphs_set_text (self->words, REASON, reason);
  description = reason != NULL ? g_strdup_printf ("%s. %s", facts, reason) : g_strdup (facts);
  if (gtk_widget_get_parent (GTK_WIDGET (self)) != NULL)
    way_compat_describe (gtk_widget_get_parent (GTK_WIDGET (self)), description);
}
