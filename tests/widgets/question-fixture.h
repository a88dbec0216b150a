/* question-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "widgets/way-question-view.h"
#include "widgets/way-slot.h"

G_BEGIN_DECLS

/* One answer, b, is right. */
#define QUESTION_SINGLE                                                                            \
  "<qti-response-declaration identifier='RESPONSE' cardinality='single' base-type='identifier'>"   \
  "<qti-correct-response><qti-value>b</qti-value></qti-correct-response>"                          \
  "</qti-response-declaration>"

/* A question in a window, as it is answered. */
typedef struct
{
  GtkWidget *window;
  WayQuestionView *view;
  WayItem *item;
  guint n_answers;
} QuestionFixture;

gboolean question_fixture_init (int *argc, char ***argv);
int question_fixture_run (void);
WayPack *question_fixture_get_pack (void);
void question_fixture_iterate (void);
void question_fixture_show (QuestionFixture *fixture, WayItem *item);
void question_fixture_show_id (QuestionFixture *fixture, const char *id);
void
question_fixture_show_xml (QuestionFixture *fixture, const char *declaration, const char *body);
void question_fixture_finish (QuestionFixture *fixture);
double question_fixture_score (QuestionFixture *fixture);
char *question_fixture_dup_line (QuestionFixture *fixture);
void question_fixture_find_all (GtkWidget *widget, GType type, GPtrArray *found);
GPtrArray *question_fixture_list (QuestionFixture *fixture, GType type);
void question_fixture_put (WaySlot *slot, const char *id);

G_END_DECLS
