/* way-document-draw.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/way-document-private.h"

#include <cairo-pdf.h>
#include <string.h>

/* Draws a document. In a PDF each text is marked with what it is, for screen readers; on a
 * printer and on the screen the marks would mean nothing. */

#define INSET 30.0 /* of the frame from the edge */
#define GUTTER 10.0
#define ROW 5.0
#define FOOTER_SIZE 8.5

static const double accent[] = { 0.059, 0.42, 0.384 };

typedef struct
{
  WayDocument *document;
  cairo_t *cr;
  gboolean is_tagged;
  const char *open; /* (nullable) the list or table that blocks go into */
} Drawing;

static void
begin_tag (Drawing *drawing, const char *tag)
{
  if (drawing->is_tagged)
    cairo_tag_begin (drawing->cr, tag, NULL);
}

static void
end_tag (Drawing *drawing, const char *tag)
{
  if (drawing->is_tagged)
    cairo_tag_end (drawing->cr, tag);
}

/* Blocks of a list or a table that follow each other stand in one. */
static void
go_into (Drawing *drawing, const char *tag)
{
  if (g_strcmp0 (drawing->open, tag) == 0)
    return;
  if (drawing->open != NULL)
    end_tag (drawing, drawing->open);
  drawing->open = tag;
  if (tag != NULL)
    begin_tag (drawing, tag);
}

