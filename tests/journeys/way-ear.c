/* way-ear.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "way-ear.h"

/* Hears what a screen reader is told at once, such as the words of a toast: a new description of
 * what has the focus. What was said waits here until it is asked for, so that it does not matter
 * whether it is still to be seen. */
struct _WayEar
{
  GDBusConnection *bus; /* (owned) */
  GPtrArray *said;      /* (owned) of texts, the oldest first */
  guint subscription;
};

static void
described_cb (GDBusConnection *bus,
              const char *sender,
              const char *path,
              const char *interface,
              const char *signal,
              GVariant *parameters,
              gpointer user_data)
{
  WayEar *self = user_data;
  g_autoptr (GVariant) value = NULL;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(siiva{sv})")))
    return;
  g_variant_get_child (parameters, 3, "v", &value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    g_ptr_array_add (self->said, g_variant_dup_string (value, NULL));
}

/**
 * way_ear_new:
 * @bus: that of assistive technology
 *
 * Listens from now on.
 *
 * Returns: (transfer full): what hears
 */
WayEar *
way_ear_new (GDBusConnection *bus)
{
  WayEar *self = g_new0 (WayEar, 1);

  self->bus = g_object_ref (bus);
  self->said = g_ptr_array_new_with_free_func (g_free);
  self->subscription = g_dbus_connection_signal_subscribe (bus, NULL, "org.a11y.atspi.Event.Object",
                                                           "PropertyChange", NULL,
                                                           "accessible-description",
                                                           G_DBUS_SIGNAL_FLAGS_NONE, described_cb,
                                                           self, NULL);
  return self;
}

void
way_ear_free (WayEar *self)
{
  g_dbus_connection_signal_unsubscribe (self->bus, self->subscription);
  g_object_unref (self->bus);
  g_ptr_array_unref (self->said);
  g_free (self);
}

/**
 * way_ear_has_heard:
 * @text: in which * and ? stand for any text and any character
 *
 * Whether that was said since it was last asked for with success: it and what was said before it
 * are forgotten then.
 */
gboolean
way_ear_has_heard (WayEar *self, const char *text)
{
  for (guint i = 0; i < self->said->len; i++)
    if (g_pattern_match_simple (text, self->said->pdata[i]))
      {
        g_ptr_array_remove_range (self->said, 0, i + 1);
        return TRUE;
      }
  return FALSE;
}
