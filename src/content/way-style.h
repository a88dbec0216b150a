/* way-style.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the words of a pack amount to. */
typedef struct
{
  guint n_texts;
  guint n_sentences;
  guint n_words;
  double reading_age; /* years, of all that is read; 0 for no words */
  double hardest;     /* of the hardest module */
} WayStyle;

gboolean way_style_check (const char *path, GPtrArray *problems, WayStyle *style, GError **error);

G_END_DECLS
