/* way-paragraphs.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-paragraphs.h"

#define SPACING 3

/* In characters: a text that wraps is nowhere narrower, and wants to be so wide. */
#define NARROWEST 9
#define NATURAL 60

#define MOST_KNOWN 2048 /* texts whose height is kept */

/* Texts one under the other, each as high as it gets in the width there is: for rows of long
 * lists. A label sets its text four times before it stands, twice to say how narrow and how wide
 * it could be, and a list of GTK 4.8 binds and asks some ten rows anew for each frame that
 * scrolls, most of them out of sight and the same ones again and again. Here a text is set once
 * to know how high it is, that is kept for the next row that says the same, and it is set again
 * only when it is drawn. */
typedef struct
{
  GtkWidget *inscription; /* (not owned) a child */
  int width;              /* what height is for, in pixels; -1: not known */
  int height;
  guint serial; /* of the font that it was found out with */
} Paragraph;

struct _WayParagraphs
{
  GtkWidget parent_instance;

  GArray *paragraphs; /* (owned) of Paragraph */
  int letter_width;   /* in Pango units; 0: not known */
  guint serial;       /* of the font that it was found out with */
};

G_DEFINE_FINAL_TYPE (WayParagraphs, way_paragraphs, GTK_TYPE_WIDGET)

/* All that the height of a text depends on. */
typedef struct
{
  char *text;                 /* (owned) */
  PangoFontDescription *font; /* (owned) */
  double resolution;
  gulong options; /* how the font is drawn, hashed */
  int width;      /* in pixels */
} Setting;

static void
setting_free (Setting *setting)
{
  g_free (setting->text);
  pango_font_description_free (setting->font);
  g_free (setting);
}

static guint
setting_hash (gconstpointer key)
{
  const Setting *setting = key;

  return g_str_hash (setting->text) ^ (guint) setting->width * 31U;
}

static gboolean
setting_equal (gconstpointer a, gconstpointer b)
{
  const Setting *first = a;
  const Setting *second = b;

  return first->width == second->width && first->resolution == second->resolution
         && first->options == second->options && g_str_equal (first->text, second->text)
         && pango_font_description_equal (first->font, second->font);
}

/* Heights in pixels by Setting, of the fonts that there are now. */
static GHashTable *
need_heights (PangoContext *context)
{
  static GHashTable *heights = NULL;
  static PangoFontMap *fonts = NULL; /* (not owned) only compared */
  static guint fonts_serial = 0;
  PangoFontMap *fonts_now = pango_context_get_font_map (context);
  guint serial_now = pango_font_map_get_serial (fonts_now);

  if (heights == NULL)
    heights = g_hash_table_new_full (setting_hash, setting_equal, (GDestroyNotify) setting_free,
                                     NULL);
  if (fonts != fonts_now || fonts_serial != serial_now || g_hash_table_size (heights) >= MOST_KNOWN)
    g_hash_table_remove_all (heights);
  fonts = fonts_now;
  fonts_serial = serial_now;
  return heights;
}

static int
find_height (GtkInscription *inscription, PangoContext *context, int width)
{
  const cairo_font_options_t *options = pango_cairo_context_get_font_options (context);
  const char *text = gtk_inscription_get_text (inscription);
  Setting setting = { (char *) (text != NULL ? text : ""),
                      pango_context_get_font_description (context),
                      pango_cairo_context_get_resolution (context),
                      options != NULL ? cairo_font_options_hash (options) : 0, width };
  GHashTable *heights = need_heights (context);
  g_autoptr (PangoLayout) layout = NULL;
  gpointer known;
  int height;

  if (g_hash_table_lookup_extended (heights, &setting, NULL, &known))
    return GPOINTER_TO_INT (known);
  layout = pango_layout_new (context);
  pango_layout_set_text (layout, setting.text, -1);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_get_pixel_size (layout, NULL, &height);
  setting.text = g_strdup (setting.text);
  setting.font = pango_font_description_copy (setting.font);
  g_hash_table_insert (heights, g_memdup2 (&setting, sizeof setting), GINT_TO_POINTER (height));
  return height;
}

static int
get_height (Paragraph *paragraph, int width)
{
  PangoContext *drawn = gtk_widget_get_pango_context (paragraph->inscription);
  PangoContext *context;

  if (paragraph->width == width && paragraph->serial == pango_context_get_serial (drawn))
    return paragraph->height;
  /* That of the widget has the style it was drawn in, which a row that is new has not been. */
  context = gtk_widget_create_pango_context (paragraph->inscription);
  paragraph->height = find_height (GTK_INSCRIPTION (paragraph->inscription), context, width);
  paragraph->width = width;
  paragraph->serial = pango_context_get_serial (drawn);
  g_object_unref (context);
  return paragraph->height;
}

static GtkSizeRequestMode
way_paragraphs_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* An inscription would ask the font how wide its letters are each time, which is as much work as
 * setting a text. */
static int
get_letter_width (WayParagraphs *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  guint serial = pango_context_get_serial (context);
  PangoFontMetrics *metrics;

  if (self->letter_width > 0 && self->serial == serial)
    return self->letter_width;
  metrics = pango_context_get_metrics (context, NULL, NULL);
  self->letter_width = MAX (1, pango_font_metrics_get_approximate_char_width (metrics));
  self->serial = serial;
  pango_font_metrics_unref (metrics);
  return self->letter_width;
}

