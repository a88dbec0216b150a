/* way-document-picture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/way-document-private.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

/* As many dots to a point as a printer can show. */
#define SHARPNESS 4
#define LARGEST 4096

static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  double wanted = *(const double *) user_data * SHARPNESS;
  double factor = height > 0 ? wanted / height : 0;

  if (factor > 0 && width * factor <= LARGEST && wanted <= LARGEST)
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (width * factor)), MAX (1, (int) wanted));
}

/* Cairo wants each dot as one number, with its colours as bright as it is opaque. */
static cairo_surface_t *
make_surface (const GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);
  int n_channels = gdk_pixbuf_get_n_channels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  guint8 *out;
  int out_stride;

  cairo_surface_flush (surface);
  out = cairo_image_surface_get_data (surface);
  out_stride = cairo_image_surface_get_stride (surface);
  for (int y = 0; out != NULL && y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *dot = pixels + (gsize) y * (gsize) stride + (gsize) x * (gsize) n_channels;
        guint32 alpha = n_channels == 4 ? dot[3] : 255;
        guint32 value = alpha << 24 | (dot[0] * alpha / 255) << 16 | (dot[1] * alpha / 255) << 8
                        | dot[2] * alpha / 255;

        *(guint32 *) (void *) (out + (gsize) y * (gsize) out_stride + (gsize) x * 4) = value;
      }
  cairo_surface_mark_dirty (surface);
  return surface;
}

/**
 * way_document_add_picture:
 * @bytes: an SVG, PNG or JPEG
 * @height: on the page, points; its width follows
 *
 * A picture in the middle of the page.
 *
 * Returns: whether it could be read; nothing is added where it could not
 */
gboolean
way_document_add_picture (WayDocument *self, GBytes *bytes, double height, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  cairo_surface_t *surface;
  gboolean is_read;

  g_return_val_if_fail (self != NULL && bytes != NULL, FALSE);

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &height);
  is_read = gdk_pixbuf_loader_write_bytes (loader, bytes, error);
  if (!gdk_pixbuf_loader_close (loader, is_read ? error : NULL))
    is_read = FALSE;
  if (!is_read)
    return FALSE;
  surface = make_surface (gdk_pixbuf_loader_get_pixbuf (loader));
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           cairo_status_to_string (cairo_surface_status (surface)));
      cairo_surface_destroy (surface);
      return FALSE;
    }
  way_document_append_picture (self, surface, height);
  return TRUE;
}
