/* way-document.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/way-document-private.h"

/* What a document holds. How it is laid out is in way-document-layout.c, how it is drawn in
 * way-document-draw.c. */

G_DEFINE_BOXED_TYPE (WayDocument, way_document, way_document_ref, way_document_unref)

static void
block_free (gpointer data)
{
  WayBlock *block = data;

  g_strfreev (block->texts);
  g_free (block->label);
  g_clear_pointer (&block->picture, cairo_surface_destroy);
  g_free (block);
}

/**
 * way_document_new:
 * @author: in whose name it is made
 * @subject: (nullable): a sentence about it
 * @language: of its texts, as in “en-GB”
 * @at: when it is made, µs: the same contents and time give the same bytes
 *
 * Returns: (transfer full): an empty document
 */
WayDocument *
way_document_new (
    const char *title, const char *author, const char *subject, const char *language, gint64 at)
{
  WayDocument *self = g_new0 (WayDocument, 1);

  g_return_val_if_fail (title != NULL && author != NULL && language != NULL, NULL);

  g_atomic_ref_count_init (&self->refs);
  self->title = g_strdup (title);
  self->author = g_strdup (author);
  self->subject = g_strdup (subject);
  self->language = g_strdup (language);
  self->at = at;
  self->blocks = g_ptr_array_new_with_free_func (block_free);
  self->joined = g_ptr_array_new_with_free_func ((GDestroyNotify) way_document_unref);
  self->scale = 1;
  return self;
}

static WayBlock *
block_copy (const WayBlock *block)
{
  WayBlock *copy = g_memdup2 (block, sizeof *block);

  copy->texts = g_strdupv (block->texts);
  copy->label = g_strdup (block->label);
  copy->picture = cairo_surface_reference (block->picture);
  return copy;
}

/**
 * way_document_copy:
 * @self: filled
 *
 * What another thread lays out and draws, while this one is looked at.
 *
 * Returns: (transfer full): the same contents, not laid out
 */
WayDocument *
way_document_copy (WayDocument *self)
{
  WayDocument *copy = way_document_new (self->title, self->author, self->subject, self->language,
                                        self->at);

  copy->footer = g_strdup (self->footer);
  copy->is_framed = self->is_framed;
  copy->fit = self->fit;
  for (guint i = 0; i < self->blocks->len; i++)
    g_ptr_array_add (copy->blocks, block_copy (self->blocks->pdata[i]));
  for (guint i = 0; i < self->joined->len; i++)
    {
      g_autoptr (WayDocument) joined = way_document_copy (self->joined->pdata[i]);

      way_document_join (copy, joined);
    }
  return copy;
}

/**
 * way_document_ref:
 *
 * Returns: (transfer full): the same
 */
