/* way-quiz.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-qti-import.h"

G_BEGIN_DECLS

/* The files of others in which questions of a quiz stand as text. */
typedef enum
{
  WAY_QUIZ_GIFT,
  WAY_QUIZ_MOODLE,
} WayQuizFormat;

gboolean way_quiz_import (WayQuizFormat format,
                          const char *source,
                          const char *out,
                          const WayQtiImport *options,
                          GPtrArray *report,
                          guint *n_taken,
                          guint *n_left,
                          GError **error);

G_END_DECLS