static void
show_layout (cairo_t *cr, PangoLayout *layout, double x, double y)
{
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

/* A bullet is drawn, not written: what is read is the text. */
static void
draw_bullet (cairo_t *cr, PangoLayout *layout, double x, double y)
{
  double baseline = (double) pango_layout_get_baseline (layout) / PANGO_SCALE;
  double size = (double) pango_font_description_get_size (
                    pango_layout_get_font_description (layout))
                / PANGO_SCALE;

  cairo_save (cr);
  cairo_set_source_rgb (cr, accent[0], accent[1], accent[2]);
  cairo_new_path (cr);
  cairo_arc (cr, x + size * 0.3, y + baseline - size * 0.3, size * 0.19, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_label (Drawing *drawing, const WayPlace *place, double x)
{
  begin_tag (drawing, "Lbl");
  cairo_set_source_rgb (drawing->cr, accent[0], accent[1], accent[2]);
  show_layout (drawing->cr, place->label, x, place->y);
  end_tag (drawing, "Lbl");
}

static void
draw_picture (Drawing *drawing, const WayPlace *place)
{
  cairo_surface_t *picture = place->block->picture;
  double scale = place->height / cairo_image_surface_get_height (picture);
  double width = cairo_image_surface_get_width (picture) * scale;

  go_into (drawing, NULL);
  begin_tag (drawing, "Figure");
  cairo_save (drawing->cr);
  cairo_translate (drawing->cr, (WAY_DOCUMENT_WIDTH - width) / 2, place->y);
  cairo_scale (drawing->cr, scale, scale);
  cairo_set_source_surface (drawing->cr, picture, 0, 0);
  cairo_paint (drawing->cr);
  cairo_restore (drawing->cr);
  end_tag (drawing, "Figure");
}

static void
draw_text (Drawing *drawing, const WayPlace *place)
{
  const WayDocumentLook *look = way_document_get_look (place->block->style);
  double x = way_document_get_left (drawing->document) + look->inset;
  gboolean is_item = g_str_equal (look->tag, "LI");

  go_into (drawing, is_item ? "L" : NULL);
  if (is_item)
    begin_tag (drawing, look->tag);
  if (is_item)
    {
      if (place->label != NULL)
        draw_label (drawing, place, x);
      else
        draw_bullet (drawing->cr, place->layouts[0], x, place->y);
      x += WAY_DOCUMENT_HANGING * drawing->document->scale;
    }
  begin_tag (drawing, is_item ? "LBody" : look->tag);
  cairo_set_source_rgb (drawing->cr, look->red, look->green, look->blue);
  show_layout (drawing->cr, place->layouts[0], x, place->y);
  if (is_item)
    end_tag (drawing, "LBody");
  end_tag (drawing, look->tag);
}

static void
draw_line (cairo_t *cr, double x, double y, double width, double alpha)
{
  cairo_save (cr);
  cairo_set_line_width (cr, 0.6);
  cairo_set_source_rgba (cr, accent[0], accent[1], accent[2], alpha);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x + width, y);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* Below the word at the head. */
static void
draw_rule (Drawing *drawing, const WayPlace *place)
{
  double length = 64 * drawing->document->scale;

  draw_line (drawing->cr, (WAY_DOCUMENT_WIDTH - length) / 2,
             place->y + place->height + 10 * drawing->document->scale, length, 0.9);
}

static void
draw_row (Drawing *drawing, const WayPlace *place)
{
  const WayDocumentLook *look = way_document_get_look (place->block->style);
  double width = way_document_get_width (drawing->document);
  double left = way_document_get_left (drawing->document);
  double x = left;
  const char *tag = place->block->is_head ? "TH" : "TD";

  go_into (drawing, "Table");
  draw_line (drawing->cr, left, place->y + place->height, width,
             place->block->is_head ? 0.9 : 0.25);
  begin_tag (drawing, "TR");
  for (guint i = 0; i < place->n_layouts; i++)
    {
      begin_tag (drawing, tag);
      cairo_set_source_rgb (drawing->cr, look->red, look->green, look->blue);
      show_layout (drawing->cr, place->layouts[i], x, place->y + ROW * drawing->document->scale);
      end_tag (drawing, tag);
      x += place->block->columns[i] * width;
    }
  end_tag (drawing, "TR");
}

/* Four steps that rise, as the levels do. */
static void
draw_steps (cairo_t *cr, double middle, double y)
{
  for (int i = 0; i < 4; i++)
    {
      double height = 5.0 + 5.0 * i;

      cairo_rectangle (cr, middle - 19 + 10 * i, y + 22 - height, 8, height);
    }
  cairo_fill (cr);
}

static void
draw_frame (cairo_t *cr)
{
  double right = WAY_DOCUMENT_WIDTH - INSET, bottom = WAY_DOCUMENT_HEIGHT - INSET;

  cairo_save (cr);
  cairo_set_source_rgb (cr, accent[0], accent[1], accent[2]);
  cairo_set_line_width (cr, 2.4);
  cairo_rectangle (cr, INSET, INSET, right - INSET, bottom - INSET);
  cairo_stroke (cr);
  cairo_set_line_width (cr, 0.6);
  cairo_rectangle (cr, INSET + 6, INSET + 6, right - INSET - 12, bottom - INSET - 12);
  cairo_stroke (cr);
  draw_steps (cr, WAY_DOCUMENT_WIDTH / 2, INSET + 22);
  cairo_restore (cr);
}

/* Like the frame it is no part of what is read. */
static void
draw_footer (Drawing *drawing, guint page)
{
  WayDocument *self = drawing->document;
  PangoLayout *layout = pango_cairo_create_layout (drawing->cr);
  PangoFontDescription *font = pango_font_description_from_string ("Cantarell, Sans");
  g_autofree char *text = NULL;

  text = g_strdup_printf ("%s · %u / %u", self->footer, page + 1, self->n_pages);
  pango_cairo_context_set_resolution (pango_layout_get_context (layout), 72);
  pango_font_description_set_size (font, (int) (FOOTER_SIZE * PANGO_SCALE));
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int) (way_document_get_width (self) * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_MIDDLE);
  pango_layout_set_text (layout, text, -1);
  cairo_set_source_rgb (drawing->cr, 0.33, 0.34, 0.35);
  show_layout (drawing->cr, layout, way_document_get_left (self), WAY_DOCUMENT_HEIGHT - 40);
  g_object_unref (layout);
}

static void
draw_own_page (Drawing *drawing, guint page)
{
  WayDocument *self = drawing->document;

  if (self->is_framed)
    draw_frame (drawing->cr);
  for (guint i = 0; i < self->places->len; i++)
    {
      const WayPlace *place = g_ptr_array_index (self->places, i);

      if (place->page != page)
        continue;
      if (place->block->type == WAY_BLOCK_TEXT)
        draw_text (drawing, place);
      if (place->block->type == WAY_BLOCK_TEXT && place->block->style == WAY_DOCUMENT_EYEBROW)
        draw_rule (drawing, place);
      else if (place->block->type == WAY_BLOCK_ROW)
        draw_row (drawing, place);
      else if (place->block->type == WAY_BLOCK_PICTURE)
        draw_picture (drawing, place);
    }
  /* Nothing stays open over a page's end. */
  go_into (drawing, NULL);
  if (self->footer != NULL)
    draw_footer (drawing, page);
}

/* One of its own pages, or of those that follow. */
static void
draw_page (Drawing *drawing, guint page)
{
  WayDocument *self = drawing->document;
  WayDocument *document = self;

  way_document_lay_out (document);
  for (guint i = 0; i < self->joined->len && page >= document->n_pages; i++)
    {
      page -= document->n_pages;
      document = self->joined->pdata[i];
      way_document_lay_out (document);
    }
  drawing->document = document;
  draw_own_page (drawing, page);
  drawing->document = self;
}

/**
 * way_document_draw_page:
 * @cr: a point a unit, its origin the upper left corner of the paper
 * @page: from 0
 *
 * Draws one page on a printer or on the screen.
 */
void
way_document_draw_page (WayDocument *self, cairo_t *cr, guint page)
{
  Drawing drawing = { self, cr, FALSE, NULL };

  g_return_if_fail (self != NULL && cr != NULL);

  draw_page (&drawing, page);
}

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
set_metadata (WayDocument *self, cairo_surface_t *surface)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (self->at / G_USEC_PER_SEC);
  g_autofree char *made = at != NULL ? g_date_time_format (at, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, self->author);
  if (self->subject != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, self->subject);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Waymark");
  if (made != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, made);
}

/**
 * way_document_make_pdf:
 * @watch: (nullable): asked before each page whether to go on
 *
 * Returns: (transfer full) (nullable): the bytes of the file, the same for the same document; NULL
 * with @error set, also where @watch stopped it
 */
GBytes *
way_document_make_pdf (WayDocument *self, WayDocumentWatch watch, gpointer data, GError **error)
{
  gboolean is_stopped = FALSE;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Drawing drawing = { self, NULL, TRUE, NULL };
  cairo_surface_t *surface;
  cairo_status_t status;
  guint n_pages;

  g_return_val_if_fail (self != NULL, NULL);

  surface = cairo_pdf_surface_create_for_stream (append, bytes, WAY_DOCUMENT_WIDTH,
                                                 WAY_DOCUMENT_HEIGHT);
  set_metadata (self, surface);
  drawing.cr = cairo_create (surface);
  cairo_tag_begin (drawing.cr, "Document", NULL);
  n_pages = way_document_get_n_pages (self);
  for (guint page = 0; page < n_pages; page++)
    {
      if (watch != NULL && !watch ((double) page / n_pages, data, error))
        {
          is_stopped = TRUE;
          break;
        }
      draw_page (&drawing, page);
      if (page + 1 < n_pages)
        cairo_show_page (drawing.cr);
    }
  cairo_tag_end (drawing.cr, "Document");
  status = cairo_status (drawing.cr);
  cairo_destroy (drawing.cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (is_stopped)
    return NULL;
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, cairo_status_to_string (status));
      return NULL;
    }
  return way_pdf_add_language (bytes, self->language, error);
}