WayDocument *
way_document_ref (WayDocument *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * way_document_unref:
 *
 * Gives up one reference.
 */
void
way_document_unref (WayDocument *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_ptr_array_unref (self->blocks);
  g_ptr_array_unref (self->joined);
  g_clear_object (&self->fonts);
  g_free (self->title);
  g_free (self->author);
  g_free (self->subject);
  g_free (self->language);
  g_free (self->footer);
  g_free (self);
}

/**
 * way_document_set_framed:
 *
 * A frame around each page, and what is on it in the middle.
 */
void
way_document_set_framed (WayDocument *self, gboolean is_framed)
{
  self->is_framed = is_framed;
}

/**
 * way_document_set_fit:
 * @n_pages: on which it has to be; 0 for as many as it takes
 *
 * Everything gets as much smaller as it must to have room there, down to six tenths.
 */
void
way_document_set_fit (WayDocument *self, guint n_pages)
{
  self->fit = n_pages;
}

/**
 * way_document_set_footer:
 * @footer: (nullable): below each page, beside its number
 */
void
way_document_set_footer (WayDocument *self, const char *footer)
{
  g_free (self->footer);
  self->footer = g_strdup (footer);
}

static WayBlock *
add_block (WayDocument *self, WayBlockType type)
{
  WayBlock *block = g_new0 (WayBlock, 1);

  g_return_val_if_fail (self->places == NULL, block);

  block->type = type;
  g_ptr_array_add (self->blocks, block);
  return block;
}

/**
 * way_document_join:
 * @other: not joined to anything itself
 *
 * Has the pages of @other follow, laid out and counted by themselves. The title and author
 * of the file are those of @self.
 */
void
way_document_join (WayDocument *self, WayDocument *other)
{
  g_return_if_fail (self != NULL && other != NULL && self != other);

  if (self->fonts == NULL)
    self->fonts = pango_cairo_font_map_new ();
  if (other->places == NULL)
    g_set_object (&other->fonts, self->fonts);
  g_ptr_array_add (self->joined, way_document_ref (other));
}

/**
 * way_document_add:
 * @text: plain text; what is not UTF-8 in it is replaced
 */
void
way_document_add (WayDocument *self, WayDocumentStyle style, const char *text)
{
  WayBlock *block = add_block (self, WAY_BLOCK_TEXT);

  block->style = style;
  block->texts = g_new0 (char *, 2);
  block->texts[0] = g_utf8_make_valid (text, -1);
}

/**
 * way_document_add_labelled:
 * @style: of an item of a list
 * @label: a letter or a number, which stands where a bullet would
 * @text: plain text
 */
void
way_document_add_labelled (WayDocument *self,
                           WayDocumentStyle style,
                           const char *label,
                           const char *text)
{
  way_document_add (self, style, text);
  ((WayBlock *) g_ptr_array_index (self->blocks, self->blocks->len - 1))->label =
      g_utf8_make_valid (label, -1);
}

/**
 * way_document_add_space:
 * @points: how much room to leave
 */
void
way_document_add_space (WayDocument *self, double points)
{
  add_block (self, WAY_BLOCK_SPACE)->space = points;
}

/* Takes the picture over. */
void
way_document_append_picture (WayDocument *self, cairo_surface_t *picture, double height)
{
  WayBlock *block = add_block (self, WAY_BLOCK_PICTURE);

  block->picture = picture;
  block->space = height;
}

/**
 * way_document_add_break:
 *
 * What follows begins a new page.
 */
void
way_document_add_break (WayDocument *self)
{
  add_block (self, WAY_BLOCK_BREAK);
}

/**
 * way_document_set_columns:
 * @shares: how wide each is; they need not add up to anything
 *
 * The columns of the rows that follow.
 */
void
way_document_set_columns (WayDocument *self, const double *shares, guint n_columns)
{
  double sum = 0;

  g_return_if_fail (n_columns >= 1 && n_columns <= WAY_DOCUMENT_MAX_COLUMNS);

  for (guint i = 0; i < n_columns; i++)
    sum += shares[i];
  for (guint i = 0; i < n_columns; i++)
    self->columns[i] = shares[i] / sum;
  self->n_columns = n_columns;
}

/**
 * way_document_add_row:
 * @cells: (array zero-terminated=1): a text for each column
 * @is_head: whether they say what stands below them
 *
 * Rows that follow each other are one table.
 */
void
way_document_add_row (WayDocument *self, const char *const *cells, gboolean is_head)
{
  WayBlock *block;

  g_return_if_fail (g_strv_length ((char **) cells) == self->n_columns);

  block = add_block (self, WAY_BLOCK_ROW);
  block->is_head = is_head;
  block->style = WAY_DOCUMENT_TEXT;
  block->n_columns = self->n_columns;
  block->texts = g_new0 (char *, self->n_columns + 1);
  for (guint i = 0; i < self->n_columns; i++)
    {
      block->columns[i] = self->columns[i];
      block->texts[i] = g_utf8_make_valid (cells[i], -1);
    }
}

/**
 * way_document_get_title:
 *
 * Returns: (transfer none): the title
 */
const char *
way_document_get_title (WayDocument *self)
{
  return self->title;
}

/**
 * way_document_get_n_pages:
 *
 * Returns: how many pages it is
 */
guint
way_document_get_n_pages (WayDocument *self)
{
  guint n;

  way_document_lay_out (self);
  n = self->n_pages;
  for (guint i = 0; i < self->joined->len; i++)
    n += way_document_get_n_pages (self->joined->pdata[i]);
  return n;
}

/**
 * way_document_get_scale:
 *
 * Returns: how much of its size it could keep to fit, 1 at most
 */
double
way_document_get_scale (WayDocument *self)
{
  way_document_lay_out (self);
  return self->scale;
}
