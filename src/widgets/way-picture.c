/* way-picture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-picture.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#define SHARPNESS 2 /* drawings are rendered at this many times their size */
#define LEAST_WIDTH 240
#define LEAST_HEIGHT 160

/* What drawings are drawn with, and what stands for it in the dark style: grounds become dark
 * and lines light, and what is told apart by light stays apart. Other colours stay. */
static const struct
{
  const char *light;
  const char *dark;
} COLOURS[] = {
  { "#FFFFFF", "#2E4945" }, { "#E6F1EF", "#1E302D" }, { "#CFE2DE", "#3A5854" },
  { "#C4DEDA", "#436560" }, { "#9CC5BE", "#6CA199" }, { "#25423E", "#D9EDE9" },
  { "#0F6B62", "#63D2C3" }, { "#B3541E", "#F0A36B" },
};

static gboolean
is_drawing (const char *source)
{
  return g_str_has_suffix (source, ".svg");
}

/* Returns: (transfer full): the drawing for the dark style */
static GBytes *
darken (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  char *text = g_strndup (data, length);

  length = strlen (text);
  for (char *hash = strchr (text, '#'); hash != NULL; hash = strchr (hash + 1, '#'))
    for (guint i = 0; i < G_N_ELEMENTS (COLOURS); i++)
      if (g_ascii_strncasecmp (hash, COLOURS[i].light, strlen (COLOURS[i].light)) == 0)
        {
          memcpy (hash, COLOURS[i].dark, strlen (COLOURS[i].dark));
          break;
        }

  return g_bytes_new_take (text, length);
}

static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  /* Only drawings gain from it, and they are small. */
  if (width > 0 && height > 0 && width <= 1024 && height <= 1024)
    gdk_pixbuf_loader_set_size (loader, width * SHARPNESS, height * SHARPNESS);
}

/* A picture of the size it was drawn for, with all the detail it was rendered with. */
static GdkPaintable *
scale (GdkTexture *texture, double factor)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  graphene_size_t size = GRAPHENE_SIZE_INIT ((float) (gdk_texture_get_width (texture) / factor),
                                             (float) (gdk_texture_get_height (texture) / factor));

  gtk_snapshot_append_texture (snapshot, texture,
                               &GRAPHENE_RECT_INIT (0, 0, size.width, size.height));

  return gtk_snapshot_free_to_paintable (snapshot, &size);
}

static GdkTexture *
load (WayPack *pack, const char *source)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixbuf;

  bytes = way_pack_load_file (pack, source, &error);
  if (bytes == NULL)
    {
      g_debug ("No picture %s: %s", source, error->message);
      gdk_pixbuf_loader_close (loader, NULL);
      return NULL;
    }
  if (is_drawing (source) && adw_style_manager_get_dark (adw_style_manager_get_default ()))
    {
      g_autoptr (GBytes) light = g_steal_pointer (&bytes);

      bytes = darken (light);
    }
  if (is_drawing (source))
    g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), NULL);
  if (!gdk_pixbuf_loader_write_bytes (loader, bytes, &error))
    {
      g_debug ("The picture %s cannot be read: %s", source, error->message);
      gdk_pixbuf_loader_close (loader, NULL);
      return NULL;
    }
  if (!gdk_pixbuf_loader_close (loader, &error))
    {
      g_debug ("The picture %s cannot be read: %s", source, error->message);
      return NULL;
    }
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);

  return pixbuf != NULL ? gdk_texture_new_for_pixbuf (pixbuf) : NULL;
}

static void
show_texture (GtkPicture *picture, GdkTexture *texture, const char *source)
{
  g_autoptr (GdkPaintable) paintable = scale (texture, is_drawing (source) ? SHARPNESS : 1);

  gtk_picture_set_paintable (picture, paintable);
}

static void
style_changed_cb (GtkPicture *picture)
{
  WayPack *pack = g_object_get_data (G_OBJECT (picture), "way-pack");
  const char *source = g_object_get_data (G_OBJECT (picture), "way-source");
  g_autoptr (GdkTexture) texture = load (pack, source);

  if (texture != NULL)
    show_texture (picture, texture, source);
}

/**
 * way_picture_new:
 * @pack: a pack
 * @source: the path of a picture inside it
 * @alternative: (nullable): what it shows, in words; without it the picture is decoration
 *
 * A picture of a pack. Where it cannot be shown, its words stand in its place. A drawing
 * in Waymark's colours follows the style, light or dark.
 *
 * Returns: (transfer floating): a widget
 */
GtkWidget *
way_picture_new (WayPack *pack, const char *source, const char *alternative)
{
  g_autoptr (GdkTexture) texture = NULL;
  GtkWidget *picture;

  g_return_val_if_fail (WAY_IS_PACK (pack), NULL);
  g_return_val_if_fail (source != NULL, NULL);

  texture = load (pack, source);
  if (texture == NULL)
    {
      GtkWidget *label = gtk_label_new (alternative);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "way-picture-words");
      return label;
    }

  picture = gtk_picture_new ();
  show_texture (GTK_PICTURE (picture), texture, source);
  gtk_widget_set_size_request (picture, MIN (LEAST_WIDTH, gdk_texture_get_width (texture)),
                               MIN (LEAST_HEIGHT, gdk_texture_get_height (texture)));
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_SCALE_DOWN);
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), alternative);
  gtk_widget_add_css_class (picture, is_drawing (source) ? "way-drawing" : "way-picture");
  if (is_drawing (source))
    {
      g_object_set_data_full (G_OBJECT (picture), "way-pack", g_object_ref (pack), g_object_unref);
      g_object_set_data_full (G_OBJECT (picture), "way-source", g_strdup (source), g_free);
      g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                               G_CALLBACK (style_changed_cb), picture, G_CONNECT_SWAPPED);
    }
  if (alternative == NULL || *alternative == '\0')
    gtk_accessible_update_state (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  else
    gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    alternative, -1);

  return picture;
}
