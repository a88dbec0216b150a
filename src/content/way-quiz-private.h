/* way-quiz-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "content/way-quiz.h"

G_BEGIN_DECLS

typedef enum
{
  WAY_QUIZ_CHOICE,
  WAY_QUIZ_WORDS,  /* typed, one of some texts */
  WAY_QUIZ_NUMBER, /* typed, within a range */
  WAY_QUIZ_MATCH,
} WayQuizKind;

typedef struct
{
  char *text;
  char *pair;      /* (nullable) MATCH: what it belongs to */
  double fraction; /* of the full mark, −1 to 1 */
  double least;    /* NUMBER */
  double most;
} WayQuizAnswer;

/* One question, whatever it was written in. */
typedef struct
{
  WayQuizKind kind;
  char *path; /* where it stands */
  int line;
  char *title;       /* (nullable) */
  char *text;        /* paragraphs with an empty line between */
  char *after;       /* (nullable) what follows the gap that it asks to fill */
  gboolean is_many;  /* CHOICE: more than one may be chosen */
  gboolean has_case; /* WORDS: capitals matter */
  gboolean has_feedback;
  GPtrArray *answers; /* of WayQuizAnswer */
} WayQuizQuestion;

WayQuizQuestion *way_quiz_question_new (WayQuizKind kind, const char *path, int line);
void way_quiz_question_free (WayQuizQuestion *self);
WayQuizAnswer *way_quiz_question_add (WayQuizQuestion *self, const char *text, double fraction);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayQuizQuestion, way_quiz_question_free)

/* Each adds the questions it can read to @questions, counts the others into @n_left, and
 * says why in @report. */
void way_gift_read (
    const char *text, const char *path, GPtrArray *questions, GPtrArray *report, guint *n_left);
void way_moodle_read (
    GBytes *bytes, const char *path, GPtrArray *questions, GPtrArray *report, guint *n_left);
void way_quiz_leave (GPtrArray *report, const char *path, int line, guint *n_left, const char *why);

G_END_DECLS
