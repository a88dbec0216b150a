/* desk-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "widgets/way-desk-view.h"

G_BEGIN_DECLS

/* A desk in a window, as it stands in the pack (the name of its file) or as it is given (its
 * text). */
typedef struct
{
  GtkWidget *window;
  GtkWidget *view;
  WayPractice *practice;
  GString *log; /* the actions, each with a blank after it */
  guint finished;
  guint again;
} DeskFixture;

void desk_fixture_iterate (void);
void desk_fixture_set_up (DeskFixture *fixture, gconstpointer name);
void desk_fixture_tear_down (DeskFixture *fixture, gconstpointer name);
GtkWidget *desk_fixture_find (GtkWidget *widget, GType type, const char *text);
const char *desk_fixture_get_text (GtkWidget *widget);
GtkListBoxRow *desk_fixture_find_row (DeskFixture *fixture, const char *subject);
void desk_fixture_press (DeskFixture *fixture, const char *text);
void desk_fixture_assert_banner (DeskFixture *fixture);

G_END_DECLS
