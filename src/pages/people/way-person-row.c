/* way-person-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/people/way-person-row.h"

#include "pages/people/way-shared-levels.h"
#include "widgets/way-level-dots.h"
#include "widgets/way-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

#define MAX_LEVELS 16

/* One of the champion's people in the list: who, how far, and whether they wait for
 * something. */
struct _WayPersonRow
{
  GtkWidget parent_instance;

  WayPack *pack; /* (owned) */

  GtkWidget *box;
  GtkLabel *name;
  GtkLabel *modules;
  GtkLabel *place;
  GtkWidget *asked;
  GtkLabel *asked_text;
  GtkWidget *stuck;
  GtkLabel *stuck_text;
  WayLevelDots *dots;
  GtkLabel *levels;
};

G_DEFINE_FINAL_TYPE (WayPersonRow, way_person_row, GTK_TYPE_WIDGET)

static char *
describe_modules (WayRow *row)
{
  gint64 done = way_row_get_int (row, "modules_done");
  gint64 total = way_row_get_int (row, "modules_total");

  if (way_row_get_int (row, "is_elsewhere") != 0)
    return g_strdup ("");
  /* Translators: how many modules of how many are done. */
  return g_strdup_printf (ngettext ("%d of %d module", "%d of %d modules", (gulong) total),
                          (int) done, (int) total);
}

static char *
describe_place (WayRow *row)
{
  gint64 last = MAX (way_row_get_int (row, "last"), way_row_get_int (row, "baseline_at"));
  g_autofree char *when = way_format_when (last);
  const char *unit = way_row_get_text (row, "unit_name");

  if (way_row_get_int (row, "is_elsewhere") != 0)
    /* Translators: %s is a ward or a department. */
    return g_strdup_printf (_ ("%s · not one of your places"), unit);
  if (last <= 0)
    /* Translators: %s is a ward or a department. */
    return g_strdup_printf (_ ("%s · not begun"), unit);
  /* Translators: a ward or a department, then a time, as “on Tuesday”. */
  return g_strdup_printf (_ ("%s · last here %s"), unit, when);
}

/* Translators: the text of “Levels not shared” is also what a screen reader says. */
static char *
describe_levels (WayPack *pack, WayRow *row, int *level)
{
  WayEstimate levels[MAX_LEVELS];
  guint n = way_shared_levels_read (pack, way_row_get_text (row, "levels"), levels, MAX_LEVELS);
  int gap = way_shared_levels_find_gap (levels, n);
  const WayCapability *capability;

  *level = 0;
  if (way_row_get_int (row, "is_elsewhere") != 0)
    return g_strdup ("");
  if (way_row_get_int (row, "shares") == 0)
    return g_strdup (_ ("Levels not shared"));
  if (n == 0)
    return g_strdup (_ ("Levels shared, nothing measured yet"));
  if (gap < 0)
    return g_strdup (_ ("Levels shared: all that the role asks for"));
  capability = g_ptr_array_index (way_pack_get_capabilities (pack), levels[gap].capability);
  *level = way_estimate_get_level (&levels[gap]);
  /* Translators: where a person has most to learn: a capability and the name of a level. */
  return g_strdup_printf (_ ("Most to gain: %s, %s"), capability->short_name,
                          way_level_name (pack, *level));
}

/**
 * way_person_describe_stuck:
 * @row: a person
 *
 * Returns: (transfer full) (nullable): why they are stuck, NULL where they are not
 */
char *
way_person_describe_stuck (WayPack *pack, WayRow *row)
{
  const WayModule *module;
  const char *title;

  g_return_val_if_fail (WAY_IS_ROW (row), NULL);

  if (way_row_get_int (row, "is_stuck") == 0)
    return NULL;
  module = way_pack_find_module (pack, way_row_get_text (row, "stuck_module"));
  title = module != NULL ? module->title : way_row_get_text (row, "stuck_module");
  if (g_str_equal (way_row_get_text (row, "stuck_why"), "tries"))
    /* Translators: why a person is stuck; %s is the title of a module. */
    return g_strdup_printf (_ ("3 tries at “%s”"), title);
  /* Translators: why a person is stuck; %s is the title of a module. */
  return g_strdup_printf (_ ("nothing for 14 days in “%s”"), title);
}

