/* way-area-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-area-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "widgets/way-compat.h"
#include "widgets/way-flow-box.h"
#include "widgets/way-picture.h"
#include "widgets/way-wrap-box.h"

#define LEAST_SIDE 28 /* pixels: what a finger or an unsteady pointer still meets */

/* Areas of a picture: each is a button over its place, with its name, that stays pressed.
 * Where they are put in an order, the button shows its number. */
struct _WayAreaView
{
  WayInteractionView parent_instance;

  GtkWidget *picture;
  GPtrArray *areas;  /* (owned) borrowed toggle buttons, one a choice */
  GPtrArray *chosen; /* (owned) borrowed: the buttons pressed, in the order of pressing */
  gboolean is_setting;
};

G_DEFINE_FINAL_TYPE (WayAreaView, way_area_view, WAY_TYPE_INTERACTION_VIEW)

static const WayInteraction *
get_interaction (WayAreaView *self)
{
  return way_interaction_view_get_interaction (WAY_INTERACTION_VIEW (self));
}

static gboolean
is_ordered (WayAreaView *self)
{
  return get_interaction (self)->type == WAY_INTERACTION_GRAPHIC_ORDER;
}

static const WayChoice *
get_choice (WayAreaView *self, GtkWidget *area)
{
  guint place;

  if (!g_ptr_array_find (self->areas, area, &place))
    return NULL;

  return g_ptr_array_index (get_interaction (self)->choices, place);
}

/* Names and numbers as they stand now. */
static void
update_areas (WayAreaView *self)
{
  for (guint i = 0; i < self->areas->len; i++)
    {
      GtkWidget *area = g_ptr_array_index (self->areas, i);
      const WayChoice *choice = get_choice (self, area);
      g_autofree char *words = way_flow_dup_speech (choice->content);
      g_autofree char *shown = NULL;
      g_autofree char *name = NULL;
      guint place;

      if (is_ordered (self) && g_ptr_array_find (self->chosen, area, &place))
        {
          shown = g_strdup_printf ("%u", place + 1);
          /* TRANSLATORS: part of a picture, and its place in an order. */
          name = g_strdup_printf (_ ("%s, number %u"), words, place + 1);
        }
      gtk_button_set_label (GTK_BUTTON (area), shown != NULL ? shown : "");
      gtk_widget_set_tooltip_text (area, words);
      gtk_accessible_update_property (GTK_ACCESSIBLE (area), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      name != NULL ? name : words, -1);
    }
}

static void
set_active (WayAreaView *self, GtkWidget *area, gboolean is_active)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (area), is_active);
  g_ptr_array_remove (self->chosen, area);
  if (is_active)
    g_ptr_array_add (self->chosen, area);
}

static void
toggled_cb (GtkToggleButton *button, gpointer user_data)
{
  WayAreaView *self = user_data;
  GtkWidget *area = GTK_WIDGET (button);
  guint most = get_interaction (self)->max_choices;
  gboolean is_active = gtk_toggle_button_get_active (button);

  if (self->is_setting)
    return;

  self->is_setting = TRUE;
  if (is_active && most == 1 && self->chosen->len > 0)
    set_active (self, g_ptr_array_index (self->chosen, 0), FALSE);
  if (is_active && most > 1 && self->chosen->len >= most)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("Choose at most %u.", "Choose at most %u.",
                                                         most),
                                               most);

      gtk_toggle_button_set_active (button, FALSE);
      way_compat_announce (area, text);
    }
  else
    {
      set_active (self, area, is_active);
    }
  self->is_setting = FALSE;
  update_areas (self);
  way_interaction_view_changed (WAY_INTERACTION_VIEW (self));
}