static void
way_paragraphs_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  WayParagraphs *self = WAY_PARAGRAPHS (widget);
  int height = -SPACING;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = PANGO_PIXELS_CEIL (NARROWEST * get_letter_width (self));
      *natural = PANGO_PIXELS_CEIL (NATURAL * get_letter_width (self));
      return;
    }
  if (for_size < 0)
    for_size = PANGO_PIXELS_CEIL (NATURAL * get_letter_width (self));
  for (guint i = 0; i < self->paragraphs->len; i++)
    {
      Paragraph *paragraph = &g_array_index (self->paragraphs, Paragraph, i);

      if (gtk_widget_get_visible (paragraph->inscription))
        height += SPACING + get_height (paragraph, for_size);
    }
  *minimum = *natural = MAX (height, 0);
}

static void
way_paragraphs_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WayParagraphs *self = WAY_PARAGRAPHS (widget);
  int y = 0;

  for (guint i = 0; i < self->paragraphs->len; i++)
    {
      Paragraph *paragraph = &g_array_index (self->paragraphs, Paragraph, i);
      int high;

      if (!gtk_widget_get_visible (paragraph->inscription))
        continue;
      /* It may not be placed before it was asked. */
      gtk_widget_measure (paragraph->inscription, GTK_ORIENTATION_VERTICAL, width, NULL, NULL, NULL,
                          NULL);
      high = get_height (paragraph, width);
      gtk_widget_size_allocate (paragraph->inscription, &(GtkAllocation){ 0, y, width, high }, -1);
      y += high + SPACING;
    }
}

static void
way_paragraphs_dispose (GObject *object)
{
  WayParagraphs *self = WAY_PARAGRAPHS (object);

  for (guint i = 0; i < self->paragraphs->len; i++)
    gtk_widget_unparent (g_array_index (self->paragraphs, Paragraph, i).inscription);
  g_array_set_size (self->paragraphs, 0);

  G_OBJECT_CLASS (way_paragraphs_parent_class)->dispose (object);
}

static void
way_paragraphs_finalize (GObject *object)
{
  g_array_unref (WAY_PARAGRAPHS (object)->paragraphs);

  G_OBJECT_CLASS (way_paragraphs_parent_class)->finalize (object);
}

static void
way_paragraphs_class_init (WayParagraphsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_paragraphs_dispose;
  object_class->finalize = way_paragraphs_finalize;
  widget_class->get_request_mode = way_paragraphs_get_request_mode;
  widget_class->measure = way_paragraphs_measure;
  widget_class->size_allocate = way_paragraphs_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "way-paragraphs");
}

static void
way_paragraphs_init (WayParagraphs *self)
{
  self->paragraphs = g_array_new (FALSE, FALSE, sizeof (Paragraph));
}

/**
 * way_paragraphs_new:
 *
 * Returns: (transfer floating): no paragraph yet
 */
GtkWidget *
way_paragraphs_new (void)
{
  return g_object_new (WAY_TYPE_PARAGRAPHS, NULL);
}

/**
 * way_paragraphs_add:
 * @first_class: (nullable): how it looks
 * @second_class: (nullable): and that
 *
 * Adds one without a text under the others.
 */
void
way_paragraphs_add (WayParagraphs *self, const char *first_class, const char *second_class)
{
  Paragraph paragraph = { NULL, -1, 0, 0 };

  g_return_if_fail (WAY_IS_PARAGRAPHS (self));

  paragraph.inscription = g_object_new (GTK_TYPE_INSCRIPTION, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                        "yalign", 0.0, "min-chars", 0, "nat-chars", 0, "min-lines",
                                        0, "nat-lines", 0, "visible", FALSE, NULL);
  if (first_class != NULL)
    gtk_widget_add_css_class (paragraph.inscription, first_class);
  if (second_class != NULL)
    gtk_widget_add_css_class (paragraph.inscription, second_class);
  gtk_widget_set_parent (paragraph.inscription, GTK_WIDGET (self));
  g_array_append_val (self->paragraphs, paragraph);
}

/**
 * way_paragraphs_set_text:
 * @n: which, from 0
 * @text: (nullable): NULL or "" leaves it out
 *
 * Says what it says.
 */
void
way_paragraphs_set_text (WayParagraphs *self, guint n, const char *text)
{
  Paragraph *paragraph;
  GtkInscription *inscription;
  gboolean is_visible = text != NULL && *text != '\0';

  g_return_if_fail (WAY_IS_PARAGRAPHS (self));
  g_return_if_fail (n < self->paragraphs->len);

  paragraph = &g_array_index (self->paragraphs, Paragraph, n);
  inscription = GTK_INSCRIPTION (paragraph->inscription);
  gtk_widget_set_visible (paragraph->inscription, is_visible);
  if (g_strcmp0 (gtk_inscription_get_text (inscription), text) == 0)
    return;
  gtk_inscription_set_text (inscription, text);
  paragraph->width = -1;
  /* An inscription does not say that it wants another size. */
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
