/* way-practice-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Words as a person types them, for rules over free text. */
guint way_words_count (const char *text);
gboolean way_words_have (const char *text, const char *phrases, gboolean is_near);
gboolean way_words_are (const char *text, const char *phrases);

G_END_DECLS