/* Where the picture lies inside its widget, and how much smaller than drawn it is. */
static gboolean
find_picture (WayAreaView *self, double *left, double *top, double *factor)
{
  GdkPaintable *paintable;
  double width;
  double height;
  double across;
  double down;

  if (!GTK_IS_PICTURE (self->picture))
    return FALSE;
  paintable = gtk_picture_get_paintable (GTK_PICTURE (self->picture));
  width = gdk_paintable_get_intrinsic_width (paintable);
  height = gdk_paintable_get_intrinsic_height (paintable);
  if (width <= 0 || height <= 0)
    return FALSE;

  across = gtk_widget_get_width (self->picture);
  down = gtk_widget_get_height (self->picture);
  *factor = MIN (1, MIN (across / width, down / height));
  *left = (across - width * *factor) / 2;
  *top = (down - height * *factor) / 2;
  /* Areas count in the pixels that the question says the picture has. */
  if (get_interaction (self)->width > 0)
    *factor *= width / get_interaction (self)->width;

  return TRUE;
}

static gboolean
get_position_cb (GtkOverlay *overlay, GtkWidget *area, GdkRectangle *place, gpointer user_data)
{
  WayAreaView *self = user_data;
  const WayChoice *choice = get_choice (self, area);
  double left, top, factor, x1, y1, x2, y2;

  if (choice == NULL || choice->shape == NULL || !find_picture (self, &left, &top, &factor))
    return FALSE;
  if (!way_shape_get_bounds (choice->shape, &x1, &y1, &x2, &y2))
    {
      x1 = y1 = 0;
      x2 = gtk_widget_get_width (self->picture) / MAX (factor, .01);
      y2 = gtk_widget_get_height (self->picture) / MAX (factor, .01);
    }
  place->width = MAX (LEAST_SIDE, (int) round ((x2 - x1) * factor));
  place->height = MAX (LEAST_SIDE, (int) round ((y2 - y1) * factor));
  place->x = (int) round (left + (x1 + x2) / 2 * factor - place->width / 2.);
  place->y = (int) round (top + (y1 + y2) / 2 * factor - place->height / 2.);

  return TRUE;
}

static GtkWidget *
make_area (WayAreaView *self)
{
  GtkWidget *area = gtk_toggle_button_new_with_label ("");

  gtk_widget_add_css_class (area, "way-area");
  g_signal_connect (area, "toggled", G_CALLBACK (toggled_cb), self);
  g_ptr_array_add (self->areas, area);

  return area;
}

static void
build (WayInteractionView *view, WayPack *pack, guint64 seed, const char *sentence)
{
  WayAreaView *self = WAY_AREA_VIEW (view);
  const WayInteraction *interaction = way_interaction_view_get_interaction (view);
  const WayNode *picture = interaction->picture;
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *list = way_wrap_box_new (6, 6);

  way_interaction_view_add_prompt (view, pack,
                                   is_ordered (self) ? _ (
                                       "Press the places in order. Press one again to take it out.")
                                   : interaction->max_choices == 1
                                       ? _ ("Press the place you choose.")
                                       : _ ("Press all the places that fit."));
  self->picture = pack != NULL && picture->source != NULL
                      ? way_picture_new (pack, picture->source, picture->alternative)
                      : gtk_label_new (picture->alternative);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->picture);
  gtk_widget_set_parent (overlay, GTK_WIDGET (self));
  g_signal_connect (overlay, "get-child-position", G_CALLBACK (get_position_cb), self);
  for (guint i = 0; i < interaction->choices->len; i++)
    {
      GtkWidget *area = make_area (self);

      /* Without the picture there are still the names of its places. */
      if (GTK_IS_PICTURE (self->picture))
        gtk_overlay_add_overlay (GTK_OVERLAY (overlay), area);
      else
        way_wrap_box_append (WAY_WRAP_BOX (list), area);
    }
  gtk_widget_set_parent (list, GTK_WIDGET (self));
  gtk_widget_set_visible (list, !GTK_IS_PICTURE (self->picture));
  update_areas (self);
}

static WayValue *
dup_value (WayInteractionView *view)
{
  WayAreaView *self = WAY_AREA_VIEW (view);
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (guint i = 0; i < self->chosen->len; i++)
    g_ptr_array_add (texts, get_choice (self, g_ptr_array_index (self->chosen, i))->id);

  return way_interaction_view_make_value (view, texts);
}

