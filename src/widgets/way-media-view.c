/* way-media-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-media-view.h"

#include <glib/gi18n.h>

/* A sound or a film; the answer is how often it was begun. Where it cannot be played, its
 * words stand there and nobody is held up. */
struct _WayMediaView
{
  WayInteractionView parent_instance;

  GtkMediaStream *stream; /* (owned) (nullable) */
  GtkWidget *player;
  guint n_plays;
};

G_DEFINE_FINAL_TYPE (WayMediaView, way_media_view, WAY_TYPE_INTERACTION_VIEW)

static gboolean
can_play (WayMediaView *self)
{
  return self->stream != NULL && gtk_media_stream_get_error (self->stream) == NULL;
}

static void
playing_cb (WayMediaView *self)
{
  if (!gtk_media_stream_get_playing (self->stream)
      || way_interaction_view_is_marked (WAY_INTERACTION_VIEW (self)))
    return;
  /* Going on after a pause is the same time. */
  if (self->n_plays > 0 && gtk_media_stream_get_timestamp (self->stream) > 0
      && !gtk_media_stream_get_ended (self->stream))
    return;

  self->n_plays++;
  way_interaction_view_changed (WAY_INTERACTION_VIEW (self));
}

static void
error_cb (WayMediaView *self)
{
  const WayInteraction *interaction = way_interaction_view_get_interaction (
      WAY_INTERACTION_VIEW (self));
  g_autofree char *text = NULL;
  GtkWidget *label;

  if (can_play (self))
    return;

  text = g_strdup_printf (_ ("It cannot be played on this computer. What it is: %s"),
                          interaction->picture->alternative != NULL
                              ? interaction->picture->alternative
                              : "");
  label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  g_clear_pointer (&self->player, gtk_widget_unparent);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  way_interaction_view_changed (WAY_INTERACTION_VIEW (self));
}

static gboolean
is_film (const char *source)
{
  return g_str_has_suffix (source, ".mp4") || g_str_has_suffix (source, ".webm");
}

static void
build (WayInteractionView *view, WayPack *pack, guint64 seed, const char *sentence)
{
  WayMediaView *self = WAY_MEDIA_VIEW (view);
  const WayNode *media = way_interaction_view_get_interaction (view)->picture;
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const char *words = media->alternative != NULL ? media->alternative : "";

  way_interaction_view_add_prompt (view, pack, NULL);
  if (pack != NULL && media->source != NULL)
    bytes = way_pack_load_file (pack, media->source, NULL);
  if (bytes == NULL)
    {
      error_cb (self);
      return;
    }

  input = g_memory_input_stream_new_from_bytes (bytes);
  self->stream = gtk_media_file_new_for_input_stream (input);
  g_signal_connect_object (self->stream, "notify::playing", G_CALLBACK (playing_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stream, "notify::error", G_CALLBACK (error_cb), self,
                           G_CONNECT_SWAPPED);
  if (is_film (media->source))
    {
      self->player = gtk_video_new_for_media_stream (self->stream);
      gtk_widget_set_size_request (self->player, 320, 180);
    }
  else
    {
      self->player = gtk_media_controls_new (self->stream);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->player), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  *words != '\0' ? words : _ ("Recording"), -1);
  gtk_widget_set_parent (self->player, GTK_WIDGET (self));
  error_cb (self);
}

static WayValue *
dup_value (WayInteractionView *view)
{
  g_autofree char *number = g_strdup_printf ("%u", WAY_MEDIA_VIEW (view)->n_plays);

  return way_value_new_text (WAY_BASE_INTEGER, number);
}

static void
set_value (WayInteractionView *view, const WayValue *value)
{
  double number = 0;

  if (way_value_get_number (value, &number) && number >= 0 && number < 1000)
    WAY_MEDIA_VIEW (view)->n_plays = (guint) number;
}

static gboolean
is_complete (WayInteractionView *view)
{
  WayMediaView *self = WAY_MEDIA_VIEW (view);

  return self->n_plays > 0 || !can_play (self);
}

static void
mark (WayInteractionView *view, const WayValue *correct, gboolean is_right)
{
}

static void
way_media_view_dispose (GObject *object)
{
  WayMediaView *self = WAY_MEDIA_VIEW (object);

  if (self->stream != NULL)
    gtk_media_stream_pause (self->stream);
  g_clear_object (&self->stream);

  G_OBJECT_CLASS (way_media_view_parent_class)->dispose (object);
}

static void
way_media_view_class_init (WayMediaViewClass *klass)
{
  WayInteractionViewClass *view_class = WAY_INTERACTION_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_media_view_dispose;
  view_class->build = build;
  view_class->dup_value = dup_value;
  view_class->set_value = set_value;
  view_class->is_complete = is_complete;
  view_class->mark = mark;
}

static void
way_media_view_init (WayMediaView *self)
{
}
