/* way-document-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <pango/pangocairo.h>

#include "report/way-document.h"

G_BEGIN_DECLS

typedef enum
{
  WAY_BLOCK_TEXT,
  WAY_BLOCK_SPACE,
  WAY_BLOCK_BREAK,
  WAY_BLOCK_ROW,
  WAY_BLOCK_PICTURE,
} WayBlockType;

typedef struct
{
  WayBlockType type;
  WayDocumentStyle style;
  char **texts;             /* (owned) one, or one for each cell */
  char *label;              /* (owned) (nullable) instead of the bullet of a list */
  cairo_surface_t *picture; /* (owned) (nullable) */
  double space;             /* of a picture: its height */
  gboolean is_head;         /* of a row */
  double columns[WAY_DOCUMENT_MAX_COLUMNS];
  guint n_columns;
} WayBlock;

/* Where a block came to stand. */
typedef struct
{
  const WayBlock *block; /* the document's */
  guint page;
  double y;
  double height;
  PangoLayout *layouts[WAY_DOCUMENT_MAX_COLUMNS]; /* (owned) */
  guint n_layouts;
  PangoLayout *label; /* (owned) (nullable) */
} WayPlace;

struct _WayDocument
{
  gatomicrefcount refs;

  char *title;    /* (owned) */
  char *author;   /* (owned) */
  char *subject;  /* (owned) (nullable) */
  char *language; /* (owned) */
  char *footer;   /* (owned) (nullable) */
  gint64 at;      /* µs: when it was made, in the PDF's metadata */
  gboolean is_framed;
  guint fit; /* pages that it has to be on; 0 for as many as it takes */

  GPtrArray *blocks; /* (owned) of WayBlock */
  double columns[WAY_DOCUMENT_MAX_COLUMNS];
  guint n_columns;

  GPtrArray *joined; /* (owned) of WayDocument: what follows it */

  /* Its own, and of what is joined to it: laid out on one thread it may be drawn on another. */
  PangoFontMap *fonts; /* (owned) (nullable) */
  GPtrArray *places;   /* (owned) (nullable) of WayPlace: made by the first look */
  guint n_pages;
  double scale;
};

/* A style on the page. */
typedef struct
{
  const char *tag; /* of the PDF's structure */
  double size;
  gboolean is_bold;
  gboolean is_wide; /* letters apart, as small capitals are set */
  gboolean is_mono;
  PangoAlignment alignment;
  double inset; /* at both sides */
  double before;
  double after;
  guint lines; /* over which it gets smaller; 0 for none */
  double red, green, blue;
} WayDocumentLook;

/* How far what stands beside a bullet or a letter is moved in. */
#define WAY_DOCUMENT_HANGING 14.0

const WayDocumentLook *way_document_get_look (WayDocumentStyle style);
double way_document_get_left (WayDocument *self);
double way_document_get_width (WayDocument *self);
void way_document_append_picture (WayDocument *self, cairo_surface_t *picture, double height);
void way_document_lay_out (WayDocument *self);
GBytes *way_pdf_add_language (GByteArray *pdf, const char *language, GError **error);

G_END_DECLS