/**
 * way_person_describe_did:
 * @row: a person
 *
 * Returns: (transfer full): what the champion did last for them
 */
char *
way_person_describe_did (WayRow *row)
{
  const char *did = way_row_get_text (row, "did");
  g_autofree char *when = NULL;

  g_return_val_if_fail (WAY_IS_ROW (row), NULL);

  if (*did == '\0')
    return g_strdup (_ ("Nothing noted yet"));
  when = way_format_when (way_row_get_int (row, "did_at"));
  if (g_str_equal (did, "answered"))
    /* Translators: what a champion did; %s is a time, as “on Tuesday”. */
    return g_strdup_printf (_ ("Answered %s"), when);
  if (g_str_equal (did, "witnessed"))
    /* Translators: what a champion did; %s is a time, as “on Tuesday”. */
    return g_strdup_printf (_ ("Saw them do it, or entered a paper check, %s"), when);
  /* Translators: what a champion did: a theme of help, then a time, as “on Tuesday”. */
  return g_strdup_printf (_ ("Helped with “%s” %s"), way_row_get_text (row, "did_topic"), when);
}

/**
 * way_person_describe_next:
 * @row: a person
 *
 * Returns: (transfer full): what the champion may do next
 */
char *
way_person_describe_next (WayPack *pack, WayRow *row)
{
  const WayModule *module;
  const char *title;

  g_return_val_if_fail (WAY_IS_ROW (row), NULL);

  if (way_row_has (row, "request"))
    return g_strdup (_ ("Answer what they asked"));
  module = way_pack_find_module (pack, way_row_get_text (row, "stuck_module"));
  title = module != NULL ? module->title : way_row_get_text (row, "stuck_module");
  if (way_row_get_int (row, "is_stuck") != 0)
    return g_strdup_printf (g_str_equal (way_row_get_text (row, "stuck_why"), "tries")
                                /* Translators: %s is the title of a module. */
                                ? _ ("Sit down with them over “%s”")
                                /* Translators: %s is the title of a module. */
                                : _ ("Ask how it goes with “%s”"),
                            title);
  if (way_row_get_int (row, "last") <= 0 && way_row_get_int (row, "baseline_at") <= 0)
    return g_strdup (_ ("Show them where to begin"));
  return g_strdup (_ ("Nothing is needed now"));
}

/* @n_lines: 0 for a word or two, which are never cut; else the text is cut after so many. */
static GtkLabel *
create_label (const char *style_class, int n_lines)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (n_lines > 0)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_wrap (GTK_LABEL (label), n_lines > 1);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_lines (GTK_LABEL (label), n_lines);
    }
  if (style_class != NULL)
    gtk_widget_add_css_class (label, style_class);
  return GTK_LABEL (label);
}

static GtkWidget *
create_state (const char *icon_name, const char *word, GtkLabel *label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_name, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkLabel *name = create_label ("way-attention", 0);

  gtk_label_set_label (name, word);
  gtk_widget_add_css_class (icon, "way-attention");
  gtk_widget_add_css_class (GTK_WIDGET (name), "way-word");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (name));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (label));
  return box;
}

static void
way_person_row_dispose (GObject *object)
{
  WayPersonRow *self = WAY_PERSON_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->pack);

  G_OBJECT_CLASS (way_person_row_parent_class)->dispose (object);
}

static void
way_person_row_class_init (WayPersonRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_person_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "way-person-row");
}