static void
set_value (WayInteractionView *view, const WayValue *value)
{
  WayAreaView *self = WAY_AREA_VIEW (view);

  self->is_setting = TRUE;
  for (guint i = 0; i < self->areas->len; i++)
    set_active (self, g_ptr_array_index (self->areas, i), FALSE);
  for (guint i = 0; value != NULL && i < value->texts->len; i++)
    for (guint j = 0; j < self->areas->len; j++)
      {
        GtkWidget *area = g_ptr_array_index (self->areas, j);

        if (g_str_equal (get_choice (self, area)->id, g_ptr_array_index (value->texts, i)))
          set_active (self, area, TRUE);
      }
  self->is_setting = FALSE;
  update_areas (self);
}

static gboolean
is_complete (WayInteractionView *view)
{
  WayAreaView *self = WAY_AREA_VIEW (view);
  const WayInteraction *interaction = way_interaction_view_get_interaction (view);
  guint least = MAX (interaction->min_choices, 1);

  /* An order is of all places, unless it says how many. */
  if (is_ordered (self) && interaction->min_choices == 0)
    least = interaction->max_choices > 0 ? interaction->max_choices : self->areas->len;

  return self->chosen->len >= least;
}

static void
mark (WayInteractionView *view, const WayValue *correct, gboolean is_right)
{
  WayAreaView *self = WAY_AREA_VIEW (view);
  g_autoptr (GString) right = g_string_new (NULL);

  for (guint i = 0; correct != NULL && i < correct->texts->len; i++)
    for (guint j = 0; j < self->areas->len; j++)
      {
        const WayChoice *choice = get_choice (self, g_ptr_array_index (self->areas, j));
        g_autofree char *words = way_flow_dup_speech (choice->content);

        if (g_str_equal (choice->id, g_ptr_array_index (correct->texts, i)))
          g_string_append_printf (right, "%s%s", right->len > 0 ? ", " : "", words);
      }
  for (guint i = 0; i < self->areas->len; i++)
    {
      GtkWidget *area = g_ptr_array_index (self->areas, i);

      gtk_widget_set_sensitive (area, FALSE);
      if (g_ptr_array_find (self->chosen, area, NULL))
        gtk_widget_add_css_class (area,
                                  is_right
                                          || (!is_ordered (self)
                                              && way_value_holds (correct,
                                                                  get_choice (self, area)->id))
                                      ? "right"
                                      : "wrong");
    }
  if (!is_right && right->len > 0)
    {
      g_autofree char *text = g_strdup_printf (_ ("Right: %s"), right->str);
      GtkWidget *label = gtk_label_new (text);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "way-choice-result");
      gtk_widget_set_parent (label, GTK_WIDGET (self));
    }
}

static gboolean
press_digit (WayInteractionView *view, guint digit)
{
  WayAreaView *self = WAY_AREA_VIEW (view);
  GtkToggleButton *area;

  if (digit < 1 || digit > self->areas->len)
    return FALSE;

  area = g_ptr_array_index (self->areas, digit - 1);
  gtk_toggle_button_set_active (area, !gtk_toggle_button_get_active (area));

  return TRUE;
}

static void
way_area_view_finalize (GObject *object)
{
  WayAreaView *self = WAY_AREA_VIEW (object);

  g_ptr_array_unref (self->areas);
  g_ptr_array_unref (self->chosen);

  G_OBJECT_CLASS (way_area_view_parent_class)->finalize (object);
}

static void
way_area_view_class_init (WayAreaViewClass *klass)
{
  WayInteractionViewClass *view_class = WAY_INTERACTION_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = way_area_view_finalize;
  view_class->build = build;
  view_class->dup_value = dup_value;
  view_class->set_value = set_value;
  view_class->is_complete = is_complete;
  view_class->mark = mark;
  view_class->press_digit = press_digit;
}

static void
way_area_view_init (WayAreaView *self)
{
  self->areas = g_ptr_array_new ();
  self->chosen = g_ptr_array_new ();
}
