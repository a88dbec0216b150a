/* way-document.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* Something to be put on paper: texts one below the other on pages of A4, as a PDF that a
 * screen reader can read (tagged, with title, author and language), on a printer or on the
 * screen. Whoever makes it fills it before it is laid out, which the first look at it does. */
typedef struct _WayDocument WayDocument;

#define WAY_TYPE_DOCUMENT (way_document_get_type ())
GType way_document_get_type (void);

/* Points of 1/72 inch. */
#define WAY_DOCUMENT_WIDTH 595.276
#define WAY_DOCUMENT_HEIGHT 841.89

typedef enum
{
  WAY_DOCUMENT_TITLE,
  WAY_DOCUMENT_HEADING,
  WAY_DOCUMENT_SUBHEADING,
  WAY_DOCUMENT_TEXT,
  WAY_DOCUMENT_QUIET,
  WAY_DOCUMENT_ITEM,   /* of a list */
  WAY_DOCUMENT_OPTION, /* of a question */
  /* In the middle, for what is looked at as a whole. */
  WAY_DOCUMENT_EYEBROW,
  WAY_DOCUMENT_NAME,
  WAY_DOCUMENT_SAYS,
  WAY_DOCUMENT_AWARD,
  WAY_DOCUMENT_SHOWN, /* of a list */
  WAY_DOCUMENT_SHOWN_HEADING,
  WAY_DOCUMENT_CODE,
  WAY_DOCUMENT_NOTE,
  WAY_DOCUMENT_N_STYLES,
} WayDocumentStyle;

#define WAY_DOCUMENT_MAX_COLUMNS 8

WayDocument *way_document_new (
    const char *title, const char *author, const char *subject, const char *language, gint64 at);
WayDocument *way_document_copy (WayDocument *self);
WayDocument *way_document_ref (WayDocument *self);
void way_document_unref (WayDocument *self);
void way_document_set_framed (WayDocument *self, gboolean is_framed);
void way_document_set_fit (WayDocument *self, guint n_pages);
void way_document_set_footer (WayDocument *self, const char *footer);
void way_document_join (WayDocument *self, WayDocument *other);
void way_document_add (WayDocument *self, WayDocumentStyle style, const char *text);
void way_document_add_labelled (WayDocument *self,
                                WayDocumentStyle style,
                                const char *label,
                                const char *text);
gboolean way_document_add_picture (WayDocument *self, GBytes *bytes, double height, GError **error);
void way_document_add_space (WayDocument *self, double points);
void way_document_add_break (WayDocument *self);
void way_document_set_columns (WayDocument *self, const double *shares, guint n_columns);
void way_document_add_row (WayDocument *self, const char *const *cells, gboolean is_head);

const char *way_document_get_title (WayDocument *self);
guint way_document_get_n_pages (WayDocument *self);
double way_document_get_scale (WayDocument *self);
void way_document_draw_page (WayDocument *self, cairo_t *cr, guint page);

/* How much is done, 0 to 1: FALSE with @error set stops it. */
typedef gboolean (*WayDocumentWatch) (double fraction, gpointer data, GError **error);
GBytes *
way_document_make_pdf (WayDocument *self, WayDocumentWatch watch, gpointer data, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayDocument, way_document_unref)

G_END_DECLS
