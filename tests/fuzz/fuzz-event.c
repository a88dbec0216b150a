/* fuzz-event.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"
#include "record/way-event.h"
#include "record/way-json.h"

#include <string.h>

/* A body that could be read is written, read and written again: the same text. */
static void
try_kind (const WayKind *kind, const char *json)
{
  gpointer body = way_kind_read (kind, json, NULL);
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  gpointer second;

  if (body == NULL)
    return;
  text = way_kind_write (kind, body, NULL);
  way_kind_free (kind, body);
  /* What was read can be longer than a body may be once its texts are escaped. */
  if (text == NULL)
    return;
  second = way_kind_read (kind, text, NULL);
  g_assert_nonnull (second);
  again = way_kind_write (kind, second, NULL);
  g_assert_cmpstr (text, ==, again);
  way_kind_free (kind, second);
}

/* The event reader: a line with a kind, or anything else for all kinds, then the body. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  const guint8 *end = size > 0 ? memchr (data, '\n', size) : NULL;
  gsize skipped = end != NULL ? end - data + 1 : 0;
  g_autofree char *name = g_strndup ((const char *) data, end != NULL ? skipped - 1 : 0);
  g_autofree char *json = g_strndup ((const char *) data + skipped, size - skipped);
  const WayKind *kind = way_kind_find (name);
  g_autoptr (GHashTable) values = NULL;
  g_autoptr (WayEvent) event = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *chain = NULL;
  gboolean is_body = way_body_check ((const char *) data + skipped, size - skipped, NULL);
  guint n_kinds;
  const WayKind *const *kinds = way_kind_list (&n_kinds);

  values = way_json_read ((const char *) data + skipped, size - skipped, NULL);
  g_assert_true (is_body == (values != NULL));

  if (kind != NULL)
    try_kind (kind, json);
  else
    for (guint i = 0; i < n_kinds; i++)
      try_kind (kinds[i], json);

  way_uuid_is_valid (name);
  event = way_event_new (kind != NULL ? way_kind_get_name (kind) : "note", 1, json);
  event->salt = g_strdup (name);
  event->stream = g_strdup ("s");
  event->id = g_strdup (name);
  digest = way_event_compute_digest (event);
  event->digest = g_strdup (digest != NULL ? digest : "");
  chain = way_event_compute_chain (event, name);

  return 0;
}