static void
way_person_row_init (WayPersonRow *self)
{
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *levels = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *last = way_wrap_box_new (12, 0);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->name = create_label ("heading", 3);
  gtk_widget_set_hexpand (GTK_WIDGET (self->name), TRUE);
  self->modules = create_label ("numeric", 0);
  gtk_box_append (GTK_BOX (first), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (first), GTK_WIDGET (self->modules));
  gtk_box_append (GTK_BOX (self->box), first);

  self->asked_text = create_label (NULL, 4);
  self->asked = create_state ("way-help-symbolic", _ ("Asked"), self->asked_text);
  gtk_box_append (GTK_BOX (self->box), self->asked);
  self->stuck_text = create_label (NULL, 4);
  self->stuck = create_state ("dialog-warning-symbolic", _ ("Stuck"), self->stuck_text);
  gtk_box_append (GTK_BOX (self->box), self->stuck);

  self->place = create_label ("caption", 2);
  gtk_widget_add_css_class (GTK_WIDGET (self->place), "way-quiet");
  way_wrap_box_append (WAY_WRAP_BOX (last), GTK_WIDGET (self->place));
  self->dots = WAY_LEVEL_DOTS (way_level_dots_new ());
  self->levels = create_label ("caption", 2);
  gtk_widget_add_css_class (GTK_WIDGET (self->levels), "way-quiet");
  gtk_box_append (GTK_BOX (levels), GTK_WIDGET (self->levels));
  gtk_box_append (GTK_BOX (levels), GTK_WIDGET (self->dots));
  way_wrap_box_append (WAY_WRAP_BOX (last), levels);
  gtk_box_append (GTK_BOX (self->box), last);
}

/**
 * way_person_row_new:
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
way_person_row_new (WayPack *pack)
{
  WayPersonRow *self = g_object_new (WAY_TYPE_PERSON_ROW, NULL);

  self->pack = g_object_ref (pack);
  return GTK_WIDGET (self);
}

/**
 * way_person_row_set_row:
 * @row: a person, as the session lists the champion's people
 */
void
way_person_row_set_row (WayPersonRow *self, WayRow *row)
{
  g_autofree char *modules = describe_modules (row);
  g_autofree char *place = describe_place (row);
  g_autofree char *stuck = way_person_describe_stuck (self->pack, row);
  g_autofree char *asked = NULL;
  g_autofree char *levels = NULL;
  int level;

  g_return_if_fail (WAY_IS_PERSON_ROW (self));

  levels = describe_levels (self->pack, row, &level);
  gtk_label_set_label (self->name, way_row_get_text (row, "name"));
  gtk_label_set_label (self->modules, modules);
  gtk_label_set_label (self->place, place);
  /* Translators: %s is what a person said. */
  asked = g_strdup_printf (_ ("“%s”"), way_row_get_text (row, "asked"));
  gtk_label_set_label (self->asked_text, asked);
  gtk_widget_set_visible (self->asked, way_row_has (row, "asked"));
  gtk_label_set_label (self->stuck_text, stuck != NULL ? stuck : "");
  gtk_widget_set_visible (self->stuck, stuck != NULL);
  gtk_label_set_label (self->levels, levels);
  way_level_dots_set_level (self->dots, self->pack, level);
  gtk_widget_set_visible (GTK_WIDGET (self->dots), level > 0);
}

/**
 * way_person_row_describe:
 *
 * Returns: (transfer full): what a screen reader says of a person
 */
char *
way_person_row_describe (WayPack *pack, WayRow *row)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *modules = describe_modules (row);
  g_autofree char *place = describe_place (row);
  g_autofree char *stuck = way_person_describe_stuck (pack, row);
  g_autofree char *levels = NULL;
  g_auto (GStrv) parts = NULL;
  int level;

  levels = describe_levels (pack, row, &level);
  g_strv_builder_add (builder, way_row_get_text (row, "name"));
  if (way_row_has (row, "asked"))
    {
      g_autofree char *asked = g_strdup_printf (_ ("Asked: “%s”"), way_row_get_text (row, "asked"));

      g_strv_builder_add (builder, asked);
    }
  if (stuck != NULL)
    {
      /* Translators: %s is why a person is stuck. */
      g_autofree char *text = g_strdup_printf (_ ("Stuck: %s"), stuck);

      g_strv_builder_add (builder, text);
    }
  if (*modules != '\0')
    g_strv_builder_add (builder, modules);
  g_strv_builder_add (builder, place);
  if (*levels != '\0')
    g_strv_builder_add (builder, levels);
  parts = g_strv_builder_end (builder);
  return g_strjoinv (". ", parts);
}
