/* way-document-layout.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/way-document-private.h"

/* Which text stands where on which page. */

#define MARGIN 57.0 /* 20 mm */
#define FRAME 74.0  /* from the edge to what is inside a frame */
#define FOOTER 34.0
#define GUTTER 10.0
#define ROW 5.0 /* above and below the text of a row */
#define LEAST 0.6
#define SMALLEST 0.45 /* of a text that has to be on so many lines */
#define STEP 0.05

#define INK 0.11, 0.11, 0.12
#define QUIET 0.33, 0.34, 0.35
#define ACCENT 0.059, 0.42, 0.384 /* #0F6B62 */

#define LEFT PANGO_ALIGN_LEFT
#define MIDDLE PANGO_ALIGN_CENTER

static const WayDocumentLook looks[] = {
  /* tag, size, bold, wide, mono, where, inset, before, after, lines, colour */
  [WAY_DOCUMENT_TITLE] = { "H1", 24, TRUE, FALSE, FALSE, LEFT, 0, 0, 6, 3, INK },
  [WAY_DOCUMENT_HEADING] = { "H2", 15, TRUE, FALSE, FALSE, LEFT, 0, 16, 4, 0, ACCENT },
  [WAY_DOCUMENT_SUBHEADING] = { "H3", 11.5, TRUE, FALSE, FALSE, LEFT, 0, 10, 2, 0, INK },
  [WAY_DOCUMENT_TEXT] = { "P", 10.5, FALSE, FALSE, FALSE, LEFT, 0, 0, 6, 0, INK },
  [WAY_DOCUMENT_QUIET] = { "P", 9.5, FALSE, FALSE, FALSE, LEFT, 0, 0, 5, 0, QUIET },
  [WAY_DOCUMENT_ITEM] = { "LI", 10.5, FALSE, FALSE, FALSE, LEFT, 0, 0, 3, 0, INK },
  [WAY_DOCUMENT_OPTION] = { "LI", 10.5, FALSE, FALSE, FALSE, LEFT, 12, 0, 2.5, 0, INK },
  [WAY_DOCUMENT_EYEBROW] = { "P", 13, TRUE, TRUE, FALSE, MIDDLE, 0, 0, 44, 2, ACCENT },
  [WAY_DOCUMENT_NAME] = { "H1", 38, TRUE, FALSE, FALSE, MIDDLE, 0, 0, 16, 3, INK },
  [WAY_DOCUMENT_SAYS] = { "P", 14, FALSE, FALSE, FALSE, MIDDLE, 20, 0, 10, 0, QUIET },
  [WAY_DOCUMENT_AWARD] = { "H2", 28, TRUE, FALSE, FALSE, MIDDLE, 0, 0, 10, 3, ACCENT },
  [WAY_DOCUMENT_SHOWN] = { "LI", 12.5, FALSE, FALSE, FALSE, LEFT, 30, 0, 5, 0, INK },
  [WAY_DOCUMENT_SHOWN_HEADING] = { "H3", 12.5, TRUE, FALSE, FALSE, LEFT, 30, 34, 8, 0, INK },
  [WAY_DOCUMENT_CODE] = { "P", 22, TRUE, FALSE, TRUE, MIDDLE, 0, 2, 8, 1, INK },
  [WAY_DOCUMENT_NOTE] = { "P", 10.5, FALSE, FALSE, FALSE, MIDDLE, 40, 0, 4, 0, QUIET },
};

/* The look of a style. */
const WayDocumentLook *
way_document_get_look (WayDocumentStyle style)
{
  return &looks[style];
}

/**
 * way_document_get_left:
 *
 * Returns: how far from the left of the page text begins, in points
 */
double
way_document_get_left (WayDocument *self)
{
  return self->is_framed ? FRAME : MARGIN;
}

/**
 * way_document_get_width:
 *
 * Returns: how wide text is at most, in points
 */
double
way_document_get_width (WayDocument *self)
{
  return WAY_DOCUMENT_WIDTH - 2 * way_document_get_left (self);
}

/* In points, whatever the screen is like, and the same on all three surfaces. */
static PangoContext *
create_context (WayDocument *self)
{
  PangoContext *context;
  cairo_font_options_t *options = cairo_font_options_create ();

  if (self->fonts == NULL)
    self->fonts = pango_cairo_font_map_new ();
  context = pango_font_map_create_context (self->fonts);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string (self->language));
  cairo_font_options_destroy (options);
  return context;
}

static PangoLayout *
create_layout (
    PangoContext *context, const WayDocumentLook *look, gboolean is_bold, double width, double size)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, look->is_mono ? "monospace" : "Cantarell, Sans");
  pango_font_description_set_weight (font, is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_size (font, (int) (size * PANGO_SCALE));
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  if (look->is_wide)
    {
      PangoAttrList *attributes = pango_attr_list_new ();

      pango_attr_list_insert (attributes,
                              pango_attr_letter_spacing_new ((int) (size * 0.14 * PANGO_SCALE)));
      pango_layout_set_attributes (layout, attributes);
      pango_attr_list_unref (attributes);
    }
  pango_layout_set_alignment (layout, look->alignment);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, 1.2f);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  return layout;
}

/* What is too long for its lines gets smaller, and at last takes more of them: nothing is
 * cut off. */
static PangoLayout *
fit_layout (WayDocument *self, PangoContext *context, const WayBlock *block, double scale)
{
  const WayDocumentLook *look = &looks[block->style];
  double width = way_document_get_width (self) - 2 * look->inset;
  double share = 1;
  PangoLayout *layout = NULL;

  if (g_str_equal (look->tag, "LI"))
    width -= WAY_DOCUMENT_HANGING * scale;
  for (;;)
    {
      g_clear_object (&layout);
      layout = create_layout (context, look, look->is_bold, width, look->size * scale * share);
      pango_layout_set_text (layout, block->texts[0], -1);
      if (look->lines == 0 || (guint) pango_layout_get_line_count (layout) <= look->lines
          || share <= SMALLEST)
        return layout;
      share -= STEP;
    }
}

static double
measure (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

static void
place_free (gpointer data)
{
  WayPlace *place = data;

  for (guint i = 0; i < place->n_layouts; i++)
    g_object_unref (place->layouts[i]);
  g_clear_object (&place->label);
  g_free (place);
}

static WayPlace *
make_place (WayDocument *self, PangoContext *context, const WayBlock *block, double scale)
{
  WayPlace *place = g_new0 (WayPlace, 1);
  double width = way_document_get_width (self);

  place->block = block;
  if (block->type == WAY_BLOCK_TEXT)
    {
      place->layouts[0] = fit_layout (self, context, block, scale);
      place->n_layouts = 1;
      place->height = measure (place->layouts[0]);
      if (block->label != NULL)
        {
          const WayDocumentLook *look = &looks[block->style];

          place->label = create_layout (context, look, TRUE, WAY_DOCUMENT_HANGING * scale,
                                        look->size * scale);
          pango_layout_set_text (place->label, block->label, -1);
        }
    }
  else if (block->type == WAY_BLOCK_SPACE || block->type == WAY_BLOCK_PICTURE)
    place->height = block->space * scale;
  for (guint i = 0; block->type == WAY_BLOCK_ROW && i < block->n_columns; i++)
    {
      const WayDocumentLook *look = &looks[block->style];
      PangoLayout *layout = create_layout (context, look, block->is_head,
                                           block->columns[i] * width - GUTTER,
                                           look->size * 0.94 * scale);

      pango_layout_set_text (layout, block->texts[i], -1);
      place->layouts[i] = layout;
      place->n_layouts = i + 1;
      place->height = MAX (place->height, measure (layout) + 2 * ROW * scale);
    }
  return place;
}

/* A heading does not stand alone at the foot of a page. */
static gboolean
is_heading (const WayBlock *block)
{
  return block->type == WAY_BLOCK_TEXT && looks[block->style].tag[0] == 'H';
}

static double
get_before (const WayBlock *block, double scale)
{
  return block->type == WAY_BLOCK_TEXT ? looks[block->style].before * scale : 0;
}

static double
get_after (const WayBlock *block, double scale)
{
  if (block->type == WAY_BLOCK_PICTURE)
    return looks[WAY_DOCUMENT_TEXT].after * scale;
  return block->type == WAY_BLOCK_TEXT ? looks[block->style].after * scale : 0;
}

/* How much has to fit on the page for the block to begin on it. */
static double
get_wanted (GPtrArray *places, guint n, double scale)
{
  double wanted = 0;

  for (guint i = n; i < places->len; i++)
    {
      const WayPlace *place = g_ptr_array_index (places, i);

      wanted += place->height + (i > n ? get_before (place->block, scale) : 0);
      if (!is_heading (place->block))
        break;
      wanted += get_after (place->block, scale);
    }
  return wanted;
}

static void
lay_out_at (WayDocument *self, double scale)
{
  PangoContext *context = create_context (self);
  double top = self->is_framed ? FRAME : MARGIN;
  double bottom = WAY_DOCUMENT_HEIGHT - (self->is_framed ? FRAME : MARGIN)
                  - (self->footer != NULL ? FOOTER / 2 : 0);
  double y = top;
  double after = 0;
  guint page = 0;

  g_clear_pointer (&self->places, g_ptr_array_unref);
  self->places = g_ptr_array_new_with_free_func (place_free);
  for (guint i = 0; i < self->blocks->len; i++)
    g_ptr_array_add (self->places,
                     make_place (self, context, g_ptr_array_index (self->blocks, i), scale));
  for (guint i = 0; i < self->places->len; i++)
    {
      WayPlace *place = g_ptr_array_index (self->places, i);
      const WayBlock *block = place->block;
      gboolean is_first = y <= top;

      if (!is_first)
        y += MAX (after, get_before (block, scale));
      if (!is_first
          && (block->type == WAY_BLOCK_BREAK
              || (block->type != WAY_BLOCK_SPACE
                  && y + get_wanted (self->places, i, scale) > bottom)))
        {
          page++;
          y = top;
        }
      place->page = page;
      place->y = y;
      y += place->height;
      after = get_after (block, scale);
    }
  g_object_unref (context);
  self->n_pages = page + 1;
  self->scale = scale;
  /* In a frame what is on one page stands in its middle, or a little above. */
  if (self->is_framed && self->n_pages == 1 && y < bottom)
    for (guint i = 0; i < self->places->len; i++)
      ((WayPlace *) g_ptr_array_index (self->places, i))->y += (bottom - y) * 0.45;
}

/* Lays it out, once. */
void
way_document_lay_out (WayDocument *self)
{
  double scale = 1;

  if (self->places != NULL)
    return;
  lay_out_at (self, scale);
  while (self->fit > 0 && self->n_pages > self->fit && scale > LEAST)
    {
      scale -= STEP;
      lay_out_at (self, scale);
    }
}
